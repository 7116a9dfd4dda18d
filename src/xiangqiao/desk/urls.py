"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from xiangqiao.desk.pages import household, households

app_name = "desk"
urlpatterns = [
    path("households/", households.household_list, name="households"),
    path("households/<uuid:public_id>/", household.household, name="household"),
]

"""Addresses of policy."""

from __future__ import annotations

from django.urls import path

from xiangqiao.policy.pages import policies

app_name = "policy"
urlpatterns = [
    path("", policies.policy_list, name="policies"),
    path("screen/", policies.screen_again, name="screen"),
    path("<slug:policy_id>/", policies.policy, name="policy"),
]

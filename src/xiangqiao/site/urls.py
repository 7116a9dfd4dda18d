"""Addresses of the public site."""

from __future__ import annotations

from django.urls import path

from xiangqiao.site.pages import home, mission

app_name = "site"
urlpatterns = [
    path("", home.home, name="home"),
    path("mission/", mission.mission, name="mission"),
]

"""Addresses of the public site."""

from __future__ import annotations

from django.urls import path

from xiangqiao.site.pages import home, mission, statistics

app_name = "site"
urlpatterns = [
    path("", home.home, name="home"),
    path("mission/", mission.mission, name="mission"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/<slug:key>.csv", statistics.statistics_file, name="statistics_file"),
]

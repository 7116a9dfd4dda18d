"""Addresses of wechat."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "wechat"
urlpatterns: list[URLPattern] = []

"""Addresses of commerce."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "commerce"
urlpatterns: list[URLPattern] = []

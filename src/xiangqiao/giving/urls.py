"""Addresses of giving."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "giving"
urlpatterns: list[URLPattern] = []

"""Addresses that the frames look for."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from xiangqiao.kernel.ui.elder import switch_elder

urlpatterns = [
    path("elder/", switch_elder, name="elder"),
    path("language/", set_language, name="set_language"),
]

"""Addresses of wechat."""

from __future__ import annotations

from django.urls import path

from xiangqiao.wechat.pages import accounts, endpoint

app_name = "wechat"
urlpatterns = [
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/<uuid:account_id>/", endpoint.endpoint, name="endpoint"),
]

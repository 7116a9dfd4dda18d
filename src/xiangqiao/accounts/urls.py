"""Addresses of accounts."""

from __future__ import annotations

from django.urls import path

from xiangqiao.accounts.pages import own, signing_in

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-in/code/", signing_in.sign_in_code, name="sign_in_code"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("language/", signing_in.set_language, name="set_language"),
    path("elder/", signing_in.switch_elder, name="elder"),
    path("me/", own.own, name="own"),
    path("me/password/", own.password, name="own_password"),
    path("me/second-factor/", own.own_second_factor, name="own_second_factor"),
    path("me/sessions/end-others/", own.end_other_sessions, name="end_other_sessions"),
    path("me/sessions/<int:sign_in_id>/end/", own.end_session, name="end_session"),
]

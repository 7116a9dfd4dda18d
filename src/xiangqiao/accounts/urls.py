"""Addresses of accounts."""

from __future__ import annotations

from django.urls import path

from xiangqiao.accounts.pages import jobs, own, signing_in, users

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
    path("users/", users.users, name="users"),
    path("users/new/", users.new_user, name="new_user"),
    path("users/<uuid:user_id>/", users.user, name="user"),
    path("users/<uuid:user_id>/posts/", users.give_post, name="give_post"),
    path("users/<uuid:user_id>/posts/<uuid:post_id>/end/", users.end_post, name="end_post"),
    path("users/<uuid:user_id>/reset-password/", users.reset_password, name="reset_password"),
    path("users/<uuid:user_id>/reset-second-factor/", users.reset_second_factor, name="reset_second_factor"),
    path("users/<uuid:user_id>/rename/", users.rename, name="rename_user"),
    path("users/<uuid:user_id>/deactivate/", users.deactivate, name="deactivate_user"),
    path("users/<uuid:user_id>/reactivate/", users.reactivate, name="reactivate_user"),
    path("jobs/<uuid:job_id>/", jobs.job, name="job"),
    path("jobs/<uuid:job_id>/cancel/", jobs.cancel_job, name="cancel_job"),
]

"""Signing in: password, code, lock-out, sessions that end at once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from xiangqiao.accounts import second_factor
from xiangqiao.accounts.actions import sign_in
from xiangqiao.accounts.models import SignIn, User
from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.kernel import clock
from xiangqiao.kernel.models import Event
from xiangqiao.kernel.record import Act

PASSWORD = "Correct-horse-9"
pytestmark = pytest.mark.django_db


def enter(client: Client, username: str, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post("/sign-in/", {"username": username, "password": password, **extra})


def with_code(user: User) -> str:
    secret = second_factor.new_secret()
    user.has_totp = False
    user.save()
    sign_in.enrol_second_factor(act=Act(by=SystemViewer("测试"), at=clock.now()), user=user, secret=secret)
    return secret


def test_a_right_password_opens_a_listed_session_and_is_logged(county: None, person_in_post: Any) -> None:
    person_in_post("VILLAGE_CLERK", "360730102203", username="wang")
    User.objects.update(has_totp=False)
    client = Client()
    answer = enter(client, "wang", next="/me/")
    assert (answer.status_code, answer["Location"]) == (302, "/me/")
    assert SignIn.objects.filter(user__username="wang", ended_at=None).count() == 1
    assert Event.objects.filter(kind="accounts.signed_in").count() == 1
    assert client.get("/me/").status_code == 200


def test_sign_in_never_leads_to_another_site(county: None, person_in_post: Any) -> None:
    person_in_post("VILLAGE_CLERK", "360730102203", username="wang")
    User.objects.update(has_totp=False)
    assert enter(Client(), "wang", next="https://evil.example/")["Location"] == "/"


def test_a_wrong_password_says_so_and_opens_nothing(person_in_post: Any) -> None:
    person_in_post(username="wang")
    answer = enter(Client(), "wang", "wrong")
    assert answer.status_code == 422
    assert "登录名或密码不对" in answer.content.decode()
    assert not SignIn.objects.exists()


def test_six_wrong_passwords_lock_that_name_at_that_address_with_the_wait(person_in_post: Any) -> None:
    person_in_post(username="wang")
    client = Client()
    answer = [enter(client, "wang", "wrong") for _ in range(6)][-1]
    assert answer.status_code == 429
    assert re.search(r"请过 1[0-5] 分钟再试", answer.content.decode())
    assert enter(client, "wang").status_code == 429
    User.objects.update(has_totp=False)
    assert enter(Client(REMOTE_ADDR="10.9.9.9"), "wang").status_code == 302


def test_the_second_factor_is_asked_and_each_code_works_once(county: None, person_in_post: Any) -> None:
    user = person_in_post("COUNTY_OFFICE", "360730000000", username="li")
    code = second_factor.code_at(with_code(user), clock.now())
    first, second = Client(), Client()
    for client in (first, second):
        assert enter(client, "li")["Location"].startswith("/sign-in/code/")
        assert client.get("/me/").status_code == 302
    assert first.post("/sign-in/code/", {"code": code}).status_code == 302
    assert first.get("/me/").status_code == 200
    assert second.post("/sign-in/code/", {"code": code}).status_code == 422
    assert second.get("/me/").status_code == 302


def test_wrong_codes_count_like_wrong_passwords(county: None, person_in_post: Any) -> None:
    user = person_in_post("COUNTY_OFFICE", "360730000000", username="li")
    secret = with_code(user)
    client = Client()
    enter(client, "li")
    wrong = f"{(int(second_factor.code_at(secret, clock.now())) + 1) % 10**6:06d}"
    answers = [client.post("/sign-in/code/", {"code": wrong}).status_code for _ in range(7)]
    assert answers[:5] == [422] * 5
    assert answers[-1] == 429


def test_a_post_that_needs_the_second_factor_is_led_to_set_it_up(county: None, signed_in: Any) -> None:
    client = signed_in("SECURITY_ADMIN", "360730000000")
    User.objects.update(has_totp=False)
    page = client.get("/me/second-factor/").content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page).group(1).replace(" ", "")  # type: ignore[union-attr]
    code = second_factor.code_at(secret, clock.now())
    assert client.post("/me/second-factor/", {"code": code})["Location"] == "/me/"
    assert "<svg" in page
    user = User.objects.get()
    assert user.has_totp
    assert secret.encode() not in bytes(user.totp_sealed or b"")


def test_a_one_time_password_must_be_changed_first(county: None, signed_in: Any) -> None:
    client, other = signed_in("VILLAGE_CLERK", "360730102203"), Client()
    other.force_login(client.person)
    User.objects.update(must_change_password=True)
    weak = {"old": PASSWORD, "new": "abcdefghijkl", "again": "abcdefghijkl"}
    assert client.post("/me/password/", weak).status_code == 422
    good = {"old": PASSWORD, "new": "green-Bamboo-77", "again": "green-Bamboo-77"}
    assert client.post("/me/password/", good)["Location"] == "/me/"
    assert client.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302


def test_sessions_end_at_once(county: None, signed_in: Any) -> None:
    here, there, third = signed_in("VILLAGE_CLERK", "360730102203"), Client(), Client()
    there.force_login(here.person)
    third.force_login(here.person)
    first_of_others = SignIn.objects.order_by("id")[1]
    assert "结束其他所有登录" in here.get("/me/").content.decode()
    here.post(f"/me/sessions/{first_of_others.pk}/end/")
    assert there.get("/me/").status_code == 302
    assert third.get("/me/").status_code == 200
    here.post("/me/sessions/end-others/")
    assert third.get("/me/").status_code == 302
    assert here.get("/me/").status_code == 200


def test_nobody_ends_a_session_of_another(county: None, signed_in: Any) -> None:
    one, another = signed_in("VILLAGE_CLERK", "360730102203"), signed_in("VILLAGE_CLERK", "360730102203")
    one.post(f"/me/sessions/{SignIn.objects.get(user=another.person).pk}/end/")
    assert another.get("/me/").status_code == 200


def test_signing_out_ends_the_session_also_for_a_stolen_cookie(county: None, signed_in: Any) -> None:
    client, thief = signed_in("VILLAGE_CLERK", "360730102203"), Client()
    thief.cookies = client.cookies.copy()
    assert thief.get("/me/").status_code == 200
    assert client.post("/sign-out/").status_code == 302
    assert thief.get("/me/").status_code == 302


def test_language_and_elder_view_follow_the_person(county: None, signed_in: Any) -> None:
    client = signed_in("VILLAGE_CLERK", "360730102203")
    client.post("/language/", {"language": "en", "next": "/me/"})
    client.post("/elder/", {"next": "/me/"})
    user = User.objects.get()
    assert (user.language, user.elder_view) == ("en", True)
    User.objects.update(has_totp=False)
    fresh = Client()
    cookies = enter(fresh, user.username).cookies
    assert cookies["django_language"].value == "en"
    assert cookies["xq_elder"].value == "1"


def test_a_code_is_right_for_one_step_before_and_after() -> None:
    secret, now = second_factor.new_secret(), clock.now()
    code = second_factor.code_at(secret, now)
    assert second_factor.step_of(secret, code, now + timedelta(seconds=30)) is not None
    assert second_factor.step_of(secret, code, now + timedelta(seconds=95)) is None


def test_eight_hours_without_use_end_a_session_and_the_sign_in_page_says_so(
    county: None, signed_in: Any
) -> None:
    client = signed_in("VILLAGE_CLERK", "360730102203")
    SignIn.objects.update(seen_at=clock.now() - timedelta(hours=7, minutes=55))
    assert client.get("/me/").status_code == 200
    SignIn.objects.update(seen_at=clock.now() - timedelta(hours=8, minutes=1))
    assert client.get("/me/")["Location"] == "/sign-in/?next=/me/"
    assert "8 小时没有操作，系统已替您退出" in client.get("/sign-in/?next=/me/").content.decode()
    assert "系统已替您退出" not in client.get("/sign-in/").content.decode()
    assert SignIn.objects.filter(ended_at=None).count() == 0
    assert Event.objects.filter(kind="accounts.session_idle").count() == 1


def test_a_session_in_use_all_day_goes_on(county: None, signed_in: Any) -> None:
    client = signed_in("VILLAGE_CLERK", "360730102203")
    SignIn.objects.update(
        started_at=clock.now() - timedelta(hours=12), seen_at=clock.now() - timedelta(hours=1)
    )
    # Answered with a fresh cookie: the browser keeps it as long as it is used.
    assert "sessionid" in client.get("/me/").cookies


def test_password_keepers_know_each_field(county: None, signed_in: Any) -> None:
    client = signed_in("SECURITY_ADMIN", "360730000000")
    entrance = Client().get("/sign-in/").content.decode()
    own = client.get("/me/password/").content.decode()
    User.objects.update(has_totp=False)
    code = client.get("/me/second-factor/").content.decode()
    assert 'autocomplete="username"' in entrance
    assert 'autocomplete="current-password"' in entrance
    assert own.count('autocomplete="new-password"') == 2
    assert 'autocomplete="one-time-code"' in code
    assert 'inputmode="numeric"' in code


def test_a_short_password_is_refused_in_the_language_of_the_page(county: None, signed_in: Any) -> None:
    client = signed_in("VILLAGE_CLERK", "360730102203")
    page = client.post("/me/password/", {"old": PASSWORD, "new": "a1", "again": "a1"}).content.decode()
    assert "密码太短，至少要 10 个字符。" in page
    assert "too short" not in page

"""People and posts: what the security administrator can do, and what nobody can."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from xiangqiao.accounts.actions.posts import end_post, give_post
from xiangqiao.accounts.actions.users import create_user, deactivate_user, one_time_password
from xiangqiao.accounts.models import Post, SignIn, User
from xiangqiao.accounts.rules import Can, Role
from xiangqiao.accounts.viewer import SystemViewer, Viewer
from xiangqiao.kernel import clock
from xiangqiao.kernel.errors import ActionError, AlreadyDone, NotAllowed
from xiangqiao.kernel.models import Event
from xiangqiao.kernel.record import Act

COUNTY = "360730000000"
pytestmark = pytest.mark.django_db


def by_system(**extra: Any) -> Act:
    return Act(by=SystemViewer("测试"), at=clock.now(), **extra)


def by(user: User) -> Act:
    return Act(by=Viewer.of(user, clock.today()), at=clock.now())


def test_a_new_person_gets_a_password_that_is_shown_once_and_must_be_changed(
    county: None, signed_in: Any
) -> None:
    admin = signed_in("SECURITY_ADMIN", COUNTY)
    page = admin.post("/users/new/", {"username": "zhang.san", "name": "张三", "key": str(uuid4())})
    password = re.search(r"<code>(\S+)</code>", page.content.decode()).group(1)  # type: ignore[union-attr]
    fresh = Client()
    assert fresh.post("/sign-in/", {"username": "zhang.san", "password": password}).status_code == 302
    assert fresh.get("/users/")["Location"] == "/me/password/"
    assert password not in str(list(Event.objects.values_list("data", flat=True)))


def test_pressing_twice_makes_one_person(county: None) -> None:
    key = uuid4()
    create_user(act=by_system(key=key), username="li.si", name="李四")
    with pytest.raises(AlreadyDone):
        create_user(act=by_system(key=key), username="li.si", name="李四")
    assert User.objects.count() == 1


def test_a_taken_name_is_refused_at_its_field(county: None) -> None:
    create_user(act=by_system(), username="li.si", name="李四")
    with pytest.raises(ActionError) as refusal:
        create_user(act=by_system(), username="LI.SI", name="李思")
    assert (refusal.value.code, refusal.value.field) == ("user.taken", "username")


def test_three_administrators_are_three_people(county: None, signed_in: Any, person_in_post: Any) -> None:
    auditor = person_in_post("AUDIT_ADMIN", COUNTY, username="wu")
    admin = signed_in("SECURITY_ADMIN", COUNTY)
    form = {"role": "SYSTEM_ADMIN", "division_code": COUNTY, "valid_from": "2026-01-01"}
    page = admin.post(f"/users/{auditor.public_id}/posts/", form)
    assert page.status_code == 422
    assert "必须是三个不同的人" in page.content.decode()
    assert Post.objects.filter(user=auditor).count() == 1


def test_nobody_raises_themselves(county: None, person_in_post: Any) -> None:
    admin = person_in_post("SECURITY_ADMIN", COUNTY)
    with pytest.raises(NotAllowed):
        give_post(
            act=by(admin),
            user=admin,
            role=Role.COUNTY_OFFICE,
            division_code=COUNTY,
            valid_from=date(2026, 1, 1),
        )
    with pytest.raises(NotAllowed):
        deactivate_user(act=by(admin), user=admin)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SECURITY_ADMIN])
def test_no_other_post_manages_users(role: Role, county: None, person_in_post: Any) -> None:
    with pytest.raises(NotAllowed):
        create_user(act=by(person_in_post(role, COUNTY)), username="eve", name="夏娃")


def test_the_security_administrator_carries_no_act_of_the_register(person_in_post: Any) -> None:
    viewer = Viewer.of(person_in_post("SECURITY_ADMIN", COUNTY), clock.today())
    assert [act for act in Can if viewer.can(act)] == [Can.MANAGE_USERS]


def test_an_ended_post_carries_nothing_from_that_day(county: None, person_in_post: Any) -> None:
    clerk = person_in_post("VILLAGE_CLERK", "360730102203")
    end_post(act=by_system(), post=clerk.posts.get().public_id, on=clock.today())
    assert not Viewer.of(clerk, clock.today()).can(Can.READ_REGISTER)


def test_a_deactivated_person_is_out_with_the_next_request(county: None, signed_in: Any) -> None:
    admin, clerk = signed_in("SECURITY_ADMIN", COUNTY), signed_in("VILLAGE_CLERK", "360730102203")
    assert clerk.get("/me/").status_code == 200
    assert admin.post(f"/users/{clerk.person.public_id}/deactivate/").status_code == 302
    assert clerk.get("/me/").status_code == 302
    assert not SignIn.objects.filter(user=clerk.person, ended_at=None).exists()
    assert (
        clerk.post(
            "/sign-in/", {"username": clerk.person.username, "password": "Correct-horse-9"}
        ).status_code
        == 422
    )


def test_resets_end_sessions_and_are_logged(county: None, signed_in: Any) -> None:
    admin, clerk = signed_in("SECURITY_ADMIN", COUNTY), signed_in("VILLAGE_CLERK", "360730102203")
    assert "<code>" in admin.post(f"/users/{clerk.person.public_id}/reset-password/").content.decode()
    assert clerk.get("/me/").status_code == 302
    admin.post(f"/users/{clerk.person.public_id}/reset-second-factor/")
    assert not User.objects.get(pk=clerk.person.pk).has_totp
    kinds = set(Event.objects.filter(actor=admin.person.public_id).values_list("kind", flat=True))
    assert {"accounts.password_reset", "accounts.second_factor_reset"} <= kinds


def test_the_list_and_a_person_are_shown(county: None, signed_in: Any, person_in_post: Any) -> None:
    admin = signed_in("SECURITY_ADMIN", COUNTY)
    clerk = person_in_post("VILLAGE_CLERK", "360730102203", username="chen")
    assert "村级专干" in admin.get("/users/").content.decode()
    assert "chen" in admin.get(f"/users/{clerk.public_id}/").content.decode()
    assert admin.get("/users/?q=nobody-here").status_code == 200
    post = clerk.posts.get()
    assert admin.post(f"/users/{clerk.public_id}/posts/{post.public_id}/end/").status_code == 302


def test_one_time_passwords_pass_the_policy_and_differ() -> None:
    words = {one_time_password() for _ in range(200)}
    assert len(words) == 200
    assert all(any(sign.isdigit() for sign in word) and len(word) == 14 for word in words)

"""A resource stands on the shelf with licence and source, past the guard and a second person, for a year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from xiangqiao.accounts.models import User
from xiangqiao.kernel import publication as guard
from xiangqiao.kernel.audit import verify
from xiangqiao.kernel.errors import ActionError, Conflict, NotAllowed
from xiangqiao.learning import actions, queries
from xiangqiao.learning.models import Resource
from xiangqiao.learning.tests.conftest import COUNTY, NOW, Class, act

pytestmark = pytest.mark.django_db
GIVEN: dict[str, Any] = {
    "title": "唐诗", "subject": "CHINESE", "grade": 3, "link": "https://a.example/1", "licence": "PUBLIC", "source": "维基文库",
}  # fmt: skip
LATER = NOW + timedelta(days=366)


@pytest.fixture
def second(room: Class, person_in_post: Callable[..., Any]) -> User:
    found: User = person_in_post("COUNTY_OFFICE", COUNTY)
    return found


def waiting(row: Resource) -> guard.Publication:
    return queries.resources_waiting().get(subject=row.public_id)


def test_licence_and_source_are_demanded(room: Class) -> None:
    for given, field in (
        ({"licence": ""}, "licence"),
        ({"source": " "}, "source"),
        ({"link": "ftp://a"}, "link"),
    ):
        with pytest.raises(ActionError) as refusal:
            actions.put_resource(act=act(room.office), **(GIVEN | given))
        assert refusal.value.field == field


def test_the_public_sees_it_from_the_second_persons_word_until_it_is_taken_down(
    room: Class, second: User
) -> None:
    row = actions.put_resource(act=act(room.office), **GIVEN)
    assert not queries.resources(now=NOW).exists()
    with pytest.raises(NotAllowed):
        actions.approve_resource(act=act(room.office), publication=waiting(row))
    actions.approve_resource(act=act(second), publication=waiting(row))
    assert list(queries.resources(now=NOW, text="唐")) == [row]
    with pytest.raises(ActionError, match="已经在架上"):
        actions.put_resource(act=act(room.office), **GIVEN)
    row.refresh_from_db()
    actions.withdraw_resource(act=act(room.office, reason="链接坏了"), resource=row)
    assert not queries.resources(now=NOW).exists()
    actions.put_resource(act=act(room.office), **GIVEN)
    assert [one for one in verify().findings if one.subject.startswith("learning.")] == []


def test_a_persons_number_in_its_words_keeps_nothing(room: Class) -> None:
    with pytest.raises(guard.LeakFound):
        actions.put_resource(act=act(room.office), **(GIVEN | {"about": "问张老师 13870712345"}))
    assert not Resource.objects.exists()


def test_sent_back_it_tells_why_and_may_be_put_anew(room: Class, second: User) -> None:
    row = actions.put_resource(act=act(room.office), **GIVEN)
    with pytest.raises(ActionError):
        actions.send_back_resource(act=act(second), publication=waiting(row))
    actions.send_back_resource(act=act(second, reason="授权不对"), publication=waiting(row))
    [(kept, notice)] = queries.shelved()
    assert (kept, notice.reason if notice else "") == (row, "授权不对")
    again = actions.put_resource(act=act(room.office), **(GIVEN | {"licence": "STATE"}))
    assert [one for one, _notice in queries.shelved()] == [again, row]


def test_after_a_year_somebody_looks_again(room: Class, second: User) -> None:
    row = actions.put_resource(act=act(room.office), **GIVEN)
    with pytest.raises(Conflict):
        actions.renew_resource(act=act(room.office), resource=row)
    actions.approve_resource(act=act(second), publication=waiting(row))
    with pytest.raises(Conflict):
        actions.renew_resource(act=act(room.office), resource=row)
    assert not queries.resources(now=LATER).exists()
    actions.renew_resource(act=act(room.office, at=LATER), resource=row)
    actions.approve_resource(act=act(second, at=LATER), publication=waiting(row))
    assert queries.resources(now=LATER).exists()

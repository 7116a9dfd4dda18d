"""Looking is recorded; complete numbers need a reason and have a limit; grants open one subject for a time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xiangqiao.accounts.actions.grants import end_grant, end_grants, grant
from xiangqiao.accounts.actions.viewing import note_viewing, reveal
from xiangqiao.accounts.models import Grant, User, Viewing
from xiangqiao.accounts.queries import who_looked
from xiangqiao.accounts.rules import REVEALS_PER_DAY, Can
from xiangqiao.accounts.viewer import SystemViewer, Viewer, granted
from xiangqiao.kernel import clock
from xiangqiao.kernel.errors import ActionError, NotAllowed
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.models import Event
from xiangqiao.kernel.record import Act

VILLAGE = "360730102203"
pytestmark = pytest.mark.django_db


def viewer_of(user: User) -> Viewer:
    return Viewer.of(user, clock.today())


def by(user: User, reason: str = "") -> Act:
    return Act(by=viewer_of(user), at=clock.now(), reason=reason)


def test_a_look_is_one_row_a_day_with_a_count(person_in_post: Any) -> None:
    clerk, now, subject = person_in_post("VILLAGE_CLERK", VILLAGE), clock.now(), new_id()
    for minutes in range(3):
        note_viewing(viewer_of(clerk), [subject, subject], now=now + timedelta(seconds=minutes))
    note_viewing(viewer_of(clerk), [subject], now=now, reason="走访前")
    note_viewing(viewer_of(clerk), [subject], now=now, what=Viewing.What.EXPORT)
    note_viewing(viewer_of(clerk), [subject], now=now + timedelta(days=1))
    looked = list(who_looked(subject, today=clock.today() + timedelta(days=1)))
    assert sorted(row.times for row in looked) == [1, 1, 1, 3]
    assert {row.user.name for row in looked} == {clerk.name}
    assert not who_looked(subject, today=clock.today() + timedelta(days=200)).exists()


def test_a_page_of_many_subjects_costs_one_statement(person_in_post: Any) -> None:
    clerk = viewer_of(person_in_post("VILLAGE_CLERK", VILLAGE))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        note_viewing(clerk, [new_id() for _ in range(50)], now=clock.now())
    assert len(queries) == 1
    assert Viewing.objects.count() == 50


def test_jobs_of_the_system_are_not_listed_as_people() -> None:
    note_viewing(SystemViewer("筛查"), [new_id()], now=clock.now())
    assert not Viewing.objects.exists()


def test_a_complete_number_needs_a_post_here_and_a_reason(person_in_post: Any) -> None:
    clerk, subject = person_in_post("VILLAGE_CLERK", VILLAGE), person_in_post()
    ask: dict[str, Any] = {"subject": subject, "attribute": "id_number"}
    with pytest.raises(NotAllowed):
        reveal(act=by(clerk, "核对"), division_code="360730103201", **ask)
    with pytest.raises(ActionError) as refusal:
        reveal(act=by(clerk, "  "), division_code=VILLAGE, **ask)
    assert refusal.value.code == "reveal.reason"
    assert reveal(act=by(clerk, "核对银行卡"), division_code=VILLAGE, **ask) == REVEALS_PER_DAY - 1
    event = Event.objects.get(kind="accounts.number_revealed")
    assert (event.subject, event.reason) == (subject.public_id, "核对银行卡")
    assert Viewing.objects.get(what="REVEAL").subject == subject.public_id


def test_complete_numbers_have_a_daily_limit_per_person(person_in_post: Any) -> None:
    clerk, colleague = (person_in_post("VILLAGE_CLERK", VILLAGE) for _ in range(2))
    subject = person_in_post()
    now = clock.now()
    Viewing.objects.create(
        user=clerk, subject=new_id(), what="REVEAL", day=clock.day_of(now), first_at=now, last_at=now,
        times=REVEALS_PER_DAY,
    )  # fmt: skip
    ask: dict[str, Any] = {"subject": subject, "attribute": "id_number", "division_code": VILLAGE}
    with pytest.raises(ActionError) as refusal:
        reveal(act=by(clerk, "核对"), **ask)
    assert refusal.value.code == "reveal.limit"
    assert reveal(act=by(colleague, "核对"), **ask) == REVEALS_PER_DAY - 1


def test_a_grant_opens_one_subject_until_it_ends(person_in_post: Any) -> None:
    cadre, today = person_in_post("CADRE", "360730000000"), clock.today()
    act = Act(by=SystemViewer("结对"), at=clock.now())
    subject, other = new_id(), new_id()
    terms: dict[str, Any] = {"user": cadre.public_id, "capability": Can.READ_REGISTER, "valid_from": today}
    row = grant(act=act, subject=subject, basis="pairing:1", **terms)
    assert grant(act=act, subject=subject, basis="pairing:1", **terms).pk == row.pk
    grant(act=act, subject=other, basis="pairing:2", **terms)
    assert set(granted(viewer_of(cadre), Can.READ_REGISTER)) == {subject, other}
    assert set(granted(viewer_of(cadre), Can.REQUEST_CHANGE)) == set()
    assert end_grants(act=act, basis="pairing:1", on=today) == 1
    assert set(granted(viewer_of(cadre), Can.READ_REGISTER)) == {other}
    assert end_grant(act=act, grant=Grant.objects.get(pk=row.pk), on=today) is False
    kinds = list(Event.objects.filter(kind__startswith="accounts.grant").values_list("kind", flat=True))
    assert sorted(kinds) == ["accounts.grant_ended", "accounts.granted", "accounts.granted"]

"""Whatever is asked in whatever order: one head, no overlap, derived columns right, every row replays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xiangqiao.kernel.audit import verify
from xiangqiao.kernel.errors import ActionError
from xiangqiao.people.actions.approvals import approve_change
from xiangqiao.people.actions.undoing import undo_change
from xiangqiao.people.models import ChangeRequest, Household, Membership
from xiangqiao.people.rules.kinds import Kind
from xiangqiao.people.rules.payloads import Close, Joining, Leaving, Merge, NewHead, Payload, Split
from xiangqiao.people.tests.changing import TODAY, Village, act, make_village, sound

STEP = st.tuples(
    st.sampled_from(
        [
            Kind.BIRTH,
            Kind.DEATH,
            Kind.MARRIAGE_OUT,
            Kind.MOVE_IN,
            Kind.HEAD,
            Kind.SPLIT,
            Kind.MERGE,
            Kind.CLOSE,
            None,
        ]
    ),
    st.integers(0, 5),
    st.integers(0, 5),
    st.integers(0, 3),
)


def payload(kind: Kind, home: Household, one: int, two: int, day: date) -> Payload | None:
    """Return a change of the kind about some members; None where there is nobody to speak of."""
    people = [
        m.person.public_id
        for m in Membership.objects.filter(household=home, valid_to=None)
        .select_related("person")
        .order_by("id")
    ]
    if kind == Kind.BIRTH:
        return Joining(f"子{one}{two}", "MALE", day, "GRANDSON", day)
    if kind == Kind.MOVE_IN:
        return Joining(f"丁{one}{two}", "FEMALE", date(1980, 1, 1), "HEAD" if not people else "OTHER", day)
    if not people:
        return None
    first, second = people[one % len(people)], people[two % len(people)]
    match kind:
        case Kind.HEAD:
            return NewHead(first, day)
        case Kind.SPLIT:
            return Split((first,), first, f"N{one}{two}{home.pk}", day)
        case Kind.MERGE:
            return Merge("H1" if two % 2 else "H2", day)
        case Kind.CLOSE:
            return Close("OTHER", day)
        case _:
            return Leaving(first, day, second if second != first else None)


def take(village: Village, step: Any, day: date) -> None:
    """Do one step; what is refused changes nothing."""
    kind, one, two, which = step
    homes = list(Household.objects.order_by("id"))
    try:
        with transaction.atomic():
            if kind is None:
                done = list(ChangeRequest.objects.filter(state="APPLIED").order_by("-id"))
                undo_change(
                    act=act(village.leader if one % 2 else village.clerk, "试"),
                    request=done[two % len(done)].public_id,
                )
                return
            home = homes[which % len(homes)]
            said = payload(kind, home, one, two, day)
            if said is None:
                return
            asked = village.ask(kind, said, home=home, confirmed="试")
            if asked.state == "SUBMITTED":
                approve_change(act=act(village.leader), request=asked.public_id)
    except (ActionError, ZeroDivisionError):
        return


@pytest.mark.django_db
def test_any_sequence_of_changes_and_undos_keeps_the_register_sound(
    county: None, person_in_post: Callable[..., Any]
) -> None:
    village = make_village(person_in_post)

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(st.lists(STEP, min_size=3, max_size=12))
    def run(steps: list[Any]) -> None:
        with transaction.atomic():
            for number, step in enumerate(steps):
                take(village, step, TODAY - timedelta(days=40 - number))
                sound()
            assert [one for one in verify().findings if one.subject.startswith("people.")] == []
            transaction.set_rollback(True)

    run()

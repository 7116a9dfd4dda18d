"""Samples of the journal's addresses for the access matrix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from xiangqiao.accounts.rules import Can
from xiangqiao.kernel import clock

if TYPE_CHECKING:
    from tests.matrix import Sample, World

NOBODY: frozenset[Any] = frozenset()


def visit_of(world: World, village: str) -> Any:
    """Return a visit to the household of a village, by nobody of the matrix."""
    from xiangqiao.journal.models import Visit, VisitRevision

    def make() -> Any:
        now = clock.now()
        visit = Visit.objects.create(
            household=world.household(village).public_id, division_code=village, user=uuid4(), who="某干部",
            at=now, received_at=now,
        )  # fmt: skip
        VisitRevision.objects.create(visit=visit, number=1, done=["TALK"], made_at=now)
        return visit

    return world.once("visit", village, make)


def promise_of(world: World, village: str) -> Any:
    """Return an open promise to the household of a village."""
    from xiangqiao.journal.models import Promise

    visit = visit_of(world, village)
    return world.once(
        "promise",
        village,
        lambda: Promise.objects.create(
            household=visit.household, division_code=village, made_on_visit=visit, user=visit.user,
            who="某干部", what="送种子", due_on=clock.today() + timedelta(days=7),
        ),
    )  # fmt: skip


def dispute_of(world: World, village: str) -> Any:
    """Return an open dispute of the household of a village."""
    from xiangqiao.journal.models import Reply

    visit = visit_of(world, village)
    return world.once(
        "dispute",
        village,
        lambda: Reply.objects.create(
            household=visit.household, division_code=village, kind="VISIT", subject=str(visit.public_id),
            line="上门看望", choice="NOT_SO", at=clock.now(), via="CODE", by_label="农户本人", state="OPEN",
        ),
    )  # fmt: skip


def technique_of(world: World, state: str) -> Any:
    """Return a technique text in a state."""
    from xiangqiao.journal.models import Technique

    return world.once(
        "technique",
        state,
        lambda: Technique.objects.create(
            slug=f"sample-{state.lower()}", title="样稿", summary="样", body="正文", trade="FIELD", source="自编",
            licence="CC0-1.0", state=state, drafted_by=uuid4(), drafted_label="某人",
        ),
    )  # fmt: skip


def _names(name: str, make: Callable[[World, str], Any]) -> Callable[[World, str], Mapping[str, Any]]:
    return lambda world, village: {name: make(world, village).public_id}


def samples(
    sample: type[Sample], at_household: Callable[[World, str], Mapping[str, Any]]
) -> dict[str, Sample]:
    """Return the samples; `sample` and `at_household` are those of tests/matrix.py."""
    at_visit = _names("visit_id", visit_of)
    at_promise, at_dispute = _names("promise_id", promise_of), _names("dispute_id", dispute_of)

    def at_photo(world: World, village: str) -> Mapping[str, Any]:
        return {**at_household(world, village), "visit_id": UUID(int=0)}

    def at_door(_world: World, _village: str) -> Mapping[str, Any]:
        return {"token": "nosuchdoor"}

    def at_text(state: str) -> Callable[[World, str], Mapping[str, Any]]:
        return lambda world, _village: {"slug": technique_of(world, state).slug}

    return {
        "journal:mine": sample(),
        "journal:log": sample(at_household, scoped=True),
        "journal:code": sample(at_household, scoped=True),
        "journal:consent": sample(at_household, scoped=True),
        "journal:withdraw": sample(at_household, scoped=True, method="post"),
        "journal:visits": sample(),
        "journal:visit": sample(at_visit, scoped=True),
        "journal:photo": sample(
            lambda world, village: {**at_visit(world, village), "number": 1}, only=NOBODY
        ),
        "journal:promises": sample(),
        "journal:promise": sample(at_promise, scoped=True),
        "journal:disputes": sample(),
        "journal:dispute": sample(at_dispute, scoped=True),
        "journal:answer": sample(at_dispute, scoped=True, method="post"),
        "journal:settle": sample(at_dispute, scoped=True, method="post", needs=Can.READ_JOURNAL),
        "journal:standing": sample(),
        "journal:unvisited": sample(),
        "journal:policies": sample(),
        "journal:techniques": sample(),
        "journal:technique_new": sample(),
        "journal:technique": sample(at_text("PUBLISHED")),
        "journal:technique_publish": sample(at_text("DRAFT"), method="post"),
        "journal:door": sample(at_door),
        "journal:door_reply": sample(at_door, method="post"),
        "journal:door_consent": sample(at_door, method="post"),
        "journal:door_photo": sample(
            lambda world, village: {**at_door(world, village), "visit_id": UUID(int=0)}
        ),
        "journal:door_close": sample(at_door, method="post"),
        "journal:linked": sample(),
        "journal:own": sample(at_household, only=NOBODY),
        "journal:own_reply": sample(at_household, method="post", only=NOBODY),
        "journal:own_consent": sample(at_household, method="post", only=NOBODY),
        "journal:own_photo": sample(at_photo, only=NOBODY),
        "journal:own_unlink": sample(at_household, method="post", only=NOBODY),
        "journal:entrusted": sample(),
        "journal:kept": sample(at_household, only=NOBODY),
        "journal:kept_reply": sample(at_household, method="post", only=NOBODY),
        "journal:kept_photo": sample(at_photo, only=NOBODY),
    }

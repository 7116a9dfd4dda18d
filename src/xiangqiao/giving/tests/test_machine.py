"""Giving played at random by its real actions: whatever order people act in, money, goods and needs add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from xiangqiao.accounts.viewer import Viewer
from xiangqiao.giving import actions, queries
from xiangqiao.giving.models import Appeal, Gift, Need, Verification
from xiangqiao.giving.rules.states import APPEAL, GIFT, HOLDS, ended
from xiangqiao.giving.tests.conftest import SYSTEM, UNTIL, World
from xiangqiao.journal.models import TimelineLine
from xiangqiao.kernel.audit import verify
from xiangqiao.kernel.errors import ActionError
from xiangqiao.ledger.queries import balances

ROLES = ("VOLUNTEER", "VILLAGE_CLERK", "COUNTY_OFFICE", "GIVING_OFFICE", "STATION_KEEPER")
REPORT = "捐来的东西都送到了，还缺的以后再说。"
PICK = st.integers(0, 30)
WHO = st.sampled_from(ROLES)


class Giving(RuleBasedStateMachine):
    """Appeals and gifts; each act is by anybody, on anything, seen now or long ago: it is done or refused."""

    def __init__(self, world: World, own: Viewer) -> None:
        super().__init__()
        self.world, self.own = world, own
        self.before = transaction.savepoint()
        self.seen: list[Gift] = []
        self.states: dict[tuple[str, int], str] = {}

    def teardown(self) -> None:
        # The village itself was put there without the log.
        assert not [one for one in verify().findings if one.subject.startswith(("giving.", "kernel."))]
        transaction.savepoint_rollback(self.before)

    def by(self, role: str, reason: str = "有人这样说") -> dict[str, Any]:
        return {"act": self.world.act(role, reason), "viewer": self.world.viewer(role)}

    def appeal(self, pick: int) -> Appeal:
        found = list(Appeal.objects.order_by("pk"))
        return found[pick % len(found)]

    def on_gift(self, pick: int, fresh: bool, do: Callable[[Gift], object]) -> None:
        if self.seen:
            seen = self.seen[pick % len(self.seen)]
            with suppress(ActionError):
                do(Gift.objects.get(pk=seen.pk) if fresh else seen)

    @initialize()
    def one_is_open(self) -> None:
        self.world.opened()

    @rule()
    def raised(self) -> None:
        self.world.raised()

    @rule(pick=PICK, role=WHO, confirms=st.sampled_from([True, True, False]))
    def verified(self, pick: int, role: str, confirms: bool) -> None:
        with suppress(ActionError):
            self.world.verify(self.appeal(pick), role, confirms=confirms)

    @rule(pick=PICK)
    def published(self, pick: int) -> None:
        with suppress(ActionError):
            publication = self.world.proposed(self.appeal(pick))
            actions.approve_appeal(**self.by("COUNTY_OFFICE"), publication=publication)

    @rule(pick=PICK, amount=st.integers(1, 5))
    def offered(self, pick: int, amount: int) -> None:
        needs = list(Need.objects.select_related("appeal").order_by("pk"))
        with suppress(ActionError):
            self.seen.append(self.world.offer(needs[pick % len(needs)], amount))

    @rule(pick=PICK, other=PICK, fresh=st.booleans())
    def matched(self, pick: int, other: int, fresh: bool) -> None:
        needs = list(Need.objects.select_related("appeal").order_by("pk"))
        self.on_gift(pick, fresh, lambda gift: self.world.match(gift, gift.need or needs[other % len(needs)]))

    @rule(pick=PICK, fresh=st.booleans(), role=WHO)
    def delivered(self, pick: int, fresh: bool, role: str) -> None:
        self.on_gift(pick, fresh, lambda gift: actions.deliver_gift(**self.by(role), gift=gift))

    @rule(pick=PICK, fresh=st.booleans(), wanted=st.booleans())
    def answered(self, pick: int, fresh: bool, wanted: bool) -> None:
        verb = actions.confirm_gift if wanted else actions.decline_gift
        self.on_gift(pick, fresh, lambda gift: verb(act=self.world.act("MEMBER"), viewer=self.own, gift=gift))

    @rule(pick=PICK, fresh=st.booleans(), role=WHO)
    def cancelled(self, pick: int, fresh: bool, role: str) -> None:
        self.on_gift(pick, fresh, lambda gift: actions.cancel_gift(**self.by(role), gift=gift))

    @rule(
        pick=PICK,
        verb=st.sampled_from(["freeze_appeal", "resume_appeal", "reject_appeal", "withdraw_appeal"]),
    )
    def turned(self, pick: int, verb: str) -> None:
        with suppress(ActionError):
            getattr(actions, verb)(**self.by("GIVING_OFFICE"), appeal=self.appeal(pick))

    @rule(pick=PICK)
    def closed(self, pick: int) -> None:
        with suppress(ActionError):
            actions.close_appeal(
                **self.by("GIVING_OFFICE"), appeal=self.appeal(pick), report=REPORT, withdraw_on=UNTIL
            )

    @invariant()
    def the_books_are_right(self) -> None:
        assert queries.check_books(SYSTEM).faults == []

    @invariant()
    def a_need_holds_what_its_gifts_are_and_never_more_than_itself(self) -> None:
        held: Counter[int | None] = Counter()
        for gift in Gift.objects.filter(state__in=HOLDS):
            held[gift.need_id] += gift.amount
        for need in Need.objects.all():
            assert held[need.pk] == need.taken <= need.quantity

    @invariant()
    def the_ledger_and_the_timeline_say_what_was_confirmed(self) -> None:
        confirmed: Counter[str] = Counter()
        for gift in Gift.objects.filter(state="CONFIRMED"):
            confirmed[gift.unit] += gift.amount
        for purpose, sign in (("giving.received", 1), ("giving.given", -1)):
            booked: Counter[str] = Counter()
            for row in balances().filter(purpose=purpose):
                booked[row.unit] += sign * row.balance  # type: ignore[attr-defined]  # annotated by balances
            assert +booked == confirmed
        lines = TimelineLine.objects.filter(sentence="收到爱心捐助：%(what)s").count()
        assert lines == Gift.objects.filter(state="CONFIRMED").count()

    @invariant()
    def an_appeal_that_ended_has_nothing_under_way(self) -> None:
        over = [state for state in APPEAL if ended(APPEAL, state)]
        assert not Gift.objects.filter(
            need__appeal__state__in=over, state__in=["MATCHED", "DELIVERED"]
        ).exists()

    @invariant()
    def nothing_is_public_that_two_bodies_did_not_verify(self) -> None:
        for appeal in Appeal.objects.exclude(state__in=["RAISED", "REJECTED", "WITHDRAWN"]):
            bodies = Verification.objects.filter(appeal=appeal, confirms=True).values("body").distinct()
            assert bodies.count() >= 2

    @invariant()
    def a_state_that_ended_stays(self) -> None:
        for table, model in ((APPEAL, Appeal), (GIFT, Gift)):
            for pk, state in model.objects.values_list("pk", "state"):
                was = self.states.get((model.__name__, pk), state)
                assert was == state or not ended(table, was)
                self.states[model.__name__, pk] = state


def test_whatever_order_people_act_in_giving_adds_up(world: World) -> None:
    for role in ROLES:
        world.user(role)
    own = world.own()
    run_state_machine_as_test(
        lambda: Giving(world, own),  # type: ignore[arg-type]  # it is called, be it a class or not
        settings=settings(
            max_examples=15, stateful_step_count=25, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip

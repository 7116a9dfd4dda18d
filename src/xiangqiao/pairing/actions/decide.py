"""Decisions of a named person on proposals, and the end of pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.kernel import bulk
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.record import Act, Recording, recording
from xiangqiao.pairing.actions.access import give_access, take_access
from xiangqiao.pairing.actions.bounds import demand_bounds, hold
from xiangqiao.pairing.models import Cadre, Pairing, Proposal, Run
from xiangqiao.pairing.queries import proposals_of
from xiangqiao.pairing.rules import level_prefix

OPEN = (Proposal.State.OPEN, Proposal.State.NO_CADRE)


def accept(*, act: Act, viewer: AnyViewer, proposals: Sequence[Proposal]) -> int:
    """Turn open proposals into pairs, in one transaction; return how many. Those decided before are left alone.

    Raises NotAllowed where the post does not reach, Conflict where all were decided meanwhile or a cadre has no place
    left, ActionError where a cadre may no longer serve the village.
    """
    for code in sorted({row.division_code for row in proposals}):
        viewer.demand(Can.DECIDE_PAIRING, code)
    place = level_prefix(row.division_code for row in proposals)
    with _one_wins(), recording("pairing.accepted", act, division_code=place) as record:
        rows = _held_open([row.pk for row in proposals])
        if not rows:
            raise _decided()
        cadres = hold([row.cadre_id for row in rows if row.cadre_id])
        wanted = [(row, cadres[row.cadre_id]) for row in rows if row.cadre_id]
        demand_bounds([(row.household, row.division_code, cadre) for row, cadre in wanted])
        present = _present([row.household for row in rows])
        # All that leave go first: then a place is free before it is given to the next.
        moving = [row for row, cadre in wanted if _leaves(present.get(row.household), cadre)]
        for row in moving:
            _hand_over(record, act, present.pop(row.household))
        for row, cadre in wanted:
            if row.household not in present:
                _begin(record, act, row, cadre, f"run:{row.run.public_id}")
        _decide([row for row, _cadre in wanted], Proposal.State.ACCEPTED, act)
        record.note(count=len(wanted))
        _close_when_done({row.run_id for row in rows})
    return len(wanted)


def accept_all(*, act: Act, viewer: AnyViewer, run: Run) -> int:
    """Accept every open proposal of a run within the person's reach."""
    rows = proposals_of(viewer, run).filter(state=Proposal.State.OPEN)
    mine = [row for row in rows if viewer.can(Can.DECIDE_PAIRING, row.division_code)]
    if not mine:
        viewer.demand(Can.DECIDE_PAIRING, run.division_code)
        raise _decided()
    return accept(act=act, viewer=viewer, proposals=mine)


def change_by_hand(*, act: Act, viewer: AnyViewer, proposal: Proposal, cadre: UUID) -> Pairing:
    """Pair the household of a proposal with another cadre; the reason given is kept.

    Raises ActionError without a reason or where the cadre may not serve the village, Conflict where no place is left or
    somebody else decided meanwhile.
    """
    viewer.demand(Can.DECIDE_PAIRING, proposal.division_code)
    if not act.reason.strip():
        raise ActionError("pairing.reason", _("请写明改派的理由。"), field="reason")
    place = proposal.division_code
    with _one_wins(), recording("pairing.changed_by_hand", act, division_code=place) as record:
        row = _only_open(proposal)
        known = Cadre.objects.filter(public_id=cadre).values_list("pk", flat=True).first()
        if known is None:
            raise ActionError("pairing.cadre", _("名单里没有这位干部，请重新选择。"), field="cadre")
        chosen = hold([known])[known]
        demand_bounds([(row.household, row.division_code, chosen)])
        present = _present([row.household]).get(row.household)
        if present is not None and _leaves(present, chosen):
            _hand_over(record, act, present)
            present = None
        pair = present or _begin(record, act, row, chosen, "hand")
        _decide([row], Proposal.State.CHANGED, act)
        _close_when_done({row.run_id})
    return pair


def reject(*, act: Act, viewer: AnyViewer, proposal: Proposal) -> None:
    """Put a proposal aside, with a reason; the household stays as it is. Raises Conflict where it was decided."""
    viewer.demand(Can.DECIDE_PAIRING, proposal.division_code)
    if not act.reason.strip():
        raise ActionError("pairing.reason", _("请写明不采纳的理由。"), field="reason")
    with recording(
        "pairing.rejected", act, division_code=proposal.division_code, household=proposal.household
    ):
        row = _only_open(proposal)
        _decide([row], Proposal.State.REJECTED, act)
        _close_when_done({row.run_id})


def end_pairing(*, act: Act, viewer: AnyViewer, pair: Pairing, ended: str, on: date) -> None:
    """End a pair on a day, with the cause; the cadre's access ends with it.

    Raises NotAllowed where the post does not reach, ActionError on a cause that is none, Conflict where it has ended.
    """
    viewer.demand(Can.DECIDE_PAIRING, pair.division_code)
    if ended not in Pairing.Ended.values:
        raise ActionError("pairing.ended", _("请选择结束的原因。"), field="ended")
    with recording("pairing.ended", act, subject=pair, division_code=pair.division_code) as record:
        if pair.valid_to is not None:
            raise Conflict("pairing.over", _("这一对已经结束。"), theirs=pair.valid_to.isoformat())
        record.change(pair, valid_to=max(on, pair.valid_from), ended=ended)
        take_access(act, pair, max(on, pair.valid_from))


def _held_open(pks: Sequence[int]) -> list[Proposal]:
    rows: list[Proposal] = []
    for part in bulk.chunks(sorted(pks)):
        found = Proposal.objects.select_for_update(of=("self",)).select_related("run").order_by("pk")
        rows += found.filter(pk__in=part, state=Proposal.State.OPEN).exclude(run__state=Run.State.DISCARDED)
    return rows


def _only_open(proposal: Proposal) -> Proposal:
    """Hold a proposal that is still to be decided."""
    row = Proposal.objects.select_for_update(of=("self",)).select_related("run").get(pk=proposal.pk)
    if row.state not in OPEN or row.run.state == Run.State.DISCARDED:
        raise _decided(row.get_state_display())
    return row


def _decided(theirs: str = "") -> Conflict:
    return Conflict("pairing.decided", _("刚刚已由别人处理。请刷新后看看现在的情况。"), theirs=theirs)


@contextmanager
def _one_wins() -> Iterator[None]:
    """Two hands on one household through two runs: the database lets one through, the other is told."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise _decided() from error


def _present(households: Sequence[UUID]) -> dict[UUID, Pairing]:
    found: dict[UUID, Pairing] = {}
    for part in bulk.chunks(households):
        rows = Pairing.objects.filter(household__in=part, valid_to__isnull=True)
        found |= {pair.household: pair for pair in rows}
    return found


def _leaves(present: Pairing | None, cadre: Cadre) -> bool:
    return present is not None and present.cadre_id != cadre.pk


def _hand_over(record: Recording, act: Act, present: Pairing) -> None:
    """End the old pair on the day on which the new one begins: no gap, no overlap."""
    day = max(day_of(act.at), present.valid_from)
    record.change(present, valid_to=day, ended=Pairing.Ended.HANDED_OVER)
    take_access(act, present, day)


def _begin(record: Recording, act: Act, row: Proposal, cadre: Cadre, basis: str) -> Pairing:
    day = day_of(act.at)
    pair = Pairing(
        household=row.household, division_code=row.division_code, cadre=cadre, valid_from=day, basis=basis
    )
    record.create(pair, valid_from=day)
    give_access(act, pair)
    return pair


def _decide(rows: Sequence[Proposal], state: Proposal.State, act: Act) -> None:
    for part in bulk.chunks([row.pk for row in rows]):
        Proposal.objects.filter(pk__in=part).update(
            state=state, decided_label=act.by.label, decided_at=act.at, decided_note=act.reason
        )


def _close_when_done(runs: Iterable[int]) -> None:
    """A run of which nothing is open any more is closed."""
    still = Proposal.objects.filter(run__in=list(runs), state=Proposal.State.OPEN).values("run")
    Run.objects.filter(pk__in=list(runs), state=Run.State.PROPOSED).exclude(pk__in=still).update(
        state=Run.State.CLOSED
    )

"""Decisions of a named person on proposals, and the end of pairs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.record import Act, Recording, recording
from xiangqiao.pairing.grants import give_access, take_access
from xiangqiao.pairing.models import Cadre, Pairing, Proposal, Run
from xiangqiao.pairing.queries import proposals_of


def accept(*, act: Act, viewer: AnyViewer, proposals: Sequence[Proposal]) -> int:
    """Turn open proposals into pairs, in one transaction; return how many. Those decided before are left alone.

    Raises NotAllowed where the post does not reach, Conflict where a cadre has no place left.
    """
    for code in {row.division_code for row in proposals}:
        viewer.demand(Can.DECIDE_PAIRING, code)
    day = day_of(act.at)
    with recording("pairing.accepted", act, division_code=_common(proposals)) as record:
        rows = list(
            Proposal.objects.select_for_update()
            .filter(pk__in=[row.pk for row in proposals], state=Proposal.State.OPEN)
            .select_related("cadre")
        )
        _demand_places([row.cadre for row in rows if row.cadre], [row.household for row in rows])
        present = {
            pair.household: pair
            for pair in Pairing.objects.filter(household__in=[row.household for row in rows], valid_to__isnull=True)
        }
        for row in rows:
            if row.cadre is not None:
                _pair(record, present.get(row.household), row, row.cadre, day, f"run:{row.run_id}")
                _decide(row, Proposal.State.ACCEPTED, act)
        record.note(count=len(rows))
        _close_when_done({row.run_id for row in rows})
    return len(rows)


def accept_all(*, act: Act, viewer: AnyViewer, run: Run) -> int:
    """Accept every open proposal of a run within the person's reach."""
    rows = proposals_of(viewer, run).filter(state=Proposal.State.OPEN)
    mine = [row for row in rows if viewer.can(Can.DECIDE_PAIRING, row.division_code)]
    if not mine:
        viewer.demand(Can.DECIDE_PAIRING, run.division_code)
    return accept(act=act, viewer=viewer, proposals=mine)


def change_by_hand(*, act: Act, viewer: AnyViewer, proposal: Proposal, cadre: UUID) -> Pairing:
    """Pair the household of a proposal with another cadre; the reason given is kept.

    Raises ActionError without a reason or where the cadre may not serve the village, Conflict where no place is left.
    """
    viewer.demand(Can.DECIDE_PAIRING, proposal.division_code)
    if not act.reason.strip():
        raise ActionError("pairing.reason", _("请写明改派的理由。"), field="reason")
    with recording("pairing.changed_by_hand", act, division_code=proposal.division_code) as record:
        row = Proposal.objects.select_for_update().get(pk=proposal.pk)
        if row.state not in (Proposal.State.OPEN, Proposal.State.NO_CADRE):
            raise Conflict("pairing.decided", _("这一户刚刚已由别人处理。"), theirs=row.state)
        chosen = _may_serve(cadre, row.division_code)
        _demand_places([chosen], [row.household])
        present = Pairing.objects.filter(household=row.household, valid_to__isnull=True).first()
        pair = _pair(record, present, row, chosen, day_of(act.at), "hand")
        _decide(row, Proposal.State.CHANGED, act)
        _close_when_done({row.run_id})
    return pair


def reject(*, act: Act, viewer: AnyViewer, proposal: Proposal) -> None:
    """Put a proposal aside, with a reason; the household stays as it is."""
    viewer.demand(Can.DECIDE_PAIRING, proposal.division_code)
    if not act.reason.strip():
        raise ActionError("pairing.reason", _("请写明不采纳的理由。"), field="reason")
    with recording("pairing.rejected", act, division_code=proposal.division_code, household=proposal.household):
        row = Proposal.objects.select_for_update().get(pk=proposal.pk)
        if row.state != Proposal.State.OPEN:
            raise Conflict("pairing.decided", _("这一户刚刚已由别人处理。"), theirs=row.state)
        _decide(row, Proposal.State.REJECTED, act)
        _close_when_done({row.run_id})


def end_pairing(*, act: Act, viewer: AnyViewer, pair: Pairing, ended: str, on: date) -> None:
    """End a pair on a day, with the cause. Raises NotAllowed where the post does not reach."""
    viewer.demand(Can.DECIDE_PAIRING, pair.division_code)
    with recording("pairing.ended", act, subject=pair, division_code=pair.division_code) as record:
        record.change(pair, valid_to=max(on, pair.valid_from), ended=ended)
        take_access(pair, act=act)


def _pair(
    record: Recording, present: Pairing | None, row: Proposal, cadre: Cadre, day: date, basis: str
) -> Pairing:
    """Hand over without a gap: the old pair ends on the day on which the new one begins."""
    if present is not None:
        if present.cadre_id == cadre.pk:
            return present
        record.change(present, valid_to=max(day, present.valid_from), ended=Pairing.Ended.HANDED_OVER)
        take_access(present, act=None)
    pair = Pairing(
        household=row.household, division_code=row.division_code, cadre=cadre, valid_from=day, basis=basis
    )
    record.create(pair)
    give_access(pair)
    return pair


def _decide(row: Proposal, state: Proposal.State, act: Act) -> None:
    row.state, row.decided_label, row.decided_at, row.decided_note = state, act.by.label, act.at, act.reason
    row.save(update_fields=["state", "decided_label", "decided_at", "decided_note"])

"""The cash drawer: movements, the day's close with its difference explained, corrections as new rows."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Sum
from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.commerce.actions.moving import keep, locked
from xiangqiao.commerce.models import CashEntry, DayClose, Station
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.record import Act, recording

Kind = CashEntry.Kind
# What a keeper notes by hand, and with which sign.
BY_HAND = {Kind.FLOAT: 1, Kind.SHOP_SALE: 1, Kind.BANKED: -1}


def book(act: Act, station: Station, kind: str, amount_fen: int, source: UUID, note: str = "") -> CashEntry:
    """Book a movement of cash as part of another action, once for its source and kind.

    On a day that is closed already it counts for the next day: a close is never changed.
    """
    held = Station.objects.select_for_update(of=("self",)).get(pk=station.pk)
    row = CashEntry(
        station=held, division_code=held.division_code, kind=kind, amount_fen=amount_fen,
        on=_open_day(held, day_of(act.at)), at=act.at, source=source, note=note,
    )  # fmt: skip
    with recording("commerce.cash_moved", act.keyless(), division_code=held.division_code) as record:
        record.create(row)
    return row


def note_cash(*, act: Act, station: Station, kind: str, amount_fen: int, note: str = "") -> CashEntry:
    """Note what a keeper puts in, takes to the bank, or sold in the shop on a day. Amounts are positive."""
    keep(act, station)
    if kind not in BY_HAND or amount_fen <= 0:
        raise ActionError("cash.amount", _("金额要大于零。"), field="amount")
    with recording("commerce.cash_noted", act, division_code=station.division_code):
        return book(act, station, kind, BY_HAND[Kind(kind)] * amount_fen, act.key or new_id(), note)


def correct(*, act: Act, entry: UUID, amount_fen: int) -> CashEntry:
    """Correct a movement by a new row of the difference; the wrong one stays. The act's reason says why.

    `amount_fen` is what the movement should have been, with its sign.
    """
    viewer = permit(act, Can.KEEP_STATION)
    if not act.reason.strip():
        raise ActionError("cash.reason", _("请写明为什么更正。"), field="reason")
    with recording("commerce.cash_corrected", act) as record:
        wrong = locked(CashEntry.objects.visible_to(viewer, Can.KEEP_STATION), entry)
        total = wrong.amount_fen + (wrong.corrections.aggregate(n=Sum("amount_fen"))["n"] or 0)
        if wrong.kind == Kind.CORRECTION or total == amount_fen:
            raise ActionError("cash.nothing", _("金额没有变化，不用更正。"), field="amount")
        row = CashEntry(
            station=wrong.station, division_code=wrong.division_code, kind=Kind.CORRECTION,
            amount_fen=amount_fen - total, on=_open_day(wrong.station, day_of(act.at)), at=act.at, source=new_id(),
            corrects=wrong, note=act.reason.strip()[:120],
        )  # fmt: skip
        record.create(row)
    return row


def close_day(*, act: Act, station: Station, on: date, counted_fen: int, explanation: str = "") -> DayClose:
    """Close a day: what should be in the drawer against what was counted. Whoever acts signs.

    Raises ActionError where a difference is not explained, Conflict where the day or a later one is closed.
    """
    keep(act, station)
    if counted_fen < 0 or on > day_of(act.at):
        raise ActionError("close.counted", _("只能结今天或以前的账，清点的现金不能是负数。"), field="counted")
    try:
        with recording("commerce.day_closed", act, division_code=station.division_code) as record:
            held = Station.objects.select_for_update(of=("self",)).get(pk=station.pk)
            row = _close(act, held, on, counted_fen, explanation.strip())
            record.create(row)
            record.event.subject = row.public_id
    except IntegrityError as error:
        raise Conflict("close.done", _("这一天已经结过账了。")) from error
    return row


def _close(act: Act, station: Station, on: date, counted_fen: int, explanation: str) -> DayClose:
    last = station.closes.order_by("-on").first()
    if last is not None and last.on >= on:
        raise Conflict("close.done", _("这一天已经结过账了。"))
    moved = cash_since(station, last, on)
    opening = last.counted_fen if last else 0
    difference = counted_fen - opening - moved
    if difference and not explanation:
        raise ActionError(
            "close.difference",
            _("应有 %(expected)s 元，清点 %(counted)s 元，相差 %(difference)s 元：请写明原因再签字。")
            % {
                "expected": f"{(opening + moved) / 100:.2f}",
                "counted": f"{counted_fen / 100:.2f}",
                "difference": f"{difference / 100:.2f}",
            },
            field="explanation",
        )
    return DayClose(
        station=station, division_code=station.division_code, on=on, opening_fen=opening, moved_fen=moved,
        expected_fen=opening + moved, counted_fen=counted_fen, difference_fen=difference, explanation=explanation,
        signed_by=act.by.public_id, signed_label=act.by.label, at=act.at,
    )  # fmt: skip


def cash_since(station: Station, last: DayClose | None, on: date) -> int:
    """Return what moved since the last close, up to and with a day (fen)."""
    rows = station.cash.filter(on__lte=on)
    if last is not None:
        rows = rows.filter(on__gt=last.on)
    return rows.aggregate(n=Sum("amount_fen"))["n"] or 0


def _open_day(station: Station, day: date) -> date:
    last = station.closes.order_by("-on").values_list("on", flat=True).first()
    return day if last is None or last < day else last + timedelta(days=1)

"""One appeal in words: facts, needs, who verified, lane with its reasons, gifts, totals stated elsewhere."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.giving import queries
from xiangqiao.giving.pages.lanes import reasons
from xiangqiao.giving.pages.parts import day, money, need_amount, state_tag
from xiangqiao.giving.words import post_title
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row
from xiangqiao.places.queries import names

if TYPE_CHECKING:
    from xiangqiao.giving.models import Appeal, Need

_READER = SystemViewer("网络公益：一份求助的捐助")


def context_of(row: Appeal, today: date) -> dict[str, Any]:
    """Return what the page of an appeal shows. The caller has checked that it is seen."""
    home = queries.home_of(row, today)
    books = queries.check_books(_READER, row)
    return {
        "appeal": row,
        "tag": state_tag(row),
        "facts": [
            (_("公示编号"), row.case_no),
            (_("农户"), f"{home.head_name} {home.household_no}"),
            (_("村"), names([row.division_code]).get(row.division_code, "")),
            (_("来源"), f"{row.get_source_display()} {row.raised_label}"),
            (_("提出日期"), day(row.raised_at)),
            (_("通道"), str(row.get_lane_display()) if row.lane else None),
            (_("同意公开"), f"{row.consent_by} {day(row.consent_on)}" if row.consent_on else None),
        ],
        "needs": needs_table(list(row.needs.all())),
        "verified": [
            (
                f"{post_title(one.body)} {one.verifier_label}",
                Cell(one.notes, sub=f"{_verdict(confirms=one.confirms)} · {day(one.visited_on)}"),
            )
            for one in row.verifications.all()
        ],
        "reasons": reasons(row.lane),
        "gifts": gifts_table(row),
        "mirrored": [(one.platform, declared(one)) for one in row.mirrored.all()],
        "books": books,
    }


def declared(one: Any) -> str:
    """Return a total as stated elsewhere, with day and source."""
    return _("%(amount)s，截至 %(day)s，来源：%(source)s（对方公布，未入本账）") % {
        "amount": money(one.amount_fen), "day": day(one.as_of), "source": one.source,
    }  # fmt: skip


def needs_table(needs: list[Need]) -> DataTable:
    """Return the needs with cost, what is taken and what is open."""
    return DataTable(
        id="needs", caption=_("需要什么"),
        columns=(
            Column("what", _("需要什么")), Column("amount", _("数量"), numeric=True), Column("cost", _("估价（元）"), numeric=True),
            Column("taken", _("已认下"), numeric=True), Column("open", _("还差多少"), numeric=True),
        ),
        rows=[
            Row([
                Cell(need.what, sub=f"{need.get_kind_display()} · {need.evidence}"), need_amount(need, need.quantity),
                money(need.cost_fen), need_amount(need, need.taken), need_amount(need, need.open),
            ])
            for need in needs
        ],
    )  # fmt: skip


def gifts_table(row: Appeal) -> DataTable | None:
    """Return the gifts of an appeal."""
    gifts = list(queries.gifts(_READER).filter(need__appeal=row))
    if not gifts:
        return None
    return DataTable(
        id="gifts", caption=_("捐助"),
        columns=(Column("what", _("捐什么")), Column("day", pgettext("gift", "报名日期")), Column("state", _("状态"))),
        rows=[
            Row(
                [Cell(one.what, sub=need_amount(one.need, one.amount) if one.need else ""), day(one.offered_at), state_tag(one)],
                href=reverse("giving:gift", args=[one.public_id]), label=one.what,
            )
            for one in gifts
        ],
    )  # fmt: skip


def _verdict(*, confirms: bool) -> str:
    return _("情况属实") if confirms else _("与所述不符")

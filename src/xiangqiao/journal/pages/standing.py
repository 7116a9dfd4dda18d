"""扶贫管理: how the work stands, as totals of places. No page here names, counts or ranks a cadre."""

from __future__ import annotations

from dataclasses import astuple

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.journal import queries
from xiangqiao.journal.pages.parts import household_address, place_words, tabs
from xiangqiao.journal.queries.standing import last_visits
from xiangqiao.journal.rules.attention import LONG, VERY_LONG
from xiangqiao.kernel.paging import page_of
from xiangqiao.kernel.ui.cards import Empty, Figure
from xiangqiao.kernel.ui.marks import Link, Meter
from xiangqiao.kernel.ui.numbers import whole
from xiangqiao.kernel.ui.tables import Cell, Column, Content, DataTable, Pager, Row
from xiangqiao.people.queries import HouseholdFilter, households
from xiangqiao.places.queries import children, names
from xq_engine.divisions import prefix


def _below(division: str) -> int:
    """Return the digits of the places right below a division."""
    return {6: 9, 9: 12}.get(len(prefix(division)), 12) if division else 12


@page(Can.READ_JOURNAL)
@require_GET
def standing(request: DeskRequest) -> HttpResponse:
    """Show how the work stands where a person reads, and in each place below."""
    division = _division(request)
    found = queries.standing(
        request.viewer, division=division, digits=_below(division), today=request.viewer.today
    )
    parts = {code: queries.Standing() for code in _listed(division)} | found
    total = queries.Standing(*map(sum, zip(*map(astuple, parts.values()), strict=True))) if parts else None
    known = names(parts)
    table = DataTable(
        id="standing",
        caption=_("各地情况"),
        columns=(
            Column("place", _("乡镇、村")),
            Column("visits", _("30 天内走访"), numeric=True),
            Column("visited", _("30 天内走访到"), numeric=True, meaning=_("走访到的户 / 有帮扶干部的户。")),
            Column("unvisited", _("90 天没走访"), numeric=True),
            Column("longer", _("180 天没走访"), numeric=True),
            Column("promises", _("待办承诺"), numeric=True),
            Column("overdue", _("其中过期"), numeric=True),
            Column("disputes", _("农户异议"), numeric=True),
        ),
        rows=[_row(code, known[code], one) for code, one in parts.items()],
        folds=True,
        empty=Empty(_("您负责的范围里还没有走访记录"), _("干部在“我的户”里记下走访，这里就会有。")),
    )
    context = {
        "tabs": tabs(request.viewer, "standing"),
        "table": table,
        "figures": _figures(total, division) if total else [],
        "place": place_words(division) if division else "",
        "up": division not in ("", *request.viewer.divisions(Can.READ_JOURNAL)),
    }
    return render(request, "journal/standing.html", context)


def _division(request: DeskRequest) -> str:
    """Return the place asked for, else the one of the person's post; nothing where only grants let one see."""
    asked = request.GET.get("division", "")[:12]
    if asked.isdigit() and len(asked) == 12:
        return asked
    return next(iter(request.viewer.divisions(Can.READ_JOURNAL)), "")


def _listed(division: str) -> list[str]:
    return [one.code for one in children(division)] if division else []


def _figures(total: queries.Standing, division: str) -> list[Figure]:
    base = f"?division={division}" if division else "?"
    of = _("有帮扶干部的 %(n)s 户中") % {"n": whole(total.paired)}
    return [
        Figure(
            _("30 天内走访到"), total.visited, _("户"), href=reverse("journal:visits") + base, note=of
        ),
        Figure(
            _("90 天没走访"), total.unvisited, _("户"), note=of, tone="orange" if total.unvisited else "",
            href=f"{reverse('journal:unvisited')}{base}&days={LONG}",
        ),
        Figure(
            _("180 天没走访"), total.long_unvisited, _("户"), note=of, tone="red" if total.long_unvisited else "",
            href=f"{reverse('journal:unvisited')}{base}&days={VERY_LONG}",
        ),
        Figure(
            _("过期的承诺"), total.overdue, tone="orange" if total.overdue else "",
            note=_("待办承诺 %(n)s 项中") % {"n": whole(total.promises)},
            href=f"{reverse('journal:promises')}{base}&due=overdue",
        ),
        Figure(
            _("农户异议"), total.disputes, href=reverse("journal:disputes") + base,
            note=_("还没有了结的"), tone="orange" if total.disputes else "",
        ),
    ]  # fmt: skip


def _row(code: str, name: str, one: queries.Standing) -> Row:
    base = f"?division={code}"

    def opens(page_name: str, n: int, more: str = "") -> Content:
        return Link(whole(n), f"{reverse(f'journal:{page_name}')}{base}{more}") if n else 0

    share = one.visited / one.paired if one.paired else None
    deeper = "" if len(prefix(code)) == 12 else f"{reverse('journal:standing')}{base}"
    return Row(
        [
            Cell(name, href=deeper),
            opens("visits", one.visits),
            Meter(share, f"{whole(one.visited)} / {whole(one.paired)}"),
            opens("unvisited", one.unvisited, f"&days={LONG}"),
            opens("unvisited", one.long_unvisited, f"&days={VERY_LONG}"),
            opens("promises", one.promises),
            opens("promises", one.overdue, "&due=overdue"),
            opens("disputes", one.disputes),
        ],
        key=code,
        label=name,
    )


@page(Can.READ_JOURNAL)
@require_GET
def unvisited(request: DeskRequest) -> HttpResponse:
    """List the households with a cadre that nobody visited for 90 or 180 days, to who may see them."""
    days = VERY_LONG if request.GET.get("days") == str(VERY_LONG) else LONG
    division = request.GET.get("division", "")[:12]
    rows = households(
        request.viewer,
        HouseholdFilter(division=division),
        extra=queries.unvisited_condition(days, request.viewer.today),
    )
    part = page_of(
        rows, "division_code", after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    last = last_visits([one.public_id for one in part.rows])
    table = DataTable(
        id="unvisited",
        caption=_("久未走访的户"),
        columns=(
            Column("home", _("农户")),
            Column("place", _("乡镇、村")),
            Column("last", _("上次走访")),
        ),
        rows=[
            Row(
                [
                    one.head_name or one.household_no,
                    place_words(one.division_code),
                    date_format(last[one.public_id], "Y-m-d") if one.public_id in last else _("没有记录"),
                ],
                href=household_address(one.public_id),
                key=str(one.public_id),
                label=one.head_name,
            )
            for one in part.rows
        ],
        query=request.GET,
        total=rows.count(),
        noun=_("户"),
        pager=Pager(part.next_key, part.previous_key),
        empty=Empty(_("没有这样的户"), _("有帮扶干部的户，最近都走访过。")),
    )
    context = {
        "tabs": tabs(request.viewer, "unvisited"),
        "table": table,
        "heading": _("%(n)d 天没有走访的户") % {"n": days},
        "switch": (
            (_("90 天"), f"?division={division}&days={LONG}", days == LONG),
            (_("180 天"), f"?division={division}&days={VERY_LONG}", days == VERY_LONG),
        ),
    }
    return render(request, "journal/list.html", context)

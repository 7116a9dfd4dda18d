"""Cadres: the list with filters, one cadre's households, the end of a pair."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.paging import page_of
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.marks import Link, Meter, Tag
from xiangqiao.kernel.ui.tables import Cell, Column, Content, DataTable, Pager, Row
from xiangqiao.pairing import actions, queries
from xiangqiao.pairing.forms import AccountForm, CadreFilterForm, EndForm, LeftForm, RelativeForm
from xiangqiao.pairing.pages.parts import act_of, division_choices, household_address, tabs
from xiangqiao.pairing.words import ENDED, place_name, word

if TYPE_CHECKING:
    from xiangqiao.pairing.models import Cadre, Pairing

SORTS = {"name": "name", "unit": "unit__name", "used": "used"}


@page(Can.READ_PAIRING)
@require_GET
def cadre_list(request: DeskRequest) -> HttpResponse:
    """List the cadres whose unit helps where the person reads."""
    wanted = queries.CadreFilter.of(request.GET.dict())
    rows = queries.cadres(request.viewer, wanted, on=request.viewer.today)
    sort = request.GET.get("sort", "unit")
    part = page_of(
        rows,
        SORTS.get(sort.removeprefix("-"), "unit__name"),
        descending=sort.startswith("-"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    table = DataTable(
        id="cadres",
        caption=pgettext("名单", "帮扶干部"),
        columns=(
            Column("name", _("姓名"), sortable=True),
            Column("unit", _("单位"), sortable=True),
            Column("skill", _("技术特长")),
            Column("role", _("帮扶身份")),
            Column("used", _("户数"), sortable=True, meaning=_("已结对的户数 / 可帮的户数。")),
            Column("phone", _("电话")),
        ),
        rows=[_row(row) for row in part.rows],
        query=request.GET,
        sort=sort,
        total=rows.count(),
        noun=_("人"),
        pager=Pager(part.next_key, part.previous_key),
        empty=Empty(_("没有符合条件的干部"), _("放宽条件；名单还没有的话，请导入帮扶干部表。")),
    )
    form = CadreFilterForm(request.GET, divisions=division_choices(request.viewer))
    return render(request, "pairing/cadres.html", {"tabs": tabs("cadres"), "table": table, "form": form})


def _row(row: Cadre) -> Row:
    used: int = row.used  # type: ignore[attr-defined]  # annotated
    return Row(
        [
            row.name,
            row.unit.name,
            word("skill", row.skill) or None,
            word("cadre_role", row.role),
            load_meter(used, row.capacity),
            row.phone_mask or None,
        ],
        href=reverse("pairing:cadre", args=[row.public_id]),
        key=str(row.public_id),
        label=row.name,
    )


def load_meter(used: int, places: int) -> Meter:
    """Return how full a cadre or a unit is, as a bar with words."""
    share = min(1.0, used / places) if places else None
    return Meter(share, f"{used} / {places}", "orange" if used >= places else "green")


@page(Can.READ_PAIRING)
@require_GET
def cadre(request: DeskRequest, cadre_id: UUID) -> HttpResponse:
    """Show one cadre with the households he or she answers for."""
    return cadre_page(request, cadre_or_404(request, cadre_id))


def cadre_or_404(request: DeskRequest, cadre_id: UUID) -> Cadre:
    """Return a cadre that the person sees, or answer 404."""
    try:
        return queries.cadre_named(request.viewer, cadre_id, on=request.viewer.today)
    except ObjectDoesNotExist:
        raise Http404 from None


def cadre_page(
    request: DeskRequest,
    found: Cadre,
    given: Mapping[str, Any] | None = None,
    *,
    account: AccountForm | None = None,
    relative: RelativeForm | None = None,
    left: LeftForm | None = None,
) -> HttpResponse:
    """Draw the page of a cadre, with the forms that were sent and refused."""
    pairs = list(queries.pairs_of_cadre(request.viewer, found)[:200])
    names = queries.household_names(request.viewer, (pair.household for pair in pairs))
    now = [pair for pair in pairs if pair.valid_to is None]
    form = None
    may = request.viewer.can(Can.DECIDE_PAIRING)
    if now and may:
        choices = [(str(pair.public_id), " ".join(names.get(pair.household, ("", "")))) for pair in now]
        form = EndForm(given or None, pairs=choices, initial={"on": request.viewer.today})
    context = {
        "cadre": found,
        "facts": _facts(found),
        "meter": load_meter(len(now), found.capacity),
        "now": _pairs_table("now", _("正在帮扶的户"), now, names),
        "before": _pairs_table("before", _("以前帮扶的户"), [pair for pair in pairs if pair.valid_to], names),
        "form": form,
        "may": may and found.left_on is None,
        "account": account or AccountForm(initial={"username": queries.account_name(found)}),
        "relative": relative or RelativeForm(),
        "left": left or LeftForm(initial={"left_on": request.viewer.today}),
        "key": new_id(),
        "crumbs": [
            Link(_("结对帮扶"), reverse("pairing:desk")),
            Link(_("干部"), reverse("pairing:cadres")),
            Link(found.name, ""),
        ],
    }
    return render(
        request, "pairing/cadre.html", context, status=422 if _refused(form, account, relative, left) else 200
    )


def _refused(*sent: Form | None) -> bool:
    return any(form is not None and form.errors for form in sent)


def _facts(row: Cadre) -> list[tuple[str, object]]:
    hakka = {True: _("会"), False: _("不会"), None: None}[row.speaks_hakka]
    return [
        (_("单位"), row.unit.name),
        (_("职务"), row.position or None),
        (_("帮扶身份"), word("cadre_role", row.role)),
        (_("驻村"), place_name(row.team_division_code) if row.team_division_code else None),
        (_("技术特长"), word("skill", row.skill) or None),
        (_("家乡"), place_name(row.home_division_code) if row.home_division_code else None),
        (_("客家话"), hakka),
        (_("电话"), row.phone_mask or None),
        *([(_("调离日期"), row.left_on.isoformat())] if row.left_on else []),
    ]


def _pairs_table(
    key: str, caption: str, pairs: list[Pairing], names: dict[UUID, tuple[str, str]]
) -> DataTable | None:
    if not pairs:
        return None
    rows = []
    for pair in pairs:
        number, head = names.get(pair.household, ("", ""))
        cells: list[Content] = [
            Cell(head or number, sub=number),
            place_name(pair.division_code),
            _day(pair.valid_from),
        ]
        if pair.valid_to is not None:
            cells += [_day(pair.valid_to), Tag(str(ENDED[pair.ended]), "grey")]
        rows.append(Row(cells, href=household_address(pair.household), label=head or number))
    columns = [Column("household", _("农户")), Column("place", _("村")), Column("from", _("从"))]
    if key == "before":
        columns += [Column("to", _("到")), Column("why", _("结束的原因"))]
    return DataTable(id=key, caption=caption, columns=columns, rows=rows)


def _day(day: date) -> str:
    return formats.date_format(day, "DATE_FORMAT")


@page(Can.DECIDE_PAIRING)
@require_POST
def end_pair(request: DeskRequest, cadre_id: UUID) -> HttpResponse:
    """End a pair of a cadre, whose access to the household ends with it."""
    found = cadre_or_404(request, cadre_id)
    pairs = queries.pairs_of_cadre(request.viewer, found).filter(valid_to__isnull=True)
    form = EndForm(request.POST, pairs=[(str(pair.public_id), "") for pair in pairs])
    if not form.is_valid():
        return cadre_page(request, found, request.POST)
    actions.end_pairing(
        act=act_of(request),
        viewer=request.viewer,
        pair=pairs.get(public_id=form.cleaned_data["pair"]),
        ended=form.cleaned_data["ended"],
        on=form.cleaned_data["on"],
    )
    messages.success(request, _("这一对已经结束，干部不再看到该户资料。"))
    return redirect("pairing:cadre", found.public_id)

"""Lists of operators and of the park: uploaded, checked cell by cell, applied, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.commerce import actions
from xiangqiao.commerce.forms.counter import NoFields
from xiangqiao.commerce.forms.office import ListForm
from xiangqiao.commerce.pages.parts import (
    TONES,
    Block,
    FormPart,
    act_of,
    attempt,
    day,
    or_404,
    show,
    state_tag,
    try_step,
)
from xiangqiao.commerce.queries import offices
from xiangqiao.commerce.words import PROBLEMS, TWINS
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.ui.cards import Empty, Figure
from xiangqiao.kernel.ui.marks import Link, Tag
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row
from xiangqiao.places.queries import county

if TYPE_CHECKING:
    from xiangqiao.commerce.models import ImportedList, ListedRow

SHOWN = 300


@page(Can.MANAGE_COMMERCE)
@require_http_methods(["GET", "POST"])
def lists(request: DeskRequest) -> HttpResponse:
    """Take a list in for checking; below, those that were brought in."""
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        made = attempt(request, form, lambda: _check(request, form))
        if made is not None:
            return redirect("commerce:list", made.public_id)
    rows = [
        Row(
            [Cell(one.file_name, sub=one.get_kind_display()), one.counts.get("rows", 0), one.counts.get("NEW", 0), one.counts.get("problems", 0), state_tag(one), day(day_of(one.started_at))],
            href=reverse("commerce:list", args=[one.public_id]), label=one.file_name,
        )
        for one in offices.lists(request.viewer)[:50]
    ]  # fmt: skip
    heads = [Column("file", _("名单")), Column("rows", _("行"), numeric=True), Column("new", _("新增"), numeric=True), Column("problems", _("问题数"), numeric=True), Column("state", _("进度")), Column("at", _("上传"))]  # fmt: skip
    empty = Empty(
        _("还没有导入过名单"), _("从运营商那里要来原表，直接上传，先核对，不会马上入库。"), icon="upload"
    )
    table = DataTable(id="lists", columns=heads, rows=rows, caption=_("导入过的名单"), empty=empty)
    part = FormPart(form, request.path, _("上传并核对"), icon="upload", files=True)
    return show(
        request, _("运营商和园区名单"), [Block(_("上传名单"), forms=[part]), Block(_("导入过的名单"), table=table)],
        lede=_("先核对，再入库；没有用过的还能整份撤销。同一份名单传两次，什么都不会重复。"), crumbs=_crumbs(_("名单")),
    )  # fmt: skip


def _check(request: DeskRequest, form: ListForm) -> ImportedList:
    place, file = county(), form.cleaned_data["file"]
    return actions.check_list(
        act=act_of(request), county=place.code if place else "", kind=form.cleaned_data["kind"],
        name=file.name or "list", data=file.read(),
    )  # fmt: skip


def _crumbs(title: str) -> list[Link]:
    return [
        Link(_("农村电商"), reverse("commerce:desk")),
        Link(_("名单"), reverse("commerce:lists")),
        Link(title, ""),
    ]


@page(Can.MANAGE_COMMERCE)
@require_GET
def list_(request: DeskRequest, list_id: UUID) -> HttpResponse:
    """Show one list: what each row becomes, what is wrong at which cell, which rows repeat and why."""
    found = or_404(lambda: offices.list_named(request.viewer, list_id))
    counts = found.counts
    figures = [
        Figure(_("新增"), counts.get("NEW", 0), _("行"), note=_("共 %(n)s 行") % {"n": counts.get("rows", 0)}),
        Figure(_("有变化"), counts.get("CHANGED", 0), _("行")), Figure(_("已有，一样"), counts.get("SAME", 0), _("行")),
        Figure(_("重复，合并"), counts.get("DUPLICATE", 0), _("行")),
        Figure(_("不收"), counts.get("REFUSED", 0), _("行"), tone="orange" if counts.get("REFUSED") else "green"),
    ]  # fmt: skip
    doubtful = [row for row in found.rows.order_by("number") if row.problems][:SHOWN]
    blocks = [_doing(found), _problems(doubtful), _rows(found)]
    return show(
        request, found.file_name, blocks, figures=figures, lede=found.get_kind_display(), tags=[state_tag(found)],
        crumbs=_crumbs(found.file_name),
    )  # fmt: skip


def _doing(found: ImportedList) -> Block | None:
    def part(step: str, word: str, kind: str, confirm: str = "") -> FormPart:
        url = reverse("commerce:list_step", args=[found.public_id, step])
        return FormPart(NoFields(), url, word, kind=kind, confirm=confirm)

    if found.state == "CHECKED":
        text = _("现在什么都还没有写进去。有问题的行可以改好再传，也可以先把能收的入库。")
        parts = [part("apply", _("入库"), "primary"), part("discard", _("放弃"), "")]
        return Block(_("核对好了"), text=text, forms=parts)
    if found.state == "APPLIED":
        sure = _("整份撤销？用过的就撤不了。")
        return Block(_("已入库"), forms=[part("undo", _("整份撤销"), "danger", sure)])
    return None


def _problems(rows: list[ListedRow]) -> Block | None:
    if not rows:
        return None
    drawn = [
        Row([f"{one['column']}{row.number}", _said(row, one), str(PROBLEMS[one["code"]][1]), _outcome(row)])
        for row in rows
        for one in row.problems
    ]
    heads = [Column("cell", _("单元格")), Column("what", _("怎么了")), Column("mend", _("怎么办")), Column("then", _("结果"))]  # fmt: skip
    return Block(
        _("逐格的问题"), table=DataTable(id="problems", columns=heads, rows=drawn, caption=_("逐格的问题"))
    )


def _said(row: ListedRow, one: dict[str, Any]) -> Cell:
    what = str(PROBLEMS[one["code"]][0])
    if one["code"] == "REPEATED":
        return Cell(what, sub=f"{row.twin}：{TWINS.get(row.twin_why, row.twin_why)}")
    return Cell(what, sub=one["value"])


def _outcome(row: ListedRow) -> Tag:
    return Tag(row.get_outcome_display(), "red" if row.outcome == "REFUSED" else TONES[row.outcome])


def _rows(found: ImportedList) -> Block:
    drawn = [
        Row([row.number, row.read.get("name") or row.read.get("firm") or row.read.get("place"), row.read.get("code"), row.read.get("keeper"), row.read.get("opened"), _outcome(row)])
        for row in found.rows.order_by("number")[:SHOWN]
    ]  # fmt: skip
    heads = [Column("n", _("行"), numeric=True), Column("name", _("名称")), Column("code", _("编号")), Column("keeper", _("站长或负责人")), Column("opened", _("开业或入驻")), Column("then", _("结果"))]  # fmt: skip
    return Block(
        _("每一行怎么收"), table=DataTable(id="rows", columns=heads, rows=drawn, caption=_("每一行怎么收"))
    )


@page(Can.MANAGE_COMMERCE)
@require_POST
def list_step(request: DeskRequest, list_id: UUID, step: str) -> HttpResponse:
    """Apply, give up or take back a list."""
    found = or_404(lambda: offices.list_named(request.viewer, list_id))
    steps = {
        "apply": (actions.apply_list, _("已入库。")), "discard": (actions.discard_list, _("已放弃。")),
        "undo": (actions.undo_list, _("已整份撤销。")),
    }  # fmt: skip
    if step not in steps:
        raise Http404
    do, done = steps[step]
    try_step(request, lambda: do(act=act_of(request), source=found.public_id), done)
    return redirect("commerce:list", found.public_id)

"""Operators' lists, step by step: files, columns, problems at cells, doubtful pairs, apply, undo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.coverage import actions, queries
from xiangqiao.coverage.actions.lists import Given
from xiangqiao.coverage.forms import SettleForm, UploadForm
from xiangqiao.coverage.pages.list_tables import explanation_table, problem_table
from xiangqiao.coverage.pages.parts import act_of, county_code, tabs
from xiangqiao.coverage.words import FACTS, reasons_text
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.ui.cards import Empty, Figure
from xiangqiao.kernel.ui.marks import Link
from xiangqiao.kernel.ui.shell import steps
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row
from xiangqiao.kernel.working import working_folder
from xq_engine.intake.package import column_letters

if TYPE_CHECKING:
    from xiangqiao.coverage.models import ListBatch, ListFile, Pair

FILES = 6
FILE_BYTES = 10 * 1024 * 1024
_AT = {"UPLOADED": 1, "CHECKED": 2, "APPLIED": 4, "UNDONE": 4}


@page(Can.MANAGE_COVERAGE)
@require_GET
def list_batches(request: DeskRequest) -> HttpResponse:
    """List the batches, with the form for the next one on top."""
    return _start(request, UploadForm())


def _start(request: DeskRequest, form: UploadForm, error: str = "") -> HttpResponse:
    rows = [
        Row(
            [
                Cell(formats.date_format(one.started_at, "DATE_FORMAT"), sub=one.started_label),
                str(one.get_state_display()), one.counts.get("rows"), one.counts.get("merged"), one.counts.get("stations"),
            ],
            href=reverse("coverage:batch", args=[one.public_id]),
        )
        for one in queries.batches(request.viewer)[:50]
    ]  # fmt: skip
    columns = [
        Column("when", _("上传")), Column("state", _("状态")), Column("rows", _("行"), numeric=True),
        Column("merged", _("合并的重复"), numeric=True), Column("stations", _("新登记的基站"), numeric=True),
    ]  # fmt: skip
    empty = Empty(_("还没有导入过清单"), _("在上面选三家运营商和铁塔公司的清单。"), icon="upload")
    table = DataTable(id="batches", caption=_("导入记录"), columns=columns, rows=rows, empty=empty)
    context = {
        "tabs": tabs(request.viewer, "lists"),
        "table": table,
        "form": form,
        "steps": _steps(0),
        "file_error": error,
    }
    return render(request, "coverage/lists.html", context, status=422 if error or form.errors else 200)


@page(Can.MANAGE_COVERAGE)
@require_POST
def upload(request: DeskRequest) -> HttpResponse:
    """Read the files in a guarded child and make the dry run; nothing goes into the register."""
    form, files = UploadForm(request.POST), request.FILES.getlist("files")
    if (
        not form.is_valid()
        or not 1 <= len(files) <= FILES
        or any((one.size or 0) > FILE_BYTES for one in files)
    ):
        error = "" if 1 <= len(files) <= FILES else _("请选 1 到 %(n)d 个文件。") % {"n": FILES}
        if any((one.size or 0) > FILE_BYTES for one in files):
            error = _("文件超过 10 MB，请拆开后再传。")
        return _start(request, form, error)

    with working_folder() as folder:
        given = []
        for number, file in enumerate(files):
            name = Path(file.name or "file")
            path = folder / str(number) / f"{name.stem[:60]}{name.suffix[:10]}"
            path.parent.mkdir()
            with path.open("wb") as target:
                target.writelines(file.chunks())
            given.append(Given(path, form.cleaned_data["operator"], form.cleaned_data["datum"]))
        try:
            found = actions.take_lists(
                act=act_of(request), viewer=request.viewer, division_code=county_code(), files=given
            )
        except ActionError as error:
            return _start(request, form, error.message)
    actions.check_lists(act=act_of(request).keyless(), viewer=request.viewer, batch=found)
    return redirect("coverage:batch", found.public_id)


@page(Can.MANAGE_COVERAGE)
@require_GET
def batch(request: DeskRequest, batch_id: UUID) -> HttpResponse:
    """Show a batch where it stands: columns, problems, doubtful pairs, what was merged and why."""
    found = _batch(request, batch_id)
    counts = found.counts
    doubtful = [] if found.state == "UNDONE" else [_pair(one) for one in queries.open_pairs(found)]
    waiting = sum(not one["decided"] for one in doubtful)
    figures = [
        Figure(_("读到的行"), counts.get("rows"), _("行"), note=_("其中可入库 %(n)d 行") % {"n": counts.get("good", 0)}),
        Figure(_("相同的"), counts.get("same"), _("对"), note=_("自动认出，逐对写明理由"), href="#merged"),
        Figure(_("拿不准的"), counts.get("doubtful"), _("对"), note=_("还有 %(n)d 对待确认") % {"n": waiting},
               tone="orange" if waiting else "green", href="#doubtful"),
        Figure(_("登记的基站"), counts.get("stations"), pgettext("stations", "个"), note=_("入库以后才有")),
    ]  # fmt: skip
    context = {
        "batch": found, "figures": figures, "steps": _steps(_AT[found.state]), "problems": problem_table(found),
        "pairs": doubtful, "merged": explanation_table(found), "files": [_file(one) for one in found.files.all()],
        "waiting": waiting, "facts": FACTS, "key": new_id(),
        "crumbs": [Link(_("网络覆盖"), reverse("coverage:desk")), Link(_("导入清单"), reverse("coverage:lists")), Link(_("这一批"), "")],
    }  # fmt: skip
    return render(request, "coverage/batch.html", context)


def _file(one: ListFile) -> dict[str, object]:
    """Return a file with a choice of column for each fact."""
    options = [(str(at), f"{column_letters(at)} {text}".strip()) for at, text in enumerate(one.headings)]
    chosen = [(f"{one.pk}-{fact}", label, str(one.columns.get(fact, ""))) for fact, label in FACTS.items()]
    return {"file": one, "options": options, "chosen": chosen}


def _pair(one: Pair) -> dict[str, object]:
    """Return a doubtful pair with both sides, its reasons in words, and whether it may be one station."""
    left, right = one.left, queries.right_side(one)
    same_kind = right is not None and (left.operator, left.technology) == (right.operator, right.technology)
    return {
        "pair": one, "left": left, "right": right, "why": reasons_text(one.reasons), "decided": one.decision,
        "same_kind": same_kind,
    }  # fmt: skip


@page(Can.MANAGE_COVERAGE)
@require_POST
def settle(request: DeskRequest, pair_id: UUID) -> HttpResponse:
    """Say what a doubtful pair is."""
    pair = queries.pair_named(request.viewer, pair_id)
    if pair is None:
        # Most often a page that lay open while the lists were checked anew, which makes the pairs anew.
        messages.error(request, _("这批清单刚刚重新核对过，请回到清单页看新的结果。"))
        return redirect("coverage:lists")
    form = SettleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请选择：同一个、同一座塔，还是两个地方。"))
    else:
        actions.settle_pair(
            act=act_of(request, form.cleaned_data["note"]),
            viewer=request.viewer,
            pair=pair,
            decision=form.cleaned_data["decision"],
        )
    return redirect(f"{reverse('coverage:batch', args=[pair.batch.public_id])}#doubtful")


@page(Can.MANAGE_COVERAGE)
@require_POST
def columns(request: DeskRequest, batch_id: UUID) -> HttpResponse:
    """Set which column says what, and make the dry run anew."""
    found = _batch(request, batch_id)
    wanted: dict[int, dict[str, int]] = {}
    for file in found.files.all():
        chosen = {fact: request.POST.get(f"{file.pk}-{fact}", "") for fact in FACTS}
        wanted[file.pk] = {fact: int(at) for fact, at in chosen.items() if at.isdigit()}
    actions.set_columns(act=act_of(request), viewer=request.viewer, batch=found, columns=wanted)
    actions.check_lists(act=act_of(request).keyless(), viewer=request.viewer, batch=found)
    messages.success(request, _("已按新的列重新核对。"))
    return redirect("coverage:batch", batch_id)


@page(Can.MANAGE_COVERAGE)
@require_POST
def apply(request: DeskRequest, batch_id: UUID) -> HttpResponse:
    """Put a checked batch into the register, and predict anew; what stands in the way is told at the pairs."""
    found = _batch(request, batch_id)
    try:
        found = actions.apply_lists(act=act_of(request), viewer=request.viewer, batch=found)
    except ActionError as error:
        messages.error(request, error.message)
        return redirect(f"{reverse('coverage:batch', args=[batch_id])}#doubtful")
    _predict(request)
    messages.success(request, _("已入库：新登记 %(n)d 个基站。") % {"n": found.counts.get("stations", 0)})
    return redirect("coverage:batch", batch_id)


@page(Can.MANAGE_COVERAGE)
@require_POST
def undo(request: DeskRequest, batch_id: UUID) -> HttpResponse:
    """Take an applied batch out again."""
    actions.undo_lists(act=act_of(request), viewer=request.viewer, batch=_batch(request, batch_id))
    _predict(request)
    messages.success(request, _("这一批已撤销。"))
    return redirect("coverage:batch", batch_id)


def _predict(request: DeskRequest) -> None:
    """Predict anew, as an act of its own: the key of the form was used up by what went before."""
    actions.predict(act=act_of(request).keyless(), viewer=request.viewer)


def _batch(request: DeskRequest, batch_id: UUID) -> ListBatch:
    found = queries.batches(request.viewer).filter(public_id=batch_id).first()
    if found is None:
        raise Http404
    return found


def _steps(now: int) -> object:
    return steps([_("选文件"), _("核对列"), _("看问题"), _("确认拿不准的"), _("入库")], now=now)

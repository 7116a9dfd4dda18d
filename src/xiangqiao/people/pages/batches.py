"""The import, step by step: choose files, check columns, look at the problems, apply, take back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.pages.jobs import view_of
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel import jobs
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.ui.cards import Empty, Figure
from xiangqiao.kernel.ui.shell import steps
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row
from xiangqiao.kernel.working import working_folder
from xiangqiao.people import tasks
from xiangqiao.people.forms.upload import UploadForm
from xiangqiao.people.pages.parts import act_of
from xiangqiao.people.pages.problem_table import problem_table
from xiangqiao.people.queries import intake as queries

if TYPE_CHECKING:
    from xiangqiao.people.models import Batch


@page(Can.IMPORT)
@require_GET
def batches(request: DeskRequest) -> HttpResponse:
    """List the imports, with the form for the next one on top."""
    found = list(queries.batches(request.viewer).order_by("-id")[:100])
    rows = [
        Row(
            [
                Cell(one.source, sub="、".join(file["name"] for file in one.files)),
                str(one.year),
                one.get_state_display(),
                one.counts.get("household_accepted"),
                one.counts.get("person_accepted"),
                one.counts.get("problems"),
                Cell(f"{one.started_at:%Y-%m-%d}", sub=one.started_label),
            ],
            href=reverse("people:batch", args=[one.public_id]),
        )
        for one in found
    ]
    heads = [
        Column("source", _("来源")), Column("year", _("年度")), Column("state", _("状态")),
        Column("households", pgettext("several", "农户"), numeric=True), Column("persons", _("成员"), numeric=True),
        Column("problems", pgettext("data", "问题"), numeric=True), Column("when", _("上传")),
    ]  # fmt: skip
    empty = Empty(_("还没有导入过表格"), _("在上面选表格文件，系统先核对，不会马上入库。"), icon="upload")
    table = DataTable(id="batches", columns=heads, rows=rows, caption=_("导入记录"), empty=empty)
    # The source that this person named last: its columns are known.
    mine = next((one.source for one in found if one.started_by == request.viewer.public_id), "")
    begin = {"year": request.now.year} | ({"source": mine} if mine else {})
    form = UploadForm(viewer=request.viewer, initial=begin)
    return render(request, "people/intake/batches.html", {"table": table, "form": form, "steps": _steps(0)})


@page(Can.IMPORT)
@require_POST
def upload(request: DeskRequest) -> HttpResponse:
    """Keep the files, sealed, and let the worker check them."""
    form = UploadForm(request.POST, viewer=request.viewer)
    files = request.FILES.getlist("files")
    if not form.is_valid() or not files:
        error = "" if files else _("请至少选择一个表格文件。")
        context = {"form": form, "steps": _steps(0), "file_error": error}
        return render(request, "people/intake/batches.html", context, status=422)
    # Arrow and the checks come along with the actions: loaded when a file comes, not when the process starts.
    from xiangqiao.people.actions.intake import upload_files

    with working_folder() as folder:
        paths = []
        for number, file in enumerate(files):
            # A name of Chinese characters outgrows what a file system takes long before 255 of them.
            name = Path(file.name or "file")
            path = folder / str(number) / f"{name.stem[:60]}{name.suffix[:10]}"
            path.parent.mkdir()
            with path.open("wb") as target:
                target.writelines(file.chunks())
            paths.append(path)
        found = upload_files(act=act_of(request), viewer=request.viewer, files=paths, **form.cleaned_data)
    return _start(request, tasks.CHECK, found)


@page(Can.IMPORT)
@require_GET
def batch(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """Show an import where it stands: working, checked with its problems, applied, taken back."""
    found = _batch(request, public_id)
    job = queries.job_of(found)
    problems = queries.problems_of(found)
    counts = found.counts
    figures = [
        Figure(
            _("农户可入库"),
            counts.get("household_accepted"),
            _("户"),
            note=_("表中 %(n)s 行") % {"n": counts.get("household_rows", 0)},
        ),
        Figure(
            _("成员可入库"),
            counts.get("person_accepted"),
            _("人"),
            note=_("表中 %(n)s 行") % {"n": counts.get("person_rows", 0)},
        ),
        Figure(
            pgettext("data", "问题"),
            counts.get("problems"),
            _("处"),
            tone="orange" if counts.get("problems") else "green",
        ),
        Figure(_("自动修复"), counts.get("repairs"), _("处")),
    ]
    context = {
        "batch": found, "job": replace(view_of(job), poll_url="") if job else None,
        "steps": _steps(queries.STEP[found.state]), "repairs": _repairs(found), "shown": queries.SHOWN, "unchanged": _unchanged(found), "figures": figures if counts else [], "notes": _notes(found), "refusals": _refusals(found),
        "table": problem_table(list(problems[: queries.SHOWN]), total=problems.count(), query=request.GET), "files": list(enumerate(found.files)),
    }  # fmt: skip
    return render(request, "people/intake/batch.html", context)


@page(Can.IMPORT)
@require_POST
def apply(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """Let the worker apply a checked import."""
    return _start(request, tasks.APPLY, _batch(request, public_id))


@page(Can.IMPORT)
@require_POST
def undo(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """Let the worker take an applied import back."""
    return _start(request, tasks.UNDO, _batch(request, public_id))


@page(Can.IMPORT)
@require_POST
def discard(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """Give up an import that was not applied."""
    # Loaded when needed, as above.
    from xiangqiao.people.actions.intake import discard_batch

    try:
        discard_batch(act=act_of(request), viewer=request.viewer, batch=_batch(request, public_id))
    except ActionError as error:
        messages.error(request, error.message)
    return redirect("people:batch", public_id)


@page(Can.IMPORT)
@require_GET
def marked(request: DeskRequest, public_id: UUID, number: int) -> FileResponse:
    """Send one of the files back with its problems marked at their cells."""
    # Loaded when needed, as above.
    from xiangqiao.people.intake.marked import marked_file

    found = _batch(request, public_id)
    if number >= len(found.files) or found.state == "DISCARDED":
        raise Http404
    language: Literal["zh", "en"] = "en" if (get_language() or "").startswith("en") else "zh"
    stream = marked_file(act=act_of(request), batch=found, number=number, language=language)
    word = pgettext("data", "问题")
    name = f"{Path(found.files[number]['name']).stem}-{word}.xlsx"
    return FileResponse(stream, as_attachment=True, filename=name)


def _start(request: DeskRequest, kind: str, found: Batch) -> HttpResponse:
    """Start a job about a batch, but not twice."""
    if queries.open_job(found, kind) is None:
        jobs.start(kind, owner=request.viewer.public_id, batch=found.public_id)
    return redirect("people:batch", found.public_id)


def _batch(request: DeskRequest, public_id: UUID) -> Batch:
    found = queries.batch(request.viewer, public_id)
    if found is None:
        raise Http404
    return found


def _steps(now: int) -> list[object]:
    return list(steps([_("选文件"), _("核对"), _("看问题、认列名"), _("入库"), _("完成")], now=now))


def _unchanged(found: Batch) -> bool:
    """Whether an applied import said nothing that the register did not know."""
    done = ("households", "persons", "household_years", "person_years", "changed", "questions")
    read = any(found.counts.get(f"{name}_accepted") for name in ("household", "person"))
    return found.state == "APPLIED" and read and not any(found.counts.get(name) for name in done)


def _repairs(found: Batch) -> list[tuple[str, int]]:
    """What was mended by itself, by kind: a county has tens of thousands, of a handful of kinds."""
    # The words come with the readings of cells: loaded with the first page that shows them, not at the start.
    from xq_engine.intake.values import REPAIRS

    place = 1 if (get_language() or "").startswith("en") else 0
    kinds = found.counts.get("repairs_by_kind", {})
    return [
        (REPAIRS[kind][place], number)
        for kind, number in sorted(kinds.items(), key=lambda one: -one[1])
        if kind in REPAIRS
    ]


def _notes(found: Batch) -> list[str]:
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return [note[language] for note in found.counts.get("notes", [])]


def _refusals(found: Batch) -> list[tuple[str, str]]:
    """The files that were not read: why, and what to do."""
    english = (get_language() or "").startswith("en")
    return [
        (one["en"], one["hint_en"]) if english else (one["zh"], one["hint"])
        for one in found.counts.get("refusals", [])
    ]

"""One run: its proposals with reasons; decisions on them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel import jobs
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.paging import page_of
from xiangqiao.kernel.ui.cards import Empty
from xiangqiao.kernel.ui.marks import Link, Tag
from xiangqiao.kernel.ui.tables import BulkAction, Cell, Column, DataTable, Pager
from xiangqiao.kernel.ui.tables import Row as TableRow
from xiangqiao.pairing import actions, queries
from xiangqiao.pairing.forms import ChangeForm, ProposalFilterForm, ReasonForm
from xiangqiao.pairing.pages.parts import act_of, division_choices, household_address, open_to_decide
from xiangqiao.pairing.rules import OPEN, PROPOSED
from xiangqiao.pairing.tasks import ACCEPT
from xiangqiao.pairing.words import (
    RUN_STATES,
    STATE_TONES,
    STATES,
    language,
    place_name,
    reasons_text,
    unpaired_text,
)

if TYPE_CHECKING:
    from xiangqiao.pairing.models import Proposal, Run

# More than this is accepted as a job, with its progress shown.
AT_ONCE = 200


@page(Can.READ_PAIRING)
@require_GET
def run(request: DeskRequest, run_id: UUID) -> HttpResponse:
    """Show the proposals of a run."""
    found = _run(request, run_id)
    wanted = queries.ProposalFilter.of(request.GET.dict())
    rows = queries.matching_proposals(request.viewer, found, wanted)
    part = page_of(
        rows, "division_code", after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    names = queries.household_names(request.viewer, (row.household for row in part.rows))
    may = request.viewer.can(Can.DECIDE_PAIRING) and found.state == PROPOSED
    accept = BulkAction(
        _("采纳"),
        reverse("pairing:accept_picked", args=[found.public_id]),
        confirm=_("采纳后正式结对，干部即可看到该户资料。确定采纳吗？"),
        icon="check",
    )
    table = DataTable(
        id="proposals",
        caption=_("推荐的结对"),
        columns=(
            Column("household", _("农户")),
            Column("place", _("村")),
            Column("cadre", _("推荐的干部")),
            Column("why", _("理由")),
            Column("state", _("处理情况")),
        ),
        rows=[_row(row, names) for row in part.rows],
        query=request.GET,
        total=rows.count(),
        noun=_("户"),
        pager=Pager(part.next_key, part.previous_key),
        actions=[accept] if may else (),
        tall=True,
        empty=Empty(_("没有符合条件的推荐"), _("放宽条件，或清除筛选。"), Link(_("清除筛选"), "?")),
    )
    context = {
        "run": found,
        "table": table,
        "form": ProposalFilterForm(request.GET, divisions=division_choices(request.viewer)),
        "place": place_name(found.division_code),
        "state": RUN_STATES[found.state],
        "certificate": found.certificate[language()].splitlines(),
        "crumbs": [Link(_("结对帮扶"), reverse("pairing:desk")), Link(_("推荐的结对"), "")],
    }
    return render(request, "pairing/run.html", context)


def _row(row: Proposal, names: dict[UUID, tuple[str, str]]) -> TableRow:
    number, head = names.get(row.household, ("", ""))
    why = reasons_text(row.reasons) if row.cadre else unpaired_text(row.why_unpaired)
    return TableRow(
        [
            Cell(head or number, sub=number),
            place_name(row.division_code),
            Cell(row.cadre.name, sub=row.cadre.unit.name) if row.cadre else None,
            why,
            Tag(str(STATES[row.state]), STATE_TONES[row.state]),
        ],
        href=reverse("pairing:proposal", args=[row.public_id]),
        key=str(row.public_id),
        label=head or number,
    )


@page(Can.DECIDE_PAIRING)
@require_POST
def accept_picked(request: DeskRequest, run_id: UUID) -> HttpResponse:
    """Accept the picked proposals, or all that match the table's filter."""
    found = _run(request, run_id)
    back = redirect("pairing:run", found.public_id)
    every = request.POST.get("all_matching")
    wanted = queries.ProposalFilter.of(QueryDict("" if every in (None, "all") else every).dict())
    if every is not None:
        rows = queries.matching_proposals(request.viewer, found, wanted)
    else:
        rows = queries.proposals_of(request.viewer, found).filter(public_id__in=_keys(request))
    rows = rows.filter(state=OPEN)
    if every is not None and rows.count() > AT_ONCE:
        given = {name: getattr(wanted, name) for name in ("division", "state", "q")}
        job = jobs.start(ACCEPT, owner=request.viewer.public_id, run=str(found.public_id), wanted=given)
        return redirect("job", job.public_id)
    mine = [row for row in rows if request.viewer.can(Can.DECIDE_PAIRING, row.division_code)]
    if not mine:
        messages.warning(request, _("选中的里面没有待您确认的推荐。"))
        return back
    count = actions.accept(act=act_of(request), viewer=request.viewer, proposals=mine)
    messages.success(request, ngettext("已采纳 %(n)d 户。", "已采纳 %(n)d 户。", count) % {"n": count})
    return back


def _keys(request: DeskRequest) -> list[UUID]:
    found = []
    for text in request.POST.getlist("picked"):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


@page(Can.READ_PAIRING)
@require_GET
def proposal(request: DeskRequest, proposal_id: UUID) -> HttpResponse:
    """Show one proposal: the cadre and why, and who else could help."""
    return _proposal_page(request, _proposal(request, proposal_id))


@page(Can.DECIDE_PAIRING)
@require_POST
def accept_one(request: DeskRequest, proposal_id: UUID) -> HttpResponse:
    """Accept one proposal."""
    row = _proposal(request, proposal_id)
    actions.accept(act=act_of(request), viewer=request.viewer, proposals=[row])
    messages.success(request, _("已采纳，正式结对。"))
    return redirect("pairing:run", row.run.public_id)


@page(Can.DECIDE_PAIRING)
@require_POST
def change(request: DeskRequest, proposal_id: UUID) -> HttpResponse:
    """Give the household another cadre."""
    row, form = _proposal(request, proposal_id), ChangeForm(request.POST)
    if not form.is_valid():
        return _proposal_page(request, row, change_form=form)
    actions.change_by_hand(
        act=act_of(request, form.cleaned_data["reason"]),
        viewer=request.viewer,
        proposal=row,
        cadre=form.cleaned_data["cadre"],
    )
    messages.success(request, _("已改派，正式结对。"))
    return redirect("pairing:run", row.run.public_id)


@page(Can.DECIDE_PAIRING)
@require_POST
def reject(request: DeskRequest, proposal_id: UUID) -> HttpResponse:
    """Put a proposal aside."""
    row, form = _proposal(request, proposal_id), ReasonForm(request.POST)
    if not form.is_valid():
        return _proposal_page(request, row, reject_form=form)
    actions.reject(act=act_of(request, form.cleaned_data["reason"]), viewer=request.viewer, proposal=row)
    messages.success(request, _("没有采纳，这一户保持现状。"))
    return redirect("pairing:run", row.run.public_id)


def _proposal_page(
    request: DeskRequest,
    row: Proposal,
    *,
    change_form: ChangeForm | None = None,
    reject_form: ReasonForm | None = None,
) -> HttpResponse:
    viewer = request.viewer
    may = open_to_decide(request, row)
    number, head = queries.household_names(viewer, [row.household]).get(row.household, ("", ""))
    present = queries.cadre_of(viewer, row.household)
    choices = queries.choices(viewer, row, on=viewer.today) if may else []
    context = {
        "row": row,
        "may": may,
        "head": head or number,
        "state": Tag(str(STATES[row.state]), STATE_TONES[row.state]),
        "why": reasons_text(row.reasons) if row.cadre else unpaired_text(row.why_unpaired),
        "facts": [
            (
                _("农户"),
                Link(f"{head} {number}".strip(), href)
                if (href := household_address(row.household))
                else f"{head} {number}",
            ),
            (_("村"), place_name(row.division_code)),
            (
                _("现在的帮扶干部"),
                f"{present.cadre.name} {present.cadre.unit.name}" if present else _("没有"),
            ),
        ],
        "choices": [_choice(one) for one in choices],
        "key": new_id(),
        "change_form": change_form or ChangeForm(),
        "reject_form": reject_form or ReasonForm(prefix=None),
        "crumbs": [
            Link(_("结对帮扶"), reverse("pairing:desk")),
            Link(_("推荐的结对"), reverse("pairing:run", args=[row.run.public_id])),
            Link(head or number, ""),
        ],
    }
    wrong = bool((change_form and change_form.errors) or (reject_form and reject_form.errors))
    return render(request, "pairing/proposal.html", context, status=422 if wrong else 200)


def _choice(one: queries.Choice) -> dict[str, object]:
    plain = [{"code": reason.code, "parameters": reason.parameters} for reason in one.reasons]
    return {"cadre": one.cadre, "extra": one.extra, "used": one.used, "why": reasons_text(plain)}


def _run(request: DeskRequest, run_id: UUID) -> Run:
    try:
        return queries.run_named(request.viewer, run_id)
    except ObjectDoesNotExist:
        raise Http404 from None


def _proposal(request: DeskRequest, proposal_id: UUID) -> Proposal:
    try:
        return queries.proposal_named(request.viewer, proposal_id)
    except ObjectDoesNotExist:
        raise Http404 from None

"""One household: who they are, what they are entitled to and why, who helps, what happened, who looked."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.actions.viewing import note_viewing
from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.desk.household import people
from xiangqiao.desk.household.entitled import claimable, next_question, verdict_view
from xiangqiao.desk.household.grouping import together
from xiangqiao.desk.household.side import problem_lines, timeline, who_looked_lines
from xiangqiao.desk.household_table import place_name
from xiangqiao.desk.pages.place import crumbs as place_crumbs
from xiangqiao.desk.words import word
from xiangqiao.kernel.ui.marks import Link, Tag
from xiangqiao.ledger.queries import income_years
from xiangqiao.pairing.queries import cadre_of
from xiangqiao.people.queries import household as household_named
from xiangqiao.places.queries import place as place_named
from xiangqiao.policy.queries import subsistence_line, verdicts_for
from xq_engine.divisions import is_within


@page(Can.READ_REGISTER)
def household(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """Show a household the person may see; that it was looked at is recorded."""
    viewer, today = request.viewer, request.viewer.today
    try:
        home = household_named(viewer, public_id, today=today)
    except ObjectDoesNotExist:
        raise Http404(_("没有这一户，或者不在您的辖区。")) from None
    note_viewing(viewer, [home.public_id], now=request.now)
    members = home.present_members  # type: ignore[attr-defined]  # put there by the query
    names = {member.person.public_id: member.person.name for member in members}
    found = verdicts_for(viewer, home.public_id, as_of=today)
    shown = [row for row in found.verdicts if row.verdict.verdict != "no"]
    refused = [row for row in found.verdicts if row.verdict.verdict == "no"]
    may_change = viewer.can(Can.REQUEST_CHANGE)
    incomes = income_years(home.public_id)
    line_fen = subsistence_line(home.division_code, today)
    pair = cadre_of(viewer, home.public_id)
    years = sorted(home.years.all(), key=lambda one: one.year, reverse=True)
    context = {
        "home": home,
        "place": place_name(home.division_code),
        "tags": _tags(home),
        "members": people.members_table(members, today),
        "size": len(members),
        "income": people.income_chart(incomes),
        "per_head": people.per_head_chart(incomes, len(members), line_fen),
        "income_facts": people.income_facts(incomes, len(members), line_fen),
        "living": people.living(years[0] if years else None),
        "verdicts": [claimable(group, names, may_claim=may_change) for group in together(shown)],
        "question": next_question(shown),
        "change_url": reverse("people:choose_change", args=[public_id]) if may_change else "",
        "reveal_url": reverse("people:reveal", args=[public_id]) if viewer.can(Can.REVEAL) else "",
        "crumbs": crumbs(viewer, home.division_code, home.head_name),
        "refused": [verdict_view(group, names) for group in together(refused)],
        "pair": pair,
        "pair_basis": basis_words(pair.basis) if pair else "",
        "timeline": timeline(viewer, home, request.now, request.GET),
        "problems": problem_lines(viewer, home),
        "looked": who_looked_lines(home, today),
    }
    return render(request, "desk/household.html", context)


def _tags(home: object) -> list[Tag]:
    tags = []
    watch, exit_status = getattr(home, "watch_type", ""), getattr(home, "exit_status", "")
    if watch and watch != "NONE":
        tags.append(Tag(word("watch_type", watch), "orange"))
    if exit_status:
        tags.append(Tag(word("exit_status", exit_status), "grey", icon="none"))
    if kind := getattr(home, "household_type", ""):
        tags.append(Tag(word("household_type", kind), "grey", icon="none"))
    return tags


def crumbs(viewer: Viewer, code: str, name: str) -> list[Link]:
    """Return where a household stands: township, village, itself."""
    here = place_named(code)
    if here is None:
        return []
    above = place_crumbs(viewer, here)
    if above and any(is_within(code, one) for one in viewer.divisions(Can.READ_REGISTER)):
        above[-1] = Link(above[-1].text, reverse("desk:place", args=[code]))
    return [*above, Link(name, "")]


def basis_words(basis: str) -> str:
    """Return on what a pair rests: an import, a computed proposal, a decision by hand."""
    kind = basis.partition(":")[0]
    return {"import": _("随表格导入"), "run": _("按最优方案，经人确认"), "hand": _("人工指定")}.get(
        kind, basis
    )

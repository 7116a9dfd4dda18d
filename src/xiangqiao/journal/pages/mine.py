"""我的户 and the visit log: made for a phone, one hand, one save."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.actions.viewing import note_viewing
from xiangqiao.accounts.rules import Can
from xiangqiao.journal import queries
from xiangqiao.journal.actions import log_visit
from xiangqiao.journal.forms import LogForm
from xiangqiao.journal.pages.parts import (
    act_of,
    dispute_tag,
    household_address,
    place_words,
    promise_tag,
    refused,
)
from xiangqiao.journal.rules.attention import LONG, days_since
from xiangqiao.journal.rules.promises import is_overdue
from xiangqiao.journal.words import DEED_ICONS
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.ui.flow import TimelineEntry
from xiangqiao.kernel.ui.marks import Tag
from xiangqiao.policy.queries import in_language, library, unclaimed

if TYPE_CHECKING:
    from xiangqiao.people.models import Household

# Entitlements offered as buttons; all of them stand on the household's page.
_OFFERED = 4


@page(Can.LOG_VISIT)
@require_GET
def mine(request: DeskRequest) -> HttpResponse:
    """List the households that a person visits, those that ask for it first."""
    text = request.GET.get("q", "").strip()[:30]
    found = queries.mine(request.viewer, q=text)
    rows = [(one.home, _tags(one, request), place_words(one.home.division_code)) for one in found.rows]
    context = {"rows": rows, "total": found.total, "q": text, "more": found.total - len(rows)}
    return render(request, "journal/mine.html", context)


def _tags(one: queries.Due, request: DeskRequest) -> list[Tag]:
    today = request.viewer.today
    tags: list[Tag] = []
    if one.due_on is not None:
        late = one.due_on < today
        words = _("承诺过期") if late else _("承诺 %(day)s 到期") % {"day": date_format(one.due_on, "m-d")}
        tags.append(Tag(words, "orange" if late else "gold"))
    since = days_since(one.visited_on, today)
    if since is None:
        tags.append(Tag(_("还没有走访记录"), "grey", icon="none"))
    elif since == 0:
        tags.append(Tag(_("今天去过"), "green"))
    else:
        words = ngettext("%(n)d 天前去过", "%(n)d 天前去过", since) % {"n": since}
        tags.append(Tag(words, "orange" if since >= LONG else "grey", icon="" if since >= LONG else "none"))
    return tags


@page(Can.LOG_VISIT)
@never_cache
@require_http_methods(["GET", "POST"])
def log(request: DeskRequest, household_id: UUID) -> HttpResponse:
    """Write down a visit: tap what was done, save."""
    home = queries.household_for(request.viewer, household_id, Can.LOG_VISIT)
    promises = queries.open_promises_of(home.public_id)
    form = LogForm(
        request.POST or None,
        request.FILES or None,
        promises=[(str(one.public_id), one.what) for one in promises],
        policies=_policies(request, home),
        initial={"on": request.viewer.today},
    )
    if request.method == "POST" and form.is_valid():
        try:
            log_visit(
                act=act_of(request), household=home.public_id, done=form.deeds(), text=form.words(),
                mode=form.cleaned_data["mode"], at=form.moment(request.now),
                kept=[UUID(one) for one in form.cleaned_data["kept"]], promises=form.promised(request.viewer.today),
                changes=form.changes(), photo=form.photo_bytes(),
            )  # fmt: skip
        except ActionError as error:
            refused(form, error)
        else:
            messages.success(request, _("记好了：%(name)s户。") % {"name": home.head_name})
            return redirect("journal:mine")
    note_viewing(request.viewer, [home.public_id], now=request.now)
    context = {
        "home": home, "form": form, "place": place_words(home.division_code), "key": request.POST.get("key") or uuid4(),
        "icons": DEED_ICONS, "deeds": _deeds(form), "promises": _promises(request, promises),
        "timeline": _lately(request, home), "desk_url": household_address(home.public_id),
        "change_url": reverse("people:choose_change", args=[home.public_id]), "back": reverse("journal:mine"),
    }  # fmt: skip
    return render(request, "journal/log.html", context, status=422 if form.errors else 200)


def _deeds(form: LogForm) -> list[tuple[str, Any, str, bool]]:
    chosen = set(form.data.getlist("done")) if hasattr(form.data, "getlist") else set()
    return [
        (code, label, DEED_ICONS[code], code in chosen)
        for code, label in form.fields["done"].choices  # type: ignore[attr-defined]  # a field of choices
    ]


def _promises(request: DeskRequest, rows: list[Any]) -> list[tuple[str, str, Tag, bool]]:
    chosen = set(request.POST.getlist("kept"))
    today = request.viewer.today
    return [
        (
            str(one.public_id),
            one.what + _("（%(day)s 到期）") % {"day": date_format(one.due_on, "m-d")},
            promise_tag(one.state, overdue=is_overdue(one.state, one.due_on, today)),
            str(one.public_id) in chosen,
        )
        for one in rows
    ]


def _policies(request: DeskRequest, home: Household) -> list[tuple[str, str]]:
    """Return what the household may have and has not: the newest screening tells."""
    rows = unclaimed(request.viewer).filter(household=home.public_id).order_by("policy_id")
    found = list(dict.fromkeys(rows.values_list("policy_id", flat=True)))[:_OFFERED]
    names = {one.id: in_language(one.name) for one in library()} if found else {}
    return [(one, names.get(one, one)) for one in found]


def _lately(request: DeskRequest, home: Household) -> list[TimelineEntry]:
    lines = queries.timeline_part(
        queries.OWN_PAGE, home.public_id, now=request.now, most=5, programme="HELP"
    ).lines
    return [
        TimelineEntry(
            when=date_format(line.at, "SHORT_DATE_FORMAT"),
            text=line.what,
            who=line.who,
            href=line.link,
            tags=[tag] if (tag := dispute_tag(line.dispute)) else (),
        )
        for line in lines
    ]

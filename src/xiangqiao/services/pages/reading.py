"""To read: what others asked, the law shelf, and what was paid to the own household."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from xiangqiao.accounts.access import DeskRequest, page, public
from xiangqiao.kernel import clock
from xiangqiao.kernel.ui import numbers
from xiangqiao.kernel.ui.marks import Link, Tag
from xiangqiao.policy.queries.words import fact_name
from xiangqiao.services import published, queries
from xiangqiao.services.forms import SearchForm
from xiangqiao.services.homes import homes_of
from xiangqiao.services.pages.parts import day, place_name, public_page, state_tag
from xiangqiao.services.words import Topic


@public
@require_GET
def answers(request: HttpRequest) -> HttpResponse:
    """List questions and answers that may help others."""
    text = request.GET.get("q", "").strip()
    entries = [
        {
            "title": one.title,
            "tag": Tag(str(Topic(one.row["topic"]).label), "blue", "none"),
            "lines": [one.row["question"]],
            "answer": one.row["answer"],
            "foot": _("%(office)s 答复于 %(day)s，%(place)s")
            % {
                "office": one.row["office"],
                "day": one.row["answered_on"],
                "place": place_name(f"{one.division_code[:9]}000"),
            },
        }
        for one in queries.goods_board(published.QUESTION.code, clock.now())
        if text in f"{one.title}{one.row['question']}{one.row['answer']}"
    ]
    context = {
        "heading": _("大家问过"),
        "lede": _("提问的人同意、隐去姓名、由第二个人看过以后公开。先看看有没有人问过同样的事。"),
        "filter": SearchForm(request.GET),
        "entries": entries,
        "empty": _("没有找到。可以自己提问。"),
        "action": Link(_("我要提问"), reverse("services:ask"), icon="message-circle"),
    }
    return public_page(request, "services/public_list.html", "answers", context)


@public
@require_GET
def laws(request: HttpRequest) -> HttpResponse:
    """Search the law shelf."""
    text = request.GET.get("q", "").strip()[:60]
    entries = [
        {
            "title": row.title,
            "href": reverse("services:law", args=[row.public_id]),
            "tag": Tag(str(row.get_kind_display()), "gold" if row.kind == "LAW" else "blue", "none"),
            "lines": [f"{row.issuer} {row.number}", row.summary[:90]],
        }
        for row in queries.laws(clock.today(), text=text)
    ]
    context = {
        "heading": _("政策法律"),
        "lede": _("和农村生活有关的法律和政策，用平常的话写明要点。用自己的话搜就行，例如“老板不给工钱”。"),
        "filter": SearchForm(request.GET),
        "entries": entries,
        "empty": _("没有找到。换几个字再搜，或者直接提问。"),
    }
    return public_page(request, "services/public_list.html", "laws", context)


@public
@require_GET
def law(request: HttpRequest, law_id: UUID) -> HttpResponse:
    """Show one text: what it says in plain words, and where the text itself stands."""
    try:
        row = queries.law(law_id)
    except ObjectDoesNotExist:
        raise Http404 from None
    context = {
        "heading": row.title,
        "text": row.summary,
        "facts": [
            (pgettext("issuer", "发布"), row.issuer),
            (_("文号"), row.number or None),
            (_("从何时起"), day(row.valid_from)),
            *([(_("到何时止"), day(row.valid_to))] if row.valid_to else []),
            (_("原文出处"), row.source),
        ],
        "note": _("这里是要点，不是原文。打官司、办手续以原文为准；拿不准的请提问。"),
        "crumbs": [Link(_("政策法律"), reverse("services:laws")), Link(row.title, "")],
    }
    return public_page(request, "services/matter.html", "laws", context)


@page()
@require_GET
def paid(request: DeskRequest) -> HttpResponse:
    """Show what was paid to the household that is linked to the account, or whose consent the keeper holds."""
    accounts = [
        queries.paid_to(request.viewer, home, today=request.viewer.today) for home in homes_of(request.viewer)
    ]
    homes = [
        {
            "title": queries.home_words(account.household),
            "paid": [
                (one.year, fact_name(f"household.{one.line}"), numbers.yuan(one.amount_fen), _("有凭证") if one.evidenced else _("申报"), one.source)
                for one in account.paid
            ],
            "applications": [(row.matter.name, state_tag(row), day(row.due_on)) for row in account.applications],
        }
        for account in accounts
    ]  # fmt: skip
    context = {
        "heading": _("发到我家的钱"),
        "lede": _("今年和去年的转移性收入，按台账。只给本户和本户授权的站长看；光有证件号查不到。"),
        "homes": homes,
    }
    return public_page(request, "services/paid.html", "follow", context)

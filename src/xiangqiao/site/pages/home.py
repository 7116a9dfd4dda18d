"""The public home, and a search over what the public may read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from xiangqiao.accounts.access import public
from xiangqiao.commerce.queries import shop
from xiangqiao.giving import queries as giving
from xiangqiao.kernel import clock
from xiangqiao.kernel.ui.cards import Line
from xiangqiao.kernel.ui.marks import Tag
from xiangqiao.services import queries as services
from xiangqiao.site.panels import DOORS, address

_MOST, _LONGEST, _NEWEST = 8, 60, 3


@public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the doors, and with a search what was found."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:_LONGEST]
    doors = [
        {"title": one.title, "url": address(one.url_name), "icon": one.icon, "text": one.text}
        for one in DOORS
    ]
    context: dict[str, Any] = {"doors": doors, "text": text}
    if text:
        context["found"] = found(text)
    else:
        context["news"] = [
            Line(
                one.title,
                reverse("services:announcement", args=[one.notice.public_id]),
                Tag(_("公告"), "gold"),
            )
            for one in services.announcements(clock.now())[:_NEWEST]
        ]
    return render(request, "site/home.html", context)


def found(text: str) -> list[Line]:
    """Return what the public may read about a text: services, laws, goods, appeals."""
    now, today = clock.now(), clock.today()
    lines = [
        Line(str(one), reverse("services:matter", args=[one.code]), Tag(_("可办的事"), "green"))
        for one in services.matters(today, text=text)[:_MOST]
    ]
    lines += [
        Line(one.title, reverse("services:announcement", args=[one.notice.public_id]), Tag(_("公告"), "gold"))
        for one in services.announcements(now, text=text)[:_MOST]
    ]
    lines += [
        Line(one.title, reverse("services:law", args=[one.public_id]), Tag(_("法律和政策"), "blue"))
        for one in services.laws(today, text=text, most=_MOST)
    ]
    lines += [
        Line(one.title, reverse("commerce:product", args=[one.code]), Tag(_("特产"), "orange"))
        for one in shop.public_offers(now).filter(title__icontains=text)[:_MOST]
    ]
    lines += [
        Line(one.title, reverse("giving:shown", args=[one.appeal.case_no]), Tag(_("求助"), "gold"))
        for one in giving.board(now)
        if text in one.title
    ][:_MOST]
    return lines

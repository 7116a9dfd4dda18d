"""Paper and feed of the needs board: a poster with a QR code as PDF and SVG, and an Atom feed."""

from __future__ import annotations

import io

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from xiangqiao.accounts.access import public
from xiangqiao.giving import queries
from xiangqiao.giving.pages.board import shown_or_404
from xiangqiao.giving.pages.parts import day, money, need_amount
from xiangqiao.kernel import clock
from xiangqiao.kernel.errors import ActionError


def qr(address: str) -> SafeString:
    """Return an address as a QR code in SVG."""
    import segno  # only for paper: not at the start of the web process

    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", xmldecl=False, svgns=True, border=2, scale=5)
    return mark_safe(out.getvalue().decode())  # noqa: S308 - drawn by the library from an address of ours


@public
@require_GET
def qr_code(request: HttpRequest, case_no: str) -> HttpResponse:
    """Return the QR code of a public appeal as SVG."""
    shown_or_404(case_no)
    return HttpResponse(qr(_address(request, case_no)), content_type="image/svg+xml")


@public
@require_GET
def poster(request: HttpRequest, case_no: str) -> HttpResponse:
    """Return a public appeal as a poster for the station's wall."""
    one = shown_or_404(case_no)
    html = render_to_string(
        "giving/poster.html",
        {
            "one": one, "qr": qr(_address(request, case_no)), "address": _address(request, case_no),
            "cost": money(one.row["cost"]), "until": day(one.publication.withdraw_on),
            "needs": [(need.what, need_amount(need, need.quantity), need_amount(need, need.open)) for need in one.needs],
        },
    )  # fmt: skip
    try:
        from weasyprint import HTML  # loads pango: not at the start of the web process
    except OSError as error:
        raise ActionError(
            "giving.no_pango", _("这台服务器缺少排版库，不能生成 PDF。请管理员安装 pango 和 Noto 字体。")
        ) from error
    answer = HttpResponse(HTML(string=html).write_pdf(), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{case_no}.pdf"'
    return answer


@public
@require_GET
def feed(request: HttpRequest) -> HttpResponse:
    """Return the board as an Atom feed, newest first."""
    atom = Atom1Feed(
        title=_("需求榜"), link=request.build_absolute_uri(reverse("giving:board")),
        description=_("都由两个互不相干的人上门核实过。"), feed_url=request.build_absolute_uri(),
    )  # fmt: skip
    for one in queries.board(clock.now())[:50]:
        atom.add_item(
            title=one.title, link=_address(request, one.appeal.case_no), description=one.row["text"],
            unique_id=f"urn:uuid:{one.publication.public_id}", updateddate=one.publication.approved_at,
        )  # fmt: skip
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _address(request: HttpRequest, case_no: str) -> str:
    return request.build_absolute_uri(reverse("giving:shown", args=[case_no]))

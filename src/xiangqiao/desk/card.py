"""明白卡, the household card: what a household is entitled to, who helps, whom to ask; as HTML and as PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.desk.household.entitled import amount, state
from xiangqiao.desk.household.grouping import Group, together, whom
from xiangqiao.desk.household_table import place_name
from xiangqiao.kernel.errors import ActionError
from xiangqiao.pairing.queries import cadre_of
from xiangqiao.pairing.queries.phone import cadre_phone
from xiangqiao.places.queries import county, names
from xiangqiao.policy.queries import HouseholdVerdict, in_language, verdicts_for
from xq_engine.divisions import ancestors

if TYPE_CHECKING:
    from xiangqiao.people.models import Household

_HOST = "http://card.invalid"


@dataclass(frozen=True)
class Benefit:
    """One line of the card."""

    name: str
    who: str
    state: str
    doubt: str
    amount: str
    note: str
    papers: str
    where: str


def masked(name: str) -> str:
    """Return a name as official paper shows it: the family name, the rest as stars.

    >>> masked("廖小明"), masked("")
    ('廖**', '')
    """
    return name[:1] + "*" * max(1, len(name) - 1) if name else ""


def card_context(viewer: AnyViewer, home: Household, *, today: date, check_url: str) -> dict[str, Any]:
    """Return what one card says."""
    members = home.present_members  # type: ignore[attr-defined]  # put there by the query
    people = {member.person.public_id: masked(member.person.name) for member in members}
    found = [row for row in verdicts_for(viewer, home.public_id, as_of=today).verdicts if _stands(row)]
    pair = cadre_of(viewer, home.public_id)
    above = [*ancestors(home.division_code), home.division_code]
    known = names(above)
    own = county()
    return {
        "home": home,
        "name": masked(home.head_name),
        "place": place_name(home.division_code),
        "size": len(members),
        "benefits": [_benefit(group, people) for group in together(found)],
        "pair": pair,
        "cadre_phone": cadre_phone(pair.cadre) if pair else "",
        "issuer": _("%(village)s村民委员会")
        % {"village": known[home.division_code].removesuffix("村委会").removesuffix("村民委员会")},
        "issued_on": today,
        "check_url": check_url,
        "qr_svg": qr(check_url),
        "is_demo": bool(own and own.is_demo),
    }


def _stands(row: HouseholdVerdict) -> bool:
    return row.verdict.verdict == "yes" and (row.claim is None or row.claim.state != "DECLINED")


def _benefit(group: Group, people: dict[Any, str]) -> Benefit:
    row = group[0]
    policy, claimed = row.policy, row.claim is not None or row.received
    return Benefit(
        name=in_language(policy.name),
        who=whom(group, people) or _("全户"),
        state=state(row).text if claimed else _("可以申请"),
        doubt="" if policy.source_status == "verified" else _("办法和金额待主管部门核实"),
        amount=amount(policy, row.verdict.amount_fen) or _("见说明"),
        note=in_language(policy.amount.note),
        papers="" if claimed else _("、").join(in_language(paper) for paper in policy.papers),
        where=in_language(policy.where),
    )


def qr(address: str) -> SafeString:
    """Return the address as a QR code in SVG."""
    import segno  # only for paper: not at the start of the web process

    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", xmldecl=False, svgns=True, border=2)
    return mark_safe(out.getvalue().decode())  # noqa: S308 - drawn by the library from an address of ours


def cards_pdf(cards: Sequence[dict[str, Any]]) -> bytes:
    """Return cards as one PDF, each from a page of its own. Raises ActionError where pango is missing."""
    html = render_to_string("desk/card.html", {"cards": cards, "heading": _("帮扶明白卡")})
    try:
        # Loads pango: not at the start of the web process.
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except OSError as error:
        raise ActionError(
            "card.no_pango",
            _(
                "这台服务器缺少排版库，不能生成 PDF。请管理员执行：apt install libpango-1.0-0 libpangoft2-1.0-0 fonts-noto-cjk"
            ),
        ) from error

    class OwnFiles(URLFetcher):  # type: ignore[misc]  # the library has no types
        """Hands over our own style sheets and nothing else: a card never reaches for the network."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002 - theirs
            """Return one of our static files."""
            return URLFetcherResponse(url, _own_file(url), {"Content-Type": "text/css"})

    pdf: bytes = HTML(string=html, base_url=_HOST, url_fetcher=OwnFiles()).write_pdf()
    return pdf


def _own_file(url: str) -> bytes:
    found = finders.find(url.removeprefix(f"{_HOST}/static/")) if url.startswith(f"{_HOST}/static/") else None
    if not isinstance(found, str):
        raise ValueError(url)
    return Path(found).read_bytes()

"""What several pages of coverage share: tabs, the act of a request, choices of divisions."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from xiangqiao.accounts.access import DeskRequest
from xiangqiao.accounts.access import act_of as act_of
from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.coverage import queries
from xiangqiao.kernel.ui.shell import Tab
from xiangqiao.places.queries import Site, children, county, place


def tabs(viewer: Viewer, active: str) -> list[Tab]:
    """Return the views of coverage; those of the office for the office."""
    views = [
        ("desk", _("总体情况")), ("map", _("地图")), ("points", _("点位")), ("villages", _("各村")),
        ("stations", _("基站")), ("plans", _("缺口与方案")),
    ]  # fmt: skip
    if viewer.can(Can.MANAGE_COVERAGE):
        views += [("lists", _("导入清单")), ("reports", _("群众反映"))]
    return [Tab(title, reverse(f"coverage:{name}"), active=name == active) for name, title in views]


def county_code() -> str:
    """Return the code of the county, nothing before it is founded."""
    found = county()
    return found.code if found else ""


def division_choices(viewer: Viewer) -> list[tuple[str, str]]:
    """Return the divisions that a person reads, with those right below, for a choice."""
    chosen: list[tuple[str, str]] = []
    for code in viewer.divisions(Can.READ_COVERAGE):
        here = place(code)
        if here is not None:
            chosen += [(here.code, here.name), *((one.code, f"　{one.name}") for one in children(code))]
    return list(dict.fromkeys(chosen))


def point_or_404(request: DeskRequest, site_id: UUID) -> Site:
    """Return a point that the person sees the coverage of, or answer 404."""
    found = queries.points(request.viewer).filter(public_id=site_id).first()
    if found is None:
        raise Http404
    return found

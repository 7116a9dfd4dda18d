"""What several pages of pairing share: tabs, addresses, choices of divisions."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiangqiao.accounts.access import DeskRequest
from xiangqiao.accounts.access import act_of as act_of
from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.kernel.ui.shell import Tab
from xiangqiao.pairing.rules import waits
from xiangqiao.places.queries import children, place

if TYPE_CHECKING:
    from xiangqiao.pairing.models import Proposal


def tabs(active: str) -> list[Tab]:
    """Return the views of pairing."""
    views = (("desk", _("总体情况")), ("cadres", pgettext("名单", "帮扶干部")), ("units", _("帮扶单位")))
    return [Tab(title, reverse(f"pairing:{name}"), active=name == active) for name, title in views]


def household_address(key: UUID) -> str:
    """Return the address of a household's page, or nothing.

    The page is the desk's, a floor above: where a county runs without that face, the name is not a link.
    """
    try:
        return reverse("desk:household", args=[key])
    except NoReverseMatch:
        return ""


def division_choices(viewer: Viewer, act: Can = Can.READ_PAIRING) -> list[tuple[str, str]]:
    """Return the divisions for which a person holds an act, with those right below, for a choice."""
    chosen: list[tuple[str, str]] = []
    for code in viewer.divisions(act):
        here = place(code)
        if here is not None:
            chosen += [(here.code, here.name), *((one.code, f"　{one.name}") for one in children(code))]
    return list(dict.fromkeys(chosen))


def open_to_decide(request: DeskRequest, row: Proposal) -> bool:
    """Return whether the person may decide on a proposal that still waits."""
    return waits(row.state, row.run.state) and request.viewer.can(Can.DECIDE_PAIRING, row.division_code)

"""What the desk composes, as explicit lists: the rail, and what stands around every page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.kernel.ui.marks import Link
from xiangqiao.kernel.ui.shell import Person, RailGroup, RailItem
from xiangqiao.places import queries as places


@dataclass(frozen=True)
class Entry:
    """One line of the rail: shown to who may open it."""

    title: Promise
    url_name: str
    icon: str
    act: Can


RAIL: list[tuple[Promise | str, list[Entry]]] = [
    ("", [Entry(_("县情总览"), "desk:home", "home", Can.READ_REGISTER)]),
    (
        _("精准帮扶"),
        [
            Entry(_("农户台账"), "desk:households", "users", Can.READ_REGISTER),
            Entry(_("政策与应享"), "desk:policies", "file-text", Can.READ_POLICY),
            Entry(_("结对帮扶"), "pairing:desk", "link", Can.READ_PAIRING),
            Entry(_("变更审批"), "people:changes", "checks", Can.READ_REGISTER),
        ],
    ),
    (
        _("数据"),
        [
            Entry(_("导入表格"), "people:batches", "upload", Can.IMPORT),
            Entry(_("数据问题"), "people:problems", "alert-triangle", Can.SETTLE_PROBLEM),
            Entry(_("待确认的疑问"), "people:questions", "question-mark", Can.SETTLE_PROBLEM),
        ],
    ),
    (
        _("系统"),
        [
            Entry(_("用户与岗位"), "users", "user", Can.MANAGE_USERS),
        ],
    ),
]


def rail(viewer: Viewer, path: str) -> list[RailGroup]:
    """Return the rail as this person sees it; the entry whose address begins the path is the present one."""
    groups: list[RailGroup] = []
    for title, entries in RAIL:
        items = [
            RailItem(str(entry.title), address, entry.icon, active=_is_present(address, path))
            for entry in entries
            if viewer.can(entry.act) and (address := _address(entry.url_name))
        ]
        if items:
            groups.append(RailGroup(str(title), items))
    return groups


@cache
def _address(url_name: str) -> str:
    return reverse(url_name)


def _office(viewer: Viewer) -> str:
    """Where a person works, as the first post in force says it."""
    if not viewer.posts:
        return ""
    post = viewer.posts[0]
    place = places.names([post.division_code])[post.division_code]
    return f"{post.unit_name or place} {post.title}"


def _is_present(address: str, path: str) -> bool:
    return path == address or (address != _address("desk:home") and path.startswith(address))


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: what stands around every page. Nothing of it before somebody signed in."""
    county = places.county()
    english = (get_language() or "").startswith("en")
    name = (county.name_en or county.name) if county and english else county.name if county else ""
    around: dict[str, Any] = {"county_name": name, "is_demo": bool(county and county.is_demo)}
    viewer = getattr(request, "viewer", None)
    if not isinstance(viewer, Viewer):
        return around
    around |= {"rail": rail(viewer, request.path), "today": viewer.today}
    if viewer.can(Can.READ_REGISTER):
        around["search_url"] = _address("desk:search")
    around["person"] = Person(
        name=viewer.user.name,
        office=_office(viewer),
        links=[Link(str(_("我的账号")), _address("own"), icon="user")],
        sign_out_url=_address("sign_out"),
    )
    return around

"""Who is looking: a person in posts on a day, or a job of the system with a purpose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from xiangqiao.accounts.models import Grant, Post, RoleChoices, User
from xiangqiao.accounts.rules import CARRIES, WITHOUT_RANGE, Can, Role
from xiangqiao.kernel.errors import NotAllowed
from xiangqiao.kernel.record import Act
from xq_engine.divisions import is_within, range_of


@dataclass(frozen=True)
class HeldPost:
    """A post that is in force."""

    role: Role
    division_code: str
    unit_name: str = ""

    @property
    def title(self) -> str:
        """What the post is called."""
        return str(RoleChoices(self.role).label)

    def carries(self, act: Can) -> bool:
        """Return whether the post carries an act at all."""
        return act in CARRIES[self.role]


@dataclass(frozen=True)
class Viewer:
    """A person and the posts in force today."""

    user: User
    posts: tuple[HeldPost, ...]
    today: date

    @classmethod
    def of(cls, user: User, today: date) -> Viewer:
        """Return the viewer that a user is on a day. An inactive user holds no post."""
        rows = Post.objects.filter(user=user, valid_from__lte=today).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=today)
        )
        held = (
            [HeldPost(Role(row.role), row.division_code, row.unit_name) for row in rows]
            if user.is_active
            else []
        )
        return cls(user=user, posts=tuple(held), today=today)

    @property
    def public_id(self) -> UUID | None:
        """The id under which the log names this person."""
        return self.user.public_id

    @property
    def label(self) -> str:
        """How the log names this person."""
        return self.user.label

    def can(self, act: Can, division_code: str = "") -> bool:
        """Return whether a post carries the act, and, where a division is named, carries it there."""
        return any(
            post.carries(act)
            and (
                not division_code
                or post.role in WITHOUT_RANGE
                or is_within(division_code, post.division_code)
            )
            for post in self.posts
        )

    def demand(self, act: Can, division_code: str = "") -> None:
        """Raise NotAllowed unless a post carries the act, there."""
        if not self.can(act, division_code):
            raise NotAllowed(
                "not_allowed", _("您的岗位不能办这件事。需要的话，请联系本单位的安全管理员。"), act=act
            )

    def divisions(self, act: Can) -> list[str]:
        """Return the division codes over which posts carry the act."""
        return [p.division_code for p in self.posts if p.carries(act) and p.role not in WITHOUT_RANGE]


@dataclass(frozen=True)
class SystemViewer:
    """A job that reads everything for a stated purpose."""

    purpose: str
    public_id: UUID | None = None

    @property
    def label(self) -> str:
        """How the log names this job."""
        return f"系统：{self.purpose}"

    def can(self, act: Can, division_code: str = "") -> bool:  # noqa: ARG002 - the same question as Viewer.can
        """Return True: jobs of the system are bound by their purpose, not by posts."""
        return True

    def demand(self, act: Can, division_code: str = "") -> None:
        """Accept."""


AnyViewer = Viewer | SystemViewer


def permit(act: Act, can: Can, division_code: str = "") -> AnyViewer:
    """Return the viewer who acts, once a post of theirs carries it there. Raises NotAllowed otherwise.

    Actions call this first; whoever acts without being a viewer is refused.
    """
    if not isinstance(act.by, Viewer | SystemViewer):
        raise NotAllowed("not_allowed", _("只有登录的人或系统任务可以办这件事。"), act=can)
    act.by.demand(can, division_code)
    return act.by


def scope(
    viewer: AnyViewer,
    act: Can,
    *,
    code: str = "division_code",
    subject: str | None = "public_id",
    within: str = "",
) -> Q:
    """Return the condition under which a viewer sees rows: division ranges or grants.

    `code` is the path to the row's division code, `subject` the path to the granted subject (None: no grants).
    `within` is a division that the caller asks for anyway: ranges are cut down to it, since of two ranges of one column
    a database may take the wider to its index. Nothing is seen where nothing was given.
    """
    if isinstance(viewer, SystemViewer):
        return Q()
    parts: list[Q] = []
    for division in viewer.divisions(act):
        first, after = range_of(_narrower(division, within) if within else division)
        parts.append(Q(**{f"{code}__gte": first, f"{code}__lt": after}))
    # A post over the whole county sees every row: grants add nothing, and an OR would keep the index from being used.
    over_all = any(code.endswith("000000") for code in viewer.divisions(act))
    if subject is not None and viewer.can(act) and not over_all:
        parts.append(Q(**{f"{subject}__in": granted(viewer, act)}))
    return reduce(or_, parts) if parts else Q(pk__in=[])


def _narrower(one: str, other: str) -> str:
    """Return the smaller of two divisions of which one holds the other; nothing (an empty range) where neither does."""
    if is_within(other, one):
        return other
    return one if is_within(one, other) else ""


def granted(viewer: Viewer, act: Can) -> Iterable[UUID]:
    """Return (as a subquery) the subjects granted to a person on this day for an act."""
    return (
        Grant.objects.filter(user=viewer.user, capability=act, valid_from__lte=viewer.today)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=viewer.today))
        .values_list("subject", flat=True)
    )

"""Raising an appeal: for the own household, or for one that the post reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import WITHOUT_RANGE, Can, Role
from xiangqiao.accounts.viewer import AnyViewer, SystemViewer
from xiangqiao.giving.actions.telling import tell
from xiangqiao.giving.models import Appeal, Need, Source
from xiangqiao.journal.queries.doors import linked_households
from xiangqiao.kernel.errors import ActionError, NotAllowed
from xiangqiao.kernel.record import Act, recording
from xiangqiao.people.queries import HouseholdFilter, households
from xq_engine.divisions import is_within

if TYPE_CHECKING:
    from xiangqiao.people.models import Household

_REGISTER = SystemViewer("网络公益：核对农户")
_BY_POST = {Role.VOLUNTEER: Source.VOLUNTEER, Role.STATION_KEEPER: Source.STATION}


@dataclass(frozen=True)
class Want:
    """One thing asked for: the amount in pieces, minutes or fen, the price of one in fen, and what proves it."""

    kind: str
    what: str
    quantity: int
    unit_cost_fen: int
    evidence: str
    measure: str = ""


def raise_appeal(
    *,
    act: Act,
    viewer: AnyViewer,
    household_no: str,
    head_name: str,
    title: str,
    story: str,
    wants: Sequence[Want],
    by_wechat: bool = False,
) -> Appeal:
    """Raise an appeal for a household, named by its number and its head, with every need costed.

    Raises NotAllowed where the post does not reach the household, ActionError at the field that must be mended.
    """
    home = _home(household_no, head_name)
    source = _source(viewer, home)
    _check(wants)
    row = Appeal(
        household=home.public_id, division_code=home.division_code, raised_by=act.by.public_id,
        raised_label=act.by.label, raised_at=act.at, title=title, story=story,
        source=Source.WECHAT if by_wechat and source != Source.HOUSEHOLD else source,
    )  # fmt: skip
    # Random by its id: the next number says nothing about how many there are, and two at once never clash.
    row.case_no = f"{act.at:%Y}-{row.public_id.hex[-6:].upper()}"
    with recording("giving.appeal_raised", act, subject=row, division_code=row.division_code) as record:
        record.create(row)
        for want in wants:
            record.create(
                Need(
                    appeal=row, kind=want.kind, what=want.what, measure=want.measure, quantity=want.quantity,
                    unit_cost_fen=want.unit_cost_fen, evidence=want.evidence,
                )
            )  # fmt: skip
        tell(act, row, "求助已登记，编号 %(case)s", row.public_id)
    return row


def _home(household_no: str, head_name: str) -> Household:
    """Find a household by number and head: both must fit, so that nobody learns one from the other."""
    named = Q(household_no=household_no.strip(), head_name=head_name.strip())
    found = households(_REGISTER, HouseholdFilter(), extra=named).first()
    if found is None:
        raise ActionError(
            "giving.no_household",
            _("没有这一户，或户编号与户主姓名对不上。请看户内的联系卡。"),
            field="household_no",
        )
    return found


def _source(viewer: AnyViewer, home: Household) -> Source:
    """Return by whom the appeal comes in. Raises NotAllowed beyond the reach of the person."""
    if isinstance(viewer, SystemViewer):
        return Source.CADRE
    if home.public_id in linked_households(viewer):
        return Source.HOUSEHOLD
    for post in viewer.posts:
        ranged = post.carries(Can.RAISE_APPEAL) and post.role not in WITHOUT_RANGE
        if ranged and is_within(home.division_code, post.division_code):
            return _BY_POST.get(post.role, Source.CADRE)
    helped = households(viewer, HouseholdFilter(), extra=Q(public_id=home.public_id))
    if viewer.can(Can.RAISE_APPEAL) and helped.exists():
        return Source.CADRE
    raise NotAllowed("giving.reach", _("这一户不在您负责的范围，请找当地的村干部、站长或志愿者。"))


def _check(wants: Sequence[Want]) -> None:
    if not wants:
        raise ActionError("giving.no_need", _("请至少写一项需要什么。"), field="what_1")
    for number, want in enumerate(wants, start=1):
        if want.quantity <= 0 or want.unit_cost_fen < 0:
            raise ActionError(
                "giving.quantity", _("数量要大于零，单价不能小于零。"), field=f"quantity_{number}"
            )
        if not want.evidence.strip():
            raise ActionError(
                "giving.evidence",
                _("请写明价格或数量的依据，例如报价单、清单、现场丈量。"),
                field=f"evidence_{number}",
            )

"""What was paid to a household: seen by the household itself, or by who acts for it with its consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, SystemViewer, granted
from xiangqiao.kernel.errors import NotAllowed
from xiangqiao.ledger.queries import income_lines
from xiangqiao.services.models import Application


@dataclass(frozen=True)
class Paid:
    """One line of money of a year: what it was, how much, by which evidence, from where."""

    year: int
    line: str
    amount_fen: int
    evidenced: bool
    source: str


@dataclass(frozen=True)
class Account:
    """What a household looks up: its payments of two years, and its applications."""

    household: UUID
    paid: list[Paid]
    applications: list[Application]


def may_look_up(viewer: AnyViewer, household: UUID) -> bool:
    """Return whether somebody may see what was paid: by a grant in force that day. An ID number opens nothing."""
    if isinstance(viewer, SystemViewer):
        return True
    # The grant alone counts: a keeper's post carries no household, a villager's consent of the day does.
    return household in set(granted(viewer, Can.OWN_HOUSEHOLD))


def paid_to(viewer: AnyViewer, household: UUID, *, today: date) -> Account:
    """Return the transfers to a household of this year and the last, newest first. Raises NotAllowed without a grant."""
    if not may_look_up(viewer, household):
        raise NotAllowed("services.no_grant", _("只有本户，或本户当天同意的代办人，可以查发到户的钱。"))
    lines = [
        Paid(row.year, row.line, row.amount_fen, row.evidence == "EVIDENCED", row.source)
        for year in (today.year, today.year - 1)
        for row in income_lines(household, year)
        if row.line.startswith(PAYMENTS)
    ]
    rows = Application.objects.filter(household=household).select_related("matter").order_by("-id")
    return Account(household, lines, list(rows[:20]))


def homes_of(viewer: AnyViewer) -> list[UUID]:
    """Return the households that a person may act for today."""
    return [] if isinstance(viewer, SystemViewer) else list(granted(viewer, Can.OWN_HOUSEHOLD))


# Lines of the fact catalogue that are money paid by the state.
PAYMENTS = ("transfer",)

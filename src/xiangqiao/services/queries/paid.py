"""What was paid to a household: seen by the household itself, or by who acts for it with its consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from xiangqiao.accounts.viewer import AnyViewer, SystemViewer, Viewer
from xiangqiao.kernel.errors import NotAllowed
from xiangqiao.ledger.queries import income_lines
from xiangqiao.people.queries import household as household_named
from xiangqiao.services.homes import homes_of
from xiangqiao.services.models import Application

# Lines of the fact catalogue that are money paid by the state.
PAYMENTS = ("transfer",)
_LOOK_UP = SystemViewer("本户查看自己的钱")


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


def paid_to(viewer: AnyViewer, household: UUID, *, today: date) -> Account:
    """Return the transfers to a household of this year and the last, newest first. An ID number opens nothing.

    Raises NotAllowed to whoever is neither linked to the household nor holds its consent.
    """
    if isinstance(viewer, Viewer) and household not in homes_of(viewer):
        raise NotAllowed("services.no_grant", _("只有本户，或本户授权的站长，可以查发到户的钱。"))
    lines = [
        Paid(row.year, row.line, row.amount_fen, row.evidence == "EVIDENCED", row.source)
        for year in (today.year, today.year - 1)
        for row in income_lines(household, year)
        if row.line.startswith(PAYMENTS)
    ]
    rows = Application.objects.filter(household=household).select_related("matter").order_by("-id")
    return Account(household, lines, list(rows[:20]))


def home_words(household: UUID) -> str:
    """Return how a household is called to who may look it up: number and head."""
    home = household_named(_LOOK_UP, household, today=date.min)
    return f"{home.household_no} {home.head_name}"

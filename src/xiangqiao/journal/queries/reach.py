"""The households that a person reaches for an act of the journal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, SystemViewer
from xiangqiao.kernel.errors import ActionError
from xiangqiao.people.queries import HouseholdFilter, households
from xiangqiao.people.queries import household as household_named

if TYPE_CHECKING:
    from xiangqiao.people.models import Household

# Reads what a household is shown about itself, once its door has been checked.
OWN_PAGE = SystemViewer("农户本人页")
_EVERY = HouseholdFilter(closed="1")


class NoSuchHousehold(ActionError):
    """The household is not there, or not within the person's reach; both read the same."""

    status = 404


def household_for(viewer: AnyViewer, household: UUID, act: Can) -> Household:
    """Return a household that a person reaches for an act. Raises NotAllowed without the post, NoSuchHousehold beyond it."""
    viewer.demand(act)
    found = households(viewer, _EVERY, extra=Q(public_id=household), act=act).first()
    if found is None:
        raise NoSuchHousehold("journal.household", _("没有这一户，或者不在您负责的范围。"))
    return found


def own_home(household: UUID, today: date) -> Household:
    """Return a household with its present members, for a page whose door has been checked."""
    return household_named(OWN_PAGE, household, today=today)

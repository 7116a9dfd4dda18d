"""Which household somebody speaks of: the own one, one that gave its consent, or one named by number and head."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import SystemViewer, Viewer
from xiangqiao.journal.queries import households_of_keeper, linked_households
from xiangqiao.kernel.errors import ActionError
from xiangqiao.people.queries import HouseholdFilter, households

# Posts that meet villagers and may speak for them.
PROXIES = (Can.KEEP_STATION, Can.LOG_VISIT, Can.ANSWER, Can.MANAGE_SERVICES)
_CHECK = SystemViewer("代办核对户编号和户主")


def homes_of(viewer: Viewer) -> list[UUID]:
    """Return the households that a person may look up: linked to the account, or whose consent a keeper holds today."""
    own = list(linked_households(viewer)) if viewer.can(Can.OWN_HOUSEHOLD) else []
    kept = [row.household for row in households_of_keeper(viewer)] if viewer.can(Can.KEEP_STATION) else []
    return list(dict.fromkeys([*own, *kept]))


def find_home(viewer: Viewer, household_no: str, head_name: str) -> tuple[UUID, str]:
    """Return (household, division) that a villager names by number and head, where the person serves.

    Both must agree: a number alone names nothing. Raises ActionError otherwise, with the same words whichever is wrong.
    """
    number, name = household_no.strip(), head_name.strip()
    rows = households(_CHECK, HouseholdFilter(q=number)) if number and name else []
    home = next((row for row in rows if row.household_no == number and row.head_name == name), None)
    if home is None or not any(viewer.can(can, home.division_code) for can in PROXIES):
        raise ActionError(
            "services.no_home",
            _("户编号和户主姓名对不上，或这户不在您服务的村。请看户里的明白卡，两样都照写。"),
            field="household_no",
        )
    return home.public_id, home.division_code

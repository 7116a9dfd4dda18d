"""A villager at the counter lets the keeper or clerk act for the household, for a day."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from xiangqiao.accounts.actions.grants import grant
from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import SystemViewer, Viewer
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, NotAllowed
from xiangqiao.kernel.record import Act, recording
from xiangqiao.people.queries import HouseholdFilter, households
from xiangqiao.services.actions.doors import PROXIES, keyless
from xiangqiao.services.words import Consent

_CHECK = SystemViewer("柜台核对户编号和户主")


def find_home(viewer: Viewer, household_no: str, head_name: str) -> tuple[UUID, str]:
    """Return (household, division) that a villager names by number and head, where the person serves.

    Both must agree: a number alone opens nothing. Raises ActionError otherwise, with the same words whichever is wrong.
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


def note_consent(*, act: Act, household_no: str, head_name: str, how: Consent | str) -> UUID:
    """Note that a household present at the counter lets this person act for it today; return the household.

    Raises NotAllowed to who does not serve villagers, ActionError where number and head do not agree or nobody consented.
    """
    if not isinstance(act.by, Viewer):
        raise NotAllowed("not_allowed", _("只有登录的人可以代办。"))
    if not how:
        raise ActionError(
            "services.consent", _("请选这户人家是怎么同意的。没有同意不能代办。"), field="consent"
        )
    home, division_code = find_home(act.by, household_no, head_name)
    today: date = day_of(act.at)
    with recording(
        "services.consent_noted", act, division_code=division_code, household=str(home), how=str(how)
    ):
        grant(
            act=keyless(act), user=act.by.user.public_id, subject=home, capability=Can.OWN_HOUSEHOLD,
            valid_from=today, valid_to=today + timedelta(days=1), basis=f"consent:services:{how}:{today}",
        )  # fmt: skip
    return home

"""Setting up the one county of a deployment: tables, keys, divisions, first users."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.core.management import call_command
from django.db import Error, connection, connections

from xiangqiao.accounts.actions.posts import give_post
from xiangqiao.accounts.actions.users import create_user
from xiangqiao.accounts.rules import ADMINS, Role
from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.clinic.keys import ring as clinic_keys
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.keyring import create_keys
from xiangqiao.kernel.models import Source
from xiangqiao.kernel.record import Act
from xiangqiao.places.actions import found_county, load_divisions, read_divisions
from xiangqiao.places.models import County
from xiangqiao.places.queries import county

FOUNDER = SystemViewer("建立本县")
_NAMES = {Role.SYSTEM_ADMIN: "系统管理员", Role.SECURITY_ADMIN: "安全管理员", Role.AUDIT_ADMIN: "审计管理员"}


def create_tables() -> None:
    """Create the tables of an empty database, or bring them up to this version."""
    for alias in connections:
        call_command("migrate", database=alias, interactive=False, verbosity=0)


def create_county(
    *,
    code: str,
    name: str,
    divisions: Path,
    now: datetime,
    name_en: str = "",
    cells: Path | None = None,
    is_demo: bool = False,
) -> None:
    """Make the keys, the county and its divisions; the tables are there. Doing it twice changes nothing.

    `cells` is a file of map cells by township. Raises ActionError on a division file that cannot be read, before
    anything of the county is written.
    """
    rows = read_divisions(divisions, county=(code, name), cells=cells)
    create_keys()
    clinic_keys.create()
    act = Act(by=FOUNDER, at=now, source=Source.COMMAND)
    found_county(act=act, viewer=FOUNDER, code=code, name=name, name_en=name_en, is_demo=is_demo)
    load_divisions(act=act, viewer=FOUNDER, rows=rows)


def create_administrators(code: str, *, now: datetime) -> dict[str, str]:
    """Make the three administrators of a new county; return their one-time passwords by sign-in name."""
    act = Act(by=FOUNDER, at=now, source=Source.COMMAND)
    passwords: dict[str, str] = {}
    for role in ADMINS:
        made = create_user(act=act, username=role.lower(), name=_NAMES[role])
        give_post(act=act, user=made.user, role=role, division_code=code, valid_from=day_of(now))
        passwords[made.user.username] = made.password
    return passwords


def present_county() -> County | None:
    """Return the county of this deployment, None where there is none; makes no database file by asking."""
    if connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).exists():
        return None
    with suppress(Error):
        return county()
    return None

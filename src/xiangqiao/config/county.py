"""Setting up the one county of a deployment: tables, keys, divisions, code lists."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.core.management import call_command

from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.kernel.keyring import create_keys
from xiangqiao.kernel.models import Source
from xiangqiao.kernel.record import Act
from xiangqiao.people.actions import load_codes
from xiangqiao.places.actions import found_county, load_divisions


def create_county(
    *, code: str, name: str, name_en: str, divisions: Path, is_demo: bool, now: datetime
) -> None:
    """Create tables, keys, the county and its divisions. Doing it twice changes nothing.

    Raises ActionError on a division file that cannot be read, before anything of the county is written.
    """
    call_command("migrate", interactive=False, verbosity=0)
    create_keys()
    act = Act(by=SystemViewer("建立本县"), at=now, source=Source.COMMAND)
    found_county(act=act, code=code, name=name, name_en=name_en, is_demo=is_demo)
    load_divisions(act=act, path=divisions, county_code=code)
    load_codes(act=act)

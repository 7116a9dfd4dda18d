"""What an import leaves behind: nothing of files that were refused or given up, nothing of processes that died."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import models

from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.kernel import clock
from xiangqiao.kernel.record import Act
from xiangqiao.kernel.working import sweep, working_folder
from xiangqiao.people.actions.intake import discard_batch, stage_files
from xiangqiao.people.models import Batch, Household, HouseholdYear, Membership, Person, PersonYear
from xiangqiao.people.tests.sheets import household, person, write
from xiangqiao.people.tests.test_import import village
from xq_engine.facts import catalogue

__all__ = ["village"]
ME = SystemViewer("测试")


def stage(files: list[Path]) -> Batch:
    return stage_files(
        act=Act(ME, clock.now()),
        viewer=ME,
        files=files,
        source="报表",
        year=2016,
        division_code="360730000000",
    )


def kept() -> list[str]:
    home = Path(settings.HOME)
    found = [path for name in ("files", "staging", "working") for path in (home / name).rglob("*")]
    return [path.name for path in found if path.is_file() and path.name != ".gate"]


@pytest.mark.usefixtures("village")
def test_of_a_file_that_cannot_be_read_only_its_name_and_the_reason_stay(tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04 broken")
    batch = stage([path])
    assert (batch.state, [one["code"] for one in batch.counts["refusals"]]) == ("DISCARDED", ["FILE.BROKEN"])
    assert kept() == []


@pytest.mark.usefixtures("village")
def test_what_is_given_up_goes_unless_another_import_came_from_it(tmp_path: Path) -> None:
    files = write(tmp_path, [household("H1")], [person("H1", "甲", 1)])
    first, second = stage(files), stage(files)
    discard_batch(act=Act(ME, clock.now()), viewer=ME, batch=first)
    assert len(list((Path(settings.HOME) / "files").rglob("*.sealed"))) == 2
    discard_batch(act=Act(ME, clock.now()), viewer=ME, batch=second)
    assert kept() == []


def test_what_a_killed_process_left_in_clear_is_removed_and_what_is_in_use_stays() -> None:
    code = "import django; django.setup()\nfrom xiangqiao.kernel.working import working_folder\nwith working_folder() as f:\n  (f/'clear').write_text('x'); print(f, flush=True); input()"
    environment = os.environ | {
        "XIANGQIAO_HOME": str(settings.HOME),
        "DJANGO_SETTINGS_MODULE": "xiangqiao.config.settings",
    }
    with (
        working_folder() as mine,
        subprocess.Popen(
            [sys.executable, "-c", code],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as other,
    ):
        assert other.stdout is not None
        theirs = Path(other.stdout.readline().strip())
        assert (sweep(), (theirs / "clear").exists()) == (0, True)
        other.send_signal(signal.SIGKILL)
        other.wait()
        assert (sweep(), theirs.exists(), mine.exists()) == (1, False, True)
        assert mine.stat().st_mode & 0o777 == 0o700
    assert not mine.exists()


@pytest.mark.parametrize("model", [Household, HouseholdYear, Person, PersonYear, Membership])
def test_every_text_that_passes_the_checks_fits_its_column(model: type[models.Model]) -> None:
    facts = {name: fact for entity in catalogue().values() for name, fact in entity.base.items()}
    for column in model._meta.get_fields():
        fact = facts.get(column.name)
        if fact is not None and fact.type == "text" and isinstance(column, models.CharField):
            assert fact.longest <= (column.max_length or 0), column.name

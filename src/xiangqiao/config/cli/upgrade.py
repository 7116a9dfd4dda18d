"""`xiangqiao upgrade`: back up, bring the tables up to this version, prove the log; or put everything back."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from xiangqiao.config.cli.progress import Steps
from xiangqiao.config.reasons import Refused
from xiangqiao.config.words import say

SUMMARY = (
    "升级：先备份，再升级数据库，再验证；不成就退回",
    "upgrade the database: backup, migrate, verify; roll back on failure",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `upgrade`."""
    parser.add_argument(
        "--to", type=Path, help=say("备份写到哪里（默认 XIANGQIAO_HOME/backups）", "where the backup goes")
    )


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Upgrade; a step that fails puts the database back as it was."""
    from django.conf import settings  # after django.setup()

    from xiangqiao.config.backup.database import alone
    from xiangqiao.config.cli.backup import back_up
    from xiangqiao.kernel import clock

    home = Path(settings.HOME)
    with alone(home), Steps() as steps:
        waiting = pending()
        if not waiting:
            told: dict[str, Any] = {"migrations": [], "backup": ""}
        else:
            with steps.step("backup", say("备份", "backing up")):
                backup = back_up(home, to=args.to, passphrase_file=None, now=clock.now())
            with steps.step("migrate", say("升级数据库", "migrating")):
                _or_back(home, Path(backup["file"]), _migrate_and_verify)
            told = {"migrations": waiting, "backup": backup["file"]}
    if not args.json:
        print(  # noqa: T201 - what the operator asked for
            say(
                f"升级好了：{len(waiting)} 步，备份在 {told['backup']}"
                if waiting
                else "已经是最新，没有要升级的。",
                f"upgraded: {len(waiting)} steps, backup at {told['backup']}"
                if waiting
                else "up to date already.",
            )
        )
    return told


def pending() -> list[str]:
    """Return the migrations that this version brings. Raises Refused on an empty database, or one of a newer version."""
    from django.db import connections
    from django.db.migrations.recorder import MigrationRecorder

    if not MigrationRecorder(connections["default"]).applied_migrations():
        raise Refused(
            say("这里还没有建立本县：先运行 xiangqiao init。", "There is no county here yet: xiangqiao init.")
        )
    # Each database says of itself what it has; a migration whose tables lie elsewhere is noted and does nothing there.
    return sorted({name for alias in connections for name in _pending_in(alias)})


def _pending_in(alias: str) -> list[str]:
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections[alias])
    applied = set(executor.loader.applied_migrations)
    unknown = sorted(f"{app}.{name}" for app, name in applied - set(executor.loader.disk_migrations))
    if unknown:
        raise Refused(
            say(
                f"数据库比本程序新（{'、'.join(unknown[:3])}）：请安装较新的版本。",
                f"The database is newer than this program ({', '.join(unknown[:3])}): install the newer version.",
            )
        )
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _back in plan]


def _migrate_and_verify() -> None:
    from xiangqiao.config.county import create_tables
    from xiangqiao.kernel.audit import verify

    create_tables()
    report = verify()
    if not report.is_clean:
        raise Refused(
            say(
                f"升级后审计验证发现 {len(report.findings)} 处不符。",
                f"After the upgrade the audit found {len(report.findings)} things that do not hold.",
            )
        )


def _or_back(home: Path, backup: Path, work: Any) -> None:
    """Do the work; whatever goes wrong, the database is put back from the backup."""
    from xiangqiao.config.backup import database
    from xiangqiao.config.backup.pack import master_key
    from xiangqiao.config.backup.sealing import Opener
    from xiangqiao.config.backup.unpack import unpacked

    try:
        work()
    except BaseException as error:
        with tempfile.TemporaryDirectory(dir=home, prefix=".roll-back-") as folder:
            room = Path(folder) / "room"
            with unpacked(backup, room, Opener(master_key())):
                database.put_all(room, replace=True)
        raise Refused(
            say(
                f"升级没有成功，数据库已经退回原样（{error}）。请继续用原来的版本，备份在 {backup}",
                f"The upgrade failed and the database was put back as it was ({error}). Go on with the version before; backup: {backup}",
            )
        ) from error

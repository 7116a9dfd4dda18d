"""The filtered list of households at a million: CPU of the page beside the bare SQL of the same rows and count.

Run: `XIANGQIAO_HOME=/tmp/xq-bench python bench/list_page.py [households]`. The home is made for this and may be thrown away.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

os.environ.setdefault("XIANGQIAO_HOME", tempfile.mkdtemp(prefix="xq-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiangqiao.config.settings")
os.environ.setdefault("XIANGQIAO_HOSTS", "testserver")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.report import report  # noqa: E402 - Django first
from xiangqiao.accounts.models import Post, User  # noqa: E402
from xiangqiao.kernel import bulk  # noqa: E402
from xiangqiao.kernel.keyring import create_keys  # noqa: E402
from xiangqiao.people.models import Household  # noqa: E402
from xiangqiao.places.models import Division, Level  # noqa: E402

COUNTY, TOWNS, VILLAGES, GOAL, TIMES = "360730000000", 24, 12, 3.0, 15
WATCHES = ("NONE", "NONE", "NONE", "NONE", "NONE", "NONE", "NONE", "UNSTABLE", "MARGINAL", "SUDDEN")
CAUSES = ("",) * 8 + ("ILLNESS", "SKILL", "DISABILITY")
PAGES = {
    "the whole county": "/households/",
    "a cause in the county": "/households/?cause=ILLNESS",
    "one kind in the county": "/households/?watch_type=SUDDEN",
    "a township": "/households/?division=360730105000",
    "a village, one kind": "/households/?division=360730105203&watch_type=UNSTABLE",
}  # fmt: skip


def fill(households: int) -> Client:
    """Make the county with its households, and sign the office in."""
    call_command("migrate", verbosity=0)
    create_keys()
    towns = [f"360730{100 + t}000" for t in range(TOWNS)]
    villages = [f"{town[:9]}{200 + v}" for town in towns for v in range(VILLAGES)]
    Division.objects.create(code=COUNTY, name="示例县", level=Level.COUNTY)
    for code in towns:
        Division.objects.create(code=code, name=f"乡{code[6:9]}", level=Level.TOWNSHIP, parent_code=COUNTY)
    for code in villages:
        Division.objects.create(
            code=code, name=f"村{code[6:]}", level=Level.VILLAGE, parent_code=f"{code[:9]}000"
        )
    numbers = range(households)
    empty = {
        field.column: [""] * households
        for field in Household._meta.concrete_fields
        if field.get_internal_type() == "CharField"
    }
    with transaction.atomic():
        bulk.insert(
            Household,
            empty
            | {
                "public_id": [UUID(int=n + 1).hex for n in numbers],
                "version": [1] * households,
                "household_no": [f"H{n:09d}" for n in numbers],
                "division_code": [villages[n * 7919 % len(villages)] for n in numbers],
                "head_name": [f"户{n % 977}" for n in numbers],
                "size": [1 + n % 7 for n in numbers],
                "watch_type": [WATCHES[n % 10] for n in numbers],
                "cause_main": [CAUSES[n % 11] for n in numbers],
            },
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    user = User.objects.create(username="bench", name="bench", must_change_password=False, has_totp=True)
    Post.objects.create(user=user, role="COUNTY_OFFICE", division_code=COUNTY, valid_from=date(2015, 1, 1))
    client = Client()
    client.force_login(user)
    return client


def cpu(work: Callable[[], Any]) -> float:
    """Return the least CPU seconds of several runs."""
    best = 1e9
    for _ in range(TIMES):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def bare(statements: list[str]) -> Callable[[], None]:
    """Return the page's own statements on households, run without Django."""

    def run() -> None:
        for sql in statements:
            connection.connection.execute(sql).fetchall()

    return run


def main() -> None:
    """Fill, measure, report."""
    households = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    client, rows = fill(households), []
    for name, path in PAGES.items():
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        statements = [q["sql"] for q in seen.captured_queries if 'FROM "people_household"' in q["sql"][:4000]]
        peer, ours = cpu(bare(statements)), cpu(lambda path=path: client.get(path))  # type: ignore[misc]
        rows.append(
            {
                "job": f"{name}, {households:,} households",
                "ours_cpu_s": round(ours, 4),
                "peer": f"the page's {len(statements)} statements, bare",
                "peer_cpu_s": round(peer, 4),
                "ratio": round(ours / peer, 2),
                "goal": f"<= {GOAL}",
                "met": ours <= GOAL * peer,
            }
        )
    report("list_page", rows)


if __name__ == "__main__":
    main()

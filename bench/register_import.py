"""A workbook of 200,000 members into the register, against the fastest reader and against openpyxl + bulk_create.

register_import.py [members]. Ours counts everything: reading in the child process, mapping, checks, sealing, look-up
hashes, origin digests, the Merkle root, the log. The reader reads every cell of both sheets of the same workbook, as text.
The peer reads with openpyxl and writes the same rows of the same models, in the clear. The workbook holds 200,000 members
and 50,000 households, 250,000 rows in all: the stricter reading of "200,000 rows". Modules are loaded before the clock
starts, for all three: ours checks a workbook of four members first and throws it away.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]
_PEER_ROWS = 20_000  # the peer is timed on so many member rows and reported for all of them by proportion
_PER_HOME = 4
# Invented villages of an invented township.
_CODE, _TOWNSHIP = "360730901", "青坪乡"


def workbook(path: Path, members: int) -> None:
    """Write households and members under the national headings; everybody is invented."""
    import pyarrow as pa

    from xq_engine.facts import codes
    from xq_engine.identity import check_character
    from xq_engine.intake.export import write_layout
    from xq_engine.intake.layout import Layout

    homes = members // _PER_HOME
    surnames, given = "王李张刘陈杨黄赵周吴", "伟芳娜敏静丽强磊军洋"
    # Every number differs: the area code is not in use and the last digits count on.
    firsts = [
        f"{369000 + n // 400_000:06d}{1950 + n % 40}{1 + n // 40 % 12:02d}{1 + n // 480 % 28:02d}{n // 13_440 % 1000:03d}"
        for n in range(members)
    ]
    sexes = ["MALE" if int(first[16]) % 2 else "FEMALE" for first in firsts]
    person = pa.table(
        {
            "household_no": [f"H{n // _PER_HOME:07d}" for n in range(members)],
            "name": [
                surnames[n // _PER_HOME % 10] + given[n % 10] + given[n // 10 % 10] for n in range(members)
            ],
            "sex": sexes,
            "id_type": ["CITIZEN"] * members,
            "id_number": [first + check_character(first) for first in firsts],
            "birth_on": pa.array(
                [date(int(f[6:10]), int(f[10:12]), int(f[12:14])) for f in firsts], pa.date32()
            ),
            "ethnicity": ["HAN"] * members,
            "relation": ["HEAD" if n % _PER_HOME == 0 else "OTHER" for n in range(members)],
            "political": ["MASSES"] * members,
            "education": [list(codes()["education"].codes)[n % 4] for n in range(members)],
            "schooling": ["NOT"] * members,
            "health": ["HEALTHY"] * members,
            "labour": ["ORDINARY"] * members,
            "work_place": ["NONE"] * members,
            "soldier": [False] * members,
            "medical_insured": [True] * members,
        }
    )
    household = pa.table(
        {
            "household_no": [f"H{n:07d}" for n in range(homes)],
            "township": [_TOWNSHIP] * homes,
            "village": [f"甲{n % 50}村" for n in range(homes)],
            "phone": [f"138{n:08d}" for n in range(homes)],
            "household_type": ["GENERAL"] * homes,
            "income_wage_fen": [1_200_000 + n for n in range(homes)],
            "transfer_other_fen": [30_000] * homes,
            "land_arable": [250] * homes,
        }
    )
    write_layout(
        {"household": household, "person": person}, path, _only(Layout.national(), household, person)
    )


def _only(layout: Any, household: Any, person: Any) -> Any:
    """The national layout with the columns that are filled."""
    from xq_engine.intake.layout import Layout, LayoutSheet

    names = {"household": set(household.column_names), "person": set(person.column_names)}
    return Layout(
        tuple(
            LayoutSheet(s.name, s.entity, tuple(c for c in s.columns if c.fact in names[s.entity]))
            for s in layout.only("household", "person").sheets
        )
    )


def ours(path: Path) -> dict[str, float]:
    """Stage and apply the workbook in an empty county; CPU of this process and its children."""
    from xiangqiao.accounts.viewer import SystemViewer
    from xiangqiao.kernel.record import Act
    from xiangqiao.people.actions.intake import apply_batch, stage_files
    from xiangqiao.places.actions import DivisionRow, load_divisions

    viewer = SystemViewer("bench")
    act = Act(by=viewer, at=datetime(2017, 3, 1, tzinfo=UTC))
    villages = [DivisionRow(f"{_CODE}{701 + n}", f"甲{n}村") for n in range(50)]
    rows = [DivisionRow("360730000000", "县"), DivisionRow(f"{_CODE}000", _TOWNSHIP), *villages]
    load_divisions(act=act, viewer=viewer, rows=rows)
    _warm_up(
        lambda files: stage_files(
            act=act, viewer=viewer, files=files, source="bench", year=2016, division_code="360730000000"
        )
    )
    start = _cpu()
    batch = stage_files(
        act=act, viewer=viewer, files=[path], source="bench", year=2016, division_code="360730000000"
    )
    checked = _cpu()
    batch = apply_batch(act=act, viewer=viewer, batch=batch)
    print(
        f"  staged {checked - start:.1f} s, applied {_cpu() - checked:.1f} s; {batch.counts['persons']:,} people, problems {batch.counts['by_code']}",
        file=sys.stderr,
    )
    return {"cpu": _cpu() - start, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _warm_up(stage: Callable[[list[Path]], Any]) -> None:
    """Load what a worker has loaded that is not at its first file."""
    from xiangqiao.people.names import initials

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "few.xlsx"
        workbook(path, _PER_HOME)
        stage([path])
    initials("王")


def reader(path: Path) -> dict[str, float]:
    """Merely read every sheet with fastexcel, everything as text."""
    import fastexcel

    start = _cpu()
    book = fastexcel.read_excel(path)
    for name in book.sheet_names:
        book.load_sheet(name, header_row=None, dtypes="string").to_arrow()
    return {"cpu": _cpu() - start}


def peer(path: Path) -> dict[str, float]:
    """Read with openpyxl and write the same six models, every column that the workbook has, in the clear and unchecked."""
    import openpyxl

    from xiangqiao.ledger.models import IncomeLine
    from xiangqiao.people.models import Household, HouseholdYear

    word = _words()
    start = _cpu()
    book = openpyxl.load_workbook(path, read_only=True)
    homes, people = (
        list(_rows(sheet, count))
        for sheet, count in zip(book.worksheets, (_PEER_ROWS // _PER_HOME, _PEER_ROWS), strict=True)
    )
    made = _bulk(
        Household(
            household_no=row["户编号"], division_code=f"{_CODE}{701 + int(row['行政村'][1:-1])}",
            household_type=word("household_type", row["农户属性"]), phone_hash=row["联系电话"], phone_mask=row["联系电话"][-2:],
        )
        for row in homes
    )  # fmt: skip
    _bulk(
        HouseholdYear(household=one, year=2016, land_arable=round(row["耕地面积（亩）"] * 100))
        for one, row in zip(made, homes, strict=True)
    )
    for line, title in (
        ("income_wage_fen", "工资性收入（元）"),
        ("transfer_other_fen", "其他转移性收入（元）"),
    ):
        _bulk(
            IncomeLine(
                owner=one.public_id, division_code=one.division_code, year=2016, line=line,
                amount_fen=round(row[title] * 100), evidence="DECLARED", source="bench",
            )
            for one, row in zip(made, homes, strict=True)
        )  # fmt: skip
    _peer_people({one.household_no: one for one in made}, people)
    return {"cpu": _cpu() - start}


def _peer_people(known: dict[str, Any], people: list[dict[str, Any]]) -> None:
    from xiangqiao.people.models import Membership, Person, PersonYear

    word = _words()
    persons = _bulk(
        Person(
            division_code=known[row["户编号"]].division_code, name=row["姓名"], sex=word("sex", row["性别"]),
            birth_on=date.fromisoformat(row["出生日期"]), id_type=word("id_type", row["证件类型"]),
            id_number_hash=row["证件号码"], id_number_mask=row["证件号码"][-2:], ethnicity=word("ethnicity", row["民族"]),
            political=word("political", row["政治面貌"]), soldier=row["是否现役军人"] == "是",
        )
        for row in people
    )  # fmt: skip
    _bulk(
        Membership(
            household=known[row["户编号"]], person=one, relation=word("relation", row["与户主关系"]),
            is_head=row["与户主关系"] == "户主",
        )
        for one, row in zip(persons, people, strict=True)
    )  # fmt: skip
    _bulk(
        PersonYear(
            person=one, year=2016, education=word("education", row["文化程度"]), schooling=word("schooling", row["在校生状况"]),
            health=word("health", row["健康状况"]), labour=word("labour", row["劳动技能"]),
            work_place=word("work_place", row["务工情况"]), medical_insured=row["是否参加城乡居民基本医疗保险"] == "是",
        )
        for one, row in zip(persons, people, strict=True)
    )  # fmt: skip


def _words() -> Callable[[str, str], str]:
    """The code of a fact's word, by one look-up in a dictionary."""
    from xq_engine.facts import catalogue, codes

    facts = {**catalogue()["household"].base, **catalogue()["person"].base}
    found = {
        name: {one.zh: one.code for one in codes()[fact.codes].codes.values()}
        for name, fact in facts.items()
        if fact.codes
    }
    return lambda fact, text: found[fact][text]


def _rows(sheet: Any, count: int) -> Iterator[dict[str, Any]]:
    rows = sheet.iter_rows(values_only=True)
    heads = next(rows)
    return (dict(zip(heads, row, strict=True)) for row in islice(rows, count))


def _bulk(objects: Iterable[Any]) -> list[Any]:
    listed = list(objects)
    return type(listed[0])._default_manager.bulk_create(listed, batch_size=2000)


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _in_a_county(work: str, path: Path) -> dict[str, float]:
    """Run one part in a process and a county of its own."""
    with tempfile.TemporaryDirectory() as home:
        env = {
            **os.environ,
            "XIANGQIAO_HOME": home,
            "DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "xiangqiao.config.settings",
        }
        done = subprocess.run(
            [sys.executable, __file__, work, str(path)], env=env, stdout=subprocess.PIPE, check=True
        )
    return {
        name: float(value)
        for name, _, value in (line.partition("=") for line in done.stdout.decode().split())
    }


def _child(work: str, path: Path) -> None:
    if work != "reader":
        import django

        django.setup()
        from django.core.management import call_command

        from xiangqiao.kernel.keyring import create_keys

        call_command("migrate", verbosity=0)
        create_keys()
    found = {"ours": ours, "reader": reader, "peer": peer}[work](path)
    print(" ".join(f"{name}={value}" for name, value in found.items()))


def main() -> None:
    """Print the table and write var/bench/register_import.json."""
    from report import report

    members = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "members.xlsx"
        workbook(path, members)
        read, mine, slow = (
            _in_a_county("reader", path),
            _in_a_county("ours", path),
            _in_a_county("peer", path),
        )
    slow_cpu = slow["cpu"] * members / _PEER_ROWS
    own = mine["cpu"]
    report(
        "register_import",
        [
            {"job": f"import {members:,} members, end to end", "ours_cpu_s": round(own, 2), "peer": "fastexcel, reading only",
             "peer_cpu_s": round(read["cpu"], 2), "ratio": round(own / read["cpu"], 2), "goal": "≤ 4", "met": own <= 4 * read["cpu"]},
            {"job": "the same", "ours_cpu_s": round(own, 2), "peer": f"openpyxl + bulk_create ({_PEER_ROWS:,} rows, by proportion)",
             "peer_cpu_s": round(slow_cpu, 2), "ratio": round(slow_cpu / own, 2), "goal": "≥ 12", "met": slow_cpu >= 12 * own},
            {"job": "peak memory (MB)", "ours_cpu_s": round(mine["mb"]), "peer": "", "peer_cpu_s": 0, "ratio": 0, "goal": "< 1,000", "met": mine["mb"] < 1000},
        ],
    )  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] in ("ours", "reader", "peer"):
        _child(sys.argv[1], Path(sys.argv[2]))
    else:
        main()

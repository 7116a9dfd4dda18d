"""Import: 200,000 rows of a county's workbook checked, beside merely reading them and beside openpyxl."""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import fastexcel
import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.compute as pc
from report import report

from xq_demo import columns
from xq_engine.identity import CHECK_CHARACTERS, WEIGHTS, IdentityFault, examine_ids, parse_citizen_id
from xq_engine.intake.checking import check_files
from xq_engine.intake.export import write_layout
from xq_engine.intake.layout import Layout

HOUSEHOLDS = 42_000
ROWS = 200_000
IDS = 1_000_000
OPENPYXL_ROWS = 20_000
AS_OF = date(2025, 12, 31)


def main() -> None:
    """Run the suite."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        tables = make_tables()
        rows = write_layout(tables, path, Layout.national().only("household", "person"))
        read = cpu(lambda: read_only(path))
        checked = cpu(lambda: check(path), children=True)
        peak = peak_megabytes(path)
        slow = cpu(lambda: read_openpyxl(path)) * rows / OPENPYXL_ROWS
    numbers = tables["person"]["id_number"].combine_chunks()
    numbers = pa.concat_arrays([numbers] * (IDS // len(numbers) + 1)).slice(0, IDS)
    fast = cpu(lambda: examine_ids(numbers))
    loop = cpu(lambda: loop_ids(numbers))
    report(
        "intake",
        [
            row(
                f"{rows:,} rows checked",
                checked,
                "fastexcel, reading alone",
                read,
                checked / read,
                "<= 2.5",
                2.5,
            ),
            row(
                f"{rows:,} rows checked",
                checked,
                "openpyxl, reading alone",
                slow,
                slow / checked,
                ">= 3",
                -3.0,
            ),
            row(f"{IDS:,} ID numbers", fast, "Python loop", loop, loop / fast, ">= 10", -10.0),
            row("peak memory, MB", peak, "bound", 1000, peak / 1000, "<= 1", 1.0),
        ],
    )


def row(
    job: str, ours: float, peer: str, theirs: float, ratio: float, goal: str, bound: float
) -> dict[str, Any]:
    """Make a row of the report; a negative bound is one to be reached from above."""
    return {
        "job": job,
        "ours_cpu_s": round(ours, 2),
        "peer": peer,
        "peer_cpu_s": round(theirs, 2),
        "ratio": round(ratio, 2),
        "goal": goal,
        "met": ratio <= bound if bound > 0 else ratio >= -bound,
    }


def cpu(job: Callable[[], object], *, children: bool = False) -> float:
    """Give the CPU seconds of a job, those of its child processes included where asked."""

    def spent() -> float:
        own = time.process_time()
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return own + (used.ru_utime + used.ru_stime if children else 0.0)

    start = spent()
    job()
    return spent() - start


def make_tables() -> dict[str, pa.Table]:
    """Make households and persons with names and numbers of their own, ROWS rows in all."""
    made = columns(HOUSEHOLDS)
    household, person = made["household"], made["person"].slice(0, ROWS - HOUSEHOLDS)
    number = pc.binary_join_element_wise(
        "3607301012", pc.utf8_lpad(household["key"].cast(pa.string()), 7, "0"), ""
    )
    household = household.append_column("household_no", number)
    household = household.append_column(
        "village", pa.array(np.array(["甲村", "乙村", "丙村"])[np.arange(HOUSEHOLDS) % 3])
    )
    person = person.append_column("household_no", number.take(pc.subtract(person["household_key"], 1)))
    person = person.append_column("id_number", id_numbers(person))
    person = person.append_column("name", pc.binary_join_element_wise("张", _name(person.num_rows), ""))
    return {"household": household, "person": person}


def _name(count: int) -> pa.Array:
    letters = np.array([chr(code) for code in range(0x4E00, 0x4E00 + 500)])
    index = np.arange(count)
    return pc.binary_join_element_wise(
        pa.array(letters[index % 500]), pa.array(letters[index // 500 % 500]), ""
    )


def id_numbers(person: pa.Table) -> pa.Array:
    """Give each person an ID number that fits birth date and sex."""
    count = person.num_rows
    born = pc.strftime(person["birth_on"].cast(pa.timestamp("s")), "%Y%m%d").combine_chunks()
    male = pc.equal(person["sex"], "MALE").combine_chunks().to_numpy(zero_copy_only=False)
    serial = (np.arange(count) * 2 + male) % 1000
    area = 360700 + np.arange(count) // 500 % 90 + 1
    first17 = pc.binary_join_element_wise(
        pa.array(area).cast(pa.string()), born, pc.utf8_lpad(pa.array(serial).cast(pa.string()), 3, "0"), ""
    )
    digits = np.array(first17.to_pylist(), dtype="U17").view("U1").reshape(count, 17).astype(np.int32)
    checks = np.array(list(CHECK_CHARACTERS))[(digits @ np.array(WEIGHTS)) % 11]
    return pc.binary_join_element_wise(first17, pa.array(checks), "")


def check(path: Path) -> None:
    """Check the file as an import does."""
    batch = check_files([path], as_of=AS_OF)
    assert batch.household.num_rows + batch.person.num_rows == ROWS, batch.counts()


def read_only(path: Path) -> None:
    """Read every cell as text and do nothing with it."""
    book = fastexcel.read_excel(path)
    for name in book.sheet_names:
        book.load_sheet(name, header_row=None, dtypes="string").to_arrow()


def read_openpyxl(path: Path) -> None:
    """Read some rows with openpyxl."""
    book = openpyxl.load_workbook(path, read_only=True)
    left = OPENPYXL_ROWS
    for name in book.sheetnames:
        # Half of each kind would flatter neither: households have 53 columns, persons 21.
        share = OPENPYXL_ROWS * (HOUSEHOLDS if name == book.sheetnames[0] else ROWS - HOUSEHOLDS) // ROWS
        for _ in book[name].iter_rows(max_row=min(share, left), values_only=True):
            pass
    book.close()


def loop_ids(numbers: pa.Array) -> int:
    """Count the sound numbers one by one."""
    sound = 0
    for number in numbers.to_pylist():
        try:
            parse_citizen_id(number)
            sound += 1
        except IdentityFault:
            continue
    return sound


def peak_megabytes(path: Path) -> float:
    """Give the larger of the peaks of the checking process and of its reading child, in a fresh process."""
    code = (
        "import resource,sys;from datetime import date;from pathlib import Path;"
        "from xq_engine.intake.checking import check_files;"
        "check_files([Path(sys.argv[1])],as_of=date(2025,12,31));"
        "print(max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF,resource.RUSAGE_CHILDREN))/1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    return float(done.stdout)


if __name__ == "__main__":
    main()

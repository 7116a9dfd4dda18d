"""The generated county as a whole: the same twice, complete, invented where it must be."""

import csv
import hashlib
import json
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from xq_demo import Manifest, generate
from xq_demo.layout import CADRE, HOUSEHOLD, PERSON, UNIT
from xq_demo.places import SMALL, invented_villages, real_rows, townships
from xq_demo.tests.reading import rows_of
from xq_demo.words import CODES

FACTS = Path(__file__).parents[2] / "xq_engine" / "facts"
DECISION = Path(__file__).parents[3] / "docs" / "decisions" / "0001-checks-and-planted-errors.md"


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_the_same_seed_gives_the_same_bytes(folder: Path, manifest: Manifest, tmp_path: Path) -> None:
    generate(tmp_path, size="small", seed=manifest.seed)
    assert _hashes(tmp_path) == _hashes(folder)


def test_another_seed_gives_another_county(folder: Path, manifest: Manifest, tmp_path: Path) -> None:
    generate(tmp_path, size="small", seed=7)
    assert _hashes(tmp_path)["truth.json"] != _hashes(folder)["truth.json"]


def test_progress_reaches_the_last_workbook(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    made = generate(tmp_path, size="small", seed=1, progress=lambda done, of: seen.append((done, of)))
    assert seen == [(step, len(made.workbooks)) for step in range(1, len(made.workbooks) + 1)]


def test_every_fact_of_the_catalogue_has_a_column() -> None:
    catalogue = tomllib.loads((FACTS / "catalogue.toml").read_text(encoding="utf-8"))
    for entity, fields in (("household", HOUSEHOLD), ("person", PERSON), ("unit", UNIT), ("cadre", CADRE)):
        assert {field.fact for field in fields} == set(catalogue[entity]), entity


def test_every_word_is_one_that_the_code_lists_know() -> None:
    lists = tomllib.loads((FACTS / "codes.toml").read_text(encoding="utf-8"))
    for kind, codes in CODES.items():
        for code, words in codes.items():
            entry = lists[kind][code]
            assert set(words) <= {entry["zh"], *entry.get("also", [])}, (kind, code)


# About who uploads a file, and about texts longer than any that the generator writes: tested with the import.
UNPLANTED = {"PLACE.BEYOND", "ROW.ELSEWHERE", "ROW.COUNTY_ONLY", "TEXT.TOO_LONG"}


def test_every_code_of_the_decision_is_planted_at_least_three_times(manifest: Manifest) -> None:
    lines = DECISION.read_text(encoding="utf-8").splitlines()
    codes = {line.split("`")[1] for line in lines if line.startswith("| `")}
    planted = Counter(problem.code for problem in manifest.problems)
    assert set(planted) == codes - UNPLANTED
    assert min(planted.values()) >= 3


def test_counts_are_the_rows_that_are_neither_refused_nor_of_a_refused_household(
    folder: Path, manifest: Manifest
) -> None:
    refusing = _errors()
    bad = {(p.workbook, p.sheet, p.row) for p in manifest.problems if p.code in refusing}
    homes = {
        facts["household_no"]: (sheet.workbook, sheet.sheet, row) not in bad
        for sheet, row, facts in reversed(list(rows_of(folder, manifest, "household")))
        if not ((sheet.workbook, sheet.sheet, row) in bad and _is_twin(manifest, sheet.workbook, row))
    }
    members = [
        facts
        for sheet, row, facts in rows_of(folder, manifest, "person")
        if (sheet.workbook, sheet.sheet, row) not in bad and homes.get(facts["household_no"])
    ]
    separate = [name for name in manifest.workbooks if name.startswith("农户信息") and name.endswith("xlsx")]
    assert sum(homes.values()) == sum(manifest.counts_by_workbook[name]["households"] for name in separate)
    assert len(members) == sum(manifest.counts_by_workbook[name]["persons"] for name in separate)


def _errors() -> set[str]:
    lines = DECISION.read_text(encoding="utf-8").splitlines()
    return {line.split("`")[1] for line in lines if line.startswith("| `") and "| error |" in line}


def _is_twin(manifest: Manifest, workbook: str, row: int) -> bool:
    return any(
        p.workbook == workbook and p.row == row and p.code == "ROW.DUPLICATE" for p in manifest.problems
    )


def test_invented_villages_are_no_real_ones_and_have_codes_of_their_own() -> None:
    from random import Random

    real = real_rows()
    names = {row["village"] for row in real}
    codes = {row["village_code12"] for row in real}
    villages = invented_villages(Random(1), size="county")
    assert len(villages) == len({village.name for village in villages}) == 299
    for village in villages:
        assert not any(name.startswith(village.name.removesuffix("村")) for name in names), village
        assert village.code not in codes
        assert 701 <= int(village.code[9:]) <= 799


def test_townships_are_the_24_real_ones_each_in_a_cell_of_its_own() -> None:
    real = {row["township_code12"] for row in real_rows()} - {"360730400000"}
    assert {town.code for town in townships()} == real
    assert len({(town.col, town.row) for town in townships()}) == 24


def test_the_division_tree_is_closed(folder: Path, manifest: Manifest) -> None:
    with (folder / manifest.divisions).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = {row["代码"] for row in rows}
    assert len(codes) == len(rows)
    assert {row["上级代码"] for row in rows} <= codes | {""}
    assert Counter(row["层级"] for row in rows) == {
        "省": 1,
        "市": 1,
        "县": 1,
        "乡镇": 24,
        "村": 4 * len(SMALL),
    }


@pytest.mark.parametrize("word", ["consumption", "truly_poor", "needs"])
def test_the_known_truth_is_in_no_workbook(folder: Path, manifest: Manifest, word: str) -> None:
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))["households"]
    assert len(truth) == 400
    assert all(any(word in key for key in facts) for facts in truth.values())
    assert not any(word in fact for sheet in manifest.sheets for fact in sheet.columns.values())


def test_the_register_errs_on_both_sides(folder: Path, manifest: Manifest) -> None:
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))["households"].values()
    seen = Counter((facts["truly_poor"], facts["registered_as_watched"]) for facts in truth)
    assert seen[True, False] > 0
    assert seen[False, True] > 0
    assert seen[True, True] > seen[True, False] / 2
    assert 0.08 < (seen[True, True] + seen[False, True]) / len(truth) < 0.16

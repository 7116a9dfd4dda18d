"""The main job, whole, on the small demo county: found equals planted, entitled equals the oracle, pairs are proved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

import xq_demo
from xiangqiao.config import demo_steps
from xiangqiao.kernel import keyring
from xiangqiao.pairing.models import Pairing, Run, UnitOrder
from xiangqiao.people.models import Batch
from xiangqiao.people.queries import batch_problems, relations
from xiangqiao.policy.models import Entitlement
from xq_engine.policies.tests.oracle import ORACLES, answers

pytestmark = pytest.mark.django_db(databases=["default", "clinic"])

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
AS_OF = date(2025, 12, 31)


@dataclass
class County:
    """The demo county after its main job."""

    manifest: xq_demo.Manifest
    batch: Batch
    screening: dict[str, int]
    pairing: dict[str, Any]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home for all tests of this module."""
    return tmp_path_factory.mktemp("county")


@pytest.fixture(autouse=True)
def _own_home(home: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the module's home instead of one a test."""
    settings.HOME = home
    monkeypatch.setenv("XIANGQIAO_HOME", str(home))


@pytest.fixture(scope="module")
def county(home: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[County]:
    """Run the main job once, inside a transaction that is rolled back."""

    keyring.forget()
    apart = transaction.atomic(using="clinic")
    with override_settings(HOME=home), django_db_blocker.unblock(), transaction.atomic(), apart:
        folder = home / "demo"
        manifest = demo_steps.generate_workbooks(folder, "small", _quiet)
        demo_steps.set_up_county(folder, now=NOW)
        batch = demo_steps.check(folder, now=NOW, tick=_quiet)
        demo_steps.apply(batch, now=NOW, tick=_quiet)
        screening = demo_steps.screen_everybody(AS_OF, now=NOW, tick=_quiet)
        pairing = demo_steps.pair_everybody(now=NOW, tick=_quiet)
        yield County(manifest, batch, screening, pairing)
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="clinic")
    keyring.forget()


def _quiet(_done: int, _total: int) -> None:
    """Nobody watches."""


def test_the_problems_found_are_the_problems_planted_cell_by_cell(county: County) -> None:
    planted = {(p.workbook, p.sheet, p.row, p.column, p.code) for p in county.manifest.problems}
    assert planted
    assert batch_problems(county.batch) == planted


def test_every_row_that_is_clean_enough_is_in_the_register(county: County) -> None:
    counts = demo_steps.register_counts()
    assert counts == {name: county.manifest.counts[name] for name in ("households", "persons")}


@pytest.mark.parametrize("policy_id", ORACLES)
def test_entitlements_equal_an_oracle_written_by_hand(county: County, policy_id: str) -> None:
    facts = relations(demo_steps.DEMO, as_of=AS_OF)
    homes = {row["key"]: row for row in facts.household.to_pylist()}
    members: dict[str, list[dict[str, Any]]] = {}
    for row in facts.person.to_pylist():
        members.setdefault(row["household_key"], []).append(row)
    expected: dict[tuple[str, str | None], tuple[str, int | None]] = {}
    for key, facts_of in homes.items():
        people = members.get(key, [])
        found = answers(policy_id, facts_of, people, AS_OF)
        keys = [row["key"] for row in people] if len(found) != 1 or _is_personal(policy_id) else [None]
        for person, answer in zip(keys, found, strict=True):
            if answer.verdict != "no":
                expected[key, person] = (answer.verdict, answer.amount_fen)
    rows = Entitlement.objects.filter(policy_id=policy_id).values_list(
        "household", "person", "verdict", "amount_fen"
    )
    assert {(str(h), str(p) if p else None): (verdict, fen) for h, p, verdict, fen in rows} == expected


def _is_personal(policy_id: str) -> bool:
    from xiangqiao.policy.queries import library

    return library()[policy_id].unit == "person"


def test_the_pairs_are_proved_least_and_keep_every_bound(county: County) -> None:
    run = Run.objects.get()
    assert run.optimal
    assert run.certificate["primal"] == run.certificate["dual"] == run.objective
    pairs = list(Pairing.objects.filter(valid_to__isnull=True).select_related("cadre"))
    assert len(pairs) == county.pairing["paired"] > 0
    orders = set(UnitOrder.objects.values_list("unit_id", "division_code"))
    load: dict[int, int] = {}
    for pair in pairs:
        load[pair.cadre_id] = load.get(pair.cadre_id, 0) + 1
        assert (pair.cadre.unit_id, pair.division_code) in orders
        assert load[pair.cadre_id] <= pair.cadre.capacity
        assert not pair.cadre.team_division_code or pair.cadre.team_division_code == pair.division_code

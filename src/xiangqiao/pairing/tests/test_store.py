"""What spreadsheets of units and cadres do to the register."""

from __future__ import annotations

import pytest

from xiangqiao.kernel.bus import publish
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.keyring import vault
from xiangqiao.kernel.merkle import merkle_root
from xiangqiao.kernel.models import Change, Event
from xiangqiao.kernel.values import digest
from xiangqiao.pairing.actions import propose, remove_batch
from xiangqiao.pairing.actions.decide import accept_all
from xiangqiao.pairing.models import Cadre, Pairing, Unit, UnitOrder
from xiangqiao.pairing.tests.conftest import (
    CADRES,
    COUNTY,
    DAY,
    SYSTEM,
    UNITS,
    VILLAGE,
    act,
    cadres,
    store,
    units,
    village_code,
)
from xiangqiao.people.events import BatchUndone, HouseholdsToWithdraw, UnitsAndCadresRead

pytestmark = pytest.mark.django_db


def test_units_orders_and_cadres_are_stored_with_numbers_sealed(divisions: None) -> None:
    store()
    assert {unit.name for unit in Unit.objects.all()} == {"县果业局", "县医院"}
    assert UnitOrder.objects.count() == 3
    zhong = Cadre.objects.get(name="钟立新")
    assert (zhong.unit.name, zhong.capacity, zhong.skill, zhong.role) == ("县果业局", 2, "CITRUS", "HELPER")
    assert zhong.id_number_hash == vault().blind("id_number", "360730198001012214")
    assert b"360730198001012214" not in bytes(zhong.id_number_sealed or b"")


def test_the_digests_handed_back_are_those_of_the_rows(divisions: None) -> None:
    event = UnitsAndCadresRead(act(), new_id(), COUNTY, UNITS, CADRES, village_code)
    publish(event)
    rows = [*Unit.objects.all(), *Cadre.objects.all(), *UnitOrder.objects.all()]
    assert sorted(event.digests) == sorted(digest(row.recorded_state()) for row in rows)
    assert merkle_root(event.digests) == merkle_root(row.origin_digest for row in rows)


def test_the_same_file_twice_changes_nothing(divisions: None) -> None:
    store()
    again = store()
    assert (again.digests, again.changes) == ([], [])
    assert Cadre.objects.count() == 3


def test_what_differs_is_changed_and_told(divisions: None) -> None:
    store()
    store(
        cadre=cadres(
            {"name": "钟立新", "unit_name": "县医院", "id_number": "360730198001012214", "capacity": 9}
        )
    )
    zhong = Cadre.objects.get(name="钟立新")
    assert (zhong.unit.name, zhong.capacity, zhong.skill) == ("县医院", 5, "CITRUS")
    told = set(Change.objects.filter(subject=zhong.public_id).values_list("attribute", "old", "new"))
    assert told >= {("capacity", 2, 5)}


def test_a_team_member_s_unit_helps_the_team_s_village(divisions: None) -> None:
    row = {
        "name": "队员",
        "unit_name": "县林业局",
        "role": "TEAM_MEMBER",
        "helps_township": "梅江镇",
        "helps_village": "溪口村",
    }
    store(unit=units(), cadre=cadres(row))
    assert UnitOrder.objects.get().division_code == VILLAGE
    assert Cadre.objects.get().team_division_code == VILLAGE


def test_a_cadre_without_a_unit_is_counted_not_stored(divisions: None) -> None:
    store(cadre=cadres({"name": "无单位"}))
    assert not Cadre.objects.exists()
    counts = Event.objects.get(kind="pairing.units_and_cadres_read").data["counts"]
    assert counts["cadres_not_stored"] == 1


def test_undo_removes_what_nobody_uses_and_tells_it(divisions: None) -> None:
    batch = new_id()
    stored = store(batch=batch)
    publish(BatchUndone(act(), batch))
    assert not Cadre.objects.exists()
    assert not Unit.objects.exists()
    assert not UnitOrder.objects.exists()
    assert set(Change.objects.filter(attribute="*").values_list("old", flat=True)) == set(stored.digests)
    assert remove_batch(act=act(), batch=batch) == 0


def test_undo_puts_back_what_the_batch_changed(divisions: None) -> None:
    store()
    batch = new_id()
    store(cadre=cadres({"name": "刘医生", "unit_name": "县医院", "capacity": 4}), batch=batch)
    remove_batch(act=act(), batch=batch)
    assert Cadre.objects.get(name="刘医生").capacity == 1


def test_cadres_with_households_stay_and_their_households_are_needed(small_county: list[object]) -> None:
    run = propose(act=act(), viewer=SYSTEM, division_code=COUNTY, as_of=DAY)
    accept_all(act=act(), viewer=SYSTEM, run=run)
    pair = Pairing.objects.all()[0]
    assert pair.cadre.batch is not None
    remove_batch(act=act(), batch=pair.cadre.batch)
    assert Cadre.objects.filter(pk=pair.cadre_id).exists()
    event = HouseholdsToWithdraw(frozenset([pair.household, new_id()]))
    publish(event)
    assert event.needed == {pair.household}

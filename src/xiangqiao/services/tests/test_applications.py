"""From the catalogue to the thing in hand: applied, papers brought, decided, collected once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from xiangqiao.journal.actions import give_consent
from xiangqiao.journal.models import TimelineLine
from xiangqiao.kernel.errors import ActionError, Conflict, NotAllowed
from xiangqiao.kernel.models import Change
from xiangqiao.ledger.actions import add_evidence
from xiangqiao.services import actions, queries
from xiangqiao.services.actions.applying import Applied
from xiangqiao.services.following import Guest
from xiangqiao.services.homes import find_home, homes_of
from xiangqiao.services.models import Application, Matter
from xiangqiao.services.tests.conftest import GUEST, PHONE, TODAY, VILLAGE, Town, act, asker, viewer
from xiangqiao.services.words import Consent

pytestmark = pytest.mark.django_db
ENTRIES = {"area": "6.5", "crop": "水稻", "id_number": "360730198001012214"}


def applied(town: Town, *, by: Any = GUEST, **more: Any) -> Applied:
    return actions.apply_for(
        act=act(by), asker=asker(**more), matter=town.matter, entries=ENTRIES, papers=["身份证"]
    )


def test_an_application_goes_its_way_and_is_collected_against_its_code_once(town: Town) -> None:
    row, code = applied(town)
    assert (row.state, row.due_on, row.papers_have) == ("SUBMITTED", date(2026, 12, 7), ["身份证"])
    actions.want_papers(act=act(town.labour), application=row, wanted="缺土地承包合同，到村委会复印")
    mine = Guest(follows=frozenset({row.public_id}))
    actions.supplement(act=act(mine), application=row, papers=["土地承包合同"])
    assert row.papers_have == ["身份证", "土地承包合同"]
    actions.decide(act=act(town.labour), application=row, granted=True, reason="面积核对无误")
    with pytest.raises(ActionError, match="查询码"):
        actions.collect(act=act(town.labour), application=row, code="AAAAAAAA")
    actions.collect(act=act(town.labour), application=row, code=code.lower())
    with pytest.raises(Conflict):
        actions.collect(act=act(town.labour), application=row, code=code)


def test_what_the_form_says_is_sealed_and_numbers_are_masked(town: Town) -> None:
    row, code = applied(town)
    assert ENTRIES["id_number"] not in str(list(Change.objects.values_list("new", flat=True)))
    shown = dict(queries.entries_of(row, whole=False))
    assert (shown["身份证号"], shown["种植面积（亩）"]) == ("••••14", "6.5")
    with override("en"):
        assert "Area planted (mu)" in dict(queries.entries_of(row, whole=False))
    assert dict(queries.entries_of(row, whole=True))["身份证号"] == ENTRIES["id_number"]
    assert queries.followed(Application, phone=PHONE, code=code) == row


@pytest.mark.parametrize(
    ("entries", "field"),
    [({"crop": "水稻"}, "area"), ({"area": "许多"}, "area"), ({"area": "6", "crop": "烟叶"}, "crop")],
)
def test_a_form_names_the_field_that_does_not_fit(town: Town, entries: dict[str, str], field: str) -> None:
    with pytest.raises(ActionError) as refused:
        actions.apply_for(act=act(GUEST), asker=asker(), matter=town.matter, entries=entries, papers=[])
    assert refused.value.field == field


def test_a_new_version_of_a_service_leaves_old_applications_alone(town: Town) -> None:
    row, _code = applied(town)
    fresh = actions.put_matter(
        act=act(town.centre), code="planting-grant", office=town.office, on=date(2026, 11, 24), fields=[], papers=[],
        name="种粮补贴申报", topic="SUBSIDY", who="种粮的农户", working_days=5, where="网上",
    )  # fmt: skip
    assert list(queries.matters(date(2026, 11, 24))) == [fresh]
    assert Matter.objects.get(pk=row.matter_id).valid_to == date(2026, 11, 24)


def test_money_paid_is_looked_up_by_grant_and_never_by_number(town: Town) -> None:
    home = town.home.public_id
    add_evidence(
        act=act(town.second), owner=home, division_code=VILLAGE, year=2026, line="transfer_other_fen",
        amount_fen=60_000, source="一卡通 2026-06",
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        queries.paid_to(viewer(town.keeper), home, today=TODAY)
    give_consent(
        act=act(town.clerk), household=home, division_code=VILLAGE, keeper=town.keeper.public_id, scope="READ",
        given="WITNESS", witness="村干部钟某",
    )  # fmt: skip
    assert [one.amount_fen for one in queries.paid_to(viewer(town.keeper), home, today=TODAY).paid] == [
        60_000
    ]
    assert homes_of(viewer(town.keeper)) == [home]


def test_a_household_reads_its_application_on_the_timeline(town: Town) -> None:
    applied(town, by=town.keeper, consent=Consent.PRESENT, household=town.home.public_id)
    assert TimelineLine.objects.get().values == {"matter": "种粮补贴申报"}
    assert Application.objects.visible_to(viewer(town.labour)).count() == 1


def test_a_household_is_named_by_number_and_head_together(town: Town) -> None:
    assert find_home(viewer(town.keeper), "3607301001", "廖水生") == (town.home.public_id, VILLAGE)
    for number, name, by in (("3607301001", "别人", town.keeper), ("3607301001", "廖水生", town.member)):
        with pytest.raises(ActionError, match="对不上"):
            find_home(viewer(by), number, name)

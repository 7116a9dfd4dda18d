"""`xiangqiao pair` proposes and, where asked, accepts."""

from __future__ import annotations

import argparse

import pytest

from xiangqiao.config.cli import pair
from xiangqiao.kernel.errors import ActionError
from xiangqiao.pairing.models import Pairing, Run
from xiangqiao.pairing.tests.conftest import COUNTY, divisions, household, small_county
from xiangqiao.people.models import Household
from xiangqiao.places.models import County

__all__ = ["divisions", "household", "small_county"]  # fixtures of the app's own tests
pytestmark = pytest.mark.django_db


def run(*options: str) -> dict[str, object]:
    parser = argparse.ArgumentParser()
    pair.arguments(parser)
    parser.add_argument("--json", action="store_true")
    return pair.run(parser.parse_args([*options, "--json"]))


def test_it_proposes_for_the_county_and_accepts_when_asked(small_county: list[Household]) -> None:
    County.objects.create(code=COUNTY, name="示例县")
    result = run("--as-of", "2016-11-29")
    assert (result["paired"], result["unpaired"], result["optimal"], result["accepted"]) == (4, 1, True, 0)
    assert not Pairing.objects.exists()
    assert run("--division", "360730100", "--accept")["accepted"] == 3
    assert Run.objects.filter(division_code="360730100000").get().state == "CLOSED"


def test_without_a_county_it_says_what_to_do(divisions: None) -> None:
    with pytest.raises(ActionError, match="init"):
        run()

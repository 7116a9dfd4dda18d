import pyarrow as pa
import pytest
from hypothesis import given, settings

from xq_engine.pairing.pair import pair
from xq_engine.pairing.problem import PairingError, Problem
from xq_engine.pairing.tables import (
    cadre_table,
    household_table,
    order_table,
    pair_table,
    read_cadres,
    read_households,
    read_orders,
)
from xq_engine.pairing.tests.instances import problems


@given(problems())
@settings(max_examples=40, deadline=None)
def test_a_problem_survives_arrow_and_its_pairs_come_out_one_row_a_household(problem: Problem) -> None:
    households, cadres, orders = list(problem.households), list(problem.cadres), list(problem.orders)
    assert read_households(household_table(households)) == households
    assert read_cadres(cadre_table(cadres)) == cadres
    assert read_orders(order_table(orders)) == orders
    table = pair_table(pair(households, cadres, orders, problem.weights))
    assert sorted(table.column("household").to_pylist()) == sorted(row.key for row in households)
    for row in table.to_pylist():
        assert (row["cadre"] is None) == (row["why_unpaired"] is not None)


def test_a_table_without_a_column_says_which() -> None:
    with pytest.raises(PairingError, match="village_code"):
        read_orders(pa.table({"unit_key": ["u"]}))

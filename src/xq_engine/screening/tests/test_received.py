"""What the register shows as drawn is no gap."""

from __future__ import annotations

from datetime import date

import duckdb
import pyarrow as pa

from xq_engine.policy import load_policies
from xq_engine.screening.received import is_received, received_batch

AS_OF = date(2025, 12, 31)
HOMES = pa.table(
    {
        "key": ["a", "b", "c"],
        "division_code": ["360730100701"] * 3,
        "transfer_dibao_fen": pa.array([120_000, 0, None], pa.int64()),
        "transfer_pension_fen": pa.array([0, 90_000, None], pa.int64()),
    }
)
PEOPLE = pa.table({"key": ["p", "q"], "household_key": ["a", "b"]})


def test_a_batch_names_who_draws_what_and_unknown_is_not_drawn() -> None:
    with duckdb.connect() as con:
        con.register("household", HOMES)
        con.register("person", PEOPLE)
        drawn = {
            (row["key"], row["policy_id"]) for row in received_batch(con, load_policies(), AS_OF).to_pylist()
        }
    assert ("a", "subsistence-allowance") in drawn
    assert ("q", "basic-pension") in drawn
    assert {key for key, _policy in drawn} == {"a", "q"}


def test_one_household_is_told_the_same() -> None:
    library = load_policies()
    for row in HOMES.to_pylist():
        told = is_received(
            library["subsistence-allowance"], library, row, [], as_of=AS_OF, region=row["division_code"]
        )
        assert told is (row["key"] == "a")
    assert not is_received(
        library["yulu-vocational"], library, HOMES.to_pylist()[0], [{}], as_of=AS_OF, region="36", person=0
    )

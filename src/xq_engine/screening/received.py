"""Which benefits the register itself shows as drawn: what is entitled to and drawn is no gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from xq_engine.lang import BatchQuestion, Case, Expr, Value, batch_sql, compile_closure
from xq_engine.policy import Policy, PolicyLibrary
from xq_engine.screening.batch import ScreenBatch

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa


def received_batch(con: duckdb.DuckDBPyConnection, library: PolicyLibrary, as_of: date) -> pa.Table:
    """Return (key, policy_id) of every household or person that draws a benefit by the register's own facts.

    Reads the relations `household` and `person` of the connection, as `screen_batch` does.
    """
    batch = ScreenBatch(con, library, as_of)
    question = BatchQuestion(
        library.schema, as_of, library.parameters.on(as_of), batch.relations, batch.columns
    )
    selects = [_EMPTY]
    for unit in ("household", "person"):
        asked = [
            (policy.id, policy.received_when)
            for policy in batch.policies(unit)
            if policy.received_when is not None
        ]
        if asked:
            columns: dict[str, Expr] = {f"r{place}": expr for place, (_id, expr) in enumerate(asked)}
            con.execute(f"CREATE OR REPLACE TEMP TABLE drawn_{unit} AS {batch_sql(columns, unit, question)}")
            selects += [
                f"SELECT key, '{policy_id}' AS policy_id FROM drawn_{unit} WHERE r{place}"  # noqa: S608 - ids of ours
                for place, (policy_id, _expr) in enumerate(asked)
            ]
    return con.execute(" UNION ALL ".join(selects)).to_arrow_table()


def is_received(
    policy: Policy,
    library: PolicyLibrary,
    household: Mapping[str, Value],
    members: Sequence[Mapping[str, Value]],
    *,
    as_of: date,
    region: str,
    person: int | None = None,
) -> bool:
    """Tell whether the register shows that a household, or one of its members, draws the benefit."""
    if policy.received_when is None:
        return False
    parameters = library.parameters.at(as_of, region)
    case = Case(household, members, as_of=as_of, parameters=parameters, person=person)
    return compile_closure(policy.received_when, library.schema)(case) is True


_EMPTY = "SELECT '' AS key, '' AS policy_id WHERE FALSE"

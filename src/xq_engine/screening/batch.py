"""Screen every household and person of a county in a few set-based DuckDB queries.

The result of a policy for one row is one byte: 0 yes; 1–126 no, the number of the first false criterion; 127 not
asked there; 129–254 unknown, 128 + the number of the first unknown criterion.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from xq_engine.errors import EngineError
from xq_engine.lang import BOOL, TEXT, BatchQuestion, Expr, batch_sql
from xq_engine.lang.missing import first_missing, unknown_names
from xq_engine.lang.nodes import Call, Fact, Literal
from xq_engine.policy import Policy, PolicyLibrary

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

ELSEWHERE, UNKNOWN = 127, 128
_WHOLE = {f"{sign}{size}INT" for sign in ("", "U") for size in ("TINY", "SMALL", "BIG")} | {
    "INTEGER",
    "UINTEGER",
}
_ACCEPTED = {"int": _WHOLE, "bool": {"BOOLEAN"}, "date": {"DATE"}, "text": {"VARCHAR"}, "code": {"VARCHAR"}}


class RelationError(EngineError):
    """A relation lacks its key or holds a fact in a column of the wrong type (decimals and floats are refused)."""


@dataclass
class ScreenBatch:
    """Screens relations of a DuckDB connection by the policies in force on a day.

    `relations` names the tables or views: household (key, division_code, facts) and person (key, household_key,
    facts); a fact without a column is unknown for everybody.
    """

    con: duckdb.DuckDBPyConnection
    library: PolicyLibrary
    as_of: date
    relations: Mapping[str, str] = field(
        default_factory=lambda: {"household": "household", "person": "person"}
    )

    def __post_init__(self) -> None:
        """Look at the columns of the relations."""
        self.columns = {entity: self._columns(entity) for entity in ("household", "person")}

    def policies(self, unit: str) -> list[Policy]:
        """List the policies in force for households or for persons."""
        return [policy for policy in self.library.in_force(self.as_of) if policy.unit == unit]

    def wide_sql(self, unit: str) -> str:
        """Write the query with `key` and for each policy its byte (`o0` …) and its amount in fen (`m0` …)."""
        exprs: dict[Expr, str] = {}

        def column(expr: Expr) -> str:
            return exprs.setdefault(expr, f"x{len(exprs)}")

        chosen = ["key"]
        for place, policy in enumerate(self.policies(unit)):
            criteria = [column(criterion.when) for criterion in policy.criteria]
            here = column(_is_here(policy)) if policy.region else ""
            chosen.append(f"{_outcome(criteria, here)} AS o{place}")
            if policy.amount.expr is not None:
                chosen.append(
                    f"CASE WHEN o{place} = 0 THEN {_capped(policy, column(policy.amount.expr))} END AS m{place}"
                )
        inner = batch_sql({name: expr for expr, name in exprs.items()}, unit, self._question(self.relations))
        return f"SELECT {', '.join(chosen)} FROM ({inner})"  # noqa: S608 - names of ours and quoted facts only

    def run(self) -> pa.Table:
        """Screen everybody; one row a policy and household (or person) of its region.

        Columns: key, policy_id, verdict (yes, no, unknown), amount_fen, decided_by (criterion id, empty for yes),
        missing (first missing fact of an unknown verdict or amount, else null).
        """
        selects: list[str] = []
        made: list[str] = []
        for unit in ("household", "person"):
            if self.policies(unit):
                wide, why = f"screened_{unit}", f"missing_{unit}"
                self.con.execute(f"CREATE OR REPLACE TEMP TABLE {wide} AS {self.wide_sql(unit)}")
                made += [wide, why]
                names = self._explain(unit, wide, why)
                selects += [
                    self._long_sql(unit, place, wide, why, names) for place in range(len(self.policies(unit)))
                ]
        if not selects:
            selects = [_EMPTY]
        table = self.con.execute(" UNION ALL ".join(selects)).to_arrow_table()
        for name in made:
            self.con.execute(f"DROP TABLE {name}")
        return table

    def _explain(self, unit: str, wide: str, why: str) -> list[str]:
        """Ask the rows with something unknown once more, for the first missing fact; give the facts by number."""
        schema, policies = self.library.schema, self.policies(unit)
        asked = [
            (place, number, expr)
            for place, policy in enumerate(policies)
            for number, expr in _unknowable(policy)
        ]
        names = list(dict.fromkeys(name for _, _, expr in asked for name in unknown_names(expr, schema)))
        places = {name: number for number, name in enumerate(names, start=1)}
        exprs: dict[Expr, str] = {}
        answers: dict[int, list[str]] = {place: [] for place in range(len(policies))}
        for place, number, expr in asked:
            name = exprs.setdefault(first_missing(expr, schema, places), f"x{len(exprs)}")
            told = f"o{place} = {number}" if number else f"o{place} = 0 AND m{place} IS NULL"
            answers[place].append(f"WHEN {told} THEN {name}")
        chosen = [
            f"CAST(CASE {' '.join(cases)} END AS USMALLINT) AS w{place}" if cases else f"NULL AS w{place}"
            for place, cases in answers.items()
        ]
        inner = batch_sql(
            {name: expr for expr, name in exprs.items()}, unit, self._question(self._open(unit, wide))
        )
        self.con.execute(
            f"CREATE OR REPLACE TEMP TABLE {why} AS SELECT key, {', '.join(chosen)} FROM ({inner}) JOIN {wide} USING (key)"  # noqa: S608
        )
        return names

    def _open(self, unit: str, wide: str) -> dict[str, str]:
        """Narrow the relations to the households with something unknown."""
        tests = []
        for place, policy in enumerate(self.policies(unit)):
            tests.append(f"o{place} > {UNKNOWN}")
            if policy.amount.expr is not None:
                tests.append(f"(o{place} = 0 AND m{place} IS NULL)")
        household, person = self.relations["household"], self.relations["person"]
        keys = f"SELECT key FROM {wide} WHERE {' OR '.join(tests)}"  # noqa: S608
        homes = keys if unit == "household" else f"SELECT household_key FROM {person} WHERE key IN ({keys})"  # noqa: S608
        return {
            "household": f"(SELECT * FROM {household} WHERE key IN ({homes}))",  # noqa: S608
            "person": f"(SELECT * FROM {person} WHERE household_key IN ({homes}))",  # noqa: S608
        }

    def _long_sql(self, unit: str, place: int, wide: str, why: str, names: Sequence[str]) -> str:
        policy = self.policies(unit)[place]
        amount = f"m{place}" if policy.amount.expr is not None else "CAST(NULL AS BIGINT)"
        byte = f"CAST(o{place} AS INTEGER)"
        listed = ", ".join(_text(criterion.id) for criterion in policy.criteria)
        facts = ", ".join(map(_text, names))
        everybody = ", ".join(_text(each.id) for each in self.library)
        return (
            f"SELECT key, CAST({_text(policy.id)} AS ENUM ({everybody})) AS policy_id, "  # noqa: S608
            f"CAST(CASE WHEN {byte} = 0 THEN 'yes' WHEN {byte} < {UNKNOWN} THEN 'no' ELSE 'unknown' END "
            f"AS ENUM ('yes', 'no', 'unknown')) AS verdict, {amount} AS amount_fen, "
            f"coalesce(([{listed}])[{byte} % {UNKNOWN}], '') AS decided_by, "
            f"CAST(([{facts}])[w{place}] AS VARCHAR) AS missing "
            f"FROM {wide} LEFT JOIN {why} USING (key) WHERE o{place} <> {ELSEWHERE}"
        )

    def _question(self, relations: Mapping[str, str]) -> BatchQuestion:
        return BatchQuestion(
            self.library.schema,
            self.as_of,
            self.library.parameters.on(self.as_of),
            relations,
            self.columns,
        )

    def _columns(self, entity: str) -> frozenset[str]:
        """List the columns of a relation after checking their types."""
        rows = self.con.execute(f"DESCRIBE SELECT * FROM {self.relations[entity]}").fetchall()  # noqa: S608
        found = {str(row[0]): str(row[1]) for row in rows}
        for key in ("key", "division_code") if entity == "household" else ("key", "household_key"):
            if key not in found:
                raise RelationError(f"{self.relations[entity]} 缺少 {key} 列 / lacks the column {key}")
        for (owner, name), kind in self.library.schema.facts.items():
            have = found.get(name)
            stored = owner == entity and (owner, name) not in self.library.schema.definitions
            if (
                stored
                and have is not None
                and have not in _ACCEPTED[kind.kind]
                and not have.startswith("ENUM")
            ):
                raise RelationError(f"{entity}.{name}: {have} 不能当作 {kind} / {have} cannot hold {kind}")
        return frozenset(found)


def screen_batch(
    con: duckdb.DuckDBPyConnection,
    library: PolicyLibrary,
    as_of: date,
    relations: Mapping[str, str] | None = None,
) -> pa.Table:
    """Screen all households and persons; columns as in ScreenBatch.run.

    Raises RelationError for a relation of the wrong shape.
    """
    if relations is None:
        return ScreenBatch(con, library, as_of).run()
    return ScreenBatch(con, library, as_of, relations).run()


_EMPTY = (
    "SELECT NULL AS key, '' AS policy_id, '' AS verdict, CAST(NULL AS BIGINT) AS amount_fen, '' AS decided_by, "
    "'' AS missing WHERE FALSE"
)


def _unknowable(policy: Policy) -> Iterator[tuple[int, Expr]]:
    for number, criterion in enumerate(policy.criteria, start=1):
        yield UNKNOWN + number, criterion.when
    if policy.amount.expr is not None:
        yield 0, policy.amount.expr


def _is_here(policy: Policy) -> Expr:
    return Call("starts_with", (Fact("household", "division_code", TEXT), Literal(policy.region, TEXT)), BOOL)


def _outcome(criteria: Sequence[str], here: str) -> str:
    cases = [f"WHEN {here} IS NOT TRUE THEN {ELSEWHERE}"] if here else []
    cases += [f"WHEN NOT {name} THEN {number}" for number, name in enumerate(criteria, start=1)]
    cases += [f"WHEN {name} IS NULL THEN {UNKNOWN + number}" for number, name in enumerate(criteria, start=1)]
    return f"CAST(CASE {' '.join(cases)} ELSE 0 END AS UTINYINT)"


def _capped(policy: Policy, amount: str) -> str:
    cap = policy.amount.cap_fen
    return amount if cap is None else f"CASE WHEN {amount} > {cap} THEN {cap} ELSE {amount} END"


def _text(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"

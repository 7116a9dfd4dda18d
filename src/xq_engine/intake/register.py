"""Checks across rows: set operations and rules of the shared language over the whole batch, in DuckDB."""

from collections.abc import Iterable
from datetime import date

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from xq_engine.checks import Case, Check, checks
from xq_engine.intake.findings import Findings
from xq_engine.intake.tables import EntityTable
from xq_engine.lang import standard_schema
from xq_engine.lang.batch import BatchQuestion, batch_sql

Keys = npt.NDArray[np.int64]

# The holder's number within a disability certificate counts as his ID number.
_HOLDER = "left(id_number, 18)"

_LATER_HOUSEHOLDS = """
    SELECT key, first FROM (
        SELECT key, min(key) OVER (PARTITION BY household_no) AS first
        FROM household WHERE household_no IS NOT NULL)
    WHERE key <> first ORDER BY key"""
_LATER_PERSONS = f"""
    SELECT key, first FROM (
        SELECT key, min(key) OVER (PARTITION BY {_HOLDER}) AS first
        FROM person WHERE id_number IS NOT NULL)
    WHERE key <> first ORDER BY key"""  # noqa: S608 - a constant
# A household row that lost its number is still known by its head: its members are no orphans.
_ORPHANS = """
    SELECT key, key FROM person
    WHERE household_no IS NOT NULL
        AND household_no NOT IN (SELECT household_no FROM household WHERE household_no IS NOT NULL)
        AND household_no NOT IN (
            SELECT person.household_no FROM person JOIN household ON household.head_id_number = person.id_number
            WHERE household.household_no IS NULL AND person.household_no IS NOT NULL)
    ORDER BY key"""
_HELPERS = """
    SELECT cadre.key, min(person.key) FROM cadre JOIN person ON cadre.id_number = left(person.id_number, 18)
    GROUP BY cadre.key ORDER BY cadre.key"""
_LINK = """
    CREATE TEMP TABLE link AS
    SELECT person.key AS key, first.key AS household_key FROM person
    LEFT JOIN (SELECT household_no, min(key) AS key FROM household GROUP BY household_no) AS first
        ON first.household_no = person.household_no"""
_LATER_HEADS = """
    SELECT key, first FROM (
        SELECT person.key AS key, min(person.key) OVER (PARTITION BY link.household_key) AS first
        FROM person JOIN link ON link.key = person.key JOIN refused_person ON refused_person.key = person.key
        JOIN refused_household ON refused_household.key = link.household_key
        WHERE person.relation = 'HEAD' AND NOT refused_person.refused AND NOT refused_household.refused)
    WHERE key <> first ORDER BY key"""
_HEADLESS = """
    SELECT household.key, household.key FROM household
    JOIN refused_household ON refused_household.key = household.key
    LEFT JOIN link ON link.household_key = household.key
    LEFT JOIN person ON person.key = link.key
    LEFT JOIN refused_person ON refused_person.key = person.key
    WHERE NOT refused_household.refused
    GROUP BY household.key
    HAVING NOT coalesce(bool_or(person.relation = 'HEAD'), FALSE) AND NOT coalesce(bool_or(refused_person.refused), FALSE)
    ORDER BY household.key"""
_WITH_REFUSED_MEMBER = """
    SELECT DISTINCT link.household_key, link.household_key FROM link
    JOIN refused_person ON refused_person.key = link.key
    WHERE refused_person.refused AND link.household_key IS NOT NULL"""


class RegisterChecks:
    """Runs the checks that need more than one row, refusing rows as it goes; findings go to `findings`."""

    def __init__(self, tables: dict[str, EntityTable], findings: Findings, as_of: date) -> None:
        self._tables, self._findings, self._as_of = tables, findings, as_of
        self._household, self._person, self._cadre = (
            tables[name] for name in ("household", "person", "cadre")
        )
        self._db = duckdb.connect(config={"threads": 1})
        for name in ("household", "person", "cadre"):
            self._db.register(name, tables[name].facts)

    def run(self) -> None:
        """Run all of them in the order in which refusals matter for what follows."""
        self._pairs("ROW.DUPLICATE", self._household, _LATER_HOUSEHOLDS, "household_no", self._household)
        self._pairs("ID.DUPLICATE", self._person, _LATER_PERSONS, "id_number", self._person)
        self._pairs("HELPER.REGISTERED", self._cadre, _HELPERS, "id_number", self._person)
        if self.has_both:
            self._pairs("ROW.ORPHAN", self._person, _ORPHANS, "household_no", None)
        self._db.execute(_LINK)
        self._show_refusals()
        if self.has_both:
            headless = self._ask(_HEADLESS)[0]
            self._pairs("HEAD.MANY", self._person, _LATER_HEADS, "relation", self._person)
            self._household.add(self._findings, "HEAD.NONE", headless, ("household_no",))
            self._household.refused[headless] = True
        self._show_refusals()
        self._rules()
        self._db.close()

    @property
    def has_both(self) -> bool:
        """Tell whether there are both households and persons, so that they can be held against each other."""
        return bool(len(self._household.refused) and len(self._person.refused))

    def refused_with_household(self) -> npt.NDArray[np.bool_]:
        """Give the persons who cannot be taken, themselves or because of their household."""
        return self._lost

    def _pairs(self, code: str, table: EntityTable, sql: str, fact: str, others: EntityTable | None) -> None:
        keys, first = self._ask(sql)
        if not len(keys):
            return
        beside = keys if others is table else np.full(len(keys), -1, dtype=np.int64)
        table.add(self._findings, code, keys, (fact,), others.describe(first, beside) if others else None)
        table.refused[keys] = True

    def _ask(self, sql: str) -> tuple[Keys, Keys]:
        columns = list(self._db.execute(sql).fetchnumpy().values())
        return columns[0].astype(np.int64), columns[1].astype(np.int64)

    def _show_refusals(self) -> None:
        for name in ("household", "person"):
            flags = self._tables[name].refused
            table = pa.table(
                {"key": pa.array(np.arange(len(flags), dtype=np.int64)), "refused": pa.array(flags)}
            )
            self._db.register(f"refused_{name}", table)

    def _rules(self) -> None:
        """Ask the rules of everybody who is taken; rules about members, of households whose members all are."""
        incomplete = self._ask(_WITH_REFUSED_MEMBER)[0]
        whole = ~self._household.refused
        whole[incomplete] = False
        self._db.register("whole_household", pa.table({"key": np.arange(len(whole)), "whole": whole}))
        self._db.execute("""
            CREATE TEMP TABLE taken AS SELECT link.* FROM link
            JOIN refused_person ON refused_person.key = link.key
            LEFT JOIN refused_household ON refused_household.key = link.household_key
            WHERE NOT refused_person.refused AND NOT coalesce(refused_household.refused, FALSE);
            CREATE TEMP VIEW person_taken AS SELECT person.*, taken.household_key FROM person
            JOIN taken ON taken.key = person.key;
            CREATE TEMP VIEW household_taken AS SELECT household.* FROM household
            JOIN refused_household ON refused_household.key = household.key WHERE NOT refused_household.refused;
            CREATE TEMP VIEW household_whole AS SELECT household.* FROM household
            JOIN whole_household ON whole_household.key = household.key WHERE whole_household.whole;
            """)
        taken = self._db.execute("SELECT key FROM taken").fetchnumpy()["key"]
        self._lost = np.ones(len(self._person.refused), dtype=bool)
        self._lost[taken] = False
        cases = [(check, case) for check in checks().values() for case in check.cases]
        alone = [pair for pair in cases if not pair[1].asks_members]
        self._ask_rules([pair for pair in alone if pair[1].entity == "person"], "person", "household_taken")
        self._ask_rules(
            [pair for pair in alone if pair[1].entity == "household"], "household", "household_taken"
        )
        if self.has_both:
            members = [pair for pair in cases if pair[1].asks_members]
            for entity in ("person", "household"):
                chosen = [pair for pair in members if pair[1].entity == entity]
                self._ask_rules(chosen, entity, "household_whole")

    def _ask_rules(self, cases: Iterable[tuple[Check, Case]], entity: str, households: str) -> None:
        cases = list(cases)
        question = BatchQuestion(
            standard_schema(), self._as_of, relations={"household": households, "person": "person_taken"}
        )
        sql = batch_sql(
            {f"c{number}": case.expression for number, (_, case) in enumerate(cases)}, entity, question
        )
        some = " OR ".join(f"c{number}" for number in range(len(cases)))
        answer = self._db.execute(f"SELECT * FROM ({sql}) WHERE {some} ORDER BY key").fetchnumpy()  # noqa: S608 - from typed trees
        for number, (check, case) in enumerate(cases):
            true = np.ma.filled(answer[f"c{number}"], False).astype(bool)  # noqa: FBT003
            self._tables[entity].add(
                self._findings, check.code, np.asarray(answer["key"])[true].astype(np.int64), case.at
            )

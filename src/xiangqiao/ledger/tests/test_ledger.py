"""What the books promise."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.record import Act
from xiangqiao.ledger.actions import account_of, add_evidence, post_transfer, resolve_transfer
from xiangqiao.ledger.models import Account, IncomeLine, Unit
from xiangqiao.ledger.queries import balances, income_years, yearly_projection

DAY = date(2016, 11, 29)


def act() -> Act:
    return Act(by=SystemViewer("测试"), at=datetime(2016, 11, 29, tzinfo=UTC))


def account(purpose: str, unit: Unit = Unit.FEN) -> Account:
    return account_of(owner=new_id(), purpose=purpose, unit=unit)


MOVES = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.integers(0, 3),
        st.integers(1, 10**12),
        st.sampled_from(["post", "wait", "yes", "no"]),
    ),
    max_size=12,
)


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_whatever_is_posted_balances_add_up_to_nothing(moves: list[tuple[int, int, int, str]]) -> None:
    Account.objects.filter(debits__isnull=True, credits__isnull=True).delete()
    accounts = [account(f"{number}") for number in range(4)]
    expected = [0, 0, 0, 0]
    for debit, credit, amount, how in moves:
        if debit == credit:
            continue
        row = post_transfer(
            act=act(),
            debit=accounts[debit],
            credit=accounts[credit],
            amount=amount,
            on=DAY,
            what="试",
            pending=how != "post",
        )
        if how in ("yes", "no"):
            resolve_transfer(act=act(), transfer=row, confirm=how == "yes", on=DAY)
        if how in ("post", "yes"):
            expected[debit] += amount
            expected[credit] -= amount
    rows = {row.pk: row.balance for row in balances()}  # type: ignore[attr-defined]  # annotated
    assert sum(rows.values()) == 0
    assert [rows[one.pk] for one in accounts] == expected


@pytest.mark.django_db
def test_a_pending_transfer_is_resolved_once() -> None:
    row = post_transfer(
        act=act(), debit=account("a"), credit=account("b"), amount=5, on=DAY, what="试", pending=True
    )
    resolve_transfer(act=act(), transfer=row, confirm=True, on=DAY)
    with pytest.raises(Conflict):
        resolve_transfer(act=act(), transfer=row, confirm=False, on=DAY)


@pytest.mark.django_db
def test_what_makes_no_sense_is_refused() -> None:
    fen, grams = account("a"), account("b", Unit.GRAM)
    for debit, credit, amount in ((fen, fen, 1), (fen, grams, 1), (fen, account("c"), 0)):
        with pytest.raises(ActionError):
            post_transfer(act=act(), debit=debit, credit=credit, amount=amount, on=DAY, what="试")


@pytest.mark.django_db
def test_evidence_above_the_declaration_replaces_it_and_nothing_counts_twice() -> None:
    owner: UUID = new_id()
    common = {"owner": owner, "division_code": "360730100001", "year": 2016}
    for line, amount in (("income_wage_fen", 500_000), ("income_business_fen", 300_000)):
        IncomeLine.objects.create(line=line, amount_fen=amount, evidence="DECLARED", source="表", **common)
    for line, amount in (
        ("income_wage_fen", 200_000),
        ("income_business_fen", 200_000),
        ("income_business_fen", 150_000),
    ):
        add_evidence(act=act(), line=line, amount_fen=amount, source="凭证", **common)  # type: ignore[arg-type]
    wanted = {"income_wage_fen": 500_000, "income_business_fen": 350_000}
    assert income_years(owner) == {2016: wanted}
    assert yearly_projection(2016, owners=[owner]) == {
        line: {str(owner): fen} for line, fen in wanted.items()
    }

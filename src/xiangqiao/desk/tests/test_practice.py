"""The practice household: the same pages and forms, and not a row of it anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from xiangqiao.desk.tests.conftest import COUNTY, TOWN, VILLAGE
from xiangqiao.people.models import Household

OUTSIDE = {"django_session", "accounts_signin"}


def rows() -> dict[str, list[Any]]:
    """Return every row of every table but what belongs to the session itself."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in OUTSIDE:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                found[table] = sorted(map(repr, cursor.fetchall()))
    return found


@pytest.fixture
def clerk(register: dict[str, Household], signed_in: Callable[..., Client]) -> Iterator[Client]:
    """A village clerk; whatever is practised, every table ends as it began."""
    client = signed_in("VILLAGE_CLERK", VILLAGE)
    before = rows()
    yield client
    assert rows() == before


def opened(client: Client) -> str:
    """Open the practice household from the help and return its address."""
    answer = client.get("/practice/")
    assert answer.status_code == 302
    return str(answer["Location"])


def shown(client: Client, path: str) -> str:
    """Return a page of practice."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_it_is_opened_from_the_help_of_every_page_and_says_what_it_is(clerk: Client) -> None:
    assert 'href="/practice/"' in shown(clerk, "/households/")
    home = opened(clerk)
    assert home.startswith("/practice/households/")
    page = shown(clerk, home)
    assert "练小户" in page
    assert "practice-ribbon" in page
    assert f'href="{home}change/"' in page
    assert shown(clerk, home) == shown(clerk, home) or home == opened(clerk)


def test_a_change_is_done_seen_and_gone_with_a_fresh_start(clerk: Client) -> None:
    home = opened(clerk)
    sent = {"name": "练小妹", "sex": "FEMALE", "birth_on": "2020-01-05", "relation": "DAUGHTER"}
    answer = clerk.post(f"{home}change/birth/", sent)
    assert (answer.status_code, answer["Location"].startswith("/practice/changes/")) == (302, True)
    assert "练小妹" in shown(clerk, answer["Location"])
    assert "练小妹" in shown(clerk, home)
    clerk.post("/practice/begin-again/")
    fresh = opened(clerk)
    assert fresh != home
    assert "练小妹" not in shown(clerk, fresh)
    assert clerk.get(home).status_code == 404


def test_what_needs_approval_is_approved_at_once(clerk: Client) -> None:
    home = opened(clerk)
    card = {"bank_name": "邮储银行", "bank_card": "6217000010001234569", "reason": "换卡"}
    answer = clerk.post(f"{home}change/bank_card/", card)
    assert "练习审批人" in shown(clerk, answer["Location"])
    assert "6217000010001234569" not in str(dict(clerk.session.items()))


def test_a_wrong_form_is_told_as_on_the_real_page_and_is_not_kept(clerk: Client) -> None:
    home = opened(clerk)
    assert clerk.post(f"{home}change/birth/", {"name": ""}).status_code == 422
    assert "练小户" in shown(clerk, home)


def test_real_households_are_not_practised_on(clerk: Client, register: dict[str, Household]) -> None:
    real = register[f"{VILLAGE}0001"]
    assert clerk.get(f"/practice/households/{real.public_id}/").status_code == 404
    assert clerk.get("/practice/policies/")["Location"] == "/policies/"
    assert clerk.get("/practice/no-such-page/").status_code == 404


def test_addresses_outside_of_practice_stay_outside(clerk: Client) -> None:
    page = shown(clerk, opened(clerk))
    assert 'href="/practice/households/"' not in page
    assert 'href="/practice/"' in shown(clerk, "/households/")
    assert 'href="/practice/households/' not in shown(clerk, "/households/")


def test_nobody_else_sees_it(register: dict[str, Household], signed_in: Callable[..., Client]) -> None:
    home = opened(signed_in("VILLAGE_CLERK", VILLAGE))
    other = signed_in("TOWNSHIP_CLERK", TOWN)
    assert other.get(home).status_code == 404
    assert other.get(home.removeprefix("/practice")).status_code == 404
    assert "练小户" not in shown(signed_in("COUNTY_OFFICE", COUNTY), "/households/?q=练")


def test_who_may_not_ask_for_changes_has_none(
    register: dict[str, Household], signed_in: Callable[..., Client]
) -> None:
    assert signed_in("AUDITOR", COUNTY).get("/practice/").status_code == 403
    assert signed_in("CADRE", COUNTY).get("/practice/").status_code == 422

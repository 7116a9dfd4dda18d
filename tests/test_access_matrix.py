"""Every address × every post × own, sibling and foreign village: the answer is what the rule and the range say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.matrix import SAMPLES, SEATS, VILLAGES, Sample, World
from xiangqiao.accounts.access import Rule, rule_of
from xiangqiao.accounts.rules import CARRIES, WITHOUT_RANGE, Role
from xiangqiao.kernel import jobs
from xq_engine.divisions import is_within

pytestmark = pytest.mark.django_db(databases=["default", "clinic"])
LET_IN = frozenset({200, 302, 422})


def addresses(patterns: list[Any], spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """Walk the table of addresses: (name with its namespace, pattern)."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from addresses(entry.url_patterns, inner)
        else:
            yield ":".join((*spaces, entry.name or f"unnamed {entry.pattern}")), entry


ADDRESSES = dict(addresses(get_resolver().url_patterns))


def test_every_address_declares_who_may_open_it() -> None:
    assert [name for name, entry in ADDRESSES.items() if rule_of(entry.callback) is None] == []


def test_every_address_has_a_sample_and_every_sample_an_address() -> None:
    missing = ADDRESSES.keys() - SAMPLES.keys()
    assert not missing, f"add to SAMPLES in tests/matrix.py: {sorted(missing)}"
    assert SAMPLES.keys() - ADDRESSES.keys() == set()


def expected(rule: Rule, sample: Sample, role: Role | None, village: str) -> frozenset[int]:
    """Compute the answer from rule and range alone."""
    if rule.kind == "public":
        return LET_IN
    if role is None:
        return frozenset({302})
    wanted = {act for act in (rule.act, sample.needs) if act is not None}
    if not wanted <= CARRIES[role]:
        return frozenset({403})
    if sample.only is not None and role not in sample.only:
        return frozenset({404})
    if sample.scoped and (role in WITHOUT_RANGE or not is_within(village, SEATS[role])):
        return frozenset({404})
    return LET_IN


@pytest.fixture
def clients(county: None, person_in_post: Callable[..., Any]) -> dict[Role | None, Client]:
    """One signed-in client per post, and one nobody."""
    found: dict[Role | None, Client] = {None: Client()}
    for role in Role:
        found[role] = Client()
        found[role].force_login(person_in_post(role, SEATS[role], username=f"matrix-{role.lower()}"))
    return found


@pytest.fixture(autouse=True)
def _kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(jobs._kinds, "matrix.job", jobs.Kind("matrix", lambda _run: None, lambda _job: ""))


def ask(client: Client, sample: Sample, address: str) -> Any:
    """Send the request and take back what it wrote."""
    with transaction.atomic(), transaction.atomic(using="clinic"):
        answer = getattr(client, sample.method)(address, dict(sample.data))
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="clinic")
    return answer


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_answer_is_what_rule_and_range_say(
    name: str, clients: dict[Role | None, Client], person_in_post: Callable[..., Any]
) -> None:
    sample, rule = SAMPLES[name], rule_of(ADDRESSES[name].callback)
    assert rule is not None
    world = World(person_in_post("VILLAGE_CLERK", VILLAGES["own"], username="sample"))
    wrong = []
    for where, village in VILLAGES.items() if sample.scoped else [("own", VILLAGES["own"])]:
        address = reverse(name, kwargs=dict(sample.kwargs(world, village)))
        for role, client in clients.items():
            answer = ask(client, sample, address)
            awaited = expected(rule, sample, role, village)
            to_sign_in = answer.status_code == 302 and answer["Location"].startswith("/sign-in/?next=")
            must_sign_in = role is None and rule.kind != "public"
            if answer.status_code not in awaited or (to_sign_in != must_sign_in and rule.kind != "public"):
                wrong.append(f"{role or 'nobody'} at {where}: {answer.status_code}, not {sorted(awaited)}")
    assert wrong == []

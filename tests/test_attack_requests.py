"""Requests as an attacker sends them: garbage in addresses never breaks a page, and no page leads out of the house."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from tests.matrix import COUNTY, TOWNSHIP, VILLAGES, World, at_place
from tests.test_access_matrix import ADDRESSES
from xiangqiao.places.models import Division, Level


def key(value: object) -> str:
    """Write a page key as the lists do."""
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


GARBAGE = (
    "'", "' OR 1=1--", "²", "٣", "-1", "9" * 40, "%s", "{0}", "id__gt", "--village", "<script>alert(1)</script>",
    "a" * 3000, "0" * 13, "３６０７", "\u202e", "\r\nX: y", key(["a", 10**30]), key([10**30, 1]), key(["x", -5]),
    key([True, True]), key([{}, 1]), base64.urlsafe_b64encode(b"[" * 5000).decode(), "====", "é",
)  # fmt: skip
LISTS = {
    "/households/": (
        "q", "division", "household_type", "cause", "size_min", "size_max", "problem", "cadre", "policy", "lacks",
        "col", "sort", "after", "before",
    ),
    "/search/": ("q",),
    f"/places/{VILLAGES['own']}/": ("by", "sort", "after"),
    "/problems/": ("code", "severity", "division", "after", "before"),
    "/questions/": ("after", "before"),
    "/changes/": ("tab", "kind", "state", "after", "before"),
    "/pairing/cadres/": ("division", "unit", "skill", "load", "sort", "after", "before"),
    "/pairing/units/": ("division", "q", "load", "after"),
    "/households/export.csv": ("sort", "col", "size_min", "division"),
    "/import/": ("after",),
}  # fmt: skip


@pytest.fixture
def office(county: None, signed_in: Callable[..., Client], person_in_post: Callable[..., Any]) -> Client:
    """The county's office, signed in, with a household to look at."""
    world = World(person_in_post(username="somebody"))
    at_place(world, VILLAGES["own"])
    world.household(VILLAGES["own"])
    client = signed_in("COUNTY_OFFICE", COUNTY)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("address", LISTS)
def test_garbage_in_an_address_never_breaks_a_page(office: Client, address: str) -> None:
    broken = [
        (name, value[:40], status)
        for name in LISTS[address]
        for value in GARBAGE
        if (status := office.get(address, {name: value}).status_code) not in {200, 302, 400, 404, 422}
    ]
    assert broken == []


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "a b", "desk:home"]
)  # fmt: skip
def test_no_page_leads_out_of_the_house(office: Client, target: str) -> None:
    signed_in = office.get("/sign-in/", {"next": target})
    assert signed_in.status_code == 302
    assert signed_in["Location"] == "/"
    language = office.post("/language/", {"language": "en", "next": target})
    led_to = urlsplit(language["Location"])
    assert (led_to.scheme, led_to.netloc) == ("", "")
    assert not led_to.path.startswith(("//", "/\\"))


def test_a_township_is_not_its_neighbour_whose_code_begins_alike(
    county: None, signed_in: Callable[..., Client], person_in_post: Callable[..., Any]
) -> None:
    for code in ("360730100000", TOWNSHIP):
        Division.objects.create(code=code, name="某乡", level=Level.TOWNSHIP, parent_code=COUNTY)
    client = signed_in("TOWNSHIP_CLERK", "360730100000")
    assert client.get("/places/360730100000/").status_code == 200
    assert client.get(f"/places/{TOWNSHIP}/").status_code == 404


def test_every_post_wants_the_token_of_its_page(county: None, person_in_post: Callable[..., Any]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person_in_post("COUNTY_OFFICE", COUNTY))
    samples = {
        "uuid": "0190b5a0-0000-7000-8000-000000000001",
        "int": "1",
        "str": "csv",
        "slug": "phone",
        "path": "x/",
    }
    taken = []
    for name, entry in ADDRESSES.items():
        kwargs = {
            word: samples[type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")]
            for word, converter in entry.pattern.converters.items()
        }
        # WeChat's server has no page of ours: its messages are signed instead (wechat/tests).
        if name != "wechat:endpoint" and client.post(reverse(name, kwargs=kwargs)).status_code != 403:
            taken.append(name)
    assert taken == []


def _refused(answer: Any) -> bool:
    return answer.status_code == 400 and "NUL" in answer.content.decode()


def test_a_nul_in_an_address_or_a_form_is_refused_in_words(office: Client) -> None:
    for address, names in LISTS.items():
        broken = [name for name in names if not _refused(office.get(address, {name: "a\0b"}))]
        assert broken == [], address
    for address in ("/sign-in/", "/import/upload/", "/households/register/"):
        assert _refused(office.post(address, {"username": "a\0", "source": "\0", "name": "\0"})), address


def test_a_nul_in_a_page_key_never_breaks_a_page(office: Client) -> None:
    for address in ("/households/", "/problems/", "/changes/", "/pairing/cadres/"):
        assert office.get(address, {"after": key(["a\0", 1])}).status_code in (200, 400), address

"""The list of people, and what a person's page says in words."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from xiangqiao.accounts.devices import device_words
from xiangqiao.accounts.models import User
from xiangqiao.accounts.rules import Can, Role, fits
from xiangqiao.accounts.words import ACTS, acts_of
from xiangqiao.kernel import division_names
from xiangqiao.kernel.division_names import Named

COUNTY, TOWNSHIP, VILLAGE = "360730000000", "360730102000", "360730102203"


@pytest.fixture
def divisions(monkeypatch: pytest.MonkeyPatch) -> None:
    """A county with one township and one village."""
    tree = [Named(COUNTY, "宁都县"), Named(TOWNSHIP, "石上镇"), Named(VILLAGE, "青坪村")]
    monkeypatch.setattr(division_names, "_tellers", [lambda: tree])


def rows(page: Any) -> str:
    text: str = page.content.decode()
    return text[text.index("<tbody>") : text.index("</tbody>")] if "<tbody>" in text else ""


def test_the_list_costs_the_same_few_queries_for_five_people_and_for_fifty(
    county: None, signed_in: Any, person_in_post: Any
) -> None:
    admin = signed_in("SECURITY_ADMIN", COUNTY)

    def cost(path: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert admin.get(path).status_code == 200
        return len(queries)

    for number in range(4):
        person_in_post("VILLAGE_CLERK", VILLAGE, username=f"a{number}")
    few = cost("/users/")
    for number in range(45):
        person_in_post("VILLAGE_CLERK", VILLAGE, username=f"b{number}")
    assert cost("/users/?q=b&role=VILLAGE_CLERK") <= few
    # What stands around every page (session, person, posts, county, divisions) costs a page without a query the same.
    assert few - cost("/users/new/") <= 5


def test_people_are_found_by_post_and_by_place(
    county: None, divisions: None, signed_in: Any, person_in_post: Any
) -> None:
    admin = signed_in("SECURITY_ADMIN", COUNTY, username="boss")
    person_in_post("VILLAGE_CLERK", VILLAGE, username="cun")
    person_in_post("TOWNSHIP_CLERK", TOWNSHIP, username="zhen")
    gone = person_in_post("VILLAGE_CLERK", VILLAGE, username="gone")
    gone.posts.update(valid_to="2020-01-01")
    assert {"cun", "gone"} & {
        name
        for name in ("boss", "cun", "zhen", "gone")
        if name in rows(admin.get("/users/?role=VILLAGE_CLERK"))
    } == {"cun"}
    below = rows(admin.get(f"/users/?place={TOWNSHIP}"))
    assert ("cun" in below, "zhen" in below, "boss" in below) == (True, True, False)
    assert "没有找到人" in admin.get(f"/users/?role=AUDITOR&place={TOWNSHIP}").content.decode()
    assert admin.get("/users/?role=nonsense&place=nowhere").status_code == 200


def test_a_page_says_what_a_post_may_do_and_where(
    county: None, divisions: None, signed_in: Any, person_in_post: Any
) -> None:
    clerk = person_in_post("TOWNSHIP_CLERK", TOWNSHIP)
    page = signed_in("SECURITY_ADMIN", COUNTY).get(f"/users/{clerk.public_id}/").content.decode()
    for words in ("石上镇", "看得到石上镇全部乡村的农户", *acts_of(Role.TOWNSHIP_CLERK)):
        assert words in page


def test_every_act_has_words_in_both_languages() -> None:
    assert set(ACTS) == set(Can)
    with translation.override("en"):
        assert [words for words in map(str, ACTS.values()) if not words.isascii()] == []


@pytest.mark.parametrize(
    ("role", "code", "answer"),
    [
        ("VILLAGE_CLERK", VILLAGE, 302),
        ("VILLAGE_CLERK", COUNTY, 422),
        ("TOWNSHIP_CLERK", VILLAGE, 422),
        ("COUNTY_OFFICE", TOWNSHIP, 422),
        ("VILLAGE_CLERK", "360730102999", 422),
        ("", VILLAGE, 422),
    ],
)
def test_a_post_is_given_only_where_it_belongs(
    county: None, divisions: None, signed_in: Any, person_in_post: Any, role: str, code: str, answer: int
) -> None:
    person = person_in_post()
    form = {"role": role, "division_code": code, "valid_from": "2026-01-01"}
    admin = signed_in("SECURITY_ADMIN", COUNTY)
    assert admin.post(f"/users/{person.public_id}/posts/", form).status_code == answer
    assert person.posts.exists() == (answer == 302)


def test_every_post_fits_some_level() -> None:
    assert all(any(fits(role, code) for code in (COUNTY, TOWNSHIP, VILLAGE)) for role in Role)


def test_a_post_ended_by_the_administrator_is_gone_with_the_next_request_even_on_its_first_day(
    county: None, divisions: None, signed_in: Any
) -> None:
    admin, other = signed_in("SECURITY_ADMIN", COUNTY), signed_in()
    form = {"role": "SECURITY_ADMIN", "division_code": COUNTY}
    today = admin.get(f"/users/{other.person.public_id}/").context["today"]
    admin.post(f"/users/{other.person.public_id}/posts/", {**form, "valid_from": today.isoformat()})
    assert other.get("/users/").status_code == 200
    admin.post(f"/users/{other.person.public_id}/posts/{other.person.posts.get().public_id}/end/")
    assert other.get("/users/").status_code == 403


def test_the_date_of_a_new_post_is_filled_in_as_a_browser_takes_it(county: None, signed_in: Any) -> None:
    admin, other = signed_in("SECURITY_ADMIN", COUNTY), User.objects.create(username="x", name="谢")
    page = admin.get(f"/users/{other.public_id}/")
    assert f'value="{page.context["today"].isoformat()}"' in page.content.decode()


@pytest.mark.parametrize(
    ("description", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36",
            "Windows · Chrome",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Windows · Edge"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile MicroMessenger/8.0", "安卓 · 微信"),
        ("", "认不出的设备"),
    ],
)
def test_a_device_is_named_in_words(description: str, words: str) -> None:
    assert device_words(description) == words

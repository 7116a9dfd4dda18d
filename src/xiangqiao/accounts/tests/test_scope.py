"""What a viewer sees of a division asked for: the same rows, by the narrower of the two ranges."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiangqiao.accounts.models import User
from xiangqiao.accounts.rules import Can, Role
from xiangqiao.accounts.viewer import HeldPost, Viewer, scope

CODES = st.sampled_from(
    ["360730000000", "360730102000", "360730102201", "360730102202", "360730103000", "360730103201", "-"]
)


def ranges(condition: object) -> list[tuple[str, str]]:
    """Return the (first, after) pairs of a condition of ranges."""
    text = str(condition)
    firsts, afters = text.split("division_code__gte', '")[1:], text.split("division_code__lt', '")[1:]
    return [(a.split("'")[0], b.split("'")[0]) for a, b in zip(firsts, afters, strict=True)]


def sees(found: list[tuple[str, str]], code: str) -> bool:
    """Return whether a code lies in one of the ranges."""
    return any(first <= code < after for first, after in found)


@given(st.lists(CODES.filter(lambda code: code != "-"), min_size=1, max_size=3), CODES, CODES)
def test_narrowing_to_a_division_shows_what_lies_in_both(posts: list[str], within: str, row: str) -> None:
    held = tuple(HeldPost(Role.COUNTY_OFFICE, code) for code in posts)
    viewer = Viewer(user=User(username="x"), posts=held, today=date(2026, 11, 20))
    wide = ranges(scope(viewer, Can.READ_REGISTER, subject=None))
    narrow = ranges(scope(viewer, Can.READ_REGISTER, subject=None, within=within))
    alone = ranges(
        scope(Viewer(viewer.user, (HeldPost(Role.COUNTY_OFFICE, within),), viewer.today), Can.READ_REGISTER, subject=None)
    )  # fmt: skip
    assert sees(narrow, row) == (sees(wide, row) and sees(alone, row))


@pytest.mark.parametrize("within", ["360730102000", ""])
def test_who_holds_no_post_sees_nothing(within: str) -> None:
    viewer = Viewer(user=User(username="x"), posts=(), today=date(2026, 11, 20))
    assert "pk__in" in str(scope(viewer, Can.READ_REGISTER, subject=None, within=within))

"""States of coverage and what may follow them; prices of a plan; how much a speed test may ask."""

from __future__ import annotations

from dataclasses import dataclass

# A project: built only when planned, accepted only when built; cancelled before it is accepted.
PROJECT_STEPS: dict[str, frozenset[str]] = {
    "PLANNED": frozenset({"BUILT", "CANCELLED"}),
    "BUILT": frozenset({"ACCEPTED", "CANCELLED"}),
    "ACCEPTED": frozenset(),
    "CANCELLED": frozenset(),
}
REPORT_STEPS: dict[str, frozenset[str]] = {
    "NEW": frozenset({"TAKEN", "SET_ASIDE"}),
    "TAKEN": frozenset(),
    "SET_ASIDE": frozenset(),
}
LIST_STEPS: dict[str, frozenset[str]] = {
    "UPLOADED": frozenset({"CHECKED"}),
    "CHECKED": frozenset({"CHECKED", "APPLIED"}),
    "APPLIED": frozenset({"UNDONE"}),
    "UNDONE": frozenset(),
}


def may(steps: dict[str, frozenset[str]], now: str, then: str) -> bool:
    """Return whether one state may follow another.

    >>> may(PROJECT_STEPS, "PLANNED", "ACCEPTED")
    False
    """
    return then in steps[now]


@dataclass(frozen=True)
class SiteCost:
    """What a site costs: to build, and to keep for six years. Fen."""

    build_fen: int
    yearly_fen: int

    @property
    def whole_fen(self) -> int:
        """The cost that the subsidy rule looks at: building and six years. Source: guide of 2018, remote villages."""
        return self.build_fen + 6 * self.yearly_fen


# Example prices: a county puts its own tender prices here by `make_plan(prices=...)`.
NEW_MAST = SiteCost(35_000_000, 2_400_000)
ON_A_MAST = SiteCost(11_000_000, 1_500_000)
# The state pays at most this share. Source: fund rules of the universal service, 30 % of building and six years.
SUBSIDY_PERCENT = 30

# A speed test: at most so many bytes each way, so many tests an hour for one person and a minute for the whole server.
TEST_BYTES = 4 * 1024 * 1024
CHUNK_BYTES = 512 * 1024
TESTS_PER_HOUR = 6
TESTS_PER_MINUTE_ALL = 20
TICKET_SECONDS = 120
# What counts as service in a browser's test. Source: 2016 guide for broadband (12 Mbps); for 4G a video call's need.
NEEDED_KBPS = {"FIBRE": 12_000, "MOBILE": 2_000}

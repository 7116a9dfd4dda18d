"""Which households need a cadre, and what they need one for."""

from __future__ import annotations

from collections.abc import Iterable

# Registered households, also those that have exited: in the years of transition to the end of 2025 responsibility, policy,
# help and supervision were not to be taken away at the exit (四个不摘); and monitored households. Which households are to
# have a cadre is read from the register, so another scheme changes the codes, not this rule.
NEEDY_EXIT_STATUS = frozenset({"POOR", "EXITED", "RELAPSED"})
NEEDY_WATCH_TYPES = frozenset({"UNSTABLE", "MARGINAL", "SUDDEN"})

# Divisions whose villagers speak Hakka at home: southern Jiangxi.
HAKKA_PREFIXES = ("3607",)


def language_of(division_code: str) -> str | None:
    """Return the language spoken at home in a division, None where it is not known.

    >>> language_of("360730102203"), language_of("370101001001")
    ('HAKKA', None)
    """
    return "HAKKA" if division_code.startswith(HAKKA_PREFIXES) else None


MOST_PLACES = 5


def places_of(said: int | None) -> int | None:
    """Return the places a cadre has by what the spreadsheet says: at most five, None where it says nothing.

    >>> places_of(3), places_of(12), places_of(None)
    (3, 5, None)
    """
    return None if said is None else max(0, min(said, MOST_PLACES))


def level_prefix(codes: Iterable[str]) -> str:
    """Return the smallest division, as 12 digits, that holds all codes; "" where there is none.

    >>> level_prefix(["360730102203", "360730102207"]), level_prefix(["360730102203"]), level_prefix([])
    ('360730102000', '360730102203', '')
    """
    found = list(codes)
    digits = max((n for n in (2, 4, 6, 9, 12) if len({code[:n] for code in found}) == 1), default=0)
    return found[0][:digits].ljust(12, "0") if digits else ""


TEAM_ROLES = frozenset({"FIRST_SECRETARY", "TEAM_LEADER", "TEAM_DEPUTY", "TEAM_MEMBER"})


def may_serve(role: str, team_division_code: str, village_code: str) -> bool:
    """Return whether a cadre's own post lets him serve a village; the unit's order is asked separately.

    >>> may_serve("HELPER", "", "360730100202"), may_serve("TEAM_MEMBER", "360730100201", "360730100202")
    (True, False)
    """
    if not team_division_code:
        return role not in TEAM_ROLES
    return team_division_code == village_code


# States of a proposal and of a run, as the tables write them.
OPEN, NO_CADRE = "OPEN", "NO_CADRE"
PROPOSED, DISCARDED = "PROPOSED", "DISCARDED"


def waits(state: str, run_state: str) -> bool:
    """Return whether a proposal is still to be decided; without a cadre it may be decided by hand.

    >>> waits("OPEN", "PROPOSED"), waits("NO_CADRE", "CLOSED"), waits("OPEN", "DISCARDED"), waits("ACCEPTED", "PROPOSED")
    (True, True, False, False)
    """
    return state in {OPEN, NO_CADRE} and run_state != DISCARDED

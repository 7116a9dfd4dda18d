"""Which households need a cadre, and what they need one for."""

from __future__ import annotations

# Registered households that have not exited, and monitored ones. Source: practice of 2014-2020 (建档立卡户必须有帮扶责任人)
# and of monitoring since 2021; both are read from the register, so another scheme changes the codes, not this rule.
NEEDY_EXIT_STATUS = frozenset({"POOR", "RELAPSED"})
NEEDY_WATCH_TYPES = frozenset({"UNSTABLE", "MARGINAL", "SUDDEN"})

# Divisions whose villagers speak Hakka at home: southern Jiangxi.
HAKKA_PREFIXES = ("3607",)


def needs_cadre(exit_status: str, watch_type: str) -> bool:
    """Return whether a household is to have a cadre.

    >>> needs_cadre("EXITED", "NONE"), needs_cadre("EXITED", "SUDDEN"), needs_cadre("POOR", "")
    (False, True, True)
    """
    return exit_status in NEEDY_EXIT_STATUS or watch_type in NEEDY_WATCH_TYPES


def language_of(division_code: str) -> str | None:
    """Return the language spoken at home in a division, None where it is not known.

    >>> language_of("360730102203"), language_of("370101001001")
    ('HAKKA', None)
    """
    return "HAKKA" if division_code.startswith(HAKKA_PREFIXES) else None

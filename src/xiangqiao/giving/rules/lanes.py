"""Which way an appeal may go by law: A projects of charities, B a designated platform, C the needs board (the default)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Lane(StrEnum):
    """The three ways; fixed when the appeal is published."""

    A = "A"
    B = "B"
    C = "C"


# Things and hours go over the needs board; money asked of the public does not.
MONEY = "MONEY"


@dataclass(frozen=True)
class Charity:
    """The certified charity of lane A: its certificate for public fund-raising, the filing of the plan, until when."""

    name: str
    certificate: str
    filing: str
    valid_to: date | None


@dataclass(frozen=True)
class Reason:
    """Why a lane: the code of the sentence, and the law with its article."""

    code: str
    law: str


CHARITY_LAW = "《中华人民共和国慈善法》"
APPEAL_MEASURES = "《个人求助网络服务平台管理办法》"
PLATFORM_MEASURES = "《公开募捐平台服务管理办法》"

# Source: 慈善法 (as amended, in force 2024-09-05) articles 22, 26, 35, 124; 个人求助网络服务平台管理办法 articles 3, 4;
# 公开募捐平台服务管理办法 (2016) article 10. Secondary copies were read: to be checked against flk.npc.gov.cn.
REASONS: dict[str, Reason] = {
    "direct": Reason("direct", f"{CHARITY_LAW}第三十五条"),
    "personal": Reason("personal", f"{CHARITY_LAW}第一百二十四条"),
    "designated": Reason("designated", f"{APPEAL_MEASURES}第三条、第四条"),
    "notice": Reason("notice", f"{PLATFORM_MEASURES}第十条"),
    "licence": Reason("licence", f"{CHARITY_LAW}第二十二条"),
    "jointly": Reason("jointly", f"{CHARITY_LAW}第二十六条"),
}
WHY: dict[Lane, tuple[str, ...]] = {
    Lane.A: ("licence", "jointly"),
    Lane.B: ("personal", "designated", "notice"),
    Lane.C: ("direct",),
}


def lane_for(kinds: Iterable[str], charity: Charity | None, on: date) -> Lane:
    """Return the lane of an appeal by the kinds of its needs.

    Without money it is the needs board. With money it is a charity's project where one with a live certificate and a
    filed plan takes it on, else the dossier for a designated platform.

    >>> lane_for(["GOODS", "HOURS"], None, date(2026, 11, 1))
    <Lane.C: 'C'>
    >>> lane_for(["MONEY", "GOODS"], None, date(2026, 11, 1))
    <Lane.B: 'B'>
    """
    if MONEY not in set(kinds):
        return Lane.C
    return Lane.A if charity is not None and charity_faults(charity, on) == [] else Lane.B


def charity_faults(charity: Charity, on: date) -> list[str]:
    """Return what a charity lacks for lane A: `certificate`, `filing`, `expired`."""
    faults = [
        key for key, value in (("certificate", charity.certificate), ("filing", charity.filing)) if not value
    ]
    return faults + (["expired"] if charity.valid_to is None or charity.valid_to <= on else [])

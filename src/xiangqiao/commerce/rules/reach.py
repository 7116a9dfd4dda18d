"""三有一能: who can sell and buy online, and why somebody still cannot."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Lack(StrEnum):
    """What stands between a household and online trade."""

    NO_POINT = "NO_POINT"
    NO_KEEPER = "NO_KEEPER"
    NO_CONSENT = "NO_CONSENT"


@dataclass(frozen=True)
class Reach:
    """What is known of a household: an open point in its village, one with a keeper, and how it would trade."""

    point: bool
    keeper: bool
    own_shop: bool
    consent: bool
    phone: bool


def lack_of(one: Reach) -> Lack | None:
    """Return what a household lacks first; None: it can sell its produce and buy what it needs.

    It can by a shop of its own; or there is an open point with a keeper in its village, and it either lets the
    station act for it or has a phone to do so itself.

    >>> lack_of(Reach(point=False, keeper=False, own_shop=False, consent=True, phone=True))
    <Lack.NO_POINT: 'NO_POINT'>
    >>> lack_of(Reach(point=True, keeper=True, own_shop=False, consent=False, phone=True))
    """
    if one.own_shop:
        return None
    if not one.point:
        return Lack.NO_POINT
    if not one.keeper:
        return Lack.NO_KEEPER
    return None if one.consent or one.phone else Lack.NO_CONSENT

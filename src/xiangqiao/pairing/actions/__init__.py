"""Writes of pairing: what spreadsheets brought, proposals, decisions."""

from xiangqiao.pairing.actions.cadres import cadre_left, declare_relative, link_user
from xiangqiao.pairing.actions.decide import accept, accept_all, change_by_hand, end_pairing, reject
from xiangqiao.pairing.actions.follow import (
    household_closed,
    household_moved,
    household_reopened,
    put_aside,
)
from xiangqiao.pairing.actions.propose import Pace, propose
from xiangqiao.pairing.actions.store import store_units_and_cadres
from xiangqiao.pairing.actions.take_back import remove_batch

__all__ = [
    "Pace",
    "accept",
    "accept_all",
    "cadre_left",
    "change_by_hand",
    "declare_relative",
    "end_pairing",
    "household_closed",
    "household_moved",
    "household_reopened",
    "link_user",
    "propose",
    "put_aside",
    "reject",
    "remove_batch",
    "store_units_and_cadres",
]

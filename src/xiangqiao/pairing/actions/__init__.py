"""Writes of pairing: what spreadsheets brought, proposals, decisions."""

from xiangqiao.pairing.actions.decide import accept, accept_all, change_by_hand, end_pairing, reject
from xiangqiao.pairing.actions.propose import Pace, propose
from xiangqiao.pairing.actions.store import remove_batch, store_units_and_cadres

__all__ = [
    "Pace",
    "accept",
    "accept_all",
    "change_by_hand",
    "end_pairing",
    "propose",
    "reject",
    "remove_batch",
    "store_units_and_cadres",
]

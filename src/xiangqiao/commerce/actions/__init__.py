"""Writes of commerce, one verb a function."""

from xiangqiao.commerce.actions.beginners import begin, give_space, note_lesson
from xiangqiao.commerce.actions.collecting import collect
from xiangqiao.commerce.actions.delivery import lay_ready, note_delivered, note_refused, note_returned, ship
from xiangqiao.commerce.actions.drawer import close_day, correct, note_cash
from xiangqiao.commerce.actions.intakes import Goods, close_lot, take_in, write_off
from xiangqiao.commerce.actions.lists import apply_list, check_list, discard_list, undo_list
from xiangqiao.commerce.actions.loans import apply_for_loan, note_decision, note_paid_out, note_repaid
from xiangqiao.commerce.actions.offers import Words, close_offer, decide_words, offer
from xiangqiao.commerce.actions.orders import Guest, Wanted, cancel_order, note_paid, place_order
from xiangqiao.commerce.actions.pool import lay_in_pool
from xiangqiao.commerce.actions.purchases import (
    cancel_quote,
    note_arrived,
    note_bought,
    quote,
    refund,
    take_cash,
)
from xiangqiao.commerce.actions.settling import settle, settle_shop
from xiangqiao.commerce.actions.stations import close_station, end_consent, give_consent, name_keeper
from xiangqiao.commerce.actions.tenants import leave_park, note_job, open_pavilion

__all__ = [
    "Goods", "Guest", "Wanted", "Words", "apply_for_loan", "apply_list", "begin", "cancel_order", "cancel_quote",
    "check_list", "close_day", "close_lot", "close_offer", "close_station", "collect", "correct", "decide_words",
    "discard_list", "end_consent", "give_consent", "give_space", "lay_in_pool", "lay_ready", "leave_park",
    "name_keeper", "note_arrived", "note_bought", "note_cash", "note_decision", "note_delivered", "note_job",
    "note_lesson", "note_paid", "note_paid_out", "note_refused", "note_repaid", "note_returned", "offer",
    "open_pavilion", "place_order", "quote", "refund", "settle", "settle_shop", "ship", "take_cash", "take_in",
    "undo_list", "write_off",
]  # fmt: skip

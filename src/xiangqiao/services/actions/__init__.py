"""Writes of the information services."""

from xiangqiao.services.actions.agency import execute, fail, hand_over, take_order
from xiangqiao.services.actions.announcing import announce
from xiangqiao.services.actions.answering import answer, rate, reopen
from xiangqiao.services.actions.applying import apply_for, collect, decide, supplement, want_papers
from xiangqiao.services.actions.asking import ask, withdraw_question
from xiangqiao.services.actions.catalogue import put_matter
from xiangqiao.services.actions.drawer import close_drawer, open_drawer
from xiangqiao.services.actions.duty import put_duty, put_office
from xiangqiao.services.actions.goods import list_goods, reply_to, settle, take_down
from xiangqiao.services.actions.labour import (
    follow_up,
    note_arrival,
    offer_job,
    plan_bus,
    seat_worker,
    want_job,
)
from xiangqiao.services.actions.law import put_law
from xiangqiao.services.actions.posting import post_course, post_goods, post_job
from xiangqiao.services.actions.publishing import (
    approve_out,
    send_back_out,
    submit_out,
    submit_question,
    withdraw_out,
)
from xiangqiao.services.actions.routing import accept, assign, pass_on, refuse
from xiangqiao.services.actions.training import add_day, cancel_seat, enrol, hold_day, plan_course
from xiangqiao.services.following import Asker, Guest
from xiangqiao.services.words import Channel, Topic

__all__ = [
    "Asker",
    "Channel",
    "Guest",
    "Topic",
    "accept",
    "add_day",
    "announce",
    "answer",
    "apply_for",
    "approve_out",
    "ask",
    "assign",
    "cancel_seat",
    "close_drawer",
    "collect",
    "decide",
    "enrol",
    "execute",
    "fail",
    "follow_up",
    "hand_over",
    "hold_day",
    "list_goods",
    "note_arrival",
    "offer_job",
    "open_drawer",
    "pass_on",
    "plan_bus",
    "plan_course",
    "post_course",
    "post_goods",
    "post_job",
    "put_duty",
    "put_law",
    "put_matter",
    "put_office",
    "rate",
    "refuse",
    "reopen",
    "reply_to",
    "seat_worker",
    "send_back_out",
    "settle",
    "submit_out",
    "submit_question",
    "supplement",
    "take_down",
    "take_order",
    "want_job",
    "want_papers",
    "withdraw_out",
    "withdraw_question",
]

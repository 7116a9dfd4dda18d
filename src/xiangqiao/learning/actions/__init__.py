"""Writes of the shared classroom."""

from xiangqiao.learning.actions.classes import begin, count_heads, enter, finish, leave, miss, watch
from xiangqiao.learning.actions.consent import agree, publish, take_back
from xiangqiao.learning.actions.corner import give_back, lend, put_book
from xiangqiao.learning.actions.rooms import note_check, put_room, put_school
from xiangqiao.learning.actions.shelf import (
    approve_resource,
    put_resource,
    renew_resource,
    send_back_resource,
    withdraw_resource,
)
from xiangqiao.learning.actions.timetable import cancel_lesson, make_lessons, put_course, put_slot, put_term

__all__ = [
    "agree",
    "approve_resource",
    "begin",
    "cancel_lesson",
    "count_heads",
    "enter",
    "finish",
    "give_back",
    "leave",
    "lend",
    "make_lessons",
    "miss",
    "note_check",
    "publish",
    "put_book",
    "put_course",
    "put_resource",
    "put_room",
    "put_school",
    "put_slot",
    "put_term",
    "renew_resource",
    "send_back_resource",
    "take_back",
    "watch",
    "withdraw_resource",
]

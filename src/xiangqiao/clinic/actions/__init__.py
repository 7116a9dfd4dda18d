"""Writes of the clinic, each a transaction in its own database with an entry in its own log."""

from xiangqiao.clinic.actions.cases import add_note, attach, close_case, open_case
from xiangqiao.clinic.actions.checkups import examine, finish_followup, open_campaign, plan_followup
from xiangqiao.clinic.actions.consultations import (
    accept,
    answer,
    appoint,
    ask,
    close_consultation,
    decline,
    withdraw,
)
from xiangqiao.clinic.actions.institutions import add_agreement, add_institution, employ
from xiangqiao.clinic.actions.lists import Listed, take_over_checkups
from xiangqiao.clinic.actions.patients import give_consent, register_patient, withdraw_consent
from xiangqiao.clinic.actions.video import send_signal

__all__ = [
    "Listed",
    "accept",
    "add_agreement",
    "add_institution",
    "add_note",
    "answer",
    "appoint",
    "ask",
    "attach",
    "close_case",
    "close_consultation",
    "decline",
    "employ",
    "examine",
    "finish_followup",
    "give_consent",
    "open_campaign",
    "open_case",
    "plan_followup",
    "register_patient",
    "send_signal",
    "take_over_checkups",
    "withdraw",
    "withdraw_consent",
]  # fmt: skip

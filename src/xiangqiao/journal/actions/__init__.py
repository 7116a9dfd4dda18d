"""Writes of the journal, by noun."""

from xiangqiao.journal.actions.consents import give_consent, withdraw_consent
from xiangqiao.journal.actions.disputes import answer_dispute, settle_dispute
from xiangqiao.journal.actions.doors import enter_by_code, issue_code, leave, link_member, unlink_member
from xiangqiao.journal.actions.promises import drop_promise, keep_promise
from xiangqiao.journal.actions.replies import reply_to_line
from xiangqiao.journal.actions.techniques import draft_technique, publish_technique, withdraw_technique
from xiangqiao.journal.actions.timeline import add_line
from xiangqiao.journal.actions.visits import FactChange, Promised, amend_visit, log_visit

__all__ = [
    "FactChange",
    "Promised",
    "add_line",
    "amend_visit",
    "answer_dispute",
    "draft_technique",
    "drop_promise",
    "enter_by_code",
    "give_consent",
    "issue_code",
    "keep_promise",
    "leave",
    "link_member",
    "log_visit",
    "publish_technique",
    "reply_to_line",
    "settle_dispute",
    "unlink_member",
    "withdraw_consent",
    "withdraw_technique",
]

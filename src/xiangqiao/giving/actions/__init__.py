"""Writes of giving, by noun."""

from xiangqiao.giving.actions.closing import close_appeal, freeze_appeal, resume_appeal, withdraw_appeal
from xiangqiao.giving.actions.confirming import confirm_gift, decline_gift
from xiangqiao.giving.actions.gifts import Donor, Offered, cancel_gift, deliver_gift, match_gift, offer_gift
from xiangqiao.giving.actions.initiatives import start_initiative
from xiangqiao.giving.actions.mirroring import note_total
from xiangqiao.giving.actions.publishing import approve_appeal, propose_publication, send_back
from xiangqiao.giving.actions.raising import Want, raise_appeal
from xiangqiao.giving.actions.verifying import reject_appeal, verify_appeal

__all__ = [
    "Donor",
    "Offered",
    "Want",
    "approve_appeal",
    "cancel_gift",
    "close_appeal",
    "confirm_gift",
    "decline_gift",
    "deliver_gift",
    "freeze_appeal",
    "match_gift",
    "note_total",
    "offer_gift",
    "propose_publication",
    "raise_appeal",
    "reject_appeal",
    "resume_appeal",
    "send_back",
    "start_initiative",
    "verify_appeal",
    "withdraw_appeal",
]

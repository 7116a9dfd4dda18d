"""Replies: what a household says to a line about itself."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, scope
from xiangqiao.kernel.models import Recorded


class ReplyQuerySet(models.QuerySet["Reply", "Reply"]):
    """Replies, seen in their division or by grant on the household."""

    def visible_to(self, viewer: AnyViewer, act: Can = Can.READ_JOURNAL) -> ReplyQuerySet:
        """Return the replies that a viewer may see."""
        return self.filter(scope(viewer, act, subject="household"))


class Reply(Recorded):
    """A household agrees with a line, or disputes it; a dispute is answered, then settled by another person than the
    one it concerns. Which state follows which: `journal.rules.disputes`."""

    class Choice(models.TextChoices):
        AGREE = "AGREE", _("是这样")
        NOT_SO = "NOT_SO", _("没有这回事")
        DIFFERENT = "DIFFERENT", _("和说的不一样")
        NOT_RECEIVED = "NOT_RECEIVED", _("钱或东西没收到")

    class State(models.TextChoices):
        NOTED = "NOTED", _("已确认")
        OPEN = "OPEN", _("等答复")
        ANSWERED = "ANSWERED", _("已答复，等核实")
        SETTLED = "SETTLED", _("已了结")

    class Outcome(models.TextChoices):
        UPHELD = "UPHELD", _("农户说得对，记录有误")
        EXPLAINED = "EXPLAINED", _("已当面说清，记录无误")
        PARTLY = "PARTLY", _("部分属实")

    class Via(models.TextChoices):
        CODE = "CODE", _("本人扫码")
        MEMBER = "MEMBER", _("本人账号")
        KEEPER = "KEEPER", _("站长代办")

    RECORDED: ClassVar = (
        "household", "kind", "subject", "choice", "text", "at", "via", "concerned", "state", "answer",
        "answered_by", "answered_at", "outcome", "settlement", "settled_by", "settled_at",
    )  # fmt: skip

    household = models.UUIDField()
    division_code = models.CharField(max_length=12)
    # What the line is: VISIT, PROMISE, LINE (another programme's) or POLICY; and which one.
    kind = models.CharField(max_length=10)
    subject = models.CharField(max_length=60)
    # The line in words, as the household saw it.
    line = models.CharField(max_length=300)
    choice = models.CharField(max_length=20, choices=Choice)
    text = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    via = models.CharField(max_length=10, choices=Via)
    by_label = models.CharField(max_length=120)
    # The person whose line it is; this one may not settle it.
    concerned = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=State)
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.UUIDField(null=True)
    answered_label = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    settlement = models.CharField(max_length=500, blank=True)
    settled_by = models.UUIDField(null=True)
    settled_label = models.CharField(max_length=120, blank=True)
    settled_at = models.DateTimeField(null=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["household", "subject"], name="reply_to_line"),
            models.Index(
                fields=["division_code", "at"],
                condition=Q(state__in=["OPEN", "ANSWERED"]),
                name="dispute_open",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household", "kind", "subject"],
                condition=Q(state__in=["OPEN", "ANSWERED"]),
                name="line_has_one_open_dispute",
            ),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True)
                | Q(concerned__isnull=True)
                | ~Q(settled_by=models.F("concerned")),
                name="dispute_is_settled_by_another_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.choice} {self.state}"

"""Questions of citizens, their answers, and what the askers said of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import SystemViewer, Viewer, scope
from xiangqiao.kernel.models import Recorded
from xiangqiao.services.models.duty import Office
from xiangqiao.services.models.followed import FOLLOWED, Followed
from xiangqiao.services.words import Topic


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions, of which a person sees those of the own office, those asked, and, as the centre, those of the range."""

    def visible_to(self, viewer: Viewer | SystemViewer) -> QuestionQuerySet:
        """Return the questions that a viewer may read whole."""
        if isinstance(viewer, SystemViewer):
            return self
        seen = scope(viewer, Can.MANAGE_SERVICES, subject=None)
        if viewer.can(Can.ANSWER):
            seen |= Q(office__in=Office.objects.of(viewer))
        own = viewer.public_id
        return self.filter(seen | Q(asker=own) | Q(by=own))


class Question(Followed):
    """A question: what, about what, from where; where it stands; by when it is to be answered."""

    RECORDED: ClassVar = (
        *FOLLOWED, "topic", "title", "text", "state", "office_id", "asked_on", "due_on", "round", "passed_on",
        "where_to", "may_publish", "notice",
    )  # fmt: skip

    class State(models.TextChoices):
        RECEIVED = "RECEIVED", _("等分办")
        ASSIGNED = "ASSIGNED", _("已转办，等受理")
        ACCEPTED = "ACCEPTED", _("已受理")
        REFUSED = "REFUSED", _("不受理")
        ANSWERED = "ANSWERED", _("已答复，等评价")
        CLOSED = "CLOSED", _("已评价")
        WITHDRAWN = "WITHDRAWN", pgettext_lazy("asker", "本人撤回")

    topic = models.CharField(max_length=20, choices=Topic)
    title = models.CharField(max_length=80)
    text = models.TextField(max_length=2000)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="questions")
    asked_at = models.DateTimeField()
    asked_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    # Counts up when the asker opens the question again: one answer a round.
    round = models.PositiveSmallIntegerField(default=1)
    passed_on = models.PositiveSmallIntegerField(default=0)
    # Why an office did not take it, and where to go instead.
    where_to = models.CharField(max_length=300, blank=True)
    may_publish = models.BooleanField(default=False)
    # The publication, once a second person let it out.
    notice = models.UUIDField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["office", "state", "due_on"], name="questions_of_office"),
            models.Index(fields=["division_code", "state"], name="questions_of_place"),
        ]

    def __str__(self) -> str:
        return self.title


class Answer(Recorded):
    """The answer of one round, and what the asker says: solved, and satisfied, apart."""

    class Satisfied(models.TextChoices):
        YES = "YES", _("满意")
        PARTLY = "PARTLY", _("基本满意")
        NO = "NO", _("不满意")

    RECORDED: ClassVar = (
        "question_id", "round", "text", "office_id", "solved", "satisfied", "remark", "answered_on", "rated_on",
    )  # fmt: skip

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    round = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=4000)
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=120)
    answered_at = models.DateTimeField()
    answered_on = models.DateField()
    solved = models.BooleanField(null=True)
    satisfied = models.CharField(max_length=10, choices=Satisfied, blank=True)
    remark = models.CharField(max_length=500, blank=True)
    rated_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question", "round"], name="one_answer_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}/{self.round}"

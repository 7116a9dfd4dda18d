"""Jobs, who applies, and the organised transfer of workers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiangqiao.kernel.models import Recorded
from xiangqiao.services.models.followed import FOLLOWED, Followed


class Vacancy(Recorded):
    """Work that a checked employer offers, for a time."""

    class Period(models.TextChoices):
        MONTH = "MONTH", pgettext_lazy("period", "月")
        DAY = "DAY", _("天")
        HOUR = "HOUR", _("小时")

    class State(models.TextChoices):
        OPEN = "OPEN", _("招聘中")
        CLOSED = "CLOSED", _("已结束")

    RECORDED: ClassVar = (
        "title", "employer", "employer_checked", "where", "division_code", "wage_from_fen", "wage_to_fen", "period",
        "places", "wants", "travel_grant_fen", "valid_from", "valid_to", "state", "notice",
    )  # fmt: skip

    title = models.CharField(max_length=60)
    employer = models.CharField(max_length=80)
    # Licence and unpaid wages were looked up, and by which paper.
    employer_checked = models.CharField(max_length=120)
    where = models.CharField(max_length=80)
    # The division whose people it is for.
    division_code = models.CharField(max_length=12)
    wage_from_fen = models.BigIntegerField()
    wage_to_fen = models.BigIntegerField()
    period = models.CharField(max_length=10, choices=Period, default=Period.MONTH)
    places = models.PositiveSmallIntegerField()
    wants = models.CharField(max_length=300, blank=True)
    travel_grant_fen = models.BigIntegerField(default=0)
    valid_from = models.DateField()
    valid_to = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    notice = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="vacancy_expires"),
            models.CheckConstraint(
                condition=Q(wage_to_fen__gte=F("wage_from_fen")), name="vacancy_wage_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TransferGroup(Recorded):
    """A bus that takes workers to a job together on a day. `taken` never passes `seats`: the database holds it."""

    RECORDED: ClassVar = ("vacancy_id", "leaves_on", "meet_at", "bus", "leader", "seats", "taken")

    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="groups")
    leaves_on = models.DateField()
    meet_at = models.CharField(max_length=80)
    bus = models.CharField(max_length=40)
    leader = models.CharField(max_length=60, blank=True)
    seats = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(taken__lte=F("seats")), name="bus_never_overfull"),
        ]

    def __str__(self) -> str:
        return f"{self.bus} {self.leaves_on}"


class Applicant(Followed):
    """Somebody who wants the work: on the bus, arrived, still there after three months."""

    class State(models.TextChoices):
        APPLIED = "APPLIED", _("已报名")
        SEATED = "SEATED", _("已安排上车")
        ARRIVED = "ARRIVED", _("已到岗")
        WORKING = "WORKING", _("满三个月仍在岗")
        LEFT = "LEFT", _("已离岗")
        DECLINED = "DECLINED", _("不去了")

    RECORDED: ClassVar = (
        *FOLLOWED, "vacancy_id", "group_id", "state", "applied_on", "arrived_on", "asked_again_on", "left_on",
    )  # fmt: skip

    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="applicants")
    group = models.ForeignKey(TransferGroup, null=True, on_delete=models.PROTECT, related_name="workers")
    state = models.CharField(max_length=10, choices=State, default=State.APPLIED)
    applied_on = models.DateField()
    arrived_on = models.DateField(null=True, blank=True)
    asked_again_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["vacancy", "phone_hash"], name="one_application_for_a_job"),
        ]

    def __str__(self) -> str:
        return f"{self.vacancy_id} {self.state}"

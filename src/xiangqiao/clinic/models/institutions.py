"""Institutions first, doctors second: a consultation is between a clinic and a hospital that have an agreement."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.clinic.models.base import Apart


class Institution(Apart):
    """A village clinic or a hospital."""

    class Kind(models.TextChoices):
        CLINIC = "CLINIC", _("村卫生室")
        HOSPITAL = "HOSPITAL", _("医院")

    class Grade(models.TextChoices):
        NONE = "", _("不分等级")
        SECOND_A = "2A", _("二级甲等")
        THIRD_A = "3A", _("三级甲等")

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=80, unique=True)
    grade = models.CharField(max_length=4, choices=Grade, blank=True)
    division_code = models.CharField(max_length=12, blank=True)

    def __str__(self) -> str:
        return self.name


class Practice(Apart):
    """A doctor works at an institution, from a day to a day; the doctor is a user, known by an opaque id."""

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="practices")
    user = models.UUIDField()
    name = models.CharField(max_length=60)
    title = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(valid_to__isnull=True), name="practice_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Agreement(Apart):
    """A hospital agreed with a village clinic to consult.

    Source: 远程医疗服务管理规范（试行）, 2018: institutions consult under a signed cooperation agreement.
    """

    clinic = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    hospital = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="agreement_lasts"),
            models.UniqueConstraint(fields=["number"], name="agreement_number_once"),
        ]

    def __str__(self) -> str:
        return self.number

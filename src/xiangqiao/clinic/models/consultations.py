"""Consultations, their signed opinions, and the few messages by which two browsers find each other."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.clinic.models.base import Apart
from xiangqiao.clinic.models.cases import Case
from xiangqiao.clinic.models.institutions import Agreement, Institution
from xiangqiao.clinic.models.patients import Consent


class Consultation(Apart):
    """A village clinic asks a hospital about a case. The asking side keeps the decision and the responsibility."""

    class State(models.TextChoices):
        ASKED = "ASKED", _("等医院接收")
        ACCEPTED = "ACCEPTED", _("会诊中")
        ANSWERED = "ANSWERED", _("已出意见")
        CLOSED = "CLOSED", _("已办结")
        DECLINED = "DECLINED", _("医院未接收")
        WITHDRAWN = "WITHDRAWN", _("已撤回")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consultations")
    hospital = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+")
    question_sealed = models.BinaryField()
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    version = models.PositiveIntegerField(default=1)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    accepted_by = models.UUIDField(null=True)
    reason_sealed = models.BinaryField(null=True)
    appointment_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "hospital"],
                condition=Q(state__in=["ASKED", "ACCEPTED"]),
                name="consultation_open_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Opinion(Apart):
    """A signed opinion. Never changed and never deleted: an addition is another opinion with the next number."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="opinions")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=60)
    text_sealed = models.BinaryField()
    public_key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "number"], name="opinion_numbered_once")
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}.{self.number}"


class SigningKey(Apart):
    """A doctor's signing key (Ed25519): the public half, and the private one sealed."""

    user = models.UUIDField(unique=True)
    public_key = models.CharField(max_length=64)
    private_sealed = models.BinaryField()

    def __str__(self) -> str:
        return self.public_key


class Signal(models.Model):
    """A message of the video call's set-up; gone when the call is over."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+")
    sender = models.UUIDField()
    at = models.DateTimeField()
    body = models.TextField()

    def __str__(self) -> str:
        return f"{self.pk}"

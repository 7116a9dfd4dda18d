"""That a household lets a station act for it: on paper or before a witness, until it says otherwise."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.commerce.models.scoped import CommerceQuerySet
from xiangqiao.commerce.models.station import Station
from xiangqiao.kernel.models import Recorded


class ConsentQuerySet(CommerceQuerySet["Consent"]):
    """Rows of `Consent`, seen by division."""


class Consent(Recorded):
    """A household's consent to a station. It opens the name and the village, and nothing else."""

    class Way(models.TextChoices):
        PAPER = "PAPER", _("书面签字")
        WITNESS = "WITNESS", _("当面口头，有见证人")

    RECORDED: ClassVar = ("station_id", "household", "way", "witness", "given_on", "ended_on")

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="consents")
    household = models.UUIDField(db_index=True)
    division_code = models.CharField(max_length=12)
    way = models.CharField(max_length=10, choices=Way)
    witness = models.CharField(max_length=40, blank=True)
    given_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["station", "household"], condition=Q(ended_on__isnull=True), name="consent_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.household}"

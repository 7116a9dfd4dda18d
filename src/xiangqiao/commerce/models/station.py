"""Operators and their stations, from the day they opened to the day they closed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.commerce.models.scoped import CommerceQuerySet
from xiangqiao.kernel.models import Recorded


class Operator(models.TextChoices):
    """The platforms that run stations in the county."""

    ALIBABA = "ALIBABA", _("阿里巴巴农村淘宝")
    JD = "JD", _("京东")
    CHINA_POST = "CHINA_POST", _("中国邮政村邮乐购")
    FEITIAN = "FEITIAN", _("飞天麦光光")


class StationLevel(models.TextChoices):
    """What a station is for: the county's centre of an operator, or a service point."""

    COUNTY = "COUNTY", _("县运营中心")
    TOWNSHIP = "TOWNSHIP", _("乡镇服务站")
    VILLAGE = "VILLAGE", _("村服务点")


class StationQuerySet(CommerceQuerySet["Station"]):
    """Stations."""

    def open_on(self, day: date) -> Self:
        """Return the stations open on a day; validity is half-open."""
        return self.filter(
            Q(closed_on__isnull=True) | Q(closed_on__gt=day), opened_on__lte=day, withdrawn_at__isnull=True
        )

    def points(self) -> Self:
        """Return the service points: stations below the county."""
        return self.exclude(level=StationLevel.COUNTY)


class Station(Recorded):
    """A station of one operator at one place. Who keeps it is a name, and a user once the keeper signs in."""

    RECORDED: ClassVar = (
        "operator", "code", "name", "level", "division_code", "place", "keeper_name", "keeper", "phone_hash",
        "phone_mask", "opened_on", "closed_on", "fee_bp", "withdrawn_at",
    )  # fmt: skip

    operator = models.CharField(max_length=12, choices=Operator)
    # The operator's own number of the station.
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=80)
    level = models.CharField(max_length=10, choices=StationLevel)
    division_code = models.CharField(max_length=12, db_index=True)
    place = models.CharField(max_length=80, blank=True)
    keeper_name = models.CharField(max_length=40, blank=True)
    keeper = models.UUIDField(null=True, blank=True)
    phone_sealed = models.BinaryField(null=True)
    phone_hash = models.CharField(max_length=64, blank=True)
    phone_mask = models.CharField(max_length=12, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    # The keeper's fee on what is sold for a household, in hundredths of a per cent.
    fee_bp = models.PositiveSmallIntegerField(default=500)
    # Taken back with the import that brought it.
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["operator", "code"], condition=Q(withdrawn_at__isnull=True), name="station_code_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="station_closes_after_it_opens",
            ),
            models.CheckConstraint(condition=Q(fee_bp__lte=3000), name="station_fee_at_most_30_per_cent"),
        ]

    def __str__(self) -> str:
        return self.name

"""Masts and the base stations on them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from xiangqiao.coverage.models.scoped import Operator, ScopedQuerySet, Technology
from xiangqiao.kernel.models import Recorded


class MastQuerySet(ScopedQuerySet["Mast"]):
    """Mast rows, seen in their division."""


class Mast(Recorded):
    """A tower or roof that bears stations, of one operator or of several. Places in WGS-84, millionths of a degree."""

    RECORDED: ClassVar = ("name", "division_code", "lon_e6", "lat_e6", "tower_no")

    name = models.CharField(max_length=80)
    division_code = models.CharField(max_length=12, db_index=True)
    lon_e6 = models.IntegerField()
    lat_e6 = models.IntegerField()
    tower_no = models.CharField(max_length=40, blank=True)

    objects = MastQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class StationQuerySet(ScopedQuerySet["Station"]):
    """Station rows, seen in their division."""


class Station(Recorded):
    """A base station: one operator's equipment of one generation on one mast."""

    RECORDED: ClassVar = (
        "mast_id", "operator", "technology", "station_no", "name", "division_code", "lon_e6", "lat_e6", "datum", "source",
        "height_m", "retired_on",
    )  # fmt: skip

    mast = models.ForeignKey(Mast, on_delete=models.PROTECT, related_name="stations")
    operator = models.CharField(max_length=5, choices=Operator)
    technology = models.CharField(max_length=2, choices=Technology)
    station_no = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=80, db_index=True)
    division_code = models.CharField(max_length=12, db_index=True)
    lon_e6 = models.IntegerField()
    lat_e6 = models.IntegerField()
    # The datum in which the list gave the place, and which list it was.
    datum = models.CharField(max_length=5)
    source = models.CharField(max_length=120)
    height_m = models.PositiveSmallIntegerField(null=True, blank=True)
    retired_on = models.DateField(null=True, blank=True)

    objects = StationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(datum="") & ~Q(source=""), name="station_has_datum_and_source"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> tuple[float, float]:
        """Longitude and latitude in WGS-84 degrees."""
        return self.lon_e6 / 1e6, self.lat_e6 / 1e6

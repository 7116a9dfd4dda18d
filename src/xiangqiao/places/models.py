"""The tree of divisions: dated, by 12-digit codes, of which the prefix is the ancestor."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiangqiao.kernel.models import Recorded


class Level(models.IntegerChoices):
    """Levels of the administrative tree, numbered as the statistics bureau does."""

    PROVINCE = 1, _("省")
    CITY = 2, _("市")
    COUNTY = 3, _("县")
    TOWNSHIP = 4, _("乡镇")
    VILLAGE = 5, _("村")


class Division(Recorded):
    """A division as it is or was. Its code is a string of 12 digits."""

    RECORDED: ClassVar = (
        "code", "name", "name_en", "level", "parent_code", "kind", "valid_from", "valid_to", "map_column", "map_row",
    )  # fmt: skip

    code = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    level = models.PositiveSmallIntegerField(choices=Level)
    parent_code = models.CharField(max_length=12, blank=True, db_index=True)
    kind = models.CharField(max_length=20, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    # Where the division stands on a map without tiles: column and row of its hexagon.
    map_column = models.SmallIntegerField(null=True, blank=True)
    map_row = models.SmallIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[0-9]{12}$"), name="division_code_has_12_digits"
            ),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(valid_to__isnull=True), name="division_code_current_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class County(Recorded):
    """The one county of this deployment."""

    RECORDED: ClassVar = ("code", "name", "name_en", "is_demo")

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    # Every page of a demo county says that its people and villages are invented.
    is_demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class SiteKind(models.TextChoices):
    """What may stand at a place below the village."""

    OFFICE = "OFFICE", _("村委会")
    SCHOOL = "SCHOOL", _("学校、教学点")
    CLINIC = "CLINIC", _("卫生室")
    STATION = "STATION", _("服务站")
    SHOP = "SHOP", _("商店")
    HAMLET = "HAMLET", _("自然村")


class GivenDatum(models.TextChoices):
    """In which datum a place was given; it is kept in WGS-84."""

    WGS84 = "WGS84", _("WGS-84（GPS、CGCS2000）")
    GCJ02 = "GCJ02", _("GCJ-02（高德、腾讯、微信）")
    BD09 = "BD09", _("BD-09（百度）")


class Site(Recorded):
    """A place with a name below the division: an office, a school, a hamlet. Other programmes name it by `public_id`."""

    RECORDED: ClassVar = (
        "kind", "name", "division_code", "lon_e6", "lat_e6", "datum", "source", "households", "valid_from", "valid_to",
    )  # fmt: skip

    kind = models.CharField(max_length=10, choices=SiteKind)
    name = models.CharField(max_length=60)
    division_code = models.CharField(max_length=12, db_index=True)
    # Millionths of a degree, WGS-84, whatever datum the place was given in.
    lon_e6 = models.IntegerField()
    lat_e6 = models.IntegerField()
    datum = models.CharField(max_length=5, choices=GivenDatum)
    source = models.CharField(max_length=60)
    households = models.PositiveIntegerField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(datum__in=GivenDatum.values), name="site_has_a_datum"),
            models.CheckConstraint(condition=~models.Q(source=""), name="site_has_a_source"),
            models.CheckConstraint(
                condition=models.Q(
                    lon_e6__range=(-180_000_000, 180_000_000), lat_e6__range=(-90_000_000, 90_000_000)
                ),
                name="site_is_on_earth",
            ),
            models.UniqueConstraint(
                fields=["division_code", "kind", "name"],
                condition=models.Q(valid_to__isnull=True),
                name="site_once_by_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> tuple[float, float]:
        """Longitude and latitude in WGS-84 degrees."""
        return self.lon_e6 / 1e6, self.lat_e6 / 1e6

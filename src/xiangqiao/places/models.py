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

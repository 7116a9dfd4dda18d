"""Figures that a county can only state: shown as declared, beside what is registered, and never added to it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiangqiao.kernel.models import Recorded


class DeclaredStatistic(Recorded):
    """One figure as of one day, as one source states it."""

    class Code(models.TextChoices):
        CABLE_KM = "CABLE_KM", _("光缆长度（公里）")
        MOBILE_USERS = "MOBILE_USERS", _("移动电话用户（户）")
        BROADBAND_USERS = "BROADBAND_USERS", _("宽带用户（户）")
        VILLAGES_REACHED = "VILLAGES_REACHED", _("通宽带的城乡范围（%）")
        STATIONS = "STATIONS", _("基站（个）")

    RECORDED: ClassVar = ("code", "value", "as_of", "source")

    code = models.CharField(max_length=20, choices=Code)
    value = models.BigIntegerField()
    as_of = models.DateField()
    source = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "as_of", "source"], name="declared_once"),
            models.CheckConstraint(condition=~models.Q(source=""), name="declared_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.as_of}"

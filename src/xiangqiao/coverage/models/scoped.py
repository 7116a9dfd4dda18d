"""Words that several tables share, and rows that are seen in their division."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, scope

Row = TypeVar("Row", bound=models.Model, covariant=True)


class Operator(models.TextChoices):
    """Who runs stations; the tower company owns masts."""

    CMCC = "CMCC", _("中国移动")
    CTCC = "CTCC", _("中国电信")
    CUCC = "CUCC", _("中国联通")
    TOWER = "TOWER", _("中国铁塔")


class Technology(models.TextChoices):
    """The generation of a station."""

    G2 = "2G", "2G"
    G3 = "3G", "3G"
    G4 = "4G", "4G"
    G5 = "5G", "5G"


class Service(models.TextChoices):
    """What a point has or has not: a 4G signal, or broadband by cable."""

    MOBILE = "MOBILE", _("4G 手机信号")
    FIBRE = "FIBRE", _("光纤宽带")


class ScopedQuerySet(models.QuerySet[Row, Row]):
    """Rows that are seen in their division."""

    def visible_to(self, viewer: AnyViewer, act: Can = Can.READ_COVERAGE) -> Self:
        """Return the rows that a viewer may see."""
        return self.filter(scope(viewer, act, subject=None))

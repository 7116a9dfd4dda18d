"""Lines of a household's timeline that the programmes add."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiangqiao.kernel.models import Recorded


class Programme(models.TextChoices):
    """Which part of the work a line comes from; the report's names."""

    HELP = "HELP", _("结对帮扶")
    COVERAGE = "COVERAGE", _("网络覆盖")
    COMMERCE = "COMMERCE", _("农村电商")
    LEARNING = "LEARNING", _("网络扶智")
    SERVICES = "SERVICES", _("信息服务")
    CLINIC = "CLINIC", _("远程会诊")
    GIVING = "GIVING", _("网络公益")


class TimelineLine(Recorded):
    """One thing that a programme did for a household: a sentence with its values, and the value that moved.

    `sentence` is a Chinese msgid and `values` its named parts, so that the line reads in the reader's language.
    `source_id` is the thing it tells of (an order, a gift): one line a thing and sentence, however often it is told.
    """

    RECORDED: ClassVar = ("household", "programme", "at", "sentence", "values", "amount_fen", "source_id")

    household = models.UUIDField()
    division_code = models.CharField(max_length=12)
    programme = models.CharField(max_length=10, choices=Programme)
    at = models.DateTimeField()
    who = models.CharField(max_length=120)
    sentence = models.CharField(max_length=200)
    values = models.JSONField(default=dict)
    amount_fen = models.BigIntegerField(null=True)
    source_id = models.UUIDField()
    # Where the desk shows more: a path of this deployment.
    link = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["household", "-at"], name="timeline_of_household")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source_id", "household", "sentence"], name="timeline_line_once")
        ]

    def __str__(self) -> str:
        return self.sentence

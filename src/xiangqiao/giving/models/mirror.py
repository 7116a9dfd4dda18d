"""What a designated platform or a charity says it raised: declared, dated, with its source. Not in the books."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from xiangqiao.giving.models.appeal import Appeal
from xiangqiao.kernel.models import Recorded


class MirroredTotal(Recorded):
    """A total as somebody else states it. A later one stands beside it; none is changed."""

    RECORDED: ClassVar = ("appeal_id", "platform", "amount_fen", "as_of", "source", "link")

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="mirrored")
    platform = models.CharField(max_length=60)
    amount_fen = models.PositiveBigIntegerField()
    as_of = models.DateField()
    source = models.CharField(max_length=200)
    link = models.URLField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="mirrored_total_is_positive"),
            models.UniqueConstraint(fields=["appeal", "platform", "as_of"], name="mirrored_once_a_day"),
        ]

    def __str__(self) -> str:
        return self.platform

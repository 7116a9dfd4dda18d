"""Online pavilions of the county, and what is offered there."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.commerce.models.beginner import Beginner
from xiangqiao.commerce.models.lot import Lot
from xiangqiao.commerce.models.scoped import CommerceQuerySet
from xiangqiao.kernel.models import Recorded


class PavilionQuerySet(models.QuerySet["Pavilion", "Pavilion"]):
    """Pavilions; they are public."""

    def open_on(self, day: date) -> Self:
        """Return the pavilions open on a day."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day), opened_on__lte=day)


class Pavilion(Recorded):
    """An online pavilion (特产馆)."""

    RECORDED: ClassVar = ("slug", "name", "name_en", "opened_on", "closed_on")

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    about = models.CharField(max_length=300, blank=True)
    about_en = models.CharField(max_length=300, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    objects = PavilionQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class OfferQuerySet(CommerceQuerySet["Offer"]):
    """Rows of `Offer`, seen by division."""


class Offer(Recorded):
    """Goods of a lot in packs at a price, in a pavilion. The story is public: it passed the publication guard."""

    class State(models.TextChoices):
        OPEN = "OPEN", _("在卖")
        CLOSED = "CLOSED", _("已下架")

    RECORDED: ClassVar = (
        "code", "lot_id", "pavilion_id", "beginner_id", "title", "story", "pack_grams", "price_fen", "state",
        "opened_on", "closed_on",
    )  # fmt: skip

    code = models.CharField(max_length=12, unique=True)
    division_code = models.CharField(max_length=12)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="offers")
    pavilion = models.ForeignKey(Pavilion, on_delete=models.PROTECT, related_name="offers")
    # Whose shop: a beginner selling from the pool of goods; None: the station.
    beginner = models.ForeignKey(
        Beginner, on_delete=models.PROTECT, null=True, blank=True, related_name="offers"
    )
    title = models.CharField(max_length=60)
    title_en = models.CharField(max_length=80, blank=True)
    story = models.CharField(max_length=400, blank=True)
    story_en = models.CharField(max_length=600, blank=True)
    pack_grams = models.PositiveIntegerField()
    price_fen = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pack_grams__gt=0, price_fen__gt=0), name="offer_has_a_price")
        ]

    def __str__(self) -> str:
        return self.title

"""Farm goods offered and wanted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import SystemViewer, Viewer, scope
from xiangqiao.kernel.models import Recorded
from xiangqiao.services.models.followed import FOLLOWED, Followed
from xiangqiao.services.words import Crop


class ListingQuerySet(models.QuerySet["Listing"]):
    """Entries of the board."""

    def visible_to(self, viewer: Viewer | SystemViewer) -> ListingQuerySet:
        """Return the entries that a viewer may read with the contact: own ones, and those of the range."""
        if isinstance(viewer, SystemViewer):
            return self
        seen = scope(viewer, Can.MANAGE_SERVICES, subject=None) | scope(
            viewer, Can.KEEP_STATION, subject=None
        )
        return self.filter(seen | Q(asker=viewer.public_id) | Q(by=viewer.public_id))


class Listing(Followed):
    """Goods offered or wanted, for a time. Amounts in grams, price in fen for a kilogram (None: to be agreed)."""

    class Kind(models.TextChoices):
        OFFER = "OFFER", _("供应")
        WANT = "WANT", _("求购")

    class State(models.TextChoices):
        OPEN = "OPEN", _("有效")
        SETTLED = "SETTLED", _("已成交")
        WITHDRAWN = "WITHDRAWN", _("已撤下")

    RECORDED: ClassVar = (
        *FOLLOWED, "kind", "crop", "grams", "price_fen_per_kg", "note", "valid_from", "valid_to", "state",
        "settled_grams", "settled_fen", "notice",
    )  # fmt: skip

    kind = models.CharField(max_length=10, choices=Kind)
    crop = models.CharField(max_length=20, choices=Crop)
    grams = models.BigIntegerField()
    price_fen_per_kg = models.BigIntegerField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    settled_grams = models.BigIntegerField(null=True, blank=True)
    settled_fen = models.BigIntegerField(null=True, blank=True)
    notice = models.UUIDField(null=True, blank=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["crop", "kind", "state", "valid_to"], name="listing_board")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(grams__gt=0), name="listing_has_an_amount"),
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="listing_expires"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.crop}"


class Reply(Recorded):
    """Somebody answers an entry of the board; the poster gets the contact, the public does not."""

    RECORDED: ClassVar = ("listing_id", "name", "text", "phone_hash", "phone_mask", "replied_on")

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="replies")
    name = models.CharField(max_length=60)
    text = models.CharField(max_length=300)
    phone_sealed = models.BinaryField(null=True)
    phone_hash = models.CharField(max_length=64, blank=True)
    phone_mask = models.CharField(max_length=20, blank=True)
    replied_on = models.DateField()

    def __str__(self) -> str:
        return self.name

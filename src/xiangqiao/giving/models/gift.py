"""A gift: offered, matched with one need, delivered, confirmed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, SystemViewer, scope
from xiangqiao.giving.models.appeal import Appeal, Need
from xiangqiao.giving.models.initiative import Initiative
from xiangqiao.kernel.models import Recorded


class Unit(models.TextChoices):
    """What gifts are counted in: the ledger's units, of which goods by weight are none here."""

    FEN = "FEN", _("分")
    PIECE = "PIECE", _("件")
    MINUTE = "MINUTE", _("分钟")


class GiftQuerySet(models.QuerySet["Gift", "Gift"]):
    """Gifts, seen by place, by who gives, or by the household they go to."""

    def visible_to(self, viewer: AnyViewer) -> GiftQuerySet:
        """Return the gifts that a viewer may see."""
        if isinstance(viewer, SystemViewer):
            return self
        return self.filter(
            scope(viewer, Can.READ_GIVING, subject=None)
            | scope(viewer, Can.KEEP_STATION, subject=None)
            | scope(viewer, Can.OWN_HOUSEHOLD, subject="need__appeal__household")
            | Q(donor=viewer.public_id, donor__isnull=False)
        )


class Gift(Recorded):
    """Something given: for one need, or offered to whoever needs it (`need` empty) until somebody matches it.

    The amount is in units of the ledger. Money is noted here once it was handed over or sent to the household's own
    account; it never passes through the system.
    """

    RECORDED: ClassVar = (
        "need_id", "donor", "what", "unit", "amount", "value_fen", "state", "phone_hash", "phone_mask", "voucher",
        "confirmed_by", "confirmed_how", "witness", "reason",
    )  # fmt: skip

    class State(models.TextChoices):
        OFFERED = "OFFERED", _("已报名，等对接")
        MATCHED = "MATCHED", _("已对接")
        DELIVERED = "DELIVERED", _("已送达，等农户确认")
        CONFIRMED = "CONFIRMED", _("农户已确认")
        CANCELLED = "CANCELLED", _("已取消")
        DECLINED = "DECLINED", _("农户谢绝")

    class How(models.TextChoices):
        OWN_PAGE = "OWN_PAGE", _("农户本人")
        KEEPER = "KEEPER", _("站长代办（有授权）")
        WITNESS = "WITNESS", _("当面，有见证人")

    need = models.ForeignKey(Need, on_delete=models.PROTECT, null=True, related_name="gifts")
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, null=True, related_name="gifts")
    # The county for what is not matched yet, then where the household lives.
    division_code = models.CharField(max_length=12)
    donor = models.UUIDField(null=True, db_index=True)
    donor_label = models.CharField(max_length=60)
    phone_sealed = models.BinaryField(null=True)
    phone_hash = models.CharField(max_length=64, blank=True, db_index=True)
    phone_mask = models.CharField(max_length=10, blank=True)
    code_hash = models.CharField(max_length=64, blank=True)
    what = models.CharField(max_length=60)
    unit = models.CharField(max_length=10, choices=Unit)
    amount = models.PositiveBigIntegerField()
    value_fen = models.PositiveBigIntegerField(default=0)
    message = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OFFERED)
    offered_at = models.DateTimeField()
    matched_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    voucher = models.CharField(max_length=60, blank=True)
    # The ledger's transfer that waits from the match on.
    transfer = models.UUIDField(null=True)
    confirmed_by = models.UUIDField(null=True)
    confirmed_how = models.CharField(max_length=10, choices=How, blank=True)
    witness = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = GiftQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="gift_is_something"),
            models.CheckConstraint(
                condition=Q(state__in=["OFFERED", "CANCELLED"]) | Q(need__isnull=False),
                name="gift_goes_to_a_need",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def appeal(self) -> Appeal | None:
        """The appeal that the gift goes to."""
        return self.need.appeal if self.need is not None else None

"""Units, cadres, who is ordered where, proposals, and pairs in force."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, scope
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.models import Recorded


class Unit(Recorded):
    """An office or firm that the county orders to villages."""

    RECORDED: ClassVar = ("name", "level", "contact_name", "contact_phone_hash", "contact_phone_mask")

    name = models.CharField(max_length=120, unique=True)
    level = models.CharField(max_length=20, blank=True)
    contact_name = models.CharField(max_length=60, blank=True)
    contact_phone_sealed = models.BinaryField(null=True)
    contact_phone_hash = models.CharField(max_length=64, blank=True)
    contact_phone_mask = models.CharField(max_length=12, blank=True)

    def __str__(self) -> str:
        return self.name


class UnitOrder(Recorded):
    """A unit helps a village, from a day to a day."""

    RECORDED: ClassVar = ("unit_id", "division_code", "valid_from", "valid_to")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="orders")
    division_code = models.CharField(max_length=12, db_index=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "division_code"],
                condition=Q(valid_to__isnull=True),
                name="unit_ordered_once_now",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.division_code}"


class Cadre(Recorded):
    """A person who helps households, with the places he or she has for them."""

    RECORDED: ClassVar = (
        "name", "sex", "id_number_hash", "id_number_mask", "unit_id", "position", "role", "political", "education",
        "skill", "phone_hash", "phone_mask", "home_division_code", "speaks_hakka", "capacity", "team_division_code",
        "user", "left_on",
    )  # fmt: skip

    name = models.CharField(max_length=60, db_index=True)
    sex = models.CharField(max_length=10, blank=True)
    id_number_sealed = models.BinaryField(null=True)
    id_number_hash = models.CharField(max_length=64, blank=True, db_index=True)
    id_number_mask = models.CharField(max_length=12, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cadres")
    position = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=20, default="HELPER")
    political = models.CharField(max_length=20, blank=True)
    education = models.CharField(max_length=20, blank=True)
    skill = models.CharField(max_length=20, blank=True)
    phone_sealed = models.BinaryField(null=True)
    phone_hash = models.CharField(max_length=64, blank=True)
    phone_mask = models.CharField(max_length=12, blank=True)
    home_division_code = models.CharField(max_length=12, blank=True)
    speaks_hakka = models.BooleanField(null=True)
    capacity = models.PositiveSmallIntegerField(default=1)
    team_division_code = models.CharField(max_length=12, blank=True)
    # The account by which the cadre signs in, where there is one: pairs become grants to it.
    user = models.UUIDField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["id_number_hash"],
                condition=Q(left_on__isnull=True) & ~Q(id_number_hash=""),
                name="cadre_once_by_id_number",
            ),
            models.CheckConstraint(condition=Q(capacity__lte=5), name="cadre_has_at_most_five_places"),
        ]

    def __str__(self) -> str:
        return self.name


class Kinship(Recorded):
    """A cadre declared to be a relative of a household: the two are never paired."""

    RECORDED: ClassVar = ("household", "cadre_id", "declared_on")

    household = models.UUIDField(db_index=True)
    cadre = models.ForeignKey(Cadre, on_delete=models.PROTECT, related_name="kin")
    declared_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["household", "cadre"], name="kinship_declared_once")
        ]

    def __str__(self) -> str:
        return f"{self.household} {self.cadre_id}"


class Run(models.Model):
    """One computation of pairs: what went in, what it cost, and the proof that nothing is cheaper."""

    class State(models.TextChoices):
        PROPOSED = "PROPOSED", _("待确认")
        CLOSED = "CLOSED", _("已处理")
        DISCARDED = "DISCARDED", _("已放弃")

    public_id = models.UUIDField(unique=True, default=new_id)
    division_code = models.CharField(max_length=12)
    as_of = models.DateField()
    at = models.DateTimeField()
    by_label = models.CharField(max_length=120)
    input_digest = models.CharField(max_length=64)
    weights = models.JSONField(default=dict)
    objective = models.BigIntegerField()
    optimal = models.BooleanField()
    # {zh, en, checks}: the certificate in words and in numbers, as the independent verifier wrote it.
    certificate = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)

    def __str__(self) -> str:
        return f"{self.public_id} {self.state}"


class ScopedQuerySet(models.QuerySet["Proposal", "Proposal"]):
    """Proposals, seen in the division of their household."""

    def visible_to(self, viewer: AnyViewer, act: Can = Can.READ_PAIRING) -> ScopedQuerySet:
        """Return the proposals that a viewer may see."""
        return self.filter(scope(viewer, act, subject=None))


class Proposal(models.Model):
    """One household of a run: the cadre proposed and why, or why there is none. It changes nothing by itself."""

    class State(models.TextChoices):
        OPEN = "OPEN", _("待确认")
        ACCEPTED = "ACCEPTED", _("已采纳")
        CHANGED = "CHANGED", _("已改派")
        REJECTED = "REJECTED", _("未采纳")
        KEPT = "KEPT", _("保持不变")
        NO_CADRE = "NO_CADRE", _("没有可派的干部")

    public_id = models.UUIDField(unique=True, default=new_id)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="proposals")
    household = models.UUIDField(db_index=True)
    division_code = models.CharField(max_length=12, db_index=True)
    cadre = models.ForeignKey(
        Cadre, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    cost = models.IntegerField(default=0)
    # [{code, params}]: rendered in the language of the page.
    reasons = models.JSONField(default=list)
    why_unpaired = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    decided_label = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_note = models.TextField(blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "household"], name="household_once_a_run")
        ]

    def __str__(self) -> str:
        return f"{self.household} {self.state}"


class PairingQuerySet(models.QuerySet["Pairing", "Pairing"]):
    """Pairs, seen in their division or by grant on the household."""

    def visible_to(self, viewer: AnyViewer, act: Can = Can.READ_PAIRING) -> PairingQuerySet:
        """Return the pairs that a viewer may see."""
        return self.filter(scope(viewer, act, subject="household"))


class Pairing(Recorded):
    """A cadre answers for a household, from a day to a day."""

    class Ended(models.TextChoices):
        HANDED_OVER = "HANDED_OVER", _("交接给他人")
        LEFT = "LEFT", _("干部调离")
        CLOSED = "CLOSED", _("农户注销")
        NOT_NEEDED = "NOT_NEEDED", _("不再需要")
        MISTAKE = "MISTAKE", _("派错")

    RECORDED: ClassVar = ("household", "cadre_id", "valid_from", "valid_to", "ended", "basis")

    household = models.UUIDField()
    division_code = models.CharField(max_length=12, db_index=True)
    cadre = models.ForeignKey(Cadre, on_delete=models.PROTECT, related_name="pairings")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    ended = models.CharField(max_length=20, choices=Ended, blank=True)
    basis = models.CharField(max_length=60)

    objects = PairingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(valid_to__isnull=True), name="household_has_one_cadre_now"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="pairing_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household} {self.cadre_id}"

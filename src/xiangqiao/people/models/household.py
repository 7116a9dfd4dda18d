"""A household, who belongs to it from when to when, and what belongs to a year."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.kernel.models import Recorded
from xiangqiao.people.models.person import Person
from xiangqiao.people.models.scoped import ScopedQuerySet


class HouseholdQuerySet(ScopedQuerySet["Household"]):
    """Households, seen by division or by grant."""


class Household(Recorded):
    """A household of the register."""

    RECORDED: ClassVar = (
        "household_no", "division_code", "group_name", "phone_hash", "phone_mask", "bank_name", "bank_card_hash",
        "bank_card_mask", "standard", "household_type", "watch_type", "exit_status", "martyr_family",
        "only_child_family", "cause_main", "cause_2", "cause_3", "opened_on", "closed_on", "close_reason",
    )  # fmt: skip

    household_no = models.CharField(max_length=30)
    division_code = models.CharField(max_length=12)
    group_name = models.CharField(max_length=60, blank=True)
    # Of the head, kept beside the household for lists and search; written by the actions that change the head.
    head_name = models.CharField(max_length=60, blank=True)
    head_pinyin = models.CharField(max_length=20, blank=True)
    size = models.PositiveSmallIntegerField(default=0)
    phone_sealed = models.BinaryField(null=True)
    phone_hash = models.CharField(max_length=64, blank=True)
    phone_mask = models.CharField(max_length=12, blank=True)
    bank_name = models.CharField(max_length=60, blank=True)
    bank_card_sealed = models.BinaryField(null=True)
    bank_card_hash = models.CharField(max_length=64, blank=True)
    bank_card_mask = models.CharField(max_length=12, blank=True)
    standard = models.CharField(max_length=20, blank=True)
    household_type = models.CharField(max_length=20, blank=True)
    watch_type = models.CharField(max_length=20, blank=True)
    exit_status = models.CharField(max_length=20, blank=True)
    martyr_family = models.BooleanField(null=True)
    only_child_family = models.BooleanField(null=True)
    cause_main = models.CharField(max_length=20, blank=True)
    cause_2 = models.CharField(max_length=20, blank=True)
    cause_3 = models.CharField(max_length=20, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    close_reason = models.CharField(max_length=20, blank=True)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["household_no"], name="household_no_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["division_code", "id"], name="household_in_division"),
            # The list counts and orders open households without touching their rows.
            *(
                models.Index(
                    fields=[*fields, "id"], condition=Q(closed_on__isnull=True), name=f"household_open_{name}"
                )
                for name, fields in (
                    ("place", ["division_code"]),
                    ("watch", ["watch_type", "division_code"]),
                    ("exit", ["exit_status", "division_code"]),
                    ("size", ["size", "division_code"]),
                    ("pinyin", ["head_pinyin", "division_code"]),
                )
            ),
            models.Index(fields=["head_name"], name="household_by_head"),
            models.Index(fields=["head_pinyin"], name="household_by_head_pinyin"),
            models.Index(fields=["phone_hash"], name="household_by_phone"),
        ]

    def __str__(self) -> str:
        return self.household_no


class Membership(Recorded):
    """A person belongs to a household from a day to a day (half-open)."""

    class Joined(models.TextChoices):
        REGISTERED = "REGISTERED", _("登记")
        BIRTH = "BIRTH", _("出生")
        MARRIAGE = "MARRIAGE", _("婚入")
        MOVE_IN = "MOVE_IN", _("迁入")
        SPLIT = "SPLIT", _("分户")
        MERGE = "MERGE", _("并户")
        OTHER = "OTHER", _("其他")

    class Left(models.TextChoices):
        DEATH = "DEATH", _("死亡")
        MARRIAGE = "MARRIAGE", _("婚出")
        MOVE_OUT = "MOVE_OUT", _("迁出")
        SPLIT = "SPLIT", _("分户")
        MERGE = "MERGE", _("并户")
        MISTAKE = "MISTAKE", _("登记有误")
        OTHER = "OTHER", _("其他")

    RECORDED: ClassVar = (
        "household_id", "person_id", "relation", "is_head", "valid_from", "valid_to", "joined", "left",
    )  # fmt: skip

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    relation = models.CharField(max_length=30)
    is_head = models.BooleanField(default=False)
    # None: a member since before the register began.
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    joined = models.CharField(max_length=20, choices=Joined, default=Joined.REGISTERED)
    left = models.CharField(max_length=20, choices=Left, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(valid_to__isnull=True), name="person_in_one_household_now"
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(valid_to__isnull=True, is_head=True),
                name="household_has_one_head",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
                name="membership_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(is_head=False) | Q(relation="HEAD"), name="head_stands_in_the_relation_head"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.household_id}"


class HouseholdYear(Recorded):
    """How a household lived in a year. Income stands in the ledger, line by line."""

    RECORDED: ClassVar = (
        "household_id", "year", "expense_medical_fen", "expense_school_fen", "land_arable", "land_irrigated",
        "land_forest", "land_returned", "land_orchard", "land_pasture", "land_water", "in_cooperative",
        "power_production", "power_domestic", "broadband", "road_distance_m", "road_type", "house_area_m2",
        "house_dangerous", "house_grade", "water_difficult", "water_safe", "toilet_sanitary", "fuel",
        "relocation_wish",
    )  # fmt: skip

    # Found by the index of the constraint, which begins with it.
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="years", db_index=False)
    year = models.PositiveSmallIntegerField()
    expense_medical_fen = models.BigIntegerField(null=True, blank=True)
    expense_school_fen = models.BigIntegerField(null=True, blank=True)
    # Land in hundredths of a mu.
    land_arable = models.PositiveIntegerField(null=True, blank=True)
    land_irrigated = models.PositiveIntegerField(null=True, blank=True)
    land_forest = models.PositiveIntegerField(null=True, blank=True)
    land_returned = models.PositiveIntegerField(null=True, blank=True)
    land_orchard = models.PositiveIntegerField(null=True, blank=True)
    land_pasture = models.PositiveIntegerField(null=True, blank=True)
    land_water = models.PositiveIntegerField(null=True, blank=True)
    in_cooperative = models.BooleanField(null=True)
    power_production = models.BooleanField(null=True)
    power_domestic = models.BooleanField(null=True)
    broadband = models.BooleanField(null=True)
    road_distance_m = models.PositiveIntegerField(null=True, blank=True)
    road_type = models.CharField(max_length=20, blank=True)
    house_area_m2 = models.PositiveIntegerField(null=True, blank=True)
    house_dangerous = models.BooleanField(null=True)
    house_grade = models.CharField(max_length=5, blank=True)
    water_difficult = models.BooleanField(null=True)
    water_safe = models.BooleanField(null=True)
    toilet_sanitary = models.BooleanField(null=True)
    fuel = models.CharField(max_length=20, blank=True)
    relocation_wish = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["household", "year"], name="household_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.year}"

"""A person: what stays, and what belongs to a year."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, Viewer, granted, scope
from xiangqiao.kernel.models import Recorded
from xiangqiao.people.models.scoped import ScopedQuerySet


class PersonQuerySet(ScopedQuerySet["Person"]):
    """People; a grant on the household opens its present members."""

    def visible_to(self, viewer: AnyViewer, act: Can = Can.READ_REGISTER, *, within: str = "") -> Self:
        """Return the people that a viewer may see for an act, each once. Who left the household is not opened by its grant."""
        seen = scope(viewer, act, code=self.code_path, subject=None, within=within)
        if isinstance(viewer, Viewer) and viewer.can(act):
            membership = self.model._meta.get_field("memberships").related_model
            present = membership._default_manager.filter(
                valid_to__isnull=True, household__public_id__in=granted(viewer, act)
            )
            seen |= Q(pk__in=present.values("person"))
        return self.filter(seen)


class Person(Recorded):
    """A person. Personal numbers are sealed, found by keyed hash, and shown masked."""

    RECORDED: ClassVar = (
        "division_code", "name", "sex", "birth_on", "died_on", "id_type", "id_number_hash", "id_number_mask",
        "disability_no_hash", "disability_no_mask", "disability_type", "disability_level", "ethnicity", "political",
        "soldier",
    )  # fmt: skip

    division_code = models.CharField(max_length=12, db_index=True)
    name = models.CharField(max_length=60, db_index=True)
    name_pinyin = models.CharField(max_length=20, blank=True, db_index=True)
    sex = models.CharField(max_length=10, blank=True)
    birth_on = models.DateField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    id_type = models.CharField(max_length=20, blank=True)
    id_number_sealed = models.BinaryField(null=True)
    id_number_hash = models.CharField(max_length=64, blank=True)
    id_number_mask = models.CharField(max_length=12, blank=True)
    disability_no_sealed = models.BinaryField(null=True)
    disability_no_hash = models.CharField(max_length=64, blank=True)
    disability_no_mask = models.CharField(max_length=12, blank=True)
    # Digits 19 and 20 of the disability certificate: kind 1-7 and grade 1-4. Source: GB/T 26341-2010.
    disability_type = models.PositiveSmallIntegerField(null=True, blank=True)
    disability_level = models.PositiveSmallIntegerField(null=True, blank=True)
    ethnicity = models.CharField(max_length=20, blank=True)
    political = models.CharField(max_length=20, blank=True)
    soldier = models.BooleanField(null=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["id_number_hash"],
                condition=models.Q(died_on__isnull=True) & ~models.Q(id_number_hash=""),
                name="id_number_on_one_living_person",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class PersonYear(Recorded):
    """What is known of a person in a year."""

    RECORDED: ClassVar = (
        "person_id", "year", "education", "schooling", "health", "labour", "work_place", "work_months",
        "medical_insured", "serious_insured", "pension_insured", "dibao",
    )  # fmt: skip

    # Found by the index of the constraint, which begins with it.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="years", db_index=False)
    year = models.PositiveSmallIntegerField()
    education = models.CharField(max_length=20, blank=True)
    schooling = models.CharField(max_length=20, blank=True)
    health = models.CharField(max_length=20, blank=True)
    labour = models.CharField(max_length=20, blank=True)
    work_place = models.CharField(max_length=20, blank=True)
    work_months = models.PositiveSmallIntegerField(null=True, blank=True)
    medical_insured = models.BooleanField(null=True)
    serious_insured = models.BooleanField(null=True)
    pension_insured = models.BooleanField(null=True)
    dibao = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "year"], name="person_once_a_year"),
            models.CheckConstraint(
                condition=models.Q(work_months__isnull=True) | models.Q(work_months__lte=12),
                name="work_months_within_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.year}"

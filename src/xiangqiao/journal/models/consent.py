"""Consent: a household lets a station keeper open its page for it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, scope
from xiangqiao.kernel.models import Recorded


class ConsentQuerySet(models.QuerySet["Consent", "Consent"]):
    """Consents, seen in their division or by grant on the household."""

    def visible_to(self, viewer: AnyViewer, act: Can = Can.READ_JOURNAL) -> ConsentQuerySet:
        """Return the consents that a viewer may see."""
        return self.filter(scope(viewer, act, subject="household"))


class Consent(Recorded):
    """Whom a household lets act for it: what for, from when to when, and how the consent was given."""

    class Scope(models.TextChoices):
        READ = "READ", _("代看")
        REPLY = "REPLY", _("代看和代答")

    class Given(models.TextChoices):
        OWN_PAGE = "OWN_PAGE", _("本人在户页上同意")
        WITNESS = "WITNESS", _("当面同意，有见证人")
        PHONE = "PHONE", _("电话核实同意")

    RECORDED: ClassVar = ("household", "keeper", "scope", "given", "witness", "valid_from", "valid_to", "withdrawn_at")  # fmt: skip

    household = models.UUIDField(db_index=True)
    division_code = models.CharField(max_length=12)
    keeper = models.UUIDField(db_index=True)
    keeper_label = models.CharField(max_length=120)
    scope = models.CharField(max_length=10, choices=Scope)
    given = models.CharField(max_length=10, choices=Given)
    witness = models.CharField(max_length=60, blank=True)
    recorded_label = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household", "keeper"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from")), name="consent_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(given="WITNESS") | ~Q(witness=""), name="consent_names_its_witness"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household} {self.keeper}"

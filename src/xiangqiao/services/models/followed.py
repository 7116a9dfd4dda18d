"""What a person without an account follows by phone and code."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models

from xiangqiao.kernel.models import Recorded
from xiangqiao.services.words import Channel, Consent

FOLLOWED = (
    "division_code", "asker_name", "asker", "household", "by", "consent", "channel", "source_note",
    "phone_hash", "phone_mask", "code_hash",
)  # fmt: skip


class Followed(Recorded):
    """Something asked for by somebody, perhaps through another person, and followed by phone and code."""

    division_code = models.CharField(max_length=12)
    asker_name = models.CharField(max_length=60, blank=True)
    # The account of a registered asker.
    asker: models.UUIDField[UUID | None, UUID | None] = models.UUIDField(null=True, blank=True, db_index=True)
    household: models.UUIDField[UUID | None, UUID | None] = models.UUIDField(
        null=True, blank=True, db_index=True
    )
    # Who asks for somebody else, and how that person agreed.
    by: models.UUIDField[UUID | None, UUID | None] = models.UUIDField(null=True, blank=True, db_index=True)
    by_label = models.CharField(max_length=120, blank=True)
    consent = models.CharField(max_length=10, choices=Consent, blank=True)
    channel = models.CharField(max_length=10, choices=Channel)
    source_note = models.CharField(max_length=120, blank=True)
    phone_sealed = models.BinaryField(null=True)
    phone_hash = models.CharField(max_length=64, blank=True)
    phone_mask = models.CharField(max_length=20, blank=True)
    code_hash = models.CharField(max_length=64, db_index=True)

    class Meta:
        abstract = True

    RECORDED: ClassVar[tuple[str, ...]] = FOLLOWED

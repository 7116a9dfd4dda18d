"""The household's own door: its address in a QR code, one-time codes, wrong tries, and short sessions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from xiangqiao.kernel.models import Recorded


class Door(Recorded):
    """The address of a household's own page. The token names the page; alone it opens nothing."""

    RECORDED: ClassVar = ("household", "token")

    household = models.UUIDField(unique=True)
    division_code = models.CharField(max_length=12)
    token = models.CharField(max_length=16, unique=True)

    def __str__(self) -> str:
        return self.token


class OneTimeCode(Recorded):
    """A code that opens a door once. Only its keyed hash is kept; of a door's codes the newest alone is good."""

    RECORDED: ClassVar = ("door_id", "issued_at", "expires_at", "used_at", "void")

    door = models.ForeignKey(Door, on_delete=models.PROTECT, related_name="codes")
    code_hash = models.CharField(max_length=64)
    issued_by = models.UUIDField(null=True)
    issued_label = models.CharField(max_length=120)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    void = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["door", "-issued_at"], name="code_of_door")]

    def __str__(self) -> str:
        return f"{self.door_id} {self.issued_at}"


class CodeTry(models.Model):
    """A wrong code was given: counted by door and by the keyed hash of the address it came from."""

    door = models.ForeignKey(Door, on_delete=models.CASCADE, null=True, related_name="tries")
    address_hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["door", "at"], name="try_at_door"),
            models.Index(fields=["address_hash", "at"], name="try_from_address"),
        ]

    def __str__(self) -> str:
        return f"{self.door_id} {self.at}"


class OwnSession(models.Model):
    """A door stands open for one browser, for a short time. Only the digest of its key is kept."""

    door = models.ForeignKey(Door, on_delete=models.PROTECT, related_name="sessions")
    code = models.ForeignKey(OneTimeCode, on_delete=models.PROTECT, related_name="sessions")
    key_digest = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.door_id} {self.started_at}"

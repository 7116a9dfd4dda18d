"""Official accounts of every level, what came in by them, and what is to be sent."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiangqiao.kernel.crypto import Place
from xiangqiao.kernel.keyring import vault
from xiangqiao.kernel.models import Recorded

SECRETS = ("token", "aes_key", "secret")


class OfficialAccount(Recorded):
    """A WeChat official account of the county or of a township. Its three secrets are sealed."""

    RECORDED: ClassVar = ("name", "division_code", "app_id", "encrypted", "template_id", "is_active")

    name = models.CharField(max_length=60)
    division_code = models.CharField(max_length=12)
    app_id = models.CharField(max_length=40, unique=True)
    encrypted = models.BooleanField(default=True)
    # For answers later than the forty-eight hours in which free words may be sent.
    template_id = models.CharField(max_length=80, blank=True)
    is_active = models.BooleanField(default=True)
    token_sealed = models.BinaryField(null=True)
    aes_key_sealed = models.BinaryField(null=True)
    secret_sealed = models.BinaryField(null=True)

    def __str__(self) -> str:
        return self.name

    def opened(self, name: str) -> str:
        """Return one of the secrets, empty where there is none."""
        return open_value(self, f"{name}_sealed", self.public_id)


class Thread(Recorded):
    """A question that came by an account: whom the answer goes to. The open id is sealed."""

    RECORDED: ClassVar = ("account_id", "question", "open_id_hash")

    account = models.ForeignKey(OfficialAccount, on_delete=models.PROTECT, related_name="threads")
    question: models.UUIDField[UUID, UUID] = models.UUIDField(unique=True)
    open_id_hash = models.CharField(max_length=64, db_index=True)
    open_id_sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.question)

    @property
    def open_id(self) -> str:
        """The open id itself."""
        return open_value(self, "open_id_sealed", self.public_id)


class Received(models.Model):
    """A message that was taken, so that the same one sent again is not taken twice."""

    account = models.ForeignKey(OfficialAccount, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=90)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "key"], name="message_taken_once")
        ]

    def __str__(self) -> str:
        return self.key


class Outgoing(Recorded):
    """A message that leaves the machine after the transaction that wanted it was committed."""

    class State(models.TextChoices):
        WAITING = "WAITING", _("待发送")
        SENT = "SENT", _("已发送")
        FAILED = "FAILED", _("发送失败")

    account = models.ForeignKey(OfficialAccount, on_delete=models.PROTECT, related_name="outgoing")
    open_id_sealed = models.BinaryField()
    # Words for one person: sealed, as they may hold a follow code.
    text_sealed = models.BinaryField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=120, blank=True)
    wanted_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.account_id} {self.state}"

    def opened(self, name: str) -> str:
        """Return the open id or the text."""
        return open_value(self, f"{name}_sealed", self.public_id)


def seal_value(row: models.Model, column: str, public_id: UUID, value: str) -> bytes:
    """Seal a value to its place."""
    return vault().seal(value, Place(row._meta.db_table, column, public_id))


def open_value(row: models.Model, column: str, public_id: UUID) -> str:
    """Open what was sealed to its place, empty where there is nothing."""
    sealed = getattr(row, column)
    return vault().open(sealed, Place(row._meta.db_table, column, public_id)) if sealed else ""

"""What rows of the clinic share: an opaque id, and text that only the clinic's own key opens."""

from __future__ import annotations

from uuid import UUID

from django.db import models

from xiangqiao.clinic.keys import ring
from xiangqiao.kernel.crypto import Place
from xiangqiao.kernel.ids import new_id


class Apart(models.Model):
    """A row of the clinic's own database."""

    public_id = models.UUIDField(unique=True, default=new_id)

    class Meta:
        abstract = True

    def seal(self, column: str, text: str) -> None:
        """Seal a text into `<column>_sealed`, bound to this row."""
        setattr(self, f"{column}_sealed", ring.vault().seal(text, self._place(column)))

    def opened(self, column: str) -> str:
        """Open a sealed text; empty where there is none. Raises SealBroken where it was moved or altered."""
        sealed = getattr(self, f"{column}_sealed")
        return ring.vault().open(sealed, self._place(column)) if sealed else ""

    def _place(self, column: str) -> Place:
        row: UUID = self.public_id
        return Place(self._meta.db_table, column, row)


class ClinicKey(models.Model):
    """A data key of the clinic, wrapped by the clinic's master key."""

    purpose = models.CharField(max_length=10)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"

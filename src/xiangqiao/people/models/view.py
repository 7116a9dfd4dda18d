"""A list with its filters and columns, kept under a name."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from xiangqiao.kernel.ids import new_id


class SavedView(models.Model):
    """Filters, columns and order of a list, saved by a person, perhaps shared with the same division."""

    public_id = models.UUIDField(unique=True, default=new_id)
    owner = models.UUIDField(db_index=True)
    list_name = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000, blank=True)
    shared_code = models.CharField(max_length=12, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "list_name", "name"], name="saved_view_name_once")
        ]

    def __str__(self) -> str:
        return self.name

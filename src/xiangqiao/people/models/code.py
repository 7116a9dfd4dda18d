"""Code lists as dated data: what a stored code is called, in which time."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Code(models.Model):
    """One code of one list with its words in both languages, valid for a time."""

    list_name = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    zh = models.CharField(max_length=80)
    en = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["list_name", "code", "valid_from"], name="code_once_per_time")
        ]

    def __str__(self) -> str:
        return f"{self.list_name}.{self.code}"

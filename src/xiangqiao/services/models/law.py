"""The law shelf: texts that concern farmers, in our own words, with where the text itself stands."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiangqiao.kernel.models import Recorded


class LawText(Recorded):
    """A law, regulation or policy paper: who issued it, its number, what it says in plain words, since when."""

    class Kind(models.TextChoices):
        LAW = "LAW", _("法律")
        REGULATION = "REGULATION", _("法规规章")
        POLICY = "POLICY", _("政策文件")

    RECORDED: ClassVar = (
        "kind", "title", "issuer", "number", "summary", "source", "valid_from", "valid_to",
    )  # fmt: skip

    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=120, unique=True)
    issuer = models.CharField(max_length=80)
    number = models.CharField(max_length=80, blank=True)
    summary = models.TextField(max_length=4000)
    # Where the text itself stands, in words: never a copy of it.
    source = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class LawGram(models.Model):
    """A pair of characters of a text, by which it is found; made anew whenever the text changes."""

    text = models.ForeignKey(LawText, on_delete=models.CASCADE, related_name="grams")
    gram = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["gram", "text"], name="gram_once_a_text")]

    def __str__(self) -> str:
        return self.gram

"""Techniques: short texts on how something is grown, raised or made; and the bigrams by which they are found."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.kernel.models import Recorded


class Technique(Recorded):
    """One text: drafted by one person, published by another. Months are 1..12; empty is the whole year."""

    class Trade(models.TextChoices):
        ORCHARD = "ORCHARD", _("果树")
        FIELD = "FIELD", _("粮油")
        VEGETABLE = "VEGETABLE", _("蔬菜")
        LIVESTOCK = "LIVESTOCK", _("畜禽")
        FISH = "FISH", _("水产")
        SPECIAL = "SPECIAL", _("特色种养")
        HANDICRAFT = "HANDICRAFT", _("加工与手艺")
        SELLING = "SELLING", _("分级与销售")

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("待另一人发布")
        PUBLISHED = "PUBLISHED", _("已发布")
        WITHDRAWN = "WITHDRAWN", _("已撤下")

    RECORDED: ClassVar = (
        "slug", "title", "title_en", "summary", "summary_en", "body", "trade", "months", "region", "source", "licence",
        "state", "drafted_by", "published_by", "published_at",
    )  # fmt: skip

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=60)
    title_en = models.CharField(max_length=120, blank=True)
    summary = models.CharField(max_length=200)
    summary_en = models.CharField(max_length=300, blank=True)
    body = models.TextField()
    trade = models.CharField(max_length=12, choices=Trade)
    months = models.JSONField(default=list)
    region = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=200)
    licence = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    drafted_by = models.UUIDField(null=True)
    drafted_label = models.CharField(max_length=120)
    published_by = models.UUIDField(null=True)
    published_label = models.CharField(max_length=120, blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(published_by__isnull=True)
                | Q(drafted_by__isnull=True)
                | ~Q(published_by=F("drafted_by")),
                name="technique_is_published_by_a_second_person",
            )
        ]

    def __str__(self) -> str:
        return self.title


class TechniqueGram(models.Model):
    """One gram of a text: two characters side by side, one character, or a word of letters."""

    technique = models.ForeignKey(Technique, on_delete=models.CASCADE, related_name="grams")
    gram = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gram", "technique"], name="gram_of_technique_once")
        ]

    def __str__(self) -> str:
        return self.gram

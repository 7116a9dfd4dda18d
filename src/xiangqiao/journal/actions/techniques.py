"""Technique texts: drafted by one person, published by another, taken off the shelf when they no longer hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError
from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.journal.models import Technique, TechniqueGram
from xiangqiao.journal.rules.grams import grams
from xiangqiao.kernel.act import Act
from xiangqiao.kernel.errors import ActionError, Conflict, NotAllowed
from xiangqiao.kernel.record import recording


@dataclass(frozen=True)
class Text:
    """What a technique text says, and where it comes from. `months` are 1..12; none: the whole year."""

    slug: str
    title: str
    summary: str
    body: str
    trade: str
    source: str
    licence: str
    title_en: str = ""
    summary_en: str = ""
    months: Sequence[int] = ()
    region: str = ""


def draft_technique(*, act: Act, text: Text) -> Technique:
    """Put a text before a second person. Raises ActionError where the address is taken or source and licence are missing."""
    viewer = permit(act, Can.ANSWER)
    for name in ("title", "body", "source", "licence"):
        if not str(getattr(text, name)).strip():
            raise ActionError("technique.empty", _("标题、正文、来源和许可都要写。"), field=name)
    if any(month not in range(1, 13) for month in text.months):
        raise ActionError("technique.months", _("月份是 1 到 12。"), field="months")
    row = Technique(
        **{**vars(text), "months": sorted(set(text.months))},
        drafted_by=viewer.public_id,
        drafted_label=viewer.label,
    )
    try:
        with recording("journal.technique_drafted", act, subject=row) as record:
            record.create(row)
            TechniqueGram.objects.bulk_create(
                TechniqueGram(technique=row, gram=one) for one in sorted(grams(_found_by(row)))
            )
    except IntegrityError as clash:
        raise ActionError("technique.slug", _("这个网址名已经用过，请换一个。"), field="slug") from clash
    return row


def publish_technique(*, act: Act, slug: str) -> Technique:
    """Publish a draft. Raises NotAllowed to the person who drafted it."""
    viewer = permit(act, Can.APPROVE_PUBLICATION)
    row = _named(slug)
    if row.drafted_by is not None and row.drafted_by == viewer.public_id:
        raise NotAllowed("technique.own", _("自己写的要由另一个人看过再发布。"))
    if row.state != Technique.State.DRAFT:
        raise Conflict("technique.state", _("这一篇已经发布过，或已撤下。"))
    with recording("journal.technique_published", act, subject=row) as record:
        record.change(
            row,
            version=row.version,
            state=Technique.State.PUBLISHED,
            published_by=viewer.public_id,
            published_at=act.at,
        )
        Technique.objects.filter(pk=row.pk).update(published_label=viewer.label)
    return row


def withdraw_technique(*, act: Act, slug: str) -> Technique:
    """Take a text off the shelf. Why stands in the log: `act.reason`."""
    permit(act, Can.APPROVE_PUBLICATION)
    row = _named(slug)
    if not act.reason.strip():
        raise ActionError("technique.reason", _("请写明为什么撤下。"), field="reason")
    with recording("journal.technique_withdrawn", act, subject=row) as record:
        record.change(row, version=row.version, state=Technique.State.WITHDRAWN)
    return row


def _named(slug: str) -> Technique:
    row = Technique.objects.filter(slug=slug).first()
    if row is None:
        raise ActionError("technique.unknown", _("没有这一篇。"))
    return row


def _found_by(row: Technique) -> str:
    words = (row.title, row.title_en, row.summary, row.summary_en, row.body, row.region)
    return "\n".join([*words, str(row.get_trade_display())])

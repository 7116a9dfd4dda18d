"""One policy as a row of the list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from xiangqiao.kernel.ui.marks import Link, Tag, Tone
from xiangqiao.kernel.ui.numbers import whole
from xiangqiao.kernel.ui.tables import Cell, Column, Row
from xiangqiao.policy.queries import Totals, in_language
from xq_engine.policy import Policy


def status_tag(status: str) -> Tag:
    """Return how well the sources of a policy or of a value are verified."""
    tones: dict[str, tuple[str, Tone]] = {
        "verified": (_("已核对原文"), "green"),
        "reprint": (_("只见转载"), "gold"),
        "unverified": (_("未核对"), "orange"),
    }
    text, tone = tones[status]
    return Tag(text, tone)


def span(first: date, after: date | None) -> str:
    """Return a time of validity as one reads it; `after` is the first day on which it no longer holds."""
    begin = date_format(first, "Y-m-d")
    if after is None:
        return _("%(day)s 起") % {"day": begin}
    return _("%(day)s 至 %(end)s 前") % {"day": begin, "end": date_format(after, "Y-m-d")}


def columns(*, opens: bool) -> list[Column]:
    """Return the heads; where the reader sees no households, counts are of the whole county and open nothing."""
    word = _("符合（户）") if opens else _("符合（项）")
    return [
        Column("name", _("政策")),
        Column("status", _("依据、有效期")),
        Column("yes", word, numeric=True),
        Column("unclaimed", _("应享未享"), numeric=True),
        Column("unknown", _("缺信息"), numeric=True),
    ]


def policy_row(
    policy: Policy,
    today: date,
    counts: Mapping[str, tuple[int, int]],
    lost: Mapping[str, Totals],
    totals: Mapping[str, Mapping[str, Any]],
) -> Row:
    """Return the row of a policy; each count opens to its households."""
    base = f"{reverse('desk:households')}?policy={policy.id}"
    in_force = policy.is_in_force(today)
    tags = () if in_force else (Tag(_("已过期") if policy.valid_from <= today else _("未生效"), "grey"),)
    yes, unknown = counts.get(policy.id, (0, 0))
    if totals:
        of = totals.get(policy.id, {})
        numbers: list[Any] = [of.get("yes"), None, of.get("unknown")]
    elif in_force:
        unclaimed = lost[policy.id].households if policy.id in lost else 0
        numbers = [
            Link(whole(yes), f"{base}&state=entitled"),
            Link(whole(unclaimed), base),
            Link(whole(unknown), f"{base}&state=open"),
        ]
    else:
        numbers = [None, None, None]
    return Row(
        [
            Cell(in_language(policy.name), sub=in_language(policy.summary), tags=tags),
            Cell("", sub=span(policy.valid_from, policy.valid_to), tags=[status_tag(policy.source_status)]),
            *numbers,
        ],
        href=reverse("policy:policy", args=[policy.id]),
        key=policy.id,
        label=in_language(policy.name),
    )

"""What the second person sees of a publication: everything that readers will see, and what the guard doubts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from xiangqiao.kernel import publication as guard
from xiangqiao.kernel.ui.numbers import yuan


def review_of(
    one: guard.Publication, *, words: Mapping[str, Mapping[str, str]] | None = None
) -> dict[str, Any]:
    """Return heading, rows (title, value), doubts and the last day of a publication, for `kernel/approval.html`.

    `words` says, by column, how codes are written in the reader's language. The page adds `form`, `key` and `crumbs`. Raises Conflict where the content is not what was submitted.
    """
    shown = guard.contents(one)
    return {
        "heading": one.title,
        "rows": [
            (_(column["title"]), _written(column["of"], row[column["key"]], (words or {}).get(column["key"], {})))
            for row in shown.rows for column in shown.columns
        ],
        "doubts": guard.doubts(one),
        "until": date_format(one.withdraw_on),
    }  # fmt: skip


def _written(of: str, value: Any, words: Mapping[str, str]) -> str | None:
    if value in (None, ""):
        return None
    return (
        _("%(yuan)s 元") % {"yuan": yuan(value)} if of == guard.Of.FEN else words.get(str(value), str(value))
    )

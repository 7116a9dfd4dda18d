"""The law shelf is filled, and found by pairs of characters."""

from __future__ import annotations

from datetime import date
from typing import Any

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.kernel.record import Act, recording
from xiangqiao.services.models import LawGram, LawText
from xiangqiao.services.rules.bigrams import bigrams


def put_law(*, act: Act, title: str, valid_from: date, **values: Any) -> LawText:
    """Put a text on the shelf, or change the one of this title. `values`: kind, issuer, number, summary, source, valid_to.

    Raises NotAllowed to who does not keep the services.
    """
    permit(act, Can.MANAGE_SERVICES)
    with recording("services.law_put", act) as record:
        row = LawText.objects.select_for_update().filter(title=title).first()
        if row is None:
            row = LawText(title=title, valid_from=valid_from, **values)
            record.create(row)
        elif not record.change(row, valid_from=valid_from, **values):
            return row
        grams = bigrams(f"{row.title} {row.number} {row.issuer} {row.summary}")
        LawGram.objects.filter(text=row).delete()
        LawGram.objects.bulk_create(
            [LawGram(text=row, gram=gram[:40]) for gram in sorted(grams)], batch_size=500
        )
    return row

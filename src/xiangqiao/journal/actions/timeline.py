"""Writes of the journal. The programme that tells of itself has checked who may do it."""

from __future__ import annotations

from uuid import UUID

from xiangqiao.journal.models.timeline import Programme, TimelineLine
from xiangqiao.kernel.record import Act, recording


def add_line(
    *,
    act: Act,
    household: UUID,
    division_code: str,
    programme: Programme | str,
    sentence: str,
    source_id: UUID,
    amount_fen: int | None = None,
    link: str = "",
    **values: str | int,
) -> TimelineLine:
    """Put one line on a household's timeline, in the transaction of the programme's own act.

    `sentence` is a Chinese msgid marked with `gettext_noop`, its named parts stand in `values`; `amount_fen` is value
    that came to the household. Idempotent by (`source_id`, household, sentence): told again, the first line is returned.
    """
    told = TimelineLine.objects.filter(source_id=source_id, household=household, sentence=sentence).first()
    if told is not None:
        return told
    row = TimelineLine(
        household=household, division_code=division_code, programme=Programme(programme), at=act.at,
        who=act.by.label, sentence=sentence, values=values, amount_fen=amount_fen, source_id=source_id, link=link,
    )  # fmt: skip
    # The act that the line belongs to carries the key; the line's own event gets a new one.
    with recording("journal.line_added", act.keyless(), division_code=division_code) as record:
        record.create(row)
    return row

"""A household answers a line about itself, or disputes it."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from xiangqiao.journal.models import Reply
from xiangqiao.journal.queries.lines import line_named
from xiangqiao.journal.rules.disputes import AGREE, STANDING, first_state
from xiangqiao.kernel.act import Act
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import recording

TEXT_MOST = 500


def reply_to_line(
    *, act: Act, household: UUID, kind: str, subject: str, choice: str, text: str = "", via: str
) -> Reply:
    """Note what a household says to one of its lines. `household` is the one whose door the page has opened.

    A dispute stands on the line from now on, and goes to the village. Raises ActionError where the line is not this
    household's, or is disputed already.
    """
    line = line_named(household, kind, subject)
    if line is None:
        raise ActionError("reply.line", _("没有这一条，请刷新页面再看。"))
    if choice not in Reply.Choice.values:
        raise ActionError(
            "reply.choice", _("请选一项：是这样、没有这回事、不一样，或没收到。"), field="choice"
        )
    if len(text) > TEXT_MOST:
        raise ActionError("reply.long", _("写得太长了，最多 500 个字。"), field="text")
    standing = Reply.objects.filter(household=household, kind=kind, subject=subject)
    if choice == AGREE and (same := standing.filter(choice=AGREE).first()):
        return same
    row = Reply(
        household=household, division_code=line.division_code, kind=kind, subject=subject, line=line.words[:300],
        choice=choice, text=text.strip(), at=act.at, via=via, by_label=act.by.label, concerned=line.concerned,
        state=first_state(choice),
    )  # fmt: skip
    try:
        with recording("journal.line_replied", act, subject=row, division_code=row.division_code) as record:
            if standing.filter(state__in=STANDING).exists():
                raise _twice()
            record.create(row)
    except IntegrityError as clash:
        raise _twice() from clash
    return row


def _twice() -> ActionError:
    return ActionError("reply.twice", _("这一条已经提出来了，正在等村里答复，不用再提。"))

"""Noting what a designated platform or a charity states it raised."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError
from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.giving.models import Appeal, MirroredTotal
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act, recording


def note_total(
    *,
    act: Act,
    viewer: AnyViewer,
    appeal: Appeal,
    platform: str,
    amount_fen: int,
    as_of: date,
    source: str,
    link: str = "",
) -> MirroredTotal:
    """Note a total as stated elsewhere, with its day and its source; it is shown as declared, beside the books."""
    viewer.demand(Can.MANAGE_GIVING, appeal.division_code)
    if appeal.lane not in ("A", "B"):
        raise ActionError("giving.no_mirror", _("只有慈善项目和指定平台的求助，才有外部募得数。"))
    if amount_fen <= 0 or as_of > day_of(act.at):
        raise ActionError("giving.mirror", _("金额要大于零，日期不能晚于今天。"), field="amount")
    if not source.strip():
        raise ActionError("giving.source", _("请写明来源：谁公布的、在哪里看到。"), field="source")
    row = MirroredTotal(
        appeal=appeal, platform=platform, amount_fen=amount_fen, as_of=as_of, source=source.strip(), link=link
    )
    try:
        with recording(
            "giving.total_noted", act, subject=appeal, division_code=appeal.division_code
        ) as record:
            record.create(row)
    except IntegrityError as clash:
        raise ActionError("giving.mirror_twice", _("这个平台这一天的数已经记过。"), field="as_of") from clash
    return row

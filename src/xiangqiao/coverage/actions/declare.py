"""Declared figures: what a county states, with day and source."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.coverage.models import DeclaredStatistic
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act, recording


def declare(
    *, act: Act, viewer: AnyViewer, code: str, value: int, as_of: date, source: str
) -> DeclaredStatistic:
    """Put a declared figure on record; the same figure of the same day and source is corrected, not doubled."""
    viewer.demand(Can.MANAGE_COVERAGE)
    if code not in DeclaredStatistic.Code.values or value < 0 or not source.strip():
        raise ActionError("coverage.declared", _("请写明是什么数、数值和来源。"), field="source")
    with recording("coverage.declared", act) as record:
        key = {"code": code, "as_of": as_of, "source": source.strip()[:120]}
        row = DeclaredStatistic.objects.select_for_update().filter(**key).first()
        if row is None:
            row = DeclaredStatistic(**key, value=value)
            record.create(row)
        else:
            record.change(row, value=value)
    return row

"""The video call's set-up: two browsers find each other by a few short messages; picture and sound pass between them alone."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from xiangqiao.accounts.viewer import Viewer
from xiangqiao.clinic.deeds import deed
from xiangqiao.clinic.models import Consultation, Signal
from xiangqiao.clinic.queries import consultation_named
from xiangqiao.clinic.rules import FILE_OPEN
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act

_KINDS = frozenset({"ready", "offer", "answer", "bye"})
_LONGEST, _MOST = 60_000, 200
_KEPT = timedelta(minutes=10)


def send_signal(*, act: Act, consultation: UUID, body: str) -> Signal:
    """Hand a message to the other side of a consultation's call.

    Raises ActionError where it is none of the call's, and where the consultation is not under way.
    """
    if not isinstance(act.by, Viewer):
        raise ActionError("clinic.signal", _("请先登录。"))
    row = consultation_named(act.by, consultation)
    if row.state not in FILE_OPEN or row.state == Consultation.State.ASKED or row.consent.withdrawn_at:
        raise ActionError("clinic.call", _("会诊还没有被接收，或者已经办结，不能视频。"))
    kind = _kind_of(body)
    old = Signal.objects.filter(consultation=row)
    old.filter(at__lt=act.at - _KEPT).delete()
    if old.count() >= _MOST:
        raise ActionError("clinic.call", _("重试太多次了，请过几分钟再打开视频。"))
    if kind == "ready":
        with deed(
            "call_joined",
            Act(by=act.by, at=act.at),
            patient=row.case.patient.public_id,
            subject=row.public_id,
        ):
            pass
    return Signal.objects.create(consultation=row, sender=act.by.user.public_id, at=act.at, body=body)


def _kind_of(body: str) -> str:
    try:
        kind = json.loads(body)["kind"] if len(body) <= _LONGEST else ""
    except (ValueError, KeyError, TypeError):
        kind = ""
    if kind not in _KINDS:
        raise ActionError("clinic.signal", _("视频连接的消息不对，请刷新页面。"))
    return str(kind)

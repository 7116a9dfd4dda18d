"""Looking is an act too: it is written down, for the household and for the auditor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from xiangqiao.accounts.models import User, Viewing
from xiangqiao.accounts.rules import REVEALS_PER_DAY, Can
from xiangqiao.accounts.viewer import AnyViewer, Viewer, permit
from xiangqiao.kernel import clock
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.models import Recorded
from xiangqiao.kernel.record import Act, recording

What = Viewing.What
_COLUMNS = ("public_id", "user_id", "subject", "what", "reason", "day", "first_at", "last_at", "times")
_CHUNK = 500  # nine columns each: well below the number of parameters that SQLite takes


def note_viewing(
    viewer: AnyViewer,
    subjects: Iterable[UUID],
    *,
    what: Viewing.What = What.PAGE,
    reason: str = "",
    now: datetime,
) -> None:
    """Write that a person looked at subjects: one row a day each, counted; one statement for up to 500 subjects.

    Jobs of the system are not listed here: their acts stand in the log.
    """
    if not isinstance(viewer, Viewer):
        return
    found = sorted(set(subjects))
    for first in range(0, len(found), _CHUNK):
        _upsert(viewer.user.pk, found[first : first + _CHUNK], what, reason[:200], now)


def _upsert(user: int, subjects: list[UUID], what: str, reason: str, now: datetime) -> None:
    uuids, moment = Viewing._meta.get_field("subject"), Viewing._meta.get_field("last_at")
    at = moment.get_db_prep_value(now, connection)
    day = Viewing._meta.get_field("day").get_db_prep_value(clock.day_of(now), connection)
    parameters: list[Any] = []
    for subject in subjects:
        ids = (uuids.get_db_prep_value(value, connection) for value in (new_id(), subject))
        own, about = ids
        parameters += [own, user, about, what, reason, day, at, at, 1]
    row = f"({', '.join(['%s'] * len(_COLUMNS))})"
    sql = (
        f"INSERT INTO accounts_viewing ({', '.join(_COLUMNS)}) VALUES {', '.join([row] * len(subjects))} "  # noqa: S608
        "ON CONFLICT (subject, user_id, what, day, reason) "
        "DO UPDATE SET times = accounts_viewing.times + 1, last_at = excluded.last_at"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def reveal(*, act: Act, subject: Recorded, attribute: str, division_code: str) -> int:
    """Permit and record that a person sees a complete number of a subject. Return how many remain today.

    The caller opens the seal afterwards. Raises NotAllowed without the post, ActionError without a reason or above the
    day's limit.
    """
    viewer = permit(act, Can.REVEAL, division_code)
    reason = act.reason.strip()
    if not reason:
        raise ActionError("reveal.reason", _("请写明为什么要看完整号码，例如“核对银行卡”。"), field="reason")
    with transaction.atomic():
        remaining = _take_one(viewer, act.at)
        with recording(
            "accounts.number_revealed", act, subject=subject, division_code=division_code, attribute=attribute
        ):
            note_viewing(viewer, [subject.public_id], what=What.REVEAL, reason=reason, now=act.at)
    return remaining


def _take_one(viewer: AnyViewer, now: datetime) -> int:
    if not isinstance(viewer, Viewer):
        return REVEALS_PER_DAY
    # Held until the end, so that two requests at once do not both take the last one.
    User.objects.select_for_update().get(pk=viewer.user.pk)
    today = Viewing.objects.filter(user=viewer.user, what=What.REVEAL, day=clock.day_of(now))
    used = sum(today.values_list("times", flat=True))
    if used >= REVEALS_PER_DAY:
        raise ActionError(
            "reveal.limit",
            _(
                "今天已看过 %(count)d 次完整号码，到了每日上限。确有需要，请请示后由安全管理员处理，或明天再看。"
            )
            % {"count": used},
        )
    return REVEALS_PER_DAY - used - 1

"""Leave for a speed test: so many tests, so many bytes. A test can harm neither the server nor the person's data plan."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.coverage.models import SpeedTicket
from xiangqiao.coverage.rules import TEST_BYTES, TESTS_PER_HOUR, TESTS_PER_MINUTE_ALL, TICKET_SECONDS
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.ids import new_id


def start_test(*, viewer: AnyViewer, now: datetime) -> SpeedTicket:
    """Give leave for one test. Raises ActionError where the person or everybody together asks too often."""
    viewer.demand(Can.REPORT_SIGNAL)
    if viewer.public_id is None:
        raise ActionError("coverage.nobody", _("请登录后测速。"))
    SpeedTicket.objects.filter(started_at__lt=now - timedelta(days=1)).delete()
    ticket = SpeedTicket.objects.create(user=viewer.public_id, started_at=now)
    try:
        _demand_not_too_often(viewer.public_id, now)
    except ActionError:
        ticket.delete()
        raise
    return ticket


def _demand_not_too_often(user: UUID, now: datetime) -> None:
    # Counted after one's own ticket is in: of many at once the last sees all, so never too many are let through.
    every = SpeedTicket.objects.filter(started_at__gt=now - timedelta(minutes=1))
    own = SpeedTicket.objects.filter(user=user, started_at__gt=now - timedelta(hours=1))
    if own.count() > TESTS_PER_HOUR:
        raise ActionError(
            "coverage.tests", _("一小时最多测 %(n)d 次，请过一会儿再测。") % {"n": TESTS_PER_HOUR}
        )
    if every.count() > TESTS_PER_MINUTE_ALL:
        raise ActionError("coverage.busy", _("现在测速的人太多，请一分钟后再试。"))


def spend(*, viewer: AnyViewer, ticket: UUID, now: datetime, down: int = 0, up: int = 0) -> bool:
    """Take bytes from a ticket of one's own; return whether there were enough left. One statement, so no race."""
    rows = _own(viewer, ticket, now).filter(bytes_down__lte=TEST_BYTES - down, bytes_up__lte=TEST_BYTES - up)
    return rows.update(bytes_down=F("bytes_down") + down, bytes_up=F("bytes_up") + up) == 1


def use_ticket(viewer: AnyViewer, ticket: UUID, now: datetime) -> None:
    """Turn a ticket that bytes ran by into a result, once. Raises ActionError where there is none."""
    if _own(viewer, ticket, now).filter(used=False, bytes_down__gt=0, bytes_up__gt=0).update(used=True) != 1:
        raise ActionError("coverage.ticket", _("这次测速已经过期或交过了，请重新测一次。"))


def _own(viewer: AnyViewer, ticket: UUID, now: datetime) -> QuerySet[SpeedTicket]:
    since = now - timedelta(seconds=TICKET_SECONDS)
    own = viewer.public_id or new_id()
    return SpeedTicket.objects.filter(public_id=ticket, user=own, started_at__gte=since)

"""What every action of commerce does alike: fetch a row under lock, step to another state, draw a code."""

from __future__ import annotations

import secrets
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, Viewer, permit
from xiangqiao.commerce.actions.sealing import collect_hash, seal
from xiangqiao.commerce.models import Order, Purchase, Station
from xiangqiao.commerce.rules.codes import CODE_LENGTH, COLLECT_LENGTH, LETTERS, code_of
from xiangqiao.commerce.rules.states import Table, allowed
from xiangqiao.kernel.errors import Conflict, NotAllowed
from xiangqiao.kernel.models import Recorded
from xiangqiao.kernel.record import Act, Recording

Row = TypeVar("Row", bound=Recorded)


def locked(rows: models.QuerySet[Row], public_id: UUID) -> Row:
    """Return a row, held until the end of the transaction. Raises DoesNotExist where the viewer sees none."""
    return rows.select_for_update(of=("self",)).get(public_id=public_id)


def step(record: Recording, row: Any, table: Table, to: str, **values: Any) -> None:
    """Bring a row to its next state. Raises Conflict where its present state does not lead there."""
    if not allowed(table, row.state, to):
        raise Conflict(
            "commerce.state",
            _("现在是“%(state)s”，不能再这样办。请刷新页面看看。") % {"state": row.get_state_display()},
            theirs=row.state,
        )
    record.change(row, state=to, **values)


def keep(act: Act, station: Station) -> AnyViewer:
    """Return who acts, once that person keeps this very station. Raises NotAllowed otherwise."""
    viewer = permit(act, Can.KEEP_STATION, station.division_code)
    if isinstance(viewer, Viewer) and station.keeper != viewer.public_id:
        raise NotAllowed(
            "not_allowed", _("这个站点不是您在守。需要的话，请电商办登记站长。"), act=Can.KEEP_STATION
        )
    return viewer


def fresh_code(prefix: str) -> str:
    """Return a code that nobody guesses."""
    return code_of(prefix, secrets.randbelow(len(LETTERS) ** CODE_LENGTH))


def waiting_under(key: str) -> tuple[models.QuerySet[Order], models.QuerySet[Purchase]]:
    """Return the orders and the purchases that wait at a counter under the hash of a collection code."""
    orders = Order.objects.filter(collect_hash=key, state=Order.State.READY)
    return orders, Purchase.objects.filter(collect_hash=key, state=Purchase.State.ARRIVED)


def new_collect_code(row: Order | Purchase) -> dict[str, Any]:
    """Return the columns of a fresh collection code, digits only for a keypad, under which nothing else waits there.

    The place's stations are held until the end of the transaction, so of two codes drawn at once the second sees the first.
    """
    stations = Station.objects.select_for_update(of=("self",)).filter(division_code=row.division_code)
    list(stations.order_by("pk").values_list("pk", flat=True))
    while True:
        code = f"{secrets.randbelow(10**COLLECT_LENGTH):0{COLLECT_LENGTH}d}"
        key = collect_hash(row.division_code, code)
        if not any(waiting.exists() for waiting in waiting_under(key)):
            return {"collect_sealed": seal(row, "collect_sealed", code), "collect_hash": key}

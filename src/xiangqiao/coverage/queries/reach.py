"""Reach and uptake: two figures with two denominators, and never a third made of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.coverage.models import Connection
from xiangqiao.coverage.queries.standing import SERVICES, Known


@dataclass(frozen=True)
class Reach:
    """A service: households of hamlets that it reaches, of all in listed hamlets; and households that use it."""

    service: str
    reached: int
    unknown: int
    listed: int
    connected: int


def reach_and_uptake(viewer: AnyViewer, known: Sequence[Known]) -> list[Reach]:
    """Return reach over hamlets and uptake by connections on record, for each service."""
    homes = [one for one in known if one.site.kind == "HAMLET"]
    found = []
    for service in SERVICES:
        by = {
            answer: sum(one.site.households or 0 for one in homes if one.of(service).has_service is answer)
            for answer in (True, False, None)
        }
        uses = Connection.objects.visible_to(viewer).filter(service=service, ended_on__isnull=True).count()
        found.append(Reach(service, by[True], by[None], sum(by.values()), uses))
    return found

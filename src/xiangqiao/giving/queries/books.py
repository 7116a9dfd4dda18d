"""The books of giving, recomputed from the single gifts and compared with the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.giving.models import Appeal, Gift, MirroredTotal, Need
from xiangqiao.giving.rules.books import Entry, faults, totals
from xiangqiao.ledger.queries import transfers_named


@dataclass(frozen=True)
class Books:
    """How the books stand: confirmed by unit, gifts checked, what does not add up, and (apart) what others declare."""

    confirmed: dict[str, int]
    gifts: int
    faults: list[tuple[str, str]]
    declared_fen: int

    @property
    def right(self) -> bool:
        """Whether everything adds up to the last fen, piece and minute."""
        return not self.faults


def check_books(viewer: AnyViewer, appeal: Appeal | None = None) -> Books:
    """Recompute the books of one appeal, or of all that a viewer sees, from the single gifts."""
    seen = Appeal.objects.visible_to(viewer)
    rows = Gift.objects.visible_to(viewer).order_by("id")
    if appeal is not None:
        seen, rows = seen.filter(pk=appeal.pk), rows.filter(need__appeal=appeal)
    listed = list(rows)
    entries = _entries(listed)
    taken = dict(Need.objects.filter(appeal__in=seen).values_list("pk", "taken"))
    newest: dict[tuple[int, str], int] = {}
    for one in MirroredTotal.objects.filter(appeal__in=seen).order_by("as_of", "id"):
        newest[one.appeal_id, one.platform] = one.amount_fen
    return Books(totals(entries), len(listed), faults(entries, taken), sum(newest.values()))


def _entries(rows: list[Gift]) -> list[Entry]:
    booked = {one.public_id: one for one in transfers_named(row.transfer for row in rows if row.transfer)}
    entries = []
    for row in rows:
        transfer = booked.get(row.transfer) if row.transfer else None
        resolution = getattr(transfer, "resolution", None)
        entries.append(
            Entry(
                str(row.public_id), row.need_id, row.unit, row.amount, row.state,
                transfer.amount if transfer else None, transfer.unit if transfer else "",
                resolution.state if resolution else "",
            )
        )  # fmt: skip
    return entries

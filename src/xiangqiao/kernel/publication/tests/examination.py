"""The kind of list against which generated specimens are examined."""

from __future__ import annotations

from xiangqiao.kernel import publication as guard
from xq_demo.leaky import Specimen

MEASURED = "found: stopped, or shown to the second person as doubtful"
BOARD = guard.Kind(
    code="test.board",
    title="需求榜",
    columns=(
        guard.Column("township", "乡镇", guard.Of.TOWNSHIP),
        guard.Column("need", "需要什么"),
        guard.Column("quantity", "数量", guard.Of.COUNT),
        guard.Column("fen", "金额", guard.Of.FEN),
    ),
    open_numbers=("0797-6832211",),
)


def examined(specimen: Specimen) -> list[guard.Finding]:
    """Return what the guard finds in a specimen."""
    files = [guard.Attachment(*specimen.file)] if specimen.file else []
    return guard.examine(BOARD, title="需求榜", rows=specimen.rows, attachments=files)

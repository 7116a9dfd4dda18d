"""What stands for a line of a year when it was both declared and evidenced."""

from __future__ import annotations


def stands(declared: int | None, evidenced: int | None) -> int | None:
    """Return the figure of a line: evidence above the declaration replaces it, else the declaration stands.

    A sale that is in the books is part of what the household declared for the year, so the two are never added.

    >>> stands(5_000_00, 3_000_00), stands(5_000_00, 6_200_00), stands(None, 800_00), stands(0, None)
    (500000, 620000, 80000, 0)
    """
    if declared is None or evidenced is None:
        return evidenced if declared is None else declared
    return max(declared, evidenced)

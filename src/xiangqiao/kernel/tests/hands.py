"""Eight hands at the same moment, for tests of races."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from xiangqiao.kernel.errors import ActionError

HANDS = 8


def at_once(hand: Callable[[int], Any]) -> Counter[str]:
    """Run eight hands at the same moment; count `done` and the codes of refusals."""
    start = Barrier(HANDS)

    def run(number: int) -> str:
        try:
            start.wait()
            hand(number)
        except ActionError as refusal:
            return refusal.code
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        return Counter(pool.map(run, range(HANDS)))

"""Generated lists and files with planted leaks: nearly none gets through, and clean lists do."""

from __future__ import annotations

from xiangqiao.kernel.publication.tests.examination import examined
from xq_demo.leaky import specimens


def test_of_two_thousand_lists_no_planted_leak_gets_through_and_clean_ones_do() -> None:
    missed, alarms, clean = [], 0, 0
    for specimen in specimens(seed=7, count=2_000):
        found = examined(specimen)
        if specimen.leak and not found:
            missed.append((specimen.leak, specimen.way))
        if not specimen.leak:
            clean += 1
            alarms += any(one.certain for one in found)
    assert missed == []
    assert alarms / clean < 0.01

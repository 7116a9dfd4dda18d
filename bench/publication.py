"""The publication guard: generated lists and files with planted leaks; recall and false alarms by kind of leak.   publication.py [count]"""

import os
import sys
import time
from collections import Counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiangqiao.config.settings")
django.setup()

from report import report  # noqa: E402

from xiangqiao.kernel.publication.tests.examination import MEASURED, examined  # noqa: E402
from xq_demo.leaky import specimens  # noqa: E402


def main() -> None:
    """Run the suite and name what was missed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    began = time.process_time()
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    stopped: Counter[str] = Counter()
    for specimen in specimens(seed=20161129, count=count):
        findings = examined(specimen)
        kind = specimen.leak or "none"
        planted[kind] += 1
        found[kind] += bool(findings)
        stopped[kind] += any(one.certain for one in findings)
        if specimen.leak and not findings:
            print(f"missed: {specimen.leak}, {specimen.way}: {specimen.text!r}")
        if not specimen.leak and findings and "-v" in sys.argv:
            print(
                f"false: {[(f.code, f.certain, f.where) for f in findings]} {[r['need'] for r in specimen.rows]}"
            )
    seconds = time.process_time() - began
    clean = planted.pop("none")
    report("publication", [_row(f"recall: {kind}", found[kind], planted[kind], stopped[kind]) for kind in planted] + [
        _row("recall: all", sum(found[k] for k in planted), planted.total(), sum(stopped[k] for k in planted), 0.999),
        _row("clean lists let through", clean - stopped["none"], clean, clean - found["none"], 0.99),
    ])  # fmt: skip
    print(f"{count:,} lists in {seconds:.1f} s CPU; {MEASURED}")


def _row(job: str, good: int, of: int, certain: int, goal: float | None = None) -> dict[str, object]:
    share = good / of
    return {
        "job": f"{job} ({good:,} of {of:,}, without doubt {certain:,})", "ours_cpu_s": "", "peer": "", "peer_cpu_s": "",
        "ratio": f"{share:.4f}", "goal": f">= {goal}" if goal else "", "met": share >= goal if goal else "",
    }  # fmt: skip


if __name__ == "__main__":
    main()

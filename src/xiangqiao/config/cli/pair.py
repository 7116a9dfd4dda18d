"""`xiangqiao pair`: propose cadres for households, and accept the proposals where asked."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from xiangqiao.config.cli.progress import Steps
from xiangqiao.config.words import say

SUMMARY = (
    "为需要帮扶的农户推荐帮扶干部，并证明没有更好的方案",
    "propose a cadre for each household that needs one, with proof that nothing is better",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `pair`."""
    parser.add_argument(
        "--division",
        default="",
        help=say("只算这个区划（代码；默认全县）", "only this division (code; default: the county)"),
    )
    parser.add_argument(
        "--accept",
        action="store_true",
        help=say("全部采纳，正式结对", "accept all proposals: households get their cadres"),
    )
    parser.add_argument(
        "--as-of",
        type=date.fromisoformat,
        default=None,
        help=say("按哪一天的安排（默认今天）", "orders of which day (default: today)"),
    )


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Compute, keep and (with --accept) accept pairs; print what came of it."""
    from xiangqiao.accounts.viewer import SystemViewer  # after django.setup()
    from xiangqiao.kernel import clock
    from xiangqiao.kernel.errors import ActionError
    from xiangqiao.kernel.models import Source
    from xiangqiao.kernel.record import Act
    from xiangqiao.pairing import actions
    from xiangqiao.places.queries import county

    here = county()
    code = args.division.ljust(12, "0") if args.division else here.code if here else ""
    if not code:
        raise ActionError(
            "pair.no_county",
            say(
                "还没有建立本县：先运行 xiangqiao init。", "There is no county yet: run xiangqiao init first."
            ),
        )
    now = clock.now()
    viewer = SystemViewer(say("结对", "pairing"))
    act = Act(by=viewer, at=now, source=Source.COMMAND)
    with Steps() as steps:
        with steps.step("propose", say("计算结对", "pairing")) as tick:
            done = actions.propose(
                act=act,
                viewer=viewer,
                division_code=code,
                as_of=args.as_of or clock.day_of(now),
                progress=tick,
            )
        accepted = 0
        if args.accept and done.counts["paired"] > done.counts["kept"]:
            with steps.step("accept", say("采纳", "accepting")):
                accepted = actions.accept_all(act=act, viewer=viewer, run=done)
    if not args.json:
        print(done.certificate[say("zh", "en")])  # noqa: T201 - what the operator asked for
    return {
        "run": str(done.public_id),
        "paired": done.counts["paired"],
        "unpaired": done.counts["unpaired"],
        "kept": done.counts["kept"],
        "accepted": accepted,
        "optimal": done.optimal,
        "seconds": steps.seconds,
    }

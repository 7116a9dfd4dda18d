"""`xiangqiao screen`: decide every policy for everybody in the register."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from xiangqiao.config.cli.progress import Steps
from xiangqiao.config.words import say

SUMMARY = (
    "政策筛查：谁该享受什么，还缺什么信息",
    "screen policies: who is entitled to what, and which facts are missing",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `screen`."""
    parser.add_argument(
        "--as-of",
        type=date.fromisoformat,
        help=say("按哪一天的政策和资料（默认今天）", "policies and facts of which day (default: today)"),
    )


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Screen, keep the verdicts, print the sums."""
    from xiangqiao.config.cli.acting import act, operator  # after django.setup()
    from xiangqiao.kernel import clock
    from xiangqiao.policy.actions import screen

    as_of = args.as_of or clock.today()
    with Steps() as steps, steps.step("screen", say("政策筛查", "screening")) as tick:
        done = screen(act=act(), viewer=operator(), as_of=as_of, progress=tick)
    if not args.json:
        print(  # noqa: T201 - what the operator asked for
            say(
                f"{done.policies} 项政策：应享 {done.eligible} 项，不符合 {done.not_eligible} 项，缺信息待定 {done.unknown} 项",
                f"{done.policies} policies: {done.eligible} entitled, {done.not_eligible} not, {done.unknown} wait for a fact",
            )
        )
    return {
        "as_of": as_of.isoformat(), "policies": done.policies, "eligible": done.eligible,
        "not_eligible": done.not_eligible, "unknown": done.unknown, "snapshot": done.screening.snapshot,
    }  # fmt: skip

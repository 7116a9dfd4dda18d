"""Run the examples of a policy as tests."""

from __future__ import annotations

from dataclasses import dataclass

from xq_engine.policy import Example, Policy, PolicyLibrary
from xq_engine.screening.one import Screener, Verdict


@dataclass(frozen=True)
class ExampleFailure:
    """An example whose verdict differs from what its author worked out."""

    policy_id: str
    example: str
    file: str
    line: int
    wanted: str
    found: str

    def __str__(self) -> str:
        """Say where and what differs."""
        return f"{self.file}:{self.line} {self.example}: 要 {self.wanted}，得 {self.found} / wanted {self.wanted}, got {self.found}"


def check_examples(
    policy: Policy, library: PolicyLibrary, screener: Screener | None = None
) -> list[ExampleFailure]:
    """Compare each example with the verdict of the engine; empty if all agree.

    Verdict, amount, deciding criterion and each missing fact that the example names must be found. Where the example
    names no region, the policy's own is taken.
    """
    used = screener or Screener(library)
    found = []
    for example in policy.examples:
        verdict = used.screen(
            policy,
            example.household,
            example.members,
            as_of=example.as_of,
            region=example.region or policy.region,
        )
        found += [
            ExampleFailure(policy.id, example.name, policy.file, example.line, wanted, got)
            for wanted, got in _differences(example, verdict)
        ]
    return found


def _differences(example: Example, verdict: Verdict) -> list[tuple[str, str]]:
    found = []
    if example.verdict != verdict.verdict:
        found.append(
            (example.verdict, f"{verdict.verdict} ({verdict.decided_by} {', '.join(verdict.missing)})")
        )
    if example.amount_fen is not None and example.amount_fen != verdict.amount_fen:
        found.append((f"{example.amount_fen} fen", f"{verdict.amount_fen} fen"))
    if example.decided_by and example.decided_by != verdict.decided_by:
        found.append((example.decided_by, verdict.decided_by))
    known = {*verdict.missing, *(name.partition(".")[2] for name in verdict.missing)}
    lacking = [name for name in example.missing if name not in known]
    if lacking:
        found.append((f"missing {', '.join(lacking)}", f"missing {', '.join(verdict.missing)}"))
    return found

"""Things in order: the timeline, verdicts with their reasons, jobs in progress."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from xiangqiao.kernel.ui.marks import Tag, Tone

Answer = Literal["met", "unmet", "missing"]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A line of a timeline: when (as read, and as a machine reads it), what, who, with which state."""

    when: str
    text: str
    datetime: str = ""
    who: str = ""
    detail: str = ""
    href: str = ""
    tags: Sequence[Tag] = ()
    tone: Tone = "green"


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition: met, not met (with the fact that decides) or missing (with what to ask or bring)."""

    answer: Answer
    text: str

    @property
    def icon(self) -> str:
        """Name the mark."""
        return {"met": "check", "unmet": "x", "missing": "question-mark"}[self.answer]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one policy says of a household, with every reason; `next_step` names the paper or question."""

    name: str
    tag: Tag
    reasons: Sequence[Reason]
    amount: str = ""
    href: str = ""
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class JobView:
    """A long job as shown: while it runs the page asks `poll_url` every two seconds for this part again."""

    key: str
    title: str
    state: Literal["waiting", "running", "done", "failed", "stopped"]
    done: int = 0
    total: int | None = None
    message: str = ""
    poll_url: str = ""
    cancel_url: str = ""
    result_url: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it still moves."""
        return self.state in {"waiting", "running"}

    @property
    def share(self) -> float | None:
        """Return the finished share from 0 to 1, None while the total is not known."""
        if self.state == "done":
            return 1.0
        return None if not self.total else min(1.0, self.done / self.total)

    @property
    def percent(self) -> int:
        """Return the finished share in whole hundredths."""
        return round(100 * (self.share or 0.0))

"""What the services tell the floors above, in the transaction of the act."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from xiangqiao.kernel.act import Act


@dataclass(frozen=True)
class QuestionAnswered:
    """A question got its answer."""

    act: Act
    question: UUID
    title: str
    answer: str


@dataclass(frozen=True)
class QuestionRefused:
    """A question is not taken; `where_to` says where to go instead."""

    act: Act
    question: UUID
    title: str
    where_to: str

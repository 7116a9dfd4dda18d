"""How far a beginner is, read from the records of each step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Step(StrEnum):
    """The steps of the way: learn, a free space, a subsidised loan applied for, goods listed, a first sale."""

    LEARN = "LEARN"
    SPACE = "SPACE"
    LOAN = "LOAN"
    LIST = "LIST"
    SOLD = "SOLD"


@dataclass(frozen=True)
class Records:
    """The day of the first record of each step; None where there is none."""

    learnt: date | None = None
    space: date | None = None
    loan: date | None = None
    listed: date | None = None
    sold: date | None = None


def done(records: Records) -> dict[Step, date]:
    """Return the steps that are done with their days.

    >>> done(Records(learnt=date(2016, 3, 1), listed=date(2016, 4, 1)))
    {<Step.LEARN: 'LEARN'>: datetime.date(2016, 3, 1), <Step.LIST: 'LIST'>: datetime.date(2016, 4, 1)}
    """
    days = zip(Step, (records.learnt, records.space, records.loan, records.listed, records.sold), strict=True)
    return {step: day for step, day in days if day is not None}


def next_step(records: Records) -> Step | None:
    """Return the first step that is still open; None after the first sale. A loan is offered, never demanded.

    >>> next_step(Records()), next_step(Records(learnt=date(2016, 3, 1), space=date(2016, 3, 9), listed=date(2016, 4, 1)))
    (<Step.LEARN: 'LEARN'>, <Step.SOLD: 'SOLD'>)
    """
    reached = done(records)
    if Step.SOLD in reached:
        return None
    if Step.LIST in reached:
        return Step.SOLD
    return next((step for step in Step if step not in reached), None)

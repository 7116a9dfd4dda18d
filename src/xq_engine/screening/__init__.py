"""Decide who is entitled to what: one household with reasons, or every household of a county in one query."""

from xq_engine.screening.batch import RelationError, ScreenBatch, screen_batch
from xq_engine.screening.examples import ExampleFailure, check_examples
from xq_engine.screening.one import CriterionResult, FactError, Screener, Verdict, screen_one

__all__ = [
    "CriterionResult",
    "ExampleFailure",
    "FactError",
    "RelationError",
    "ScreenBatch",
    "Screener",
    "Verdict",
    "check_examples",
    "screen_batch",
    "screen_one",
]

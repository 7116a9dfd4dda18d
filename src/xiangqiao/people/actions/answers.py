"""Answers to problems and questions of imports."""

from xiangqiao.people.intake.settle import is_value, settle_problem, settle_question

__all__ = ["is_value", "settle_problem", "settle_question"]

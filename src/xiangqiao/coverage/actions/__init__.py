"""Writes of coverage."""

from xiangqiao.coverage.actions.apply import apply_lists, undo_lists
from xiangqiao.coverage.actions.connect import connect_household
from xiangqiao.coverage.actions.declare import declare
from xiangqiao.coverage.actions.lists import check_lists, set_columns, settle_pair, take_lists
from xiangqiao.coverage.actions.measure import measure, verify_site
from xiangqiao.coverage.actions.plan import accept_plan, make_plan
from xiangqiao.coverage.actions.predict import predict
from xiangqiao.coverage.actions.project import accept_project, cancel_project, mark_built
from xiangqiao.coverage.actions.report import answer_report, tell
from xiangqiao.coverage.actions.speed import spend, start_test

__all__ = [
    "accept_plan",
    "accept_project",
    "answer_report",
    "apply_lists",
    "cancel_project",
    "check_lists",
    "connect_household",
    "declare",
    "make_plan",
    "mark_built",
    "measure",
    "predict",
    "set_columns",
    "settle_pair",
    "spend",
    "start_test",
    "take_lists",
    "tell",
    "undo_lists",
    "verify_site",
]

"""Verbs of the import. Loading this module loads Arrow and the checks: pages and commands do it when they need it."""

from xiangqiao.people.intake.apply import apply_batch
from xiangqiao.people.intake.export import export_register
from xiangqiao.people.intake.stage import (
    check_batch,
    remember_mapping,
    remembered_mapping,
    stage_files,
    upload_files,
)
from xiangqiao.people.intake.undo import discard_batch, undo_batch

__all__ = [
    "apply_batch",
    "check_batch",
    "discard_batch",
    "export_register",
    "remember_mapping",
    "remembered_mapping",
    "stage_files",
    "undo_batch",
    "upload_files",
]

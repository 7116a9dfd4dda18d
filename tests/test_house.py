"""House rules that are tests, not prose."""

from __future__ import annotations

import ast
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
FILE_LINES, FILE_MEDIAN = 400, 90
FUNCTION_P95, FUNCTION_LINES = 40, 60
FORBIDDEN_NAMES = {"utils", "helpers", "common", "core", "misc", "services"}
CLOCKS = ("datetime.now", "date.today", "time.time", "timezone.now", "clock.now", "clock.today")
MAY_READ_CLOCK = {"live", "pages", "api", "tasks", "management", "cli", "access", "middleware", "jobs"}


def _sources() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    return [ROOT / name for name in listed if "migrations" not in name and (ROOT / name).exists()]


def _product() -> list[Path]:
    return [path for path in _sources() if "tests" not in path.parts and (ROOT / "src") in path.parents]


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_files_are_short_and_most_are_very_short() -> None:
    lengths = {path: path.read_text().count("\n") for path in _sources()}
    assert {str(path): n for path, n in lengths.items() if n > FILE_LINES} == {}
    assert statistics.median(n for n in lengths.values() if n) <= FILE_MEDIAN


def test_functions_are_short() -> None:
    found = {
        f"{path.relative_to(ROOT)}:{node.name}": _lines(node)
        for path in _product()
        for node in _functions(ast.parse(path.read_text()))
    }
    assert {name: n for name, n in found.items() if n > FUNCTION_LINES} == {}
    assert statistics.quantiles(found.values(), n=20)[-1] <= FUNCTION_P95


SERVICES = ROOT / "src" / "xiangqiao" / "services"


def test_no_module_is_called_by_a_word_that_says_nothing() -> None:
    named = [
        path
        for path in _product()
        # The app `services` is the county's services, not a layer.
        if path.stem in FORBIDDEN_NAMES or (path.parent.name in FORBIDDEN_NAMES and path.parent != SERVICES)
    ]
    assert named == []


def test_foreign_keys_across_apps_leave_no_door_upwards() -> None:
    doors = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("xiangqiao")
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model is not None
        and field.related_model._meta.app_label != model._meta.app_label  # type: ignore[union-attr]
        and field.remote_field.related_name not in {"+"}  # type: ignore[union-attr]
    ]
    assert doors == []


def test_only_pages_jobs_and_commands_read_the_clock() -> None:
    readers = [
        f"{path.relative_to(ROOT)}: {call}"
        for path in _product()
        if (ROOT / "src/xiangqiao") in path.parents
        and path.name not in {"clock.py", "ids.py"}
        and not MAY_READ_CLOCK & {path.stem, *(parent.name for parent in path.parents)}
        for call in CLOCKS
        if call in path.read_text()
    ]
    assert readers == []


@pytest.mark.parametrize("forbidden", ["post_save", "pre_save", "m2m_changed", "django.dispatch"])
def test_no_model_signals(forbidden: str) -> None:
    assert [str(path) for path in _product() if forbidden in path.read_text()] == []


def test_every_public_function_of_the_product_says_what_it_does() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in _product()
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert bare == []

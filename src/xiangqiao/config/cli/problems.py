"""`xiangqiao problems`: check spreadsheets with no county and no database, and give them back marked."""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from xiangqiao.config.reasons import Refused, engine_sentence
from xiangqiao.config.words import english, say

if TYPE_CHECKING:
    from xq_engine.intake.batch import CheckedBatch
    from xq_engine.intake.sentences import Language

SUMMARY = (
    "核对表格：列出每个单元格的问题，写出标注好的表格（不需要建县）",
    "check spreadsheets: every problem at its cell, and the marked workbook (needs no county)",
)
_SEVERITY = {"error": ("错误", "error"), "warning": ("疑问", "warning"), "hint": ("提示", "hint")}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `problems`."""
    parser.add_argument("files", type=Path, nargs="+", help=say("表格（.xlsx 或 .csv）", ".xlsx or .csv"))
    parser.add_argument(
        "--out",
        type=Path,
        help=say(
            "标注好的表格放在哪个文件夹（默认原表旁边）", "folder for marked workbooks (default: beside)"
        ),
    )
    parser.add_argument(
        "--as-of",
        type=date.fromisoformat,
        help=say("年龄算到哪一天（默认今天）", "ages as of this day (default: today)"),
    )
    parser.add_argument("--mapping", type=Path, help=say("列的对应关系（JSON）", "how columns map (JSON)"))
    parser.add_argument("--most", type=int, default=50, help=say("最多列出几条", "how many to list at most"))


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Check the files together, list what is wrong, write marked workbooks. Fails where there are errors."""
    from xq_engine.intake.checking import check_files  # Arrow and the readers: not for --help

    _distinct(args.files)
    mapping = read_mapping(args.mapping)
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    batch = check_files(args.files, as_of=args.as_of or today, mapping=mapping)
    marked = _mark(batch, args.out)
    problems = _plain(batch)
    refused = [engine_sentence(refusal) for refusal in batch.refusals]
    notes = [note.en if english() else note.zh for note in batch.notes]
    if not args.json:
        _print(problems, args.most)
    for line in [*refused, *notes, *(say(f"已标注：{p}", f"marked: {p}") for p in marked)]:
        sys.stderr.write(line + "\n")
    return {
        "files": [path.name for path in args.files],
        "rows": {name: batch.table(name).num_rows for name in ("household", "person", "unit", "cadre")},
        "counts": batch.counts(),
        "problems": problems,
        "refused": refused,
        "notes": notes,
        "marked": [str(path) for path in marked],
        "failed": batch.has_errors(),
    }


def read_mapping(path: Path | None) -> Any:
    """Read a mapping from a JSON file; None where no file is named. Raises Refused on another file."""
    from xq_engine.intake.mapping import Mapping  # loads the fact catalogue

    if path is None:
        return None
    try:
        return Mapping.from_json(path.read_text(encoding="utf-8"))
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(
            say(
                f"{path} 不是列的对应关系：应是 import --dry-run --json 给出的 mapping。",
                f"{path} does not say how columns map: it should be the `mapping` that import --dry-run --json gives.",
            )
        ) from error


def _distinct(files: list[Path]) -> None:
    names = [path.name for path in files]
    if twice := {name for name in names if names.count(name) > 1}:
        raise Refused(
            say(
                f"文件重名：{'、'.join(sorted(twice))}。一次只能有一个同名表格，请先改名。",
                f"Same name twice: {', '.join(sorted(twice))}. Rename one of them first.",
            )
        )


def _language() -> Language:
    return "en" if english() else "zh"


def _mark(batch: CheckedBatch, folder: Path | None) -> list[Path]:
    """Write a marked workbook for every file in which something is wrong."""
    from xq_engine.intake.marking import mark_workbook  # openpyxl

    wrong = set(batch.problems["workbook"].to_pylist())
    unread = {refusal.code for refusal in batch.refusals}
    written: list[Path] = []
    for path in batch.paths:
        if path.name not in wrong or (unread and not path.exists()):
            continue
        target = (folder or path.parent) / f"{path.stem}{say('-已标注', '-marked')}.xlsx"
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{target.name}.part.xlsx")
        try:
            mark_workbook(batch, path, part, language=_language())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        written.append(target)
    return written


def _plain(batch: CheckedBatch) -> list[dict[str, Any]]:
    from xq_engine.intake.sentences import problem_sentence  # loads the checks

    rows = []
    for problem in batch.problems.to_pylist():
        said = problem_sentence(problem, _language())
        kept = {name: problem[name] for name in ("workbook", "sheet", "row", "column", "code", "severity")}
        rows.append({**kept, "text": said.text, "hint": said.hint})
    return rows


def _print(problems: list[dict[str, Any]], most: int) -> None:
    lines = []
    for one in problems[:most]:
        place = f"{one['workbook']} / {one['sheet']} ! {one['column']}{one['row']}"
        lines.append(f"{place}  [{_SEVERITY[one['severity']][english()]}] {one['text']}")
        lines.append(f"    → {one['hint']}")
    if len(problems) > most:
        rest = len(problems) - most
        lines.append(say(f"…… 还有 {rest} 处，见标注好的表格", f"… {rest} more, see the marked workbook"))
    errors = sum(one["severity"] == "error" for one in problems)
    lines.append(
        say(
            f"共 {len(problems)} 处问题，其中错误 {errors} 处。",
            f"{len(problems)} problems, {errors} of them errors.",
        )
    )
    sys.stdout.write("\n".join(lines) + "\n")

"""Say a problem or a repair in a sentence, Chinese or English, with the way to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from xq_engine.checks import checks
from xq_engine.facts import FactSpec, catalogue, codes
from xq_engine.intake.values import REPAIRS

Language = Literal["zh", "en"]
_MOST_CHOICES = 16


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is wrong, and what to do."""

    text: str
    hint: str


def problem_sentence(problem: Mapping[str, Any], language: Language) -> Sentence:
    """Say a row of the problems table in words.

    >>> problem_sentence({"code": "REQUIRED.MISSING", "entity": "person", "fact": "name"}, "zh").text
    '姓名必须填写'
    """
    check = checks()[problem["code"]]
    spec = (
        catalogue()[problem["entity"]].base.get(problem.get("fact") or "") if problem.get("entity") else None
    )
    words = {
        "value": problem.get("value") or ("（空）" if language == "zh" else "(empty)"),
        "row": problem.get("row"),
        "column": problem.get("column"),
        "other": _other(problem.get("other") or "", language),
        "fact": _name(spec, language),
        "choices": _choices(spec, language),
        "longest": spec.longest if spec else "",
    }
    text, hint = (check.zh, check.hint_zh) if language == "zh" else (check.en, check.hint_en)
    return Sentence(text.format(**words), hint.format(**words))


def repair_sentence(repair: Mapping[str, Any], language: Language) -> str:
    """Say a row of the repairs table in words."""
    zh, en = REPAIRS[repair["kind"]]
    change = f"{repair['before']} → {repair['after'] or ''}"
    return f"{zh}：{change}" if language == "zh" else f"{en}: {change}"


def _name(spec: FactSpec | None, language: Language) -> str:
    if spec is None:
        return "此格" if language == "zh" else "this cell"
    return spec.zh if language == "zh" else spec.en[:1].upper() + spec.en[1:]


def _choices(spec: FactSpec | None, language: Language) -> str:
    if spec is None or not spec.codes:
        return "是、否" if language == "zh" else "是 (yes), 否 (no)"
    known = [
        code.zh if language == "zh" else f"{code.zh} ({code.en})"
        for code in codes()[spec.codes].codes.values()
    ]
    more = len(known) > _MOST_CHOICES
    return ("、" if language == "zh" else ", ").join(known[:_MOST_CHOICES]) + ("…" if more else "")


def _other(place: str, language: Language) -> str:
    *files, row = place.split(" / ")
    if language == "zh":
        return "".join([*(f"《{name}》" for name in files), f"第 {row} 行"])
    return ", ".join([*files, f"row {row}"])

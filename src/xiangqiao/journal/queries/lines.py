"""A line about a household, by its kind and key: its words, and whose work it tells of."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from xiangqiao.accounts.rules import Can
from xiangqiao.journal.models import Promise, TimelineLine, Visit
from xiangqiao.journal.queries.reach import OWN_PAGE, household_for
from xiangqiao.journal.words import deeds_in_words
from xiangqiao.policy.queries import in_language, library


@dataclass(frozen=True)
class NamedLine:
    """What a line says; `concerned` is the account of the person whose work it is, where there is one."""

    words: str
    division_code: str
    concerned: UUID | None


def line_named(household: UUID, kind: str, subject: str) -> NamedLine | None:
    """Return a line of a household. None where the household has no such line."""
    if kind == "POLICY":
        return _policy(household, subject)
    try:
        key = UUID(subject)
    except ValueError:
        return None
    if kind == "VISIT":
        return _visit(household, key)
    if kind == "PROMISE":
        return _promise(household, key)
    return _told(household, key) if kind == "LINE" else None


def _visit(household: UUID, key: UUID) -> NamedLine | None:
    row = Visit.objects.filter(household=household, public_id=key).first()
    if row is None:
        return None
    last = row.revisions.get(number=row.revision)
    words = deeds_in_words(last.done) or last.text
    return NamedLine(f"{row.who}：{words}", row.division_code, row.user)


def _promise(household: UUID, key: UUID) -> NamedLine | None:
    row = Promise.objects.filter(household=household, public_id=key).first()
    return None if row is None else NamedLine(f"{row.who}：{row.what}", row.division_code, row.user)


def _told(household: UUID, key: UUID) -> NamedLine | None:
    row = TimelineLine.objects.filter(household=household, public_id=key).first()
    return None if row is None else NamedLine(gettext(row.sentence) % row.values, row.division_code, None)


def _policy(household: UUID, policy_id: str) -> NamedLine | None:
    found = next((one for one in library() if one.id == policy_id), None)
    if found is None:
        return None
    home = household_for(OWN_PAGE, household, Can.READ_REGISTER)
    return NamedLine(in_language(found.name), home.division_code, None)

"""The form of corrected facts, made from the catalogue: code lists, yes and no, numbers with their units."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiangqiao.people.forms.changes import ChangeForm, day_field
from xiangqiao.people.rules.facts import MOST_MONTHS, spec
from xiangqiao.people.rules.kinds import FACTS, Kind
from xiangqiao.people.rules.payloads import Corrected, Payload
from xiangqiao.people.words import choices, fact_name

_HUNDRED = Decimal(100)
_YES_NO = [("", "—"), ("yes", pgettext_lazy("事实", "是")), ("no", pgettext_lazy("事实", "否"))]
_ANSWERS: dict[str, bool | None] = {"yes": True, "no": False}
_UNITS = {"metre": _("米"), "m2": _("平方米"), "months": _("月"), "centimu": _("亩"), "fen": _("元")}
# Kept in hundredths of the unit in which they are written.
_HUNDREDTHS = frozenset({"centimu", "fen"})


class FactsForm(ChangeForm):
    """Facts as they are, to be corrected. Facts of a person need `person`: the page asks for it first."""

    person = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def begin(self) -> None:
        """Make a field of each fact and begin with what is on record."""
        group = FACTS[self.kind]
        row = self._row()
        for name in group.names:
            self.fields[name] = _field(self.kind, name)
            self.fields[name].initial = _shown(self.kind, name, getattr(row, name, None))
        if self._person is None:
            del self.fields["person"]

    @property
    def _person(self) -> UUID | None:
        given = self.data.get("person") or self.initial.get("person")
        try:
            return UUID(str(given)) if given else None
        except ValueError:
            return None

    def _row(self) -> Any:
        """Return the row on which the facts stand; relation stands on the membership."""
        table, now = FACTS[self.kind].table, self.present
        if table == "household_income_year":
            lines = now.income if now else {}
            return SimpleNamespace(**{line: row.amount_fen for line, row in lines.items()})
        if now is None or table == "household":
            return now.home if now else None
        if table == "household_year":
            return now.of_home
        if table == "person_year":
            return now.of_people.get(self._person) if self._person else None
        member = next((one for one in now.members if one.person.public_id == self._person), None)
        return _Together(member.person, member) if member else None

    def begin_with(self, asked: Mapping[str, Any]) -> None:
        """Show what was asked for before, where it is of these facts."""
        for name, value in (asked.get("values") or {}).items():
            if name in self.fields:
                self.initial[name] = _shown(self.kind, name, value)

    def payload(self) -> Payload:
        """Return the facts that were changed: what stands as it was is not said again."""
        values = {
            name: _stored(self.kind, name, self.cleaned_data[name])
            for name in FACTS[self.kind].names
            if name in self.changed_data
        }
        year = self.present.year if self.present and FACTS[self.kind].is_yearly else None
        return Corrected(values=values, person=self.cleaned_data.get("person"), year=year)


class _Together:
    """A person and the membership, read as one row."""

    def __init__(self, *rows: Any) -> None:
        self._rows = rows

    def __getattr__(self, name: str) -> Any:
        for row in self._rows:
            if hasattr(row, name):
                return getattr(row, name)
        raise AttributeError(name)


def _field(kind: Kind, name: str) -> forms.Field:
    fact = spec(kind, name)
    label = fact_name(fact.entity, name)
    label = label[:1].upper() + label[1:]
    if fact.type == "code":
        return forms.ChoiceField(label=label, choices=choices(fact.codes), required=False)
    if fact.type == "bool":
        return forms.ChoiceField(label=label, choices=_YES_NO, required=False)
    if fact.type == "date":
        return day_field(label, required=False)
    if fact.type == "text":
        return forms.CharField(label=label, max_length=60, required=False)
    unit = _UNITS.get(fact.type)
    titled = _("%(name)s（%(unit)s）") % {"name": label, "unit": unit} if unit else label
    if fact.type in _HUNDREDTHS:
        return forms.DecimalField(label=titled, required=False, min_value=0, max_digits=11, decimal_places=2)
    most = MOST_MONTHS if fact.type == "months" else None
    return forms.IntegerField(label=titled, required=False, min_value=0, max_value=most)


def _shown(kind: Kind, name: str, value: Any) -> Any:
    match spec(kind, name).type:
        case "bool":
            return "" if value is None else "yes" if value else "no"
        case "centimu" | "fen" if value is not None:
            return Decimal(value) / _HUNDRED
        case _:
            return value


def _stored(kind: Kind, name: str, value: Any) -> Any:
    match spec(kind, name).type:
        case "bool":
            return _ANSWERS.get(value)
        case "centimu" | "fen" if value is not None:
            return int(value * _HUNDRED)
        case _:
            return None if value == "" else value

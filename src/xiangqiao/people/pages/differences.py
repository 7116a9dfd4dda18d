"""What a change sets, in words: whose, which fact, old and new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from xiangqiao.kernel.ui.numbers import mu, yuan
from xiangqiao.people.queries.changes import Membership, line_names, owners_of
from xiangqiao.people.words import CLOSING, fact_name, word
from xiangqiao.places.queries import names
from xq_engine.facts import catalogue

_LINE = "ledger.incomeline"
_ENTITIES = {
    "people.household": "household",
    "people.householdyear": "household",
    "people.person": "person",
    "people.personyear": "person",
    "people.membership": "person",
    _LINE: "household",
}
# Attributes that the catalogue does not name, and how they are called.
_OWN: Mapping[str, Promise] = {
    "division_code": gettext_lazy("所在村"),
    "died_on": gettext_lazy("死亡日期"),
    "valid_from": gettext_lazy("入户日期"),
    "valid_to": gettext_lazy("离户日期"),
    "joined": gettext_lazy("入户原因"),
    "left": gettext_lazy("离户原因"),
    "opened_on": gettext_lazy("立户日期"),
    "closed_on": gettext_lazy("销户日期"),
    "close_reason": gettext_lazy("销户原因"),
    "year": gettext_lazy("年份"),
    "id_number_mask": gettext_lazy("证件号码"),
    "phone_mask": gettext_lazy("联系电话"),
    "bank_card_mask": gettext_lazy("银行卡号"),
    "disability_no_mask": gettext_lazy("残疾证号"),
}
_HIDDEN = frozenset(
    {
        "id_number_hash", "phone_hash", "bank_card_hash", "disability_no_hash", "is_head", "household_id", "person_id",
        "id_type",
    }
)  # fmt: skip
# Of a line of the ledger only the amount is told; year and line stand beside it.
_OF_LINE = frozenset({"owner", "year", "line", "evidence", "source"})


@dataclass(frozen=True)
class Shown:
    """One line: whose, which fact, the old value, the new one, and where it matters the present one."""

    whose: str
    fact: str
    old: str
    new: str
    now: str = ""


def shown(differences: Iterable[Mapping[str, Any]]) -> list[Shown]:
    """Return differences as lines, technical ones left out."""
    every = list(differences)
    told = {(one["subject"], one["attribute"]) for one in every}
    rows = [one for one in every if not _is_hidden(one) or _is_lone_hash(one, told)]
    lines = _lines(every)
    owners = owners_of({UUID(one["subject"]) for one in rows})
    return [
        Shown(
            whose=owners.get(UUID(one["subject"]), ""),
            fact=_fact(one["kind"], lines.get(one["subject"], one["attribute"])),
            old=_value(one, "old"),
            new=_value(one, "new"),
            now=_value(one, "now") if "now" in one else "",
        )
        for one in rows
    ]


def _is_hidden(one: Mapping[str, Any]) -> bool:
    return one["attribute"] in _HIDDEN or (one["kind"] == _LINE and one["attribute"] in _OF_LINE)


def _lines(every: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Which line of the ledger a row is of, by the row: new rows tell it themselves."""
    of_ledger = [one for one in every if one["kind"] == _LINE]
    if not of_ledger:
        return {}
    known = line_names({UUID(one["subject"]) for one in of_ledger})
    told = {one["subject"]: one["new"] for one in of_ledger if one["attribute"] == "line"}
    return {str(subject): line for subject, line in known.items()} | told


def _is_lone_hash(one: Mapping[str, Any], told: set[tuple[Any, Any]]) -> bool:
    """Two numbers may end alike: then the masks do not differ, and only the hash says that the number does."""
    name, is_hash, _rest = one["attribute"].partition("_hash")
    return bool(is_hash) and (one["subject"], f"{name}_mask") not in told


def _fact(kind: str, attribute: str) -> str:
    attribute = attribute.replace("_hash", "_mask")
    if attribute in _OWN:
        return str(_OWN[attribute])
    return fact_name(_ENTITIES.get(kind, "household"), attribute)


def _value(one: Mapping[str, Any], which: str) -> str:
    value, attribute = one[which], one["attribute"]
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return pgettext("事实", "是") if value else pgettext("事实", "否")
    if attribute.endswith("_hash"):
        return _("另一个号码（末两位相同）") if which == "new" else _("已登记的号码")
    if one["kind"] == _LINE and isinstance(value, int):
        return _("%(yuan)s 元") % {"yuan": yuan(value)}
    special = _special(attribute, value)
    if special:
        return special
    facts = catalogue()[_ENTITIES.get(one["kind"], "household")].facts
    fact = facts.get(attribute)
    if fact is None:
        return str(value)
    if fact.type == "code":
        return word(fact.codes, value)
    if fact.type == "date":
        return _day(value)
    return _("%(mu)s 亩") % {"mu": mu(value)} if fact.type == "centimu" else str(value)


def _special(attribute: str, value: Any) -> str:
    if attribute == "division_code":
        return names([value])[value]
    if attribute == "close_reason":
        return str(CLOSING.get(value, value))
    if attribute in {"joined", "left"}:
        return str((Membership.Joined if attribute == "joined" else Membership.Left)(value).label)
    return _day(value) if attribute.endswith("_on") or attribute in {"valid_from", "valid_to"} else ""


def _day(value: str) -> str:
    return date_format(date.fromisoformat(value), "DATE_FORMAT")

"""What a change says: one dataclass for each form of it, and its way into JSON and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from xiangqiao.people.rules.kinds import FACTS, JOINING, LEAVING, Kind

FactValue = str | int | bool | date | None


@dataclass(frozen=True)
class Payload:
    """What a change says. `SECRETS` names the fields that are sealed wherever the payload is kept."""

    SECRETS: ClassVar[tuple[str, ...]] = ()


@dataclass(frozen=True)
class Joining(Payload):
    """A person joins: born, married in, moved in. `on` is the day of joining."""

    SECRETS: ClassVar[tuple[str, ...]] = ("id_number",)

    name: str
    sex: str
    birth_on: date
    relation: str
    on: date
    ethnicity: str = ""
    id_number: str = ""


@dataclass(frozen=True)
class Leaving(Payload):
    """A member leaves: died, married out, moved away. `new_head` where the head leaves others behind."""

    person: UUID
    on: date
    new_head: UUID | None = None


@dataclass(frozen=True)
class NewHead(Payload):
    """Another member is the head from a day."""

    person: UUID
    on: date


@dataclass(frozen=True)
class Phone(Payload):
    """Another phone; empty: none."""

    SECRETS: ClassVar[tuple[str, ...]] = ("phone",)

    phone: str = ""


@dataclass(frozen=True)
class BankCard(Payload):
    """Another bank card; empty: none."""

    SECRETS: ClassVar[tuple[str, ...]] = ("bank_card",)

    bank_name: str = ""
    bank_card: str = ""


@dataclass(frozen=True)
class IdNumber(Payload):
    """The right ID number of a member."""

    SECRETS: ClassVar[tuple[str, ...]] = ("id_number",)

    person: UUID
    id_number: str
    id_type: str = "CITIZEN"


@dataclass(frozen=True)
class Disability(Payload):
    """The disability certificate of a member; empty: none any more."""

    SECRETS: ClassVar[tuple[str, ...]] = ("disability_no",)

    person: UUID
    disability_no: str = ""


@dataclass(frozen=True)
class Corrected(Payload):
    """Facts as they should be: of the household or of a member, of a year where they are yearly."""

    values: Mapping[str, FactValue] = field(default_factory=dict)
    person: UUID | None = None
    year: int | None = None


@dataclass(frozen=True)
class Split(Payload):
    """Some members found a household of their own."""

    members: tuple[UUID, ...]
    new_head: UUID
    household_no: str
    on: date
    group_name: str = ""


@dataclass(frozen=True)
class Merge(Payload):
    """All members go over to another household, which is named by its number; this one is closed."""

    into: str
    on: date
    relations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Move(Payload):
    """The whole household moves to another village."""

    division_code: str
    on: date
    group_name: str = ""


@dataclass(frozen=True)
class Close(Payload):
    """The household ends."""

    reason: str
    on: date


@dataclass(frozen=True)
class Register(Payload):
    """A new household with its head."""

    SECRETS: ClassVar[tuple[str, ...]] = ("id_number", "phone")

    household_no: str
    division_code: str
    name: str
    sex: str
    birth_on: date
    on: date
    group_name: str = ""
    ethnicity: str = ""
    id_number: str = ""
    phone: str = ""


PAYLOADS: Mapping[Kind, type[Payload]] = {
    **dict.fromkeys(sorted(JOINING), Joining),
    **dict.fromkeys(sorted(LEAVING), Leaving),
    **dict.fromkeys(FACTS, Corrected),
    Kind.HEAD: NewHead,
    Kind.PHONE: Phone,
    Kind.BANK_CARD: BankCard,
    Kind.ID_NUMBER: IdNumber,
    Kind.DISABILITY: Disability,
    Kind.SPLIT: Split,
    Kind.MERGE: Merge,
    Kind.HOUSEHOLD_MOVE: Move,
    Kind.CLOSE: Close,
    Kind.REGISTER: Register,
}
_DAYS = frozenset({"on", "birth_on"})
_IDS = frozenset({"person", "new_head"})


def dump(payload: Payload) -> dict[str, Any]:
    """Return a payload as plain JSON, without its secrets."""
    return {name: _plain(value) for name, value in asdict(payload).items() if name not in payload.SECRETS}


def load(kind: Kind, data: Mapping[str, Any]) -> Payload:
    """Return the payload that `dump` wrote, with its secrets put back into `data` by the caller."""
    form = PAYLOADS[kind]
    return form(**{one.name: _read(one.name, data[one.name]) for one in fields(form) if one.name in data})


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return value


def _read(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _DAYS:
        return date.fromisoformat(value)
    if name in _IDS:
        return UUID(value)
    if name == "members":
        return tuple(UUID(one) for one in value)
    if name == "values":
        return {key: _read(key, item) for key, item in value.items()}
    return value

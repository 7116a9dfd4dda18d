"""Whether a change makes sense for a household on a day: one rule for each form of change, faults at their fields."""

# ruff: noqa: ARG001 - every rule has the same signature, whether it looks at all of it or not
from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from xiangqiao.people.rules.facts import fact_faults
from xiangqiao.people.rules.kinds import CLOSE_REASONS, Kind
from xiangqiao.people.rules.payloads import (
    BankCard,
    Close,
    Corrected,
    Disability,
    IdNumber,
    Joining,
    Leaving,
    Merge,
    Move,
    NewHead,
    Payload,
    Phone,
    Register,
    Split,
)
from xiangqiao.people.rules.relations import ONE_ONLY, fits_sex
from xiangqiao.people.rules.situation import Fault, Home, Member, Surroundings

EARLIEST = date(1900, 1, 1)
Found = Iterator[Fault]
Rule = Callable[[Kind, Any, Home, Surroundings], Found]


def check(kind: Kind, payload: Payload, home: Home, around: Surroundings) -> list[Fault]:
    """Return what is wrong with a change; nothing where it may be made."""
    if home.closed:
        return [Fault("", "closed")]
    return list(_RULES[type(payload)](kind, payload, home, around))


def _day(field: str, on: date, today: date, after: date | None = None) -> Found:
    if on > today:
        yield Fault(field, "future")
    elif on < EARLIEST:
        yield Fault(field, "too_early")
    elif after is not None and on <= after:
        yield Fault(field, "not_after", {"day": after})


def _identity(name: str, sex: str, birth_on: date, number: str, today: date) -> Found:
    if not name.strip():
        yield Fault("name", "name")
    yield from _day("birth_on", birth_on, today)
    if number:
        yield from number_faults(number, birth_on, sex)


def number_faults(number: str, birth_on: date | None, sex: str) -> Found:
    """Check an ID number by itself and against birth date and sex. Source: GB 11643-1999."""
    # Loads numpy and Arrow: not at the start of the web process.
    from xq_engine.identity import IdentityFault, parse_citizen_id

    try:
        read = parse_citizen_id("".join(number.split()).upper())
    except IdentityFault as fault:
        yield Fault("id_number", f"id_{fault.fault.lower()}")
        return
    if birth_on is not None and read.birth_on != birth_on:
        yield Fault("id_number", "id_birth_differs", {"day": read.birth_on})
    if sex and read.sex != sex:
        yield Fault("id_number", "id_sex_differs")


def _relation(field: str, relation: str, sex: str, home: Home, but: Member | None = None) -> Found:
    others = [one for one in home.members if one is not but]
    if not fits_sex(relation, sex):
        yield Fault(field, "relation_sex")
    elif relation in ONE_ONLY and any(one.relation == relation for one in others):
        yield Fault(field, "relation_taken")


def _joining(kind: Kind, said: Joining, home: Home, around: Surroundings) -> Found:
    yield from _identity(said.name, said.sex, said.birth_on, said.id_number, around.today)
    yield from _day("on", said.on, around.today)
    if said.on < said.birth_on:
        yield Fault("on", "before_birth")
    if not home.members and said.relation != "HEAD":
        yield Fault("relation", "first_is_head")
    else:
        yield from _relation("relation", said.relation, said.sex, home)
    if kind == Kind.BIRTH and said.on != said.birth_on:
        yield Fault("on", "birth_day")


def _leaving(kind: Kind, said: Leaving, home: Home, around: Surroundings) -> Found:
    leaver = home.member(said.person)
    if leaver is None:
        yield Fault("person", "no_member")
        return
    # Who dies on the day of joining was there that day; nobody else leaves on it.
    yield from _day("on", said.on, around.today, None if kind == Kind.DEATH else leaver.since)
    if kind == Kind.DEATH and leaver.since is not None and said.on < leaver.since:
        yield Fault("on", "before_joining", {"day": leaver.since})
    if leaver.birth_on is not None and said.on < leaver.birth_on:
        yield Fault("on", "before_birth")
    stay = [one for one in home.members if one is not leaver]
    if leaver.is_head and stay:
        if said.new_head is None:
            yield Fault("new_head", "head_needed", {"name": leaver.name})
        elif said.new_head not in {one.person for one in stay}:
            yield Fault("new_head", "no_member")


def _new_head(kind: Kind, said: NewHead, home: Home, around: Surroundings) -> Found:
    member = home.member(said.person)
    if member is None:
        yield Fault("person", "no_member")
    elif member.is_head:
        yield Fault("person", "head_already")
    yield from _day("on", said.on, around.today)


def _phone(kind: Kind, said: Phone, home: Home, around: Surroundings) -> Found:
    yield from phone_faults(said.phone)


def phone_faults(phone: str) -> Found:
    """Check a phone number."""
    # Loads numpy and Arrow: not at the start of the web process.
    from xq_engine.identity import phone_form

    if phone and phone_form(phone) is None:
        yield Fault("phone", "phone")


def _bank_card(kind: Kind, said: BankCard, home: Home, around: Surroundings) -> Found:
    # As above.
    from xq_engine.identity import is_bank_card

    if said.bank_card and not is_bank_card(said.bank_card):
        yield Fault("bank_card", "bank_card")
    if said.bank_card and not said.bank_name.strip():
        yield Fault("bank_name", "bank_name")


def _id_number(kind: Kind, said: IdNumber, home: Home, around: Surroundings) -> Found:
    member = home.member(said.person)
    if member is None:
        yield Fault("person", "no_member")
        return
    yield from number_faults(said.id_number, member.birth_on, member.sex)


def _disability(kind: Kind, said: Disability, home: Home, around: Surroundings) -> Found:
    # As above.
    from xq_engine.identity import IdentityFault, parse_disability_number

    member = home.member(said.person)
    if member is None:
        yield Fault("person", "no_member")
        return
    if not said.disability_no:
        return
    try:
        holder = parse_disability_number(plain_number(said.disability_no)).holder
    except IdentityFault as fault:
        wrong = "certificate_length" if fault.fault == "LENGTH" else "certificate_wrong"
        yield Fault("disability_no", wrong)
        return
    if member.birth_on is not None and holder.birth_on != member.birth_on:
        yield Fault("disability_no", "id_birth_differs", {"day": holder.birth_on})
    if member.sex and holder.sex != member.sex:
        yield Fault("disability_no", "id_sex_differs")


def plain_number(text: str) -> str:
    """Return a number of a paper without blanks, its letters large."""
    return "".join(text.split()).upper()


def _corrected(kind: Kind, said: Corrected, home: Home, around: Surroundings) -> Found:
    yield from fact_faults(kind, said, around.today)
    if kind not in {Kind.PERSON, Kind.PERSON_YEAR, Kind.DIBAO}:
        return
    member = home.member(said.person)
    if member is None:
        yield Fault("person", "no_member")
        return
    if kind != Kind.PERSON:
        return
    values = said.values
    if not str(values.get("name", member.name)).strip():
        yield Fault("name", "name")
    if isinstance(birth := values.get("birth_on"), date):
        yield from _day("birth_on", birth, around.today)
        if member.since is not None and birth > member.since:
            yield Fault("birth_on", "born_after_joining", {"day": member.since})
    relation = str(values.get("relation", member.relation))
    if (relation == "HEAD") != member.is_head:
        yield Fault("relation", "use_new_head")
    else:
        yield from _relation("relation", relation, str(values.get("sex", member.sex)), home, member)


def _split(kind: Kind, said: Split, home: Home, around: Surroundings) -> Found:
    going = [home.member(one) for one in said.members]
    there = [one for one in going if one is not None]
    if not there or len(there) < len(going) or len(set(said.members)) < len(said.members):
        yield Fault("members", "no_member")
    if any(one.is_head for one in there):
        yield Fault("members", "head_cannot_split")
    elif len(there) == len(home.members):
        yield Fault("members", "all_cannot_split")
    if said.new_head not in said.members:
        yield Fault("new_head", "head_among_leavers")
    yield from _number(said.household_no, home)
    yield from _day("on", said.on, around.today, latest_joining(there))


def latest_joining(members: list[Member]) -> date | None:
    """Return the last day on which one of these joined, None where none is known."""
    return max((one.since for one in members if one.since is not None), default=None)


def _number(household_no: str, home: Home) -> Found:
    if not household_no.strip() or household_no == home.household_no:
        yield Fault("household_no", "household_no")


def _merge(kind: Kind, said: Merge, home: Home, around: Surroundings) -> Found:
    other = around.other
    if other is None or other.closed or other.household_no == home.household_no:
        yield Fault("into", "no_household")
        return
    if other.division_code != home.division_code:
        yield Fault("into", "other_village")
    if not other.members or not home.members:
        yield Fault("into", "empty_household")
    yield from _day("on", said.on, around.today, latest_joining(list(home.members)))
    for member in home.members:
        relation = said.relations.get(str(member.person), "OTHER")
        if relation == "HEAD":
            yield Fault(f"relation_{member.person}", "one_head")
        else:
            yield from _relation(f"relation_{member.person}", relation, member.sex, other)


def _move(kind: Kind, said: Move, home: Home, around: Surroundings) -> Found:
    if said.division_code not in around.villages:
        yield Fault("division_code", "no_village")
    elif said.division_code == home.division_code:
        yield Fault("division_code", "same_village")
    yield from _day("on", said.on, around.today)


def _close(kind: Kind, said: Close, home: Home, around: Surroundings) -> Found:
    if said.reason not in CLOSE_REASONS:
        yield Fault("reason", "choice")
    after = None if said.reason == "MISTAKE" else latest_joining(list(home.members))
    yield from _day("on", said.on, around.today, after)


def _register(kind: Kind, said: Register, home: Home, around: Surroundings) -> Found:
    if not said.household_no.strip():
        yield Fault("household_no", "household_no")
    if said.division_code not in around.villages:
        yield Fault("division_code", "no_village")
    yield from _identity(said.name, said.sex, said.birth_on, said.id_number, around.today)
    yield from _day("on", said.on, around.today)
    if said.on < said.birth_on:
        yield Fault("on", "before_birth")
    yield from phone_faults(said.phone)


_RULES: Mapping[type[Payload], Rule] = {
    Joining: _joining,
    Leaving: _leaving,
    NewHead: _new_head,
    Phone: _phone,
    BankCard: _bank_card,
    IdNumber: _id_number,
    Disability: _disability,
    Corrected: _corrected,
    Split: _split,
    Merge: _merge,
    Move: _move,
    Close: _close,
    Register: _register,
}

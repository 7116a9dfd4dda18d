"""Damage that a careful reader mends without asking: wide digits, stray blanks, serial dates, a small x."""

from datetime import date
from random import Random

from xq_demo.cells import serial
from xq_demo.records import Household, Row

_WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def plant_repairs(rng: Random, homes: list[Household], *, share: float, wide: str) -> None:
    """Leave repairable damage in a share of the untouched households, one cell each."""
    for home in homes:
        if home.touched or rng.random() >= share:
            continue
        member = rng.choice(home.members)
        kind = rng.choice(("blank_in_name", "blank_around", "wide_digits", "serial_date", "small_x"))
        _damage(home, member, kind, is_csv=home.township == wide)


def _damage(home: Household, member: Row, kind: str, *, is_csv: bool) -> None:
    name, number = member.text("name"), member.text("id_number")
    if kind == "blank_in_name" and len(name) == 2:
        _repair(member, "name", kind, f"{name[0]}　{name[1]}")
    elif kind == "blank_around":
        _repair(member, "id_number", kind, f" {number} ")
    elif kind == "wide_digits" and is_csv:
        _repair(member, "id_number", kind, number.translate(_WIDE))
    elif kind == "wide_digits" and home.row.text("phone"):
        _repair(home.row, "phone", kind, home.row.text("phone").translate(_WIDE))
    elif kind == "serial_date" and isinstance(born := member.facts["birth_on"], date):
        _repair(member, "birth_on", kind, serial(born))
    elif kind == "small_x" and "X" in number:
        _repair(member, "id_number", kind, number.lower())


def _repair(row: Row, fact: str, kind: str, cell: str | int) -> None:
    row.raw[fact] = cell
    row.repairs.append((fact, kind))

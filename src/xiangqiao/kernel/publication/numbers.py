"""What a row of digits can be: an ID number, a bank card, a phone. Pure."""

from __future__ import annotations

from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
# First two digits of division codes. Source: GB/T 2260, and 81 to 83 for residence permits.
PROVINCES = frozenset(
    f"{region}{place}"
    for region, places in {
        1: "12345",
        2: "123",
        3: "1234567",
        4: "123456",
        5: "01234",
        6: "12345",
        7: "1",
        8: "123",
    }.items()
    for place in places
)
# First digits of the cards that are issued: UnionPay, JCB, Visa, Mastercard, Amex, and the old ones of Chinese banks.
_CARD_HEADS = (
    "62",
    "60",
    "81",
    "35",
    "34",
    "37",
    "4",
    "51",
    "52",
    "53",
    "54",
    "55",
    "95",
    "90",
    "10",
    "99",
    "69",
    "68",
)


def is_birthday(text: str) -> bool:
    """Return whether YYYYMMDD is a day on which somebody alive may be born.

    >>> is_birthday("19850315"), is_birthday("20160231"), is_birthday("18500101")
    (True, False, False)
    """
    try:
        return 1890 <= date(int(text[:4]), int(text[4:6]), int(text[6:])).year <= 2040
    except ValueError:
        return False


def has_check(text: str) -> bool:
    """Return whether the 18th character is the check of the 17 before. Source: GB 11643-1999 (ISO 7064 MOD 11-2).

    >>> has_check("11010519491231002X"), has_check("110105194912310021")
    (True, False)
    """
    return _CHECKS[sum(int(d) * w for d, w in zip(text[:17], _WEIGHTS, strict=True)) % 11] == text[17]


def is_id18(text: str) -> bool:
    """Return whether a text has the form of an ID number, whether or not its check is right."""
    return (
        len(text) == 18
        and text[:17].isdigit()
        and (text[17].isdigit() or text[17] == "X")
        and text[:2] in PROVINCES
        and is_birthday(text[6:14])
    )


def is_id15(text: str) -> bool:
    """Return whether a text has the form of an ID number issued before 1999."""
    return len(text) == 15 and text.isdigit() and text[:2] in PROVINCES and is_birthday("19" + text[6:12])


def is_id_part(text: str) -> bool:
    """Return whether a text is the head of an ID number: place and birthday, and less than the rest."""
    return len(text) in (14, 16, 17) and text.isdigit() and text[:2] in PROVINCES and is_birthday(text[6:14])


def is_disability(text: str) -> bool:
    """Return whether a text is the number of a disability certificate: ID number, kind 1 to 7, level 1 to 4."""
    return len(text) in (20, 21, 22) and is_id18(text[:18]) and text[18] in "1234567" and text[19] in "1234"


def is_mobile(text: str) -> bool:
    """Return whether a text is a mobile number, with or without the country's code.

    >>> is_mobile("13812345678"), is_mobile("8613812345678"), is_mobile("12812345678")
    (True, True, False)
    """
    for prefix in ("", "86", "086", "0086", "0"):
        rest = text.removeprefix(prefix)
        if len(rest) == 11 and len(text) == 11 + len(prefix) and rest.isdigit():
            return rest[0] == "1" and rest[1] in "3456789"
    return False


def is_landline(text: str) -> bool:
    """Return whether a text is a fixed line with its area code.

    >>> is_landline("07976832211"), is_landline("01065181234"), is_landline("00123456789")
    (True, True, False)
    """
    text = text.removeprefix("86") if text.startswith("860") else text
    if not text.isdigit() or text[:1] != "0" or not 10 <= len(text) <= 12:
        return False
    area = 3 if text[1] in "12" else 4
    if text[1] == "1" and text[2] != "0":
        return False
    local = text[area:]
    return text[1] in "123456789" and len(local) in (7, 8) and local[0] in "2345678"


def luhn(text: str) -> bool:
    """Return whether the last digit checks the others. Source: ISO/IEC 7812-1, annex B.

    >>> luhn("6222600260001072444"), luhn("6222600260001072445")
    (True, False)
    """
    doubled = (sum(divmod(int(d) * 2, 10)) for d in text[-2::-2])
    return (sum(doubled) + sum(int(d) for d in text[-1::-2])) % 10 == 0


def is_card(text: str) -> bool:
    """Return whether a text is a bank card: length, issuer, check."""
    return 15 <= len(text) <= 19 and text.isdigit() and text.startswith(_CARD_HEADS) and luhn(text)


def is_card_mistyped(text: str) -> bool:
    """Return whether a text is a UnionPay card but for its check."""
    return 16 <= len(text) <= 19 and text.isdigit() and text.startswith("62")

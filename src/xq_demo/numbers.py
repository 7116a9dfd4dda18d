"""Invented numbers that are formally valid: ID numbers, disability certificates, bank cards, phones.

All can be told from real ones: sequence numbers of ID numbers lie in 901–995 (in life those above 900 are hardly
given), bank cards begin with the unassigned 629999, phones with 199-000.
"""

from calendar import monthrange
from datetime import date, timedelta
from random import Random

_WEIGHTS = tuple(pow(2, 17 - i, 11) for i in range(17))
_CHECK = "10X98765432"
CODE_CHANGED_ON = date(1999, 1, 1)


def check_character(first17: str) -> str:
    """The last character of an 18-character ID number. Source: GB 11643-1999 (ISO 7064 MOD 11-2)."""
    return _CHECK[sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True)) % 11]


def luhn_digit(digits: str) -> str:
    """The digit that makes ``digits`` pass the Luhn check. Source: ISO/IEC 7812-1, annex B."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * 2 if place % 2 == 0 else int(digit)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


class Numbers:
    """Gives out numbers, each only once."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._sequence: dict[tuple[str, str], int] = {}
        self._phone = 0
        self._card = 0

    @staticmethod
    def day_of(citizen: str) -> date:
        """The birth date inside an 18-character ID number."""
        return date(int(citizen[6:10]), int(citizen[10:12]), int(citizen[12:14]))

    def birthday(self, year: int) -> date:
        """A day of the year."""
        month = self._rng.randint(1, 12)
        return date(year, month, self._rng.randint(1, monthrange(year, month)[1]))

    def citizen(self, born: date, sex: str) -> tuple[str, date]:
        """An unused 18-character ID number and its birth date, which moves on where a day is used up."""
        while True:
            prefix = "362131" if born < CODE_CHANGED_ON else "360730"
            key = (f"{prefix}{born:%Y%m%d}", sex)
            number = self._sequence.get(key, 901 if sex == "MALE" else 902)
            if number <= 995:
                self._sequence[key] = number + 2
                first17 = f"{key[0]}{number}"
                return first17 + check_character(first17), born
            born += timedelta(days=1)

    def certificate(self, citizen: str) -> str:
        """A 20-digit disability certificate: the ID number, type 1–7, level 1–4."""
        return f"{citizen}{self._rng.randint(1, 7)}{self._rng.randint(1, 4)}"

    def card(self) -> str:
        """A 19-digit bank card number with a valid Luhn digit."""
        self._card += self._rng.randint(1, 9)
        digits = f"629999{self._card * 648_391_174_561 % 10**12:012d}"
        return digits + luhn_digit(digits)

    def phone(self) -> str:
        """An 11-digit mobile number of the unused range 199-000x-xxxx."""
        self._phone += 1
        return f"199000{self._phone * 70001 % 100000:05d}"


def old_number(citizen: str) -> str:
    """The 15-digit number of the first generation that corresponds to an 18-character one."""
    return citizen[:6] + citizen[8:17]

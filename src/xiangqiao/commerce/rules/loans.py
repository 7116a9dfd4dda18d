"""Subsidised loans: the dated terms, and the interest the county subsidises. The house pays nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xiangqiao.commerce.rules.money import BASIS_POINTS, half_up

YEAR_DAYS = 360


@dataclass(frozen=True)
class Terms:
    """The terms of a time: the most that is subsidised, for how many months, up to which yearly rate."""

    valid_from: date
    valid_to: date | None
    cap_fen: int
    most_months: int
    rate_bp: int
    source: str


# Source: 国开办发〔2014〕78号 (扶贫小额信贷: 5 万元以下、3 年以内、基准利率、财政贴息); 银保监发〔2021〕6号 goes on with it
# for people out of poverty. Read as reprints: a county checks its own document before it pays. The ceilings of the rate
# are the one-year loan rates of the time.
TERMS: tuple[Terms, ...] = (
    Terms(date(2014, 12, 10), date(2021, 3, 4), 5_000_000, 36, 435, "国开办发〔2014〕78号"),
    Terms(date(2021, 3, 4), None, 5_000_000, 36, 385, "银保监发〔2021〕6号"),
)


def terms_on(day: date) -> Terms | None:
    """Return the terms in force on a day, None where there are none.

    >>> terms_on(date(2016, 11, 29)).rate_bp, terms_on(date(2013, 1, 1))
    (435, None)
    """
    for one in TERMS:
        if one.valid_from <= day and (one.valid_to is None or day < one.valid_to):
            return one
    return None


def subsidy(*, amount_fen: int, rate_bp: int, from_on: date, to_on: date, terms: Terms) -> int:
    """Return the interest subsidy (fen) from a day to a day (half-open), rounded to the fen, halves up.

    Interest is principal × yearly rate × days / 360 (人民币贷款日利率按 360 天换算); only the part of the principal under the cap
    and of the rate under the ceiling is subsidised. Source: 银发〔2005〕129号 for the 360 days.

    >>> subsidy(amount_fen=6_000_000, rate_bp=500, from_on=date(2016, 1, 1), to_on=date(2016, 12, 26), terms=TERMS[0])
    217500
    """
    days = max(0, (to_on - from_on).days)
    principal, rate = min(amount_fen, terms.cap_fen), min(rate_bp, terms.rate_bp)
    return half_up(principal * rate * days, BASIS_POINTS * YEAR_DAYS)

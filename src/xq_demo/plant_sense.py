"""Planters of contradictions: every cell can be read, but the household does not hold together."""

from xq_demo.living import full_workers, net_fen, report
from xq_demo.planting import Bench, Kind, dispensable, mark, pick, strong_share_is_over_half, with_ages
from xq_demo.records import Household, Row


def _lines_known(home: Household) -> bool:
    return all(
        value is not None
        for fact, value in home.row.facts.items()
        if fact.startswith(("income_", "transfer_"))
    )


def _set_cause(home: Household, cause: str) -> bool:
    facts = home.row.facts
    facts["cause_main"] = cause
    if facts["cause_2"] == cause:
        facts["cause_2"], facts["cause_3"] = facts["cause_3"], None
    if facts["cause_3"] == cause:
        facts["cause_3"] = None
    return mark(home.row, "cause_main", f"CAUSE.{cause}")


def _registered(home: Household) -> bool:
    return home.row.facts["cause_main"] is not None


def cause_illness(home: Household, _: Bench) -> bool:
    """Cause illness, all healthy."""
    healthy = all(row.facts["health"] == "HEALTHY" for row in home.members)
    return _registered(home) and healthy and _set_cause(home, "ILLNESS")


def cause_study(home: Household, _: Bench) -> bool:
    """Cause schooling, nobody at any school."""
    nobody = all(row.facts["schooling"] == "NOT" for row in home.members)
    return _registered(home) and nobody and _set_cause(home, "STUDY")


def cause_disability(home: Household, _: Bench) -> bool:
    """Cause disability, nobody disabled."""
    nobody = all(row.facts["health"] != "DISABLED" for row in home.members)
    return _registered(home) and nobody and _set_cause(home, "DISABILITY")


def cause_labour(home: Household, _: Bench) -> bool:
    """Cause lack of labour, though more than half work fully."""
    return strong_share_is_over_half(home) and _set_cause(home, "LABOUR")


def cause_repeated(home: Household, _: Bench) -> bool:
    """The main cause again as another cause."""
    if not _registered(home) or home.row.facts["cause_3"] is not None:
        return False
    home.row.facts["cause_2"] = home.row.facts["cause_main"]
    return mark(home.row, "cause_2", "CAUSE.REPEATED")


def dibao_no_member(home: Household, bench: Bench) -> bool:
    """A dibao household in which nobody receives it."""
    if home.row.facts["household_type"] != "GENERAL":
        return False
    home.row.facts["household_type"] = bench.rng.choice(("DIBAO", "DIBAO_POOR"))
    return mark(home.row, "household_type", "DIBAO.NO_MEMBER")


def dibao_and_wubao(home: Household, bench: Bench) -> bool:
    """Money from both."""
    if home.row.number("transfer_dibao_fen") == 0 or not _lines_known(home):
        return False
    home.row.facts["transfer_wubao_fen"] = 12 * bench.rng.choice((98_000, 105_000))
    report(home)
    return mark(home.row, "transfer_wubao_fen", "DIBAO.AND_WUBAO")


def healthy_lost(home: Household, bench: Bench) -> bool:
    """A healthy member of working age who is said to have lost all labour."""
    young = {id(row) for row, age in with_ages(home) if 20 <= age <= 55}
    rows = [row for row in dispensable(home) if id(row) in young and row.facts["work_place"] == "NONE"]
    row = pick(bench, rows)
    if row is None:
        return False
    row.facts["labour"] = "LOST"
    return mark(row, "labour", "LABOUR.HEALTHY_LOST")


def school_age(home: Household, bench: Bench) -> bool:
    """A small child in senior secondary school."""
    row = pick(bench, [row for row, age in with_ages(home) if 6 <= age <= 11])
    if row is None:
        return False
    row.facts["schooling"] = bench.rng.choice(("SENIOR", "VOCATIONAL_SECONDARY"))
    return mark(row, "schooling", "SCHOOL.AGE")


def no_months(home: Household, bench: Bench) -> bool:
    """A place of work without months."""
    row = pick(bench, [row for row in home.members if row.facts["work_place"] != "NONE"])
    if row is None:
        return False
    row.facts["work_months"] = bench.rng.choice((0, None))
    return mark(row, "work_months", "WORK.NO_MONTHS")


def no_place(home: Household, bench: Bench) -> bool:
    """Months without a place of work."""
    row = pick(bench, [row for row in home.members if row.facts["work_place"] != "NONE"])
    if row is None:
        return False
    row.facts["work_place"] = bench.rng.choice(("NONE", None))
    return mark(row, "work_place", "WORK.NO_PLACE")


def wage_no_worker(home: Household, bench: Bench) -> bool:
    """Wages, though nobody can work."""
    if any(row.facts["labour"] not in ("LOST", "NONE") for row in home.members) or not _lines_known(home):
        return False
    home.row.facts["income_wage_fen"] = bench.rng.randint(8, 24) * 100_000
    report(home)
    return mark(home.row, "income_wage_fen", "INCOME.WAGE_NO_WORKER")


def business_no_cost(home: Household, bench: Bench) -> bool:
    """Business income without cost."""
    if home.row.number("income_business_fen") == 0 or not _lines_known(home):
        return False
    home.row.facts["cost_business_fen"] = 0
    report(home)
    home.row.facts["cost_business_fen"] = bench.rng.choice((0, None))
    return mark(home.row, "cost_business_fen", "INCOME.BUSINESS_NO_COST")


def per_head_range(home: Household, bench: Bench) -> bool:
    """Wages with zeros too many, or a household that lives on nothing at all."""
    if not _lines_known(home) or home.row.facts["household_type"] != "GENERAL" or full_workers(home) == 0:
        return False
    facts = home.row.facts
    if bench.rng.random() < 0.3:
        for fact in facts:
            if fact.startswith(("income_", "transfer_", "cost_")):
                facts[fact] = 0
    else:
        facts["income_wage_fen"] = len(home.members) * bench.rng.randint(120, 900) * 100_000
    report(home)
    return mark(home.row, "reported_per_head_fen", "INCOME.PER_HEAD_RANGE")


def net_mismatch(home: Household, bench: Bench) -> bool:
    """A net income that the lines do not give: cost not taken off, or two digits swapped."""
    if not _lines_known(home):
        return False
    wrong = net_fen(home) + bench.rng.choice(
        (home.row.number("cost_business_fen") or 54_000, 36_000, 270_000)
    )
    home.row.facts["reported_net_income_fen"] = wrong if wrong - net_fen(home) > 500 else wrong + 90_000
    return mark(home.row, "reported_net_income_fen", "INCOME.NET_MISMATCH")


_OPPOSITE = {
    "SON": "DAUGHTER", "DAUGHTER": "SON", "GRANDSON": "GRANDDAUGHTER", "GRANDDAUGHTER": "GRANDSON",
    "FATHER": "MOTHER", "MOTHER": "FATHER",
}  # fmt: skip


def relation_sex(home: Household, bench: Bench) -> bool:
    """A daughter who is male. The relation is what was mistyped, so that the ID number still fits the sex."""
    row = pick(bench, [row for row in home.members if row.facts["relation"] in _OPPOSITE])
    if row is None:
        return False
    row.facts["relation"] = _OPPOSITE[row.text("relation")]
    return mark(row, "sex", "RELATION.SEX")


def id_sex(home: Household, bench: Bench) -> bool:
    """A sex that the ID number contradicts, of members whose relation fits both and who have no spouse here."""
    married = any(row.facts["relation"] == "SPOUSE" for row in home.members)
    fits = ("SIBLING", "OTHER") if married else ("SIBLING", "OTHER", "HEAD")
    row = pick(
        bench,
        [row for row in home.members if row.facts["relation"] in fits and row.facts["disability_no"] is None],
    )
    if row is None:
        return False
    row.facts["sex"] = "FEMALE" if row.facts["sex"] == "MALE" else "MALE"
    return mark(row, "sex", "ID.SEX")


def spouse_sex(home: Household, bench: Bench) -> bool:
    """Head and spouse of one sex; the spouse's ID number agrees with it."""
    spouse = next((row for row in home.members if row.facts["relation"] == "SPOUSE"), None)
    if spouse is None or spouse.facts["disability_no"] is not None or len(spouse.text("id_number")) != 18:
        return False
    sex = home.members[0].text("sex")
    _renumber(spouse, sex, bench)
    return mark(spouse, "sex", "RELATION.SPOUSE_SEX")


def _renumber(row: Row, sex: str, bench: Bench) -> None:
    number = row.text("id_number")
    born = bench.numbers.day_of(number)
    row.facts["id_number"], row.facts["birth_on"] = bench.numbers.citizen(born, sex)
    row.facts["sex"] = sex


def house_grade(home: Household, bench: Bench) -> bool:
    """A dangerous house with a good grade or the reverse."""
    dangerous = home.row.facts["house_dangerous"] is True
    home.row.facts["house_grade"] = bench.rng.choice("AB" if dangerous else "CD")
    return mark(home.row, "house_grade", "HOUSE.GRADE")


def land_per_head(home: Household, bench: Bench) -> bool:
    """Arable land with the decimal point lost."""
    home.row.facts["land_arable"] = len(home.members) * bench.rng.randint(60, 180) * 100
    return mark(home.row, "land_arable", "LAND.PER_HEAD")


KINDS = [
    Kind("INCOME.WAGE_NO_WORKER", wage_no_worker, wide=True),
    Kind("ID.SEX", id_sex, wide=True),
    Kind("DIBAO.AND_WUBAO", dibao_and_wubao, wide=True),
    Kind("LABOUR.HEALTHY_LOST", healthy_lost, wide=True),
    Kind("CAUSE.STUDY", cause_study, wide=True),
    Kind("CAUSE.ILLNESS", cause_illness, wide=True),
    Kind("CAUSE.REPEATED", cause_repeated, wide=True),
    Kind("CAUSE.DISABILITY", cause_disability, wide=True),
    Kind("CAUSE.LABOUR", cause_labour, wide=True),
    Kind("RELATION.SPOUSE_SEX", spouse_sex, wide=True),
    Kind("SCHOOL.AGE", school_age, wide=True),
    Kind("RELATION.SEX", relation_sex, wide=True),
    Kind("WORK.NO_MONTHS", no_months, wide=True),
    Kind("WORK.NO_PLACE", no_place, wide=True),
    Kind("DIBAO.NO_MEMBER", dibao_no_member, wide=True),
    Kind("INCOME.BUSINESS_NO_COST", business_no_cost, wide=True),
    Kind("INCOME.PER_HEAD_RANGE", per_head_range, wide=True),
    Kind("INCOME.NET_MISMATCH", net_mismatch, wide=True),
    Kind("HOUSE.GRADE", house_grade, wide=True),
    Kind("LAND.PER_HEAD", land_per_head, wide=True),
]

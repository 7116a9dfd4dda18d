"""Members, living conditions and income of a household."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from xiangqiao.desk.words import word
from xiangqiao.kernel.ui.charts import Chart, line_chart, stacked_chart
from xiangqiao.kernel.ui.marks import Tag
from xiangqiao.kernel.ui.numbers import mu, whole, yuan
from xiangqiao.kernel.ui.tables import Cell, Column, DataTable, Row

if TYPE_CHECKING:
    from xiangqiao.people.models import HouseholdYear, Membership, PersonYear

HEALTH_TONES: dict[str, Any] = {"HEALTHY": "green", "CHRONIC": "gold", "SERIOUS": "red", "DISABLED": "orange"}
INCOME_CLASSES = {
    "wage": ("income_wage_fen",),
    "business": ("income_business_fen",),
    "property": ("income_property_fen",),
    "transfer": (
        "transfer_family_planning_fen", "transfer_dibao_fen", "transfer_wubao_fen", "transfer_pension_fen",
        "transfer_ecology_fen", "transfer_other_fen",
    ),
}  # fmt: skip
COST = "cost_business_fen"
IncomeYears = dict[int, dict[str, int]]


def whole_years(birth: date | None, on: date) -> int | None:
    """Return the age in whole years on a day, None where the birth date is not known."""
    if birth is None:
        return None
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def members_table(members: Sequence[Membership], on: date) -> DataTable:
    """Return the members as a small table."""
    rows = [_member(member, on) for member in members]
    columns = [
        Column("name", _("姓名")),
        Column("health", _("健康、在读、务工")),
        Column("id", _("证件")),
    ]
    return DataTable(id="members", columns=columns, rows=rows, caption=_("家庭成员"))


def _member(member: Membership, on: date) -> Row:
    person = member.person
    years = list(person.years.all())
    latest = years[0] if years else None
    health = (
        [Tag(word("health", latest.health), HEALTH_TONES.get(latest.health, "grey"))]
        if latest and latest.health
        else []
    )
    return Row(
        [
            Cell(person.name, sub=_relation(member, on)),
            Cell("", tags=health, sub=_doing(latest)),
            person.id_number_mask,
        ],
        key=str(person.public_id),
        label=person.name,
    )


def _relation(member: Membership, on: date) -> str:
    years = whole_years(member.person.birth_on, on)
    said = [word("relation", member.relation)]
    if years is not None:
        said.append(ngettext("%(n)d 岁", "%(n)d 岁", years) % {"n": years})
    return " · ".join(said)


def _doing(latest: PersonYear | None) -> str:
    if latest is None:
        return ""
    if latest.schooling and latest.schooling != "NOT":
        return word("schooling", latest.schooling)
    if latest.work_months:
        place = word("work_place", latest.work_place)
        return _("%(place)s务工 %(months)d 个月") % {"place": place, "months": latest.work_months}
    return ""


def living(year: HouseholdYear | None) -> list[tuple[str, Any]]:
    """Return living conditions as names and values; what is not known shows as such."""
    if year is None:
        return []
    house = Cell(
        _("%(area)s 平方米") % {"area": whole(year.house_area_m2)}
        if year.house_area_m2 is not None
        else None,
        sub=word("house_grade", year.house_grade),
    )
    return [
        (_("住房"), house),
        (_("饮水安全"), _yes(year.water_safe)),
        (_("卫生厕所"), _yes(year.toilet_sanitary)),
        (_("宽带"), _yes(year.broadband)),
        (_("入户路"), word("road_type", year.road_type) or None),
        (_("耕地"), _("%(mu)s 亩") % {"mu": mu(year.land_arable)} if year.land_arable is not None else None),
        (
            _("林果"),
            _("%(mu)s 亩") % {"mu": mu(year.land_orchard)} if year.land_orchard is not None else None,
        ),
        (_("合作社"), _yes(year.in_cooperative)),
    ]


def _yes(value: bool | None) -> str | None:  # noqa: FBT001 - the value itself
    return None if value is None else pgettext("事实", "是") if value else pgettext("事实", "否")


def income_chart(years: IncomeYears) -> Chart | None:
    """Return income by class and year, in yuan, as the ledger projects it; None where it holds no line."""
    if not years:
        return None
    names = {"wage": _("工资性"), "business": _("经营性"), "property": _("财产性"), "transfer": _("转移性")}
    series = {
        names[kind]: [sum(lines.get(line, 0) for line in members) / 100 for lines in years.values()]
        for kind, members in INCOME_CLASSES.items()
    }
    return stacked_chart(
        title=_("家庭收入构成"), labels=[str(year) for year in years], series=series, unit=_("元")
    )


def per_head_chart(years: IncomeYears, size: int, threshold_fen: int | None) -> Chart | None:
    """Return net income a head by year beside the line of the subsistence allowance; None for fewer than two years."""
    if len(years) < 2 or not size:
        return None
    return line_chart(
        title=_("人均纯收入"),
        labels=[str(year) for year in sorted(years)],
        values=[net_fen(years[year]) // size / 100 for year in sorted(years)],
        unit=_("元"),
        threshold=None if threshold_fen is None else threshold_fen / 100,
        threshold_name=_("低保标准"),
    )


def net_fen(lines: dict[str, int]) -> int:
    """Return net income (fen) of a year's lines: what came in less the cost of the family's business."""
    gross = sum(lines.get(line, 0) for members in INCOME_CLASSES.values() for line in members)
    return gross - lines.get(COST, 0)


def income_facts(years: IncomeYears, size: int, threshold_fen: int | None) -> list[tuple[str, Any]]:
    """Return net income of the newest year, of the family and a head; a head is a present member."""
    if not years:
        return []
    year, lines = max(years.items())
    net = net_fen(lines)
    facts: list[tuple[str, Any]] = [
        (_("%(year)d 年纯收入") % {"year": year}, _("%(yuan)s 元") % {"yuan": yuan(net)}),
        (_("经营支出"), _("%(yuan)s 元") % {"yuan": yuan(lines.get(COST, 0))}),
    ]
    if size:
        facts.append(
            (
                _("人均纯收入"),
                Cell(_("%(yuan)s 元") % {"yuan": yuan(net // size)}, sub=_("按现有 %(n)d 人") % {"n": size}),
            )
        )
    if threshold_fen is not None:
        line = Cell(_("%(yuan)s 元") % {"yuan": yuan(threshold_fen)}, sub=_("每人每年，月标准乘 12"))
        facts.append((_("当地农村低保标准"), line))
    return facts


def day(value: date | None) -> str:
    """Return a day as one reads it, empty where there is none."""
    return date_format(value, "DATE_FORMAT") if value else ""

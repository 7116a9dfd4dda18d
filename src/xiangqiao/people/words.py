"""Words of the register in the language of the page: codes, facts, kinds of change, what is wrong with a change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from xiangqiao.people.rules.kinds import Kind
from xiangqiao.people.rules.situation import Fault
from xq_engine.facts import catalogue, codes

KINDS: Mapping[Kind, Promise] = {
    Kind.BIRTH: _("出生"),
    Kind.DEATH: _("死亡"),
    Kind.MARRIAGE_IN: _("婚入"),
    Kind.MARRIAGE_OUT: _("婚出"),
    Kind.MOVE_IN: _("迁入一人"),
    Kind.MOVE_OUT: _("迁出一人"),
    Kind.HEAD: _("更换户主"),
    Kind.PHONE: _("联系电话"),
    Kind.BANK_CARD: _("银行卡"),
    Kind.PERSON: _("更正成员基本信息"),
    Kind.ID_NUMBER: _("更正证件号码"),
    Kind.PERSON_YEAR: _("健康、上学、务工、参保"),
    Kind.DIBAO: _("低保"),
    Kind.DISABILITY: _("残疾证"),
    Kind.LIVING: _("住房、饮水、道路等"),
    Kind.LAND: _("土地"),
    Kind.INCOME: _("收入和支出"),
    Kind.HOUSEHOLD_TYPE: _("农户属性与致贫原因"),
    Kind.WATCH: _("监测类别与脱贫标志"),
    Kind.SPLIT: _("分户"),
    Kind.MERGE: _("并户"),
    Kind.HOUSEHOLD_MOVE: _("整户迁移"),
    Kind.CLOSE: _("销户"),
    Kind.REGISTER: _("登记新农户"),
}
STEPS: Mapping[str, Promise] = {"TOWNSHIP": _("乡镇审批"), "COUNTY": _("县级审批")}
CLOSING: Mapping[str, Promise] = {
    "DIED_OUT": _("全家死亡"),
    "MOVED_OUT": _("全家迁出本县"),
    "MERGED": _("并入别的户"),
    "MISTAKE": _("登记有误"),
    "OTHER": _("其他"),
}
FAULTS: Mapping[str, Promise] = {
    "moved": _("提出之后，别人改过同一处。"),
    "closed": _("这一户已经销户，不能再变更。"),
    "future": _("日期在今天之后，请填已经发生的日子。"),
    "too_early": _("日期太早，请检查年份。"),
    "not_after": _("要晚于入户的日子（%(day)s）。"),
    "before_birth": _("早于这个人的出生日期，请检查。"),
    "before_joining": _("早于入户的日子（%(day)s）。"),
    "born_after_joining": _("出生日期晚于入户的日子（%(day)s），请检查。"),
    "birth_day": _("出生的人，入户日期就是出生日期。"),
    "name": _("请填姓名。"),
    "id_length": _("证件号码应为 18 位，请再数一遍。"),
    "id_birth": _("证件号码里的出生日期不存在，请核对。"),
    "id_checksum": _("证件号码的最后一位对不上，可能抄错了一位，请对照证件再输一遍。"),
    "id_birth_differs": _("证件号码里的出生日期是 %(day)s，和所填的不一样。"),
    "id_sex_differs": _("证件号码的第 17 位表示的性别和所填的不一样。"),
    "id_taken": _("这个证件号码已登记在 %(place)s %(name)s 名下。若是同一人，请先在那一户办迁出或婚出。"),
    "certificate_length": _("残疾证号应为 20 位（补发过的 22 位），请再数一遍。"),
    "certificate_wrong": _("残疾证号不对：前 18 位是身份证号，后两位是类别和等级。请对照证件再输一遍。"),
    "certificate_taken": _("这个残疾证号已登记在 %(place)s %(name)s 名下，请核对。"),
    "certificate_differs": _("残疾证号的前 18 位和登记的身份证号不一样，请对照两个证件。"),
    "income_cleared": _("没有这项收入请填 0，不能留空。"),
    "relation_sex": _("与户主的关系和性别不符。"),
    "relation_taken": _("户里已有人是这个关系。"),
    "first_is_head": _("户里现在没有人，第一个人应为户主。"),
    "no_member": _("请选择这一户现在的成员。"),
    "head_needed": _("%(name)s 是户主，请选择由谁接任户主。"),
    "head_already": _("这个人已经是户主。"),
    "use_new_head": _("更换户主请用“更换户主”这一项。"),
    "head_cannot_split": _("户主不能分出去。请先更换户主，或者勾选其他成员。"),
    "all_cannot_split": _("至少要有一人留在原户。"),
    "head_among_leavers": _("新户的户主应是分出去的成员之一。"),
    "household_no": _("请填一个新的户编号。"),
    "household_no_taken": _("这个户编号已经有了，请换一个。"),
    "no_household": _("没有找到这个户编号的在册农户，请核对。"),
    "other_village": _("两户不在同一个村。请先办整户迁移，再并户。"),
    "empty_household": _("有一户没有成员，不能并户；没有人的户请销户。"),
    "one_head": _("并入后只能有一个户主，请选别的关系。"),
    "no_village": _("请选择一个村。"),
    "same_village": _("这一户本来就在这个村。"),
    "phone": _("电话号码不对：手机 11 位，固定电话如 0797-6832211。"),
    "bank_card": _("卡号不对：16 到 19 位数字，请对照卡面再输一遍。"),
    "bank_name": _("请填开户银行。"),
    "choice": _("请从选项里选一个。"),
    "months": _("务工时间是 0 到 12 个月。"),
    "number": _("请填不小于 0 的数。"),
    "year": _("年份应在 2000 到 %(year)s 之间。"),
    "unknown_fact": _("这一项不能在这里更正。"),
}


def sentence(fault: Fault) -> str:
    """Return what a fault says."""
    return str(FAULTS[fault.code]) % fault.params


def _english() -> bool:
    return (get_language() or "").startswith("en")


def word(list_name: str, code: Any) -> str:
    """Return what a code is called; the code itself where the list does not know it."""
    known = codes()[list_name].codes.get(str(code))
    if known is None:
        return str(code)
    return known.en if _english() else known.zh


def choices(list_name: str) -> list[tuple[str, str]]:
    """Return a code list as choices of a form, an empty one first."""
    return [("", "—"), *((code, word(list_name, code)) for code in codes()[list_name].codes)]


def fact_name(entity: str, name: str) -> str:
    """Return what a fact is called; its name where the catalogue does not know it."""
    fact = catalogue()[entity].facts.get(name)
    if fact is None:
        return name
    return fact.en if _english() else fact.zh

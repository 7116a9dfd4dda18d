"""Words of coverage in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from xiangqiao.kernel.ui.marks import Tag, Tone
from xiangqiao.places.queries import place
from xq_engine.coverage.evidence import Standing

LEVELS = {
    "UNKNOWN": _("不清楚"),
    "PREDICTED": _("推测"),
    "REPORTED": _("有人反映"),
    "MEASURED": _("实测"),
    "VERIFIED": _("验收核实"),
}
SERVICES = {"MOBILE": _("4G 手机信号"), "FIBRE": _("光纤宽带")}
PROBLEMS = {
    "PLACE.MISSING": _("没有坐标，这一行不入库。请向运营商补要。"),
    "PLACE.UNREADABLE": _("坐标看不懂，这一行不入库。请写成 116.015 或 116°0′54″。"),
    "PLACE.OUTSIDE": _("坐标不在本县，这一行不入库。请核对经纬度是否抄错一位。"),
    "PLACE.SWAPPED": _("经度和纬度写反了，已对调。"),
    "PLACE.DMS": _("度分秒已换算成小数。"),
    "NAME.MISSING": _("没有站名，这一行不入库。"),
    "TECHNOLOGY.UNKNOWN": _("看不出是 2G、3G、4G 还是 5G，这一行不入库。"),
    "NUMBER.ZEROS": _("站号像是被表格软件改过（丢了前面的零，或多了小数），比对时已不计。"),
    "HEIGHT.UNREADABLE": _("挂高不是数字，按不知道处理。"),
}
REASONS = {
    "SAME_NUMBER": _("站号相同：%(value)s"),
    "SAME_NUMBER_ZEROS": _("站号补零以后相同：%(value)s"),
    "OTHER_NUMBER": _("站号不同"),
    "NUMBER_MISSING": _("有一边没有站号"),
    "OTHER_OPERATOR": _("两家运营商"),
    "OTHER_TECHNOLOGY": _("制式不同"),
    "SAME_TOWER": _("铁塔编号相同：%(value)s"),
    "SAME_NAME": _("站名相同"),
    "NAME_ALIKE": _("站名像 %(value)s%%"),
    "NAME_OTHER": _("站名不像（%(value)s%%）"),
    "DISTANCE": _("相距 %(value)s 米"),
}
FACTS = {
    "station_no": _("站号"),
    "name": _("站名"),
    "township": _("乡镇"),
    "technology": _("制式"),
    "lon": _("经度"),
    "lat": _("纬度"),
    "place": _("经纬度在一格"),
    "height": _("挂高"),
    "tower_no": _("铁塔编号"),
    "tenants": _("租户"),
}
PROJECT_KINDS = {"NEW_MAST": _("新建一座塔"), "ON_A_MAST": _("在已有的塔上加装")}
_LEVEL_TONES: dict[str, Tone] = {
    "MEASURED": "green",
    "VERIFIED": "green",
    "REPORTED": "blue",
    "PREDICTED": "grey",
}


def reasons_text(reasons: Iterable[tuple[str, object]]) -> str:
    """Return the reasons of a pair as one line."""
    return gettext("；").join(str(REASONS[code]) % {"value": value} for code, value in reasons)


def standing_tags(now: Standing) -> list[Tag]:
    """Return what stands as marks with words: yes or no, how well it is known, and whether it is disputed."""
    name = now.level.name
    if now.has_service is None:
        return [Tag(str(LEVELS["UNKNOWN"]), "grey", icon="question-mark")]
    said = Tag(gettext("通"), "green") if now.has_service else Tag(gettext("不通"), "red")
    tags = [said, Tag(str(LEVELS[name]), _LEVEL_TONES.get(name, "grey"), icon="none")]
    return [*tags, Tag(gettext("有争议"), "orange")] if now.disputed else tags


def place_name(code: str) -> str:
    """Return the township and village of a code."""
    here = place(code)
    if here is None:
        return code
    above = place(here.parent_code) if here.level > 4 else None
    english = (get_language() or "").startswith("en")
    names = [(one.name_en or one.name) if english else one.name for one in (above, here) if one]
    return " ".join(names)

"""Which column of an operator's list says what, by the words that operators use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from xq_engine.intake.labels import plain, read_label

# What a list can say of a station, with the headings under which it does.
COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "station_no": (
            "站号", "基站编号", "站址编码", "站点编码", "基站ID", "eNodeBID", "基站号", "资源编码", "CellSiteNo",
        ),
        "name": ("基站名称", "站点名称", "站名", "站址名称", "名称", "基站名", "SiteName"),
        "township": ("乡镇", "所属乡镇", "乡（镇）", "镇", "区域", "所在乡镇", "Township"),
        "technology": ("制式", "网络制式", "网络类型", "系统", "技术制式", "Technology"),
        "lon": ("经度", "东经", "X", "Lon", "Longitude", "百度经度", "GPS经度"),
        "lat": ("纬度", "北纬", "Y", "Lat", "Latitude", "百度纬度", "GPS纬度"),
        "place": ("经纬度", "坐标", "位置坐标", "经度纬度"),
        "height": ("挂高", "天线挂高", "塔高", "杆塔高度", "Height"),
        "tower_no": ("铁塔编码", "铁塔站址编码", "铁塔编号", "共享铁塔编码", "TowerNo"),
        "tenants": ("租户", "共享单位", "使用单位", "共享运营商"),
    }
)  # fmt: skip
NEEDED = ("name",)
_SEARCHED = 12


def map_columns(headings: Sequence[str]) -> dict[str, int]:
    """Return the position of each fact among headings; the first heading that fits takes it.

    >>> map_columns(["序号", "基站 名称", "经度（度）", "纬度（度）", "备注"])
    {'name': 1, 'lon': 2, 'lat': 3}
    """
    found: dict[str, int] = {}
    forms = [{read_label(text).text.lower(), plain(text).lower()} for text in headings]
    for fact, words in COLUMNS.items():
        known = {plain(word).lower() for word in words}
        place = next((number for number, form in enumerate(forms) if form & known), None)
        if place is not None:
            found[fact] = place
    return found


def find_headings(rows: Sequence[Sequence[str | None]]) -> int | None:
    """Return the position of the row of headings: the first of the rows that name the most facts; None below three."""
    best, where = 2, None
    for number, row in enumerate(rows[:_SEARCHED]):
        known = len(map_columns([text or "" for text in row]))
        if known > best:
            best, where = known, number
    return where

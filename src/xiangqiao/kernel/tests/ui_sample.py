"""Invented data with which the tests draw every part once."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.http import QueryDict

from xiangqiao.kernel.ui.cards import Delta, Empty, Figure, Line
from xiangqiao.kernel.ui.charts import HexCell, bar_chart, hex_map, line_chart, stacked_chart
from xiangqiao.kernel.ui.flow import JobView, Reason, TimelineEntry, Verdict
from xiangqiao.kernel.ui.marks import Link, Meter, Tag
from xiangqiao.kernel.ui.shell import Person, RailGroup, RailItem, Tab, steps
from xiangqiao.kernel.ui.tables import BulkAction, Cell, Column, DataTable, Pager, Row

HONEYCOMB = """肖田 2 0 9.3|小布 1 1 5.9|大沽 2 1 2.1|东韶 3 1 5.2|洛口 4 1 7.8|钓峰 1 2 8.3|蔡江 2 2 5.6|东山坝 5 2 7.8|黄陂 2 3 2.9
石上 4 3 4|安福 5 3 7.2|青塘 1 4 9.3|会同 4 4 7.3|湛田 5 4 1.5|竹笮 3 5 8.4|梅江 4 5 1|田埠 6 5 7.4|赖村 2 6 5.8|固村 6 6 7.6
田头 4 7 6.7|长胜 5 7 3.6|固厚 6 7 4.4|黄石 4 8 7.2|对坊 5 8 -"""


class Change(forms.Form):
    """A form with every kind of field, filled in wrongly."""

    name = forms.CharField(label="户主姓名", help_text="与户口簿一致")
    size = forms.IntegerField(label="家庭人口", min_value=1)
    village = forms.ChoiceField(label="村", choices=[("", "请选择"), ("a", "青坪村"), ("b", "石桥村")])
    day = forms.DateField(label="走访日期", widget=forms.DateInput(attrs={"type": "date"}))
    done = forms.MultipleChoiceField(
        label="做了什么",
        choices=[("a", "帮办医疗救助"), ("b", "看望病人"), ("c", "政策讲解")],
        widget=forms.CheckboxSelectMultiple,
        help_text="可以多选",
    )
    way = forms.ChoiceField(label="方式", choices=[("a", "入户"), ("b", "电话")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="户主同意登记", help_text="没有同意就不登记")
    words = forms.CharField(label="说一句", widget=forms.Textarea, required=False)


class Filters(forms.Form):
    """Filters above the table."""

    q = forms.CharField(label="户主或编号", required=False)
    town = forms.ChoiceField(label="乡镇", choices=[("", "全部乡镇"), ("1", "示例乡")], required=False)
    state = forms.ChoiceField(label="状态", choices=[("", "全部"), ("1", "监测中")], required=False)


class Said:
    """A message as Django's framework gives it."""

    def __init__(self, text: str, level_tag: str) -> None:
        self.text, self.level_tag = text, level_tag

    def __str__(self) -> str:
        return self.text


def rail() -> list[RailGroup]:
    """The rail of a county office."""
    groups = {
        "": [("县情总览", "home", 0), ("今日待办", "clipboard-list", 27)],
        "精准帮扶": [
            ("农户台账", "users", 0),
            ("政策与应享", "file-text", 0),
            ("结对帮扶", "heart-handshake", 0),
            ("识别与监测", "eye-exclamation", 9),
            ("帮扶日志", "notebook", 0),
        ],
        "五大工程": [
            ("网络覆盖", "antenna-bars-5", 0),
            ("农村电商", "building-store", 0),
            ("网络扶智", "school", 0),
            ("信息服务", "message-circle", 0),
            ("网络公益", "gift", 0),
        ],
        "公共": [("账本", "wallet", 0), ("报表与表格", "report", 0), ("系统", "settings", 0)],
    }
    return [
        RailGroup(
            title,
            [RailItem(name, f"/{mark}/", mark, count, active=mark == "home") for name, mark, count in items],
        )
        for title, items in groups.items()
    ]


def figures() -> list[Figure]:
    """Five figures, one of them not known."""
    return [
        Figure("在册农户", 30214, href="/households/", note="118,402 人　24 个乡镇"),
        Figure(
            "应享未享",
            1846,
            "件",
            "/due/",
            "涉及 23 项政策，约 214 万元",
            Delta("312 本周", up=False, good=True),
            "orange",
        ),
        Figure("待核预警", 9, "", "/alerts/", "其中 2 条今天到期", tone="red"),
        Figure(
            "未结对户",
            41,
            "户",
            "/pairs/",
            "占在册监测户 1,203 户的 3.4%",
            Delta("3 本周", up=True, good=False),
        ),
        Figure("漏评率", None, note="还没有抽样", meaning="抽样复核中应纳入而未纳入的户，除以抽样户数。"),
    ]


def table() -> DataTable:
    """Twelve households, sorted, to be picked."""
    health = [Tag("健康", "green"), Tag("大病", "red"), Tag("慢性病", "gold"), None]
    rows = [
        Row(
            [
                Cell(f"廖** 户 {place + 1}", "示例乡 青坪村 三组"),
                Tag("监测中", "orange") if place % 3 else Tag("稳定", "green"),
                1 + place % 6,
                621400 + 3111 * place if place != 4 else None,
                health[place % 4],
                Meter(place / 11, f"{place}/11 项"),
                Link("钟立新", "/person/1/"),
            ],
            f"/households/{place}/",
            f"h{place}",
            f"廖** 户 {place + 1}",
        )
        for place in range(12)
    ]
    return DataTable(
        id="households",
        caption="农户台账",
        columns=[
            Column("name", "户主", sortable=True), Column("state", "状态"), Column("size", "人口", "人", numeric=True, sortable=True),
            Column("income", "人均纯收入", "元/年", numeric=True, sortable=True, meaning="按帮扶手册口径，只算已入账的收入。"),
            Column("health", "健康"), Column("measures", "措施落实"), Column("cadre", "帮扶干部"),
        ],
        rows=rows, query=QueryDict("town=1&after=abc"), sort="-income", total=12843, noun="户", pager=Pager("def", "abc"),
        actions=[BulkAction("打印明白卡", "/print/", icon="printer"), BulkAction("移出名单", "/remove/", confirm="移出后这些户不再列入名单，可以在变更记录里恢复。", danger=True)],
        exports=[Link("导出表格", "/export/", "download")], chooser=True, tall=True,
    )  # fmt: skip


def verdicts() -> list[Verdict]:
    """One of each verdict."""
    return [
        Verdict("雨露计划职业教育补助", Tag("应享未享", "orange"), [Reason("met", "监测户"), Reason("met", "中职在读"), Reason("met", "学籍有效")], "1,500 元/学期", "/policy/1/"),
        Verdict("大病医疗救助", Tag("差 1 份", "gold"), [Reason("met", "监测户"), Reason("met", "合规自付 28,460 元，超过起付线"), Reason("missing", "10 月结算单")], "约 9,200 元", next_step="请带 10 月的住院结算单到村委会。"),
        Verdict("高龄津贴", Tag("不符合"), [Reason("unmet", "罗** 70 岁，需满 80 岁")]),
        Verdict("城乡居民医保资助参保", Tag("已享受", "green"), [Reason("met", "5 人均符合，参保状态正常")]),
    ]  # fmt: skip


def charts() -> dict[str, object]:
    """Each chart once."""
    cells = []
    for entry in HONEYCOMB.replace("\n", "|").split("|"):
        name, column, row, value = entry.split()
        cells.append(
            HexCell(name, int(column), int(row), None if value == "-" else float(value), f"/towns/{name}/")
        )
    years = ["2021", "2022", "2023", "2024", "2025"]
    return {
        "map": hex_map(title="尚未送达的政策", cells=cells, unit="件/百户"),
        "line": line_chart(title="人均纯收入", labels=years, values=[7100, 7940, None, 9890, 10640], unit="元", threshold=8800, threshold_name="监测线（示例）"),
        "stack": stacked_chart(title="家庭人均纯收入构成", labels=years, series={"工资性": [5300, 5800, 6400, 7100, 7700], "经营性": [2000, 2200, 2500, 2900, 3300], "财产性": [200, 200, 250, 300, 300], "转移性": [1900, 2050, 2100, 2100, 2200]}, unit="元"),
        "bars": bar_chart(title="网点数", bars=[("示例乡", 41), ("青坪镇", 33), ("石桥镇", None), ("上坪乡", 12)], unit="个", goal=35),
    }  # fmt: skip


def context() -> dict[str, object]:
    """Everything the sample page shows."""
    form = Change({"name": "", "size": "0", "village": "", "day": "2026-13-01", "words": "都好"})
    return {
        "rail": rail(), "county_name": "宁都县", "is_demo": True, "search_url": "/search/", "csrf_token": "x" * 64,
        "person": Person("谢文静", "县农业农村局", [Link("我的岗位", "/me/", "user")], "/sign-out/"),
        "today": dt.date(2026, 11, 23),
        "crumbs": [Link("农户台账", "/"), Link("示例乡", "/x/"), Link("青坪村", "")],
        "messages": [Said("已保存：廖** 户的变更。", "success"), Said("第 7 行的证件号少一位，请补全后再导入。", "error")],
        "figures": figures(), "table": table(), "verdicts": verdicts(), "form": form, "filters": Filters(), **charts(),
        "nothing": DataTable(id="none", columns=[Column("a", "村")], rows=[], caption="缺网的村", empty=Empty("没有缺网的村", "想看全部自然村，请清除筛选条件。", Link("看全部自然村", "/hamlets/", "map"))),
        "todo": [Line("青坪村 赖** 户大病支出预警，入户核实", "/alerts/1/", Tag("今天", "red"), "谢文静"), Line("17 位干部调动，重新结对方案待确认", "/pairs/", Tag("周四", "gold"), "组织部")],
        "pairs": [("住房", "砖混 96 ㎡，安全（2024-05 鉴定）"), ("通信", "4G 实测 18 Mbps"), ("卫生室", None), ("状态", Tag("待户确认"))],
        "entries": [TimelineEntry("今天 09:20", "钟立新入户：看望病人，帮填救助申请", "2026-11-23", "钟立新", tags=[Tag("待户确认")]), TimelineEntry("11-18", "青坪站代销脐橙 62 kg，结算 434.00 元到卡", href="/sales/1/"), TimelineEntry("11-02", "预警：大额医疗支出 28,460 元", tone="orange", detail="医保清单")],
        "wizard": steps(["选文件", "对列名", "试一遍", "导入"], now=2),
        "tabs": [Tab("全部", "?", active=True, count=31), Tab("应享未享", "?s=1", count=2), Tab("已享受", "?s=2")],
        "job": JobView("7", "核对 30,214 户的政策", "running", 12000, 30214, "正在看第 12,000 户", "/jobs/7/", "/jobs/7/stop/"),
        "failed": JobView("8", "导入医保清单", "failed", 40, 100, "第 41 行起列数不对，请按模板调整后再传。", result_url="/jobs/8/"),
    }  # fmt: skip

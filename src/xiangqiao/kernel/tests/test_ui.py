"""The parts of the look promise: safe markup, honest numbers, links that keep filters, one vendored origin."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.storage import FileSystemStorage
from django.http import QueryDict
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from xiangqiao.kernel.templatetags.ui import cell_content, tag_mark
from xiangqiao.kernel.tests import ui_sample
from xiangqiao.kernel.ui import numbers
from xiangqiao.kernel.ui.charts import HexCell, bar_chart, hex_layout, hex_map, line_chart, stacked_chart
from xiangqiao.kernel.ui.charts.canvas import round_steps
from xiangqiao.kernel.ui.elder import COOKIE, elder_setting, switch_elder
from xiangqiao.kernel.ui.marks import TONE_ICONS, Tag
from xiangqiao.kernel.ui.shell import Person
from xiangqiao.kernel.ui.table_drawing import table_html
from xiangqiao.kernel.ui.tables import Column, DataTable, Pager

KERNEL = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((KERNEL / "templates").rglob("*.html"))
ICONS = set(
    re.findall(r'<symbol id="([^"]+)"', (KERNEL / "static/vendor/tabler-icons/icons.svg").read_text())
)


@given(st.integers(-(10**12), 10**12))
def test_yuan_keeps_every_fen(fen: int) -> None:
    assert round(float(numbers.yuan(fen).replace(",", "")) * 100) == fen
    assert int(numbers.yuan(fen).replace(",", "").replace(".", "")) == fen


def test_a_share_names_nothing_when_there_is_nothing_to_divide_by() -> None:
    assert numbers.share(1053, 1562) == "67.4%"
    assert numbers.share(0, 0) is None


def test_what_is_not_known_is_neither_zero_nor_empty() -> None:
    assert "还不知道" in cell_content(None)
    assert cell_content(0) == "0"


def test_words_from_data_cannot_become_markup() -> None:
    nasty = '<script>alert("1")</script>'
    chart = bar_chart(title=nasty, bars=[(nasty, 1.0)], unit=nasty, links=['"><script>'])
    assert "<script" not in tag_mark(Tag(nasty)) + cell_content(Tag(nasty)) + chart.svg


@pytest.mark.parametrize("name", ["map", "line", "stack", "bars"])
def test_a_chart_is_well_formed_named_and_carries_its_numbers(name: str) -> None:
    chart = ui_sample.context()[name]
    root = ElementTree.fromstring(chart.svg)  # type: ignore[attr-defined]
    assert root.get("role") in {"img", "group"}
    title, desc = root.findall("title") + root.findall("desc")
    assert title.text
    assert desc.text
    assert " ".join([title.get("id", ""), desc.get("id", "")]) == root.get("aria-labelledby")
    assert all(len(row) == len(chart.heads) for row in chart.rows)  # type: ignore[attr-defined]
    assert "style=" not in chart.svg  # type: ignore[attr-defined]


def test_a_gap_in_the_years_stays_a_gap() -> None:
    chart = line_chart(title="收入", labels=["1", "2", "3"], values=[1.0, None, 3.0], unit="元")
    assert chart.svg.count('class="dot"') == 2
    assert 'class="line"' not in chart.svg
    assert chart.rows[1] == ["2", "—"]


def test_charts_with_no_data_still_draw() -> None:
    assert line_chart(title="空", labels=["1"], values=[None], unit="元").svg
    assert hex_map(title="空", cells=[], unit="户").svg
    assert bar_chart(title="空", bars=[], unit="户").svg


def test_more_than_five_parts_of_a_bar_are_refused() -> None:
    with pytest.raises(ValueError, match="no more than 5"):
        stacked_chart(title="x", labels=["1"], series={str(n): [1.0] for n in range(6)}, unit="元")


def test_a_township_not_known_is_white_and_not_pale() -> None:
    chart = hex_map(title="x", cells=[HexCell("甲", 0, 0, None), HexCell("乙", 1, 0, 5.0)], unit="件")
    assert "hex r0" in chart.svg
    assert chart.rows == [["乙", "5"], ["甲", "—"]]


@given(st.lists(st.tuples(st.floats(115, 117), st.floats(26, 28)), min_size=1, max_size=30))
def test_no_two_townships_share_a_cell(points: list[tuple[float, float]]) -> None:
    assert len(set(hex_layout(points))) == len(points)


@given(st.floats(0.001, 1e9))
def test_the_axis_reaches_the_highest_value(highest: float) -> None:
    steps = round_steps(highest)
    assert steps[0] == 0
    assert steps[-1] >= highest * 0.999999
    assert len(steps) <= 8


def test_sorting_and_paging_keep_the_filters_and_sorting_starts_over() -> None:
    table = DataTable(
        id="t", caption="t", columns=[Column("name", "户主", sortable=True), Column("n", "人口", numeric=True, sortable=True)],
        rows=[], query=QueryDict("town=1&after=old"), sort="-n", pager=Pager(next_key="new"),
    )  # fmt: skip
    name, size = table.heads()
    assert (name.href, name.direction) == ("?town=1&sort=name", "")
    assert (size.href, size.direction) == ("?town=1&sort=n", "descending")
    assert table.next_href == "?town=1&after=new"
    assert table.previous_href == ""


def test_the_elder_view_is_a_switch_that_returns_to_the_page() -> None:
    request = RequestFactory().post("/elder/", {"next": "/households/?town=1"})
    response = switch_elder(request)
    assert (response.status_code, response["Location"]) == (302, "/households/?town=1")
    assert response.cookies[COOKIE].value == "1"
    request.COOKIES[COOKIE] = "1"
    assert elder_setting(request) == {"elder": True}
    assert switch_elder(request).cookies[COOKIE]["max-age"] == 0


def test_the_elder_switch_never_leads_to_another_site() -> None:
    response = switch_elder(RequestFactory().post("/elder/", {"next": "//evil.example/"}))
    assert response["Location"] == "/"


def test_every_icon_named_is_in_the_sprite() -> None:
    text = "".join(path.read_text() for path in TEMPLATES)
    named = set(re.findall(r'{% icon "([^"]+)"', text)) | {mark for mark in TONE_ICONS.values() if mark}
    assert named <= ICONS


def test_vendored_files_are_those_recorded() -> None:
    folder = KERNEL / "static" / "vendor"
    recorded = tomllib.loads((folder / "vendor.toml").read_text())["file"]
    assert {entry["path"] for entry in recorded} == {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and path.name != "vendor.toml"
    }
    for entry in recorded:
        assert hashlib.sha256((folder / entry["path"]).read_bytes()).hexdigest() == entry["sha256"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_keep_to_the_content_policy(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)|javascript:", text)


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "409", "413", "500"])
def test_an_error_page_needs_no_context_and_says_what_to_do_next(code: str) -> None:
    page = render_to_string(f"{code}.html")
    assert page.count("<li>") >= 1
    assert "回首页" in page


def test_static_files_survive_hashed_names(tmp_path: Path) -> None:
    source = FileSystemStorage(location=KERNEL / "static")
    found = {
        str(path.relative_to(KERNEL / "static")): (source, str(path.relative_to(KERNEL / "static")))
        for path in (KERNEL / "static").rglob("*")
        if path.is_file()
    }
    storage = ManifestStaticFilesStorage(location=tmp_path, base_url="/static/")
    for name in found:
        with source.open(name) as file:
            storage.save(name, file)
    failures = [
        result for _name, _hashed, result in storage.post_process(found) if isinstance(result, Exception)
    ]
    assert failures == []
    style = Path(storage.path(storage.hashed_files["kernel/css/form.css"])).read_text()
    assert re.search(r"img/chevron\.[0-9a-f]{12}\.svg", style)


def test_the_frames_speak_english_only_where_asked() -> None:
    page = (
        engines["django"]
        .from_string('{% extends "kernel/desk.html" %}')
        .render({"heading": "标题", **ui_sample.context()})
    )
    words = re.sub(r"<(script|style)[^>]*>.*?</\1>|<[^>]+>", " ", page, flags=re.S)
    assert set(re.findall(r"[A-Za-z]{2,}", words)) <= {"Esc", "English", "Switch", "to"}


@pytest.mark.parametrize(
    "name", ["kernel/desk.html", "kernel/plain.html", "kernel/print.html", "404.html", "409.html", "500.html"]
)
def test_every_frame_is_complete_in_english(name: str) -> None:
    with translation.override("en"):
        page = render_to_string(
            name, {"search_url": "/", "csrf_token": "x", "is_demo": True, "person": Person("Li")}
        )
    left = re.sub(r'lang="zh-hans">.*?</button>', "", page, flags=re.S)
    assert re.findall(r"[\u4e00-\u9fff]+", left) == []


def test_every_part_is_complete_in_english() -> None:
    table = DataTable(
        id="t", caption="t", columns=[Column("a", "A")], rows=[], total=3, chooser=True, pager=Pager("a", "b")
    )
    with translation.override("en"):
        parts: list[str] = [
            table_html(table),
            render_to_string("kernel/ui/dropzone.html", {"name": "f"}),
            cell_content(None),
            bar_chart(title="A", bars=[("B", None)], unit="km", goal=3).svg,
        ]
    assert re.findall(r"[\u4e00-\u9fff]+", " ".join(parts)) == []


@pytest.mark.parametrize(
    ("values", "place"),
    [([2.0, 9.0], 'class="t-small t-alert"'), ([9.0, 2.0], 'class="end t-small t-alert"')],
)
def test_the_words_of_a_threshold_give_way_to_the_number_of_a_point(values: list[float], place: str) -> None:
    chart = line_chart(
        title="收入", labels=["2025", "2026"], values=values, unit="元", threshold=8.8, threshold_name="低保"
    )
    assert place in str(chart.svg)

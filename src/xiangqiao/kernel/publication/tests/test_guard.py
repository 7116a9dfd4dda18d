"""What the guard promises: nobody publishes alone, nothing that names a person leaves, and it goes down by itself."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from openpyxl import Workbook
from PIL import Image

from xiangqiao.kernel import publication as guard
from xiangqiao.kernel.act import Act
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.ids import new_id

pytestmark = pytest.mark.django_db
NOW = datetime(2016, 11, 29, 2, tzinfo=UTC)
NEEDS = guard.Kind(
    code="test.needs",
    title="需求榜",
    columns=(
        guard.Column("name", "姓名", guard.Of.NAME),
        guard.Column("township", "乡镇", guard.Of.TOWNSHIP),
        guard.Column("need", "需要什么"),
        guard.Column("fen", "金额", guard.Of.FEN),
    ),
    name_rule=guard.NameRule.SURNAME,
    keep_days=90,
    open_numbers=("0797-6832211",),
)
ROW = {"name": "钟立新", "township": "梅江镇", "need": "化肥 4 包", "fen": 12800}


@dataclass(frozen=True)
class _Somebody:
    public_id: UUID
    label: str = "某人"


CLERK, LEADER = _Somebody(new_id()), _Somebody(new_id())


def _act(by: _Somebody, reason: str = "") -> Act:
    return Act(by=by, at=NOW, reason=reason, key=new_id())


def _submit(row: dict[str, object] = ROW, **values: object) -> guard.Publication:
    given = {"title": "需求榜", "rows": [row], "withdraw_on": date(2016, 12, 29), "kind": NEEDS} | values
    return guard.submit(act=_act(CLERK), **given)  # type: ignore[arg-type]


def _codes(row: dict[str, object] = ROW, **values: object) -> list[str]:
    with pytest.raises(guard.LeakFound) as refused:
        _submit(row, **values)
    return [one.code for one in refused.value.findings]


def test_a_list_is_seen_after_a_second_person_approved_it_and_until_its_day() -> None:
    one = _submit()
    assert list(guard.visible("test.needs", NOW)) == []
    guard.approve(act=_act(LEADER), kind=NEEDS, publication=one)
    assert list(guard.visible("test.needs", NOW)) == [one]
    assert guard.contents(one).rows == [ROW | {"name": "钟某"}]
    assert list(guard.visible("test.needs", datetime(2016, 12, 29, 1, tzinfo=UTC))) == []


def test_nobody_approves_what_they_submitted() -> None:
    with pytest.raises(ActionError) as refused:
        guard.approve(act=_act(CLERK), kind=NEEDS, publication=_submit())
    assert refused.value.code == "publication.same_person"


def test_a_list_is_approved_once() -> None:
    one = _submit()
    guard.approve(act=_act(LEADER), kind=NEEDS, publication=one)
    with pytest.raises(Conflict):
        guard.approve(act=_act(LEADER), kind=NEEDS, publication=one)


def test_a_withdrawn_list_is_gone_from_the_public_and_stays_in_the_log() -> None:
    one = _submit()
    guard.approve(act=_act(LEADER), kind=NEEDS, publication=one)
    with pytest.raises(ActionError):
        guard.withdraw(act=_act(LEADER), publication=one)
    guard.withdraw(act=_act(LEADER, "需求已满足"), publication=one)
    assert list(guard.visible("test.needs", NOW)) == []
    assert guard.Publication.objects.get().reason == "需求已满足"


def test_what_was_altered_after_submission_is_neither_approved_nor_shown() -> None:
    one = _submit()
    guard.Publication.objects.update(rows=[ROW | {"need": "一百万元"}])
    one.refresh_from_db()
    with pytest.raises(Conflict):
        guard.approve(act=_act(LEADER), kind=NEEDS, publication=one)
    with pytest.raises(Conflict):
        guard.contents(one)


def test_a_list_must_go_down_within_the_days_of_its_kind() -> None:
    for day in (date(2016, 11, 29), date(2017, 3, 1)):
        with pytest.raises(ActionError):
            _submit(withdraw_on=day)


@pytest.mark.parametrize(
    ("need", "code"),
    [
        ("请联系 138 0013 8000", "MOBILE"), ("证号 360730198503151234", "ID"), ("360730********1234", "ID_PART"),
        ("卡 6222600260001072444", "CARD"), ("尾号 1234", "ID_PART"), ("患尿毒症", "ILLNESS"), ("1234", "ID_PART"),
        ("微信号：zlx_1985", "CONTACT"), ("电话 6832215", "LANDLINE"),
    ],
)  # fmt: skip
def test_what_names_a_person_is_refused_with_its_place(need: str, code: str) -> None:
    with pytest.raises(guard.LeakFound) as refused:
        _submit(ROW | {"need": need})
    finding = refused.value.findings[0]
    assert (finding.code, finding.row, finding.column) == (code, 1, "需要什么")
    assert finding.what
    assert finding.mend


def test_a_column_that_is_not_allowed_is_refused_and_so_is_a_number_cut_over_two_columns() -> None:
    assert _codes(ROW | {"phone": "无"}) == ["COLUMN"]
    assert _codes(ROW | {"township": "110105", "need": "19491231002X"}) == ["ID"]


def test_a_place_is_not_finer_than_its_column() -> None:
    assert _codes(ROW | {"township": "梅江镇老街村"}) == ["PLACE"]


def test_a_child_has_no_name_and_the_register_s_words_do_not_leave() -> None:
    assert _codes(ROW | {"minor": True}) == ["CHILD"]
    assert _codes(ROW | {"need": "立新家要化肥"}, private=["立新"]) == ["PRIVATE"]


def test_an_office_phone_may_be_shown() -> None:
    assert _submit(ROW | {"need": "请打 0797-6832211"}).doubts == []


def test_what_is_doubtful_needs_a_reason_of_the_second_person() -> None:
    one = _submit(ROW | {"need": "编号 6222600260001072445"})
    assert [finding.code for finding in guard.doubts(one)] == ["CARD"]
    with pytest.raises(ActionError):
        guard.approve(act=_act(LEADER), kind=NEEDS, publication=one)
    guard.approve(act=_act(LEADER, "这是货物编号"), kind=NEEDS, publication=one)


def test_rows_that_stand_out_are_named() -> None:
    kind = guard.Kind("test.k", "", NEEDS.columns, guard.NameRule.SURNAME, quasi=("township",), k=2)
    rows = [ROW, ROW, ROW | {"township": "田埠乡"}]
    found = guard.examine(kind, title="", rows=rows)
    assert [(one.code, one.row) for one in found] == [("FEW", 3)]


def _book(rows: list[list[object]], state: str) -> bytes:
    book = Workbook()
    assert book.active
    book.active.append(["需要什么", "数量"])
    sheet = book.create_sheet("底稿")
    sheet.sheet_state = state
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_hidden_sheet_is_read() -> None:
    data = _book([["姓名", "身份证号"], ["钟立新", 360730198503151234]], "veryHidden")
    assert "ID" in _codes(attachments=[guard.Attachment("榜.xlsx", data)])


def test_a_photo_that_says_where_it_was_taken_is_refused() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "JPEG", exif=exif)
    assert _codes(attachments=[guard.Attachment("屋.jpg", out.getvalue())]) == ["GPS"]


def test_files_that_cannot_be_looked_into_are_refused_and_names_of_files_are_read() -> None:
    assert _codes(attachments=[guard.Attachment("底稿.rar", b"Rar!")]) == ["FILE_KIND"]
    assert _codes(attachments=[guard.Attachment("360730198503151234.txt", b"")]) == ["ID"]

"""An announcement is public from the second person's approval until its day; no number of a person gets out, in no file."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from xiangqiao.accounts.viewer import Viewer
from xiangqiao.kernel.errors import ActionError, NotAllowed
from xiangqiao.kernel.models import Publication
from xiangqiao.kernel.publication import Attachment, LeakFound
from xiangqiao.services import actions, queries
from xiangqiao.services.tests.conftest import COUNTY, NOW, TODAY, Town, act

pytestmark = pytest.mark.django_db
LEAK = "姓名,证件号\n某人,360730195001011239\n".encode()


def told(town: Town, *, by: Any = None, **more: Any) -> Publication:
    values: dict[str, Any] = {
        "division_code": COUNTY, "sort": "NEWS", "title": "停水通知", "text": "周三停水一天。", "office": "自来水厂",
        "withdraw_on": TODAY + timedelta(days=30), **more,
    }  # fmt: skip
    return actions.announce(act=act(by or town.centre), **values)


def test_it_is_read_after_a_second_person_and_gone_on_its_day(town: Town) -> None:
    row = told(town)
    assert queries.announcements(NOW) == []
    with pytest.raises(ActionError, match="两个人"):
        actions.approve_out(act=act(town.centre), publication=row)
    actions.approve_out(act=act(town.second), publication=row)
    assert [one.title for one in queries.announcements(NOW, text="停水")] == ["停水通知"]
    assert queries.announcements(NOW, text="停电") == []
    assert queries.announcements(NOW, sort="POLICY") == []
    assert queries.announcement(row.public_id, NOW + timedelta(days=31)) is None


@pytest.mark.parametrize(
    "more",
    [
        {"text": "请联系 13812345678"},
        {"title": "关于360730195001011239的公示"},
        {"attachments": [Attachment("名单.csv", LEAK)]},
    ],
)
def test_numbers_of_persons_never_get_out(town: Town, more: dict[str, Any]) -> None:
    with pytest.raises(LeakFound):
        told(town, **more)
    assert not Publication.objects.exists()


def test_only_the_office_announces_and_what_is_missing_is_named(town: Town) -> None:
    with pytest.raises(NotAllowed):
        told(town, by=town.member)
    for field in ("title", "text", "office"):
        with pytest.raises(ActionError) as refusal:
            told(town, **{field: "  "})
        assert refusal.value.field == field


def test_a_file_is_for_the_second_person_first_and_for_all_once_it_is_out(town: Town) -> None:
    row = told(town, attachments=[Attachment("长" * 200 + ".txt", "停水的楼栋".encode())])
    kept = row.files.get()
    assert len(kept.name) <= 120
    assert kept.name.endswith(".txt")
    assert queries.file_for_all(kept.public_id, NOW) is None
    assert queries.file_under_review(Viewer.of(town.second, TODAY), kept.public_id) == kept
    assert queries.file_under_review(Viewer.of(town.member, TODAY), kept.public_id) is None
    actions.approve_out(act=act(town.second), publication=row)
    assert queries.file_for_all(kept.public_id, NOW) == kept
    actions.withdraw_out(act=act(town.centre, reason="水来了"), publication=row)
    assert queries.file_for_all(kept.public_id, NOW) is None


def test_it_is_written_on_a_page_and_a_leak_stands_at_the_form(town: Town, client: Client) -> None:
    client.force_login(town.centre)
    given = {
        "division": COUNTY, "sort": "EVENT", "title": "赶集", "text": "周六赶集。", "office": "镇政府",
        "withdraw_on": (TODAY + timedelta(days=20)).isoformat(),
    }  # fmt: skip
    address = reverse("services:new_announcement")
    refused = client.post(
        address,
        {
            **given,
            "attachments": [
                SimpleUploadedFile("好.txt", "好".encode()),
                SimpleUploadedFile("名单.csv", LEAK),
            ],
        },
    )
    assert refused.status_code == 422
    assert "证件号" in refused.content.decode() or "身份证" in refused.content.decode()
    many = [SimpleUploadedFile(f"{n}.txt", b"1") for n in range(6)]
    assert client.post(address, {**given, "attachments": many}).status_code == 422
    assert client.post(address, given).status_code == 302
    assert Publication.objects.get().title == "赶集"

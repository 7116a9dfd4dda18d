"""Keys: rotation moves living rows, a cut-short replacement still opens, a lost key is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import RequestFactory

from xiangqiao.accounts.actions.sign_in import enrol_second_factor, totp_place
from xiangqiao.accounts.actions.users import create_user
from xiangqiao.accounts.models import User
from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.kernel import clock, keyring, master_key, rotation
from xiangqiao.kernel.crypto import KeyMissing
from xiangqiao.kernel.keyring import vault
from xiangqiao.kernel.middleware import Refusals
from xiangqiao.kernel.models import DataKey
from xiangqiao.kernel.record import Act

pytestmark = pytest.mark.django_db


def act() -> Act:
    return Act(by=SystemViewer("测试"), at=clock.now())


@pytest.fixture
def users(county: None) -> list[User]:
    """Three people with sealed secrets."""
    people = [create_user(act=act(), username=f"user{n}", name="某").user for n in range(3)]
    for person in people:
        enrol_second_factor(act=act(), user=person, secret=f"SECRET{person.pk}")
    return people


def opened() -> list[str]:
    return [vault().open(u.totp_sealed or b"", totp_place(u)) for u in User.objects.order_by("id")]


def key_ids() -> set[int]:
    return {int.from_bytes(bytes(user.totp_sealed or b"")[1:3]) for user in User.objects.all()}


def test_rotation_moves_every_living_row_and_each_still_opens(users: list[User]) -> None:
    before, running = opened(), vault()
    key = rotation.new_data_key(act=act())
    assert rotation.seal_anew({}, lambda *_step: None) == 3
    assert (opened(), key_ids()) == (before, {key})
    # A process that runs since before the rotation opens them too.
    user = User.objects.get(username="user0")
    assert running.open(user.totp_sealed or b"", totp_place(user)) == before[0]


def test_an_interrupted_rotation_goes_on_from_its_cursor(
    users: list[User], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "_AT_ONCE", 1)
    key = rotation.new_data_key(act=act())
    cursors: list[dict[str, Any]] = []

    def cut(_done: int, _total: int, cursor: dict[str, Any]) -> None:
        cursors.append(cursor)
        if len(cursors) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotation.seal_anew({}, cut)
    assert rotation.seal_anew(cursors[0], lambda *_step: None) == 2
    assert key_ids() == {key}


def test_every_sealed_column_of_the_register_is_rotated() -> None:
    names = {f"{model._meta.db_table}.{column}" for model, column in rotation.sealed_columns()}
    assert {
        "accounts_user.totp_sealed",
        "people_person.id_number_sealed",
        "people_household.phone_sealed",
    } <= names


def test_a_new_master_key_opens_everything_and_the_old_one_nothing(users: list[User]) -> None:
    old, before = keyring.master_path().read_text(), opened()
    master_key.replace_master_key(act=act())
    assert opened() == before
    keyring.master_path().write_text(old)
    keyring.forget()
    with pytest.raises(KeyMissing):
        opened()


def test_killed_between_wrapping_and_renaming_the_county_still_opens(
    users: list[User], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = opened()

    def killed(self: Path, target: Path) -> Path:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        with pytest.raises(SystemExit):
            master_key.replace_master_key(act=act())
    keyring.forget()
    assert opened() == before
    master_key.replace_master_key(act=act())
    assert opened() == before
    assert not keyring.next_path().exists()


def test_a_lost_key_is_named_with_its_file_and_what_to_do(users: list[User]) -> None:
    path = keyring.master_path()
    path.unlink()
    keyring.forget()
    with pytest.raises(KeyMissing, match="恢复单") as missing:
        opened()
    assert str(path) in str(missing.value)
    request = RequestFactory().get("/", headers={"Accept": "application/json"})
    answer = Refusals(lambda _request: None).process_exception(request, missing.value)  # type: ignore[arg-type,return-value]
    assert answer is not None
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")


def test_keys_are_readable_by_their_owner_only(county: None) -> None:
    assert keyring.master_path().stat().st_mode & 0o777 == 0o600
    assert DataKey.objects.count() == 2

"""What is done for many rows at once comes out as if it were done one by one."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from xiangqiao.kernel import bulk
from xiangqiao.kernel.crypto import Place, Vault
from xiangqiao.kernel.digests import row_digests
from xiangqiao.kernel.ids import new_ids
from xiangqiao.kernel.merkle import gives_root, merkle_root
from xiangqiao.kernel.models import DataKey
from xiangqiao.kernel.values import digest

_VALUES = ["369000195001010001", None, "13800000000"]


def _vault(blind_key: bytes = b"b" * 32) -> Vault:
    return Vault(keys={7: b"s" * 32}, current=7, blind_key=blind_key)


@pytest.mark.parametrize("key", [b"k" * 32, b"k" * 100])
def test_a_column_is_hashed_for_look_up_as_each_of_its_values(key: bytes) -> None:
    vault = _vault(key)
    one_by_one = [vault.blind("phone", value) if value else "" for value in _VALUES]
    assert vault.blind_column("phone", _VALUES) == one_by_one


def test_a_sealed_column_opens_value_by_value_and_no_nonce_is_used_twice() -> None:
    vault, ids = _vault(), bulk.dashed(new_ids(3))
    sealed = vault.seal_column(_VALUES, "t", "c", ids)
    assert [
        one and vault.open(one, Place("t", "c", UUID(own))) for one, own in zip(sealed, ids, strict=True)
    ] == _VALUES
    assert len({one[3:15] for one in sealed if one}) == 2


def test_ids_are_version_7_and_ascend() -> None:
    ids = new_ids(500)
    assert {(UUID(own).version, UUID(own).variant) for own in ids} == {(7, "specified in RFC 4122")}
    assert ids == sorted(set(ids))


def test_the_digest_of_each_of_many_rows_is_that_of_the_row_alone() -> None:
    count = 33_000  # more than are taken at once
    columns: dict[str, Any] = {
        "b": [f'甲"{n}' if n % 3 else None for n in range(count)],
        "a": ["same"],
        "c": list(range(count)),
        "d": [None],
    }
    found = row_digests(columns, count)
    for n in (0, 1, 32_767, 32_768, count - 1):
        assert found[n] == digest({"a": "same", "b": columns["b"][n], "c": n, "d": None})


@pytest.mark.parametrize("count", [1, 2, 16, 17, 1501])
def test_the_root_of_many_rows_is_built_of_sixteens(count: int) -> None:
    digests = [os.urandom(32).hex() for _ in range(count)]
    level = [bytes.fromhex(one) for one in sorted(digests)]
    while len(level) > 1:
        parts = [level[n : n + 16] for n in range(0, len(level), 16)]
        level = [hashlib.sha256(b"\x01" + b"".join(part)).digest() for part in parts]
    root = merkle_root(digests)
    assert root == "16:" + level[0].hex()
    assert gives_root(reversed(digests), root)
    assert not gives_root(digests[1:], root)


@pytest.mark.parametrize("count", [1, 2, 5, 1501])
def test_the_root_of_an_older_log_is_found_again(count: int) -> None:
    digests = [os.urandom(32).hex() for _ in range(count)]
    level = [hashlib.sha256(b"\x00" + bytes.fromhex(one)).digest() for one in sorted(digests)]
    while len(level) > 1:
        pairs = [level[n : n + 2] for n in range(0, len(level), 2)]
        level = [hashlib.sha256(b"\x01" + b"".join(p)).digest() if len(p) == 2 else p[0] for p in pairs]
    assert gives_root(digests, level[0].hex())
    assert not gives_root([*digests, "00" * 32], level[0].hex())


@pytest.mark.django_db
def test_what_is_the_same_in_all_rows_is_stored_as_it_is() -> None:
    at = datetime(2017, 3, 1, tzinfo=UTC)
    text = "O'\\';--%s"
    bulk.insert(DataKey, {"wrapped": [b"1", b"2"]}, {"purpose": text, "created_at": bulk.moment(at)})
    assert list(DataKey.objects.values_list("purpose", "created_at")) == [(text, at)] * 2

"""Restoring a backup: into a room of its own first, proved there, then moved into the empty home."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from django.db import connections

from xiangqiao.clinic.keys import clinic_key_path
from xiangqiao.config.backup import database
from xiangqiao.config.backup.pack import FOLDERS
from xiangqiao.config.backup.sealing import Opener, SealedReader, fingerprint
from xiangqiao.config.reasons import Refused
from xiangqiao.config.words import say
from xiangqiao.kernel import chain, keyring
from xiangqiao.kernel.crypto import MasterKey

_ROOM, _UNDER_WAY = ".restore", ".restore-under-way"
# What a home may hold and still be empty: made by starting the program.
_NOTHING = {"keys", "static", "serve.lock", "xiangqiao.db.gate", "clinic.db.gate", _ROOM, _UNDER_WAY}


def demand_empty(home: Path) -> None:
    """Raise Refused where a county lives in the home; clear away what a broken restore left."""
    if (home / _UNDER_WAY).exists():
        _clear(home)
    there = sorted(path.name for path in home.glob("*") if path.name not in _NOTHING)
    if there:
        raise Refused(
            say(
                f"{home} 里已经有数据（{'、'.join(there[:5])}），没有恢复。请用 --home 指定一个空文件夹。",
                f"{home} is not empty ({', '.join(there[:5])}); nothing was restored. Name an empty folder with --home.",
            )
        )


@contextmanager
def unpacked(archive: Path, room: Path, opener: Opener) -> Iterator[dict[str, Any]]:
    """Open an archive into a room and prove every file in it; yields the manifest. The room goes afterwards."""
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir(mode=0o700, parents=True)
    try:
        yield _unpack(archive, room, opener)
    finally:
        shutil.rmtree(room, ignore_errors=True)


def restore(home: Path, archive: Path, opener: Opener) -> dict[str, Any]:
    """Make an empty home the county of an archive; returns the manifest.

    Raises Refused on a home that is not empty, a wrong key, an archive that was altered. Broken off at any moment, the
    home is no county yet, and the restore is simply run again.
    """
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    demand_empty(home)
    (home / _UNDER_WAY).touch()
    try:
        with unpacked(archive, home / _ROOM, opener) as manifest:
            _demand_engine(manifest)
            _move_in(home, home / _ROOM, opener)
            # The databases come last: without the county's own the home is no county.
            database.put_all(home / _ROOM)
    except BaseException:
        _clear(home)
        raise
    (home / _UNDER_WAY).unlink()
    return manifest


def _clear(home: Path) -> None:
    for name in (*FOLDERS, "seals", _ROOM):
        shutil.rmtree(home / name, ignore_errors=True)
    (home / "clinic.db").unlink(missing_ok=True)
    (home / _UNDER_WAY).unlink(missing_ok=True)


def _demand_engine(manifest: dict[str, Any]) -> None:
    for key, alias in (("engine", "default"), ("clinic_engine", "clinic")):
        # A backup of a version before the clinic has no database of it.
        if manifest.get(key, connections[alias].vendor) != connections[alias].vendor:
            raise _other_engine(manifest[key], alias)


def _other_engine(vendor: str, alias: str) -> Refused:
    names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    theirs, ours, setting = names[vendor], names[connections[alias].vendor], database.SETTINGS[alias]
    return Refused(
        say(
            f"这份备份是 {theirs} 的，这里设的是 {ours}。请把 {setting} 改成 {theirs} 再恢复，之后可以用 move-database 搬过去。",
            f"This is a backup of {theirs}, and {setting} names {ours}. Restore to {theirs}, then use move-database.",
        )
    )


def _move_in(home: Path, room: Path, opener: Opener) -> None:
    for name in (*FOLDERS, "seals"):
        if (room / name).exists():
            (room / name).replace(home / name)
    keys = home / "keys"
    keys.mkdir(mode=0o700, exist_ok=True)
    if opener.master is not None and not keyring.master_path().exists():
        write_secret(keyring.master_path(), opener.master.hex())
    if (room / "keys" / "seal.pub").exists():
        shutil.copyfile(room / "keys" / "seal.pub", keys / "seal.pub")
    if opener.master is not None:
        _unwrap(room / "keys" / "seal.key.wrapped", "signing key", chain.key_path())
        _unwrap(room / "keys" / "clinic.key.wrapped", "clinic key", clinic_key_path())
    keyring.forget()


def _unwrap(wrapped: Path, purpose: str, target: Path) -> None:
    if wrapped.exists():
        key = MasterKey(keyring.master_path()).unwrap(wrapped.read_bytes(), purpose)
        write_secret(target, key.decode())


def write_secret(path: Path, text: str) -> None:
    """Write a key file that only its owner reads, whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.touch(mode=0o600)
    part.write_text(text)
    part.replace(path)


def _unpack(archive: Path, room: Path, opener: Opener) -> dict[str, Any]:
    seen: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] = {}
    try:
        with archive.open("rb") as file, SealedReader(file, opener, archive.name) as sealed:
            with (
                gzip.GzipFile(fileobj=cast("IO[bytes]", sealed)) as packed,
                tarfile.open(fileobj=packed, mode="r|") as tar,
            ):
                for member in tar:
                    data = tar.extractfile(member)
                    if data is None:
                        continue
                    if member.name == "manifest.json":
                        manifest = json.load(data)
                    else:
                        seen[member.name] = _extract(data, room / _inside(member.name))
            while sealed.read(65536):
                pass  # the last piece proves that nothing was cut off
    except (tarfile.TarError, zlib.error, EOFError, gzip.BadGzipFile, ValueError) as error:
        raise _altered(archive) from error
    if not manifest or manifest["members"] != seen:
        raise _altered(archive)
    if manifest["master_key"] and opener.master and manifest["master_key"] != fingerprint(opener.master):
        raise Refused(say("主密钥不是这份备份的。", "The master key is not the one of this backup."))
    return manifest


def _inside(name: str) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise ValueError(name)
    return name


def _extract(data: IO[bytes], target: Path) -> dict[str, Any]:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    sha256, size = hashlib.sha256(), 0
    with target.open("wb") as file:
        while block := data.read(1024 * 1024):
            sha256.update(block)
            size += len(block)
            file.write(block)
    return {"sha256": sha256.hexdigest(), "bytes": size}


def _altered(archive: Path) -> Refused:
    return Refused(
        say(
            f"备份 {archive.name} 里的文件与清单不符，没有恢复。请用另一份备份。",
            f"The files in {archive.name} are not those of its manifest; nothing was restored. Use another backup.",
        )
    )

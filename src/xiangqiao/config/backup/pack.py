"""Writing a backup: databases, files, staged rows, seals, snapshots, wrapped keys, and a manifest of all of it."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any, cast

from django.db import connections

from xiangqiao.clinic.keys import clinic_key_path
from xiangqiao.config.backup import database
from xiangqiao.config.backup.sealing import Opener, SealedWriter, fingerprint
from xiangqiao.config.county import present_county
from xiangqiao.kernel import chain
from xiangqiao.kernel.crypto import MasterKey
from xiangqiao.kernel.keyring import master_path

FOLDERS = ("files", "staging", "snapshots")
ENDING = ".xqb"


def master_key(path: Path | None = None) -> bytes | None:
    """Return the master key of this county, None where its file is missing or is no key."""
    try:
        key = bytes.fromhex((path or master_path()).read_text().strip())
    except (OSError, ValueError):
        return None
    return key if len(key) == 32 else None


def default_target(home: Path, now: datetime) -> Path:
    """Return where a backup goes unless it is told otherwise."""
    return home / "backups" / f"xiangqiao-{now.astimezone():%Y%m%d-%H%M%S}{ENDING}"


def pack(home: Path, target: Path, *, opener: Opener, now: datetime) -> dict[str, Any]:
    """Write one sealed archive of the county and return its manifest. It is there whole or not at all."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    _clear_parts(target.parent)
    with _workroom(home) as room:
        # The order matters. Seals first: their file may lack what the database has, never the reverse. Staged rows before
        # and after: an import that is applied meanwhile drops them, one that is checked meanwhile brings them.
        _copy(chain.file_path(), room / "seals" / "seals.jsonl")
        _link(home, room, "staging")
        stands = database.take_all(room)
        for folder in FOLDERS:
            _link(home, room, folder)
        _keys(room)
        try:
            with part.open("wb") as file:
                os.chmod(part, 0o600)  # noqa: PTH101 - the mode matters
                manifest = _write(file, room, opener, _head(stands, opener, now))
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    return {**manifest, "file": str(target), "bytes": target.stat().st_size}


def _clear_parts(folder: Path) -> None:
    """Delete what killed backups left in a folder."""
    for left in folder.glob(f".*{ENDING}.*.part"):
        if not _is_alive(left.name.rsplit(".", 2)[1]):
            left.unlink(missing_ok=True)


def _is_alive(pid: str) -> bool:
    return Path(f"/proc/{pid}").exists()


def _head(stands: database.Standing, opener: Opener, now: datetime) -> dict[str, Any]:
    here = present_county()
    return {
        "format": 1,
        "product": version("xiangqiao"),
        "at": now.isoformat(),
        "county": [here.code, here.name] if here else [],
        "engine": connections["default"].vendor,
        "clinic_engine": connections["clinic"].vendor,
        "master_key": fingerprint(opener.master) if opener.master else "",
        "counts": stands.counts,
        "head": stands.head,
    }


@contextmanager
def _workroom(home: Path) -> Iterator[Path]:
    """Make a private folder on the home's own disk (hard links), and clear what a killed backup left there."""
    for left in home.glob(".backup-*"):
        if not _is_alive(left.name.split("-")[1]):
            shutil.rmtree(left, ignore_errors=True)
    room = Path(tempfile.mkdtemp(prefix=f".backup-{os.getpid()}-", dir=home))
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _link(home: Path, room: Path, folder: str) -> None:
    """Link the files of a folder into the room: what is deleted afterwards stays. Parts of unfinished writes are left."""
    for path in (home / folder).rglob("*"):
        place = room / path.relative_to(home)
        if path.suffix not in {".sealed", ".parquet"} or place.exists() or not path.is_file():
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, place)
        except FileNotFoundError:
            continue  # dropped this very moment, by an import that was applied
        except OSError:
            _copy(path, place)


def _copy(source: Path, target: Path) -> None:
    if source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _keys(room: Path) -> None:
    """The signing key and the clinic's key, wrapped by the master key; the master key itself is never in a backup."""
    folder = room / "keys"
    folder.mkdir()
    _copy(chain.key_path().with_suffix(".pub"), folder / "seal.pub")
    if chain.key_path().exists() and master_key() is not None:
        wrapped = MasterKey(master_path()).wrap(chain.key_path().read_bytes(), "signing key")
        (folder / "seal.key.wrapped").write_bytes(wrapped)
    if clinic_key_path().exists() and master_key() is not None:
        wrapped = MasterKey(master_path()).wrap(clinic_key_path().read_bytes(), "clinic key")
        (folder / "clinic.key.wrapped").write_bytes(wrapped)


def _write(file: IO[bytes], room: Path, opener: Opener, manifest: dict[str, Any]) -> dict[str, Any]:
    sealed = SealedWriter(file, opener)
    members: dict[str, dict[str, Any]] = {}
    with (
        gzip.GzipFile(fileobj=cast("IO[bytes]", sealed), mode="wb", compresslevel=1, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|") as tar,
    ):
        for path in sorted(path for path in room.rglob("*") if path.is_file()):
            name = path.relative_to(room).as_posix()
            members[name] = _add(tar, path, name)
        manifest = {**manifest, "members": members}
        text = json.dumps(manifest, ensure_ascii=False).encode()
        info = tarfile.TarInfo("manifest.json")
        info.size = len(text)
        tar.addfile(info, io.BytesIO(text))
    sealed.finish()
    return manifest


class _Hashing(io.RawIOBase):
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file, self.sha256 = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.sha256.update(data)
        return data


def _add(tar: tarfile.TarFile, path: Path, name: str) -> dict[str, Any]:
    info = tarfile.TarInfo(name)
    info.size = path.stat().st_size
    with path.open("rb") as file:
        hashing = _Hashing(file)
        tar.addfile(info, cast("IO[bytes]", hashing))
    return {"sha256": hashing.sha256.hexdigest(), "bytes": info.size}

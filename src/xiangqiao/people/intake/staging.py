"""What lies in the county's home between upload and register: uploaded files and checked tables, all sealed.

Files are known by their SHA-256 (`files/<2 digits>/<sha256>.sealed`), checked tables by batch
(`staging/<batch>/<table>.sealed`, Arrow in between). Each is written beside its place and moved there in one step.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow as pa
from django.conf import settings

from xiangqiao.kernel.keyring import vault
from xiangqiao.kernel.working import working_folder


def keep_file(path: Path) -> dict[str, Any]:
    """Seal a file into the store and return {name, sha256, size}. The same bytes are kept once."""
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    place = _stored(sha256)
    if not place.exists():
        _write(place, vault().seal_bytes(data, f"file|{sha256}"))
    return {"name": path.name, "sha256": sha256, "size": len(data)}


def stored_file(sha256: str) -> bytes:
    """Return the bytes of a stored file. Raises FileNotFoundError, and SealBroken where it was altered."""
    return vault().open_bytes(_stored(sha256).read_bytes(), f"file|{sha256}")


@contextmanager
def laid_out(files: list[dict[str, Any]]) -> Iterator[list[Path]]:
    """Lay stored files out in clear under their names, in a folder that goes when they have been read."""
    with working_folder() as folder:
        paths = []
        for number, file in enumerate(files):
            path = folder / str(number) / Path(file["name"]).name
            path.parent.mkdir()
            path.write_bytes(stored_file(file["sha256"]))
            paths.append(path)
        yield paths


def drop_files(files: Collection[str]) -> None:
    """Delete stored files, named by their SHA-256."""
    for sha256 in files:
        _stored(sha256).unlink(missing_ok=True)


def keep_tables(batch: UUID, tables: Mapping[str, pa.Table]) -> None:
    """Seal the checked tables of a batch into its folder."""
    for name, table in tables.items():
        sink = pa.BufferOutputStream()
        with pa.ipc.new_file(
            sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")
        ) as writer:
            writer.write_table(table)
        _write(
            _folder(batch) / f"{name}.sealed",
            vault().seal_bytes(sink.getvalue().to_pybytes(), f"staging|{batch}|{name}"),
        )


def kept_table(batch: UUID, name: str) -> pa.Table | None:
    """Return a table kept for a batch, or None."""
    path = _folder(batch) / f"{name}.sealed"
    if not path.exists():
        return None
    data = vault().open_bytes(path.read_bytes(), f"staging|{batch}|{name}")
    return pa.ipc.open_file(pa.BufferReader(data)).read_all()


def drop_tables(batch: UUID, *, but: tuple[str, ...] = ()) -> None:
    """Delete the tables kept for a batch, all but some."""
    folder = _folder(batch)
    if not but:
        shutil.rmtree(folder, ignore_errors=True)
        return
    for path in folder.glob("*.sealed"):
        if path.stem not in but:
            path.unlink(missing_ok=True)


def _folder(batch: UUID) -> Path:
    return Path(settings.HOME) / "staging" / str(batch)


def _stored(sha256: str) -> Path:
    return Path(settings.HOME) / "files" / sha256[:2] / f"{sha256}.sealed"


def _write(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, also after a power cut."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fd, part = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(fd, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(part).replace(path)

"""A stream sealed in pieces: written and read in bounded memory, cut off or altered nowhere unnoticed.

`magic | length of head | head (JSON) | pieces`. A piece is its length (4 bytes) and AES-256-GCM of up to 1 MiB; the nonce
is its number and whether it is the last. Source: the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár,
"Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance" (2015), as the age format uses it.
The stream's own key is wrapped for each way to open it: the master key, and a passphrase where one was given.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from xiangqiao.config.reasons import Refused
from xiangqiao.config.words import say

MAGIC = b"xiangqiao backup 1\n"
PIECE = 1024 * 1024
_TAG = 16
_COST = {"n": 2**15, "r": 8, "p": 1}


@dataclass(frozen=True)
class Opener:
    """What opens an archive: the master key (32 bytes), a passphrase, or both."""

    master: bytes | None = None
    passphrase: str | None = None


def fingerprint(key: bytes) -> str:
    """Return by which name a master key is known where it must not be shown: 16 hex digits."""
    return hashlib.sha256(b"xiangqiao key|" + key).hexdigest()[:16]


class SealedWriter(io.RawIOBase):
    """Seals what is written to it; `close` writes the last piece, without which the archive does not open."""

    def __init__(self, file: IO[bytes], opener: Opener) -> None:
        super().__init__()
        key = AESGCM.generate_key(256)
        self._file, self._cipher, self._number = file, AESGCM(key), 0
        self._buffer = bytearray()
        head = json.dumps({"wraps": _wraps(key, opener)}).encode()
        self._bound = hashlib.sha256(head).digest()
        file.write(MAGIC + len(head).to_bytes(4) + head)

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, data: Any) -> int:
        """Seal every whole piece; what is left waits."""
        self._buffer += data
        while len(self._buffer) > PIECE:
            self._piece(bytes(self._buffer[:PIECE]), last=False)
            del self._buffer[:PIECE]
        return len(data)

    def finish(self) -> None:
        """Seal the last piece."""
        self._piece(bytes(self._buffer), last=True)
        self._buffer.clear()

    def _piece(self, data: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number, last=last), data, self._bound)
        self._file.write(len(sealed).to_bytes(4) + sealed)
        self._number += 1


class SealedReader(io.RawIOBase):
    """Opens a sealed stream. Raises Refused on a wrong key, a piece altered, moved or missing."""

    def __init__(self, file: IO[bytes], opener: Opener, name: str) -> None:
        super().__init__()
        if file.read(len(MAGIC)) != MAGIC:
            raise Refused(say(f"{name} 不是乡桥的备份文件。", f"{name} is no backup of xiangqiao."))
        head = file.read(int.from_bytes(file.read(4)) & 0xFFFFF)
        self._bound = hashlib.sha256(head).digest()
        try:
            wraps = json.loads(head)["wraps"]
        except (ValueError, KeyError, TypeError) as error:
            raise _broken(name) from error
        self._file, self._name, self._number = file, name, 0
        self._cipher = AESGCM(_unwrap(wraps, opener, name))
        self._open = b""
        self._ended = False

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, target: Any) -> int:
        """Fill a buffer from the opened pieces; 0 at the end."""
        while not self._open and not self._ended:
            self._next()
        taken = self._open[: len(target)]
        self._open = self._open[len(taken) :]
        target[: len(taken)] = taken
        return len(taken)

    def _next(self) -> None:
        size = int.from_bytes(self._file.read(4))
        sealed = self._file.read(min(size, PIECE + _TAG))
        for last in (False, True):
            try:
                self._open = self._cipher.decrypt(_nonce(self._number, last=last), sealed, self._bound)
            except (InvalidTag, ValueError):
                continue
            self._number += 1
            self._ended = last
            return
        raise _broken(self._name)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11) + bytes([last])


def _broken(name: str) -> Refused:
    return Refused(
        say(
            f"备份文件 {name} 不完整或被改动过，不能用。请用另一份备份。",
            f"The backup {name} is incomplete or was altered; use another one.",
        )
    )


def _wraps(key: bytes, opener: Opener) -> list[dict[str, str]]:
    wraps = []
    if opener.master is not None:
        wraps.append(_wrap("master", opener.master, key, key_of=fingerprint(opener.master)))
    if opener.passphrase is not None:
        salt = os.urandom(16)
        wraps.append(
            _wrap("passphrase", _stretch(opener.passphrase, salt), key, salt=b64encode(salt).decode())
        )
    return wraps


def _wrap(kind: str, outer: bytes, key: bytes, **known: str) -> dict[str, str]:
    nonce = os.urandom(12)
    sealed = nonce + AESGCM(outer).encrypt(nonce, key, b"xiangqiao backup|" + kind.encode())
    return {"kind": kind, "sealed": b64encode(sealed).decode(), **known}


def _unwrap(wraps: list[dict[str, str]], opener: Opener, name: str) -> bytes:
    for wrap in wraps:
        outer = opener.master
        if wrap["kind"] == "passphrase":
            outer = opener.passphrase and _stretch(opener.passphrase, b64decode(wrap["salt"]))  # type: ignore[assignment]
        if not outer:
            continue
        sealed = b64decode(wrap["sealed"])
        try:
            return AESGCM(outer).decrypt(
                sealed[:12], sealed[12:], b"xiangqiao backup|" + wrap["kind"].encode()
            )
        except InvalidTag:
            continue
    raise _cannot_open(wraps, opener, name)


def _cannot_open(wraps: list[dict[str, str]], opener: Opener, name: str) -> Refused:
    has_phrase = any(wrap["kind"] == "passphrase" for wrap in wraps)
    of = next((wrap["key_of"] for wrap in wraps if wrap["kind"] == "master"), "?")
    if opener.passphrase is not None and has_phrase:
        return Refused(say(f"口令不对，{name} 打不开。", f"Wrong passphrase: {name} does not open."))
    phrase = say(
        "，或用 --passphrase-file 给出做备份时的口令", ", or give its passphrase by --passphrase-file"
    )
    return Refused(
        say(
            f"{name} 要用指纹为 {of} 的主密钥打开，这里没有这把密钥。请用恢复单（--key 恢复单文件）{phrase if has_phrase else ''}。"
            "没有恢复单、没有主密钥文件、也没有口令，这份备份就打不开，谁也打不开。",
            f"{name} opens with the master key of fingerprint {of}, which is not here. Give the recovery sheet (--key FILE){phrase if has_phrase else ''}. "
            "With no sheet, no key file and no passphrase nobody can open this backup.",
        )
    )


def _stretch(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, **_COST).derive(passphrase.strip().encode())


def passphrase_in(path: Path) -> str:
    """Read a passphrase from a file. Raises Refused on one that is too short to protect anything."""
    text = path.read_text(encoding="utf-8").strip()
    if len(text) < 12:
        raise Refused(say("口令至少要 12 个字符。", "A passphrase needs 12 characters at least."))
    return text

"""Signatures and encryption of the official-account protocol. Pure: keys in, bytes out.

Source: WeChat official-account platform, "message encryption and decryption" and "access guide" (developers.weixin.qq.com).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK = 32
_RANDOM = 16
# A request older or newer than so many seconds is not taken: somebody recorded it, or a clock is wrong.
REPLAY_SECONDS = 300


class NotGenuine(Exception):
    """A request is not from WeChat, or not for this account."""


def signature(*parts: str) -> str:
    """Return the SHA-1 over the sorted parts (token, timestamp, nonce, and the ciphertext where there is one).

    >>> signature("token", "1700000000", "nonce") == signature("nonce", "token", "1700000000")
    True
    """
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324 - the protocol's own


def genuine(given: str, *parts: str) -> bool:
    """Return whether a signature is that of the parts, compared in constant time."""
    return hmac.compare_digest(given.encode(), signature(*parts).encode())


def fresh(timestamp: str, now: int) -> bool:
    """Return whether a timestamp (seconds) lies within the replay window.

    >>> fresh("1000", 1299), fresh("1000", 1301), fresh("soon", 1000)
    (True, False, False)
    """
    return timestamp.isdecimal() and len(timestamp) <= 12 and abs(now - int(timestamp)) <= REPLAY_SECONDS


def key_of(encoding_aes_key: str) -> bytes:
    """Return the 32 bytes of an EncodingAESKey of 43 characters. Raises ValueError where it is none."""
    key = base64.b64decode(encoding_aes_key + "=", validate=True)
    if len(encoding_aes_key) != 43 or len(key) != 32:
        raise ValueError("an EncodingAESKey has 43 characters")
    return key


def encrypt(text: str, key: bytes, app_id: str) -> str:
    """Return base64 of AES-256-CBC over 16 random bytes, length, text, app id; the IV is the first half of the key."""
    body = text.encode()
    plain = os.urandom(_RANDOM) + struct.pack(">I", len(body)) + body + app_id.encode()
    fill = _BLOCK - len(plain) % _BLOCK
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(plain + bytes([fill]) * fill) + encryptor.finalize()).decode()


def decrypt(sealed: str, key: bytes, app_id: str) -> str:
    """Return the text inside. Raises NotGenuine where it is broken, or meant for another account."""
    try:
        data = base64.b64decode(sealed, validate=True)
        decryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
        plain = decryptor.update(data) + decryptor.finalize()
        fill = plain[-1]
        if not 1 <= fill <= _BLOCK:
            raise NotGenuine("padding")
        content = plain[_RANDOM:-fill]
        size = struct.unpack(">I", content[:4])[0]
        text, owner = content[4 : 4 + size].decode(), content[4 + size :].decode()
    except (ValueError, IndexError, struct.error) as error:
        raise NotGenuine("broken") from error
    if owner != app_id:
        raise NotGenuine("another account")
    return text

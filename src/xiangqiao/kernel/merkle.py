"""The Merkle root of many rows: one digest that changes when any row is changed, removed or added."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def merkle_root(digests: Iterable[str]) -> str:
    """Return the Merkle root (hex) over row digests (hex), whatever their order; "" of nothing.

    The leaves are sorted, so that the root is found again from rows in any order. Source: RFC 6962, section 2.1 (nodes
    prefixed by 0x01, an odd node goes up as it is); a leaf is the digest of a JSON object, which no node can be.

    >>> merkle_root(["aa", "bb"]) == merkle_root(["bb", "aa"])
    True
    """
    sha256 = hashlib.sha256
    level = [sha256(b"\x00" + bytes.fromhex(leaf)).digest() for leaf in sorted(digests)]
    while len(level) > 1:
        odd = level[-1:] if len(level) % 2 else []
        pairs = zip(level[0::2], level[1::2], strict=False)
        level = [sha256(b"\x01" + left + right).digest() for left, right in pairs] + odd
    return level[0].hex() if level else ""

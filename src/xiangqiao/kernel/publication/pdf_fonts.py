"""How the strings of a PDF become characters: by the font's own table, its encoding, or not at all. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

# Returns None where the font does not say which characters it draws.
Decoder = Callable[[bytes], str | None]

_ESCAPE = re.compile(rb"\\(\r\n|[0-7]{1,3}|.)", re.DOTALL)
_PLAIN = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\n": b"",
    b"\r": b"",
    b"\r\n": b"",
}
_HEX = rb"<([0-9A-Fa-f\s]+)>"


def raw(operand: bytes) -> bytes:
    """Return the bytes of a string, whether written in brackets or in hex."""
    if operand.startswith(b"<"):
        digits = re.sub(rb"\s", b"", operand[1:-1])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())

    def resolve(match: re.Match[bytes]) -> bytes:
        sign = match[1]
        if sign[:1] in b"01234567":
            return bytes([int(sign, 8) & 255])
        return _PLAIN.get(sign, sign)

    return _ESCAPE.sub(resolve, operand[1:-1])


def literal(operand: bytes) -> str:
    """Return a text string outside the pages: UTF-16 or UTF-8 with their marks, else Latin."""
    data = raw(operand)
    if data.startswith(b"\xfe\xff"):
        return data[2:].decode("utf-16-be", "replace")
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace")
    return data.decode("latin-1")


def decoder_of(font: bytes, cmap: bytes, encoding: bytes) -> Decoder:
    """Return the way from strings to characters of one font (its dictionary, its ToUnicode, its encoding)."""
    if cmap:
        return _by_table(cmap)
    name = re.search(rb"/Encoding\s*/([\w-]+)", font)
    if re.search(rb"/Subtype\s*/Type0", font):
        return _composite(name[1] if name else b"")
    if b"/Differences" in encoding:
        return _by_names(encoding)
    if re.search(rb"/Subtype\s*/(?:Type1|TrueType|MMType1)", font):
        return lambda operand: raw(operand).decode("cp1252", "replace")
    return lambda _operand: None


def _composite(name: bytes) -> Decoder:
    if b"UCS2" in name or b"UTF16" in name:
        return lambda operand: raw(operand).decode("utf-16-be", "replace")
    if name.startswith((b"GBK", b"GB-", b"GBpc", b"GBKp")):
        return lambda operand: raw(operand).decode("gb18030", "replace")
    return lambda _operand: None


def _by_names(encoding: bytes) -> Decoder:
    """Decode by the names of glyphs that an encoding lists."""
    # Loads slowly: only for such a font.
    from fontTools.agl import toUnicode  # type: ignore[import-untyped]

    table: dict[int, str] = {}
    code = 0
    for token in re.findall(rb"/([^\s/\[\]]+)|(\d+)", encoding.split(b"/Differences", 1)[1].split(b"]")[0]):
        if token[1]:
            code = int(token[1])
        else:
            table[code] = toUnicode(token[0].decode("latin-1"))
            code += 1

    def decode(operand: bytes) -> str | None:
        said = [table.get(byte, chr(byte) if 32 <= byte < 127 else "") for byte in raw(operand)]
        return "".join(said) if all(said) else None

    return decode


def _by_table(cmap: bytes) -> Decoder:
    """Decode by a ToUnicode table. Source: PDF 32000-1:2008, 9.10.3."""
    space = re.search(rb"begincodespacerange\s*" + _HEX, cmap)
    width = max(1, len(raw(b"<" + space[1] + b">"))) if space else 2
    table: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, to in re.findall(_HEX + rb"\s*" + _HEX, block):
            table[int(code, 16)] = _unicode(to)
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, to, many in re.findall(
            _HEX + rb"\s*" + _HEX + rb"\s*(?:" + _HEX + rb"|\[([^\]]*)\])", block
        ):
            start = int(first, 16)
            if many:
                each = [_unicode(one) for one in re.findall(_HEX, many)]
                table |= {start + i: text for i, text in enumerate(each)}
                continue
            base = _unicode(to)
            for i in range(min(int(last, 16) - start, 65535) + 1):
                table[start + i] = base[:-1] + chr(ord(base[-1]) + i)

    def decode(operand: bytes) -> str | None:
        data = raw(operand)
        codes = [int.from_bytes(data[i : i + width]) for i in range(0, len(data), width)]
        # A glyph that the table leaves out draws no character: a part of another, or a space.
        return "".join(table.get(code, "") for code in codes)

    return decode


def _unicode(digits: bytes) -> str:
    return raw(b"<" + digits + b">").decode("utf-16-be", "replace") or "\ufffd"

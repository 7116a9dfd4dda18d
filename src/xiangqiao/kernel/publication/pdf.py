"""The texts of a PDF for the scanner: pages, forms, notes, properties. Pure.

No library for reading PDF is among the dependencies, and what is published comes from a few producers; so this reads
what they write: plain and compressed objects, flate streams, fonts that say their characters. Whatever it cannot be sure
to have read (a lock, a scan, a font without characters) is a fault, and never passes as empty.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from xiangqiao.kernel.publication.pdf_fonts import Decoder, decoder_of, literal
from xiangqiao.kernel.publication.pictures import picture_texts

MAX_UNPACKED = 60 * 1024 * 1024
_OBJECT = re.compile(rb"(?<!\d)(\d+)\s+(\d+)\s+obj\b(.*?)\bendobj", re.DOTALL)
_STREAM = re.compile(rb"\bstream\r?\n")
_REFERENCE = re.compile(rb"(\d+)\s+\d+\s+R\b")
_STRING = rb"\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)"
_SAID = re.compile(
    rb"/(?:Title|Subject|Author|Keywords|Creator|Contents|V|TU|T|DA|Alt|ActualText|E|RC|UF|F)\s*("
    + _STRING
    + rb"|<[0-9A-Fa-f\s]+>)",
    re.DOTALL,
)
_TOKEN = re.compile(
    rb"/(?P<font>[^\s/\[\]()<>]+)\s+[\d.+-]+\s+Tf|(?P<array>\[(?:" + _STRING + rb"|<[0-9A-Fa-f\s]*>|[^\]()<>])*\])\s*TJ|(?P<one>"
    + _STRING + rb"|<[0-9A-Fa-f\s]*>)\s*(?:Tj|'|\")|(?P<move>\b(?:Td|TD|Tm|T\*|ET)(?!\w)|T\*)",
    re.DOTALL,
)  # fmt: skip
_PIECE = re.compile(rb"(" + _STRING + rb"|<[0-9A-Fa-f\s]*>)|(-?[\d.]+)", re.DOTALL)
# A kern so wide (in thousandths of the font's size) is a gap between words.
_WORD_GAP = -180


class PdfFault(Exception):
    """A PDF that cannot be looked into: broken, locked, scan, font."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def pdf_texts(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield (place, text) of everything written in a PDF. Raises PdfFault where something stays hidden."""
    file = _File(data)
    yield "properties", file.said()
    for body in file.streams.values():
        if b"/Metadata" in body[0]:
            yield "metadata", re.sub(r"<[^>]*>", "\n\n\n\n", body[1].decode("utf-8", "replace"))
        if b"DCTDecode" in body[0]:
            yield from file.picture(body[1])
        if re.search(rb"/EmbeddedFile\b", body[0]):
            raise PdfFault("kind")
    written = False
    for number, (content, fonts) in enumerate(file.contents(), start=1):
        text = file.text_of(content, fonts)
        written = written or bool(text.strip())
        yield f"page text {number}", text
    if not written:
        raise PdfFault("scan" if any(b"/Image" in head for head, _ in file.streams.values()) else "broken")


class _File:
    """The objects of a PDF."""

    def __init__(self, data: bytes) -> None:
        if not data.lstrip()[:5] == b"%PDF-":
            raise PdfFault("broken")
        if re.search(rb"/Encrypt\s+\d+\s+\d+\s+R|/Encrypt\s*<<", data):
            raise PdfFault("locked")
        self.objects: dict[int, bytes] = {}
        self.streams: dict[int, tuple[bytes, bytes]] = {}
        self._unpacked = 0
        self._decoders: dict[bytes, Decoder] = {}
        for match in _OBJECT.finditer(data):
            self._take(int(match[1]), match[3])
        for head, body in list(self.streams.values()):
            if re.search(rb"/Type\s*/ObjStm", head):
                self._packed(head, body)
        if not self.objects:
            raise PdfFault("broken")

    def _take(self, number: int, body: bytes) -> None:
        start = _STREAM.search(body)
        self.objects[number] = body[: start.start()] if start else body
        if start:
            packed = body[start.end() :].rsplit(b"endstream", 1)[0]
            self.streams[number] = (self.objects[number], self._inflate(self.objects[number], packed))

    def _inflate(self, head: bytes, packed: bytes) -> bytes:
        if b"/FlateDecode" not in head and not re.search(rb"/Filter\s*\[?\s*/Fl\b", head):
            if re.search(rb"/(?:LZW|ASCII85|ASCIIHex|RunLength)Decode", head):
                raise PdfFault("broken")
            return packed
        if re.search(rb"/Subtype\s*/Image\b", head) and b"DCTDecode" not in head:
            return b""
        try:
            text = zlib.decompressobj().decompress(packed.lstrip(b"\r\n"), MAX_UNPACKED - self._unpacked + 1)
        except zlib.error as fault:
            raise PdfFault("broken") from fault
        self._unpacked += len(text)
        if self._unpacked > MAX_UNPACKED:
            raise PdfFault("size")
        return text

    def _packed(self, head: bytes, body: bytes) -> None:
        """Take the objects of an object stream."""
        first, count = _number(head, b"First"), _number(head, b"N")
        index = [int(n) for n in body[:first].split()[: 2 * count]]
        places = [(index[i], index[i + 1]) for i in range(0, len(index) - 1, 2)]
        for at, (number, offset) in enumerate(places):
            end = first + places[at + 1][1] if at + 1 < len(places) else len(body)
            self.objects.setdefault(number, body[first + offset : end])

    def said(self) -> str:
        """Return the strings of properties, notes, form fields and outlines."""
        pieces = [literal(m[1]) for body in self.objects.values() for m in _SAID.finditer(body)]
        return "\n\n\n\n".join(pieces)

    def picture(self, data: bytes) -> Iterator[tuple[str, str]]:
        """Yield what a photo inside the file says beside its points."""
        try:
            yield from picture_texts(data)
        except (OSError, ValueError, SyntaxError):
            return

    def contents(self) -> Iterator[tuple[bytes, dict[bytes, bytes]]]:
        """Yield (content, fonts by name) of every page and every form drawn on one."""
        for number, body in self.objects.items():
            if re.search(rb"/Type\s*/Page\b(?!s)", body):
                found = re.search(rb"/Contents\s*(\[[^\]]*\]|\d+\s+\d+\s+R)", body)
                refs = [int(n) for n in _REFERENCE.findall(self._listed(found[1]) if found else b"")]
                content = b"\n".join(self.streams[n][1] for n in refs if n in self.streams)
                yield content, self._fonts(self._inherited(number))
            elif number in self.streams and re.search(rb"/Subtype\s*/Form\b", body):
                yield self.streams[number][1], self._fonts(body)

    def _listed(self, found: bytes) -> bytes:
        """Return the list of contents, where the page only points to one."""
        number = int(_REFERENCE.findall(found)[0]) if _REFERENCE.findall(found) else -1
        body = self.objects.get(number, b"").strip()
        return body if number not in self.streams and body.startswith(b"[") else found

    def _inherited(self, number: int) -> bytes:
        """Return the first object on the way up the page tree that has resources."""
        for _level in range(30):
            body = self.objects.get(number, b"")
            parent = re.search(rb"/Parent\s+(\d+)\s+\d+\s+R", body)
            if b"/Resources" in body or not parent:
                return body
            number = int(parent[1])
        return b""

    def _fonts(self, body: bytes) -> dict[bytes, bytes]:
        """Return the fonts by the names under which a content calls them."""
        resources = self._value(body, b"Resources")
        fonts = self._value(resources, b"Font")
        return {
            name: self.objects.get(int(ref), b"")
            for name, ref in re.findall(rb"/([^\s/\[\]()<>]+)\s+(\d+)\s+\d+\s+R", fonts)
        }

    def _value(self, body: bytes, key: bytes) -> bytes:
        """Return the dictionary under a key, whether it stands there or elsewhere."""
        found = re.search(rb"/" + key + rb"\s*(?:(\d+)\s+\d+\s+R\b|<<)", body)
        if not found:
            return b""
        if found[1]:
            return self.objects.get(int(found[1]), b"")
        depth, at = 1, found.end()
        for mark in re.finditer(rb"<<|>>", body[at:]):
            depth += 1 if mark[0] == b"<<" else -1
            if depth == 0:
                return body[at : at + mark.start()]
        return body[at:]

    def text_of(self, content: bytes, fonts: dict[bytes, bytes]) -> str:
        """Return what a content writes, its moves as spaces. Raises PdfFault for a font that hides its characters."""
        pieces: list[str] = []
        decode: Decoder | None = None
        for token in _TOKEN.finditer(content):
            if token["font"]:
                decode = self._decoder(fonts.get(token["font"], b""))
            elif token["move"]:
                pieces.append(" " if pieces and pieces[-1] != " " else "")
            elif token["one"] or token["array"]:
                if decode is None:
                    raise PdfFault("font")
                pieces += self._shown(token["array"] or token["one"], decode)
        return "".join(pieces)

    @staticmethod
    def _shown(operand: bytes, decode: Decoder) -> Iterator[str]:
        for piece in _PIECE.finditer(operand):
            if piece[1]:
                text = decode(piece[1])
                if text is None:
                    raise PdfFault("font")
                yield text
            elif float(piece[2] if piece[2].strip(b".-") else b"0") < _WORD_GAP:
                yield " "

    def _decoder(self, font: bytes) -> Decoder:
        if font not in self._decoders:
            found = re.search(rb"/ToUnicode\s+(\d+)", font)
            cmap = self.streams.get(int(found[1]), (b"", b""))[1] if found else b""
            encoding = self._value(font, b"Encoding")
            self._decoders[font] = decoder_of(font, cmap, encoding)
        return self._decoders[font]


def _number(head: bytes, key: bytes) -> int:
    found = re.search(rb"/" + key + rb"\s+(\d+)", head)
    if not found:
        raise PdfFault("broken")
    return int(found[1])

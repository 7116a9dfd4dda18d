"""Files in which a text can lie: workbooks, documents, tables, pictures, papers. Built by hand or by common writers."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from random import Random
from xml.sax.saxutils import escape

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def text_file(text: str, random: Random) -> tuple[str, bytes]:
    """Return a plain text in one of the encodings of offices."""
    coding = random.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    return "txt", f"公示材料\n\n{text}\n特此公示。\n".encode(coding)


def table_file(text: str, random: Random) -> tuple[str, bytes]:
    """Return a CSV with the text in a cell of its own."""
    rows = [
        ["序号", "乡镇", "内容", "金额"],
        *([str(i), "梅江镇", "化肥", str(i * 120)] for i in range(1, 6)),
    ]
    rows.insert(random.randrange(1, 6), ["9", "田埠乡", text, "360"])
    body = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    return "csv", body.encode(random.choice(["utf-8-sig", "gb18030"]))


def workbook(text: str, random: Random) -> tuple[str, bytes]:
    """Return a workbook with the text in a cell, a hidden sheet, a hidden column, a comment, a property or a far cell."""
    from openpyxl import Workbook  # loads slowly
    from openpyxl.comments import Comment

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["乡镇", "内容", "金额"])
    for i in range(1, 5):
        sheet.append(["青塘镇", "棉被", i * 80])
    where = random.choice(["cell", "sheet", "column", "comment", "property", "far", "title"])
    if where == "sheet":
        other = book.create_sheet("底稿")
        other.sheet_state = random.choice(["hidden", "veryHidden"])
        other.append(["情况", text])
    elif where == "comment":
        sheet["A2"].comment = Comment(text, "经办")
    elif where == "property":
        book.properties.description = text
    elif where == "far":
        sheet["ZZ900"] = text
    elif where == "title" and len(text) < 20 and not set(text) & set("[]:*?/\\\n"):
        book.create_sheet(text)
    else:
        sheet["B3"] = text
        sheet.column_dimensions["B"].hidden = where == "column"
    out = io.BytesIO()
    book.save(out)
    return "xlsx", out.getvalue()


def document(text: str, random: Random) -> tuple[str, bytes]:
    """Return a document whose text lies in the body (cut into runs), a table, a header, a note or a comment."""

    def paragraph(said: str) -> str:
        pieces, rest = [], said
        while rest:
            size = random.randrange(1, 9)
            pieces.append(
                f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{escape(rest[:size])}</w:t></w:r>'
            )
            rest = rest[size:]
        return f"<w:p>{''.join(pieces)}</w:p>"

    part = random.choice(["document", "table", "header1", "footnotes", "comments"])
    body = paragraph("公示") + (paragraph(text) if part == "document" else "")
    if part == "table":
        cells = "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in ("内容", text))
        body += f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr(
            "word/document.xml", f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
        )
        if part not in ("document", "table"):
            packed.writestr(f"word/{part}.xml", f'<w:x xmlns:w="{_WORD}">{paragraph(text)}</w:x>')
    return "docx", out.getvalue()


def paper(text: str, random: Random) -> tuple[str, bytes]:
    """Return a PDF, its objects plain or compressed, its characters given by a table of the font."""
    glyphs = sorted({*text, *"公示材料"})
    codes = {char: index + 1 for index, char in enumerate(glyphs)}

    def shown(said: str) -> str:
        return "".join(f"{codes[char]:04x}" for char in said)

    lines = "".join(f"<{shown(line)}> Tj T* " for line in text.split("\n"))
    content = f"BT /F1 12 Tf 14 TL 72 700 Td <{shown('公示材料')}> Tj T* {lines} ET".encode()
    table = "".join(f"<{code:04x}> <{char.encode('utf-16-be').hex()}>\n" for char, code in codes.items())
    cmap = f"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange {len(codes)} beginbfchar\n{table}endbfchar".encode()
    packed = random.random() < 0.7
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 595 842] >>",
        _stream(content, packed=packed),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [] /ToUnicode 6 0 R >>",
        _stream(cmap, packed=packed),
    ]
    out = b"%PDF-1.4\n"
    for number, body in enumerate(objects, start=1):
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    return "pdf", out + b"trailer << /Root 1 0 R >>\n%%EOF"


def _stream(data: bytes, *, packed: bool) -> bytes:
    body = zlib.compress(data) if packed else data
    head = b" /Filter /FlateDecode" if packed else b""
    return b"<< /Length %d%b >>\nstream\n%b\nendstream" % (len(body), head, body)


def picture(text: str, random: Random) -> tuple[str, bytes]:
    """Return a picture that carries the text as a caption or a comment."""
    from PIL import Image, PngImagePlugin  # loads slowly

    out = io.BytesIO()
    image = Image.new("RGB", (8, 8))
    if random.random() < 0.5:
        info = PngImagePlugin.PngInfo()
        info.add_itxt("Comment", text)
        image.save(out, "PNG", pnginfo=info)
        return "png", out.getvalue()
    exif = Image.Exif()
    exif[0x9C9C] = text.encode("utf-16-le") + b"\0\0"
    image.save(out, "JPEG", exif=exif)
    return "jpg", out.getvalue()


def located_picture(_random: Random) -> tuple[str, bytes]:
    """Return a photo that says where it was taken."""
    from PIL import Image  # loads slowly

    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (26.0, 28.0, 12.0), 3: "E", 4: (116.0, 1.0, 3.0)})
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)
    return "jpg", out.getvalue()


CARRIERS: tuple[Callable[[str, Random], tuple[str, bytes]], ...] = (
    text_file, table_file, workbook, document, paper, picture,
)  # fmt: skip

"""What a picture carries beside its points: the place it was taken, captions, comments. Pure."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

_GPS = 0x8825
_MAKER = 0x927C
# Captions that Windows writes, in UTF-16.
_WINDOWS = range(0x9C9B, 0x9CA0)
GPS_PLACE = "GPS"


def picture_texts(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield (place, text) of every text in a picture's metadata; ("GPS", …) where it says where it was taken.

    What the picture itself shows is not read: the second person looks at it.
    """
    # Loads slowly: only when a picture is published.
    from PIL import ExifTags, Image

    with Image.open(io.BytesIO(data)) as picture:
        exif = picture.getexif()
        if exif.get_ifd(_GPS):
            yield GPS_PLACE, ""
        for block in (dict(exif), exif.get_ifd(ExifTags.IFD.Exif)):
            for tag, value in block.items():
                if tag != _MAKER and (text := _text(value, utf16=tag in _WINDOWS)):
                    yield f"EXIF {ExifTags.TAGS.get(tag, tag)}", text
        for key, value in picture.info.items():
            if key in ("exif", "icc_profile", "jfif", "dpi"):
                continue
            text = _text(value)
            if "GPSLatitude" in text or "exif:GPS" in text:
                yield GPS_PLACE, ""
            if text:
                yield str(key), re.sub(r"<[^>]*>", "\n\n\n\n", text)


def _text(value: object, *, utf16: bool = False) -> str:
    if isinstance(value, bytes):
        # EXIF comments begin with eight bytes that name their code.
        if utf16 or value.startswith(b"UNICODE\0"):
            return _utf16(value.removeprefix(b"UNICODE\0"))
        value = value.removeprefix(b"ASCII\0\0\0").decode("utf-8", "replace")
    return value.strip("\0 ") if isinstance(value, str) else ""


def _utf16(data: bytes) -> str:
    little = data.decode("utf-16-le", "ignore")
    big = data.decode("utf-16-be", "ignore")
    return f"{little}\n\n\n\n{big}".replace("\0", "")

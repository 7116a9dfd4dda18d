"""Photos of visits: made anew from their picture alone (no place, no camera, no hidden data), sealed, kept once."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.keyring import vault

MOST_BYTES = 12 * 1024 * 1024
# A JPEG is decoded at a part of its size; other kinds only whole.
MOST_PIXELS = {"JPEG": 64_000_000, "MPO": 64_000_000, "PNG": 24_000_000, "WEBP": 24_000_000}
LONGEST = 1600
_QUALITY = 80


def remade(data: bytes) -> bytes:
    """Return a photo as WebP of at most 1600 px, drawn from its pixels and nothing else.

    Raises ActionError where it is too large, of no kind that is taken, or broken.
    """
    if len(data) > MOST_BYTES:
        raise _refused("size", _("照片太大，最多 12 MB。请用手机的普通画质重拍一张。"))
    # Pillow is loaded with the first photo, not at the start of the web process.
    from PIL import Image, ImageFile, ImageOps

    Image.init()
    # The library that prints papers allows cut-off pictures for the whole process; a photo that is cut off is refused.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as picture:
            if picture.width * picture.height > MOST_PIXELS[str(picture.format)]:
                raise _too_many_pixels()
            picture.draft("RGB", (LONGEST, LONGEST))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
        upright.thumbnail((LONGEST, LONGEST))
        bare = Image.new("RGB", upright.size)
        bare.paste(upright)
        out = io.BytesIO()
        bare.save(out, "WEBP", quality=_QUALITY)
    except ActionError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    # The library tells a broken or hostile file by many kinds of error.
    except (OSError, ValueError, SyntaxError, ArithmeticError, LookupError, MemoryError) as error:
        raise _unreadable() from error
    return out.getvalue()


def keep_photo(data: bytes) -> str:
    """Make a photo anew, seal it into the store, and return its SHA-256. The same picture is kept once."""
    picture = remade(data)
    sha256 = hashlib.sha256(picture).hexdigest()
    path = _stored(sha256)
    if not path.exists():
        _write(path, vault().seal_bytes(picture, f"photo|{sha256}"))
    return sha256


def kept_photo(sha256: str) -> bytes:
    """Return a photo of the store as WebP. Raises FileNotFoundError, and SealBroken where it was altered."""
    return vault().open_bytes(_stored(sha256).read_bytes(), f"photo|{sha256}")


def _stored(sha256: str) -> Path:
    return Path(settings.HOME) / "files" / "photos" / sha256[:2] / f"{sha256}.sealed"


def _refused(code: str, message: str) -> ActionError:
    return ActionError(f"photo.{code}", message, field="photo")


def _too_many_pixels() -> ActionError:
    return _refused("pixels", _("照片的尺寸太大，系统没有打开它。请用手机的普通画质重拍一张。"))


def _unreadable() -> ActionError:
    return _refused(
        "kind",
        _("这个文件不是能打开的照片。请用 JPG、PNG 或 WebP 格式，或直接用手机拍一张；也可以不传照片。"),
    )


def _write(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, also after a power cut."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fd, part = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(fd, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(part).replace(path)

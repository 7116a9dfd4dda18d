"""A photo is drawn anew from its pixels: nothing hidden in it stays, nothing hostile gets through, nobody else sees it."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from PIL import Image

from xiangqiao.journal.photos import LONGEST, MOST_BYTES, keep_photo, kept_photo, remade
from xiangqiao.journal.tests.conftest import Scene
from xiangqiao.kernel.errors import ActionError

HIDDEN = b"GPS 25.47N 116.01E canary"


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **more: object) -> bytes:
    """Make a picture."""
    out = io.BytesIO()
    Image.new("RGB", size, (200, 90, 10)).save(out, kind, **more)
    return out.getvalue()


def bomb(width: int, height: int) -> bytes:
    """Make a PNG that is small in bytes and says that it is huge."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def test_what_is_hidden_in_a_photo_is_gone_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x010E] = HIDDEN.decode()
    exif[0x0112] = 6  # turned by 90 degrees
    data = picture(size=(3000, 1000), exif=exif.tobytes(), comment=HIDDEN)
    assert HIDDEN in data
    made = remade(data + HIDDEN)
    with Image.open(io.BytesIO(made)) as found:
        assert (found.format, found.size) == ("WEBP", (LONGEST * 1000 // 3000, LONGEST))
        assert not found.getexif()
    assert HIDDEN not in made


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_usual_kinds_are_taken(kind: str) -> None:
    assert remade(picture(kind))[8:12] == b"WEBP"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "photo.kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "photo.kind"),
        (b"%PDF-1.4 ...", "photo.kind"),
        (picture("GIF"), "photo.kind"),
        (picture("TIFF"), "photo.kind"),
        (picture()[:300], "photo.kind"),
        (picture("PNG")[:60], "photo.kind"),
        (bomb(60_000, 60_000), "photo.pixels"),
        (bomb(10_000, 10_000), "photo.pixels"),
        (bomb(4_000, 4_000), "photo.kind"),
        (b"\xff\xd8\xff" + b"\0" * MOST_BYTES, "photo.size"),
    ],
    ids=[
        "empty",
        "svg",
        "pdf",
        "gif",
        "tiff",
        "cut jpeg",
        "cut png",
        "vast bomb",
        "bomb",
        "lying size",
        "large",
    ],
)
def test_what_is_no_photo_or_too_much_is_refused_in_words(data: bytes, code: str) -> None:
    with pytest.raises(ActionError) as refusal:
        remade(data)
    assert (refusal.value.code, refusal.value.field) == (code, "photo")


@pytest.mark.django_db
def test_a_photo_is_kept_once_sealed_and_found_by_what_it_shows(county: None) -> None:
    first, second = keep_photo(picture()), keep_photo(picture("PNG"))
    assert len(first) == len(second) == 64
    assert keep_photo(picture()) == first
    stored = list((settings.HOME / "files" / "photos").rglob("*.sealed"))
    assert first in {path.stem for path in stored}
    assert all(b"WEBP" not in path.read_bytes() for path in stored)
    assert kept_photo(first)[8:12] == b"WEBP"


@pytest.mark.django_db
def test_only_who_sees_the_visit_sees_its_photo(scene: Scene) -> None:
    visit = scene.visit(photo=picture())
    address = reverse("journal:photo", args=[visit.public_id, 1])
    for name, status in {"cadre": 200, "clerk": 200, "far_clerk": 404, "keeper": 403, "member": 403}.items():
        client = Client()
        client.force_login(scene.users[name])
        answer = client.get(address)
        assert answer.status_code == status, name
        if status == 200:
            assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert Client().get(address).status_code == 302

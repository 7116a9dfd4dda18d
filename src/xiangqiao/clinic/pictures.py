"""Photos and DICOM images as they may be kept and shown: re-drawn, without the data that names anybody."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from xiangqiao.kernel.errors import ActionError

MOST_BYTES = 40 * 1024 * 1024
_MOST_PIXELS = 60_000_000
_SHOWN = 1600
# What names the patient, the staff or the place in a DICOM file. Source: DICOM PS3.15, annex E, basic profile (the
# attributes that real devices fill); private attributes go altogether.
NAMING = (
    "PatientName", "PatientID", "PatientBirthDate", "PatientAddress", "PatientTelephoneNumbers", "OtherPatientIDs",
    "OtherPatientNames", "PatientMotherBirthName", "IssuerOfPatientID", "InstitutionName", "InstitutionAddress",
    "ReferringPhysicianName", "PerformingPhysicianName", "OperatorsName", "PhysiciansOfRecord", "AccessionNumber",
    "StudyID", "PatientComments", "RequestingPhysician", "NameOfPhysiciansReadingStudy", "MilitaryRank",
)  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """A file as it is kept, its picture for a browser (WebP), and facts that name nobody."""

    data: bytes
    preview: bytes
    facts: dict[str, Any]


def _refuse(words: str) -> ActionError:
    return ActionError("clinic.file", words, field="file")


def take_photo(data: bytes) -> Taken:
    """Draw a photo anew, so that place, device and hidden parts are gone. Raises ActionError on anything else."""
    from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError  # heavy: only where a file comes in

    # The library that prints papers allows cut-off pictures for the whole process; a photo that is cut off is refused.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    _demand_size(data)
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise _refuse(_("照片太大了（超过 6000 万像素），请缩小后再传。"))
            drawn = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise _refuse(_("这不是能打开的照片。请传 JPG、PNG 或 WebP 照片。")) from error
    webp = _webp(drawn)
    return Taken(webp, webp, {"width": drawn.width, "height": drawn.height})


def take_dicom(data: bytes) -> Taken:
    """Keep a DICOM file without what names anybody, with a picture of its middle frame. Raises ActionError."""
    import pydicom  # heavy: only where a file comes in
    from pydicom.errors import InvalidDicomError

    _demand_size(data)
    try:
        image = pydicom.dcmread(io.BytesIO(data))
        image.remove_private_tags()
        for name in NAMING:
            if name in image:
                delattr(image, name)
        preview, frames = _drawn_dicom(image)
        out = io.BytesIO()
        image.save_as(out)
    except ActionError:
        raise
    except InvalidDicomError as error:
        raise _refuse(_("这不是 DICOM 影像文件。翻拍的片子请作为照片上传。")) from error
    except Exception as error:  # the readers of pixel data raise whatever a damaged file makes them
        raise _refuse(_("这个 DICOM 文件打不开（可能已损坏）。请从设备重新导出，或翻拍成照片。")) from error
    facts = {"modality": str(image.get("Modality", "")), "frames": frames}
    return Taken(out.getvalue(), preview, facts)


def _drawn_dicom(image: Any) -> tuple[bytes, int]:
    import numpy as np
    from PIL import Image

    if int(image.get("Rows", 0)) * int(image.get("Columns", 0)) > _MOST_PIXELS:
        raise _refuse(_("影像太大了，请传单张影像。"))
    pixels = np.asarray(image.pixel_array)
    frames = int(image.get("NumberOfFrames", 1) or 1)
    if frames > 1:
        pixels = pixels[frames // 2]
    levels = pixels.astype("float64")
    low, high = float(levels.min()), float(levels.max())
    levels = (levels - low) * (255.0 / (high - low or 1.0))
    if str(image.get("PhotometricInterpretation", "")) == "MONOCHROME1":
        levels = 255.0 - levels
    drawn = Image.fromarray(levels.astype("uint8"))
    return _webp(drawn.convert("RGB")), frames


def _webp(picture: Any) -> bytes:
    picture.thumbnail((_SHOWN, _SHOWN))
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=82)
    return out.getvalue()


def _demand_size(data: bytes) -> None:
    if not data:
        raise _refuse(_("文件是空的，请重新选择。"))
    if len(data) > MOST_BYTES:
        raise _refuse(_("文件超过 40 MB，请传单张影像。"))

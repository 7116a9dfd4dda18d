"""Time-based one-time codes: making a secret, showing it once, and telling which step a code belongs to.

Source: RFC 6238 (TOTP) over RFC 4226 (HOTP), SHA-1, 6 digits, 30 seconds: what phone apps understand.
"""

from __future__ import annotations

import base64
import hmac
import io
from datetime import datetime

import pyotp
import segno

from xiangqiao.accounts.rules import TOTP_STEP_SECONDS, TOTP_WINDOW

ISSUER = "乡桥"


def new_secret() -> str:
    """Return a fresh secret of 160 bits in base 32."""
    return pyotp.random_base32(32)


def secret_from(data: bytes) -> str:
    """Return the first 160 bits of data as a secret in base 32."""
    return base64.b32encode(data[:20]).decode()


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """Return the time step at which a code is right, or None where it is not right now."""
    digits = code.replace(" ", "").strip()
    if len(digits) != 6 or not digits.isascii():
        return None
    totp = pyotp.TOTP(secret)
    present = int(now.timestamp()) // TOTP_STEP_SECONDS
    for step in (present + offset for offset in TOTP_WINDOW):
        if hmac.compare_digest(totp.at(step * TOTP_STEP_SECONDS), digits):
            return step
    return None


def code_at(secret: str, now: datetime) -> str:
    """Return the code of a moment: for the published secrets of demo posts, and for tests."""
    return pyotp.TOTP(secret).at(now)


def next_code(secret: str, used_step: int, now: datetime) -> str:
    """Return a code that is right now and not used up (each works once); nothing where all are."""
    present = int(now.timestamp()) // TOTP_STEP_SECONDS
    step = max(present, used_step + 1)
    return pyotp.TOTP(secret).at(step * TOTP_STEP_SECONDS) if step <= present + TOTP_WINDOW[-1] else ""


def address(secret: str, username: str) -> str:
    """Return the `otpauth:` address that a phone app scans."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=ISSUER)


def picture(secret: str, username: str) -> str:
    """Return the address as an SVG square."""
    out = io.BytesIO()
    segno.make(address(secret, username), error="m").save(
        # Without a size of its own: with one and no view box, a page that scales it would cut it off.
        out,
        kind="svg",
        omitsize=True,
        xmldecl=False,
        svgns=True,
        title="otpauth",
        border=4,
    )
    return out.getvalue().decode()

"""Serving phones in the same network: our address there, a certificate for it, and its QR code."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import segno
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from xiangqiao.config.words import say


def address() -> str:
    """Return the address of this machine in its network (a connected UDP socket sends nothing)."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def announce(port: int) -> str:
    """Print the address for phones with its QR code, and return it."""
    found = address()
    url = f"https://{found}:{port}/"
    sys.stderr.write(
        say(
            f"\n手机扫码打开（证书是本机自签的，首次要点“继续”）：{url}\n",
            f"\nFor phones (local certificate: accept it once): {url}\n",
        )
    )
    segno.make(url).terminal(sys.stderr, compact=True)
    return found


def certificate(home: Path, host: str) -> tuple[Path, Path]:
    """Return certificate and key for an address, made when missing or for another address; valid for 90 days."""
    folder = home / "keys"
    paths = folder / f"lan-{host}.pem", folder / f"lan-{host}.key"
    if not all(path.exists() for path in paths):
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"xiangqiao {host}")])
        now = datetime.now(UTC)
        signed = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(minutes=5))
            .not_valid_after(now + timedelta(days=90))
            .add_extension(
                x509.SubjectAlternativeName(
                    [x509.IPAddress(ipaddress.ip_address(host)), x509.DNSName("localhost")]
                ),
                critical=False,
            )
            .sign(key, hashes.SHA256())
        )
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        for path, data in zip(paths, (signed.public_bytes(serialization.Encoding.PEM), private), strict=True):
            path.write_bytes(data)
            os.chmod(path, 0o600)  # noqa: PTH101 - the mode matters, not the spelling
    return paths

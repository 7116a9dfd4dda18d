"""Signatures of opinions: each doctor has a key pair (Ed25519); the private half is sealed with the clinic's key.

What it proves: the text is the one that this doctor, signed in, gave at that time, and nobody changed it since. It is
no qualified signature of the national system (电子签名法 art. 13); a county that needs one prints and signs.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from xiangqiao.clinic.models import Opinion, SigningKey
from xiangqiao.clinic.rules import opinion_text


def sign(opinion: Opinion, text: str) -> tuple[str, str]:
    """Return public key and signature (hex) of an opinion by its doctor's key, made when it is first needed."""
    key = SigningKey.objects.filter(user=opinion.by).first() or _new_key(opinion)
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key.opened("private")))
    return key.public_key, private.sign(_covered(opinion, text)).hex()


def _new_key(opinion: Opinion) -> SigningKey:
    private = Ed25519PrivateKey.generate()
    row = SigningKey(user=opinion.by, public_key=private.public_key().public_bytes_raw().hex())
    row.seal("private", private.private_bytes_raw().hex())
    row.save()
    return row


def is_genuine(opinion: Opinion) -> bool:
    """Return whether the opinion is, to the letter, the one that was signed by the doctor's known key."""
    known = SigningKey.objects.filter(user=opinion.by, public_key=opinion.public_key).exists()
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(opinion.public_key))
        public.verify(bytes.fromhex(opinion.signature), _covered(opinion, opinion.opened("text")))
    except (InvalidSignature, ValueError):
        return False
    return known


def _covered(opinion: Opinion, text: str) -> bytes:
    consultation = opinion.consultation.public_id
    return opinion_text(consultation, opinion.number, opinion.at.isoformat(), opinion.by, text)

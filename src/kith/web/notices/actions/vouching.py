"""Shows a push service that it is this instance which sends (VAPID, RFC 8292)."""

import json
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from kith.web.notices.actions.encrypting import public_bytes, text

# RFC 8292 allows a day at most.
_HOLDS: Final = timedelta(hours=12)
_HOUR_S: Final = 3600
# The order of the group of P-256 (FIPS 186-5).
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
# Enough more than 32 bytes that no number is likelier than another (FIPS 186-5, A.2.1).
_WIDE_BYTES: Final = 48


@lru_cache(maxsize=4)
def key_from(secret: str) -> ec.EllipticCurvePrivateKey:
    """Return the private key that the long random text `secret` stands for."""
    wide = HKDF(SHA256(), _WIDE_BYTES, salt=None, info=b"kith push key").derive(secret.encode())
    return ec.derive_private_key(int.from_bytes(wide) % (_ORDER - 1) + 1, ec.SECP256R1())


def own_key() -> ec.EllipticCurvePrivateKey:
    """Return the key of this instance."""
    return key_from(settings.KITH_PUSH_KEY)


def own_name() -> str:
    """Return the public half, by which browsers tie what they let in to this instance."""
    return text(public_bytes(own_key()))


def voucher(origin: str, *, at: datetime) -> str:
    """Return the Authorization by which the push service at `origin` knows us."""
    said: dict[str, object] = {"aud": origin, "exp": int((at + _HOLDS).timestamp())}
    if settings.KITH_ORIGIN.startswith("https:"):
        # Whom to ask if too much comes from here.
        said["sub"] = settings.KITH_ORIGIN
    signed = f"{_part({'typ': 'JWT', 'alg': 'ES256'})}.{_part(said)}"
    r, s = decode_dss_signature(own_key().sign(signed.encode(), ec.ECDSA(SHA256())))
    signature = text(r.to_bytes(32) + s.to_bytes(32))
    return f"vapid t={signed}.{signature}, k={own_name()}"


def kept_voucher(origin: str, *, at: datetime) -> str:
    """Return a voucher for `origin` that holds for some hours yet: one does for all of an hour."""
    return _vouched(origin, int(at.timestamp()) // _HOUR_S, settings.KITH_PUSH_KEY)


@lru_cache(maxsize=64)
def _vouched(origin: str, hour: int, _secret: str) -> str:
    return voucher(origin, at=datetime.fromtimestamp(hour * _HOUR_S, UTC))


def _part(said: dict[str, object]) -> str:
    return text(json.dumps(said, separators=(",", ":")).encode())

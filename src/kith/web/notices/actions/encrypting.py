"""A few words that only one browser can read, whoever carries them (RFC 8291, over RFC 8188)."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

# One record holds all we ever say; its size stands in the header (RFC 8188, section 2.1).
RECORD_BYTES: Final = 4096
SALT_BYTES: Final = 16
_KEY_BYTES: Final = 16
_NONCE_BYTES: Final = 12
# Ends the last record; zeros behind it may fill it up.
_LAST: Final = b"\x02"
# Every text comes out as long as every other, so that its length tells nothing of its language.
PLAIN_BYTES: Final = 512


@dataclass(frozen=True, slots=True)
class Reader:
    """Who may read: the public key that a browser made, and what it shares with us only."""

    key: bytes
    auth: bytes


def encrypted(
    plain: bytes, reader: Reader, *, salt: bytes, own: ec.EllipticCurvePrivateKey, fill: bool = True
) -> bytes:
    """Return `plain` so that only `reader` can read it, filled up to PLAIN_BYTES if `fill`.

    `salt` is SALT_BYTES at random and `own` a key, both made for this one text.
    """
    own_key = public_bytes(own)
    their_key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), reader.key)
    shared = own.exchange(ec.ECDH(), their_key)
    about = b"WebPush: info\0" + reader.key + own_key
    secret = HKDF(SHA256(), 32, salt=reader.auth, info=about).derive(shared)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\0", _KEY_BYTES)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\0", _NONCE_BYTES)
    padding = bytes(max(0, PLAIN_BYTES - len(plain)) if fill else 0)
    header = salt + RECORD_BYTES.to_bytes(4) + len(own_key).to_bytes(1) + own_key
    return header + AESGCM(key).encrypt(nonce, plain + _LAST + padding, None)


def public_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the public half of `key`, as browsers and push services write it."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def text(raw_: bytes) -> str:
    """Return bytes as base64url without its filling."""
    return urlsafe_b64encode(raw_).rstrip(b"=").decode()


def raw(text_: str) -> bytes:
    """Return the bytes that `text_` is, with or without its filling."""
    bare = text_.rstrip("=")
    return urlsafe_b64decode(bare + "=" * (-len(bare) % 4))


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=salt, info=info).derive(secret)

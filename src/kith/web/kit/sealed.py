"""What people say of themselves, sealed before it reaches the database, and opened for them only.

The keys (`KITH_SEAL_KEYS`) live outside the database, so a copy of it alone tells nothing. The
first key seals; every key opens, so that a new one can be put in front and the rest renewed
(`./kith manage reseal`).

A sealed text is: one byte of format, four that name the key, a nonce of twelve, and AES-256-GCM
of the text filled up to a multiple of 32 bytes, since the length of a word tells what it is.
The column it stands in is sealed in with it: moved to another column, it no longer opens.
"""

import hashlib
import json
import secrets
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django import forms
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from typing_extensions import override

from kith.errors import NoAnswerError

_FORMAT: Final = b"\x01"
_NAME_BYTES: Final = 4
_NONCE_BYTES: Final = 12
_STEP: Final = 32


class SealBrokenError(NoAnswerError):
    """A sealed text does not open: its key is not in KITH_SEAL_KEYS, or somebody changed it."""


def key_for(purpose: str, text: str) -> bytes:
    """Return the 32 bytes that the key `text` stands for, for one purpose and no other."""
    return HKDF(SHA256(), 32, salt=None, info=f"kith {purpose}".encode()).derive(text.encode())


@lru_cache(maxsize=16)
def name_of(text: str) -> bytes:
    """Return the four bytes by which the key `text` is known; they tell nothing of it."""
    return hashlib.sha256(key_for("name", text)).digest()[:_NAME_BYTES]


def newest_key() -> str:
    """Return the key that seals."""
    return str(settings.KITH_SEAL_KEYS[0])


@lru_cache(maxsize=16)
def _cipher(text: str) -> AESGCM:
    return AESGCM(key_for("seal", text))


def seal(text: str, *, column: str) -> bytes:
    """Return `text` sealed for `column` with the newest key; nothing stays nothing."""
    if not text:
        return b""
    key, nonce = newest_key(), secrets.token_bytes(_NONCE_BYTES)
    filled = text.encode() + b"\x80"
    filled += bytes(-len(filled) % _STEP)
    head = _FORMAT + name_of(key)
    return head + nonce + _cipher(key).encrypt(nonce, filled, head + column.encode())


def unseal(sealed: bytes, *, column: str) -> str:
    """Return the text that was sealed for `column`.

    Raises:
        SealBrokenError: If none of our keys opens it.
    """
    if not sealed:
        return ""
    head, rest = sealed[: 1 + _NAME_BYTES], sealed[1 + _NAME_BYTES :]
    for key in settings.KITH_SEAL_KEYS:
        if head == _FORMAT + name_of(key):
            nonce, body = rest[:_NONCE_BYTES], rest[_NONCE_BYTES:]
            try:
                filled = _cipher(key).decrypt(nonce, body, head + column.encode())
            except InvalidTag:
                break
            return filled[: filled.rindex(b"\x80")].decode()
    raise SealBrokenError(f"What stands in {column} does not open with KITH_SEAL_KEYS.")


def is_newest(sealed: bytes) -> bool:
    """Return whether `sealed` is nothing, or sealed with the newest key."""
    return not sealed or sealed[: 1 + _NAME_BYTES] == _FORMAT + name_of(newest_key())


# Django lets a field be subscripted only where types are read.
if TYPE_CHECKING:
    _TextField = models.Field[str, str]
else:
    _TextField = models.Field


class SealedTextField(_TextField):
    """A text of at most `max_length` characters that only this instance can read."""

    empty_strings_allowed = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    @property
    def column_sealed(self) -> str:
        """The name that is sealed in: of the model and the field."""
        return f"{self.model._meta.label_lower}.{self.name}"

    @override
    def get_internal_type(self) -> str:
        return "BinaryField"

    @override
    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        return seal(value or "", column=self.column_sealed)

    def from_db_value(self, value: Any, *_: Any) -> str:
        """Return the text of a row."""
        return unseal(bytes(value or b""), column=self.column_sealed)

    @override
    def get_lookup(self, lookup_name: str) -> Any:
        # Each sealing of a text is different; a question about it could only ever answer no.
        raise TypeError(f"{self.column_sealed} is sealed: rows cannot be found by it")

    @override
    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(
            **{"form_class": forms.CharField, "max_length": self.max_length, **kwargs}
        )


class SealedJSONField(SealedTextField):
    """A value as JSON says it, sealed like a text; None is nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", None)
        super().__init__(*args, **kwargs)

    @override
    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        text = "" if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)
        return super().get_db_prep_value(text, connection, prepared)

    @override
    def from_db_value(self, value: Any, *_: Any) -> Any:
        """Return the value of a row."""
        text = super().from_db_value(value)
        return json.loads(text) if text else None

    @override
    def formfield(self, **kwargs: Any) -> Any:
        # A form would show it as a program writes it: each page asks for it in its own words.
        return None

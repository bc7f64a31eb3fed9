"""Words and codes that open a door: how they are made, and how they are recognized.

Somebody who has no passkey has six words that kith drew for them, worth 66 bits: too many to
guess, so they say who is asking as well, and no name is needed beside them. What is kept is a
digest (scrypt, RFC 7914), salted with a key that is not in the database.
"""

import re
import secrets
import unicodedata
from functools import cache
from importlib.resources import files

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from kith.web.kit import sealed
from kith.web.people.choices import Written
from kith.web.people.models import Person, WrittenKey

WORDS = 6
# Crockford's base 32: no I, L, O or U to mistake for something else. 12 of them are 60 bits.
_CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 12
_MISTAKEN = str.maketrans("ILO", "110")
_LANGUAGES = ("en", "es", "fr")


def new_words(language: str) -> str:
    """Return six words drawn for one person, in `language` if we have its words."""
    code = language.split("-", maxsplit=1)[0]
    chosen = _list(code if code in _LANGUAGES else "en")
    return " ".join(secrets.choice(chosen) for _ in range(WORDS))


def new_code() -> str:
    """Return a code to write down: "K7QF-2MXD-9TPA"."""
    letters = "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))
    return "-".join(letters[at : at + 4] for at in range(0, _CODE_LENGTH, 4))


def written_key(text: str) -> WrittenKey | None:
    """Return the key that `text` is, however it was typed; it may be used up or over."""
    plain = _plain(text)
    if not plain:
        return None
    # One question for all keys we have, and as much work whether or not there is an answer.
    digests = [_digest(plain, key) for key in settings.KITH_SEAL_KEYS]
    is_over = Q(ends_at__lte=timezone.now())
    found = WrittenKey.objects.filter(digest__in=digests, person__is_active=True)
    return found.exclude(is_over).select_related("person").first()


def keep(person: Person, texts: list[str], kind: Written) -> None:
    """Keep digests of `texts` as keys of `person`, in place of those of the same kind."""
    person.written_keys.filter(kind=kind).delete()
    key = sealed.newest_key()
    WrittenKey.objects.bulk_create(
        WrittenKey(
            person=person,
            kind=kind,
            digest=_digest(_plain(text), key),
            key_name=sealed.name_of(key),
        )
        for text in texts
    )


def _plain(text: str) -> str:
    """Return `text` as everybody types it alike: words by their first four letters, codes bare."""
    marked = unicodedata.normalize("NFKD", text.casefold())
    folded = "".join(c for c in marked if not unicodedata.category(c).startswith("M"))
    words = re.findall(r"[a-z0-9]+", folded)
    if len(words) == WORDS:
        return " ".join(word[:4] for word in words)
    code = "".join(words).upper().translate(_MISTAKEN)
    return code if len(code) == _CODE_LENGTH else ""


def _digest(plain: str, key: str) -> bytes:
    salt = sealed.key_for("written keys", key)
    return Scrypt(salt, 32, n=settings.KITH_WORDS_WORK, r=8, p=1).derive(plain.encode())


@cache
def _list(language: str) -> tuple[str, ...]:
    path = files("kith.web.people") / "data" / f"words.{language}.txt"
    return tuple(path.read_text(encoding="utf-8").split())

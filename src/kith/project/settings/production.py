"""A real instance, behind HTTPS. Refuses to start with anything dangerous unset."""

import os

from django.core.exceptions import ImproperlyConfigured

from kith.project.settings.base import *  # noqa: F403

# What nobody guesses, and what keeps a copy of the database shut: 16 bytes written in hex.
_LETTERS_LEAST = 32


def _required(name: str, what: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"Set {name}: {what}")
    return value


def _listed(name: str, what: str) -> list[str]:
    return [one.strip() for one in _required(name, what).split(",")]


def _hard_to_guess(name: str, texts: list[str]) -> list[str]:
    if any(len(text) < _LETTERS_LEAST for text in texts):
        raise ImproperlyConfigured(
            f"{name} is too short to keep anything: `openssl rand -hex 32` prints one that does."
        )
    return texts


[SECRET_KEY] = _hard_to_guess(
    "KITH_SECRET_KEY",
    [_required("KITH_SECRET_KEY", "a long random text, kept outside the database.")],
)
# The first one seals; the others only open what they sealed before.
KITH_SEAL_KEYS = _hard_to_guess(
    "KITH_SEAL_KEYS",
    _listed(
        "KITH_SEAL_KEYS",
        "long random texts, comma-separated, the newest first. Keep a copy: without them, what "
        "people say of themselves cannot be read again.",
    ),
)
ALLOWED_HOSTS = _listed("KITH_HOSTS", "the host names of this instance, comma-separated.")
KITH_ORIGIN = os.environ.get("KITH_ORIGIN", f"https://{ALLOWED_HOSTS[0]}")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# A browser takes a cookie called so only from this very host: no neighbor under the same domain
# can put one of its own in the place of ours.
SESSION_COOKIE_NAME = "__Host-door"
CSRF_COOKIE_NAME = "__Host-token"
LANGUAGE_COOKIE_SECURE = True
# To preload is a promise for a whole domain and for years: its owner's to give, not ours.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

"""By what servers two browsers may find each other: only those of the community itself."""

import base64
import hashlib
import hmac
import secrets
import time
from typing import Any, Final

from django.conf import settings

# As long as any room is open, and some; then a copied password opens nothing.
LASTS_S: Final = 6 * 60 * 60
_NAME_BYTES: Final = 6


def for_now() -> dict[str, Any]:
    """Return what a browser is told of servers, with a password that is over in some hours.

    The name in it is made up anew each time: the relay learns of nobody who they are.
    """
    urls = settings.KITH_TURN_URL
    if not (urls and settings.KITH_TURN_SECRET):
        return {"iceServers": []}
    name = f"{int(time.time()) + LASTS_S}:{secrets.token_hex(_NAME_BYTES)}"
    server = {"urls": urls, "username": name, "credential": _password(name)}
    # A relay says to whoever asks as whom the world sees them: that is all a STUN server does.
    asked = [{"urls": url} for url in (_stun(url) for url in urls) if url]
    told: dict[str, Any] = {"iceServers": [*asked[:1], server]}
    if settings.KITH_TURN_ONLY:
        told["iceTransportPolicy"] = "relay"
    return told


def _password(name: str) -> str:
    """Return the password of `name`, by draft-uberti-behave-turn-rest-00."""
    key = settings.KITH_TURN_SECRET.encode()
    return base64.b64encode(hmac.new(key, name.encode(), hashlib.sha1).digest()).decode()


def _stun(url: str) -> str:
    scheme, _colon, host = url.partition(":")
    return f"stun:{host.partition('?')[0]}" if scheme == "turn" else ""

"""Rooms at the community's own conference server; kith itself asks it for nothing."""

import secrets
from typing import Final

from django.conf import settings

_ROOM_BYTES: Final = 15


def suggested_room() -> str:
    """Return the link of a room that nobody guesses, or "" where the community has no server."""
    base: str = settings.KITH_ROOMS
    if not base.startswith("https://"):
        return ""
    return f"{base.rstrip('/')}/{secrets.token_urlsafe(_ROOM_BYTES)}"

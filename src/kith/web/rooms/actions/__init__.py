"""What changes a room, and who sits in it."""

from kith.web.rooms.actions.opening import (
    ApartError,
    FullError,
    OverError,
    close,
    open_room,
    seat,
)
from kith.web.rooms.actions.sitting import (
    NotHostError,
    WaitsError,
    end_by_host,
    leave,
    let_in,
    part,
    refuse_if_shut,
    sit,
    to_lobby,
)

__all__ = [
    "ApartError",
    "FullError",
    "NotHostError",
    "OverError",
    "WaitsError",
    "close",
    "end_by_host",
    "leave",
    "let_in",
    "open_room",
    "part",
    "refuse_if_shut",
    "seat",
    "sit",
    "to_lobby",
]

"""What changes a room, and who sits in it."""

from kith.web.rooms.actions.opening import (
    ApartError,
    FullError,
    OverError,
    close,
    end_calls,
    open_room,
    seat,
)
from kith.web.rooms.actions.sitting import (
    NotHostError,
    WaitsError,
    end_by_host,
    leave,
    let_in,
    note_here,
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
    "end_calls",
    "leave",
    "let_in",
    "note_here",
    "open_room",
    "part",
    "refuse_if_shut",
    "seat",
    "sit",
    "to_lobby",
]

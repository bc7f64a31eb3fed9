"""What changes about messages: two people may write, one does, and it fades."""

from kith.web.messages.actions.fading import fade
from kith.web.messages.actions.grounds import close_ground, open_ground
from kith.web.messages.actions.writing import (
    ClosedError,
    TheyWriteFirstError,
    WordsError,
    path_to,
    write,
)

__all__ = [
    "ClosedError",
    "TheyWriteFirstError",
    "WordsError",
    "close_ground",
    "fade",
    "open_ground",
    "path_to",
    "write",
]

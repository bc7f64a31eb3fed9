"""What changes about safety: people keep away, tell the stewards, and stewards answer."""

from kith.web.safety.actions.distances import keep_away, undo
from kith.web.safety.actions.pauses import lift, pause
from kith.web.safety.actions.reports import close, look_at, note, reported, take_up, tell

__all__ = [
    "close",
    "keep_away",
    "lift",
    "look_at",
    "note",
    "pause",
    "reported",
    "take_up",
    "tell",
    "undo",
]

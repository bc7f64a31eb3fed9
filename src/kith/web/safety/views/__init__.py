"""Pages about safety: somebody's card, one's distances, telling a steward, and the stewards' desk."""

from kith.web.safety.views.cards import card, distances, keep, undo
from kith.web.safety.views.conduct import conduct
from kith.web.safety.views.desk import close, desk, lift, note, pause, report, take_up
from kith.web.safety.views.telling import tell, tell_of, told

__all__ = [
    "card",
    "close",
    "conduct",
    "desk",
    "distances",
    "keep",
    "lift",
    "note",
    "pause",
    "report",
    "take_up",
    "tell",
    "tell_of",
    "told",
    "undo",
]

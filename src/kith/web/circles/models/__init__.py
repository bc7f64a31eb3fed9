"""Who would like a circle or a pair, the circles there are, and what happens in them."""

from kith.web.circles.models.circle import Chair, Circle
from kith.web.circles.models.favor import Favor
from kith.web.circles.models.formation import Formation
from kith.web.circles.models.meeting import Meeting, Presence
from kith.web.circles.models.pair import Pair
from kith.web.circles.models.week import HardWeek
from kith.web.circles.models.wish import Vouch, Wish

__all__ = [
    "Chair",
    "Circle",
    "Favor",
    "Formation",
    "HardWeek",
    "Meeting",
    "Pair",
    "Presence",
    "Vouch",
    "Wish",
]

"""The closed lists of rooms, and how much a room holds."""

from datetime import timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

# Each sends to each: six is what a phone can carry, and a table holds.
SEATS_MOST: Final = 6
# After its end nobody comes in any more; who sits there may say what they were saying.
LINGER: Final = timedelta(minutes=15)
# A call in which nobody was seen for so long is over. Browsers say three times a minute that they
# are there; a server that is begun anew must not end the calls that go on without it.
EMPTY_FOR: Final = timedelta(minutes=3)
# So long before its hour the door of a circle's or a pair's room opens.
DOOR_BEFORE: Final = timedelta(minutes=15)


class Kind(models.TextChoices):
    """What a room was opened for."""

    CALL = "call", _("somebody reached out")
    OPEN = "open", _("an open room")
    PAIR = "pair", _("a listening pair")
    CIRCLE = "circle", _("a circle")


class SeatState(models.TextChoices):
    """How a seat stands."""

    ASKED = "asked", _("asked in")
    SITS = "sits", _("came in")
    WAITS = "waits", _("in the lobby")
    LEFT = "left", _("left")
    REMOVED = "removed", _("no longer there")


# What is somebody's: six at most in a room.
HELD: Final = (SeatState.ASKED, SeatState.SITS, SeatState.WAITS)

"""The closed lists of reach, and the code for everywhere else."""

from datetime import timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

# ISO 3166 keeps this code for private use: no country will ever be called it.
ANYWHERE: Final = "ZZ"

# Whose limits nobody asked for: three times a day, ten times a week. A design choice.
MOST_A_DAY, MOST_A_WEEK = 3, 10
# For so long a ring can still be answered after the ninety seconds, while they wait with the lines.
ANSWERED_WITHIN: Final = timedelta(minutes=15)
# For so long somebody can answer who was asked, in a note, to sit with somebody.
ASKED_FOR: Final = timedelta(hours=1)
# The longest that a call may last, so that a room left open ends by itself.
CALL_MOST: Final = timedelta(hours=2)
# Limits count a week back; after that nobody can tell who was rung, or by whom.
RINGS_KEPT: Final = timedelta(days=8)


class State(models.TextChoices):
    """How far a reach is."""

    RINGING = "ringing", _("ringing")
    ANSWERED = "answered", _("answered")
    OPEN = "open", _("the open room")
    LINES = "lines", _("the lines")
    STOPPED = "stopped", _("stopped")


class RingState(models.TextChoices):
    """How a ring stands."""

    RINGS = "rings", _("rings")
    ANSWERED = "answered", _("answered")
    DECLINED = "declined", _("not now")
    MISSED = "missed", _("nobody came to it")
    TOLD = "told", _("somebody else answered")
    ENDED = "ended", _("they stopped")
    ASKED = "asked", _("asked to sit with somebody")


class OpenTo(models.IntegerChoices):
    """By whom somebody lets themselves be rung."""

    KNOWN = 1, _("People of my circles, and those who have me in their plan")
    ANYBODY = 2, _("Anybody here")


class Way(models.TextChoices):
    """How they talk."""

    VOICE = "voice", _("by voice")
    VIDEO = "video", _("by video")


class Said(models.TextChoices):
    """What somebody says afterwards, in one tap. Only the first leaves anything behind."""

    REACHED = "reached", _("I reached a person")
    OTHER = "other", _("Something else helped")
    USED = "used", _("I used")
    UNSAID = "unsaid", _("I’d rather not say")


class By(models.TextChoices):
    """How somebody stays with somebody."""

    ROOM = "room", _("in a room, seen or heard")
    TAPS = "taps", _("by a tap every few minutes")


# So often they tap, in minutes; and the longest that company is agreed for, in hours.
EVERY: Final = (5, 10, 15)
HOURS_MOST: Final = 3

"""The closed lists of safety."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """How far somebody keeps from somebody else. The other one is never told."""

    BLOCK = "block", _("we do not see each other")
    AVOID = "avoid", _("do not bring us together")
    MUTE = "mute", _("do not tell me when they write")


class Category(models.TextChoices):
    """What somebody tells a steward of."""

    CROSSED = "crossed", _("somebody crossed a line in person")
    CONTACT = "contact", _("contact I did not want")
    PRESSURE = "pressure", _("pressure for money or romance")
    CLOAK = "cloak", _("hiding harm behind being anonymous")
    PLACE = "place", _("a place that is not safe")
    WRITTEN = "written", _("something written here")
    OTHER = "other", _("something else")


class State(models.TextChoices):
    """How far a report has come."""

    NEW = "new", _("nobody has taken it up yet")
    SEEN = "seen", _("a steward is looking at it")
    CLOSED = "closed", _("closed")


class Did(models.TextChoices):
    """What a steward did with a report."""

    LOOK = "look", _("looked at it")
    TAKE_UP = "take_up", _("took it up")
    NOTE = "note", _("wrote a note")
    PAUSE = "pause", _("asked for a pause")
    LIFT = "lift", _("ended the pause")
    CLOSE = "close", _("closed it")


class Days(models.IntegerChoices):
    """How long a steward may ask somebody to pause."""

    WEEK = 7, _("a week")
    MONTH = 30, _("thirty days")
    SEASON = 90, _("ninety days")

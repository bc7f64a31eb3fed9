"""The closed lists of acts."""

from enum import Enum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What somebody did."""

    WAS_THERE = "there", _("was there")
    WELCOMED = "welcomed", _("welcomed")
    TALKED = "talked", _("talked")
    THANKED = "thanked", _("thanked")
    HOSTED = "hosted", _("hosted")
    HELPED = "helped", _("helped")
    REACHED = "reached", _("reached")


class Mode(models.TextChoices):
    """How they were together."""

    IN_PERSON = "in_person", _("in person")
    VIDEO = "video", _("by video")
    VOICE = "voice", _("by voice")
    TEXT = "text", _("in writing")


class Setting(models.TextChoices):
    """Where it came from."""

    GATHERING = "gathering", _("at a gathering")
    CIRCLE = "circle", _("in a circle")
    PAIR = "pair", _("as a listening pair")
    SERVICE = "service", _("by an ask or an offer")
    REACH = "reach", _("when somebody asked for a voice")


class Help(models.TextChoices):
    """Who helped whom in it."""

    NONE = "none", _("nobody in particular")
    GIVEN = "given", _("who did it, the other")
    RECEIVED = "received", _("the other, who did it")
    BOTH = "both", _("each the other")


class Wrong(Enum):
    """How a tie may not be what its acts make."""

    OTHER = "other"
    MISSING = "missing"
    WITHOUT_ACTS = "without acts"

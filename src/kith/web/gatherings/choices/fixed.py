"""The few fixed choices of a gathering. Codes are kept; the words are said in the reader's tongue."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mode(models.TextChoices):
    """Where people are when they meet."""

    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("In person and online")


class Status(models.TextChoices):
    """Whether it meets. Paused is not gone; retired is kept, and shown to nobody who looks.

    One that waits for its second host is shown to its hosts alone.
    """

    WAITING = "waiting", _("Waiting for two hosts")
    OPEN = "open", _("Meeting")
    PAUSED = "paused", _("Paused for now")
    RETIRED = "retired", _("Retired")


class FoundBy(models.TextChoices):
    """Who may find it."""

    ALL = "all", _("Everybody")
    THEIRS = "theirs", _("Only those it is for")


class Openness(models.TextChoices):
    """Who may come."""

    OPEN = "open", _("Open to all")
    CLOSED = "closed", _("For those it is about")


class Touch(models.TextChoices):
    """The most touch that anybody will meet there."""

    NONE = "none", _("No touch")
    HANDS = "hands", _("Hands, if you like")
    SPOTTING = "spotting", _("Hands-on help, if you like")
    HUG = "hug", _("Hugs, if you like")


class Answer(models.TextChoices):
    """Whether somebody means to come."""

    COME = "come", _("I’ll come")
    MAYBE = "maybe", _("Maybe")
    NOT = "not", _("Not this time")


class TownKind(models.TextChoices):
    """What a name on our map of words stands for."""

    TOWN = "town", _("Town")
    POSTCODE = "postcode", _("Postcode")


class Joining(models.TextChoices):
    """How somebody becomes a host who is given a link."""

    BESIDE = "beside", _("beside whoever gave it")
    INSTEAD = "instead", _("instead of whoever gave it")

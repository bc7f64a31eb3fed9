"""The closed lists of messages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Why two people may write to each other."""

    GATHERING_HOST = "host", _("one hosts a gathering that the other comes to")
    CIRCLE = "circle", _("they share a circle")
    PAIR = "pair", _("they are a pair")
    ASK = "ask", _("they agreed on an ask")
    PLAN = "plan", _("one is in the plan of the other")


class Quick(models.TextChoices):
    """Ready words, for one tap."""

    DOOR = "door", _("I’ll be at the door.")
    SEE = "see", _("See you there.")
    CANNOT = "cannot", _("Can’t this time.")

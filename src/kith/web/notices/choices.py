"""The closed lists of notices."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class About(models.TextChoices):
    """What a notice is about."""

    CALLED_OFF = "off", _("called off")
    MOVED = "moved", _("moved")
    MESSAGE = "message", _("a message")
    HOSTING = "hosting", _("hosting")
    GREETING = "greeting", _("somebody expects you")
    THANKS = "thanks", _("thanks")
    CIRCLE = "circle", _("a circle")
    PAIR = "pair", _("a listening pair")
    PLAN = "plan", _("a plan")
    SERVICE = "service", _("an ask or an offer")
    REACH = "reach", _("a voice")
    STUDY = "study", _("a study")
    DESK = "desk", _("the stewards’ desk")


class Most(models.TextChoices):
    """How often a day somebody may be nudged."""

    TWO = "two", _("At most twice a day")
    FIVE = "five", _("At most five times a day")
    ALL = "all", _("Whenever there is something")
    NONE = "none", _("Never, unless somebody reaches out to me")

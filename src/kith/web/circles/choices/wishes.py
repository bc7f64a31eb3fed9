"""What somebody may wish for when they would like a circle or a pair."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.IntegerChoices):
    """How people meet; the numbers are those of kith.core.matching."""

    IN_PERSON = 1, _("In person")
    ONLINE = 2, _("Online")
    EITHER = 3, _("Either")


class Reach(models.IntegerChoices):
    """How far from somebody they would meet, in kilometers."""

    WALK = 5, _("A walk away, about 5 km")
    NEAR = 10, _("About 10 km")
    TOWN = 20, _("About 20 km")
    FAR = 50, _("About 50 km")


class Role(models.TextChoices):
    """What somebody is glad to do for a circle; the place in this list is its bit."""

    DOOR = "door", _("Open the door")
    TEA = "tea", _("Make the tea")
    CLOCK = "clock", _("Keep an eye on the clock")
    QUESTION = "question", _("Bring a question to talk about")
    SCREEN = "screen", _("Help others with phone and screen")
    SONG = "song", _("Bring a song or a poem")
    QUIET = "quiet", _("Hold a minute of quiet")
    RIDE = "ride", _("Bring somebody along")

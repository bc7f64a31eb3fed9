"""What can be tried, where, and how far a run is. The keys are those of kith.core.picture."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

# So long what came of a run is kept: nobody needs it later, and the same numbers give it again.
KEPT_FOR: Final = timedelta(days=7)
# So many may wait or go on at once, of everybody: a small machine lives one pair after the other.
WAITING_MOST: Final = 5
# A run for which nobody came in so long: the background work is not done here.
OVERDUE: Final = timedelta(minutes=5)
# An instance takes less than a researcher's own machine.
MOST: Final[Mapping[str, int]] = MappingProxyType({"people": 10_000, "pairs": 20})


class State(models.TextChoices):
    """How far a run is."""

    WAITING = "waiting", _("waits for its turn")
    LIVING = "living", _("is being lived")
    DONE = "done", _("ready to look at")
    REFUSED = "refused", _("could not be lived")


UNFINISHED: Final = (State.WAITING, State.LIVING)


class Town(models.TextChoices):
    """Which made-up town."""

    USUAL = "usual", _("Some live apart, some are using")
    APART = "apart", _("Half live apart")
    USING = "using", _("Many are using")
    CLOSE = "close", _("Nearly all know many")


class Tried(models.TextChoices):
    """What is tried in it."""

    CIRCLES = "circles", _("Circles")
    PAIRS = "pairs", _("Listening pairs")
    REACH = "reach", _("A voice at the cue")
    LISTINGS = "listings", _("The list of gatherings")
    SERVICE = "service", _("Asks and offers")
    BADLY_MIXED = "badly_mixed", _("Badly mixed circles")


class Against(models.TextChoices):
    """What it is held against."""

    NOTHING = "nothing", _("As it is")
    USUAL_CARE = "usual_care", _("With usual care")


# A few words about each thing that can be tried.
WORDS: Final[Mapping[str, Any]] = MappingProxyType(
    {
        Tried.CIRCLES: _("small steady groups, formed as kith forms them"),
        Tried.PAIRS: _("two people, five minutes each"),
        Tried.REACH: _("three people are rung when the pull comes"),
        Tried.LISTINGS: _("people find what meets near them"),
        Tried.SERVICE: _("people help each other"),
        Tried.BADLY_MIXED: _("those who are using sit together: a check that harm can show up"),
    }
)

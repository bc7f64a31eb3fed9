"""The closed lists of studies, and the four questions of a moment."""

from datetime import timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# No person is asked more often than this on one day, by all studies together.
PROMPTS_A_DAY: Final = 5
# So long a check-in waits, unless the study says otherwise.
EXPIRES_AFTER: Final = timedelta(minutes=60)
# The longer questions can be answered for a week.
LONGER_WAIT: Final = timedelta(days=7)
# What a device kept while there was no internet is taken until so long after it was asked.
SYNCED_WITHIN: Final = timedelta(days=28)
# A device of somebody's own keeps so much of what comes, to be answered where there is no internet.
AHEAD: Final = timedelta(days=1)
# The clock of a device may be wrong by so much.
CLOCK_SLACK: Final = timedelta(minutes=5)
# From this value of the pull on, the page shows where a voice is.
STRONG_FROM: Final = 3
PULLS: Final = frozenset({"pull", "craving"})
# Dice are thrown so long before a check-in, which then asks what happened since.
DECIDED_BEFORE: Final = timedelta(hours=1)
# If nobody was there to throw them for so long, the moment is gone and nothing is drawn.
DECIDED_WITHIN: Final = timedelta(minutes=15)
# Whoever was suggested to somebody is suggested to nobody for so long.
RESTS_FOR: Final = timedelta(hours=2)
# Where dice gave somebody a whole arm, something is suggested once in so long, and stands so long.
SUGGESTED_EVERY: Final = timedelta(days=7)
SUGGESTED_FOR: Final = timedelta(hours=3)
# What the questions of a moment are called in rows; all begin alike.
MOMENT: Final = "moment"


class State(models.TextChoices):
    """How far a study is."""

    DRAFT = "draft", _("being written")
    OPEN = "open", _("locked, and open to people")
    CLOSED = "closed", _("closed: the data is final")


class Part(models.TextChoices):
    """The four things somebody may say yes to, each by itself."""

    ANSWERS = "answers", _("Use my answers in the study")
    DRAW = "draw", _("Toss the coin for me")
    TIES = "ties", _("Count who met whom, without names")
    SHARE = "share", _("Share with other researchers later")


class Unit(models.TextChoices):
    """What dice are thrown for."""

    PEOPLE = "people", _("people")
    DECISIONS = "decisions", _("single moments")


class Style(models.TextChoices):
    """In what style something comes unasked; each is what a study.toml calls it."""

    COMPANY = "invitation", _("to be with somebody")
    PLAN = "plan", _("to make a plan for a moment")
    HELP = "help", _("to help somebody")


# A study.toml says so of an arm in which nothing comes.
QUIET: Final = "off"
# Where nobody is there, these make no sense.
BRINGS_SOMEBODY: Final = frozenset({Style.COMPANY, Style.HELP})


class Skipped(models.TextChoices):
    """Why a question has no answer."""

    PASSED = "passed", pgettext_lazy("a question", "passed over")

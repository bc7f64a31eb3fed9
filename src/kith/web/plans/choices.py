"""The pick-lists of a plan: moments, what to do, what if not; and what whoever is asked may say."""

from datetime import timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Three people in a plan: `plan.repair_person` of the evidence.
PEOPLE_MOST: Final = 3
PLANS_MOST: Final = 6
# Whoever has not answered by then is not asked any more; nobody learns whether they said no.
ANSWER_WITHIN: Final = timedelta(days=6)
# And for so long after that the same person is not asked again.
RESTS_FOR: Final = timedelta(days=28)


class Cue(models.TextChoices):
    """A moment at which the pull comes; to be read after "When"."""

    STORE = "store", pgettext_lazy("when", "I walk past where I used to get it")
    NIGHT = "night", pgettext_lazy("when", "it’s late and I can’t sleep")
    PAID = "paid", pgettext_lazy("when", "I get paid")
    ALONE = "alone", pgettext_lazy("when", "I’m alone on a Sunday")
    FRIEND = "friend", pgettext_lazy("when", "I see an old friend who uses")
    FIGHT = "fight", pgettext_lazy("when", "there was a fight at home")
    HOME = "home", pgettext_lazy("when", "I’m on the way home")
    PAIN = "pain", pgettext_lazy("when", "the pain is bad")
    NOTHING = "nothing", pgettext_lazy("when", "I feel nothing")
    MISSING = "missing", pgettext_lazy("when", "I miss somebody")
    GOOD = "good", pgettext_lazy("when", "something good happened")
    ONCE = "once", pgettext_lazy("when", "I think: just this once")
    ANOTHER = "another", pgettext_lazy("when", "another time")


class Deed(models.TextChoices):
    """What to do, and with whom; to be read between "I" and a name."""

    RING = "ring", pgettext_lazy("I ... somebody", "ring")
    WRITE = "write", pgettext_lazy("I ... somebody", "write to")
    WALK = "walk", pgettext_lazy("I ... somebody", "walk with")
    EAT = "eat", pgettext_lazy("I ... somebody", "eat with")
    SIT = "sit", pgettext_lazy("I ... somebody", "sit in a gathering with")
    DO = "do", pgettext_lazy("I ... somebody", "do something for")


class Place(models.TextChoices):
    """Where to go that is no one person: there is always one of them."""

    ROOM = "room", _("the open room")
    LINES = "lines", _("a line that is always open")


class Way(models.TextChoices):
    """How somebody may be come to."""

    VOICE = "voice", _("by voice")
    MESSAGE = "message", _("in writing")
    IN_PERSON = "in_person", _("in person")


class Part(models.TextChoices):
    """A part of the day, by the clock of whoever is asked."""

    MORNING = "morning", _("Mornings, 6 to 12")
    AFTERNOON = "afternoon", _("Afternoons, 12 to 5")
    EVENING = "evening", _("Evenings, 5 to 10")
    NIGHT = "night", _("Nights, 10 to 6")


# From which hour on each part is; before the first it is still night.
PART_FROM: Final = ((6, Part.MORNING), (12, Part.AFTERNOON), (17, Part.EVENING), (22, Part.NIGHT))


class Days(models.TextChoices):
    """On which days somebody may be come to."""

    ALL = "all", _("Any day")
    WEEK = "week", _("Monday to Friday")
    END = "end", _("Saturday and Sunday")


class Often(models.TextChoices):
    """How often somebody may be come to."""

    ANY = "any", _("Whenever it is needed")
    DAY = "day", _("Once a day at most")
    FEW = "few", _("A few times a week")
    WEEK = "week", _("Once a week at most")


# Within so long, so many times; what has no line has no limit.
LIMITS: Final = {
    Often.DAY: (timedelta(days=1), 1),
    Often.FEW: (timedelta(days=7), 3),
    Often.WEEK: (timedelta(days=7), 1),
}


class Practised(models.TextChoices):
    """How somebody practised, or that the moment came and they reached a person."""

    PICTURED = "pictured", _("pictured it")
    RANG = "rang", _("really went there, to practice")
    REACHED = "reached", _("the moment came, and they reached a person")


class MayAsk(models.TextChoices):
    """Who may ask somebody to be in their plan."""

    NEAR = "near", _("Those in my circle, and those I listened with")
    MET = "met", _("Those too who were at a gathering with me")
    NOBODY = "nobody", _("Nobody for now. They are not told.")

"""The closed lists of asks and offers, and the numbers they live by."""

from collections.abc import Collection
from datetime import timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from kith.web.people.choices.week import PARTS

# ---- of ours: from the issue, not from a study ----------------------------------------------
OPEN_FOR: Final = timedelta(days=14)
OPEN_MOST: Final = 3
SHOWN_MOST: Final = 12
# As far as one drives for somebody of an evening.
REACH_KM: Final = 20.0
# What was agreed may be thanked for so long after its day, and written about.
THANKED_WITHIN: Final = timedelta(days=7)
# What is over without anybody is kept for so long for whoever said it, to say it again.
KEPT_FOR: Final = timedelta(days=7)
# Looked back over for the other door, as reciprocity.balance_nudge says; said once a month.
LOOKED_BACK: Final = timedelta(days=30)
DOOR_EVERY: Final = timedelta(days=30)
DOOR_STANDS_FOR: Final = timedelta(days=3)


class Side(models.TextChoices):
    """Whether somebody would like something done, or would do it."""

    ASK = "ask", _("asks")
    OFFER = "offer", _("offers")


class What(models.TextChoices):
    """What one person can do for another in an hour or so."""

    RIDE = "ride", _("a ride")
    MEAL = "meal", _("a meal")
    WALK = "walk", _("a walk")
    COMPANY = "company", _("quiet company")
    CHILDREN = "children", _("childcare")
    SKILL = "skill", _("help learning something")
    FORM = "form", _("help with a form or a letter")


class Place(models.TextChoices):
    """Where it would be: never an address."""

    NEAR = "near", _("Near where I live")
    ONLINE = "online", _("Online or by phone")


class SeenBy(models.TextChoices):
    """Who may see an ask or an offer."""

    OTHERS = "others", _("My circles, and people near me")
    CIRCLES = "circles", _("Only my circles, and hosts where I come")


class Meets(models.TextChoices):
    """Where two people meet over it."""

    PUBLIC = "public", _("In a public place")
    VIDEO = "video", _("By video")
    PRIVATE = "private", _("At somebody’s home, or in a car")


class State(models.TextChoices):
    """How far it is between the two."""

    WAITS = "waits", _("waits for an answer")
    AGREED = "agreed", _("agreed")
    NOT = "not", _("not this time")
    BACK = "back", _("stepped back")


# Nobody else takes it up meanwhile.
HELD: Final = (State.WAITS, State.AGREED)

# ---- parts of a week, one bit for each --------------------------------------------------------
DAYS: Final = range(7)
_PARTS: Final = tuple(PARTS)


def mask_of(days: Collection[int], parts: Collection[str]) -> int:
    """Return the parts of a week on these days; none of either is all of it, and 0 is any time."""
    if not days and not parts:
        return 0
    names = [name for name in _PARTS if name in parts] or _PARTS
    return sum(bit_of(day, name) for day in (sorted(set(days)) or DAYS) for name in names)


def bit_of(day: int, part: str) -> int:
    """Return the bit of one part of one day, where Monday is 0."""
    return 1 << (day * len(_PARTS) + _PARTS.index(part))


def days_in(mask: int) -> list[int]:
    """Return the days that `mask` holds a part of."""
    return [day for day in DAYS if any(mask & bit_of(day, part) for part in _PARTS)]


def parts_in(mask: int) -> list[str]:
    """Return the parts that `mask` holds on some day."""
    return [part for part in _PARTS if any(mask & bit_of(day, part) for day in DAYS)]

"""Whoever has only given lately, or only received, is quietly shown the other door. In words only."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from kith.web.notices import actions as notices
from kith.web.notices.choices import About
from kith.web.people.models import Person
from kith.web.reach import access
from kith.web.reach.bridge import numbers

# reciprocity.balance_nudge: over thirty days.
_WITHIN: Final = timedelta(days=30)


def balance_all(*, at: datetime) -> int:
    """Tell those whose help ran one way, at most once in thirty days; return how many were told."""
    since = (at - _WITHIN).date()
    low, high = numbers.mostly()
    told = 0
    for person, share in access.shares_of_giving(since=since):
        if share > high or share < low:
            told += _tell(person, _gave if share > high else _had, at=at)
    return told


def _gave() -> str:
    return _(
        "You have been there for others a lot lately. Somebody would be glad to be there for you."
    )


def _had() -> str:
    return _(
        "Others were there for you lately. Somebody would be glad of your voice too, if you like."
    )


def _tell(person: Person, words: Callable[[], str], *, at: datetime) -> bool:
    path = reverse("reach:now") if words is _gave else reverse("reach:willing")
    if access.was_told(person, path=path, since=at - _WITHIN):
        return False
    notices.tell(person=person, about=About.REACH, words=words, path=path)
    return True

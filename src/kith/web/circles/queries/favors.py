"""Reads of asks and offers for the page of their circle."""

from dataclasses import dataclass
from typing import Final

from django.db.models import F

from kith.web.circles import access
from kith.web.circles.choices import Kind
from kith.web.circles.models import Circle, Favor
from kith.web.people.models import Person

# More than that nobody takes in, and the page has to end.
_SHOWN_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """One ask or offer, and what whoever looks may do about it."""

    number: int
    by: Person
    is_mine: bool
    is_offer: bool
    words: str
    taken_by: str
    is_taken_by_me: bool
    is_taken: bool
    is_done: bool

    @property
    def may_be_taken(self) -> bool:
        """Whether whoever looks may take it up."""
        return not (self.is_mine or self.is_taken or self.is_done)

    @property
    def may_be_done(self) -> bool:
        """Whether it is between whoever looks and another, and not done."""
        is_ours = self.is_mine or self.is_taken_by_me
        return is_ours and self.is_taken and not self.is_done

    @property
    def may_be_taken_back(self) -> bool:
        """Whether whoever looks may take back what they said."""
        return (self.is_mine or self.is_taken_by_me) and not self.is_done


def asked_in(circle: Circle, person: Person) -> list[Asked]:
    """Return what is asked and offered in `circle`, as `person` sees it: what is done at the end."""
    # Databases do not agree where rows without a day stand.
    is_open = F("done_on").asc(nulls_first=True)
    rows = access.favors_in(person, circle).order_by(is_open, "-made_at", "-pk")
    return [_asked(row, person) for row in rows[:_SHOWN_MOST]]


def _asked(favor: Favor, person: Person) -> Asked:
    return Asked(
        number=favor.pk,
        by=favor.by,
        is_mine=favor.by_id == person.pk,
        is_offer=favor.kind == Kind.OFFER,
        words=favor.words,
        taken_by=str(favor.taken_by) if favor.taken_by else "",
        is_taken_by_me=favor.taken_by_id == person.pk,
        is_taken=favor.taken_by_id is not None,
        is_done=favor.done_on is not None,
    )

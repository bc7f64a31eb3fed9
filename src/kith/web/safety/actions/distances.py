"""Somebody keeps away from somebody, or no longer does. The other one is not told."""

from kith.errors import InvalidInputError
from kith.web.people.models import Person
from kith.web.safety.choices import Kind
from kith.web.safety.models import Distance


def keep_away(*, person: Person, other: Person, kind: Kind) -> None:
    """Let `person` keep away from `other`; said twice, it is said once.

    Raises:
        InvalidInputError: If the two are one.
    """
    if person == other:
        raise InvalidInputError("Nobody can keep away from themselves.")
    Distance.objects.get_or_create(by=person, whom=other, kind=kind)


def undo(*, distance: Distance) -> None:
    """Let a distance no longer be kept."""
    distance.delete()

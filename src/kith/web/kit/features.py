"""Features that a study may switch for whoever lets it draw: asked from below, answered above.

Whoever shows a feature asks here; the app of studies answers if it is there, and nobody else need
know that it is. Only what kith offers by itself can be kept back. What somebody asks for in need
(a voice, a line, a plan, an ask) is not among it, and no study can take it from anybody.
"""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.dispatch import Signal

# Circles and pairs are put together for people; prompts come unasked, in a style.
MAY_WAIT: Final = frozenset({"circle", "pair", "prompts", "conversation"})

# Each answers `person=` with what that person's arm switches, by name.
asked = Signal()
# Each answers `feature=` with the keys of those who do not have it yet.
who_waits = Signal()


def of(person: UUID) -> Mapping[str, Any]:
    """Return what studies switch for this person; nothing for whoever lets none draw."""
    answers: Any = asked.send(sender=None, person=person)
    return {name: value for _, found in answers for name, value in found.items()}


def waits_for(feature: str) -> frozenset[UUID]:
    """Return the keys of those for whom an arm keeps this feature back for now."""
    answers: Any = who_waits.send(sender=None, feature=feature)
    return frozenset[UUID]().union(*(found for _, found in answers))

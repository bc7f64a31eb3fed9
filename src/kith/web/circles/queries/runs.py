"""What a run did, for who looks after kith: how many, and never who."""

from dataclasses import dataclass

from kith.web.circles.choices import ChairState
from kith.web.circles.models import Chair, Formation


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a run. Args: begun: new circles; filled: standing ones; people: asked in all."""

    begun: int
    filled: int
    people: int


def asked_by(formation: Formation) -> Asked:
    """Return how many were asked by a run that just was, and for what."""
    chairs = Chair.objects.filter(state=ChairState.ASKED, asked_at=formation.at)
    begun = formation.circles.count()
    return Asked(begun=begun, filled=formation.formed - begun, people=chairs.count())

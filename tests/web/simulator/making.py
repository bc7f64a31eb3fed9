"""What simulator tests ask for: as little as can be asked."""

from functools import lru_cache
from typing import Any

from django.utils import timezone

from kith.web.people.models import Person
from kith.web.simulator import actions, bridge
from kith.web.simulator.choices import State
from kith.web.simulator.models import Lived, Run

LEAST: dict[str, Any] = {
    "town": "usual", "design": "circles", "against": "nothing", "contacts": 2.0,
    "people": 200, "weeks": 4, "pairs": 2, "seed": 3,
}  # fmt: skip


def asked(person: Person, **said: Any) -> Run:
    """Return a run that `person` asked for."""
    return actions.ask(person=person, said={**LEAST, **said}, at=timezone.now())


def lived(run: Run) -> Run:
    """Return a run after all of its pairs were lived."""
    while actions.live_next():
        pass
    run.refresh_from_db()
    return run


@lru_cache
def pairs_of_least() -> tuple[dict[str, Any], ...]:
    """Return the pairs of the least run, lived once for all tests that only look at them."""
    run = Run(**LEAST)
    return tuple(bridge.live(run, number) for number in range(run.pairs))


def over(person: Person) -> Run:
    """Return a run of `person` that was lived before."""
    run = asked(person)
    Lived.objects.bulk_create(
        Lived(run=run, number=number, found=found) for number, found in enumerate(pairs_of_least())
    )
    Run.objects.filter(pk=run.pk).update(state=State.DONE, tries=run.pairs)
    run.refresh_from_db()
    return run

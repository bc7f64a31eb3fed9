"""How often, and when not."""

from datetime import time

from kith.web.notices.choices import Most
from kith.web.notices.models import Pace
from kith.web.people.models import Person


def choose_pace(
    *, person: Person, most: Most, quiet_from: time, quiet_until: time, zone: str
) -> None:
    """Nudge `person` at most so often, and not within those hours by the clock of `zone`."""
    chosen = {"most": most, "quiet_from": quiet_from, "quiet_until": quiet_until}
    if zone:
        chosen["zone"] = zone
    Pace.objects.update_or_create(person=person, defaults=chosen)


def keep_language(*, person: Person, language: str) -> None:
    """Remember in which language `person` reads, to write to them in it."""
    Pace.objects.update_or_create(person=person, defaults={"language": language})


def keep_zone(*, person: Person, zone: str) -> None:
    """Remember which clock `person` lives by, if their browser said so."""
    if zone:
        Pace.objects.update_or_create(person=person, defaults={"zone": zone})

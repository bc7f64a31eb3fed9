"""Somebody says something of themselves, or takes it back."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from kith.errors import InvalidInputError
from kith.web.people.choices import ALWAYS_PRIVATE, ShownTo, Topic
from kith.web.people.models import Person, Said


@transaction.atomic
def say(*, person: Person, topic: Topic, value: Any, shown_to: ShownTo = ShownTo.ME) -> None:
    """Keep what `person` says about `topic`, as `Said` describes it; nothing said leaves no row.

    Raises:
        InvalidInputError: If what is always private is to be shown.
    """
    if topic in ALWAYS_PRIVATE and shown_to != ShownTo.ME:
        raise InvalidInputError(f"{topic} is shown to nobody")
    if not value:
        unsay(person=person, topic=topic)
        return
    kept = {"value": value, "shown_to": shown_to}
    Said.objects.update_or_create(person=person, topic=topic, defaults=kept)


@transaction.atomic
def say_all(*, person: Person, said: Mapping[Topic, Any], shown_to: ShownTo) -> None:
    """Keep several things that `person` says at once."""
    for topic, value in said.items():
        say(person=person, topic=topic, value=value, shown_to=shown_to)


def unsay(*, person: Person, topic: Topic) -> None:
    """Forget what `person` said about `topic`."""
    Said.objects.filter(person=person, topic=topic).delete()

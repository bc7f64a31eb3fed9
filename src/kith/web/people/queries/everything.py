"""All that is kept about a person, and how they can come in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from kith.web.people.choices import Written
from kith.web.people.models import Person

# Of the person's own row: what is of no use to them, and no words of theirs.
_PERSON_SECRET = ("password", "is_active")


@dataclass(frozen=True, slots=True)
class WaysIn:
    """How somebody can come in."""

    has_words: bool
    has_codes: bool


def ways_in(person: Person) -> WaysIn:
    """Return which written keys `person` has."""
    kinds = set(person.written_keys.values_list("kind", flat=True))
    return WaysIn(has_words=Written.WORDS in kinds, has_codes=Written.RECOVERY in kinds)


@dataclass(frozen=True, slots=True)
class Drawer:
    """One kind of thing that is kept about a person: its name, and each of them by field."""

    name: str
    label: str
    things: list[dict[str, Any]]
    labels: dict[str, str]

    def shown(self) -> list[list[tuple[str, Any]]]:
        """Return each thing as pairs of words and value, empty ones left out."""
        return [
            [(self.labels[field], _said(value)) for field, value in thing.items() if value]
            for thing in self.things
        ]


def everything_of(person: Person) -> list[Drawer]:
    """Return all that is kept about `person`: their own row, and every row that points at it.

    It asks the database which tables those are, so that none can be forgotten.
    """
    drawers = [_drawer("person", Person, [person], _PERSON_SECRET)]
    for relation in Person._meta.related_objects:
        model = relation.related_model
        if relation.field.name in getattr(model, "NOT_TOLD_TO", ()):
            continue
        rows = model._default_manager.filter(**{relation.field.name: person})
        secret = (*getattr(model, "SECRET", ()), relation.field.name)
        drawers.append(_drawer(relation.get_accessor_name() or "", model, rows, secret))
    return [drawer for drawer in drawers if drawer.labels and drawer.things]


def _drawer(name: str, model: Any, rows: Iterable[models.Model], secret: tuple[str, ...]) -> Drawer:
    fields = [f for f in model._meta.concrete_fields if f.name not in (*secret, "id")]
    return Drawer(
        name=name,
        label=str(model._meta.verbose_name_plural),
        things=[{field.name: _plain(row, field) for field in fields} for row in rows],
        labels={field.name: str(field.verbose_name) for field in fields},
    )


def _plain(row: models.Model, field: Any) -> Any:
    value = getattr(row, field.name)
    if isinstance(value, Person):
        # Who the other one was is theirs to say.
        return gettext("Someone")
    if isinstance(value, models.Model):
        return str(value)
    # Django gives each row of choices its words by this name; a row may have more of them.
    in_words = getattr(row, f"get_{field.name}_display", None)
    return value if in_words is None else str(in_words())


def _said(value: Any) -> str:
    """Return `value` as people say it; only what is there is said."""
    if value is True:
        return gettext("yes")
    if isinstance(value, datetime):
        return f"{date_format(localtime(value), gettext('j F Y'))}, {time_format(localtime(value))}"
    return date_format(value, gettext("j F Y")) if isinstance(value, date) else str(value)

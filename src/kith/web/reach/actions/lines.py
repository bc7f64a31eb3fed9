"""What changes the lines: here only the file that kith comes with; stewards use their desk."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from kith.web.reach.models import Country, Line


@dataclass(slots=True)
class Refreshed:
    """What a refresh did, by the keys of the rows."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


@transaction.atomic
def refresh_lines(*, countries: Sequence[Country], lines: Sequence[Line]) -> Refreshed:
    """Bring the rows that nobody here changed to what kith ships, and return what was done.

    A row a steward changed is left as it is. Whether a row is hidden, and its place, are always
    the steward's. A line that is no longer shipped goes, unless a steward changed it.
    """
    done = Refreshed()
    for country in countries:
        _bring_up(country, Country.objects.filter(code=country.code).first(), country.code, done)
    for line in lines:
        _bring_up(line, Line.objects.filter(key=line.key).first(), line.key, done)
    shipped = {line.key for line in lines}
    for line in Line.objects.exclude(shipped={}):
        if line.key not in shipped:
            _withdraw(line, done)
    return done


def _bring_up(
    fresh: Country | Line, here: Country | Line | None, key: str, done: Refreshed
) -> None:
    """Add `fresh`, or bring `here` to what it says, unless somebody changed `here`."""
    if here is None:
        fresh.shipped = fresh.content
        fresh.save(force_insert=True)
        done.added.append(key)
    elif not here.is_as_shipped:
        done.kept.append(key)
    elif here.shipped != fresh.content:
        for name in fresh.CONTENT:
            setattr(here, name, getattr(fresh, name))
        here.shipped = here.content
        here.save()
        done.updated.append(key)


def _withdraw(line: Line, done: Refreshed) -> None:
    """Remove `line`, which kith no longer ships, unless somebody changed it."""
    if line.is_as_shipped:
        line.delete()
        done.removed.append(line.key)
    else:
        done.kept.append(line.key)

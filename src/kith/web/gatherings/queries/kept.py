"""Gatherings with their dates, kept in memory while nothing of them changes.

What somebody comes to, others come to as well, and their evenings are asked for again and again.
Whatever changes a gathering, its place or its dates gives it a new edition: a row that knows the
edition tells whether what is kept still holds. Nothing here is of a person.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from kith.web.gatherings.models import Gathering, Occasion
from kith.web.gatherings.queries.listed import occasions_by_gathering

KEPT = 5_000


@dataclass(frozen=True, slots=True)
class Dated:
    """A gathering with its place, and the dates that its rule does not give. Not to be changed."""

    gathering: Gathering
    occasions: Sequence[Occasion]


_kept: OrderedDict[tuple[int, int], Dated] = OrderedDict()
_lock = Lock()


def with_dates(editions: Mapping[int, int]) -> dict[int, Dated]:
    """Return gatherings by their numbers, given the edition of each: in two questions at most.

    One that is gone meanwhile is not among them. Who may see them was asked already.
    """
    found = {number: _kept.get((number, edition)) for number, edition in editions.items()}
    missing = [number for number, dated in found.items() if dated is None]
    read = _read(missing) if missing else {}
    return {number: dated for number in found if (dated := found[number] or read.get(number))}


def dates_of_one(gathering: Gathering) -> Sequence[Occasion]:
    """Return the dates of `gathering`, as of its edition, that its rule does not give."""
    dated = with_dates({gathering.pk: gathering.edition}).get(gathering.pk)
    return dated.occasions if dated else ()


def forget() -> None:
    """Drop all of them."""
    with _lock:
        _kept.clear()


def _read(numbers: Sequence[int]) -> dict[int, Dated]:
    # The dates last: if they change in between, what is kept is of an edition nobody asks for.
    rows = list(Gathering.objects.filter(pk__in=numbers).select_related("place"))
    occasions = occasions_by_gathering(rows)
    read = {row.pk: Dated(row, tuple(occasions.get(row.pk, ()))) for row in rows}
    with _lock:
        for dated in read.values():
            _kept[dated.gathering.pk, dated.gathering.edition] = dated
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return read

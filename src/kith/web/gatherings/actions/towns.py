"""The names people may type, gathered from the places that gatherings meet at."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from statistics import median

from django.db import transaction

from kith.web.gatherings import access
from kith.web.gatherings.bridge import names
from kith.web.gatherings.choices import TownKind
from kith.web.gatherings.models import Place, Town

_BATCH = 2_000
_FIELDS = ("city", "borough", "neighborhood", "region", "country", "postal_code")

_Key = tuple[str, str, str, str]
_Point = tuple[float, float]


# Whether somebody who writes many has said that it is done once, when they have.
_is_later = ContextVar("_is_later", default=False)


def renew() -> None:
    """Rebuild after an edit; who edits many at once has it done at the end (`once`)."""
    if not _is_later.get():
        rebuild()


@contextmanager
def once() -> Iterator[None]:
    """Let all edits inside wait for one rebuilding, when they are done."""
    token = _is_later.set(True)
    try:
        yield
    finally:
        _is_later.reset(token)
    rebuild()


@transaction.atomic
def rebuild() -> int:
    """Write all towns and postcodes anew from the places in use; return how many."""
    found: dict[_Key, list[_Point]] = defaultdict(list)
    spelled: dict[_Key, str] = {}
    placed = Place.objects.filter(latitude__isnull=False, longitude__isnull=False)
    # A place counts once, however much meets there, as long as something does.
    used = placed.filter(pk__in=access.shown_to_all().values("place"))
    for *texts, lat, lon in used.values_list(*_FIELDS, "latitude", "longitude").iterator(_BATCH):
        for key, name in _keys(*texts):
            found[key].append((lat, lon))
            spelled.setdefault(key, name)
    Town.objects.all().delete()
    Town.objects.bulk_create(_towns(found, spelled), batch_size=_BATCH)
    return len(found)


def _keys(
    city: str, borough: str, neighborhood: str, region: str, country: str, postal_code: str
) -> Iterator[tuple[_Key, str]]:
    # Where a list names no town its region is what people call the place.
    for name in {city or region, borough, neighborhood} - {""}:
        if folded := names.fold(name):
            yield (TownKind.TOWN, folded, region, country), name
    for code in names.postcodes(postal_code, country):
        yield (TownKind.POSTCODE, names.fold(code), region, country), code


def _towns(found: dict[_Key, list[_Point]], spelled: dict[_Key, str]) -> Iterable[Town]:
    for (kind, folded, region, country), points in found.items():
        # The median stands where most doors are, whatever one wrong point says.
        yield Town(
            kind=kind,
            folded=folded[:128],
            name=spelled[kind, folded, region, country][:255],
            region=region,
            country=country,
            latitude=median(lat for lat, _lon in points),
            longitude=median(lon for _lat, lon in points),
            n_places=len(points),
        )

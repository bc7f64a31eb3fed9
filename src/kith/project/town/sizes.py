"""How large a demo's town is. Nothing here needs Django, so that its year is lived beside the rest."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kith.lab.living import Year, year_of

if TYPE_CHECKING:
    from kith.lab.publishing import Written

# A few hundred people, so that all is there within seconds.
PEOPLE: Final = 240
DAYS: Final = 365
GATHERINGS: Final = 12
STUDY_WEEKS: Final = 12
SEED: Final = 7


def demo_year() -> Year:
    """Return the year of a demo's town: always the same."""
    return year_of(people=PEOPLE, days=DAYS, gatherings=GATHERINGS, weeks=STUDY_WEEKS, seed=SEED)


def analyse(text: str, lock: str, records: Any, seed: int) -> "Written":
    """Return the report of a study; see kith.lab.publishing."""
    # What analyses is heavy: only who does it waits for it.
    from kith.lab.publishing import written  # noqa: PLC0415

    return written(text, lock, records, {}, seed)


class Beside(NamedTuple):
    """What another process does meanwhile.

    Args:
        year: Waits for the year of the town.
        report: Begins `analyse`, and returns what waits for it.
    """

    year: Callable[[], Year]
    report: Callable[..., Callable[[], "Written"]]


@contextmanager
def beside() -> Iterator[Beside]:
    """Yield what waits for the year, which another process lives meanwhile."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield Beside(
            pool.submit(demo_year).result, lambda *study: pool.submit(analyse, *study).result
        )


def one_after_the_other() -> Beside:
    """Return the same, done when it is waited for."""
    return Beside(demo_year, lambda *study: partial(analyse, *study))

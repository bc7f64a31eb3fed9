"""How large a demo's town is. Nothing here needs Django, so that its year is lived beside the rest."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Final

from kith.lab.living import Year, year_of

# A few hundred people, so that all is there within seconds.
PEOPLE: Final = 240
DAYS: Final = 365
GATHERINGS: Final = 12
STUDY_WEEKS: Final = 12
SEED: Final = 7


def demo_year() -> Year:
    """Return the year of a demo's town: always the same."""
    return year_of(people=PEOPLE, days=DAYS, gatherings=GATHERINGS, weeks=STUDY_WEEKS, seed=SEED)


@contextmanager
def year_beside() -> Iterator[Callable[[], Year]]:
    """Yield what waits for the year, which another process lives meanwhile."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield pool.submit(demo_year).result

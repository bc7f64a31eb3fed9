"""An amended index is the one that would have been built."""

from datetime import UTC, datetime, time

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kith.core.finding import Entry, build
from kith.core.finding.building import amended
from kith.core.finding.nearness import least
from kith.core.schedule import Schedule

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def entry(number, latitude, hour):
    schedule = Schedule("UTC", time(hour), 60, "FREQ=WEEKLY;BYDAY=MO,TH")
    longitude = 0.0 if latitude is not None else None
    return Entry(number, latitude, longitude, 1 + hour % 3, 0, 0, hour, 0, 0, schedule)


def said(index):
    """What an index says of each gathering, whatever the order of its rows."""
    return {
        number: (
            index.starts[index.first[row] : index.first[row + 1]].tolist(),
            float(index.latitude[row]),
            int(index.kinds.modes[row]),
            int(index.kinds.languages[row]),
        )
        for row, number in enumerate(index.number.tolist())
    }


places = st.one_of(st.none(), st.sampled_from([-30.0, 0.0, 51.5]))
towns = st.dictionaries(st.integers(1, 12), st.tuples(places, st.integers(0, 23)), max_size=8)


@given(towns, towns, st.frozensets(st.integers(1, 12), max_size=4))
def test_amended_index_is_the_one_that_would_have_been_built(before, changed, gone):
    gone -= changed.keys()
    old = build([entry(n, *of) for n, of in before.items()], NOW)

    new = amended(old, [entry(n, *of) for n, of in changed.items()], gone)

    after = {n: of for n, of in (before | changed).items() if n not in gone}
    whole = build([entry(n, *of) for n, of in after.items()], NOW)
    assert said(new) == said(whole)
    assert new.n_placed == whole.n_placed


@given(st.lists(st.integers(0, 50), max_size=3000), st.integers(0, 20))
def test_least_are_the_least_and_of_equal_ones_the_earlier(numbers, count):
    values = np.array(numbers, np.float32)

    chosen = least(values, count)

    assert chosen.tolist() == np.argsort(values, kind="stable")[:count].tolist()


def test_least_of_very_many_are_still_the_least():
    values = np.random.default_rng(1).random(100_000).astype(np.float32)

    assert least(values, 8).tolist() == np.argsort(values, kind="stable")[:8].tolist()

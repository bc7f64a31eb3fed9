from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from kith.core.finding import Entry, build
from kith.core.finding.index import FAR_AWAY, HORIZON_DAYS, IN_PERSON, unit_vectors
from kith.core.schedule import Schedule

NOW = datetime(2026, 3, 25, 12, tzinfo=UTC)


def entry(number, schedule, latitude=None):
    return Entry(
        number, latitude, 0.0 if latitude is not None else None, IN_PERSON, 0, 0, 0, 0, 0, schedule
    )


def at(index, number):
    """The starts of gathering `number`, as text in UTC."""
    row = index.number.tolist().index(number)
    starts = index.starts[index.first[row] : index.first[row + 1]].tolist()
    return [f"{datetime.fromtimestamp(s * 60, UTC):%a %d %b %H:%M}" for s in starts]


def test_rows_run_from_south_to_north_and_those_without_a_point_last():
    schedule = Schedule("UTC", time(19), 60, "FREQ=WEEKLY;BYDAY=MO")
    index = build([entry(1, schedule, 60.0), entry(2, schedule), entry(3, schedule, -30.0)], NOW)

    assert index.number.tolist() == [3, 1, 2]
    assert index.n_placed == 2


def test_local_hour_stays_when_clocks_go_forward():
    # London goes from 01:00 to 02:00 on Sunday, 29 March 2026.
    index = build(
        [entry(1, Schedule("Europe/London", time(19), 60, "FREQ=WEEKLY;BYDAY=SA,SU"))], NOW
    )

    assert at(index, 1)[:2] == ["Sat 28 Mar 19:00", "Sun 29 Mar 18:00"]


def test_weekday_is_the_one_of_the_rule():
    index = build([entry(1, Schedule("UTC", time(8), 60, "FREQ=WEEKLY;BYDAY=WE"))], NOW)

    assert all(text.startswith("Wed") for text in at(index, 1))


def test_what_already_runs_is_there_and_the_horizon_ends():
    daily = Schedule("UTC", time(11), 120, "FREQ=DAILY")

    index = build([entry(1, daily)], NOW)

    first, last = at(index, 1)[0], at(index, 1)[-1]
    assert first <= "Wed 25 Mar 11:00"
    assert last == f"{NOW + timedelta(days=HORIZON_DAYS):%a %d %b} 11:00"


def test_date_on_which_nobody_meets_is_left_out():
    off = (date(2026, 3, 30),)
    index = build([entry(1, Schedule("UTC", time(9), 60, "FREQ=WEEKLY;BYDAY=MO", None, off))], NOW)

    assert at(index, 1) == ["Mon 06 Apr 09:00"]


def test_length_nobody_gave_is_an_hour():
    index = build([entry(1, Schedule("UTC", time(9), None, "FREQ=WEEKLY;BYDAY=MO"))], NOW)

    assert set((index.ends - index.starts).tolist()) == {60}


def test_unit_vectors_lie_on_the_ball_and_unknown_ones_far_away():
    vectors = unit_vectors([(0.0, 0.0), (90.0, 10.0), (None, None)])

    assert np.allclose(vectors[:2], [[1, 0, 0], [0, 0, 1]], atol=1e-6)
    assert vectors[2].tolist() == [FAR_AWAY] * 3

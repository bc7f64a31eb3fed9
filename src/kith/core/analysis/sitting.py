"""Who sat with whom: circles out of the records of chairs, as a draw and its analysis need them."""

import numpy as np

from kith.core.analysis.deriving import drawn_on
from kith.core.records import StudyRecords


def circle_mates(records: StudyRecords) -> tuple[np.ndarray, np.ndarray]:
    """Return who shares a circle with whom, each pair both ways; two columns of people.

    Counted is only a chair that somebody had on the day of their own draw: whoever sits down later
    may do so because of what was drawn, and that would be no exposure but an outcome. Two are
    together if both had such a chair in one circle, and at one time.
    """
    rows = _at_the_draw(records)
    chairs = records.chairs
    person, circle = chairs.person[rows], chairs.circle[rows]
    starts, ends = chairs.starts[rows], _ends(records)[rows]
    order = np.argsort(circle, kind="stable")
    ego, other = [], []
    for sat in np.split(order, np.flatnonzero(np.diff(circle[order])) + 1):
        is_at_once = (starts[sat][:, None] < ends[sat][None]) & (
            starts[sat][None] < ends[sat][:, None]
        )
        one, two = np.nonzero(is_at_once & (person[sat][:, None] != person[sat][None]))
        ego.append(person[sat][one])
        other.append(person[sat][two])
    pairs = np.unique(np.stack([np.concatenate(ego), np.concatenate(other)], axis=1), axis=0)
    return pairs[:, 0].astype(np.int64), pairs[:, 1].astype(np.int64)


def circle_of(records: StudyRecords) -> np.ndarray:
    """Return the circle in which each person sat longest since their draw, (people,); -1 for none."""
    chairs, start = records.chairs, drawn_on(records)
    found = np.full(records.people, -1, np.int64)
    if not len(chairs.person):
        return found
    time = _ends(records) - np.fmax(chairs.starts, start[chairs.person])
    rows = np.flatnonzero(time > 0)
    rows = rows[np.lexsort((chairs.circle[rows], time[rows]))]
    found[chairs.person[rows]] = chairs.circle[rows]
    return found


def _at_the_draw(records: StudyRecords) -> np.ndarray:
    day = drawn_on(records)[records.chairs.person]
    return np.flatnonzero((records.chairs.starts <= day) & (day < _ends(records)))


def _ends(records: StudyRecords) -> np.ndarray:
    """Return until when each chair was had: without an end, until the last day of these records."""
    last = max(records.follow_up.ends.max(initial=0), records.chairs.starts.max(initial=0)) + 1
    return np.where(np.isnan(records.chairs.ends), last, records.chairs.ends)

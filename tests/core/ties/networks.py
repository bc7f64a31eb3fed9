"""Ties of a few people by pair, and hypothesis strategies for what to draw them from."""

from itertools import combinations

import numpy as np
from hypothesis import strategies as st

from kith.core.ties import RULE, Ties

PEOPLE = 6
PAIRS = tuple(combinations(range(PEOPLE), 2))


def network(strengths, helps=None, people=PEOPLE):
    """Return ties of the given strength by pair, with (help_up, help_down) by pair."""
    pairs = sorted(strengths)
    rows = [(*pair, strengths[pair], *(helps or {}).get(pair, (0, 0)), 0) for pair in pairs]
    low, high, *values = np.array(rows, np.float64).reshape(-1, 6).T.copy()
    return Ties(people, RULE, low.astype(np.int32), high.astype(np.int32), *values)


def renumbered(ties, number):
    """Return the same ties with `number[person]` for each person, and where each row went."""
    ends = np.array(number, np.int32)[np.stack((ties.low, ties.high))]
    is_turned = ends[0] > ends[1]
    low, high = ends.min(axis=0), ends.max(axis=0)
    order = np.lexsort((high, low))
    help_up = np.where(is_turned, ties.help_down, ties.help_up)
    help_down = np.where(is_turned, ties.help_up, ties.help_down)
    columns = (low, high, ties.strength, help_up, help_down, ties.day)
    return Ties(ties.people, ties.rule, *(column[order] for column in columns)), order


strengths = st.dictionaries(
    st.sampled_from(PAIRS), st.floats(2**-20, 1, exclude_max=True), max_size=len(PAIRS)
)
helps = st.dictionaries(
    st.sampled_from(PAIRS), st.tuples(*[st.sampled_from([0.0, 0.5, 1.0, 3.25, 40.0])] * 2)
)
numbers = st.permutations(range(PEOPLE))
choices = st.lists(st.booleans(), min_size=PEOPLE, max_size=PEOPLE).map(np.array)

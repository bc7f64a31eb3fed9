import numpy as np
from tests.core.matching.circle_of_friends import people

from kith.core.matching import Circles
from kith.core.matching.outcome import outcome


def circles(members, values):
    some = Circles.of(members)
    return Circles(some.member, some.hour, some.mode, np.array(values, np.int64))


def test_outcome_counts_everybody_and_the_tenth_who_got_least():
    some = people(20, weeks_waiting=[0] * 19 + [7])

    said = outcome(some, circles([range(4), range(4, 10), range(10, 19)], [400, 900, 1_800]))

    assert said[:4] == (20, 3, 19, 3_100)
    assert said.value_per_person == 155
    # Shares are 100, 150, 200 and nothing: the lowest two of twenty, the lowest one of nineteen.
    assert (said.worst_decile, said.worst_decile_placed) == (50, 100)
    assert said.longest_wait_weeks == 7


def test_outcome_of_nobody_is_nothing():
    assert outcome(people(0), Circles.of([])) == (0, 0, 0, 0, 0.0, 0.0, 0.0, 0)

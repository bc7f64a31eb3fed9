from itertools import combinations

import numpy as np
import pytest
from benchmarks.crowd import crowd
from tests.core.matching.circle_of_friends import EVENING, MONDAY, people, week

from kith.core.matching import Circles, Sizes
from kith.core.matching.check import Violation, violations
from kith.core.matching.churn import Ways, beginning, week_later
from kith.core.matching.going_on import broken, most_who_go_on, most_who_wait, plain, wrongs
from kith.core.matching.search import Effort, form
from kith.core.matching.tally import tally
from kith.core.matching.year import weeks

QUICK = Effort(6.0, wide=20, few=24)


def forming(found=None, *, may_move=False):
    """A weekly run; what `check` says of it goes into `found`."""

    def run(some, last, seed):
        circles = form(some, seed=seed, last=last, may_move=may_move, effort=QUICK)
        if found is not None:
            found.extend(violations(some, circles, seed=seed, last=last))
        return circles

    return run


def test_in_weeks_of_life_no_circle_is_broken_and_no_rule():
    found: list[Violation] = []

    said = tally(list(weeks(crowd(300), forming(found), seed=1, many=8)))

    assert (said.circles_broken, said.rules_broken, found) == (0, 0, [])
    assert said.pairs_kept_untouched == 1
    assert said.pairs_kept > 0.97
    assert said.circles_to_keep > 200


def test_year_hangs_on_its_seed_alone():
    def lived(seed):
        return [
            (one.said, one.pairs, one.waited.tolist(), one.here.tolist())
            for one in weeks(crowd(120), forming(), seed=seed, many=4)
        ]

    assert lived(1) == lived(1)
    assert lived(1) != lived(2)


def test_count_finds_circles_that_an_engine_breaks():
    def scatter(some, last, seed):
        """Form circles as if there had been none."""
        return form(some, seed=seed, effort=QUICK)

    said = tally(list(weeks(crowd(300), scatter, seed=1, many=4)))

    assert said.rules_broken == 0
    assert said.circles_broken > 50
    assert said.pairs_kept < 0.9


def test_as_many_are_here_each_week_and_about_half_complete_an_arc():
    year = list(weeks(crowd(300), forming(), seed=3, many=12))

    here = [one.said.people for one in year]
    # A few more only in a week in which more come back than leave.
    assert min(here) == here[0] == 300
    assert max(here) < 310
    assert 0.3 < tally(year).completed < 0.6


def test_two_who_sat_together_three_times_know_each_other():
    seen = []

    def run(some, last, seed):
        seen.append(sorted(map(tuple, np.sort(some.ties, axis=1).tolist())))
        return form(some, seed=seed, last=last, may_move=False, effort=QUICK)

    still = Ways(*[0.0] * 11)
    list(weeks(people(4), run, seed=1, many=5, ways=still))

    assert seen == [[], [], [], list(combinations(range(4), 2)), list(combinations(range(4), 2))]


def test_who_left_for_good_is_followed_by_others_who_are_new():
    some = crowd(200)
    everybody_tires = Ways(tires=1.0, for_good=1.0, pauses=0.0)

    later = week_later(beginning(some), some, everybody_tires, 1, 1)

    assert len(later.people) == 200
    assert later.people.id.min() > some.id.max()
    assert later.people.days.max() < 15
    assert later.gave_up.tolist() == [0] * 200


# ---- the plain code that counts ---------------------------------------------


def test_circle_is_broken_if_fewer_sit_together_than_could():
    some = plain(people(10))
    last = [[0, 1, 2, 3, 4]]

    assert broken(some, last, Circles.of([[0, 1, 2, 3, 4, 5]])) == []
    assert broken(some, last, Circles.of([[0, 1, 2, 3], [4, 5, 6, 7]])) == [0]
    assert broken(some, last, Circles.of([])) == [0]


def test_circle_that_people_broke_is_not_counted():
    apart = plain(people(8, exclusions=[(0, 4)]))
    other_hours = plain(
        people(8, week=np.array([MONDAY] * 4 + [week(EVENING + 48, EVENING + 49)] * 4, np.uint64))
    )

    assert broken(apart, [[0, 1, 2, 3, 4]], Circles.of([[1, 2, 3, 4]])) == []
    assert broken(other_hours, [[0, 1, 2, 3, 4]], Circles.of([[0, 1, 2, 3]])) == []
    assert broken(other_hours, [[2, 3, 4, 5]], Circles.of([])) == []


def test_what_is_left_of_a_circle_waits_as_one_or_is_split():
    some = plain(people(9))

    assert broken(some, [[0, 1, 2]], Circles.of([])) == []
    assert broken(some, [[0, 1, 2]], Circles.of([[0, 1, 2, 3]])) == []
    assert broken(some, [[0, 1, 2]], Circles.of([[0, 1, 3, 4], [2, 5, 6, 7]])) == [0]
    assert broken(some, [[0, 1, 2]], Circles.of([[0, 3, 4, 5]])) == [0]


def test_too_many_in_their_first_days_go_on_with_fewer():
    some = plain(people(5, days=[400, 400, 400, 10, 10]))

    assert most_who_go_on(some, [0, 1, 2, 3, 4], Sizes()) == 4
    assert most_who_wait(some, [0, 1, 2, 3, 4]) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("columns", [
    {"days": [10] * 4}, {"languages": [1, 1, 1, 2]}, {"requires": [1, 0, 0, 0]},
    {"exclusions": [(0, 3)]}, {"steadiness": [0] * 4}, {"mode": [2, 2, 2, 1], "latitude": [0.0] * 4, "longitude": [0.0] * 4},
    {"mode": [1] * 4, "latitude": [0.0, 0.0, 0.0, 1.0], "longitude": [0.0] * 4},
    {"week": np.array([MONDAY] * 3 + [week(EVENING, EVENING + 2)], np.uint64)},
])  # fmt: skip
def test_plain_code_and_check_find_the_same_wrong(columns):
    columns = {"languages": [1] * 4, **columns}
    columns["languages"] = np.array(columns["languages"], np.uint64)
    some = people(4, **columns)
    mode = int(some.mode.min())
    circle = Circles.of([[0, 1, 2, 3]], [EVENING], [mode])

    said = {one.rule for one in violations(some, circle, seed=1)} - {"value"}

    assert said != set()
    assert wrongs(plain(some), circle, []) != []


def test_plain_code_and_check_find_nothing_wrong_with_what_the_engine_forms():
    some = crowd(300)
    circles = form(some, seed=1, effort=QUICK)

    assert violations(some, circles, seed=1) == []
    assert wrongs(plain(some), circles, []) == []

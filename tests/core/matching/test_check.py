"""The checker, by hand: each rule broken once."""

import numpy as np
import pytest
from tests.core.matching.circle_of_friends import EVENING, MONDAY, people, week

from kith.core.matching import Circles, Points, Sizes
from kith.core.matching.check import BrokenCirclesError, chance, checked, violations, worth

NO_CHANCE = Points(share_of_chance=0.0)


def broken(some, members=((0, 1, 2, 3),), mode=2, hour=EVENING, sizes=Sizes(), last=None):
    """The rules that circles break, apart from what they say they are worth."""
    circles = Circles.of(members, [hour] * len(members), [mode] * len(members))
    said = violations(some, circles, seed=1, sizes=sizes, last=last)
    return [one.rule for one in said if one.rule != "value"]


def test_circle_that_breaks_nothing_is_fine():
    assert broken(people(4)) == []


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({"week": np.array([MONDAY] * 3 + [week(EVENING)], np.uint64)}, "hour"),
        ({"languages": [3, 1, 3, 2]}, "language"),
        ({"exclusions": [(3, 1)]}, "exclusion"),
        ({"requires": [1, 0, 0, 0], "offers": [1, 1, 1, 0]}, "space"),
        ({"days": [29, 29, 400, 400]}, "newness"),
        ({"steadiness": [0] * 4}, "steadiness"),
        ({"steadiness": [2, 0, 0, 0], "days": [89, 400, 400, 400]}, "steadiness"),
    ],
)
def test_circle_that_breaks_a_rule_is_found(columns, rule):
    assert broken(people(4, **columns)) == [rule]


def test_circle_of_whom_all_are_new_is_found():
    assert broken(people(4, days=[89] * 4)) == ["newness", "steadiness"]


def test_circle_too_small_or_too_large_is_found():
    assert broken(people(3), [range(3)]) == ["size"]
    assert broken(people(7), [range(7)]) == ["size"]


def test_somebody_who_sits_twice_is_found():
    assert broken(people(7), [(0, 1, 2, 3), (3, 4, 5, 6)]) == ["seat"]


def test_circle_in_a_mode_that_one_does_not_want_is_found():
    some = people(4, mode=[3, 3, 3, 1], latitude=[0] * 4, longitude=[0] * 4)

    assert broken(some, mode=2) == ["mode"]
    assert broken(some, mode=1) == []


def test_circle_in_person_too_far_apart_is_found():
    # One hundredth of a degree of longitude at the equator is 1,112 m.
    some = people(
        4, mode=[3] * 4, latitude=[0] * 4, longitude=[0, 0, 0, 0.01], reach_km=[1.1, 9, 9, 9]
    )
    near = people(
        4, mode=[3] * 4, latitude=[0] * 4, longitude=[0, 0, 0, 0.01], reach_km=[1.2, 9, 9, 9]
    )

    assert broken(some, mode=1) == ["distance"]
    assert broken(some, mode=2) == []
    assert broken(near, mode=1) == []


def test_one_in_their_first_thirty_days_among_four_is_fine_and_two_among_six():
    assert broken(people(4, days=[29, 400, 400, 400])) == []
    assert broken(people(6, days=[29, 29, 400, 400, 400, 400]), [range(6)]) == []


def test_hour_may_run_from_sunday_into_monday():
    some = people(4, week=np.array([week(335, 0)] * 4, np.uint64))

    assert broken(some, hour=335) == []
    assert broken(some, hour=0) == ["hour"]


def test_circle_that_goes_on_may_lack_somebody_steady_and_a_new_one_may_not():
    some = people(5, steadiness=[0] * 5)
    last = Circles.of([[0, 1, 2, 3]])

    assert broken(some, [range(5)], last=last) == []
    assert broken(some, [(0, 1, 2, 4)], last=last) == ["steadiness"]


def test_pair_is_asked_only_that_both_are_not_new_and_have_not_just_met():
    pair = Sizes(2, 2)

    assert broken(people(2, days=[10, 400], steadiness=[0, 0]), [(0, 1)], sizes=pair) == []
    assert broken(people(2, days=[10, 80]), [(0, 1)], sizes=pair) == ["newness"]
    assert broken(people(2), [(0, 1)], sizes=pair, last=Circles.of([[1, 0]])) == ["partner"]


def test_value_is_sixty_times_what_the_formula_says_by_hand():
    some = people(
        4,
        practices=[0b11, 0b11, 0b01, 0],  # 0-1 share two (50), 0-2 and 1-2 one (30 each)
        gives=[0b1, 0b10, 0, 0],
        receives=[0b10, 0b1, 0b1, 0],  # 0 and 1 meet (12 + 12 + 20), 2 asks of 0 (12)
        ties=[(2, 3)],  # -15, and a bridge: 40
        roles=[1, 2, 2, 0],  # two roles: 16
        weeks_waiting=[0, 2, 0, 40],  # 150 each, 30 more and 150 more
        cluster=[1, 1, 2, 0],  # 0-2 and 1-2: 8 each
    )

    values = worth(some, Circles.of([[0, 1, 2, 3]]), seed=1, points=NO_CHANCE)

    pairs = 50 + 30 + 30 + 44 + 12 - 15 + 8 + 8
    whole = 40 + 16 + 3 * 10 + 4 * 150 + 30 + 150
    assert values.tolist() == [60 * pairs // 3 + 60 * whole]


def test_nearness_counts_in_person_only():
    some = people(4, mode=[3] * 4, latitude=[0] * 4, longitude=[0, 0, 0, 0.02])
    circles = Circles.of([[0, 1, 2, 3]] * 1, modes=[1])

    there = worth(some, circles, seed=1, points=NO_CHANCE)
    online = worth(some, Circles.of([[0, 1, 2, 3]]), seed=1, points=NO_CHANCE)

    # Three pairs in one place (20 each), three that are 2.2 km apart (15 each).
    assert (there - online).tolist() == [20 * (3 * 20 + 3 * 15)]


def test_circles_that_break_a_rule_are_not_handed_on():
    some = people(4, languages=[1, 1, 1, 2])

    with pytest.raises(
        BrokenCirclesError, match=r"broken rules .*\['language', 'value'\]"
    ) as error:
        checked(some, Circles.of([[0, 1, 2, 3]], [EVENING]), seed=1)

    assert [one.circle for one in error.value.violations] == [0, 0]


def test_chance_is_the_same_both_ways_and_each_number_of_points_is_as_likely():
    one, other = np.arange(200_000), np.arange(200_000) + 1_000_000

    points = chance(one, other, 7, Points())

    assert (points == chance(other, one, 7, Points())).all()
    counts = np.bincount(points, minlength=Points().chance + 1)
    expected = 200_000 / (Points().chance + 1)
    # Chi-squared with 40 degrees of freedom: 99.9 % lie below 73.4.
    assert len(counts) == 41
    assert ((counts - expected) ** 2 / expected).sum() < 73.4


def test_another_seed_throws_other_dice():
    one, other = np.arange(100), np.arange(100) + 1_000

    assert chance(one, other, 1, Points()).tolist() != chance(one, other, 2, Points()).tolist()

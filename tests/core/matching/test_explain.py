import numpy as np
from tests.core.matching.circle_of_friends import EVENING, people

from kith.core.matching import Circles
from kith.core.matching.explain import Meeting, reasons

SOME = people(
    5,
    practices=[0b0111, 0b0110, 0b0100, 0b1000, 0],
    gives=[0b1, 0b10, 0, 0b10, 0],
    receives=[0b10, 0b1, 0b11, 0, 0],
    languages=np.array([0b11, 0b11, 0b111, 0b11, 0b1], np.uint64),
    ties=[(1, 2), (3, 4)],
)


def test_reasons_are_what_is_in_common_whose_ask_is_met_and_the_hour():
    why = reasons(SOME, Circles.of([[0, 1, 2, 3]], [EVENING], [2]), 0)

    assert why.in_common == (2, 1)
    assert why.languages == (0, 1)
    # 2 asks what both can give: each time somebody else, if possible.
    assert why.meetings == (Meeting(0, 1, 1), Meeting(1, 0, 0), Meeting(2, 3, 1))
    assert (why.hour, why.mode) == (EVENING, 2)
    assert why.knows_somebody == (1, 2)


def test_reasons_hold_no_number_about_a_person():
    assert {"in_common", "languages", "meetings", "hour", "mode", "knows_somebody"} == set(
        reasons(SOME, Circles.of([[0, 1, 2, 3]], [EVENING], [2]), 0)._fields
    )

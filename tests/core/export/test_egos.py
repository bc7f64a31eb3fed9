import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kith.core.export.egos import egos
from kith.core.records import Act, ActLog, Help, Mode

EVERYBODY = np.ones(4, np.bool_)
ACTS = (
    Act(1.0, 0, 1, Mode.VOICE, 30.0, Help.GIVEN),
    Act(2.0, 1, 0, Mode.VOICE, 30.0, Help.GIVEN),
    Act(3.0, 2, 0, Mode.TEXT, 60.0, Help.GIVEN),
)


def test_ties_by_hand():
    own = egos(ActLog.of(ACTS, people=4), EVERYBODY)

    assert own.degree.tolist() == [2, 1, 1, 0]
    # 0 and 1 helped each other; 2 helped 0, one way.
    assert own.mutual.tolist() == [1, 1, 0, 0]
    # Person 0 spent half of the time with each: two people's worth.
    np.testing.assert_allclose(own.breadth, [2, 1, 1, 0])


def test_act_with_somebody_who_did_not_agree_counts_for_nobody():
    own = egos(ActLog.of(ACTS, people=4), np.array([True, True, False, True]))

    assert own.degree.tolist() == [1, 1, 0, 0]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 3), st.floats(0, 90)).filter(lambda a: a[0] != a[1]), max_size=30))  # fmt: skip
def test_mutual_and_breadth_never_exceed_degree(acts):
    log = ActLog.of([Act(0.0, a, b, Mode.TEXT, m, h) for a, b, h, m in acts], people=6)

    own = egos(log, np.ones(6, np.bool_))

    assert (own.mutual <= own.degree).all()
    assert (own.breadth <= own.degree + 1e-9).all()
    assert own.degree.sum() % 2 == own.mutual.sum() % 2 == 0

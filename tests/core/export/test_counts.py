import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kith.core.export.counts import LEAST, counts, exact


def people(table):
    """Rows and columns of each person of a table of counts."""
    rows, columns = [], []
    for i, line in enumerate(table):
        for j, n in enumerate(line):
            rows += [f"r{i}"] * n
            columns += [f"c{j}"] * n
    return rows, columns


def shown(table):
    return [[c if s else None for c, s in zip(*line, strict=True)] for line in zip(table.count.tolist(), table.is_shown.tolist(), strict=True)]  # fmt: skip


def test_small_cell_takes_three_others_with_it_so_that_totals_do_not_give_it_back():
    table = counts(*people([[3, 40, 50], [20, 30, 60], [70, 80, 90]]))

    # By hand: 3 is too few. Alone in its line, so 40 goes with it, and 20; those two are alone in
    # their other lines, so 30 goes too. What is left fits more than one number in each gap.
    assert shown(table) == [
        [None, None, 50, 93],
        [None, None, 60, 110],
        [70, 80, 90, 240],
        [93, 150, 200, 443],
    ]


def test_large_cells_all_leave():
    table = counts(*people([[11, 40], [20, 30]]))

    assert table.is_shown.all()
    assert table.rows == ("r0", "r1", "all")
    assert table.said()[0] == ("r0", "c0", 11)


def test_two_small_cells_that_come_to_too_little_take_a_third():
    # 2 + 3 are 5 people, which 60 - 55 would tell.
    table = counts(*people([[2, 3, 55], [40, 50, 60]]))

    assert shown(table)[0][:3] == [None, None, None] or not table.is_shown[0, 3]
    assert exact(table.count, table.is_shown) == []


def test_nothing_leaves_of_few_people():
    table = counts(*people([[2, 3], [1, 4]]))

    assert not table.is_shown.any()


def test_audit_finds_what_a_total_gives_back():
    count = np.array([[3, 40, 43], [20, 30, 50], [23, 70, 93]])
    is_shown = count >= LEAST

    assert exact(count, is_shown) == [(0, 0)]


@given(st.lists(st.lists(st.integers(0, 40), min_size=2, max_size=3), min_size=2, max_size=3).filter(lambda t: len({len(r) for r in t}) == 1 and sum(map(sum, t)) > 0))  # fmt: skip
def test_no_cell_under_eleven_leaves_and_none_can_be_worked_out(table):
    made = counts(*people(table))

    assert (made.count[made.is_shown] >= LEAST).all()
    assert exact(made.count, made.is_shown) == []
    lines = [*zip(made.count, made.is_shown, strict=True), *zip(made.count.T, made.is_shown.T, strict=True)]  # fmt: skip
    for count, is_shown in lines:
        inner = ~is_shown[:-1]
        assert not (is_shown[-1] and inner.any()) or count[:-1][inner].sum() >= LEAST

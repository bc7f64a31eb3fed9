import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.measures.test_battery import PLAIN

from kith.core.measures import all_instruments, instrument, parse_instrument, score, scores
from kith.core.records import Missing
from kith.core.rng import stream
from kith.errors import InvalidInputError


def test_a_score_worked_by_hand():
    lonely = {"companionship": 3, "left_out": 2, "isolated": 3}
    mood = {"nervous": 1, "worrying": 2, "interest": 3, "down": 0}

    assert score(instrument("ucla3"), lonely) == 8
    assert score(instrument("phq4"), mood) == 6
    assert score(instrument("phq4"), mood, "anxiety") == 3
    assert (
        score(
            instrument("srbai_use"), {"automatically": 7, "remember": 6, "thinking": 6, "before": 2}
        )
        == 5.25
    )
    assert score(instrument("momentary"), {"did": 1}, "reached") == 1
    assert score(instrument("momentary"), {"did": 1}, "used") == 0


def test_a_reversed_item_counts_the_other_way_round():
    plain = parse_instrument(PLAIN, "plain")

    assert score(plain, {"one": 1, "two": 1}) == 1 + (0 + 4 - 1)


@pytest.mark.parametrize(
    ("key", "answer", "published"),
    [
        # Vilsaint 2017: ten items of 1 to 6; 47 and more is the cut, which nine fives and a two reach.
        ("barc10", [5] * 9 + [2], 47),
        # Kroenke 2009: each of four at most 3, so at most 12.
        ("phq4", [3] * 4, 12),
        # Hughes 2004: three items of 1 to 3.
        ("ucla3", [1] * 3, 3),
        # Flannery 1999: five items of 0 to 6, at most 30.
        ("pacs", [6] * 5, 30),
    ],
)
def test_a_score_is_as_its_paper_counts(key, answer, published):
    of = instrument(key)
    answers = dict(zip([item.key for item in of.items], answer, strict=True))

    assert score(of, answers) == published


def test_one_item_too_few_is_no_score_and_says_why():
    lonely = instrument("ucla3")

    assert (
        score(lonely, {"companionship": 3, "left_out": 2, "isolated": Missing.PASSED})
        is Missing.PASSED
    )
    assert score(lonely, {"companionship": 3, "left_out": 2}) is Missing.NOT_ASKED
    assert score(lonely, {item.key: Missing.EXPIRED for item in lonely.items}) is Missing.EXPIRED


def test_the_reason_is_the_one_that_most_of_them_have():
    lonely = instrument("ucla3")
    answers = {
        "companionship": Missing.PASSED,
        "left_out": Missing.EXPIRED,
        "isolated": Missing.EXPIRED,
    }

    assert score(lonely, answers) is Missing.EXPIRED


def test_a_scale_that_can_spare_an_item_takes_the_mean_of_the_others():
    reach = instrument("srbai_reach")

    assert (
        score(reach, {"automatically": 7, "remember": 5, "thinking": 3, "before": Missing.PASSED})
        == 5
    )
    assert score(reach, {"automatically": 7, "remember": 5}) is Missing.NOT_ASKED


def test_a_sum_that_can_spare_an_item_is_prorated():
    plain = parse_instrument(
        PLAIN.replace('better = "lower"', 'better = "lower"\nneeds = 1'), "plain"
    )

    assert score(plain, {"one": 3}) == 6


@pytest.mark.parametrize("answer", [0, 4, 1.5, float("inf"), float("nan")])
def test_an_answer_nobody_could_give_is_refused(answer):
    with pytest.raises(InvalidInputError, match="is no answer to it; it has 1 to 3"):
        score(instrument("ucla3"), {"companionship": answer})


def test_an_unknown_item_is_refused():
    with pytest.raises(InvalidInputError, match=r"ucla3 has no items \['alone'\]"):
        score(instrument("ucla3"), {"alone": 1})


def test_columns_are_those_of_the_scale():
    with pytest.raises(InvalidInputError, match="must have 3 columns, got 2"):
        scores(instrument("ucla3"), np.ones((4, 2)), np.zeros((4, 2), np.int8))


SUMMED = [
    (key, scale.key)
    for key, of in all_instruments().items()
    for scale in of.scales
    if scale.how != "equals"
]


@given(st.data())
def test_a_score_is_in_its_range_and_rises_with_its_items(data):
    key, scale = data.draw(st.sampled_from(SUMMED))
    of = instrument(key)
    items = [of.item(name) for name in of.scale(scale).items]
    answers = {item.key: data.draw(st.integers(int(item.least), int(item.most))) for item in items}
    item = data.draw(st.sampled_from(items))
    more = answers | {item.key: min(answers[item.key] + 1, int(item.most))}

    least, most = of.range_of(scale)
    found = score(of, answers, scale)
    assert least <= found <= most
    assert score(of, more, scale) >= found


@pytest.mark.calibration
def test_a_score_with_an_item_missing_at_random_is_right_on_average():
    """Prorating is unbiased where items are missing whatever their answers."""
    dice = stream(7, "items")
    of = instrument("srbai_use")
    like = dice.normal(4, 1, (20_000, 1))
    value = np.clip(np.rint(like + dice.normal(0, 1, (20_000, 4))), 1, 7)
    missing = np.zeros(value.shape, np.int8)
    missing[np.arange(20_000), dice.integers(0, 4, 20_000)] = Missing.PASSED

    whole, _ = scores(of, value, np.zeros_like(missing))
    spared, reasons = scores(of, np.where(missing > 0, np.nan, value), missing)

    difference = spared - whole
    assert not reasons.any()
    assert abs(difference.mean()) < 4 * difference.std() / np.sqrt(20_000)

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.export.alike import NotAlikeError, make_alike
from kith.core.export.certified import certified
from kith.core.export.hierarchies import ANY, Hierarchy, of_age, of_place, of_word
from kith.errors import InvalidInputError


def test_columns_are_as_fine_as_k_allows():
    ages = ["18-24"] * 4 + ["25-34"] * 2 + ["35-44"] * 4
    gender = ["woman", "man"] * 5

    made = make_alike(["all"] * 10, [of_age(ages), of_word("gender", "", gender)], k=2)

    # By hand: bands in thirds and gender leave three or more alike everywhere. Bands as said would
    # leave one woman and one man of 25-34.
    assert made.levels == {"age_band": 1, "gender": 0}
    assert Counter(zip(*made.columns.values(), strict=True)) == {
        ("under 30", "woman"): 3, ("under 30", "man"): 3,
        ("30-49", "woman"): 2, ("30-49", "man"): 2,
    }  # fmt: skip


def test_few_who_stand_out_lose_their_columns_instead_of_everybody():
    words = ["en"] * 100 + ["fr"] * 2 + ["de", "it"]

    made = make_alike(["all"] * 104, [of_word("language", "", words)], k=4)

    assert made.levels == {"language": 0}
    assert Counter(made.columns["language"]) == {"en": 100, ANY: 4}
    assert made.n_left_out == 4


def test_place_loses_its_last_part_first():
    hierarchy = of_place(["US/OH/Franklin", "US/OH/Ross", "FR/Paris"])

    assert hierarchy.levels == (
        ("US/OH/Franklin", "US/OH/Ross", "FR/Paris"),
        ("US/OH", "US/OH", "FR/Paris"),
        ("US", "US", "FR"),
        (ANY, ANY, ANY),
    )


def test_small_arm_is_refused_and_says_what_stands_in_the_way():
    with pytest.raises(NotAlikeError) as refused:
        make_alike(["circle"] * 12 + ["listing"] * 3, [], k=11)

    assert refused.value.groups == ("listing",)
    assert "fewer than 11 people in: listing." in str(refused.value)


def test_nobody_at_all_is_refused():
    with pytest.raises(NotAlikeError, match="the whole export"):
        make_alike([], [], k=2)


def test_hierarchy_that_gets_finer_is_refused():
    with pytest.raises(InvalidInputError, match="must only get coarser"):
        Hierarchy("age", "", (("a", "a"), ("b", "c"), (ANY, ANY)))


@given(
    st.lists(
        st.tuples(st.sampled_from("AB"), st.sampled_from(["18-24", "30-39", "60-69"]), st.sampled_from("wmn"), st.sampled_from(["a/b", "a/c", "d"])),
        min_size=1, max_size=60,
    ),
    st.integers(2, 6),
)  # fmt: skip
def test_pycanon_finds_k_or_it_was_refused(people, k):
    arms, ages, gender, places = (list(column) for column in zip(*people, strict=True))

    try:
        made = make_alike(arms, [of_age(ages), of_word("gender", "", gender), of_place(places)], k=k)  # fmt: skip
    except NotAlikeError:
        assert min(Counter(arms).values()) < k
    else:
        assert certified({"arm": arms, **made.columns}, {}).k >= k

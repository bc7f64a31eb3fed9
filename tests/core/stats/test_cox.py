import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.hazard_regression import PHReg
from tests.core.stats.published import checks, columns

from kith.core.rng import stream
from kith.core.stats.cox import cox, hazard_ratio, proportional_hazards
from kith.errors import InvalidInputError, NoAnswerError


def uis():
    table = columns("uis/uis.csv")
    first = 10 / (table["NDT"] + 1)
    named = {
        "AGE": table["AGE"], "BECK": table["BECK"], "FP1=10/(n+1)": first,
        "FP2=FP1*ln((n+1)/10)": first * np.log((table["NDT"] + 1) / 10),
        "IV==3": table["IV"] == 3, "RACE": table["RACE"], "TREAT": table["TREAT"],
        "SITE": table["SITE"], "AGExSITE": table["AGE"] * table["SITE"],
        "RACExSITE": table["RACE"] * table["SITE"],
    }  # fmt: skip
    return (
        table["TIME"],
        table["CENSOR"] == 1,
        np.column_stack([*named.values()]).astype(float),
        tuple(named),
    )


def drawn(n=200, seed=1):
    dice = stream(seed, "rates")
    covariates = dice.normal(size=(n, 2))
    entry = dice.integers(0, 4, n).astype(float)
    time = entry + np.ceil(dice.exponential(5 * np.exp(-0.7 * covariates[:, 0])))
    return time, dice.random(n) < 0.8, covariates, entry


def test_coefficient_by_hand():
    # One of x = 1 has the event first, then one of x = 0, then one of x = 1:
    # e^b / (2 + 2 e^b) * 1 / (2 + e^b) * e^b / (e^b + 1) is largest where its slope is 0.
    time = np.array([1.0, 2, 3, 4])
    event = np.array([True, True, True, False])
    x = np.array([[1.0], [0], [1], [0]])

    fit = cox(time, event, x, ("x",))

    beta = fit.named("x").value
    r = np.exp(beta)
    slope = (1 - 2 * r / (2 + 2 * r)) - r / (2 + r) + (1 - r / (1 + r))
    assert slope == pytest.approx(0, abs=1e-8)
    assert fit.loglik == pytest.approx(np.log(r / (2 + 2 * r) / (2 + r) * r / (1 + r)))
    assert (fit.n, fit.n_events) == (4, 3)


def test_published_model_of_drug_treatment():
    time, event, covariates, names = uis()
    published = checks()["uis575_HL_final_breslow"]

    fit = cox(time, event, covariates, names, ties="breslow")

    found = {name: round(fit.named(name).value, 4) for name in names}
    assert found == published["coef"]
    assert fit.loglik == pytest.approx(published["loglik"], abs=5e-5)


def test_fit_is_that_of_statsmodels_where_that_is_right():
    # Without delayed entry, that is.
    time, event, covariates, _ = drawn()
    strata = (np.arange(len(time)) % 3).astype(np.int64)
    theirs = PHReg(time, covariates, event.astype(int), ties="efron", strata=strata).fit()

    fit = cox(time, event, covariates, ("a", "b"), strata=strata)

    np.testing.assert_allclose([e.value for e in fit.estimates], theirs.params, rtol=1e-6)
    np.testing.assert_allclose([e.se for e in fit.estimates], theirs.bse, rtol=1e-6)
    assert fit.loglik == pytest.approx(theirs.llf)


def test_error_by_cluster_is_what_leaving_clusters_out_says():
    # The jackknife over clusters knows no formula, and comes to about the same.
    time, event, covariates, entry = drawn(300)
    cluster = (np.arange(300) // 5).astype(np.int64)
    without = np.array(
        [
            [
                e.value
                for e in cox(time[k], event[k], covariates[k], ("a", "b"), entry=entry[k]).estimates
            ]
            for k in (cluster != c for c in range(60))
        ]
    )
    jackknife = np.sqrt(59 / 60 * ((without - without.mean(axis=0)) ** 2).sum(axis=0))

    fit = cox(time, event, covariates, ("a", "b"), entry=entry, cluster=cluster)

    np.testing.assert_allclose([e.se for e in fit.estimates], jackknife, rtol=0.08)


def test_two_rows_of_one_person_are_one_with_a_longer_time():
    time, event, covariates, _ = drawn(120)
    half = time / 2
    both = np.arange(120, dtype=np.int64)

    whole = cox(time, event, covariates, ("a", "b"), cluster=both)
    cut = cox(
        np.concatenate([half, time]), np.concatenate([np.zeros(120, bool), event]),
        np.concatenate([covariates, covariates]), ("a", "b"),
        entry=np.concatenate([np.zeros(120), half]), cluster=np.concatenate([both, both]),
    )  # fmt: skip

    np.testing.assert_allclose(
        [(e.value, e.se) for e in cut.estimates],
        [(e.value, e.se) for e in whole.estimates],
        rtol=1e-6,
    )


@settings(deadline=None, max_examples=20)
@given(st.floats(0.1, 50), st.floats(0.1, 9), st.integers(1, 99))
def test_units_move_nothing_but_what_they_must(unit, scale, seed):
    time, event, covariates, entry = drawn(60, seed)

    fit = cox(time, event, covariates, ("a", "b"), entry=entry)
    other = cox(time * unit, event, covariates * scale, ("a", "b"), entry=entry * unit)

    np.testing.assert_allclose(
        [e.value * scale for e in other.estimates],
        [e.value for e in fit.estimates],
        rtol=1e-5,
        atol=1e-7,
    )


def test_ratio_is_what_the_logarithm_says():
    time, event, covariates, _ = drawn()
    estimate = cox(time, event, covariates, ("a", "b")).named("a")

    ratio = hazard_ratio(estimate)

    assert ratio.value == pytest.approx(np.exp(estimate.value))
    assert (ratio.lower, ratio.upper) == pytest.approx(
        tuple(np.exp([estimate.lower, estimate.upper]))
    )


def test_drifting_hazard_is_found():
    dice = stream(2, "drift")
    x = dice.integers(0, 2, 800).astype(float)[:, None]
    # Group 1 has its events early and then none, group 0 the other way round.
    time = np.where(x[:, 0] == 1, dice.weibull(0.5, 800), 0.3 + dice.weibull(3.0, 800)) + 1e-9

    tests = proportional_hazards(time, np.ones(800, bool), x, ("x",))

    assert tests["x"].p < 1e-6
    assert tests[""].df == 1


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        ({"event": np.zeros(4, bool)}, NoAnswerError, "nobody had the event"),
        ({"covariates": np.ones((4, 1))}, NoAnswerError, "x says nothing"),
        ({"covariates": np.array([[1.0], [np.nan], [0], [1]])}, InvalidInputError, "row 1 has x nan"),
        ({"covariates": np.ones((4, 2))}, InvalidInputError, "4 rows of 1"),
        ({"covariates": np.array([[3.0], [2], [1], [0]])}, NoAnswerError, "x separates"),
        ({"time": np.array([1.0, -2, 3, 4])}, InvalidInputError, "row 1 has time -2"),
        ({"entry": np.array([0.0, 2, 0, 0])}, InvalidInputError, "row 1 has entry 2.0 and time 2.0"),
    ],
)  # fmt: skip
def test_what_has_no_answer_says_so(change, error, says):
    row = {
        "time": np.array([1.0, 2, 3, 4]), "event": np.array([True, True, True, False]),
        "covariates": np.array([[1.0], [0], [1], [0]]), "names": ("x",), **change,
    }  # fmt: skip

    with pytest.raises(error, match=says):
        cox(**row)


@pytest.mark.calibration
def test_intervals_cover_with_and_without_clusters():
    dice = stream(1, "coverage of Cox")
    covered = np.zeros(2)
    for _ in range(1_000):
        circle = np.repeat(np.arange(80, dtype=np.int64), 5)
        mood = np.repeat(dice.gamma(4, 0.25, 80), 5)
        x = np.repeat(dice.integers(0, 2, 80), 5).astype(float)[:, None]
        lone = dice.exponential(1 / np.exp(0.4 * x[:, 0]))
        alike = dice.exponential(1 / (mood * np.exp(0.4 * x[:, 0])))
        for place, (time, cluster) in enumerate([(lone, None), (alike, circle)]):
            event = time < 1.5
            found = cox(np.minimum(time, 1.5), event, x, ("x",), cluster=cluster).named("x")
            # What Cox's model means under a mood is a little less than 0.4: 0.335 for this law.
            truth = (0.4, 0.335)[place]
            covered[place] += found.lower <= truth <= found.upper

    assert (np.abs(covered / 1_000 - 0.95) < 0.025).all()

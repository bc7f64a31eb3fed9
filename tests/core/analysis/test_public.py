"""What anybody may read: no count under eleven, and none that can be worked out."""

from dataclasses import replace

import numpy as np
import pytest
from tests.core.analysis.worlds import HEAD, outcome, tied, world

from kith.core.analysis.analyse import analyse
from kith.core.analysis.public import TooFewError, public
from kith.core.rng import stream
from kith.core.study import read
from kith.lab.report import body

N = 120


def results(*, n=N, estimator="difference", why=None, ends=84.0, site=None, pairs=()):
    dice = stream(3, "public")
    arm = np.arange(n) % 2
    rows = [(k, "score", 84.0, float(dice.normal() - arm[k])) for k in range(n)]
    time = np.ceil(dice.exponential(60, n))
    rows += [(k, "took", time[k], 1.0) for k in range(n) if time[k] <= ends]
    reasons = np.zeros(n) if why is None else why
    records = world(rows, arm, follow=(np.full(n, ends), reasons))
    if pairs:
        records = tied(records, pairs, day=3.0)
    measure = "score" if estimator == "difference" else "took"
    week = {"at_week": 12} if estimator == "difference" else {}
    plan = read(HEAD + outcome(measure=measure, estimator=estimator, **week) + '[analysis]\nmissing = { rule = "complete_cases" }\n')  # fmt: skip
    facts = {} if site is None else {"site": np.array(site, object)}
    return analyse(plan, records, 1, facts=facts)


def test_early_ends_of_few_are_not_told_and_cannot_be_worked_out():
    why = np.zeros(N)
    why[0:30:2] = 1  # 15 left
    why[30:36:2] = 4  # 3 died
    why[1:9:2] = 3  # 4 lost, in the other arm

    found = public(results(why=why))

    assert [arm.ended_early for arm in found.flow] == [
        (("ended early", 18),), (("ended early", None),),
    ]  # fmt: skip
    page = body(found)
    assert "died" not in page
    assert "fewer than 11 ended early" in page


def test_how_many_were_analysed_is_not_told_where_few_were_not():
    whole = results()
    few = replace(whole, flow=tuple(replace(arm, analysed=arm.drawn - 3) for arm in whole.flow))

    found = public(few)

    assert [arm.analysed for arm in found.flow] == [None, None]
    assert body(found).count("<b>all but fewer than 11</b> analysed") == 2
    assert [arm.analysed for arm in public(whole).flow] == [60, 60]


def test_words_of_few_people_are_hidden_with_enough_others():
    site = ["north"] * 60 + ["south"] * 56 + ["east"] * 4

    rows = {row.word: row.cells for row in public(results(site=site)).baseline}

    assert rows == {
        "east": ("not told", "not told"),
        "north": ("30 (50%)", "30 (50%)"),
        "south": ("not told", "not told"),
    }


def test_shares_of_few_are_in_no_line():
    why = results(estimator="cox", ends=84.0)
    few = replace(why, shares=(replace(why.shares[0], yes=3), why.shares[1]))

    found = public(few)

    assert found.shares == ()
    assert "%" not in found.headline[0].replace("95%", "")
    assert found.headline[0].startswith("With new there was ")


def test_curve_is_told_at_twelve_moments_and_ends_while_eleven_are_followed():
    found = public(results(estimator="cox", ends=200.0))

    for one in found.curves:
        assert len(one.curve.times) == 13
        assert one.curve.at_risk.min() >= 11
        assert one.curve.times[-1] < 200
        assert not one.curve.events.any()


@pytest.mark.parametrize(("people", "is_told", "is_drawn"), [(10, False, False), (20, True, False), (40, True, True)])  # fmt: skip
def test_ties_are_drawn_only_of_many(people, is_told, is_drawn):
    found = public(results(pairs=[(n, (n + 1) % people) for n in range(people)]))

    assert (found.ties is not None) == is_told
    assert bool(found.ties and found.ties.pairs) == is_drawn


def test_small_counts_within_sentences_are_taken_out():
    told = replace(results(), not_analysed=("score: 3 people have no site", "score: 30 people have none"))  # fmt: skip

    assert public(told).not_analysed == (
        "score: fewer than 11 people have no site", "score: 30 people have none",
    )  # fmt: skip


def test_study_of_few_is_not_published():
    with pytest.raises(TooFewError, match="fewer than 11 people"):
        public(results(n=20))


def test_page_has_no_script_style_or_address_in_it():
    """What an instance shows under its policy."""
    site = ["<script>north</script>"] * 60 + ["south"] * 60

    page = body(public(results(estimator="cox", site=site, pairs=[(n, n + 1) for n in range(60)])))

    assert "style=" not in page
    assert "<style" not in page
    assert "<script" not in page
    assert "&lt;script&gt;north" in page
    assert "http" not in page.replace("http://www.w3.org/", "")

import subprocess
import sys
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from tests.core.export.crowd import about, agreed, everybody, records

from kith.core.export.alike import NotAlikeError
from kith.core.export.release import Settings, release
from kith.core.export.scope import BeyondConsentError
from kith.errors import InvalidInputError

KNOWN_BY = ("arm", "ended", "followed", "age_band", "gender", "ties", "mutual", "breadth", "language", "place")  # fmt: skip


def rows(table):
    """Each row as a dictionary, words as words."""
    columns = {
        field.name: [field.words[code] for code in table.columns[field.name]]
        if field.kind == "string"
        else table.columns[field.name].tolist()
        for field in table.fields
    }
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]  # fmt: skip


def tables(made):
    return {table.name: rows(table) for table in made.tables}


def test_export_has_everybody_under_new_numbers_in_a_new_order():
    study = records()

    first, second = (tables(release(study, about(), everybody(), Settings(), seed=s)) for s in (1, 2))  # fmt: skip

    ids = [[row["id"] for row in made["people"]] for made in (first, second)]
    assert [len(set(some)) for some in ids] == [240, 240]
    assert set(ids[0]).isdisjoint(ids[1])
    arms = [[row["arm"] for row in made["people"]] for made in (first, second)]
    assert Counter(arms[0]) == Counter(arms[1]) == {"listing": 120, "circle": 120}
    assert arms[0] != arms[1]


def test_same_seed_gives_the_same_export():
    made = [tables(release(records(), about(), everybody(), Settings(), seed=5)) for _ in range(2)]

    assert str(made[0]) == str(made[1])


def test_answers_keep_their_values_and_lose_their_times():
    study = records()
    made = tables(release(study, about(), everybody(), Settings(), seed=1))

    seen = study.observations
    assert Counter(row["value"] for row in made["answers"] if row["missing"] == "there_is_one") == Counter(seen.value[seen.missing == 0].tolist())  # fmt: skip
    assert {row["period"] for row in made["answers"]} == {0, 4, 8, 12}
    assert all(isinstance(row["period"], int) for name in ("answers", "prompts", "decisions") for row in made[name])  # fmt: skip


def test_prompts_still_belong_to_their_decisions():
    study = records()
    made = tables(release(study, about(), everybody(), Settings(), seed=1))

    of = {row["decision"]: row["id"] for row in made["decisions"]}
    assert len(of) == 240
    assert all(of[row["decision"]] == row["id"] for row in made["prompts"])
    assert Counter(row["fate"] for row in made["prompts"]) == {"came": 80, "seen": 80, "answered": 80}  # fmt: skip


def test_nothing_tells_who_was_in_one_circle_or_tied_to_whom():
    made = release(records(), about(), everybody(), Settings(), seed=1)

    names = {field.name for table in made.tables for field in table.fields}
    assert names.isdisjoint({"cluster", "stratum", "actor", "other", "helper", "day", "person", "minutes", "starts", "ends"})  # fmt: skip
    assert {table.name for table in made.tables} == {"people", "answers", "prompts", "decisions"}


def test_who_revokes_is_not_in_the_next_export_nor_in_anybodys_ties():
    # Somebody with a value that nobody else has, so that it could have leaked.
    before, after = records(), records(revoked=(17,))
    seen = before.observations
    value = seen.value.copy()
    value[(seen.person == 17) & (seen.measure == 2)] = 33.25
    value[(seen.missing != 0)] = np.nan
    before = replace(before, observations=replace(seen, value=value))
    value_after = after.observations.value.copy()
    theirs = (after.observations.person == 17) & (after.observations.measure == 2)
    value_after[theirs & (after.observations.missing == 0)] = 33.25
    after = replace(after, observations=replace(after.observations, value=value_after))

    first, second = (release(study, about(), everybody(), Settings(), seed=1) for study in (before, after))  # fmt: skip

    assert 33.25 in {row["value"] for row in tables(first)["answers"]}
    assert 33.25 not in {row["value"] for row in tables(second)["answers"]}
    assert (len(tables(first)["people"]), len(tables(second)["people"])) == (240, 239)
    assert second.account["people_left_out"] == "fewer than 11"


def test_each_persons_rows_go_as_far_as_their_own_consent():
    consents = agreed(answers=np.arange(240) % 2 == 0)

    made = tables(release(records(), about(), consents, Settings(), seed=1))

    assert len(made["people"]) == 240
    assert len({row["id"] for row in made["answers"]}) == 120
    assert len(made["prompts"]) == len(made["decisions"]) == 120


def test_ties_of_who_did_not_agree_to_acts_are_not_said():
    consents = agreed(ties=np.zeros(240, np.bool_))

    made = tables(release(records(), about(), consents, Settings(), seed=1))  # fmt: skip

    assert {row["ties"] for row in made["people"]} == {"not said"}


def test_asking_beyond_consent_is_refused():
    consents = agreed(ties=np.arange(240) >= 20)

    with pytest.raises(BeyondConsentError, match="ties: 20 of those who agreed to share"):
        release(records(), about(), consents, Settings(asked=("ties",)), seed=1)


def test_arm_of_who_did_not_agree_to_be_drawn_is_not_said():
    made = tables(
        release(records(), about(), agreed(draw=np.arange(240) >= 30), Settings(), seed=1)
    )

    assert Counter(row["arm"] for row in made["people"])["not drawn"] == 30
    assert len(made["decisions"]) == 210


def test_few_who_were_not_drawn_are_left_out_instead_of_standing_in_everybodys_way():
    made = release(records(), about(), agreed(draw=np.arange(240) >= 3), Settings(), seed=1)

    assert len(tables(made)["people"]) == 237
    assert made.account["people_left_out"] == "fewer than 11"


def test_finer_than_a_day_is_refused():
    with pytest.raises(BeyondConsentError, match="exact times do not leave"):
        Settings(days=0)


def test_small_study_is_refused_with_what_stands_in_the_way():
    with pytest.raises(NotAlikeError, match="fewer than 11 people in: circle\\."):
        release(records(18), about(18), everybody(18), Settings(), seed=1)


def test_words_that_nobody_expects_do_not_leave():
    with pytest.raises(InvalidInputError, match="about must be of"):
        release(records(), {"nickname": ["x"] * 240}, everybody(), Settings(), seed=1)


def test_facts_of_the_plan_leave_as_coarse_as_k_asks():
    sites = ["north" if person % 3 else "south" for person in range(239)] + ["hut"]
    told = {"age_band": [""] * 240, "site": sites}

    made = release(records(), told, everybody(), Settings(facts=("site",)), seed=1)

    # One person at the hut would stand out, so no site is told of anybody, or of eleven nothing.
    assert {row["site"] for row in tables(made)["people"]} <= {"north", "south", "any"}
    with pytest.raises(InvalidInputError, match="got"):
        release(records(), {}, everybody(), Settings(facts=("arm",)), seed=1)


@pytest.mark.parametrize("people", [48, 240, 1_200])
def test_member_of_the_same_circle_finds_nobody(people):
    """They know the hour of meeting, the size of the circle, the arm, and how everybody in it looks."""
    study, said = records(people), about(people)
    made = release(study, said, everybody(people), Settings(), seed=people)
    out = tables(made)["people"]

    start = study.follow_up.starts
    for person in range(people):
        hour = start[person] % 1
        circle = study.assignments.cluster == study.assignments.cluster[person]
        # Neither the hour nor the size of the circle stands anywhere in it, so neither helps.
        assert hour not in {value for row in out for value in row.values()}
        assert int(circle.sum()) == 6
        arm = study.assignments.arms[study.assignments.arm[person]]
        band = said["age_band"][person]
        alike = [row for row in out if row["arm"] == arm and could_be(band, row["age_band"])]
        assert len(alike) >= 11
    # Nor does all of it at once: whoever one is, eleven look the same.
    kinds = Counter(tuple(row[name] for name in KNOWN_BY) for row in out)
    assert min(kinds.values()) >= 11


def test_export_says_how_many_a_friend_could_tell_apart_by_their_last_answer():
    made = release(records(), about(), everybody(), Settings(), seed=1)

    out = tables(made)
    last = dict.fromkeys((row["id"] for row in out["people"]), -2)
    for row in out["answers"]:
        if row["missing"] == "there_is_one":
            last[row["id"]] = max(last[row["id"]], row["period"])
    looks = {
        row["id"]: (*(row[name] for name in KNOWN_BY), last[row["id"]]) for row in out["people"]
    }
    many = Counter(looks.values())
    n = sum(many[look] < 11 for look in looks.values())
    assert n >= 11
    assert made.account["people_told_apart_by_their_last_answer"] == n


def test_nobody_is_told_apart_by_their_last_answer_where_all_stayed():
    study = records()
    end = study.follow_up
    value = np.where(study.observations.missing == 0, study.observations.value, 3.0)
    value = np.where(study.observations.measure == 1, 1.0, value)
    stayed = replace(
        study,
        follow_up=replace(end, ends=end.starts + 84, why=np.zeros(240, np.int8)),
        observations=replace(
            study.observations, value=value, missing=np.zeros(len(value), np.int8)
        ),
    )

    made = release(stayed, about(), everybody(), Settings(), seed=1)

    assert made.account["people_told_apart_by_their_last_answer"] == 0


def could_be(band, said):
    """Whether somebody of `band` may be one of whom `said` is said."""
    least = int(band[:2])
    coarse = "under 30" if least < 30 else "30-49" if least < 50 else "50 or over"
    return said in {band, coarse, "any"}


def test_importing_the_package_loads_nothing_heavy():
    code = "import kith.core.export, sys; assert not {'pandas', 'opendp', 'pycanon', 'scipy'} & set(sys.modules)"  # fmt: skip

    subprocess.run([sys.executable, "-c", code], check=True)

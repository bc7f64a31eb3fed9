"""Somebody says yes to some of it, or no to all, and may take it back."""

from collections import Counter

import numpy as np
import pytest
from django.utils import timezone
from tests.web.circles.making import longtime
from tests.web.study.making import ALL, TEXT, answered, asked, joined, locked

from kith.core import randomize
from kith.errors import RefusalError
from kith.web.kit import features
from kith.web.study import access, actions, bridge
from kith.web.study.actions import Said, Told, TooYoungError
from kith.web.study.models import Assignment, Consent, Prompt, Study


def test_each_is_said_by_itself(study):
    person = joined(study, said=Said(answers=True))

    consent = access.consent_of(person, study)
    assert (consent.answers, consent.draw, consent.ties, consent.share) == (
        True,
        False,
        False,
        False,
    )
    assert consent.locked_hash == study.locked_hash
    assert Assignment.objects.count() == 0


def test_no_to_all_leaves_no_row_of_anybody(study):
    person = longtime("Noor")

    actions.refuse_all(person=person, study=study, at=timezone.now())

    assert Consent.objects.count() == 0
    assert Study.objects.get().noes == 1


def test_arms_are_alike_after_each_block(study):
    plan, seed = bridge.plan_of(study), int(study.seed)
    rows: list[Assignment] = []

    for number in range(60):
        drawn = bridge.draw_arm(plan, seed=seed, said={}, before=rows)
        rows.append(Assignment(number=number, arm=drawn.arm, law=drawn.law))

    arms = [row.arm for row in rows]

    for so_far in range(60):
        many = Counter(arms[:so_far])
        assert abs(many["listing"] - many["circle"]) <= 3


def test_draw_can_be_thrown_again_from_the_seed_with_its_chance(study):
    for n in range(4):
        joined(study, f"P{n}")

    blocks = randomize.Blocked(np.zeros(4, np.int64), (4, 6), (1, 1)).draw(int(study.seed))
    rows = Assignment.objects.order_by("number")
    keys = ("listing", "circle")
    assert [(row.arm, row.probability) for row in rows] == [
        (keys[arm], chance) for arm, chance in zip(blocks.arm, blocks.probability, strict=True)
    ]
    assert [row.law for row in rows] == [
        {"mechanism": "blocked", "ratio": [1, 1], "block_sizes": [4, 6], "place": n}
        for n in range(4)
    ]


def test_draws_go_on_where_somebody_left_for_good(study):
    people = [joined(study, f"P{n}") for n in range(3)]
    people[1].delete()

    joined(study, "P3")

    places = Assignment.objects.order_by("number").values_list("number", flat=True)
    assert list(places) == [0, 2, 3]
    assert [row.law["place"] for row in Assignment.objects.order_by("number")] == [0, 2, 3]


BY_SITE = TEXT.replace(
    'who = "Adults who use kith."',
    'who = "Adults who use kith."\nregions = ["Millbrook", "Riverside"]\nfacts = ["site", "age_band"]',
).replace("block_sizes = [4, 6]", 'block_sizes = [4, 6]\nstrata = ["site", "age_band"]')


def at(study, place, called="Ada"):
    """Return what was drawn for somebody of `place`."""
    person = longtime(called)
    told = Told(facts={"site": place, "age_band": "30 to 44", "diagnosis": "x"})
    actions.join(person=person, study=study, said=ALL, told=told, at=timezone.now())
    return access.assignment_of(person, study)


def test_blocks_are_drawn_within_what_people_said(db):
    study = locked(BY_SITE)

    rows = [at(study, place) for place in ("Millbrook", "Riverside", "Millbrook", "nowhere")]

    # Two places and four ages, each with a level for what was not said.
    assert [row.stratum for row in rows] == [7, 12, 7, 2]
    assert [row.law["place"] for row in rows] == [0, 0, 1, 0]
    mechanism = randomize.Blocked(np.zeros(1, np.int64), (4, 6), (1, 1))
    drawn = [mechanism.draw_next(int(study.seed), row.stratum, row.law["place"]) for row in rows]
    assert [("listing", "circle")[arm] for arm, _ in drawn] == [row.arm for row in rows]
    assert Consent.objects.first().facts == {"site": "Millbrook", "age_band": "30 to 44"}


def test_facts_go_with_all_the_rest_that_is_taken_back(db):
    study = locked(BY_SITE)
    row = at(study, "Millbrook")

    actions.take_back(consent=access.consent_of(row.person, study), at=timezone.now())

    assert Consent.objects.get().facts is None


def test_minimised_draw_leans_to_where_people_are_missed(db):
    text = BY_SITE.replace('"blocked"', '"minimised"').replace("block_sizes = [4, 6]\n", "")
    study = locked(text.replace("strata =", "balance ="))

    rows = [at(study, place, f"P{n}") for n, place in enumerate(("Millbrook", "Riverside") * 6)]

    factors = np.array([row.law["levels"] for row in rows], np.int64)
    again = randomize.Minimised(factors, 2, 0.8).draw(int(study.seed))
    assert [("listing", "circle")[arm] for arm in again.arm] == [row.arm for row in rows]
    assert [row.probability for row in rows] == list(again.probability)
    assert {round(row.probability, 1) for row in rows} <= {0.2, 0.5, 0.8}


def test_study_for_older_people_wants_their_word(db):
    study = locked(TEXT.replace("minimum_age = 18", "minimum_age = 60"))
    ada = longtime("Ada")

    with pytest.raises(TooYoungError, match="60 or older"):
        actions.join(person=ada, study=study, said=ALL, at=timezone.now())
    assert Consent.objects.count() == 0
    told = Told(is_old_enough=True)
    actions.join(person=ada, study=study, said=ALL, told=told, at=timezone.now())

    # Whoever is in changes a switch without saying it again.
    actions.join(person=ada, study=study, said=Said(answers=True), at=timezone.now())
    assert Consent.objects.count() == 1


def test_simple_draw_is_a_coin_each_time(db):
    study = locked(TEXT.replace('"blocked"\nblock_sizes = [4, 6]', '"simple"'))
    for n in range(3):
        joined(study, f"P{n}")

    assert {row.probability for row in Assignment.objects.all()} == {0.5}


def test_whoever_comes_back_has_the_arm_they_had(study):
    ada = joined(study)
    before = access.assignment_of(ada, study)
    actions.take_back(consent=access.consent_of(ada, study), at=timezone.now())

    actions.join(person=ada, study=study, said=ALL, at=timezone.now())

    assert access.assignment_of(ada, study) == before


def test_arm_switches_a_feature_for_those_who_let_it(study):
    people = [joined(study, f"P{n}") for n in range(4)]
    late = {p.pk for p in people if access.assignment_of(p, study).arm == "listing"}

    assert features.waits_for("circle") == late
    assert features.of(people[0].pk) in ({"circle": 12}, {"circle": True})
    assert features.waits_for("reach") == frozenset()


def test_feature_waits_no_longer_than_said(study):
    people = [joined(study, f"P{n}") for n in range(4)]
    long_ago = timezone.now() - timezone.timedelta(weeks=13)
    Assignment.objects.update(drawn_at=long_ago)

    assert len(people) == 4
    assert features.waits_for("circle") == frozenset()


def test_whoever_lets_no_coin_be_tossed_chooses_for_themselves(study):
    people = [joined(study, f"P{n}") for n in range(4)]
    for person in people:
        actions.join(person=person, study=study, said=Said(answers=True), at=timezone.now())

    assert features.waits_for("circle") == frozenset()
    assert features.of(people[0].pk) == {}


def test_whoever_stops_is_asked_nothing_more_and_keeps_what_they_gave(study, ada):
    answered(study, ada)
    waiting = asked(study, ada)

    actions.stop(consent=access.consent_of(ada, study), at=timezone.now())

    assert list(access.asked_now(study)) == []
    assert Prompt.objects.filter(pk=waiting.pk).count() == 0
    assert len(bridge.records(study).prompts.person) == 1


def test_taken_back_is_gone(study, ada):
    answered(study, ada)

    actions.take_back(consent=access.consent_of(ada, study), at=timezone.now())

    assert Prompt.objects.count() == 0
    assert bridge.records(study).people == 0
    assert access.consent_of(ada, study) is None


def test_what_is_closed_cannot_be_taken_back(study, ada):
    actions.close(study=study, at=timezone.now())

    with pytest.raises(RefusalError, match="closed"):
        actions.take_back(consent=access.consent_of(ada, study), at=timezone.now())

    assert access.consent_of(ada, study).answers


def test_nobody_joins_what_is_over(study):
    actions.close(study=study, at=timezone.now())

    with pytest.raises(RefusalError, match="over"):
        joined(study)

    assert Consent.objects.count() == 0


def test_erased_person_takes_all_of_it_along(study, ada):
    answered(study, ada)

    ada.delete()

    assert (Consent.objects.count(), Prompt.objects.count(), Assignment.objects.count()) == (
        0,
        0,
        0,
    )

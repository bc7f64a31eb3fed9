"""Somebody says yes to some of it, or no to all, and may take it back."""

from collections import Counter

import pytest
from django.utils import timezone
from tests.web.circles.making import longtime
from tests.web.study.making import ALL, TEXT, answered, asked, joined, locked

from kith.errors import RefusalError
from kith.web.kit import features
from kith.web.study import access, actions, bridge
from kith.web.study.actions import Said
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

    arms = [bridge.draw_arm(plan, seed=seed, number=n)[0] for n in range(60)]

    for so_far in range(60):
        many = Counter(arms[:so_far])
        assert abs(many["listing"] - many["circle"]) <= 3


def test_draw_can_be_thrown_again_from_the_seed_with_its_chance(study):
    for n in range(4):
        joined(study, f"P{n}")

    plan, seed = bridge.plan_of(study), int(study.seed)
    rows = Assignment.objects.order_by("number")
    thrown = [bridge.draw_arm(plan, seed=seed, number=n) for n in range(4)]
    assert [(row.arm, row.probability) for row in rows] == thrown
    assert {row.probability for row in rows} == {0.5}


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

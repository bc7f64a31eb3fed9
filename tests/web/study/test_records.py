"""What leaves a study: of those only who let it, as the core's records."""

from datetime import timedelta

import numpy as np
from django.utils import timezone
from tests.web.circles.making import circle_of, longtime, seat
from tests.web.study.making import ANSWERS, answered, asked, joined, locked

from kith.core.records import Missing
from kith.web.acts.choices import Help, Kind, Mode, Setting
from kith.web.acts.models import Act
from kith.web.study import access, actions, bridge
from kith.web.study.actions import Said


def test_answers_are_records(study, ada):
    answered(study, ada)

    found = bridge.records(study)

    observations = found.observations
    names = [observations.measures[n].name for n in observations.measure]
    assert found.people == 1
    assert names == ["now_close", "now_pull", "now_restless", "now_around"]
    assert list(observations.value) == list(ANSWERS.values())
    assert observations.measures[1].words[3] == "strong"
    assert set(observations.version) == {1}


def test_why_nothing_was_said_is_a_record(study, ada):
    long_ago = timezone.now() - timedelta(days=1)
    asked(study, ada, at=long_ago)
    asked(study, ada, at=long_ago + timedelta(hours=1), delivered_at=long_ago + timedelta(hours=1))
    passed = asked(study, ada, at=timezone.now())
    actions.pass_over(prompt=passed, at=timezone.now())

    missing = bridge.records(study).observations.missing

    assert list(missing[::4]) == [Missing.NOT_REACHED, Missing.EXPIRED, Missing.PASSED]


def test_words_of_two_versions_stand_in_one_measure_and_say_which(study, ada):
    answered(study, ada)
    items = [{"key": "now_close", "asks": "How near?", "answers": [[0, "far"], [1, "near"]]}]
    actions.edit_survey(study=study, key="moment_now", items=items, at=timezone.now())
    answered(study, ada, now_close=1)

    found = bridge.records(study).observations

    close = found.measure == found.named("now_close")
    assert list(zip(found.value[close], found.version[close], strict=True)) == [(3, 1), (1, 2)]


def test_draws_are_records_with_their_chance(study, ada):
    found = bridge.records(study).assignments

    assert found.arms == ("listing", "circle")
    assert list(found.probability) == [0.5]


def test_whoever_said_no_to_answers_is_in_no_record(study):
    ada = joined(study, said=Said(ties=True))

    assert ada.pk
    assert bridge.records(study).people == 0


def test_only_what_may_be_shared_is_shared(study, ada):
    answered(study, ada)
    bea = joined(study, "Bea", said=Said(answers=True))
    answered(study, bea)

    assert bridge.records(study).people == 2
    assert bridge.records(study, share_only=True).people == 1


def test_an_act_is_a_record_if_both_let_it(study, ada):
    bea, cleo = joined(study, "Bea"), joined(study, "Cleo", said=Said(answers=True))
    today = timezone.localdate()
    for other, on in (
        (bea, today),
        (cleo, today),
        (longtime("Dee"), today),
        (bea, today.replace(year=2020)),
    ):
        Act.objects.create(
            kind=Kind.TALKED, actor=ada, other=other, mode=Mode.VIDEO, minutes=9, help=Help.GIVEN,
            on=on, setting=Setting.PAIR,
        )  # fmt: skip

    acts = bridge.records(study).acts

    assert (list(acts.actor), list(acts.other)) == ([0], [1])


def test_a_chair_is_a_record_of_whoever_let_it(study, ada):
    bea, cleo = joined(study, "Bea"), joined(study, "Cleo", said=Said(answers=True))
    circle = circle_of(ada, bea, cleo, longtime("Dee"))
    other = circle_of(bea)

    found = bridge.records(study).chairs

    # Cleo let nobody count whom she met, and Dee is in no study.
    assert list(zip(found.person, found.circle, strict=True)) == [(0, 0), (1, 0), (1, 1)]
    assert circle.pk != other.pk
    assert np.isnan(found.ends).all()


def test_chair_from_before_the_yes_begins_with_it_and_ends_when_it_was_left(study, ada):
    circle = circle_of(ada)
    today = timezone.localdate()
    bea = joined(study, "Bea")
    seat(circle, bea, since=today - timedelta(days=9), left_on=today + timedelta(days=2))
    gone = joined(study, "Gil")
    seat(circle, gone, since=today - timedelta(days=9), left_on=today - timedelta(days=1))

    found = bridge.records(study)

    assert list(found.chairs.person) == [0, 1]
    assert list(found.chairs.starts) == list(found.follow_up.starts[:2])
    assert np.isnan(found.chairs.ends[0])
    assert 1 < found.chairs.ends[1] < 4


def test_whoever_takes_it_back_sits_in_no_record(study, ada):
    circle_of(ada, joined(study, "Bea"))

    actions.take_back(consent=access.consent_of(ada, study), at=timezone.now())

    assert list(bridge.records(study).chairs.person) == [0]


def test_study_of_nobody_is_empty(db):
    found = bridge.records(locked())

    assert (found.people, len(found.observations.value)) == (0, 0)


def test_days_are_counted_from_the_lock(study, ada):
    answered(study, ada)

    found = bridge.records(study)

    assert 0 <= found.prompts.answered[0] < 0.1
    assert np.isnan(found.prompts.delivered).sum() == 0

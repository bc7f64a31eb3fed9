"""Dice at single moments: who was there, what they said, what came of it, and what was learnt."""

import re
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from django.utils import timezone
from tests.web.circles.making import longtime
from tests.web.messages.making import inside
from tests.web.plans.making import circle_mates, said_yes
from tests.web.study.making import RIGHT, joined, locked

from kith.core.rng import stream
from kith.core.study import template
from kith.web.notices import actions as notices
from kith.web.notices.models import Notice
from kith.web.study import access, actions, bridge
from kith.web.study.actions import Said, Told
from kith.web.study.models import Consent, Decision, Prompt, Suggestion

pytestmark = pytest.mark.django_db
PROMPTS = (
    template("prompts")
    .replace('contact = ""', 'contact = "Ring Ines: 555 0142"')
    .replace('ethics = ""', 'ethics = "MB-2026-014"')
)


def day(hour, *, after=0):
    """Return an hour of a day that is past, or of so many days after it."""
    return datetime(2026, 11, 3, hour, tzinfo=UTC) + timedelta(days=after)


def with_a_plan(study, called="Ada", *, at=None, friend=None):
    """Return somebody who takes part, and a friend who agreed to be in their plan."""
    at = at or day(7)
    ada, bea = circle_mates(called, f"Friend of {called}")
    said_yes(ada, friend or bea, at=at - timedelta(days=1))
    actions.join(person=ada, study=study, said=Said(answers=True, draw=True), at=at)
    return ada, bea


def a_day(after=0):
    """Let a day pass: the worker looks a minute after whatever is due."""
    actions.plan_day(at=day(7, after=after))
    due = Prompt.objects.filter(delivered_at=None).values_list("decide_at", "intended_at")
    for at in sorted({one for pair in due for one in pair if one}):
        for look in (actions.decide, actions.suggest, actions.deliver):
            look(at=at + timedelta(minutes=1))


def test_dice_are_thrown_an_hour_before_each_check_in(db):
    study = locked(PROMPTS, at=day(7))
    ada, bea = with_a_plan(study)

    a_day()

    asked = Prompt.objects.filter(person=ada, survey__key="moment_reached").order_by("intended_at")
    decided = Decision.objects.filter(person=ada).order_by("at")
    assert [one.decision for one in asked] == list(decided)
    for prompt, decision in zip(asked, decided, strict=True):
        assert prompt.intended_at - decision.at == timedelta(minutes=59)
        assert decision.until == prompt.expires_at
        assert (decision.is_available, decision.is_helper_available) == (True, True)
        assert (decision.helper, decision.helper_probability) == (bea, 1.0)
        assert decision.probability == {0: 0.6, 1: 0.4}[decision.treated]
    assert len(decided) == 3


def first_moment(study, ada, *, before=timedelta()):
    """Plan the day of `ada`, and return when the dice of the first moment are thrown."""
    actions.plan_day(at=day(7))
    return Prompt.objects.filter(person=ada).exclude(decide_at=None).earliest("decide_at").decide_at


def test_what_the_dice_said_is_what_the_promised_seed_says(db):
    study = locked(PROMPTS, at=day(7))
    with_a_plan(study)
    a_day()

    assert bridge.is_promised(study.commitment, seed=int(study.seed), salt=study.salt)
    assert [bridge.is_as_thrown(study, one) for one in Decision.objects.all()] == [True] * 3
    other = Decision.objects.first()
    other.law = {**other.law, "many": 0}
    assert not bridge.is_as_thrown(study, other)


def test_dice_of_a_moment_are_those_of_its_number(db):
    study = locked(PROMPTS, at=day(7))
    with_a_plan(study)
    a_day()

    kept = {one.number: one.treated for one in Decision.objects.all()}

    # By hand: the second number of the moment's own stream, held against 0.6.
    said = {n: int(stream(int(study.seed), "decision", n).random(2)[1] >= 0.6) for n in kept}
    assert kept == said


def test_where_nobody_could_be_brought_in_nothing_is_drawn(db):
    study = locked(PROMPTS, at=day(7))
    ada = joined(study, at=day(7))

    a_day()

    found = list(Decision.objects.filter(person=ada))
    assert len(found) == 3
    assert {
        (d.is_available, d.is_helper_available, d.helper, d.treated, d.probability) for d in found
    } == {(True, False, None, 0, 1.0)}
    assert not Suggestion.objects.exists()


def test_who_wants_no_more_today_is_not_available(db):
    study = locked(PROMPTS, at=day(7))
    ada, _ = with_a_plan(study)
    at = first_moment(study, ada)
    quiet = {"quiet_from": day(22).time(), "quiet_until": day(8).time()}
    notices.choose_pace(person=ada, most="none", zone="UTC", **quiet)

    actions.decide(at=at)

    decision = Decision.objects.get(person=ada)
    assert (decision.is_available, decision.is_helper_available) == (False, True)
    assert (decision.treated, decision.probability) == (0, 1.0)


def test_friend_in_their_own_quiet_hours_is_not_available(db):
    study = locked(PROMPTS, at=day(7))
    ada, bea = with_a_plan(study)
    at = first_moment(study, ada)
    quiet = {"quiet_from": day(1).time(), "quiet_until": day(23).time()}
    notices.choose_pace(person=bea, most="two", zone="UTC", **quiet)

    actions.decide(at=at)

    assert not Decision.objects.get(person=ada).is_helper_available


def test_friend_who_was_just_suggested_to_another_rests(db, monkeypatch):
    study = locked(PROMPTS, at=day(7))
    ada, bea = with_a_plan(study)
    at = first_moment(study, ada)
    noor = longtime("Noor")
    Suggestion.objects.create(
        study=study, person=noor, other=bea, style="invitation", at=at, told_at=at - timedelta(hours=1),
        until=at,
    )  # fmt: skip

    assert access.just_suggested(at=at) == {bea.pk}
    actions.decide(at=at)

    assert not Decision.objects.get(person=ada).is_helper_available
    assert access.just_suggested(at=at + timedelta(hours=2)) == set()


def test_moment_at_which_no_worker_was_there_is_written_down_and_not_drawn(db):
    study = locked(PROMPTS, at=day(7))
    ada, _ = with_a_plan(study)
    at = first_moment(study, ada)

    actions.decide(at=at + timedelta(minutes=16))

    decision = Decision.objects.get(person=ada)
    assert (decision.is_available, decision.probability) == (False, 1.0)


def test_without_a_coin_nothing_is_decided_and_check_ins_come(db):
    study = locked(PROMPTS, at=day(7))
    ada = joined(study, said=Said(answers=True), at=day(7))
    bea, _ = with_a_plan(study, "Bea")
    actions.plan_day(at=day(7))
    coin = Consent.objects.filter(person=bea)
    coin.update(draw=False)

    for hour in range(8, 22):
        actions.decide(at=day(hour))

    asked = Prompt.objects.filter(survey__key="moment_reached")
    assert [asked.filter(person=one).count() for one in (ada, bea)] == [3, 3]
    assert not Decision.objects.exists()
    assert not asked.exclude(decide_at=None).exists()


def treated(study, ada):
    """Let the first days of `ada` pass until something is suggested to her; return it."""
    for after in range(20):
        a_day(after)
        if found := Suggestion.objects.filter(person=ada).first():
            return found
    raise AssertionError


def test_what_is_suggested_comes_as_a_notice_that_says_nothing_of_it(db):
    study = locked(PROMPTS, at=day(7))
    ada, bea = with_a_plan(study)

    found = treated(study, ada)

    assert (found.style, found.other, found.decision.treated) == ("invitation", bea, 1)
    notice = Notice.objects.get(person=ada, path=found.get_absolute_url())
    assert (notice.words, notice.by) == ("Something for this hour, if you like.", None)
    assert not Notice.objects.filter(person=bea, about="study").exists()


def test_what_was_suggested_is_no_more_once_it_is_over(db):
    study = locked(PROMPTS, at=day(7))
    ada, _ = with_a_plan(study)
    found = treated(study, ada)

    actions.suggest(at=found.until)

    assert Notice.objects.get(path=found.get_absolute_url()).seen_at is not None
    assert not found.stands(found.until)


def test_who_takes_it_back_leaves_no_decision_and_no_suggestion(db):
    study = locked(PROMPTS, at=day(7))
    ada, _ = with_a_plan(study)
    treated(study, ada)

    actions.take_back(consent=Consent.objects.get(person=ada), at=timezone.now())

    assert [m.objects.count() for m in (Decision, Suggestion, Prompt)] == [0, 0, 0]


def test_record_of_decisions_holds_both_people(db):
    study = locked(PROMPTS, at=day(7))
    _ada, bea = with_a_plan(study)
    actions.join(person=bea, study=study, said=Said(answers=True), at=day(7))
    a_day()

    found = bridge.records(study).decisions

    assert list(found.person) == [0, 0, 0]
    assert list(found.helper) == [1, 1, 1]
    assert list(found.is_helper_available) == [True] * 3
    assert np.array_equal(found.probability, np.where(found.treated == 1, 0.4, 0.6))
    assert list(bridge.records(study).prompts.decision[:3]) == [0, 1, 2]


def test_helper_who_takes_no_part_is_nobody_in_the_record(db):
    study = locked(PROMPTS, at=day(7))
    with_a_plan(study)
    a_day()

    found = bridge.records(study).decisions

    assert (list(found.helper), list(found.is_helper_available)) == ([-1] * 3, [False] * 3)
    # It was drawn all the same, and so it is analysed.
    assert max(found.probability) < 1


# ---- one's own lonely hours -----------------------------------------------------------------
EVENING = "19:00-22:00"


def test_dice_are_thrown_only_at_hours_that_are_lonely_to_somebody(db):
    study = locked(PROMPTS, at=day(7))
    ada, _ = with_a_plan(study)
    told = Told(facts={"lonely_hours": EVENING})
    actions.join(person=ada, study=study, said=Said(answers=True, draw=True), told=told, at=day(7))

    a_day()

    asked = Prompt.objects.filter(person=ada, survey__key="moment_reached")
    assert asked.count() == 3
    assert [19 <= one.at.hour < 21 for one in Decision.objects.filter(person=ada)] == [True]


def test_hours_are_chosen_on_the_page_and_shown_again(db):
    study = locked(PROMPTS)
    ada = longtime("Ada")
    here = inside(ada)
    sent = {
        "answers": "on", "draw": "on", "is_old_enough": "on",
        "lonely_hours": [EVENING, "08:00-11:00", "00:00-24:00"],
    }  # fmt: skip

    asks = here.post(f"/study/{study.token}/choose/", sent).content.decode()
    carried = re.findall(r'name="lonely_hours" value="([^"]*)"', asks)
    here.post(f"/study/{study.token}/choose/", {**sent, **RIGHT, "lonely_hours": carried})

    assert Consent.objects.get(person=ada).facts == {"lonely_hours": f"08:00-11:00 {EVENING}"}
    page = here.get(study.get_absolute_url()).content.decode()
    boxes = re.findall(r'name="lonely_hours" value="([^"]*)"( checked)?', page)
    assert boxes == [("08:00-11:00", " checked"), ("13:00-16:00", ""), (EVENING, " checked")]


def test_page_says_what_the_coin_decides_and_asks_who_decides(db):
    study = locked(PROMPTS)
    page = inside(longtime("Ada")).get(study.get_absolute_url()).content.decode()

    assert "An hour before each check-in a coin toss by computer decides" in page
    assert [one.asks for one in bridge.three_questions(study)][
        2
    ] == "Who decides when something comes?"

"""Check-ins are drawn within waking hours, come quietly, and are answered once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.study.making import ANSWERS, TEXT, answered, asked, day, joined, locked

from kith.web.notices import actions as notices
from kith.web.notices.models import Notice
from kith.web.study import access, actions
from kith.web.study.actions import LateError
from kith.web.study.models import Consent, Prompt

OFTEN = (
    TEXT.replace("per_day = 2", "per_day = 5")
    .replace(
        'windows = ["09:00-12:00", "17:00-21:00"]',
        'windows = ["05:00-09:00", "09:30-10:00", "10:30-11:00", "11:30-12:00", "12:30-15:00"]',
    )
    .replace("expires_minutes = 60", "expires_minutes = 30")
)


def hours(person):
    """Return the hours at which `person` is asked, by UTC."""
    rows = Prompt.objects.filter(person=person).order_by("intended_at")
    return [row.intended_at.hour for row in rows]


def test_moments_lie_in_their_windows_at_random(db):
    study = locked(at=day(7))
    ada = joined(study, at=day(7))

    for n in range(20):
        actions.plan_day(at=day(7, after=n))

    found = hours(ada)
    assert len(found) == 40
    assert all(9 <= hour < 12 for hour in found[::2])
    assert all(17 <= hour < 21 for hour in found[1::2])
    assert len(set(found[::2])) == 3


def test_day_is_drawn_once(db):
    study = locked(at=day(7))
    ada = joined(study, at=day(7))

    assert [actions.plan_day(at=day(7)), actions.plan_day(at=day(8))] == [1, 0]
    assert len(hours(ada)) == 2


def test_quiet_hours_are_quiet(db):
    study = locked(OFTEN, at=day(0))
    ada = joined(study, at=day(0))
    quiet = {"quiet_from": day(13).time(), "quiet_until": day(8).time()}
    notices.choose_pace(person=ada, most="five", zone="UTC", **quiet)

    for n in range(10):
        actions.plan_day(at=day(0, after=n))

    assert len(hours(ada)) == 50
    assert {hour for hour in hours(ada) if not 8 <= hour < 13} == set()


def test_no_more_than_five_a_day_by_all_studies_together(db):
    one, other = locked(OFTEN, at=day(0)), locked(at=day(0))
    ada = joined(one, at=day(0))
    actions.join(person=ada, study=other, said=actions.Said(answers=True), at=day(0))

    actions.plan_day(at=day(0))

    assert len(hours(ada)) == 5


def test_what_is_past_is_not_asked(db):
    study = locked(at=day(7))
    ada = joined(study, at=day(7))

    actions.plan_day(at=day(15))

    assert len(hours(ada)) == 1


def test_fewer_is_one_less_down_to_none(db):
    study = locked(OFTEN, at=day(0))
    ada = joined(study, at=day(0))
    consent = access.consent_of(ada, study)

    for _ in range(6):
        actions.fewer(consent=consent, at=day(0))
    actions.plan_day(at=day(0))

    assert Consent.objects.get().most_a_day == 0
    assert hours(ada) == []


def test_whoever_gives_no_answers_is_asked_nothing(db):
    study = locked(at=day(7))
    joined(study, said=actions.Said(ties=True), at=day(7))

    actions.plan_day(at=day(7))

    assert Prompt.objects.count() == 0


def test_it_comes_once_and_says_nothing_of_what_is_asked(study, ada):
    prompt = asked(study, ada)

    came = [actions.deliver(at=timezone.now()) for _ in range(2)]

    notice = Notice.objects.get(person=ada)
    assert came == [1, 0]
    assert (notice.words, notice.path) == ("A few taps, if you like.", prompt.get_absolute_url())


def test_notice_of_what_is_over_waits_for_nobody(study, ada):
    asked(study, ada)
    actions.deliver(at=timezone.now())

    actions.deliver(at=timezone.now() + timedelta(hours=2))

    assert Notice.objects.get(person=ada).seen_at is not None


def test_log_is_exact(study, ada):
    begins = timezone.now() - timedelta(minutes=30)
    prompt = asked(study, ada, at=begins)
    actions.deliver(at=begins + timedelta(minutes=1))
    actions.see(prompt=access.open_prompt(ada, prompt.token), at=begins + timedelta(minutes=4))

    actions.answer(
        prompt=prompt,
        answers=ANSWERS,
        at=begins + timedelta(minutes=5),
        now=begins + timedelta(minutes=20),
    )

    row = Prompt.objects.get()
    moments = (row.intended_at, row.delivered_at, row.shown_at, row.answered_at, row.came_at)
    assert [(at - begins) // timedelta(minutes=1) for at in moments] == [0, 1, 4, 5, 20]
    assert row.answers == ANSWERS


def test_same_answer_is_taken_once(study, ada):
    prompt, now = asked(study, ada), timezone.now()
    first = actions.answer(prompt=prompt, answers=ANSWERS, at=now, now=now, key="k1")

    again = actions.answer(prompt=prompt, answers={"now_pull": 4}, at=now, now=now, key="k1")

    assert again.answers == first.answers == ANSWERS
    assert Prompt.objects.count() == 1


def test_answer_of_its_time_is_taken_when_the_internet_is_back(study, ada):
    begins = timezone.now() - timedelta(days=2)
    prompt = asked(study, ada, at=begins)

    kept = actions.answer(
        prompt=prompt, answers=ANSWERS, at=begins + timedelta(minutes=9), now=timezone.now()
    )

    assert (kept.answered_at - begins) == timedelta(minutes=9)


@pytest.mark.parametrize(
    ("answered_after", "came_after"),
    [(timedelta(hours=2), timedelta(hours=2)), (timedelta(minutes=9), timedelta(days=40))],
)
def test_late_is_late(study, ada, answered_after, came_after):
    begins = timezone.now() - timedelta(days=41)
    prompt = asked(study, ada, at=begins)

    with pytest.raises(LateError):
        actions.answer(
            prompt=prompt, answers=ANSWERS, at=begins + answered_after, now=begins + came_after
        )

    assert Prompt.objects.get().answers is None


def test_when_it_was_seen_is_what_the_device_says_of_its_own_time(study, ada):
    came = timezone.now()
    prompt = asked(study, ada, at=came - timedelta(minutes=20), delivered_at=came - timedelta(minutes=20))  # fmt: skip
    seen, at = came - timedelta(minutes=9), came - timedelta(minutes=8)

    kept = actions.answer(prompt=prompt, answers=ANSWERS, at=at, now=came, seen=seen)

    assert (kept.shown_at, kept.answered_at, kept.came_at) == (seen, at, came)


def test_nothing_is_seen_before_it_comes_or_after_it_is_answered(study, ada):
    now = timezone.now()
    early, late = (asked(study, ada, at=now - timedelta(minutes=n)) for n in (20, 10))
    far = timedelta(hours=5)

    actions.answer(prompt=early, answers=ANSWERS, at=now, now=now, seen=now - far)
    actions.answer(prompt=late, answers=ANSWERS, at=now, now=now, seen=now + far)

    rows = Prompt.objects.order_by("intended_at")
    assert [row.shown_at for row in rows] == [early.intended_at, now]


def test_device_whose_clock_runs_ahead_answers_no_later_than_now(study, ada):
    prompt, now = asked(study, ada), timezone.now()

    kept = actions.answer(prompt=prompt, answers=ANSWERS, at=now + timedelta(minutes=40), now=now)

    assert kept.answered_at == now


def test_what_is_left_out_or_no_word_is_passed_over(study, ada):
    kept = answered(study, ada, now_close=0, now_pull=9)

    assert kept.answers == {
        "now_close": 0, "now_pull": "passed", "now_restless": "passed", "now_around": "passed",
    }  # fmt: skip


def test_edited_questions_lose_no_answer(study, ada):
    old = asked(study, ada)
    items = [
        {"key": "now_close", "asks": "How near are people?", "answers": [[0, "far"], [1, "near"]]}
    ]
    actions.edit_survey(study=study, key="moment_now", items=items, at=timezone.now())
    new = asked(study, ada, at=timezone.now())
    now = timezone.now()

    first = actions.answer(prompt=old, answers=ANSWERS, at=now, now=now)
    second = actions.answer(prompt=new, answers={"now_close": 1, "now_pull": 2}, at=now, now=now)

    assert (first.survey.version, first.answers) == (1, ANSWERS)
    assert (second.survey.version, second.answers) == (2, {"now_close": 1})


def test_answers_are_in_the_words_that_were_asked_for_whoever_said_them(study, ada):
    kept = answered(study, ada)

    assert kept.get_answers_display() == (
        "How close do you feel to people? close; How strong is the pull to use? faint; "
        "How restless or on edge are you? some; Who was around in the last hour? someone close"
    )


def test_not_now_ends_it_without_a_why(study, ada):
    prompt = asked(study, ada)

    actions.pass_over(prompt=prompt, at=timezone.now())

    assert access.waiting_for(ada, at=timezone.now()) == []
    assert Prompt.objects.get().answered_at is None

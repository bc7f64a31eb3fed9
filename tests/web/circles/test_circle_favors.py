"""What those in a circle ask of each other, and offer."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.circles.making import chair_of, told

from kith.web.acts.choices import Help, Kind, Setting
from kith.web.acts.models import Act
from kith.web.circles import actions
from kith.web.circles.choices import Kind as Side
from kith.web.circles.models import Favor
from kith.web.messages.models import Ground

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(circle, ruth):
    """Ruth asks for something."""
    return actions.say_favor(
        chair=chair_of(ruth, circle), kind=Side.ASK, words="A lift?", at=timezone.now()
    )


@pytest.fixture
def offer(circle, ruth):
    """Ruth offers something."""
    return actions.say_favor(
        chair=chair_of(ruth, circle), kind=Side.OFFER, words="A lift.", at=timezone.now()
    )


def test_others_are_told_that_somebody_asks_and_not_what(ask, ruth, kofi, dev):
    assert told(kofi) == told(dev) == ["Ruth asks something of your circle."]
    assert told(ruth) == []


def test_who_takes_it_up_opens_nothing_new_and_the_author_is_told(ask, ruth, kofi):
    before = Ground.objects.count()

    actions.take_up(favor=ask, person=kofi)

    ask.refresh_from_db()
    assert ask.taken_by == kofi
    assert Ground.objects.count() == before
    assert told(ruth) == ["Kofi can do what you asked for."]


def test_offer_is_taken_up_with_thanks(offer, ruth, kofi):
    actions.take_up(favor=offer, person=kofi)

    assert told(ruth) == ["Kofi says “Yes please” to what you offered."]


def test_only_one_takes_it_up_and_nobody_their_own(ask, ruth, kofi, dev):
    with pytest.raises(actions.TakenError):
        actions.take_up(favor=ask, person=ruth)
    actions.take_up(favor=ask, person=kofi)
    with pytest.raises(actions.TakenError):
        actions.take_up(favor=ask, person=dev)

    assert Favor.objects.get().taken_by == kofi


@pytest.mark.parametrize("who", ["ruth", "kofi"])
def test_ask_that_is_done_is_help_by_who_took_it_up(ask, ruth, kofi, who):
    actions.take_up(favor=ask, person=kofi)

    actions.do(favor=ask, person={"ruth": ruth, "kofi": kofi}[who], at=timezone.now())

    act = Act.objects.get()
    assert (act.kind, act.actor, act.other, act.help) == (Kind.HELPED, kofi, ruth, Help.GIVEN)
    assert (act.setting, act.number) == (Setting.CIRCLE, ask.circle_id)


def test_offer_that_is_done_is_help_by_who_offered(offer, ruth, kofi):
    actions.take_up(favor=offer, person=kofi)

    actions.do(favor=offer, person=kofi, at=timezone.now())

    act = Act.objects.get()
    assert (act.actor, act.other, act.help) == (ruth, kofi, Help.GIVEN)


def test_done_is_said_once_and_by_the_two_alone(ask, ruth, kofi, dev):
    with pytest.raises(actions.TakenError):
        actions.do(favor=ask, person=ruth, at=timezone.now())
    actions.take_up(favor=ask, person=kofi)
    with pytest.raises(actions.TakenError):
        actions.do(favor=ask, person=dev, at=timezone.now())
    actions.do(favor=ask, person=ruth, at=timezone.now())
    with pytest.raises(actions.TakenError):
        actions.do(favor=ask, person=kofi, at=timezone.now())

    assert Act.objects.count() == 1


def test_author_takes_it_back_and_it_is_gone(ask, ruth):
    actions.take_favor_back(favor=ask, person=ruth)

    assert not Favor.objects.exists()
    with pytest.raises(actions.TakenError):
        actions.take_favor_back(favor=ask, person=ruth)


def test_who_took_it_up_and_cannot_leaves_it_open(ask, ruth, kofi):
    actions.take_up(favor=ask, person=kofi)
    # What leads to the same place is told once, until they look.
    ruth.notices.update(seen_at=timezone.now())

    actions.take_favor_back(favor=ask, person=kofi)

    assert Favor.objects.get().taken_by is None
    assert told(ruth) == ["Kofi can’t after all. What you said is open again."]


def test_nobody_takes_back_what_is_not_theirs_or_done(ask, ruth, kofi, dev):
    with pytest.raises(actions.TakenError):
        actions.take_favor_back(favor=ask, person=dev)
    actions.take_up(favor=ask, person=kofi)
    actions.do(favor=ask, person=kofi, at=timezone.now())
    with pytest.raises(actions.TakenError):
        actions.take_favor_back(favor=ask, person=ruth)

    assert Favor.objects.exists()


def test_nobody_has_very_many_open(circle, ruth):
    more = {"chair": chair_of(ruth, circle), "kind": Side.ASK, "words": "More?"}
    for _ in range(5):
        actions.say_favor(**more, at=timezone.now())

    with pytest.raises(actions.EnoughError):
        actions.say_favor(**more, at=timezone.now())

    assert Favor.objects.count() == 5


def test_what_was_done_fades_after_a_week_and_what_is_open_after_thirty_days(circle, ruth):
    now = timezone.now()
    made = {"circle": circle, "by": ruth, "kind": Side.ASK}
    for words, days, done in (
        ("fresh", 29, None),
        ("old", 30, None),
        ("done", 40, 6),
        ("gone", 10, 7),
    ):
        done_on = None if done is None else (now - timedelta(days=done)).date()
        Favor.objects.create(
            words=words, made_at=now - timedelta(days=days), done_on=done_on, **made
        )

    actions.fade_favors(at=now)

    assert {favor.words for favor in Favor.objects.all()} == {"fresh", "done"}


def test_what_somebody_took_up_is_open_again_when_they_leave(ask, circle, ruth, kofi):
    actions.take_up(favor=ask, person=kofi)
    theirs = actions.say_favor(
        chair=chair_of(kofi, circle), kind=Side.OFFER, words="Tea", at=timezone.now()
    )

    actions.leave(chair=chair_of(kofi, circle), at=timezone.now())

    assert Favor.objects.get().taken_by is None
    assert not Favor.objects.filter(pk=theirs.pk).exists()

"""Nobody came to it: a kind note waits for an hour, and whoever sees it can still come."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.reach.people.making import (
    apart,
    asked,
    browser,
    circle_of,
    longtime,
    ring_of,
    willing,
)

from kith.web.notices.actions.pushing import shown
from kith.web.notices.models import Notice
from kith.web.reach import actions
from kith.web.reach.bridge import shelf
from kith.web.reach.choices import OpenTo, RingState, Said, State
from kith.web.reach.models import Reach, Ring
from kith.web.rooms.models import Room, Seat
from kith.web.safety.choices import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(db):
    return longtime("Ana")


@pytest.fixture
def ruth(db):
    return willing("Ruth")


def missed(person):
    """Return the reach of `person`, to which nobody came."""
    return actions.go_on(reach=asked(person), at=timezone.now())


def sent(person):
    reach = missed(person)
    actions.ask_to_sit(reach=reach, at=timezone.now())
    return reach


def told(person):
    return list(Notice.objects.filter(person=person).values_list("words", "path", "is_urgent"))


# ---- the three ----------------------------------------------------------------------------------
def test_note_goes_to_all_who_were_rung_also_to_whom_it_was_no_good_moment(ana, ruth):
    kofi = willing("Kofi")
    reach = asked(ana)
    actions.decline(ring=ring_of(reach, kofi), at=timezone.now())
    actions.go_on(reach=reach, at=timezone.now())

    actions.ask_to_sit(reach=reach, at=timezone.now())

    for person in (ruth, kofi):
        ring = ring_of(reach, person)
        assert ring.state == RingState.ASKED
        words = "Somebody here asks whether you can sit with them."
        assert told(person) == [(words, ring.get_absolute_url(), True)]


def test_who_knows_the_asker_reads_their_name(ana):
    mate = willing("Mate", open_to=OpenTo.KNOWN)
    circle_of(ana, mate)

    sent(ana)

    assert told(mate)[0][0] == "Ana asks whether you can sit with them."


@pytest.mark.parametrize("kind", [Kind.BLOCK, Kind.AVOID])
def test_note_goes_to_nobody_who_keeps_away_since(ana, ruth, kind):
    willing("Kofi")
    reach = missed(ana)
    apart(ruth, ana, kind)

    actions.ask_to_sit(reach=reach, at=timezone.now())

    assert told(ruth) == []
    assert ring_of(reach, ruth).state == RingState.MISSED


def test_note_is_sent_once(ana, ruth):
    reach = sent(ana)

    with pytest.raises(actions.NobodyToAskError, match="These lines answer"):
        actions.ask_to_sit(reach=reach, at=timezone.now())
    actions.ask_not(reach=reach, at=timezone.now())
    with pytest.raises(actions.NobodyToAskError):
        actions.ask_to_sit(reach=reach, at=timezone.now())

    assert told(ruth) == []


@pytest.mark.parametrize("end", ["ringing", "stopped", "closed"])
def test_note_is_sent_by_nobody_who_is_not_waiting(ana, ruth, end):
    reach = asked(ana)
    if end == "stopped":
        actions.stop(reach=reach)
    if end == "closed":
        actions.go_on(reach=reach, at=timezone.now())
        actions.say_after(reach=reach, said=Said.UNSAID, at=timezone.now())

    for send in (actions.ask_to_sit, actions.ask_the_circle):
        with pytest.raises(actions.NobodyToAskError, match="ring again at any time"):
            send(reach=reach, at=timezone.now())

    assert told(ruth) == []


def test_who_can_sit_with_them_opens_the_room_and_the_asker_hears_of_it(ana, ruth):
    kofi = willing("Kofi")
    reach = sent(ana)

    done = actions.answer(ring=ring_of(reach, ruth), at=timezone.now())

    assert (done.state, done.answered_by) == (State.ANSWERED, ruth)
    assert set(Seat.objects.values_list("person", flat=True)) == {ana.pk, ruth.pk}
    assert told(ana) == [("Ruth can sit with you now.", reach.get_absolute_url(), True)]
    assert (ring_of(reach, kofi).state, told(kofi)) == (RingState.TOLD, [])


def test_note_can_be_answered_for_an_hour(ana, ruth):
    ring = ring_of(sent(ana), ruth)
    at = ring.until

    with pytest.raises(actions.OverError):
        actions.answer(ring=ring, at=at)
    assert actions.answer(ring=ring, at=at - timedelta(minutes=1)).state == State.ANSWERED


@pytest.mark.parametrize("how", ["took it back", "all right now", "another one answered"])
def test_note_is_taken_back_when_it_is_needed_no_more(ana, ruth, how):
    reach = sent(ana)
    if how == "took it back":
        actions.ask_not(reach=reach, at=timezone.now())
    elif how == "all right now":
        actions.say_after(reach=reach, said=Said.OTHER, at=timezone.now())
    else:
        kofi = willing("Kofi")
        shelf.forget()
        again = asked(ana)
        actions.answer(ring=ring_of(again, kofi), at=timezone.now())

    assert told(ruth) == []
    with pytest.raises((actions.OverError, actions.TakenError), match="Thank you"):
        actions.answer(ring=ring_of(reach, ruth), at=timezone.now())


def test_not_now_is_said_to_a_note_too(ana, ruth):
    reach = sent(ana)

    actions.decline(ring=ring_of(reach, ruth), at=timezone.now())

    assert ring_of(reach, ruth).state == RingState.DECLINED
    assert Reach.objects.get().state == State.LINES
    assert Room.objects.count() == 0


def test_lock_screen_says_nothing_of_it(ana, ruth):
    sent(ana)

    said = shown("en").decode()

    assert "sit" not in said
    assert "Ana" not in said


# ---- the whole circle -----------------------------------------------------------------------------
def test_circle_is_asked_by_the_limits_of_each(ana):
    free = willing("Free", open_to=OpenTo.KNOWN)
    resting = willing("Resting", open_to=OpenTo.KNOWN, rests_until=timezone.now() + timedelta(1))
    unwilling = longtime("Unwilling")
    circle_of(ana, free, resting, unwilling)
    outside = willing("Outside")
    reach = Reach.objects.create(
        person=ana, state=State.LINES, started_at=timezone.now(), rings_until=timezone.now()
    )

    actions.ask_the_circle(reach=reach, at=timezone.now())

    assert told(free)[0][0] == "Ana asks whether you can sit with them."
    assert [told(one) for one in (resting, unwilling, outside)] == [[], [], []]
    assert Ring.objects.get().state == RingState.ASKED


def test_note_counts_as_a_ring_does(ana):
    mate = willing("Mate", open_to=OpenTo.KNOWN, most_a_day=1)
    circle_of(ana, mate)
    reach = Reach.objects.create(
        person=ana, state=State.LINES, started_at=timezone.now(), rings_until=timezone.now()
    )
    actions.ask_the_circle(reach=reach, at=timezone.now())

    assert asked(ana).state == State.LINES, "they let themselves be rung once a day"
    other = Reach.objects.create(
        person=ana, state=State.LINES, started_at=timezone.now(), rings_until=timezone.now()
    )
    with pytest.raises(actions.NobodyToAskError, match="Nobody else of your circle"):
        actions.ask_the_circle(reach=other, at=timezone.now())


def test_circle_is_asked_besides_those_who_were_rung(ana):
    mates = [willing(f"M{number}", open_to=OpenTo.KNOWN) for number in range(4)]
    circle_of(ana, *mates)
    reach = sent(ana)

    actions.ask_the_circle(reach=reach, at=timezone.now())

    assert [len(told(one)) for one in mates] == [1, 1, 1, 1]
    assert Ring.objects.filter(state=RingState.ASKED).count() == 4


# ---- the pages ------------------------------------------------------------------------------------
def test_page_offers_the_note_then_says_that_it_is_with_them(ana, ruth):
    reach, at = missed(ana), browser(ana)
    before = at.get(reach.get_absolute_url()).content.decode()
    answer = at.post(f"{reach.get_absolute_url()}ask/")
    after = at.get(answer["Location"]).content.decode()

    assert "Send: can you sit with me?" in before
    assert "Send: can you sit with me?" not in after
    assert "Your note is with them." in after
    assert "Ask the whole circle" not in before
    at.post(f"{reach.get_absolute_url()}ask-not/")
    assert "Your note is with them." not in at.get(reach.get_absolute_url()).content.decode()
    assert told(ruth) == []


def test_who_has_the_note_reads_it_and_answers_from_their_page(ana, ruth):
    ring, at = ring_of(sent(ana), ruth), browser(ruth)
    page = at.get(ring.get_absolute_url()).content.decode()

    assert "Somebody here asks whether you can sit with them." in page
    assert "I can sit with you" in page
    assert Notice.objects.get(person=ruth).seen_at is not None
    answer = at.post(f"{ring.get_absolute_url()}answer/")
    assert answer["Location"].startswith(Room.objects.get().get_absolute_url())


def test_circle_that_cannot_be_asked_is_said_beside_the_lines(ana):
    circle_of(ana, longtime("Unwilling"))
    reach, at = missed(ana), browser(ana)
    page = at.get(reach.get_absolute_url()).content.decode()
    answer = at.post(f"{reach.get_absolute_url()}circle/")

    assert "Ask the whole circle" in page
    assert "Nobody else of your circle can be asked at this hour." in answer.content.decode()
    assert 'href="tel:988"' in answer.content.decode()


def test_note_of_another_cannot_be_sent_or_taken_back(ana, ruth):
    reach = missed(ana)

    for what in ("ask", "circle", "ask-not"):
        path = f"{reach.get_absolute_url()}{what}/"
        assert browser(ruth).post(path).status_code == 404
        assert browser(ana).get(path).status_code == 405

"""The pages of a reach: for whom they open, what they say, and that there is always somebody."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.web.circles.making import told
from tests.web.reach.people.making import (
    apart,
    asked,
    browser,
    circle_of,
    keeps,
    longtime,
    ring_of,
    willing,
)

from kith.web.reach import actions
from kith.web.reach.choices import OpenTo, State
from kith.web.reach.models import Reach, Ring, Turn, Willing
from kith.web.reach.templatetags.reach import named
from kith.web.reach.views import answering
from kith.web.safety.models import Pause

pytestmark = pytest.mark.django_db
LINE = 'href="tel:988"'


@pytest.fixture
def ana(db):
    return longtime("Ana")


@pytest.fixture
def ruth(db):
    return willing("Ruth")


def page(person, path):
    return browser(person).get(path).content.decode()


def test_tap_rings_and_leads_to_the_page_of_it(ana, ruth):
    answer = browser(ana).post("/now/ring/", {"way": "video"})

    reach = Reach.objects.get()
    assert answer["Location"] == reach.get_absolute_url()
    assert reach.way == "video"


def test_stranger_and_paused_person_find_the_lines(client, ana, ruth):
    assert client.post("/now/ring/").status_code == 302
    Pause.objects.create(person=ana, until=timezone.now() + timedelta(days=1))

    assert browser(ana).post("/now/ring/").status_code == 403
    assert LINE in page(ana, "/now/")
    assert Reach.objects.count() == 0


def test_names_are_shown_of_people_they_know_and_of_nobody_else(ana, ruth):
    circle_of(ana, willing("Kofi", open_to=OpenTo.KNOWN))

    before, ringing = page(ana, "/now/"), page(ana, asked(ana).get_absolute_url())

    for said in (before, ringing):
        assert ("Kofi" in said, "Ruth" in said, "Somebody here" in said) == (True, False, True)


def test_whom_nobody_knows_sees_no_name_before_they_talk(ana, ruth):
    reach = asked(ana)

    assert "Ana" not in page(ruth, ring_of(reach, ruth).get_absolute_url())


@pytest.mark.parametrize("state", State.values)
def test_lines_never_leave_the_page(ana, ruth, state):
    reach = asked(ana)
    Reach.objects.update(state=state, room="/room/x/", answered_by=ruth)

    assert LINE in page(ana, reach.get_absolute_url())


def test_page_settles_what_is_over(ana, ruth):
    reach = asked(ana)
    Reach.objects.update(rings_until=timezone.now())

    said = browser(ana).get(reverse("reach:state", args=[reach.token])).json()

    assert said == {"state": "lines", "room": ""}


def test_dont_wait_goes_on_at_once(ana, ruth):
    keeps(longtime("Joan"))
    reach = asked(ana)

    browser(ana).post(reverse("reach:go_on", args=[reach.token]))

    assert "Walk into the open room" in page(ana, reach.get_absolute_url())


def test_answer_leads_to_the_room_and_again(ana, ruth):
    ring = ring_of(asked(ana), ruth)
    to = ring.get_absolute_url()

    answer = browser(ruth).post(f"{to}answer/")

    assert answer["Location"].startswith("/room/")
    assert browser(ruth).get(to)["Location"] == answer["Location"]


def test_second_answer_is_a_kind_sentence(ana, ruth):
    kofi = willing("Kofi")
    reach = asked(ana)
    actions.answer(ring=ring_of(reach, kofi), at=timezone.now())
    to = ring_of(reach, ruth).get_absolute_url()

    answers = [browser(ruth).post(f"{to}answer/"), browser(ruth).get(to)]

    assert [one.status_code for one in answers] == [409, 200]
    for one in answers:
        assert "They are talking with somebody now. Thank you for being there." in (
            one.content.decode()
        )


def test_ring_that_is_over_says_so(ana, ruth):
    reach = asked(ana)
    actions.stop(reach=reach)

    assert "They don’t need it any more." in page(ruth, ring_of(reach, ruth).get_absolute_url())


def test_not_now_is_all_right(ana, ruth):
    reach = asked(ana)

    answer = browser(ruth).post(f"{ring_of(reach, ruth).get_absolute_url()}not-now/")

    assert "Nobody is told" in answer.content.decode()


@pytest.mark.parametrize("whose", ["outsider", "blocked"])
def test_ring_opens_for_whom_it_rings_only(ana, ruth, whose):
    reach = asked(ana)
    to = ring_of(reach, ruth).get_absolute_url()
    if whose == "blocked":
        apart(ana, ruth)

    who = ruth if whose == "blocked" else longtime("Omar")

    assert browser(who).get(to).status_code == 404
    assert browser(who).post(f"{to}answer/").status_code == 404


def test_reach_opens_for_whoever_asked_only(ana, ruth):
    reach = asked(ana)

    assert browser(ruth).get(reach.get_absolute_url()).status_code == 404


# ---- the bar on any page ------------------------------------------------------------------------
def test_bar_is_told_of_a_ring_and_of_nothing_else(client, ana, ruth):
    assert browser(ruth).get("/rung/").json() == {}
    reach = asked(ana)
    answering.forget()

    assert browser(ruth).get("/rung/").json() == {
        "page": ring_of(reach, ruth).get_absolute_url(),
        "said": "Somebody is asking for you",
    }
    assert browser(ana).get("/rung/").json() == {}
    assert client.get("/rung/").json() == {}


def test_bar_asks_the_database_nothing_while_nobody_is_rung(ana, django_assert_num_queries):
    phone = browser(ana)
    phone.get("/rung/")

    with django_assert_num_queries(0):
        phone.get("/rung/")


def test_pages_carry_the_bar_for_those_who_are_in(client, ana):
    assert 'data-rings="/rung/"' in page(ana, "/about/")
    assert "data-rings" not in client.get("/about/").content.decode()


# ---- the open room --------------------------------------------------------------------------------
def test_walking_in_gives_a_seat_in_the_one_room_of_the_hour(ana):
    joan = longtime("Joan")
    keeps(joan)

    rooms = {browser(one).post("/now/room/")["Location"] for one in (ana, joan)}

    assert len(rooms) == 1


def test_closed_room_says_so_beside_the_lines(ana):
    answer = browser(ana).post("/now/room/")

    assert answer.status_code == 409
    assert LINE in answer.content.decode()


def test_seventh_finds_the_lines(ana):
    keeps(longtime("Joan"))
    for number in range(6):
        browser(longtime(f"Guest {number}")).post("/now/room/")

    answer = browser(ana).post("/now/room/")

    assert answer.status_code == 409
    assert "Six people have the seats" in answer.content.decode()
    assert LINE in answer.content.decode()


def test_keepers_are_told_that_somebody_walked_in(ana):
    joan = longtime("Joan")
    keeps(joan)

    browser(ana).post("/now/room/")

    assert told(joan) == ["Somebody walked into the open room. It is your turn."]


# ---- afterwards -----------------------------------------------------------------------------------
def test_leaving_a_call_leads_each_to_their_own_page(ana, ruth):
    reach = asked(ana)
    actions.answer(ring=ring_of(reach, ruth), at=timezone.now())

    assert browser(ana).get("/now/left/")["Location"] == f"{reach.get_absolute_url()}after/"
    assert "You were there." in page(ruth, "/now/left/")
    assert browser(longtime("Omar")).get("/now/left/")["Location"] == "/now/"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("reached", "Good that you asked."),
        ("other", "Good that you asked."),
        ("used", "You are still welcome here."),
        ("unsaid", "Good that you asked."),
        ("anything", "Good that you asked."),
    ],
)
def test_one_tap_is_answered_kindly(ana, ruth, said, words):
    reach = asked(ana)
    actions.answer(ring=ring_of(reach, ruth), at=timezone.now())

    answer = browser(ana).post(f"{reach.get_absolute_url()}said/", {"said": said})

    assert words in answer.content.decode()


def test_question_afterwards_asks_of_a_person_only_if_there_was_one(ana):
    reach = asked(ana)

    assert "I reached a person" not in page(ana, f"{reach.get_absolute_url()}after/")


# ---- letting oneself be rung ----------------------------------------------------------------------
def test_somebody_says_by_whom_and_how_often_and_takes_it_back(ana):
    phone = browser(ana)
    sent = {"open_to": "2", "only_in_hours": "yes", "most_a_day": "1", "most_a_week": "5"}

    phone.post("/now/willing/", sent)
    said = Willing.objects.get(person=ana)
    phone.post("/now/willing/rest/")
    assert "You are not rung tonight." in page(ana, "/now/willing/")
    phone.post("/now/willing/not/")

    assert (said.open_to, said.only_in_hours, said.most_a_day, said.most_a_week) == (2, True, 1, 5)
    assert not Willing.objects.exists()


def test_form_says_what_is_missing(ana):
    answer = browser(ana).post("/now/willing/", {"most_a_day": "1", "most_a_week": "5"})

    assert answer.status_code == 400
    assert "Choose who may ring you." in answer.content.decode()


def test_turns_are_taken_and_given_back(ana):
    phone = browser(ana)

    phone.post("/now/turns/", {"turn": ["3-20", "4-22"]})
    phone.post("/now/turns/", {"turn": ["4-22", "0-0"]})

    assert set(Turn.objects.values_list("weekday", "hour")) == {(4, 22), (0, 0)}
    assert phone.post("/now/turns/", {"turn": ["9-99"]}).status_code == 400


def test_names_are_said_in_a_sentence():
    assert [named(names) for names in (["Ruth"], ["Ruth", "Kofi"], ["Ruth", "Kofi", "May"])] == [
        "Ruth",
        "Ruth and Kofi",
        "Ruth, Kofi and May",
    ]


def test_ringing_page_asks_as_little_for_one_as_for_three(ana, ruth, django_assert_num_queries):
    for name in ("Kofi", "May"):
        willing(name)
    reach = asked(ana)
    phone = browser(ana)
    phone.get(reach.get_absolute_url())

    with django_assert_num_queries(6):
        phone.get(reach.get_absolute_url())
    Ring.objects.exclude(person=ruth).delete()
    with django_assert_num_queries(6):
        phone.get(reach.get_absolute_url())

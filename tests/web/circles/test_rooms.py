"""Circles and pairs that meet online, and have no link of their own, meet in a room of kith."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.circles.making import chair_of, circle_of
from tests.web.circles.pairing import both_said_yes, paired
from tests.web.safety.meeting import browser_of, paused

from kith.web.circles import actions
from kith.web.circles.choices import Way
from kith.web.rooms.choices import Kind, SeatState
from kith.web.rooms.models import Room

SOON, LATER = timedelta(minutes=14), timedelta(minutes=20)


def online(*people, starts_in=SOON, **more):
    return circle_of(*people, starts_in=starts_in, way=Way.ONLINE, **more)


def pair_of(one, other, *, starts_in):
    now = timezone.now()
    return both_said_yes(paired(one, other, starts_at=now + starts_in), at=now)


def door(circle, person):
    return browser_of(person).get(f"/circle/{circle.token}/door/")


def test_door_leads_into_one_room_for_all_of_a_circle(ruth, kofi, dev):
    circle = online(ruth, kofi, dev)

    one, other = door(circle, ruth), door(circle, kofi)

    room = Room.objects.get()
    assert one.url == other.url == f"/room/{room.token}/"
    assert room.kind == Kind.CIRCLE
    assert room.back == f"/circle/{circle.token}/"
    assert [seat.person for seat in room.seats.all()] == [ruth, kofi, dev]
    assert room.host in {ruth, kofi, dev}
    assert browser_of(kofi).get(other.url).status_code == 200


def test_page_says_that_the_door_is_open(ruth, kofi, dev):
    circle = online(ruth, kofi, dev)

    page = browser_of(ruth).get(f"/circle/{circle.token}/").content.decode()

    assert "The door is open." in page
    assert "There is no room online yet" not in page


def test_door_is_shut_before_a_quarter_of_an_hour(ruth, kofi, dev):
    circle = online(ruth, kofi, dev, starts_in=LATER)

    answer = door(circle, ruth)

    assert answer.url == f"/circle/{circle.token}/"
    assert not Room.objects.exists()


def test_own_link_comes_first_and_a_circle_in_person_has_no_room(ruth, kofi, dev):
    linked = online(ruth, kofi, dev, link="https://meet.example.org/ours")
    in_person = circle_of(ruth, kofi, dev, starts_in=SOON)

    assert door(linked, ruth).url == "https://meet.example.org/ours"
    assert door(in_person, ruth).url == f"/circle/{in_person.token}/"
    assert not Room.objects.exists()


def test_who_cannot_come_is_given_no_seat_until_they_do(ruth, kofi, dev):
    circle = online(ruth, kofi, dev)
    actions.say_comes(chair=chair_of(dev, circle), comes=False, at=timezone.now())

    door(circle, ruth)
    without = [seat.person for seat in Room.objects.get().seats.all()]
    door(circle, dev)

    assert without == [ruth, kofi]
    assert [seat.person for seat in Room.objects.get().seats.all()] == [ruth, kofi, dev]


def test_who_does_not_sit_in_the_circle_finds_no_door(ruth, kofi, dev, wren):
    circle = online(ruth, kofi, dev)

    assert door(circle, wren).status_code == 404
    assert not Room.objects.exists()


def test_paused_one_does_not_keep_the_others_out(ruth, kofi, dev):
    circle = online(ruth, kofi, dev)
    paused(kofi)

    assert door(circle, ruth).status_code == 302
    assert door(circle, kofi).status_code == 403
    assert [seat.person for seat in Room.objects.get().seats.all()] == [ruth, dev]


def test_room_that_was_ended_is_over_for_that_evening(ruth, kofi, dev):
    circle = online(ruth, kofi, dev)
    door(circle, ruth)
    Room.objects.update(closed_at="2026-11-26T20:00Z")

    answer = door(circle, kofi)

    assert answer.status_code == 410
    assert "This room is closed. Its hour is over." in answer.content.decode()


@pytest.mark.parametrize(("starts_in", "is_open"), [(SOON, True), (LATER, False)])
def test_pair_meets_in_a_room_from_a_quarter_of_an_hour_before(ruth, kofi, starts_in, is_open):
    pair = pair_of(ruth, kofi, starts_in=starts_in)

    page = browser_of(ruth).get(f"/pair/{pair.token}/").content.decode()
    answer = browser_of(ruth).get(f"/pair/{pair.token}/room/")

    assert ("The door is open." in page) is is_open
    assert (answer.url != f"/pair/{pair.token}/") is is_open
    assert Room.objects.filter(kind=Kind.PAIR).exists() is is_open


def test_pair_has_two_seats_and_nobody_holds_the_room(ruth, kofi):
    pair = pair_of(ruth, kofi, starts_in=SOON)

    browser_of(ruth).get(f"/pair/{pair.token}/room/")

    room = Room.objects.get()
    assert {seat.person for seat in room.seats.all()} == {ruth, kofi}
    assert {seat.state for seat in room.seats.all()} == {SeatState.ASKED}
    assert room.host is None
    assert room.ends_at == pair.starts_at + timedelta(hours=1)

"""Who gets a seat in a room, who keeps it, and who ends what."""

import pytest
from django.http import Http404
from django.utils import timezone
from tests.web.circles.making import longtime
from tests.web.rooms.making import room_of, seat_of

from kith.web.rooms import access, actions
from kith.web.rooms.choices import EMPTY_FOR, LINGER, Kind, SeatState
from kith.web.rooms.models import Room, Seat
from kith.web.safety import actions as safety
from kith.web.safety.choices import Kind as Far


def keep(by, whom, kind):
    safety.keep_away(person=by, other=whom, kind=kind)


# ---- opening ----------------------------------------------------------------------------------
def test_room_has_a_seat_for_each(ruth, kofi):
    room = room_of(ruth, kofi)

    assert [seat.person for seat in room.seats.all()] == [ruth, kofi]
    assert {seat.state for seat in room.seats.all()} == {SeatState.ASKED}
    assert room.get_absolute_url() == f"/room/{room.token}/"


def test_same_occasion_finds_the_same_room(ruth, kofi):
    first = room_of(ruth, occasion="circle 1, 2026-11-26")
    second = room_of(kofi, occasion="circle 1, 2026-11-26")

    assert first == second
    assert [seat.person for seat in first.seats.all()] == [ruth, kofi]


def test_rooms_without_occasion_are_rooms_by_themselves(ruth):
    assert room_of(ruth) != room_of(ruth)


def test_seventh_is_refused(db):
    room = room_of(*(longtime(name) for name in "ABCDEF"))

    with pytest.raises(actions.FullError, match="Six people have the seats"):
        actions.seat(room=room, person=longtime("G"))

    assert room.seats.count() == 6


def test_room_of_seven_is_not_opened(db):
    with pytest.raises(actions.FullError):
        room_of(*(longtime(name) for name in "ABCDEFG"))

    assert not Room.objects.exists()


def test_who_left_makes_room_for_another(db):
    people = [longtime(name) for name in "ABCDEF"]
    room = room_of(*people)
    actions.leave(seat=seat_of(people[0], room))

    seat = actions.seat(room=room, person=longtime("G"))

    assert seat.state == SeatState.ASKED
    with pytest.raises(actions.FullError):
        actions.sit(seat=seat_of(people[0], room))


def test_who_has_a_seat_keeps_it_when_seated_again(ruth, kofi):
    room = room_of(ruth, kofi)
    actions.sit(seat=seat_of(ruth, room))

    again = actions.seat(room=room, person=ruth)

    assert again.state == SeatState.SITS
    assert room.seats.count() == 2


def test_who_left_is_given_the_same_seat_again(ruth, kofi):
    room = room_of(ruth, kofi)
    actions.leave(seat=seat_of(ruth, room))

    again = actions.seat(room=room, person=ruth)

    assert again.state == SeatState.ASKED
    assert room.seats.count() == 2


@pytest.mark.parametrize("kind", [Far.BLOCK, Far.AVOID])
def test_who_keeps_away_is_not_seated_beside(ruth, kofi, kind):
    keep(ruth, kofi, kind)

    with pytest.raises(actions.ApartError):
        room_of(ruth, kofi)

    assert not Room.objects.exists()


def test_over_room_seats_nobody(ruth, kofi):
    room = room_of(ruth)
    actions.close(room=room)

    with pytest.raises(actions.OverError, match="This room is closed"):
        actions.seat(room=room, person=kofi)


# ---- sitting and leaving ------------------------------------------------------------------------
def ended(room, ago):
    Room.objects.filter(pk=room.pk).update(ends_at=timezone.now() - ago)


def test_who_sits_may_come_back_for_a_quarter_of_an_hour_after_the_end(ruth, kofi):
    room = room_of(ruth, kofi)
    actions.sit(seat=seat_of(ruth, room))
    ended(room, LINGER / 2)

    actions.sit(seat=seat_of(ruth, room))
    with pytest.raises(actions.OverError):
        actions.sit(seat=seat_of(kofi, room))

    ended(room, LINGER)
    with pytest.raises(actions.OverError):
        actions.sit(seat=seat_of(ruth, room))


def test_closed_room_is_closed_for_who_sits_too(ruth):
    room = room_of(ruth)
    actions.sit(seat=seat_of(ruth, room))
    actions.close(room=room)

    with pytest.raises(actions.OverError):
        actions.sit(seat=seat_of(ruth, room))


def test_removed_seat_is_not_theirs_any_more(ruth):
    room = room_of(ruth)
    room.seats.update(state=SeatState.REMOVED)

    with pytest.raises(actions.OverError, match="no longer yours"):
        actions.sit(seat=seat_of(ruth, room))


def test_host_moves_somebody_to_the_lobby_and_lets_them_in(ruth, kofi):
    room = room_of(ruth, kofi, host=ruth)
    actions.to_lobby(seat=seat_of(kofi, room), by=seat_of(ruth, room))

    with pytest.raises(actions.WaitsError, match="wait here for a moment"):
        actions.sit(seat=seat_of(kofi, room))
    actions.let_in(seat=seat_of(kofi, room), by=seat_of(ruth, room))
    actions.sit(seat=seat_of(kofi, room))

    assert seat_of(kofi, room).state == SeatState.SITS


def test_host_ends_it_for_all(ruth, kofi):
    room = room_of(ruth, kofi, host=ruth)

    actions.end_by_host(by=seat_of(ruth, room))

    room.refresh_from_db()
    assert room.closed_at is not None


def test_who_is_no_host_does_none_of_it(ruth, kofi):
    room = room_of(ruth, kofi, host=ruth)
    by, seat = seat_of(kofi, room), seat_of(ruth, room)

    for deed in (actions.to_lobby, actions.let_in):
        with pytest.raises(actions.NotHostError):
            deed(seat=seat, by=by)
    with pytest.raises(actions.NotHostError):
        actions.end_by_host(by=by)

    assert seat_of(ruth, room).state == SeatState.ASKED


# ---- doors --------------------------------------------------------------------------------------
def test_seat_opens_for_its_own_person(ruth, kofi, wren):
    room = room_of(ruth, kofi)

    assert access.open_seat(ruth, room.token) == seat_of(ruth, room)
    with pytest.raises(Http404):
        access.open_seat(wren, room.token)
    with pytest.raises(Http404):
        access.open_seat(ruth, "never-was")


@pytest.mark.parametrize("kind", [Far.BLOCK, Far.AVOID])
def test_who_blocks_gets_up_and_the_other_one_stays(ruth, kofi, marisol, kind):
    room = room_of(ruth, kofi, marisol)
    for person in (ruth, kofi):
        actions.sit(seat=seat_of(person, room))

    keep(ruth, kofi, kind)

    assert seat_of(ruth, room).state == SeatState.LEFT
    assert seat_of(kofi, room).state == SeatState.SITS
    assert access.open_seat(kofi, room.token) == seat_of(kofi, room)


def test_who_blocks_finds_no_room_while_the_other_one_is_there(ruth, kofi):
    room = room_of(ruth, kofi)

    keep(ruth, kofi, Far.BLOCK)

    with pytest.raises(Http404):
        access.open_seat(ruth, room.token)


def test_who_mutes_stays(ruth, kofi):
    room = room_of(ruth, kofi)

    keep(ruth, kofi, Far.MUTE)

    assert seat_of(ruth, room).state == SeatState.ASKED


@pytest.mark.parametrize("kind", [Far.BLOCK, Far.AVOID])
def test_call_of_two_is_over_when_one_keeps_away(ruth, kofi, kind):
    call, pair = room_of(ruth, kofi, kind=Kind.CALL), room_of(ruth, kofi)

    keep(ruth, kofi, kind)

    assert not Room.objects.filter(pk=call.pk, closed_at=None).exists()
    assert Room.objects.filter(pk=pair.pk, closed_at=None).exists()


# ---- a call in which nobody is -------------------------------------------------------------------
def call_of(*people, opened_ago=EMPTY_FOR):
    room = room_of(*people, kind=Kind.CALL)
    Room.objects.filter(pk=room.pk).update(opened_at=timezone.now() - opened_ago)
    return room


def over(*rooms, at=None):
    wheres = {room.get_absolute_url() for room in rooms}
    return actions.end_calls(wheres=wheres, at=at or timezone.now())


def test_call_into_which_nobody_came_ends_by_itself(ruth, kofi):
    empty, fresh = call_of(ruth, kofi), call_of(ruth, kofi, opened_ago=LINGER * 0)

    assert over(empty, fresh) == {empty.get_absolute_url()}
    assert Room.objects.get(pk=empty.pk).closed_at is not None
    assert Room.objects.get(pk=fresh.pk).closed_at is None


def test_call_lasts_while_one_of_the_two_is_there(ruth, kofi):
    room, now = call_of(ruth, kofi), timezone.now()
    actions.sit(seat=seat_of(ruth, room))
    assert over(room, at=now + EMPTY_FOR / 2) == set()

    Seat.objects.update(seen_at=now - EMPTY_FOR)
    actions.note_here(seat=seat_of(kofi, room))

    assert over(room) == set(), "kofi said that he is still there"
    actions.leave(seat=seat_of(kofi, room))
    assert over(room) == {room.get_absolute_url()}


def test_only_calls_are_looked_after(ruth, kofi):
    pair = room_of(ruth, kofi)
    Room.objects.update(opened_at=timezone.now() - EMPTY_FOR)
    actions.note_here(seat=seat_of(ruth, pair))

    assert over(pair) == {pair.get_absolute_url()}, "no call is there"
    assert Room.objects.get(pk=pair.pk).closed_at is None
    assert seat_of(ruth, pair).seen_at is None


def test_address_of_no_room_is_over(db):
    assert actions.end_calls(wheres={"/now/", "/room/none/", ""}, at=timezone.now()) == {
        "/now/",
        "/room/none/",
        "",
    }


def test_seats_beside_are_of_those_who_are_seen(ruth, kofi, marisol):
    room = room_of(ruth, kofi, marisol)
    actions.leave(seat=seat_of(marisol, room))
    mine = seat_of(ruth, room)

    assert [seat.person for seat in access.seats_beside(mine)] == [kofi]
    assert access.open_seat_beside(mine, seat_of(kofi, room).mark).person == kofi
    with pytest.raises(Http404):
        access.open_seat_beside(mine, seat_of(marisol, room).mark)


def test_room_is_found_by_its_occasion(ruth):
    room = room_of(ruth, occasion="pair 7")

    assert access.room_of("pair 7") == room
    assert access.room_of("pair 8") is None


def test_who_sat_there_reviews_no_report_of_it(ruth, kofi, wren):
    room = room_of(ruth, kofi)
    actions.leave(seat=seat_of(kofi, room))

    assert set(access.who_sat_at(room.get_absolute_url())) == {ruth, kofi}
    assert access.who_sat_at("/room/never-was/") == []
    assert access.who_sat_at("/circle/") == []
    assert access.who_sat_at("/no/such/page") == []


def test_erasing_somebody_frees_their_seat(ruth, kofi):
    room = room_of(ruth, kofi, host=ruth)

    ruth.delete()

    room.refresh_from_db()
    assert room.host is None
    assert [seat.person for seat in room.seats.all()] == [kofi]


def test_kind_says_what_it_was_for(ruth):
    assert str(room_of(ruth, kind=Kind.OPEN)) == "an open room"
    assert str(seat_of(ruth, Room.objects.get())) == "an open room"

"""Hosts call a date off, move it, rest and end it: page, calendar and people know at once."""

from datetime import date, time

import pytest
from tests.web.gatherings.holding import held, somebody, told
from tests.web.gatherings.making import forget_everything

from kith.web.gatherings import actions
from kith.web.gatherings.bridge import spots
from kith.web.gatherings.bridge.plans import place_at
from kith.web.gatherings.choices import Answer, Status
from kith.web.gatherings.models import Coming, Gathering, Host, Occasion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TUESDAY, NEXT = date(2026, 12, 1), date(2026, 12, 8)


@pytest.fixture
def choir():
    """Two hold it, on Tuesdays at seven."""
    return held(somebody("Ruth"), somebody("Kofi"))


@pytest.fixture
def once():
    """Two hold it, on one Tuesday at seven."""
    return held(somebody("Ruth"), somebody("Kofi"), repeat="once", on=TUESDAY.isoformat())


def comer(gathering, on=None, said=Answer.COME):
    """Return somebody who said so of that date."""
    person = somebody("Amara")
    actions.answer(person=person, gathering=gathering, on=on, said=said)
    return person


def calendar(client, gathering):
    """Return what its calendar says beside the series itself."""
    text = client.get(f"/gatherings/{gathering.slug}.ics").content.decode().replace("\r\n ", "")
    events = text.split("BEGIN:VEVENT")[1:]
    wanted = ("RECURRENCE-ID", "DTSTART", "STATUS", "COMMENT", "LOCATION", "RDATE")
    return [
        sorted(line for line in event.splitlines() if line.startswith(wanted))
        for event in events[1:]
    ]


def shown(client, gathering):
    forget_everything()
    return client.get(gathering.get_absolute_url()).content.decode()


# ---- called off -----------------------------------------------------------------------------------
def test_called_off_date_is_told_to_who_would_come(choir):
    every, that, maybe = comer(choir), comer(choir, TUESDAY), comer(choir, TUESDAY, Answer.MAYBE)
    other, not_that = comer(choir, NEXT), comer(choir)
    actions.answer(person=not_that, gathering=choir, on=TUESDAY, said=Answer.NOT)

    actions.call_off(gathering=choir, on=TUESDAY, note="The heating is broken.")

    said = ["“Riverside Choir” on Tuesday 1 December is called off. The heating is broken."]
    assert [told(who) for who in (every, that, maybe)] == [said] * 3
    assert [told(who) for who in (other, not_that)] == [[], []]


def test_called_off_date_is_on_page_calendar_and_search_at_once(client, choir):
    before = Gathering.objects.get().edition

    actions.call_off(gathering=choir, on=date(2026, 11, 24), note="Flu.")

    assert Gathering.objects.get().edition > before
    assert "Tonight is called off." in shown(client, choir)
    assert calendar(client, choir) == [
        [
            "COMMENT:Flu.", "DTSTART;TZID=Europe/Dublin:20261124T190000",
            "LOCATION:Boathouse 2\\, 1 River Walk\\, Dublin\\, Ireland",
            "RECURRENCE-ID;TZID=Europe/Dublin:20261124T190000", "STATUS:CANCELLED",
        ]
    ]  # fmt: skip
    assert client.get("/api/gatherings?near=53.3331,-6.2489&when=tonight").json()["meetings"] == []


def test_two_called_off_dates_are_two_notices(choir):
    amara = comer(choir)

    actions.call_off(gathering=choir, on=TUESDAY)
    actions.call_off(gathering=choir, on=NEXT)

    assert told(amara) == [
        "“Riverside Choir” on Tuesday 1 December is called off.",
        "“Riverside Choir” on Tuesday 8 December is called off.",
    ]


def test_one_who_said_no_to_every_date_is_told_nothing(choir):
    amara = comer(choir)
    actions.answer(person=amara, gathering=choir, on=None, said=Answer.NOT)

    actions.call_off(gathering=choir, on=TUESDAY)

    assert told(amara) == []


def test_date_meets_after_all(client, choir):
    amara = comer(choir)
    actions.call_off(gathering=choir, on=date(2026, 11, 24))

    actions.meet_after_all(gathering=choir, on=date(2026, 11, 24))

    assert told(amara)[-1] == "“Riverside Choir” on Tuesday 24 November meets after all."
    assert "called off" not in shown(client, choir)


@pytest.mark.parametrize("on", [date(2026, 12, 2), date(2026, 11, 17)])
def test_date_on_which_nobody_meets_is_not_called_off(choir, on):
    with pytest.raises(actions.NoSuchDateError):
        actions.call_off(gathering=choir, on=on)

    assert not Occasion.objects.exists()


def test_only_date_is_called_off(client, once):
    amara = comer(once, TUESDAY)

    actions.call_off(gathering=once, on=TUESDAY)

    assert told(amara) == ["“Riverside Choir” on Tuesday 1 December is called off."]
    assert Occasion.objects.get().called_off
    assert "Tuesday 1 December is called off." in shown(client, once)


# ---- moved ----------------------------------------------------------------------------------------
def test_moved_date_is_told_with_its_new_time_and_place(client, choir):
    amara = comer(choir, TUESDAY)
    spot = spots.spots_named("Cork")[0]
    hall = place_at(spot, None, name="The Hall", street="", find_the_door="")

    actions.move(
        gathering=choir, on=TUESDAY,
        change=actions.Change(on=date(2026, 12, 2), at=time(20), place=hall, note="Just once."),
    )  # fmt: skip

    assert told(amara) == [
        "“Riverside Choir” of Tuesday 1 December is now on Wednesday 2 December, 8 pm, "
        f"{hall}. Just once."
    ]
    assert calendar(client, choir) == [
        [
            "COMMENT:Just once.", "DTSTART;TZID=Europe/Dublin:20261202T200000",
            f"LOCATION:The Hall\\, {hall.address}",
            "RECURRENCE-ID;TZID=Europe/Dublin:20261201T190000",
        ]
    ]  # fmt: skip
    assert Coming.objects.exclude(on=None).get().on == TUESDAY
    assert "The Hall" in shown(client, choir)


def test_moved_date_can_be_moved_again(choir):
    for on in (date(2026, 12, 2), date(2026, 12, 3)):
        actions.move(gathering=choir, on=TUESDAY, change=actions.Change(on=on))

    assert [(o.replaces, o.on) for o in Occasion.objects.all()] == [(TUESDAY, date(2026, 12, 3))]


def test_only_date_takes_along_what_people_said_of_it(client, once):
    amara = comer(once, TUESDAY)

    actions.move(gathering=once, on=TUESDAY, change=actions.Change(on=NEXT))

    assert Coming.objects.exclude(on=None).get().on == NEXT
    assert told(amara) == [
        "“Riverside Choir” of Tuesday 1 December is now on Tuesday 8 December, 7 pm."
    ]
    assert "Tuesday 8 December" in shown(client, once)


def test_nothing_is_moved_into_the_past(choir):
    with pytest.raises(actions.PastError, match="is past already"):
        actions.move(gathering=choir, on=TUESDAY, change=actions.Change(on=date(2026, 11, 20)))

    assert not Occasion.objects.exists()


# ---- all of it ------------------------------------------------------------------------------------
def test_pause_is_told_and_shown_and_ends(client, choir):
    amara, gone_by = comer(choir), comer(choir)
    Coming.objects.filter(person=gone_by).update(on=date(2026, 11, 17))

    actions.pause(gathering=choir, note="Back in January.")
    assert "Paused for now." in shown(client, choir)
    actions.go_on(gathering=choir)

    assert told(amara) == [
        "“Riverside Choir” is paused for now. It is not gone. Back in January.",
        "“Riverside Choir” meets again.",
    ]
    assert told(gone_by) == []
    assert Gathering.objects.get().status == Status.OPEN


def test_it_does_not_go_on_without_two(choir):
    actions.pause(gathering=choir)
    Host.objects.last().delete()

    with pytest.raises(actions.NotHeldError, match="needs two hosts"):
        actions.go_on(gathering=choir)


def test_end_is_told_and_its_page_says_so(client, choir):
    amara = comer(choir)

    actions.end(gathering=choir)

    assert told(amara) == ["“Riverside Choir” is over. Thank you for coming. Others meet nearby."]
    answer = client.get(choir.get_absolute_url())
    assert answer.status_code == 410
    assert "Its hosts have ended it." in answer.content.decode()

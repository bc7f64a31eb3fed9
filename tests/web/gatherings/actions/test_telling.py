"""What somebody who comes tells the hosts, and asks for, and offers."""

from datetime import date, timedelta

import pytest
from django.db import connection
from tests.web.gatherings.hosting import (
    NEXT_WEEK,
    TODAY,
    block,
    comes,
    held,
    pause,
    person,
    tells,
)
from tests.web.gatherings.making import TUESDAY

from kith.web.gatherings import actions, queries
from kith.web.gatherings.choices import Answer, Guests, Need, Offer
from kith.web.gatherings.models import Coming, Host, Told
from kith.web.notices.models import Notice
from kith.web.people import queries as people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
WANTED = Told(
    first_time=True,
    guests=Guests.ONE,
    guests_words="my sister",
    needs=(Need.SIT_WITH, Need.NO_TOUCH),
    needs_words="I get loud when I am nervous",
    offers=(Offer.CHAIRS,),
)


@pytest.fixture
def ruth():
    return person("Ruth")


@pytest.fixture
def kofi():
    return person("Kofi")


@pytest.fixture
def amara():
    return person("Amara")


@pytest.fixture
def tuesdays(ruth, kofi):
    return held(ruth, kofi)


def told(somebody, gathering, on=TODAY):
    return queries.said_of(somebody, gathering, on).told


def test_what_was_told_of_a_date_is_kept_for_that_date(amara, tuesdays):
    comes(amara, tuesdays)

    actions.tell_hosts(person=amara, gathering=tuesdays, on=TODAY, told=WANTED, is_for_once=False)

    assert told(amara, tuesdays) == WANTED
    assert told(amara, tuesdays, NEXT_WEEK) == Told()


def test_what_was_told_of_every_date_holds_for_each(amara, tuesdays):
    comes(amara, tuesdays, on=None)

    tells(amara, tuesdays, needs=(Need.QUIET,))

    assert told(amara, tuesdays).needs == (Need.QUIET,)
    assert told(amara, tuesdays, NEXT_WEEK).needs == (Need.QUIET,)


def test_one_date_can_be_told_otherwise(amara, tuesdays):
    comes(amara, tuesdays, on=None)
    tells(amara, tuesdays, needs=(Need.QUIET,))

    tells(amara, tuesdays, only=True, guests=Guests.ONE)

    assert told(amara, tuesdays) == Told(guests=Guests.ONE)
    assert told(amara, tuesdays, NEXT_WEEK) == Told(needs=(Need.QUIET,))


def test_another_answer_for_a_date_keeps_what_was_told_of_every_one(amara, tuesdays):
    comes(amara, tuesdays, on=None)
    tells(amara, tuesdays, needs=(Need.QUIET,))

    comes(amara, tuesdays, maybe=True)

    assert told(amara, tuesdays) == Told(needs=(Need.QUIET,))


def test_what_was_told_can_be_taken_back(amara, tuesdays):
    comes(amara, tuesdays)
    tells(amara, tuesdays, needs=(Need.QUIET,))

    tells(amara, tuesdays)

    assert told(amara, tuesdays) == Told()
    assert not queries.said_of(amara, tuesdays, TODAY).has_told


def test_words_and_needs_lie_sealed(amara, tuesdays):
    comes(amara, tuesdays)
    actions.tell_hosts(person=amara, gathering=tuesdays, on=TODAY, told=WANTED, is_for_once=False)

    with connection.cursor() as cursor:
        cursor.execute("SELECT guests_words, needs, needs_words, offers FROM gatherings_coming")
        [row] = cursor.fetchall()

    kept = b"".join(bytes(value) for value in row)
    assert len(kept) > 4 * 32
    for word in (b"my sister", b"nervous", b"sit_with", b"chairs"):
        assert word not in kept


def test_export_says_what_was_told_as_it_was_ticked(amara, ruth, tuesdays):
    comes(amara, tuesdays)
    actions.tell_hosts(person=amara, gathering=tuesdays, on=TODAY, told=WANTED, is_for_once=False)
    actions.look_out_for(host=ruth, guest=amara, gathering=tuesdays, on=TODAY)

    [drawer] = [d for d in people.everything_of(amara) if d.name == "comings"]

    [row] = drawer.things
    assert row["needs"] == "Somebody to sit with; No touch, please"
    assert row["offers"] == "I can carry chairs"
    assert row["guests"] == "One person"
    assert row["guests_words"] == "my sister"
    assert row["greeter"] == "Someone"
    assert "greetings" not in [d.name for d in people.everything_of(ruth)]


# ---- what is refused ----------------------------------------------------------------------------
def test_nobody_is_told_where_no_host_is_here(amara):
    tuesdays = held()
    comes(amara, tuesdays)

    with pytest.raises(actions.NobodyReadsError):
        tells(amara, tuesdays, first_time=True)


@pytest.mark.parametrize("unreached", ["over", "gone", "paused", "blocked"])
def test_host_who_reads_nothing_counts_for_none(ruth, amara, unreached):
    tuesdays = held(ruth)
    comes(amara, tuesdays)
    tells(amara, tuesdays, first_time=True)

    if unreached == "over":
        Host.objects.update(until=date(2026, 11, 23))
    elif unreached == "gone":
        ruth.is_active = False
        ruth.save()
    elif unreached == "paused":
        pause(ruth)
    else:
        block(ruth, amara)

    with pytest.raises(actions.NobodyReadsError):
        tells(amara, tuesdays, first_time=True)


def test_only_who_comes_tells_something(amara, tuesdays):
    with pytest.raises(actions.NotComingError):
        tells(amara, tuesdays, first_time=True)

    actions.answer(person=amara, gathering=tuesdays, on=TODAY, said=Answer.NOT)
    with pytest.raises(actions.NotComingError):
        tells(amara, tuesdays, first_time=True)


def test_date_on_which_it_does_not_meet_is_refused(amara, tuesdays):
    comes(amara, tuesdays, on=None)
    wednesday = TODAY + timedelta(days=1)

    with pytest.raises(actions.NoSuchDateError):
        tells(amara, tuesdays, on=wednesday, first_time=True)
    with pytest.raises(actions.NoSuchDateError):
        actions.ask_for_company(person=amara, gathering=tuesdays, on=wednesday)
    with pytest.raises(actions.NoSuchDateError):
        actions.answer_ask(person=amara, gathering=tuesdays, on=wednesday, will_sit=True)


# ---- company ------------------------------------------------------------------------------------
def test_company_is_asked_for_beside_what_was_told(amara, tuesdays):
    comes(amara, tuesdays, on=None)
    tells(amara, tuesdays, needs=(Need.QUIET,), first_time=True)

    for _tap in (1, 2):
        actions.ask_for_company(person=amara, gathering=tuesdays, on=TODAY)

    assert told(amara, tuesdays) == Told(first_time=True, needs=(Need.QUIET, Need.SIT_WITH))
    assert told(amara, tuesdays, NEXT_WEEK) == Told(first_time=True, needs=(Need.QUIET,))


def test_who_would_sit_with_somebody_is_told_to_every_host_they_see(ruth, kofi, tuesdays):
    dev = comes(person("Dev"), tuesdays)
    block(dev, kofi)

    for _tap in (1, 2):
        actions.answer_ask(person=dev, gathering=tuesdays, on=TODAY, will_sit=True)

    notice = Notice.objects.get()
    assert notice.person == ruth
    assert notice.words == "Dev would sit with somebody new: Early Birds, Tuesday 24 November."
    assert notice.path == "/gatherings/early-birds-london/arrivals/2026-11-24/"
    assert Coming.objects.get(person=dev).sits is True


def test_not_this_time_is_kept_and_told_to_nobody(tuesdays):
    dev = comes(person("Dev"), tuesdays, on=None)

    actions.answer_ask(person=dev, gathering=tuesdays, on=TODAY, will_sit=False)

    assert queries.said_of(dev, tuesdays, TODAY).once.sits is False
    assert queries.said_of(dev, tuesdays, NEXT_WEEK).once is None
    assert not Notice.objects.exists()


def test_whoever_is_new_is_not_asked_to_look_after_others(tuesdays):
    dev = comes(person("Dev", joined_on=TUESDAY.date() - timedelta(days=89)), tuesdays)

    with pytest.raises(actions.TooNewError):
        actions.answer_ask(person=dev, gathering=tuesdays, on=TODAY, will_sit=True)


def test_host_who_would_sit_with_somebody_tells_the_other_one_only(ruth, kofi, tuesdays):
    comes(ruth, tuesdays)

    actions.answer_ask(person=ruth, gathering=tuesdays, on=TODAY, will_sit=True)

    assert [notice.person for notice in Notice.objects.all()] == [kofi]


def test_saying_no_after_all_takes_promises_back(ruth, tuesdays):
    dev = comes(person("Dev"), tuesdays)
    actions.answer_ask(person=dev, gathering=tuesdays, on=TODAY, will_sit=True)
    actions.look_out_for(host=ruth, guest=dev, gathering=tuesdays, on=TODAY)

    actions.answer(person=dev, gathering=tuesdays, on=TODAY, said=Answer.NOT)

    row = Coming.objects.get(person=dev)
    assert (row.sits, row.greeter) == (None, None)


# ---- what was told goes ---------------------------------------------------------------------------
def forget(*, days):
    return actions.forget_told(at=TUESDAY + timedelta(days=days))


def test_what_was_told_of_a_date_is_cleared_after_the_day_after(amara, tuesdays):
    comes(amara, tuesdays)
    actions.tell_hosts(person=amara, gathering=tuesdays, on=TODAY, told=WANTED, is_for_once=False)
    actions.answer_ask(person=amara, gathering=tuesdays, on=TODAY, will_sit=True)
    Coming.objects.update(was_there=True, is_here=True)

    assert [forget(days=days) for days in (0, 1, 2)] == [0, 0, 0]
    assert told(amara, tuesdays) == WANTED
    assert [forget(days=days) for days in (3, 4)] == [1, 0]

    [row] = Coming.objects.all()
    assert (row.told, row.sits, queries.said_of(amara, tuesdays, TODAY).has_told) == (
        None,
        None,
        False,
    )
    assert (row.needs, row.needs_words, row.guests, row.guests_words) == ("", "", Guests.NOBODY, "")
    assert (row.answer, row.was_there, row.is_here) == (Answer.COME, True, True)


def test_what_was_told_of_every_date_stays_until_it_is_changed(amara, tuesdays):
    comes(amara, tuesdays, on=None)
    actions.tell_hosts(person=amara, gathering=tuesdays, on=TODAY, told=WANTED, is_for_once=False)

    assert forget(days=300) == 0
    assert told(amara, tuesdays, NEXT_WEEK) == WANTED


def test_what_was_told_of_another_date_stays(amara, tuesdays):
    for day, words in ((TODAY, "today"), (NEXT_WEEK, "next week")):
        comes(amara, tuesdays, on=day)
        tells(amara, tuesdays, on=day, needs_words=words)

    assert forget(days=3) == 1
    assert told(amara, tuesdays, NEXT_WEEK).needs_words == "next week"

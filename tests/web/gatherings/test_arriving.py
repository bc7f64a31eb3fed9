"""Who comes, as hosts see it, and who sees nothing of it; and who is new and alone."""

from datetime import date, timedelta

import pytest
from django.http import Http404
from tests.web.gatherings.hosting import (
    AFTER,
    NEXT_WEEK,
    TODAY,
    block,
    comes,
    held,
    may_be_named,
    pause,
    person,
    tells,
)
from tests.web.gatherings.making import TUESDAY

from kith.web.gatherings import access, actions, queries
from kith.web.gatherings.choices import Answer, Guests, Need, Offer
from kith.web.gatherings.models import Coming, Host
from kith.web.people import access as people
from kith.web.people.models import Person
from kith.web.safety.choices import Kind
from kith.web.safety.models import Distance

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def ruth():
    return person("Ruth")


@pytest.fixture
def kofi():
    return person("Kofi")


@pytest.fixture
def tuesdays(ruth, kofi):
    return held(ruth, kofi)


def seen(host, gathering, on=TODAY):
    found = queries.arrivals_of(gathering, on, seen_by=host)
    return sorted((a.called, a.is_first, a.lines, a.is_here) for a in found)


def names(host, gathering, on=TODAY):
    return [name for name, *_rest in seen(host, gathering, on)]


def test_host_sees_who_comes_and_what_they_told(ruth, tuesdays):
    amara = comes(person("Amara"), tuesdays)
    tells(
        amara, tuesdays, first_time=True, guests=Guests.ONE, guests_words="my sister",
        needs=(Need.SIT_WITH, Need.NO_TOUCH), needs_words="I get loud",
    )  # fmt: skip
    dev = comes(person("Dev"), tuesdays, on=None)
    tells(dev, tuesdays, offers=(Offer.CHAIRS,), guests=Guests.FEW)
    comes(person("Teo"), tuesdays, maybe=True)
    comes(person(), tuesdays)

    assert seen(ruth, tuesdays) == [
        ("", False, (), False),
        (
            "Amara", True,
            (
                "Would like somebody to sit with.", "No touch, please.", "“I get loud”",
                "Comes with: my sister.",
            ),
            False,
        ),
        ("Dev", False, ("Brings a few people.", "Offered to carry chairs."), False),
        ("Teo", False, ("Said maybe.",), False),
    ]  # fmt: skip
    assert queries.arrivals_of(tuesdays, TODAY, seen_by=ruth)[0].called == "Amara"


def test_reference_of_an_arrival_opens_for_that_host_only(ruth, kofi, tuesdays):
    amara = comes(person("Amara"), tuesdays)

    [arrival] = queries.arrivals_of(tuesdays, TODAY, seen_by=ruth)

    assert access.open_arrival(ruth, tuesdays, TODAY, arrival.reference) == amara
    for host, gathering, on in ((kofi, tuesdays, TODAY), (ruth, tuesdays, NEXT_WEEK)):
        with pytest.raises(Http404):
            access.open_arrival(host, gathering, on, arrival.reference)


@pytest.mark.parametrize("reason", ["not", "blocked", "blocks", "paused", "gone", "host"])
def test_nobody_arrives_who_is_not_to_be_seen(ruth, kofi, tuesdays, reason):
    amara = comes(person("Amara"), tuesdays)
    assert names(ruth, tuesdays) == ["Amara"]

    if reason == "not":
        actions.answer(person=amara, gathering=tuesdays, on=TODAY, said=Answer.NOT)
    elif reason == "blocked":
        block(ruth, amara)
    elif reason == "blocks":
        block(amara, ruth)
    elif reason == "paused":
        pause(amara)
    elif reason == "gone":
        Person.objects.filter(pk=amara.pk).update(is_active=False)
    else:
        Host.objects.create(gathering=tuesdays, person=amara, until=date(2027, 1, 1))

    assert names(ruth, tuesdays) == []
    if reason != "host":
        with pytest.raises(Http404):
            access.open_arrival(ruth, tuesdays, TODAY, people.reference_to(amara, seen_by=ruth))
    # The other host still sees whoever only keeps from this one.
    assert names(kofi, tuesdays) == (["Amara"] if reason in {"blocked", "blocks"} else [])


def test_arrivals_are_gone_after_the_next_day(ruth, tuesdays, clock):
    amara = comes(person("Amara"), tuesdays)
    reference = people.reference_to(amara, seen_by=ruth)

    clock.stand_at(TUESDAY + timedelta(days=1))
    assert names(ruth, tuesdays) == ["Amara"]

    clock.stand_at(TUESDAY + timedelta(days=2))
    assert names(ruth, tuesdays) == []
    with pytest.raises(Http404):
        access.open_arrival(ruth, tuesdays, TODAY, reference)


def test_next_day_begins_where_the_gathering_is(ruth, clock):
    tuesdays = held(ruth)
    tuesdays.timezone = "America/Los_Angeles"
    tuesdays.save()
    comes(person("Amara"), tuesdays)

    # In London it is Thursday by then.
    clock.stand_at(TUESDAY + timedelta(days=1, hours=8))

    assert access.today_of(tuesdays) == date(2026, 11, 25)
    assert names(ruth, tuesdays) == ["Amara"]


def test_first_time_is_over_after_the_first_time(ruth, tuesdays, clock):
    amara = comes(person("Amara"), tuesdays, on=None)
    tells(amara, tuesdays, first_time=True)
    assert [a.is_first for a in queries.arrivals_of(tuesdays, NEXT_WEEK, seen_by=ruth)] == [True]

    actions.mark_here(host=ruth, guest=amara, gathering=tuesdays, on=TODAY, is_here=True)
    clock.stand_at(TUESDAY + timedelta(days=6))

    assert [a.is_first for a in queries.arrivals_of(tuesdays, NEXT_WEEK, seen_by=ruth)] == [False]
    assert queries.answers_of(amara, tuesdays, NEXT_WEEK).has_been


def test_first_evening_stays_the_first_while_it_lasts(ruth, tuesdays):
    amara = comes(person("Amara"), tuesdays, on=None)
    tells(amara, tuesdays, first_time=True)

    actions.mark_here(host=ruth, guest=amara, gathering=tuesdays, on=TODAY, is_here=True)

    assert seen(ruth, tuesdays) == [("Amara", True, (), True)]


def test_arrival_says_who_meets_them(ruth, kofi, tuesdays):
    amara = tells(comes(person("Amara"), tuesdays), tuesdays, first_time=True)
    actions.look_out_for(host=ruth, guest=amara, gathering=tuesdays, on=TODAY)

    def met(host):
        [arrival] = queries.arrivals_of(tuesdays, TODAY, seen_by=host)
        return arrival.greeter, arrival.is_mine

    assert met(ruth) == (ruth, True)
    assert met(kofi) == (ruth, False)


def test_who_would_sit_with_somebody_is_seen_to(ruth, tuesdays):
    dev = comes(person("Dev"), tuesdays)
    actions.answer_ask(person=dev, gathering=tuesdays, on=TODAY, will_sit=True)

    assert seen(ruth, tuesdays) == [("Dev", False, ("Would sit with somebody new.",), False)]


@pytest.mark.parametrize("count", [1, 3])
def test_arrivals_ask_the_database_as_often_for_one_as_for_many(
    ruth, tuesdays, django_assert_num_queries, count
):
    for number in range(count):
        guest = tells(comes(person(f"P{number}"), tuesdays), tuesdays, first_time=True)
        actions.look_out_for(host=ruth, guest=guest, gathering=tuesdays, on=TODAY)

    with django_assert_num_queries(1):
        assert len(queries.arrivals_of(tuesdays, TODAY, seen_by=ruth)) == count


# ---- who may see that somebody comes --------------------------------------------------------------
def test_only_they_and_their_hosts_see_that_somebody_comes(ruth, tuesdays):
    amara, dev = comes(person("Amara"), tuesdays), comes(person("Dev"), tuesdays)
    stranger = person("Ines")
    coming = Coming.objects.get(person=amara)

    def may_see():
        return [p.called for p in (amara, ruth, dev, stranger) if access.who_may_see(p, coming)]

    assert may_see() == ["Amara", "Ruth"]
    block(amara, ruth)
    assert may_see() == ["Amara"]


# ---- who was there too ----------------------------------------------------------------------------
def there(somebody, gathering, *, was_there=True):
    actions.say_was_there(person=somebody, gathering=gathering, on=TODAY, was_there=was_there)
    return somebody


@pytest.fixture
def evening(tuesdays, clock):
    """Tuesday after it is over: Amara was there, Dev said so too, and Sam was seen."""
    sam = comes(person("Sam"), tuesdays)
    actions.mark_here(
        host=Host.objects.all()[0].person, guest=sam, gathering=tuesdays, on=TODAY, is_here=True
    )
    clock.stand_at(AFTER)
    there(person("Amara"), tuesdays)
    there(person("Dev"), tuesdays)
    return tuesdays


def called(name):
    return next(p for p in Person.objects.all() if p.called == name)


def there_too(somebody, gathering, named):
    for one in named:
        may_be_named(one)
    found = queries.who_was_there(somebody, gathering, TODAY)
    return [other.called for other in found]


def test_who_was_there_too_and_may_be_named_is_offered(evening):
    amara, dev, sam = map(called, ("Amara", "Dev", "Sam"))

    assert there_too(amara, evening, []) == []
    assert there_too(amara, evening, [dev]) == ["Dev"]
    assert there_too(amara, evening, [amara, dev, sam]) == ["Dev", "Sam"]


@pytest.mark.parametrize("reason", ["apart", "paused", "gone", "not there", "me paused"])
def test_who_is_not_to_be_seen_is_not_offered(evening, reason):
    amara, dev, sam = map(called, ("Amara", "Dev", "Sam"))

    if reason == "apart":
        block(sam, amara)
    elif reason == "paused":
        pause(sam)
    elif reason == "gone":
        Person.objects.filter(pk=sam.pk).update(is_active=False)
    elif reason == "not there":
        there(sam, evening, was_there=False)
    else:
        pause(amara)

    expected = [] if reason == "me paused" else ["Dev"]
    assert there_too(amara, evening, [amara, dev, sam]) == expected


def test_nobody_is_offered_to_who_was_not_there_or_where_nobody_hosts(evening):
    ines, dev = person("Ines"), called("Dev")
    assert there_too(ines, evening, [dev]) == []

    Host.objects.all().delete()

    assert there_too(called("Amara"), evening, [dev]) == []


# ---- who is new and alone ---------------------------------------------------------------------------
@pytest.fixture
def new(tuesdays):
    """Amara comes for the first time and would like company."""
    amara = comes(person("Amara"), tuesdays)
    return tells(amara, tuesdays, first_time=True, needs=(Need.SIT_WITH,))


@pytest.fixture
def dev(tuesdays):
    return comes(person("Dev"), tuesdays)


def alone(me, gathering, *days):
    found = queries.newcomers_alone({gathering.pk: list(days) or [TODAY]}, me=me)
    return sorted(on for _number, on in found)


def test_somebody_new_would_like_company(new, dev, tuesdays):
    assert alone(dev, tuesdays) == [TODAY]
    assert alone(dev, tuesdays, NEXT_WEEK) == []
    assert alone(new, tuesdays) == []


def test_somebody_new_who_comes_every_time_would_like_company_on_each(new, dev, tuesdays):
    comes(new, tuesdays, on=None)
    Coming.objects.filter(person=new, on=TODAY).delete()
    tells(new, tuesdays, first_time=True, needs=(Need.SIT_WITH,))

    assert alone(dev, tuesdays, TODAY, NEXT_WEEK) == [TODAY, NEXT_WEEK]

    actions.answer(person=new, gathering=tuesdays, on=NEXT_WEEK, said=Answer.NOT)
    assert alone(dev, tuesdays, TODAY, NEXT_WEEK) == [TODAY]


def _no_longer_new(new):
    Coming.objects.create(
        person=new, gathering=Coming.objects.get(person=new).gathering, on=date(2026, 11, 17),
        answer=Answer.COME, was_there=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        block,
        lambda new, dev: Distance.objects.create(by=new, whom=dev, kind=Kind.AVOID),
        lambda new, dev: Distance.objects.create(by=dev, whom=new, kind=Kind.AVOID),
        lambda new, dev: pause(new),
        lambda new, dev: pause(dev),
        lambda new, dev: Host.objects.all().delete(),
        lambda new, dev: Coming.objects.filter(person=new).update(first_time=False),
        lambda new, dev: Coming.objects.filter(person=new).update(answer=Answer.NOT),
        lambda new, dev: _no_longer_new(new),
    ],
    ids=["blocks", "avoids", "avoided", "paused", "me paused", "no host", "not first", "not", "been"],
)  # fmt: skip
def test_nobody_new_is_shown_to_whom_they_are_not_for(new, dev, tuesdays, change):
    assert alone(dev, tuesdays) == [TODAY]

    change(new, dev)

    assert alone(dev, tuesdays) == []


def test_one_who_sits_is_enough_for_one_who_is_new(new, dev, tuesdays):
    sam = comes(person("Sam"), tuesdays)
    actions.answer_ask(person=sam, gathering=tuesdays, on=TODAY, will_sit=True)
    assert alone(dev, tuesdays) == []

    ines = comes(person("Ines"), tuesdays)
    tells(ines, tuesdays, first_time=True, needs=(Need.SIT_WITH,))

    assert alone(dev, tuesdays) == [TODAY]

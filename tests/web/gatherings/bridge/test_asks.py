"""The one ask somebody could answer this evening, and the one thing they could ask for."""

from datetime import timedelta

import pytest
from tests.web.gatherings.hosting import NEXT_WEEK, TODAY, comes, held, person, tells
from tests.web.gatherings.making import TUESDAY

from kith.web.gatherings import actions, queries
from kith.web.gatherings.bridge import asks, evenings
from kith.web.gatherings.choices import Need, Offer
from kith.web.gatherings.models import Host, Occasion
from kith.web.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def ruth():
    return person("Ruth")


@pytest.fixture
def tuesdays(ruth):
    return held(ruth)


@pytest.fixture
def new(tuesdays):
    """Amara comes every time, this time for the first, and would like company."""
    amara = comes(person("Amara"), tuesdays, on=None)
    return tells(amara, tuesdays, first_time=True, needs=(Need.SIT_WITH,))


@pytest.fixture
def dev(new, tuesdays):
    """Dev comes every time and would sit with somebody new."""
    return tells(comes(person("Dev"), tuesdays, on=None), tuesdays, offers=(Offer.SIT,))


def tonight(somebody, *, now=TUESDAY):
    comings = queries.comings_of(somebody)
    gatherings = [coming.gathering for coming in comings]
    ahead = evenings.evenings_of(
        comings, queries.occasions_by_gathering(gatherings), zone="Europe/London", now=now
    )
    holding = queries.holding_of(gatherings, somebody)
    return ahead, holding


def ask(somebody, *, now=TUESDAY):
    ahead, holding = tonight(somebody, now=now)
    found = asks.ask_i_could_answer(somebody, ahead, holding=holding, now=now)
    return found and found.meeting.on


def could_ask(somebody):
    ahead, holding = tonight(somebody)
    found = asks.something_i_could_ask(somebody, ahead[0] if ahead else None, holding=holding)
    return found and found.meeting.on


def test_who_would_sit_with_somebody_is_asked(dev):
    assert ask(dev) == TODAY


def test_nobody_is_asked_farther_ahead_than_three_days(dev):
    assert ask(dev, now=TUESDAY + timedelta(days=2)) is None
    assert ask(dev, now=TUESDAY + timedelta(days=4, hours=1)) == NEXT_WEEK


@pytest.mark.parametrize("will_sit", [True, False])
def test_nobody_is_asked_twice_about_a_date(dev, tuesdays, will_sit):
    actions.answer_ask(person=dev, gathering=tuesdays, on=TODAY, will_sit=will_sit)

    assert ask(dev) is None


def test_nobody_is_asked_who_said_nothing_of_it(new, tuesdays):
    assert ask(comes(person("Sam"), tuesdays)) is None


def test_nobody_is_asked_who_comes_maybe(dev, tuesdays):
    comes(dev, tuesdays, maybe=True)

    assert ask(dev) is None


def test_nobody_is_asked_who_is_new(dev):
    Person.objects.filter(pk=dev.pk).update(joined_on=TODAY)
    dev.refresh_from_db()

    assert ask(dev) is None


@pytest.mark.parametrize("told", [{"first_time": True}, {"needs": (Need.SIT_WITH,)}])
def test_nobody_is_asked_who_needs_company_themselves(dev, tuesdays, told):
    tells(dev, tuesdays, offers=(Offer.SIT,), **told)

    assert ask(dev) is None


def test_hosts_are_not_asked_they_know(dev, tuesdays):
    Host.objects.create(gathering=tuesdays, person=dev, until=NEXT_WEEK)

    assert ask(dev) is None


def test_nobody_is_asked_about_what_is_called_off(dev, tuesdays):
    Occasion.objects.create(
        gathering=tuesdays, on=TODAY, at=tuesdays.start, timezone=tuesdays.timezone,
        replaces=TODAY, called_off=True,
    )  # fmt: skip

    assert ask(dev) is None
    assert could_ask(dev) is None


# ---- what one could ask ---------------------------------------------------------------------------
def test_who_told_the_hosts_nothing_could_ask_for_company(tuesdays):
    sam = comes(person("Sam"), tuesdays, maybe=True)
    assert could_ask(sam) == TODAY

    actions.ask_for_company(person=sam, gathering=tuesdays, on=TODAY)

    assert could_ask(sam) is None


def test_nobody_asks_where_nobody_reads(ruth, tuesdays):
    sam = comes(person("Sam"), tuesdays)
    assert could_ask(comes(ruth, tuesdays)) is None

    Host.objects.all().delete()

    assert could_ask(sam) is None
    assert could_ask(person("Ines")) is None

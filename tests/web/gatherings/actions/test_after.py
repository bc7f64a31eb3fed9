"""Afterwards somebody says whom they talked with, and thanks somebody."""

from datetime import date

import pytest
from tests.web.gatherings.hosting import AFTER, TODAY, comes, held, may_be_named, person

from kith.web.acts.models import Act, Tie
from kith.web.gatherings import actions, queries
from kith.web.gatherings.choices import Thanks
from kith.web.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruth():
    return person("Ruth")


@pytest.fixture
def tuesdays(ruth, clock):
    gathering = held(ruth)
    clock.stand_at(AFTER)
    return gathering


@pytest.fixture
def amara(tuesdays):
    return there(person("Amara"), tuesdays)


@pytest.fixture
def dev(tuesdays):
    return there(person("Dev"), tuesdays)


def there(somebody, gathering):
    actions.say_was_there(person=somebody, gathering=gathering, on=TODAY, was_there=True)
    return somebody


def talk(somebody, *others, gathering, on=TODAY):
    actions.say_talked(person=somebody, others=others, gathering=gathering, on=on)


def acts(kind):
    return list(Act.objects.filter(kind=kind))


def test_talk_is_an_act_of_two_for_a_quarter_of_the_evening(amara, dev, tuesdays):
    talk(amara, dev, gathering=tuesdays)

    [act] = acts("talked")
    assert (act.actor, act.other, act.on, act.minutes) == (amara, dev, TODAY, 15.0)
    assert (act.mode, act.setting, act.number) == ("in_person", "gathering", tuesdays.pk)
    assert Tie.objects.count() == 1


def test_long_evening_is_no_long_talk(ruth, clock):
    camp = held(ruth, name="Camp", slug="camp", time="09:00", end_time="19:00")
    clock.stand_at(AFTER)
    one, other = there(person(), camp), there(person(), camp)

    talk(one, other, gathering=camp)

    assert acts("talked")[0].minutes == 30.0


def test_call_is_talk_by_video(ruth, clock):
    call = held(
        ruth, conference_url="https://zoom.us/j/1", formatted_address=None, location=None,
        latitude=None, longitude=None,
    )  # fmt: skip
    clock.stand_at(AFTER)
    one, other = there(person(), call), there(person(), call)

    talk(one, other, gathering=call)

    assert acts("talked")[0].mode == "video"


def test_what_both_say_is_one_talk(amara, dev, tuesdays):
    talk(amara, dev, gathering=tuesdays)
    talk(dev, amara, gathering=tuesdays)
    talk(amara, dev, gathering=tuesdays)

    assert len(acts("talked")) == 1
    assert queries.talked_with(dev, tuesdays, TODAY) == {amara.pk}


def test_being_there_alone_ties_nobody(amara, dev, tuesdays):
    assert len(acts("there")) == 2
    assert not Tie.objects.exists()


@pytest.mark.parametrize("was_there", [None, False])
def test_nobody_talks_or_thanks_who_was_not_there(dev, tuesdays, was_there):
    amara = person("Amara")
    if was_there is not None:
        actions.say_was_there(person=amara, gathering=tuesdays, on=TODAY, was_there=was_there)

    with pytest.raises(actions.NotThereError):
        talk(amara, dev, gathering=tuesdays)
    with pytest.raises(actions.NotThereError):
        actions.thank(person=amara, other=dev, gathering=tuesdays, on=TODAY, said=Thanks.HEARD)


def test_nobody_talks_where_nobody_met(amara, dev, tuesdays):
    with pytest.raises(actions.NoSuchDateError):
        talk(amara, dev, gathering=tuesdays, on=date(2026, 11, 23))


def test_thanks_mean_that_the_other_one_helped(amara, dev, tuesdays):
    for _tap in (1, 2):
        actions.thank(person=amara, other=dev, gathering=tuesdays, on=TODAY, said=Thanks.HEARD)

    [act] = acts("thanked")
    assert (act.actor, act.other, act.help, act.minutes) == (amara, dev, "received", 0.0)
    tie = Tie.objects.get()
    given_by_dev = tie.help_up if tie.low == dev else tie.help_down
    given_by_amara = tie.help_down if tie.low == dev else tie.help_up
    assert (given_by_dev, given_by_amara) == (1.0, 0.0)


def test_who_is_thanked_reads_one_of_our_sentences(amara, dev, tuesdays):
    actions.thank(person=amara, other=dev, gathering=tuesdays, on=TODAY, said=Thanks.HEARD)

    notice = Notice.objects.get()
    assert (notice.person, notice.about) == (dev, "thanks")
    assert notice.words == "Amara thanks you: “Thank you for listening.”"
    assert notice.path.startswith("/gatherings/early-birds-london/#")


def test_thanks_of_two_people_are_two_and_need_no_name(amara, dev, tuesdays):
    nameless = there(person(), tuesdays)
    for giver in (amara, nameless):
        actions.thank(person=giver, other=dev, gathering=tuesdays, on=TODAY, said=Thanks.GOOD)

    assert sorted(notice.words for notice in Notice.objects.all()) == [
        "Amara thanks you: “It was good to talk with you.”",
        "Somebody thanks you: “It was good to talk with you.”",
    ]


def test_somebody_who_only_meant_to_come_was_not_there(amara, tuesdays, clock):
    kofi = person("Kofi")
    clock.stand_at(AFTER.replace(hour=18))
    comes(may_be_named(kofi), tuesdays)

    assert queries.who_was_there(amara, tuesdays, TODAY) == []

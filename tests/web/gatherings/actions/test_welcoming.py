"""A host looks out for somebody, and sees them there."""

from datetime import date, timedelta

import pytest
from tests.web.gatherings.hosting import NEXT_WEEK, TODAY, comes, held, person
from tests.web.gatherings.making import TUESDAY

from kith.web.acts.models import Act
from kith.web.gatherings import actions, queries
from kith.web.gatherings.models import Coming, Host
from kith.web.notices.models import Notice

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


@pytest.fixture
def amara(tuesdays):
    return comes(person("Amara"), tuesdays, on=None)


def see(host, guest, gathering, *, on=TODAY, is_here=True):
    actions.mark_here(host=host, guest=guest, gathering=gathering, on=on, is_here=is_here)


def test_guest_learns_who_meets_them(ruth, amara, tuesdays):
    actions.look_out_for(host=ruth, guest=amara, gathering=tuesdays, on=TODAY)

    notice = Notice.objects.get()
    assert (notice.person, notice.about) == (amara, "greeting")
    assert notice.words == "Ruth will look out for you at the door."
    assert notice.path == "/gatherings/early-birds-london/"
    assert queries.answers_of(amara, tuesdays, TODAY).greeter == ruth
    assert queries.answers_of(amara, tuesdays, NEXT_WEEK).greeter is None


def test_host_without_a_name_is_one_of_the_hosts():
    nameless = person()
    tuesdays = held(nameless)
    amara = comes(person("Amara"), tuesdays)

    actions.look_out_for(host=nameless, guest=amara, gathering=tuesdays, on=TODAY)

    assert Notice.objects.get().words == "One of the hosts will look out for you at the door."


def test_one_host_meets_them_until_they_host_no_more(ruth, kofi, amara, tuesdays):
    actions.look_out_for(host=ruth, guest=amara, gathering=tuesdays, on=TODAY)
    with pytest.raises(actions.SomebodyElseError):
        actions.look_out_for(host=kofi, guest=amara, gathering=tuesdays, on=TODAY)

    Host.objects.filter(person=ruth).update(until=date(2026, 11, 1))
    assert queries.answers_of(amara, tuesdays, TODAY).greeter is None
    actions.look_out_for(host=kofi, guest=amara, gathering=tuesdays, on=TODAY)

    assert queries.answers_of(amara, tuesdays, TODAY).greeter == kofi


def test_host_takes_back_what_nobody_has_read(ruth, amara, tuesdays):
    actions.look_out_for(host=ruth, guest=amara, gathering=tuesdays, on=TODAY)

    actions.look_out_no_more(host=ruth, guest=amara, gathering=tuesdays, on=TODAY)

    assert queries.answers_of(amara, tuesdays, TODAY).greeter is None
    assert not Notice.objects.exists()


def test_guest_who_has_read_it_learns_that_the_host_cannot(ruth, amara, tuesdays):
    actions.look_out_for(host=ruth, guest=amara, gathering=tuesdays, on=TODAY)
    Notice.objects.update(seen_at=TUESDAY)

    for _ in range(2):
        actions.look_out_no_more(host=ruth, guest=amara, gathering=tuesdays, on=TODAY)

    [unseen] = Notice.objects.filter(seen_at=None)
    assert unseen.words == "Whoever was to meet you at the door cannot. The other hosts are there."

    actions.look_out_for(host=ruth, guest=amara, gathering=tuesdays, on=TODAY)

    [unseen] = Notice.objects.filter(seen_at=None)
    assert unseen.words == "Ruth will look out for you at the door."


def test_host_takes_back_only_what_they_said_themselves(ruth, kofi, amara, tuesdays):
    actions.look_out_for(host=ruth, guest=amara, gathering=tuesdays, on=TODAY)

    actions.look_out_no_more(host=kofi, guest=amara, gathering=tuesdays, on=TODAY)

    assert queries.answers_of(amara, tuesdays, TODAY).greeter == ruth
    assert Notice.objects.count() == 1


def test_same_said_twice_is_one_notice(ruth, amara, tuesdays):
    for _ in range(2):
        actions.look_out_for(host=ruth, guest=amara, gathering=tuesdays, on=TODAY)

    assert Notice.objects.count() == 1


def test_nobody_is_met_who_does_not_come_or_when_nobody_meets(ruth, amara, tuesdays):
    with pytest.raises(actions.NotComingError):
        actions.look_out_for(host=ruth, guest=person("Dev"), gathering=tuesdays, on=TODAY)
    with pytest.raises(actions.NoSuchDateError):
        actions.look_out_for(host=ruth, guest=amara, gathering=tuesdays, on=date(2026, 11, 25))


def test_seeing_somebody_there_is_one_welcome(ruth, kofi, amara, tuesdays):
    see(ruth, amara, tuesdays)
    see(ruth, amara, tuesdays, is_here=False)
    see(kofi, amara, tuesdays)

    act = Act.objects.get()
    assert (act.kind, act.actor, act.other, act.on) == ("welcomed", ruth, amara, TODAY)
    assert (act.mode, act.minutes, act.help) == ("in_person", 1.0, "none")
    assert (act.setting, act.number) == ("gathering", tuesdays.pk)
    assert Coming.objects.get(on=TODAY).is_here is True


def test_nobody_is_seen_before_the_day(ruth, amara, tuesdays):
    with pytest.raises(actions.TooEarlyError):
        see(ruth, amara, tuesdays, on=NEXT_WEEK)

    assert not Act.objects.exists()


def test_somebody_is_seen_when_it_is_over_too(ruth, amara, tuesdays, clock):
    clock.stand_at(TUESDAY + timedelta(days=1))

    see(ruth, amara, tuesdays)

    assert Act.objects.get().on == TODAY


def test_nobody_is_seen_where_nobody_met(ruth, amara, tuesdays):
    with pytest.raises(actions.NoSuchDateError):
        see(ruth, amara, tuesdays, on=date(2026, 11, 23))


def test_not_any_more_leaves_what_was(ruth, amara, tuesdays):
    see(ruth, amara, tuesdays)
    comes(amara, tuesdays, on=NEXT_WEEK)

    actions.answer(person=amara, gathering=tuesdays, on=None, said="not")

    assert [row.on for row in Coming.objects.all()] == [TODAY]


def test_guest_who_goes_for_good_leaves_the_welcome_without_a_name(ruth, amara, tuesdays):
    see(ruth, amara, tuesdays)

    amara.delete()

    assert not Coming.objects.exists()
    assert (Act.objects.get().actor, Act.objects.get().other) == (ruth, None)


def test_host_who_goes_for_good_leaves_the_guest_expected_by_nobody(ruth, amara, tuesdays):
    actions.look_out_for(host=ruth, guest=amara, gathering=tuesdays, on=TODAY)

    ruth.delete()

    assert Coming.objects.get(on=TODAY).greeter is None

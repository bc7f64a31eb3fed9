"""Agreed company for a dangerous hour, and help that runs one way."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.circles.making import told
from tests.web.reach.people.making import apart, browser, circle_of, longtime, willing

from kith.web.acts.actions import record
from kith.web.acts.choices import Help, Kind, Mode, Setting
from kith.web.acts.models import Act
from kith.web.people import access as people
from kith.web.reach import actions
from kith.web.reach.bridge import numbers
from kith.web.reach.choices import By
from kith.web.reach.models import Company
from kith.web.rooms.models import Room

pytestmark = pytest.mark.django_db
TAPS = actions.Agreed(by=By.TAPS, every=10, hours=1, calls_help=True, where="12 Mill Lane")


@pytest.fixture
def ana(db):
    return longtime("Ana")


@pytest.fixture
def ruth(ana):
    person = willing("Ruth")
    circle_of(ana, person)
    return person


def asked(ana, ruth, agreed=TAPS):
    return actions.ask_to_stay(person=ana, other=ruth, agreed=agreed, at=timezone.now())


def test_whoever_is_asked_is_told_at_once_and_nothing_begins(ana, ruth):
    company = asked(ana, ruth)

    assert told(ruth) == ["Ana asks whether you can stay with them."]
    assert company.begun_at is None


def test_second_ask_is_refused_until_the_first_is_over(ana, ruth):
    asked(ana, ruth)

    with pytest.raises(actions.StaysAlreadyError):
        asked(ana, ruth)


def test_late_tap_is_shown_to_whoever_stays_with_what_was_chosen(ana, ruth):
    company = actions.stay(company=asked(ana, ruth), at=timezone.now())
    page = company.get_absolute_url()
    assert "Ana is there." in browser(ruth).get(page).content.decode()

    Company.objects.update(here_at=timezone.now() - timedelta(minutes=12))

    said = browser(ruth).get(page).content.decode()
    assert "Ana has not answered." in said
    assert "they chose that you call emergency services" in said
    assert "12 Mill Lane" in said


def test_no_call_is_kept_as_chosen(ana, ruth):
    agreed = actions.Agreed(by=By.TAPS, every=5, hours=1, calls_help=False)
    company = actions.stay(company=asked(ana, ruth, agreed), at=timezone.now())
    Company.objects.update(here_at=timezone.now() - timedelta(minutes=8))

    said = browser(ruth).get(company.get_absolute_url()).content.decode()

    assert "emergency services are not called for this" in said


def test_tap_says_that_they_are_there(ana, ruth):
    company = actions.stay(company=asked(ana, ruth), at=timezone.now())
    Company.objects.update(here_at=timezone.now() - timedelta(minutes=12))

    browser(ana).post(f"{company.get_absolute_url()}here/")

    company.refresh_from_db()
    assert not company.is_missed(at=timezone.now())


def test_only_whoever_is_asked_says_yes(ana, ruth):
    company = asked(ana, ruth)

    browser(ana).post(f"{company.get_absolute_url()}yes/")
    company.refresh_from_db()
    assert company.begun_at is None
    browser(ruth).post(f"{company.get_absolute_url()}yes/")

    company.refresh_from_db()
    assert company.begun_at is not None


def test_room_is_opened_for_the_two(ana, ruth):
    agreed = actions.Agreed(by=By.ROOM, every=10, hours=2, calls_help=False)

    company = actions.stay(company=asked(ana, ruth, agreed), at=timezone.now())

    assert company.room == Room.objects.get().get_absolute_url()


def test_whoever_asked_is_told_that_somebody_stays(ana, ruth):
    actions.stay(company=asked(ana, ruth), at=timezone.now())

    assert told(ana) == ["Ruth stays with you."]


@pytest.mark.parametrize(
    ("has_begun", "said"),
    [
        (False, "Ruth can’t stay just now. Ask somebody else, or ring a line."),
        (True, "Ruth has stopped staying with you. Ask somebody else, or ring a line."),
    ],
)
def test_whoever_asked_is_told_when_the_other_one_cannot(ana, ruth, has_begun, said):
    company = asked(ana, ruth)
    if has_begun:
        actions.stay(company=company, at=timezone.now())

    browser(ruth).post(f"{company.get_absolute_url()}end/")

    # That somebody stays is not true any more.
    assert told(ana) == [said]
    assert "Whom shall we ask?" in browser(ana).get("/now/stay/").content.decode()


def test_nobody_is_told_when_whoever_asked_ends_it(ana, ruth):
    company = asked(ana, ruth)

    browser(ana).post(f"{company.get_absolute_url()}end/")

    assert told(ana) == told(ruth) == []


def test_page_says_where_to_go_when_it_is_over(ana, ruth):
    company = actions.stay(company=asked(ana, ruth), at=timezone.now())
    page = browser(ruth).get(company.get_absolute_url()).content.decode()

    over = browser(ruth).get("/now/stay/over/").content.decode()

    assert 'data-over="/now/stay/over/"' in page
    assert "It is over, and forgotten." in over
    assert "988" in over


def test_either_ends_it_and_it_is_forgotten(ana, ruth):
    company = actions.stay(company=asked(ana, ruth), at=timezone.now())

    answer = browser(ruth).post(f"{company.get_absolute_url()}end/")

    assert "forgotten" in answer.content.decode()
    assert Company.objects.count() == 0


def test_what_nobody_ended_is_forgotten_when_its_time_is_over(ana, ruth):
    company = asked(ana, ruth)

    assert actions.forget_company(at=company.until) == 1


def test_form_asks_whom_it_named(ana, ruth):
    page = browser(ana)
    assert "Ruth" in page.get("/now/stay/").content.decode()

    sent = {"who": people.reference_to(ruth, seen_by=ana), "by": "taps", "every": "10",
            "hours": "1", "calls_help": "no"}  # fmt: skip
    answer = page.post("/now/stay/", sent)

    assert answer["Location"] == Company.objects.get(other=ruth).get_absolute_url()
    assert page.get("/now/stay/").status_code == 302


def test_form_says_what_is_missing(ana, ruth):
    answer = browser(ana).post("/now/stay/", {"who": people.reference_to(ruth, seen_by=ana)})

    assert answer.status_code == 400
    assert "Choose one. It is yours to decide" in answer.content.decode()


def test_stranger_blocked_and_unwilling_people_are_not_asked(ana, ruth):
    stranger, mate = willing("Stranger"), longtime("Mate who said no word about it")
    circle_of(ana, mate)
    apart(ruth, ana)

    page = browser(ana).get("/now/stay/").content.decode()

    assert [name for name in ("Ruth", "Stranger", "Mate") if name in page] == []
    sent = {"who": people.reference_to(stranger, seen_by=ana), "by": "taps", "every": "10",
            "hours": "1", "calls_help": "no"}  # fmt: skip
    assert browser(ana).post("/now/stay/", sent).status_code == 404


# ---- help that runs one way ---------------------------------------------------------------------
def helped(giver, receiver, times, *, days_ago=1):
    on = timezone.localdate() - timedelta(days=days_ago)
    for _ in range(times):
        record(Act(kind=Kind.REACHED, actor=receiver, other=giver, mode=Mode.VOICE, minutes=5,
                   help=Help.RECEIVED, on=on, setting=Setting.REACH))  # fmt: skip


def test_whoever_only_gave_and_whoever_only_had_read_words_once(ana, ruth):
    helped(ruth, ana, 4)

    assert actions.balance_all(at=timezone.now()) == 2
    assert actions.balance_all(at=timezone.now()) == 0
    assert [words[:24] for words in told(ruth)] == ["You have been there for "]
    assert [words[:24] for words in told(ana)] == ["Others were there for yo"]


def test_even_old_or_little_help_says_nothing(ana, ruth):
    helped(ruth, ana, 2)
    helped(ana, ruth, 2)
    helped(longtime("Kofi"), longtime("May"), 3)
    helped(longtime("Omar"), longtime("Noor"), 9, days_ago=31)

    assert actions.balance_all(at=timezone.now()) == 0


def test_shares_are_those_of_the_evidence():
    assert numbers.mostly() == (0.25, 0.75)

"""The numbers kith goes by: defaults, what a steward puts in their place, and who did."""

import asyncio
import re
import threading
import time

import pytest
from django.conf import settings
from django.test import Client
from tests.web.circles.making import somebody
from tests.web.messages.making import inside

from kith.core.parameters import all_parameters
from kith.errors import InvalidInputError
from kith.web.kit import parameters
from kith.web.kit.models import OwnValue
from kith.web.kit.parameters import UnfitValueError, reading, words
from kith.web.people.models import Person
from kith.web.people.queries import everything_of

LIST = "/desk/kit/ownvalue/"
REFRESH = f"{LIST}plan.refresh_days/"


@pytest.fixture
def stella() -> Person:
    person = somebody("Stella")
    Person.objects.filter(pk=person.pk).update(is_steward=True)
    person.refresh_from_db()
    return person


@pytest.fixture
def steward(stella: Person) -> Client:
    browser: Client = inside(stella)
    return browser


def test_default_counts_and_asks_no_database():
    assert parameters.value("reachout.fallback_seconds") == 90
    assert parameters.whole("reachout.parallel_contacts") == 3
    assert parameters.number("circle.core_share_min") == 0.5
    assert parameters.is_on("reachout.recipient_expectation_text") is True


def test_unknown_name_and_wrong_kind_are_mistakes_of_the_caller():
    for wrong in (
        lambda: parameters.value("reachout.nothing"),
        lambda: parameters.whole("circle.core_share_min"),
        lambda: parameters.whole("plan.repair_person"),
        lambda: parameters.number("reachout.channel_default"),
        lambda: parameters.number("plan.repair_person"),
        lambda: parameters.is_on("plan.refresh_days"),
    ):
        with pytest.raises(InvalidInputError):
            wrong()


@pytest.mark.django_db
def test_own_value_counts_until_it_is_taken_back(stella):
    parameters.put(key="plan.refresh_days", text=" 21 ", by=stella)
    own = parameters.value("plan.refresh_days")
    parameters.back_to_default(key="plan.refresh_days", by=stella)

    assert own == 21
    assert parameters.value("plan.refresh_days") == 28
    assert [(row.value, row.by) for row in OwnValue.objects.all()] == [("21", stella), ("", stella)]


@pytest.mark.django_db
def test_last_one_counts_and_a_switch_may_be_off(stella):
    parameters.put(key="circle.core_share_min", text="0,6", by=stella)
    parameters.put(key="circle.core_share_min", text="0.4", by=stella)
    parameters.put(key="day.negative_exchange_flag", text="off", by=stella)

    assert parameters.value("circle.core_share_min") == 0.4
    assert parameters.is_on("day.negative_exchange_flag") is False


@pytest.mark.django_db
def test_going_back_where_nothing_was_changed_writes_nothing(stella):
    parameters.back_to_default(key="plan.refresh_days", by=stella)

    assert not OwnValue.objects.exists()


@pytest.mark.parametrize(
    ("key", "text", "sentence"),
    [
        ("plan.refresh_days", "90",
         "Nobody knows whether that would work. Choose a number from 14 to 42 days."),
        ("plan.refresh_days", "3",
         "Nobody knows whether that would work. Choose a number from 14 to 42 days."),
        ("plan.refresh_days", "20.5", "Choose a whole number, from 14 to 42 days."),
        ("plan.refresh_days", "soon", "That is no number. Choose one from 14 to 42 days."),
        ("friend.hours.close", "1",
         "Nobody knows whether that would work. Choose a number of at least 200 hours."),
        ("reachout.channel_default", "text", "Choose one of the words in the list."),
        ("plan.repair_person", "off",
         "This one stays as it is: nobody has said what else it could be."),
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_what_is_out_of_range_is_refused_with_a_sentence(stella, key, text, sentence):
    with pytest.raises(UnfitValueError) as refused:
        parameters.put(key=key, text=text, by=stella)

    assert str(refused.value) == sentence
    assert not OwnValue.objects.exists()


@pytest.mark.django_db
def test_row_that_no_longer_does_is_passed_over():
    OwnValue.objects.create(key="plan.refresh_days", value="900", at="2026-01-01T00:00Z")
    OwnValue.objects.create(key="gone.key", value="1", at="2026-01-01T00:00Z")
    parameters.forget()

    assert parameters.value("plan.refresh_days") == 28


@pytest.mark.django_db
def test_other_process_learns_of_it_within_a_second(stella, monkeypatch, django_assert_num_queries):
    parameters.forget()
    parameters.value("plan.refresh_days")
    # Written by another process: this one is not told.
    OwnValue.objects.create(key="plan.refresh_days", value="21", at="2026-01-01T00:00Z")

    with django_assert_num_queries(0):
        assert parameters.value("plan.refresh_days") == 28
    monkeypatch.setattr(reading, "LOOK_EVERY_S", 0.0)
    with django_assert_num_queries(1):
        assert parameters.value("plan.refresh_days") == 21


@pytest.mark.django_db(transaction=True)
def test_event_loop_never_waits_for_the_database(stella):
    OwnValue.objects.create(key="plan.refresh_days", value="21", at="2026-01-01T00:00Z")
    parameters.forget()

    async def ask():
        return parameters.value("plan.refresh_days")

    asyncio.run(ask())
    for thread in threading.enumerate():
        if thread.name.startswith("parameters"):
            thread.join(5)

    assert asyncio.run(ask()) == 21


def test_asking_is_cheap():
    began = time.perf_counter()
    for _ in range(10_000):
        parameters.value("reachout.parallel_contacts")

    assert time.perf_counter() - began < 0.5


def test_each_has_a_name_in_words_and_only_those_at_work_are_said_to_be():
    asked = set()
    for path in (settings.PACKAGE_DIR / "web").rglob("*.py"):
        source = path.read_text()
        if "kit import parameters" in source or "kit.parameters" in source:
            asked |= set(re.findall(r'"([a-z]+\.[a-z_.]+)"', source)) & set(all_parameters())

    at_work = {key for key in asked if key in words.AT_WORK}

    assert list(words.NAMES.keys() ^ all_parameters().keys()) == []
    assert at_work == words.AT_WORK


# ---- the desk -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_desk_shows_all_of_them(steward):
    page = steward.get(LIST).content.decode()

    for key, name in words.NAMES.items():
        assert f"{LIST}{key}/" in page
        assert str(name).replace("’", "&#x27;") in page or str(name) in page
    assert "your own" not in page


@pytest.mark.django_db
def test_desk_says_what_one_rests_on(steward):
    page = steward.get(REFRESH).content.decode()

    for said in ("28 days", "from 14 to 42 days", "Strong: many studies of people, put together",
                 "effect fades with time; interval is a design choice", "https://doi.org/",
                 "plan.refresh_days", "Nobody has."):  # fmt: skip
        assert said in page


@pytest.mark.django_db
def test_steward_changes_one_and_goes_back_in_one_tap(steward, stella):
    answer = steward.post(REFRESH, {"value": "21"})
    page = steward.get(REFRESH).content.decode()

    assert answer["Location"] == REFRESH
    assert parameters.value("plan.refresh_days") == 21
    assert "21 days" in page
    assert "Stella" in page
    assert "your own" in steward.get(LIST).content.decode()

    steward.post(REFRESH, {"back": "x", "value": "33"})

    assert parameters.value("plan.refresh_days") == 28
    assert "back to the default" in steward.get(REFRESH).content.decode()


@pytest.mark.django_db
def test_refused_value_stays_in_the_form_with_a_sentence(steward):
    page = steward.post(REFRESH, {"value": "365"}).content.decode()

    assert "Choose a number from 14 to 42 days." in page
    assert 'value="365"' in page
    assert not OwnValue.objects.exists()


@pytest.mark.django_db
def test_nobody_but_a_steward_finds_it_and_what_is_not_there_is_not_found(steward):
    other = inside(somebody("Ada"))

    assert [other.get(path).status_code for path in (LIST, REFRESH)] == [404, 404]
    assert other.post(REFRESH, {"value": "21"}).status_code == 404
    assert steward.get(f"{LIST}plan.nothing/").status_code == 404
    assert not OwnValue.objects.exists()


@pytest.mark.django_db
def test_steward_who_erases_themselves_leaves_the_number_and_takes_the_name(steward, stella):
    steward.post(REFRESH, {"value": "21"})
    kept = [drawer.name for drawer in everything_of(stella)]

    stella.delete()
    parameters.forget()

    assert "own_values" in kept
    assert OwnValue.objects.get().by is None
    assert parameters.value("plan.refresh_days") == 21

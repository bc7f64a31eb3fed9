"""Asking, waiting, looking, leaving: through the pages that people use."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone, translation
from tests.web.circles.making import longtime
from tests.web.messages.making import inside
from tests.web.simulator.making import LEAST, asked, lived, over, pairs_of_least

from kith.core import picture as core
from kith.core.picture.asked import AGAINST, DESIGNS, TOWNS
from kith.core.picture.sheet import beware
from kith.web.simulator import access, actions, bridge
from kith.web.simulator.choices import KEPT_FOR, WAITING_MOST, WORDS, Against, State, Town, Tried
from kith.web.simulator.models import Lived, Run

pytestmark = pytest.mark.django_db

CAUTION = core.CAUTION


def test_whoever_is_not_in_is_shown_the_way_in():
    assert Client().get("/simulator/").url == "/enter/?next=%2Fsimulator%2F"


def test_choices_are_those_of_the_core_in_its_words():
    with translation.override("en"):
        for ours, theirs in ((Town, TOWNS), (Tried, DESIGNS), (Against, AGAINST)):
            assert dict(ours.choices) == {key: one.name for key, one in theirs.items()}
        assert {key: str(words) for key, words in WORDS.items()} == {
            key: one.words for key, one in DESIGNS.items()
        }


def test_page_says_what_to_beware_of_in_the_words_of_the_core():
    page = inside(longtime("Ada")).get("/simulator/").content.decode()

    ours = re.search(r'<section class="card beware".*?</section>', page, re.DOTALL)[0]
    told = [re.sub(r"\s+", " ", words).strip() for words in re.findall(r">([^<]+)<", ours)]
    assert [words for words in told if words] == re.findall(r">([^<]+)<", beware())


def test_what_is_asked_waits_for_its_turn_and_the_page_does_not():
    ada = inside(longtime("Ada"))

    answer = ada.post("/simulator/", LEAST)

    run = Run.objects.get()
    assert answer.url == run.get_absolute_url()
    assert (run.state, run.lived.count()) == (State.WAITING, 0)
    page = ada.get(answer.url).content.decode()
    assert "0 of 2 pairs are there." in page
    assert CAUTION in page


def test_run_goes_on_pair_by_pair_and_then_is_drawn():
    person = longtime("Ada")
    ada, run = inside(person), asked(person)

    actions.live_next()

    assert "1 of 2 pairs are there." in ada.get(run.get_absolute_url()).content.decode()
    lived(run)
    page = ada.get(run.get_absolute_url()).content.decode()
    assert run.state == State.DONE
    assert page.index(CAUTION) < page.index('<div class="sim-out">')
    assert page.count("The same as a table") == 7
    assert not actions.live_next()


def test_what_is_shown_is_what_the_core_makes_of_the_same_numbers():
    run = over(longtime("Ada"))

    shown = bridge.drawn(run, access.lived_of(run))

    pairs = [core.Pair.from_json(found) for found in pairs_of_least()]
    scenario = core.scenario_of(core.Asked(**LEAST))
    assert shown == core.figures(core.gathered(scenario, pairs))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"people": 20_000}, "People in the town is 20,000. It must be 200 to 10,000."),
        ({"weeks": 3}, "Weeks is 3. It must be 4 to 52."),
        ({"pairs": 21}, "Pairs of runs is 21. It must be 2 to 20."),
        ({"contacts": 0}, "Contacts a week is 0. It must be 0.25 to 5."),
        ({"weeks": 10**400}, "Weeks is 10,000,000,000,000,0…. It must be 4 to 52."),
        ({"seed": -1}, "Seed is -1. It must be 0 to 2,147,483,647."),
    ],
)
def test_number_that_is_not_allowed_is_told_with_its_range_and_nothing_is_lost(said, told):
    ada = inside(longtime("Ada"))

    answer = ada.post("/simulator/", {**LEAST, "design": "reach", **said})

    page = answer.content.decode()
    assert answer.status_code == 400
    assert told in page
    assert re.search(r'value="reach" checked', page)
    name, value = next(iter(said.items()))
    assert re.search(rf'name="{name}" value="{value}"', page)
    assert not Run.objects.exists()


def test_choice_that_is_none_is_refused():
    answer = inside(longtime("Ada")).post("/simulator/", {**LEAST, "town": "paris", "design": ""})

    assert answer.status_code == 400
    assert answer.content.decode().count('role="alert"') == 2
    assert not Run.objects.exists()


def test_second_run_of_somebody_has_to_wait_and_is_told_so():
    person = longtime("Ada")
    asked(person)

    answer = inside(person).post("/simulator/", LEAST)

    assert answer.status_code == 400
    assert "One run of yours is not over yet." in answer.content.decode()
    assert Run.objects.count() == 1


def test_two_at_once_of_somebody_are_refused_by_the_rows_themselves():
    run = asked(longtime("Ada"))

    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(person=run.person, asked_at=run.asked_at, **LEAST)


def test_after_one_is_over_another_may_be_asked_for():
    person = longtime("Ada")
    over(person)

    assert inside(person).post("/simulator/", LEAST).status_code == 302


def test_no_more_than_a_few_wait_and_whoever_comes_then_is_told_when_to_come_back():
    for number in range(WAITING_MOST):
        asked(longtime(f"P{number}"))

    answer = inside(longtime("Ada")).post("/simulator/", LEAST)

    assert answer.status_code == 400
    assert "Try again in some minutes." in answer.content.decode()
    assert Run.objects.count() == WAITING_MOST


def test_first_to_ask_is_lived_first():
    early, late = asked(longtime("Ada")), asked(longtime("Ben"))

    actions.live_next()

    assert (early.lived.count(), late.lived.count()) == (1, 0)


def test_run_of_another_is_not_found_by_any_page():
    run = over(longtime("Ada"))
    ben = inside(longtime("Ben"))

    assert ben.get(run.get_absolute_url()).status_code == 404
    assert ben.post(f"{run.get_absolute_url()}leave/").status_code == 404
    assert run.words not in re.findall(r"kindlist.*", ben.get("/simulator/").content.decode())
    assert Run.objects.filter(pk=run.pk).exists()


def test_run_that_is_stopped_is_gone_and_its_next_pair_is_kept_nowhere(monkeypatch):
    person = longtime("Ada")
    ada, run = inside(person), asked(person)
    living = bridge.live

    def stopped_meanwhile(one, number):
        found = living(one, number)
        ada.post(f"{run.get_absolute_url()}leave/")
        return found

    monkeypatch.setattr(bridge, "live", stopped_meanwhile)

    actions.live_next()

    assert not Run.objects.exists()
    assert not Lived.objects.exists()


def test_what_cannot_be_lived_is_told_in_words_and_stays_in_the_form():
    person = longtime("Ada")
    run = asked(person)
    # As if it had been asked for before the range was what it is now.
    Run.objects.update(contacts=28.0)

    page = inside(person).get(lived(run).get_absolute_url()).content.decode()

    assert run.state == State.REFUSED
    assert "contacts is 28.0. It must be 0.25 to 5.0." in page
    assert re.search(r'name="contacts" value="28.0"', page)


def test_run_that_ends_its_process_every_time_does_not_go_on_for_ever():
    run = asked(longtime("Ada"))
    Run.objects.update(tries=run.pairs + 3)

    lived(run)

    assert run.state == State.REFUSED
    assert run.lived.count() == 0


def test_run_for_which_nobody_comes_says_so():
    person = longtime("Ada")
    run = asked(person)
    told = "The background work may not be running here"
    ada = inside(person)
    assert told not in ada.get(run.get_absolute_url()).content.decode()

    Run.objects.update(asked_at=timezone.now() - timedelta(minutes=6))

    assert told in ada.get(run.get_absolute_url()).content.decode()


def test_what_is_older_than_a_week_is_forgotten_and_what_is_younger_stays():
    old, young = over(longtime("Ada")), asked(longtime("Ben"))
    Run.objects.filter(pk=old.pk).update(asked_at=timezone.now() - KEPT_FOR - timedelta(minutes=1))

    actions.forget_old(at=timezone.now())

    assert list(Run.objects.all()) == [young]
    assert not Lived.objects.exists()


def test_command_lives_all_that_waits_and_ends():
    run = asked(longtime("Ada"))

    call_command("live_simulations", "--once")

    assert Run.objects.get(pk=run.pk).state == State.DONE


@pytest.mark.parametrize("many", [1, 3])
def test_list_asks_as_much_for_one_run_as_for_three(many, django_assert_num_queries):
    person = longtime("Ada")
    for _ in range(many):
        over(person)
    ada = inside(person)
    ada.get("/simulator/")

    with django_assert_num_queries(2):
        ada.get("/simulator/")


def test_whoever_is_erased_leaves_no_run():
    run = over(longtime("Ada"))

    run.person.delete()

    assert not Run.objects.exists()
    assert not Lived.objects.exists()

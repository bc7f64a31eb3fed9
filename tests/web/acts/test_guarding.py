"""Whoever asks the database itself cannot change an act or take it back; whose it was can go."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from tests.web.acts.making import act, people

from kith.web.acts import actions
from kith.web.acts.models import Act
from kith.web.people.actions import erase

pytestmark = pytest.mark.django_db
CHANGES = [
    "UPDATE acts_act SET minutes = 60",
    "UPDATE acts_act SET kind = 'thanked', actor_id = NULL",
    "UPDATE acts_act SET id = id + 1",
    "UPDATE acts_act SET number = 7",
    "UPDATE acts_act SET actor_id = other_id, other_id = actor_id",
    "DELETE FROM acts_act",
    "DELETE FROM acts_act WHERE minutes > 5",
]
if connection.vendor == "postgresql":
    CHANGES.append("TRUNCATE acts_act")


def ask(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def told():
    ruth, kofi = people(2)
    told = actions.record(act(ruth, kofi))
    # PostgreSQL empties no table whose rows it has yet to look at.
    connection.check_constraints()
    return told


@pytest.mark.parametrize("change", CHANGES)
def test_database_refuses_that_an_act_is_changed_or_taken_back(told, change):
    before = Act.objects.values().get()

    with pytest.raises(IntegrityError, match="Acts are only added to"):
        ask(change)

    assert Act.objects.values().get() == before


def test_erased_person_goes_from_their_acts(told):
    erase(person=told.actor)

    left = Act.objects.get()
    assert (left.actor, left.other, left.minutes) == (None, told.other, 30)


def test_what_changes_nothing_is_let_be(told):
    ask("UPDATE acts_act SET minutes = minutes, number = NULL")

    assert Act.objects.get().minutes == 30


def test_acts_that_nobody_guards_are_guarded_by_the_next_migrate(told):
    actions.unguard()
    ask("UPDATE acts_act SET minutes = 31")

    call_command("migrate", "acts", verbosity=0)

    with pytest.raises(IntegrityError, match="Acts are only added to"):
        ask("UPDATE acts_act SET minutes = 32")
    assert Act.objects.get().minutes == 31


def test_guard_is_brought_twice_as_well_as_once(told):
    actions.guard()
    actions.guard()

    with pytest.raises(IntegrityError, match="Acts are only added to"):
        ask("DELETE FROM acts_act")

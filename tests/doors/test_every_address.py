"""Everybody tries every address: nothing leaks, by status, body, header or deed."""

import pytest
from django.contrib import admin
from tests.doors.table import DESK_MODELS, TABLE
from tests.doors.walk import every_address, faults, unsaid

EVERY = {found.name: found for found in every_address()}
COMERS = (
    *("stranger", "curious", "host", "stale", "blocked", "paused", "former", "stopped"),
    "steward",
)


def test_every_address_stands_in_the_table():
    assert unsaid(TABLE) == []


def test_desk_holds_what_stewards_look_after_and_nothing_of_people():
    # The numbers kith goes by have pages of their own there.
    looked_after = {*DESK_MODELS, "kit.ownvalue"}

    assert {model._meta.label_lower for model in admin.site._registry} == looked_after


def test_everybody_comes(town):
    assert tuple(town.comers) == COMERS


@pytest.mark.parametrize("name", sorted(EVERY.keys() & TABLE.keys()))
def test_nobody_learns_what_is_not_theirs(town, name):
    found = [
        fault
        for comer in town.comers.values()
        for fault in faults(EVERY[name], TABLE[name], town, comer)
    ]

    assert found == []

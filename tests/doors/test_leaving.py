"""A session ends where it ends: what a browser still holds opens nothing."""

import pytest
from django.test import Client
from tests.doors.town import came_in

from kith.web.people.models import Person, Session


@pytest.mark.parametrize("path", ["/leave/", "/you/erase/"])
def test_cookie_of_a_door_that_was_shut_opens_nothing(db, path):
    client = came_in(Person.objects.create(called="Ruth"))
    old = client.cookies["door"].value
    client.post(path)

    thief = Client()
    thief.cookies["door"] = old

    assert thief.get("/you/")["Location"] == "/enter/?next=%2Fyou%2F"
    assert not Session.objects.exclude(person=None).exists()

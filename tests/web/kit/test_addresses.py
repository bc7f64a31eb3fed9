"""Addresses that no page of ours makes, on any database."""

import pytest
from django.test import Client

from kith.web.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def inside():
    browser = Client()
    browser.force_login(Person.objects.create(called="Ruth"))
    return browser


@pytest.mark.parametrize(
    "path",
    [
        "/circle/{}/", "/pair/{}/", "/plan/asked/{}/", "/service/{}/", "/room/{}/", "/rung/{}/",
        "/now/to/{}/", "/gatherings/{}/", "/person/{}/",
    ],
)  # fmt: skip
def test_null_character_in_an_address_finds_what_never_was(inside, path):
    never, odd = (inside.get(path.format(token)) for token in ("never-was", "a%00b"))

    assert (never.status_code, odd.status_code) == (404, 404)
    assert odd.templates[0].name == never.templates[0].name


def test_null_character_in_what_is_sent_is_nobody_s(inside):
    for path in ("/service/ask/", "/service/offer/"):
        assert inside.get(path, {"again": "\x00"}).status_code == 404
        assert inside.post(path, {"to": "\x00"}).status_code == 404

"""How people are with each other here, in words that are on the page for everybody."""

import pytest
from tests.web.safety.meeting import html

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "words",
    [
        "Having no name is no cloak",
        "you may call the police; neither breaks any trust here",
        "A group may ask somebody to leave",
        "Meet in a public place or by video",
        "No romance with somebody who is new",
        "No lending, no selling, no gifts that ask for something back.",
        "A lift is yours to turn down",
        "No talk of how to use, or where to get it",
        "Ask before a hug, each time.",
        "Looking each other in the eye is never asked of anybody",
        "Any medicine is welcome",
        "Taking methadone or buprenorphine is recovery here.",
    ],
)
def test_conduct_says(client, words):
    assert words in html(client.get("/conduct/"))


def test_conduct_is_read_without_a_door_or_a_cookie(client):
    assert client.get("/conduct/").status_code == 200
    assert client.cookies == {}


@pytest.mark.parametrize("path", ["/safety/", "/tell/"])
def test_conduct_is_found_from_where_it_is_needed(client, path):
    assert 'href="/conduct/"' in html(client.get(path))


def test_how_we_keep_you_safe_leads_to_a_steward(client):
    assert 'href="/tell/"' in html(client.get("/safety/"))

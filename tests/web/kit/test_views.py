import json

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.views import defaults

PAGES = ["/about/", "/about/look/", "/safety/", "/privacy/"]

# No test here may touch the database: these pages must open when it does not.


@pytest.mark.parametrize("path", PAGES)
def test_page_opens_without_account_cookie_or_database(client, path):
    answer = client.get(path)

    assert answer.status_code == 200
    assert list(answer.cookies) == []


@pytest.mark.parametrize("path", [*PAGES, "/nothing-is-here/"])
def test_lamp_is_in_the_header_and_in_the_dock(client, path):
    html = client.get(path).content.decode()

    header, dock = (
        html.split("<header")[1].split("</header>")[0],
        html.split('<nav class="dock"')[1],
    )
    assert '<a class="lamp only-d" href="/now/">' in header
    assert '<a class="lamp" href="/now/">' in dock


def test_about_says_how_to_reach_the_stewards(client, settings):
    settings.KITH_NAME = "Kith of Millbrook"
    settings.KITH_STEWARD_CONTACT = "hello@kith.example"

    html = client.get("/about/").content.decode()

    assert '<a href="mailto:hello@kith.example">hello@kith.example</a>' in html
    assert "<b>Kith of Millbrook</b>" in html


@pytest.mark.parametrize("path", ["/about/", "/safety/"])
def test_page_admits_that_the_stewards_cannot_be_reached(client, settings, path):
    settings.KITH_STEWARD_CONTACT = ""

    html = client.get(path).content.decode()

    assert "have not written here yet how to reach them" in html


def test_source_code_is_linked_only_when_its_address_is_set(client, settings):
    settings.KITH_SOURCE_URL = ""
    without = client.get("/privacy/").content.decode()
    settings.KITH_SOURCE_URL = "https://kith.example/source"

    with_address = client.get("/privacy/").content.decode()

    assert "Source code" not in without
    assert '<a href="https://kith.example/source" rel="noreferrer">Source code</a>' in with_address


def test_nobody_meets_a_door_that_is_not_built_yet(client):
    html = client.get("/about/").content.decode()

    assert "Sign in" not in html


def test_each_language_is_offered_in_its_own_words(client):
    html = client.get("/about/").content.decode()

    for code, name in (("en", "English"), ("es", "Español"), ("fr", "Français")):
        assert f'value="{code}" lang="{code}"' in html
        assert f">{name}</button>" in html
    assert html.count('aria-current="true"') == 1


def test_language_is_remembered_and_the_page_comes_back():
    # A real browser sends no token from a page that was kept for offline use.
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/language/", {"language": "es", "next": "/privacy/?from=here"})

    assert (answer.status_code, answer["Location"]) == (302, "/privacy/?from=here")
    assert client.cookies["django_language"].value == "es"
    assert '<html lang="es"' in client.get("/privacy/").content.decode()


def test_language_sends_nobody_to_another_site(client):
    answer = client.post("/language/", {"language": "es", "next": "https://evil.example/"})

    assert answer["Location"] == "/"


def test_language_cannot_be_changed_by_a_link(client):
    answer = client.get("/language/?language=es")

    assert answer.status_code == 405
    assert list(answer.cookies) == []


def test_manifest_names_icons_that_exist(client, settings):
    settings.KITH_NAME = "Kith of Millbrook"

    answer = client.get("/manifest.webmanifest")

    manifest = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert manifest["name"] == "Kith of Millbrook"
    assert manifest["shortcuts"][0]["url"] == "/now/"
    for icon in manifest["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/")) is not None


def test_robots_may_read_everything_but_the_desk(client):
    answer = client.get("/robots.txt")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode() == "User-agent: *\nDisallow: /desk/\n"


def test_healthz_answers(client):
    assert client.get("/healthz").content == b"ok"


def test_missing_page_says_what_to_do_next(client):
    answer = client.get("/nothing-is-here/")

    assert answer.status_code == 404
    assert "There is nothing at this address." in answer.content.decode()
    assert '<a class="btn" href="/">Find a gathering</a>' in answer.content.decode()


def test_broken_page_renders_without_context_or_database():
    answer = defaults.server_error(RequestFactory().get("/"))

    html = answer.content.decode()
    assert answer.status_code == 500
    assert "Something broke on our side." in html
    assert html.count('href="/now/"') == 2


def test_refused_request_says_what_to_do_next():
    request = RequestFactory().get("/")

    denied = defaults.permission_denied(request, PermissionError())
    unread = defaults.bad_request(request, ValueError())

    assert "That did not go through." in denied.content.decode()
    assert "We could not read that." in unread.content.decode()


def test_form_without_its_token_gets_our_own_page():
    assert "That did not go through." in get_template("403_csrf.html").render()


def test_night_pages_are_always_evening_and_bare_ones_have_a_way_out(settings):
    settings.KITH_LEAVE_URL = "https://weather.example/"
    context = {"leave_url": settings.KITH_LEAVE_URL}

    night = get_template("kit/night.html").render(context)
    bare = get_template("kit/bare.html").render(context)

    assert 'data-theme="night"' in night
    assert 'data-theme="night"' in bare
    assert 'data-leave href="https://weather.example/"' in bare
    assert "<footer" not in bare
    assert 'class="dock"' not in bare

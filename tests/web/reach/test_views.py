import json
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from kith.web.reach.models import Line

pytestmark = pytest.mark.django_db

NOW = reverse("reach:now")
PAGES = [NOW, reverse("reach:offline")]


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


def first_call(client: Client, address: str = NOW, **headers: str) -> str:
    """Return what the button of the page at `address` dials."""
    page = client.get(address, headers=headers).content.decode()
    found = re.search(r'class="lamp big" href="(tel:\d+)"', page)
    assert found is not None
    return found[1]


def kept(client: Client, **headers: str) -> dict[str, Any]:
    """Return what the worker is told to keep."""
    script = client.get(reverse("reach:worker"), headers=headers).content.decode()
    described: dict[str, Any] = json.loads(script.removeprefix("const KEPT = ").split(";\n")[0])
    return described


# ---- which country ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("home", "asked", "language", "dialed"),
    [
        ("US", "", "", "tel:988"),
        ("NZ", "", "", "tel:1737"),
        ("NZ", "AU", "", "tel:131114"),
        ("NZ", "au", "", "tel:131114"),
        ("NZ", "", "en-GB,en;q=0.9", "tel:1737"),
        ("FR", "", "en-GB,en;q=0.9", "tel:116123"),
        ("NZ", "nowhere", "", "tel:1737"),
        ("NZ", "<script>", "", "tel:1737"),
    ],
)
def test_country_is_the_one_asked_for_then_ours_then_a_hint(
    client, settings, home, asked, language, dialed
):
    settings.KITH_COUNTRY = home

    call = first_call(client, f"{NOW}?country={asked}", Accept_Language=language)

    assert call == dialed


@pytest.mark.parametrize(
    ("clock", "asked", "dialed"),
    [
        ("Europe/London", "", "tel:116123"),
        ("Europe%2FLondon", "", "tel:116123"),
        ("Pacific/Chatham", "", "tel:1737"),
        ("Europe/London", "AU", "tel:131114"),
        # No lines are known for Guernsey's own country, and a made-up clock is nowhere.
        ("Europe/Guernsey", "", "tel:988"),
        ("Mars/Olympus", "", "tel:988"),
        ("<script>", "", "tel:988"),
    ],
)
def test_country_is_where_their_clock_is_unless_they_ask_for_another(
    client, settings, clock, asked, dialed
):
    settings.KITH_COUNTRY = "US"
    client.cookies["tz"] = clock

    assert first_call(client, f"{NOW}?country={asked}") == dialed


def test_country_without_lines_shows_the_list_for_anywhere(client, settings):
    settings.KITH_COUNTRY = "FR"

    page = client.get(NOW).content.decode()

    assert 'class="btn line wide bigline" href="https://findahelpline.com/"' in page
    assert "lamp big" not in page


def test_chosen_country_is_remembered_by_nothing(client):
    answer = client.get(f"{NOW}?country=NZ")

    assert answer.cookies == {}
    assert "sessionid" not in client.cookies


# ---- the page ---------------------------------------------------------------------------------
def test_now_dials_and_texts_every_line_of_every_country(client):
    page = client.get(NOW).content.decode()

    for line in Line.objects.all():
        for address in [line.call and line.tel, line.text_to and line.sms, line.web]:
            assert f'href="{address}"'.replace("&", "&amp;") in page or not address


def test_now_gives_the_emergency_number_in_the_steps_the_list_and_the_bar(client):
    page = client.get(f"{NOW}?country=NZ").content.decode()

    assert page.count('href="tel:111"') == 4  # and NHS 111, in the list of the United Kingdom


def test_now_has_six_steps(client):
    page = client.get(NOW).content.decode()
    steps = page.split('<ol class="r-steps">')[1].split("</ol>")[0]

    assert steps.count("<li>") == 6


def test_now_shows_neither_a_ring_button_nor_a_face(client):
    """Nobody can be rung through kith yet, and the page must not pretend."""
    page = client.get(NOW).content.decode()

    assert "Ring" not in page
    assert 'class="win' not in page


def test_now_without_a_name_for_a_line_in_the_bar_still_has_the_emergency_number(client):
    Line.objects.update(bar="")

    page = client.get(NOW).content.decode()
    bar = page.split('class="linebar"')[1].split("</nav>")[0]

    assert re.findall(r'href="([^"]+)"', bar) == ["tel:911"]


def test_hidden_line_is_gone_from_the_page(client):
    Line.objects.filter(key="us-safespot").update(is_hidden=True)

    page = client.get(NOW).content.decode()

    assert "SafeSpot" not in page


def test_words_a_steward_writes_are_not_read_as_html(client):
    Line.objects.filter(key="us-988").update(what="<b>now</b>")

    page = client.get(NOW).content.decode()

    assert "&lt;b&gt;now&lt;/b&gt;" in page


def test_page_leaves_to_where_the_steward_said(client, settings):
    settings.KITH_LEAVE_URL = "https://weather.example.org/"

    page = client.get(NOW).content.decode()

    assert re.findall(r'<a class="exit"[^>]* href="([^"]+)" rel="([^"]+)"', page) == [
        ("https://weather.example.org/", "noreferrer")
    ]


def test_page_has_neither_inline_style_nor_inline_script(client):
    page = client.get(NOW).content.decode()

    assert re.findall(r"<style| style=|<script(?![^>]* src=)| on\w+=", page) == []


def test_page_is_small(client):
    answer = client.get(NOW, headers={"Accept-Encoding": "gzip"})

    assert len(answer.content) < 8_000


def test_offline_page_has_the_lines_and_the_way_to_the_rest(client):
    page = client.get(reverse("reach:offline")).content.decode()

    assert 'href="tel:988"' in page
    assert f'href="{NOW}"' in page


# ---- what others may keep ---------------------------------------------------------------------
@pytest.mark.parametrize("address", PAGES)
def test_page_may_be_kept_by_no_cache(client, address):
    answer = client.get(address)

    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", [*PAGES, reverse("reach:worker")])
def test_page_only_answers_readers(client, address):
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", PAGES)
def test_page_is_the_same_for_all_in_a_country(client, address):
    """The worker keeps it: nothing in it may belong to one person, or to one visit."""
    client.cookies["tz"] = "America/New_York"
    other = Client(headers={"User-Agent": "another", "Cookie": "tz=America%2FDenver; a=b"})

    assert client.get(address).content == other.get(address).content


# ---- the worker -------------------------------------------------------------------------------
def test_worker_may_look_after_the_whole_site_and_is_asked_for_every_time(client):
    answer = client.get(reverse("reach:worker"))

    assert [answer["Content-Type"], answer["Service-Worker-Allowed"], answer["Cache-Control"]] == [
        "text/javascript; charset=utf-8",
        "/",
        "no-cache",
    ]


def test_worker_keeps_the_two_pages_and_what_they_show(client):
    described = kept(client)
    pages = "".join(client.get(address).content.decode() for address in PAGES)
    shown = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', pages))

    assert [described["now"], described["offline"]] == PAGES
    assert shown <= set(described["files"])
    assert [file for file in described["files"] if not file.startswith("/static/")] == []


def test_worker_is_the_same_until_what_it_keeps_changes(client):
    before = kept(client)["version"]
    cache.clear()

    assert kept(client)["version"] == before


def test_worker_is_new_when_a_line_changes(client):
    before = kept(client)["version"]
    cache.clear()

    Line.objects.filter(key="us-988").update(what="Ask for Ruth.")

    assert kept(client)["version"] != before


def test_worker_speaks_the_language_of_its_reader(client):
    english = kept(client, Accept_Language="en")

    spanish = kept(client, Accept_Language="es")

    assert spanish["version"] != english["version"]


def test_worker_is_written_once_a_minute_at_most(client, django_assert_num_queries):
    kept(client)

    with django_assert_num_queries(0):
        kept(client)

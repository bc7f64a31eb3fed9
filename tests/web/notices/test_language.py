"""Somebody is told in their own language, whoever caused it reads another."""

import pytest
from django.test import Client
from django.utils import translation
from tests.web.gatherings.hosting import NEXT_WEEK, TODAY, comes, held, person
from tests.web.gatherings.making import TUESDAY, Clock, forget_everything

from kith.web.gatherings import actions as gatherings
from kith.web.messages import actions as messages
from kith.web.messages.choices import Reason
from kith.web.notices import actions, queries
from kith.web.notices.choices import About
from kith.web.notices.models import Notice

# What a browser says of a form on our own page.
OURS = {"Sec-Fetch-Site": "same-origin"}
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def clock(monkeypatch):
    forget_everything()
    standing = Clock(monkeypatch)
    standing.stand_at(TUESDAY)
    return standing


@pytest.fixture(autouse=True)
def _english_afterwards():
    """Leave no language behind: in one process, the last page's stays."""
    with translation.override("en"):
        yield


def reads(called, language):
    """Return somebody whose browser is in that language."""
    somebody = person(called)
    actions.keep_language(person=somebody, language=language)
    return somebody


def told(somebody):
    return [notice.words for notice in Notice.objects.filter(person=somebody).order_by("pk")]


def test_who_comes_is_told_in_their_own_language():
    host = reads("Kofi", "en")
    tuesdays = held(host)
    ana, zoe = comes(reads("Ana", "es"), tuesdays), comes(reads("Zoe", "fr"), tuesdays)

    with translation.override("en"):
        gatherings.call_off(gathering=tuesdays, on=TODAY, note="Rain.")
        assert translation.get_language() == "en"

    assert told(ana) == ["Se canceló “Early Birds”, el martes 24 de noviembre. Rain."]
    assert told(zoe) == ["«\xa0Early Birds\xa0», mardi 24 novembre\xa0: c’est annulé. Rain."]


def test_moved_date_is_said_in_the_words_and_clock_of_each_language(clock):
    tuesdays = held(reads("Kofi", "en"))
    ana, amara = comes(reads("Ana", "es"), tuesdays), comes(reads("Amara", "en"), tuesdays)

    with translation.override("fr"):
        gatherings.move(
            gathering=tuesdays, on=TODAY, change=gatherings.Change(on=NEXT_WEEK, note="Rain.")
        )

    [spanish], [english] = told(ana), told(amara)
    assert (
        english == "“Early Birds” of Tuesday 24 November is now on Tuesday 1 December, 7 pm. Rain."
    )
    assert "martes 1 de diciembre" in spanish
    assert "7 pm" not in spanish


def test_news_is_one_piece_in_whatever_language_it_is_told():
    tuesdays = held(reads("Kofi", "en"))
    comes(reads("Ana", "es"), tuesdays)
    comes(reads("Zoe", "fr"), tuesdays)

    gatherings.pause(gathering=tuesdays)

    assert Notice.objects.values("path").distinct().count() == 1


def test_thanks_greetings_and_messages_are_in_the_language_of_whom_they_are_for():
    kofi, ana = reads("Kofi", "en"), reads("Ana", "es")
    tuesdays = held(kofi)
    comes(ana, tuesdays)
    messages.open_ground(one=kofi, other=ana, reason=Reason.GATHERING_HOST, number=1, until=None)

    gatherings.look_out_for(host=kofi, guest=ana, gathering=tuesdays, on=TODAY)
    messages.write(by=kofi, to=ana, words="Hello")

    assert told(ana) == [
        "Kofi estará pendiente de ti en la puerta.",
        "Kofi te escribió.",
    ]


# ---- which language is theirs ---------------------------------------------------------------------
def test_language_is_the_one_of_the_browser_they_came_in_by():
    ruth = person("Ruth")
    assert queries.language_of(ruth) == "en"

    with translation.override("fr"):
        Client().force_login(ruth)

    assert queries.language_of(ruth) == "fr"


def test_language_they_choose_is_kept_for_them():
    ruth, kofi = person("Ruth"), person("Kofi")
    browser = Client()
    browser.force_login(ruth)

    browser.post("/language/", {"language": "es", "next": "/"}, headers=OURS)
    browser.post("/language/", {"language": "xx", "next": "/"}, headers=OURS)

    assert (queries.language_of(ruth), queries.language_of(kofi)) == ("es", "en")


@pytest.mark.parametrize("site", [None, "cross-site", "same-site", "none"])
def test_language_that_another_site_sends_is_not_kept(site):
    ruth = person("Ruth")
    browser = Client()
    browser.force_login(ruth)
    said = {} if site is None else {"Sec-Fetch-Site": site}

    browser.post("/language/", {"language": "es", "next": "/"}, headers=said)

    assert queries.language_of(ruth) == "en"


def test_language_of_a_stranger_is_kept_nowhere(client):
    client.post("/language/", {"language": "es", "next": "/"}, headers=OURS)
    client.cookies["door"] = "nothing"
    client.post("/language/", {"language": "es", "next": "/"}, headers=OURS)

    assert queries.Pace.objects.count() == 0


def test_words_that_are_the_same_in_every_language_stay():
    ana = reads("Ana", "es")

    actions.tell(person=ana, about=About.MOVED, words="Ruth", path="/")

    assert told(ana) == ["Ruth"]

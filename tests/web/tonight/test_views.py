"""Tonight: what is next, what just was, and the end of the page; and the answers that lead to it."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation
from tests.web.gatherings.hosting import (
    NEXT_WEEK,
    TODAY,
    block,
    comes,
    held,
    pause,
    person,
    tells,
)
from tests.web.gatherings.hosting import inside as inside_of
from tests.web.gatherings.making import (
    OTHER_LIST,
    TUESDAY,
    Clock,
    call,
    forget_everything,
    gatherings,
    meeting,
    take_in,
)

from kith.web.gatherings import actions
from kith.web.gatherings.choices import Need, Offer
from kith.web.gatherings.models import Coming, Host
from kith.web.people.models import Person

pytestmark = pytest.mark.django_db
PAGE, ANSWER = "/gatherings/early-birds-london/", "/gatherings/early-birds-london/answer/"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    forget_everything()
    standing = Clock(monkeypatch)
    standing.stand_at(TUESDAY)
    return standing


@pytest.fixture
def ruth():
    return Person.objects.create(called="Ruth")


@pytest.fixture
def inside(ruth):
    """Ruth's browser, in London."""
    browser = Client()
    browser.force_login(ruth)
    browser.cookies["tz"] = "Europe/London"
    return browser


@pytest.fixture(autouse=True)
def _english_afterwards():
    """Leave no language behind: in one process, the last page's stays."""
    with translation.override("en"):
        yield


def html(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_stranger_is_led_through_the_door_and_back(client):
    take_in(meeting())

    page = html(client.get(PAGE))

    assert 'href="/join/?next=/gatherings/early-birds-london/"' in page
    assert "csrfmiddlewaretoken" not in page
    assert client.cookies == {}
    answer = client.post(ANSWER, {"answer": "come", "on": "2026-11-24"})
    assert answer["Location"] == "/enter/?next=%2Fyou%2F"
    assert not Coming.objects.exists()


def test_answer_is_said_back_on_the_page(inside):
    take_in(meeting())

    for answer, said in (
        ("come", "You are coming: Tonight."),
        ("maybe", "Maybe you come: Tonight."),
        ("not", "You said: not this time (Tonight)."),
    ):
        reply = inside.post(ANSWER, {"answer": answer, "on": "2026-11-24"})

        assert reply["Location"] == PAGE
        assert said in html(inside.get(PAGE))


def test_answer_to_every_date_is_said_back(inside):
    take_in(meeting())

    inside.post(f"{ANSWER}?every", {"answer": "come", "on": "2026-11-24"})
    assert "You come every time." in html(inside.get(PAGE))

    inside.post(f"{ANSWER}?every", {"answer": "not", "on": "2026-11-24"})
    assert "You come every time." not in html(inside.get(PAGE))


@pytest.mark.parametrize(
    "sent",
    [
        {}, {"answer": "come"}, {"answer": "come", "on": "2026-11-25"},
        {"answer": "come", "on": "tonight"}, {"answer": "come", "on": "2026-13-40"},
        {"answer": "dance", "on": "2026-11-24"},
    ],
)  # fmt: skip
def test_answer_that_makes_no_sense_is_refused_on_the_page(inside, sent):
    take_in(meeting())

    answer = inside.post(ANSWER, sent)

    assert answer.status_code == 400
    assert "It does not meet then, or no longer does." in html(answer)
    assert not Coming.objects.exists()


@pytest.mark.parametrize("path", [ANSWER, "/gatherings/early-birds-london/was-there/"])
def test_gathering_that_never_was_cannot_be_answered(inside, path):
    assert inside.post(path, {"answer": "come", "on": "2026-11-24"}).status_code == 404
    assert inside.get(path).status_code == 405


def test_front_door_of_somebody_who_is_in_is_tonight(inside, client):
    assert client.get("/").status_code == 200
    assert inside.get("/")["Location"] == "/tonight/"
    assert client.get("/tonight/")["Location"] == "/enter/?next=%2Ftonight%2F"


def test_tonight_with_nothing_planned_shows_the_way(inside):
    page = html(inside.get("/tonight/"))

    assert "Good evening, Ruth." in page
    assert "Nothing is planned yet." in page
    assert "That’s all for now." in page


def test_tonight_shows_what_is_next_and_then_what_follows(inside):
    take_in(meeting(), call("Morning Call", day=3, time="08:00", end_time="09:00"))
    for gathering in gatherings():
        inside.post(f"/gatherings/{gathering.slug}/answer/?every", {"answer": "come"})

    page = html(inside.get("/tonight/"))

    assert '<p class="at voice">7 pm</p>' in page
    assert "The Hut" in page
    after = page.split("After that")[1]
    assert re.findall(r">([A-Z]\w+ \w+)</a><span>(.*?)</span>", after) == [
        ("Morning Call", "Tomorrow, 8 to 9 am"),
        ("Early Birds", "Tuesday 1 December, 7 to 8 pm"),
        ("Morning Call", "Wednesday 2 December, 8 to 9 am"),
    ]
    assert "That’s all. See you there." in page


def test_not_this_time_leads_back_to_tonight(inside):
    take_in(meeting())
    inside.post(ANSWER, {"answer": "maybe", "on": "2026-11-24"})
    assert "Tonight, maybe" in html(inside.get("/tonight/"))

    answer = inside.post(ANSWER, {"answer": "not", "on": "2026-11-24", "next": "/tonight/"})

    assert answer["Location"] == "/tonight/"
    assert "Nothing is planned yet." in html(inside.get("/tonight/"))


def test_tonight_asks_once_whether_somebody_was_there(inside, clock):
    take_in(meeting())
    inside.post(ANSWER, {"answer": "come", "on": "2026-11-24"})
    clock.stand_at(TUESDAY + timedelta(hours=4))
    page = html(inside.get("/tonight/"))
    assert "Were you at “Early Birds”?" in page
    assert "Still up, Ruth." in page

    sent = {"on": "2026-11-24", "was": "yes", "next": "/tonight/"}
    answer = inside.post("/gatherings/early-birds-london/was-there/", sent)
    assert answer["Location"] == "/gatherings/early-birds-london/after/2026-11-24/"

    assert "Were you at" not in html(inside.get("/tonight/"))
    everything = json.loads(inside.get("/you/all.json").content)
    assert everything["acts"] == [
        {
            "kind": "was there", "other": None, "mode": "in person", "minutes": 60.0,
            "help": "nobody in particular", "on": "2026-11-24", "setting": "at a gathering",
            "number": gatherings()[0].pk,
        }
    ]  # fmt: skip


@pytest.mark.parametrize("on", ["", "2026-11-24", "2026-11-23"])
def test_nobody_says_they_were_where_nobody_met(inside, on):
    take_in(meeting())

    answer = inside.post("/gatherings/early-birds-london/was-there/", {"on": on, "was": "yes"})

    assert answer.status_code == 400
    assert "It does not meet then" in html(answer)


@pytest.mark.parametrize(
    ("hours", "greeting"),
    [(-12, "Good morning"), (-6, "Good afternoon"), (0, "Good evening"), (8, "Still up")],
)
def test_greeting_fits_the_hour(inside, clock, hours, greeting):
    clock.stand_at(TUESDAY + timedelta(hours=hours))

    assert f"{greeting}, Ruth." in html(inside.get("/tonight/"))


@pytest.mark.parametrize("count", [1, 3, 12])
def test_tonight_asks_the_database_as_often_for_one_as_for_many(
    inside, django_assert_max_num_queries, count
):
    take_in(*(meeting(f"Group {n}", slug=f"g{n}", location=f"Hall {n}") for n in range(count)))
    for gathering in gatherings():
        inside.post(f"/gatherings/{gathering.slug}/answer/?every", {"answer": "come"})
    inside.get("/tonight/")

    with django_assert_max_num_queries(8):
        inside.get("/tonight/")


def test_page_of_a_gathering_is_not_kept_for_the_next_who_uses_the_computer(inside, client):
    take_in(meeting())

    assert inside.get(PAGE)["Cache-Control"] == "no-store, private"
    assert "Cache-Control" not in client.get(PAGE)


def test_each_day_has_its_own_small_practice(inside, clock):
    said = set()
    for day in range(7):
        clock.stand_at(TUESDAY + timedelta(days=day))

        tonight, practice = html(inside.get("/tonight/")), html(inside.get("/tonight/practice/"))

        sentence = re.search(r"<h1>(.*?)</h1>", practice).group(1)
        assert f'<p class="voice say">{sentence}</p>' in tonight
        assert (
            len(re.findall(r"<li>", practice.split('<ol class="inturn">')[1].split("</ol>")[0]))
            == 3
        )
        said.add(sentence)
    assert len(said) == 7


def test_small_practice_is_for_who_is_in(client):
    assert client.get("/tonight/practice/")["Location"] == "/enter/?next=%2Ftonight%2Fpractice%2F"


@pytest.mark.parametrize(
    ("hours_later", "said", "greeting"),
    [
        (0, "Tuesday evening", "Good evening"), (4, "Tuesday night", "Still up"),
        (8, "Tuesday night", "Still up"), (11, "Wednesday morning", "Good morning"),
        (19, "Wednesday afternoon", "Good afternoon"),
    ],
)  # fmt: skip
def test_part_of_the_day_is_said_as_people_say_it(inside, clock, hours_later, said, greeting):
    clock.stand_at(TUESDAY + timedelta(hours=hours_later))

    page = html(inside.get("/tonight/"))

    assert f'<p class="day">{said}</p> <h1>{greeting}, Ruth.</h1>' in page


def test_window_in_the_header_is_of_who_is_in(inside, client):
    assert '<span class="win s">R</span>' in html(inside.get("/about/"))
    assert '<span class="win s">R</span>' not in html(client.get("/about/"))


# ---- one ask, and one thing to ask for -------------------------------------------------------------
def newcomer(gathering):
    amara = comes(person("Amara"), gathering)
    return tells(amara, gathering, first_time=True, needs=(Need.SIT_WITH,))


def sitter(gathering):
    dev = comes(person("Dev"), gathering, on=None)
    return tells(dev, gathering, offers=(Offer.SIT,))


def test_somebody_who_would_sit_with_others_is_asked_without_a_name():
    tuesdays = held(person("Kofi"))
    newcomer(tuesdays)
    dev = sitter(tuesdays)

    page = html(inside_of(dev).get("/tonight/"))

    assert "Somebody comes for the first time on Tuesday and would like company." in page
    assert "Amara" not in page
    assert "Something you could ask" not in page

    sent = {"on": "2026-11-24", "will": "yes", "next": "/tonight/"}
    assert (
        inside_of(dev).post("/gatherings/early-birds-london/sit/", sent)["Location"] == "/tonight/"
    )

    page = html(inside_of(dev).get("/tonight/"))
    assert "Somebody comes for the first time" not in page
    assert "You said that you would sit with somebody new. The hosts know." in page


def test_ask_is_not_shown_again_to_whom_it_does_not_suit():
    tuesdays = held(person("Kofi"))
    newcomer(tuesdays)
    dev = sitter(tuesdays)

    sent = {"on": "2026-11-24", "will": "no", "next": "/tonight/"}
    inside_of(dev).post("/gatherings/early-birds-london/sit/", sent)

    page = html(inside_of(dev).get("/tonight/"))
    assert "Somebody comes for the first time" not in page
    assert "You said that you would sit" not in page


@pytest.mark.parametrize("reason", ["blocked", "paused"])
def test_nobody_is_asked_for_whom_they_do_not_see(reason):
    tuesdays = held(person("Kofi"))
    amara, dev = newcomer(tuesdays), sitter(tuesdays)

    if reason == "blocked":
        block(amara, dev)
    else:
        pause(dev)

    assert "Somebody comes for the first time" not in html(inside_of(dev).get("/tonight/"))


def test_somebody_could_ask_for_company_with_one_tap(ruth, inside):
    tuesdays = held(person("Kofi"))
    comes(ruth, tuesdays)
    page = html(inside.get("/tonight/"))
    assert "You could ask for somebody to sit with." in page

    sent = {"on": "2026-11-24", "next": "/tonight/"}
    inside.post("/gatherings/early-birds-london/company/", sent)

    assert "You could ask for somebody to sit with." not in html(inside.get("/tonight/"))
    assert "Would like somebody to sit with." in html(inside.get(PAGE))


def test_where_nobody_hosts_there_is_nothing_to_ask_for(ruth, inside):
    comes(ruth, held())

    assert "You could ask" not in html(inside.get("/tonight/"))


@pytest.mark.parametrize("count", [1, 3])
def test_full_evening_asks_the_database_no_oftener(clock, django_assert_num_queries, count):
    host = person("Kofi")
    early = held(host)
    newcomer(early)
    dev = sitter(early)
    actions.look_out_for(host=host, guest=dev, gathering=early, on=TODAY)
    lines = [
        call(f"Line {n}", slug=f"line-{n}", time="17:00", end_time="18:00") for n in range(count)
    ]
    take_in(*lines, address=OTHER_LIST)
    for line in gatherings()[1:]:
        Host.objects.create(gathering=line, person=host, until=NEXT_WEEK)
        clock.stand_at(TUESDAY - timedelta(hours=6))
        comes(dev, line, on=None)
        clock.stand_at(TUESDAY)
    browser = inside_of(dev)
    page = html(browser.get("/tonight/"))
    for shown in ("Were you at", "first time on Tuesday", "After that", "Kofi will look out"):
        assert shown in page

    # Session, person, answers, hosts, circles, the ask, notices, whom they speak of.
    with django_assert_num_queries(7):
        browser.get("/tonight/")


def test_gathering_that_is_over_is_no_longer_ahead(inside):
    take_in(meeting())
    inside.post(f"{ANSWER}?every", {"answer": "come"})
    assert "Early Birds" in html(inside.get("/tonight/"))

    [gathering] = gatherings()
    gathering.status = "retired"
    actions.hold(gathering=gathering, fields=["status"])

    assert "Nothing is planned yet." in html(inside.get("/tonight/"))


# ---- two people, one process -----------------------------------------------------------------------
SHARED = ("/tonight/", "/you/", PAGE, "/about/")


def somebody_inside(called, language):
    browser = inside_of(comes(person(called), gatherings()[0]))
    browser.cookies["django_language"] = language
    return browser


def test_pages_of_two_people_never_mix(client):
    take_in(meeting())
    amara, dev = somebody_inside("Amara", "en"), somebody_inside("Dev", "es")

    for path in SHARED:
        first, his, again = (html(browser.get(path)) for browser in (amara, dev, amara))
        strangers = html(client.get(path, follow=True))

        assert '<span class="win s">A</span>' in first
        assert '<span class="win s">A</span>' in again
        assert '<span class="win s">D</span>' in his
        assert '<html lang="es"' in his
        assert "Amara" not in his
        assert "Dev" not in first + again
        assert '<span class="win s"><svg' in strangers
        assert ("Leave this page" in first, "Leave this page" in his) == (True, False)
        for page in (first, his, again, strangers):
            assert page.count("data-leave") == 1
            assert page.count(f'name="next" value="{path}"') >= (path in page)


def test_every_form_has_the_token_of_its_own_reader():
    take_in(meeting())
    browsers = [somebody_inside("Amara", "en"), somebody_inside("Dev", "en")]

    for path in ("/tonight/", PAGE):
        tokens = [
            set(re.findall(r'csrfmiddlewaretoken" value="(\w+)"', html(one.get(path))))
            for one in browsers
        ]

        assert all(tokens)
        assert tokens[0].isdisjoint(tokens[1])


def test_place_that_somebody_is_at_is_marked_there_only(inside):
    marked = [
        re.findall(r'<a (?:class="me" )?href="([^"]*)" aria-current="page"', html(inside.get(path)))
        for path in ("/tonight/", "/host/new/", "/gatherings/", "/you/", "/about/")
    ]

    there = ["/gatherings/", "/gatherings/"]
    assert marked == [["/", "/"], there, there, ["/you/"], []]

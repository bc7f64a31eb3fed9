"""The page of gatherings and the same answer for programs."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.web.gatherings.making import (
    TUESDAY,
    call,
    forget_everything,
    gatherings,
    meeting,
    take_in,
)

from kith.web.gatherings.bridge import finding
from kith.web.gatherings.models import Gathering

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

HERE = "lat=51.5&lon=-0.1"


@pytest.fixture
def ask(client, settings):
    """Return a function that gives the page of gatherings as text, for somebody in London."""
    settings.KITH_COUNTRY = "NZ"
    client.cookies["tz"] = "Europe/London"

    def page(query=HERE):
        return client.get(f"/gatherings/?{query}").content.decode()

    return page


def rows(page):
    """Return (time, name, where) of every row of a page."""
    found = re.findall(
        r'<span class="when"><b>(.*?)</b>(.*?)</span>.*?<span class="g-n">(.*?)</span>'
        r'<span class="g-w">(.*?)</span><span class="g-f">',
        page,
    )
    return [
        (f"{at} {half}".strip(), unescape(name), re.sub(r"<.*?>", "", unescape(where)))
        for at, half, name, where in found
    ]


def names(page):
    return [name for _at, name, _where in rows(page)]


def words(page):
    """Return what a reader of the page reads."""
    return " ".join(
        unescape(re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)).split()
    )


# ---- rows -------------------------------------------------------------------------------------
def test_row_says_when_what_and_where(ask):
    take_in(meeting(), call(time="20:30"))

    assert rows(ask()) == [
        ("7 pm", "Early Birds", "The Hut, London, about 1 minute’s walk"),
        ("8:30 pm", "Open Line", "Online"),
    ]


@pytest.mark.parametrize(
    ("record", "where"),
    [
        (meeting(location="London Bridge Church"), "London Bridge Church"),
        (meeting(location=None), "1 High Street, London"),
        (meeting(conference_url="https://zoom.us/j/987654321"), "The Hut, London, and online"),
        (call(conference_url=None, conference_phone="+44 20 7946 0018"), "By phone"),
        (call(), "Online"),
    ],
)
def test_row_says_where_in_a_few_words(ask, record, where):
    take_in(record)

    assert rows(ask())[0][2].removesuffix(", about 1 minute’s walk") == where


@pytest.mark.parametrize(
    ("km", "country", "far"),
    [
        (1.0, "NZ", "about 16 min walk"),
        (4.0, "NZ", "4 km"),
        (4.0, "US", "2.5 miles"),
        (40.0, "GB", "25 miles"),
        (40.0, "NZ", "40 km"),
    ],
)
def test_row_says_how_far_as_people_there_do(ask, settings, km, country, far):
    settings.KITH_COUNTRY = country
    take_in(meeting(latitude=51.5 + km / 111.195))

    assert rows(ask(f"{HERE}&km=50"))[0][2].endswith(far)


def test_row_says_that_it_is_on_and_until_when(ask, clock):
    take_in(meeting())
    clock.stand_at(TUESDAY + timedelta(minutes=45))

    page = ask()

    assert "On now, until 8 pm." in words(page)


def test_row_says_the_time_where_its_people_are(ask):
    take_in(call(timezone="America/New_York", time="15:00", end_time="16:00"))

    assert rows(ask()) == [("8 pm", "Open Line", "Online (3 pm in New York)")]


def test_row_of_a_call_in_the_readers_zone_says_one_time(ask):
    take_in(call(timezone="Europe/Dublin"))

    assert rows(ask()) == [("7 pm", "Open Line", "Online")]


@pytest.mark.parametrize(
    ("changes", "tags"),
    [
        ({"types": ["O"]}, "Open to all."),
        ({"types": ["C"]}, ""),
        ({"types": ["O", "W", "X", "S"]}, "Women. Step-free. Español. Open to all."),
        ({"types": ["C"], "entity": "Narcotics Anonymous"}, "Narcotics Anonymous."),
    ],
)
def test_row_says_who_it_is_for_and_who_can_get_in(ask, changes, tags):
    take_in(meeting(**changes))

    found = re.findall(r'<span class="g-f">(.*?)</span>', ask())

    assert found == [tags]


def test_row_leads_to_its_page_and_its_door_is_on_the_map(ask):
    take_in(meeting(), call())

    page = ask()

    assert re.findall(r'<li( data-at="[^"]*")?><a class="gath" href="([^"]+)"', page) == [
        (' data-at="51.50000,-0.10000"', "/gatherings/early-birds-london/"),
        ("", "/gatherings/open-line/"),
    ]


def test_row_has_petals_only_where_somebody_said_what_people_do(ask):
    take_in(meeting(entity="Alcoholics Anonymous"), meeting("Unknown", time="20:00", end_time=None))

    assert [
        bool(re.search(r"</span></span><svg", row)) for row in ask().split("<li data-at")[1:]
    ] == [
        True,
        False,
    ]


def test_changed_gathering_changes_its_row(ask):
    take_in(meeting())
    assert names(ask()) == ["Early Birds"]

    take_in(meeting("Early Risers", slug="early-birds"))
    forget_everything()

    assert names(ask()) == ["Early Risers"]


def test_row_is_in_the_language_of_its_reader(client):
    take_in(meeting())
    english = client.get(f"/gatherings/?{HERE}", headers={"Accept-Language": "en"}).content.decode()
    spanish = client.get(f"/gatherings/?{HERE}", headers={"Accept-Language": "es"}).content.decode()

    assert [row[0] for row in rows(english)] == ["7 pm"]
    assert [row[0] for row in rows(spanish)] == ["19:00"]


# ---- the page ---------------------------------------------------------------------------------
def test_days_have_names(ask):
    take_in(meeting(day=[2, 3, 6]))

    page = ask(f"{HERE}&when=tonight&when=tomorrow&when=sat")

    heads = re.findall(r'<h2 class="dayhead">(.*?)</h2>', page)
    assert [words(head) for head in heads] == ["Tonight Tuesday", "Tomorrow Wednesday", "Saturday"]


def test_day_before_four_in_the_afternoon_is_today(ask, clock):
    clock.stand_at(datetime(2026, 11, 24, 15, 59, tzinfo=UTC))
    take_in(meeting())

    assert '<h2 class="dayhead">Today' in ask()


def test_page_ends_and_says_what_comes_next(ask):
    take_in(meeting())

    page = ask()

    assert "That’s all for now." in words(page)
    (query,) = re.findall(r'href="\?([^"]*)">Show Tomorrow', page)
    assert parse_qs(unescape(query)) == {"lat": ["51.5"], "lon": ["-0.1"], "when": ["2026-11-25"]}


def test_page_after_a_week_of_days_offers_none_more(ask):
    take_in(meeting())

    assert ">Show " not in ask(f"{HERE}&when=mon").replace("Show gatherings", "")


def test_page_says_that_it_looked_farther(ask):
    take_in(meeting(latitude=51.5 + 20 / 111.195))

    assert "Little is nearer, so this is what is within 100 km." in words(ask())
    assert "Little is nearer" not in words(ask(f"{HERE}&km=25"))


def test_page_says_when_there_are_more_than_it_shows(ask):
    count = finding.MOST + 5
    take_in(*[meeting(f"G{n}", slug=f"g{n}", latitude=51.5 + n / 5_000) for n in range(count)])

    page = ask()

    assert len(rows(page)) == finding.MOST
    assert "These are the nearest. There are more" in words(page)


def test_page_says_whose_time_it_is(ask, client):
    take_in(meeting())

    assert "Times are London time." in words(ask())
    client.cookies["tz"] = "America/New_York"
    assert "Times are New York time." in words(ask())


def test_unknown_place_is_said_back_and_online_is_shown(ask):
    take_in(meeting(), call())

    page = ask("near=Narnia&mode=online")

    assert "We know no place called “Narnia”." in words(page)
    assert names(page) == ["Open Line"]


def test_place_they_typed_stays_in_its_field(ask):
    take_in(meeting())

    assert 'name="near" value="london"' in ask("near=london")


def test_others_of_the_same_name_are_offered(ask):
    zone = {"timezone": "America/New_York", "longitude": -73.0}
    take_in(
        meeting("A", formatted_address="1 High St, Salem, NY 12865, USA", latitude=43.1, **zone),
        meeting("B", formatted_address="2 High St, Salem, NY 12865, USA", latitude=43.1, **zone),
        meeting("C", formatted_address="1 High St, Salem, MA 01970, USA", latitude=42.5, **zone),
    )

    page = ask("near=Salem")

    assert re.findall(r'Or did you mean <a href="\?near=([^"]+)">', page) == ["Salem%2C%20MA"]


def test_wishes_stay_ticked(ask):
    take_in(meeting())

    page = ask(f"{HERE}&when=tomorrow&mode=online&practice=choir&language=mi&access=step_free&for=women&touch=none&part=night")  # fmt: skip

    ticked = re.findall(r'<input[^>]* name="(\w+)" value="([^"]+)"[^>]* checked', page)
    assert sorted(ticked) == [
        ("access", "step_free"),
        ("for", "women"),
        ("language", "mi"),
        ("mode", "online"),
        ("part", "night"),
        ("practice", "choir"),
        ("touch", "none"),
        ("when", "tomorrow"),
    ]


def test_door_without_a_time_is_offered_below(ask):
    take_in(meeting(), meeting("Ask Us", slug="ask", day=None, time=None, end_time=None))

    page = ask()

    assert "Ask when they meet" in words(page)
    assert names(page) == ["Early Birds"]
    assert "Ask Us" in words(page)


def test_where_nothing_fits_what_comes_closest_is_offered(ask):
    take_in(meeting(types=["O", "W"]), meeting("Wednesday", day=3))

    page = ask(f"{HERE}&for=men")

    assert "Nothing fits all of that." in words(page)
    options = re.findall(r'<li><a href="\?([^"]+)">(.*?)</a><span>(.*?)</span>', page)
    found = {unescape(label): (parse_qs(unescape(query)), first) for query, label, first in options}
    assert found["Leave out “Men”"] == (
        {"lat": ["51.5"], "lon": ["-0.1"]},
        "Early Birds, Today, 7 pm",
    )
    assert "Look at the whole week" not in found


def test_every_offer_leads_to_what_it_promises(ask):
    take_in(
        meeting(types=["W"], day=3), meeting("Far", types=["W"], latitude=51.7), call(types=["W"]),
        meeting("Men", types=["M"], location="Barn"),
    )  # fmt: skip
    page = ask(f"{HERE}&for=women&mode=in_person&km=5")
    options = re.findall(r'<li><a href="\?([^"]+)">.*?</a><span>(.*?),', page)

    assert [first for _query, first in options] == ["Men", "Early Birds", "Far", "Open Line"]
    for query, first in options:
        assert names(ask(unescape(query)))[0] == unescape(first)


def test_where_there_is_nothing_at_all_a_voice_is_offered(ask):
    page = ask()

    assert "This place knows of no gathering near there yet." in words(page)
    assert 'href="/now/"' in page


# ---- programs ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "query",
    [
        f"{HERE}&km=10",
        f"{HERE}&km=10&when=tomorrow&when=sat",
        f"{HERE}&km=10&mode=online",
        f"{HERE}&km=10&when=now",
        f"{HERE}&km=10&for=women&access=step_free&language=es",
        "near=London&km=100",
        "near=Narnia&km=5",
        # Where nobody said how far, both look as far as it takes.
        HERE,
        "near=London",
        f"{HERE}&when=sat",
    ],
)
def test_programs_get_what_people_get(ask, client, query):
    take_in(
        *[meeting(f"G{n}", slug=f"g{n}", latitude=51.5 + n / 100, day=[2, 3, 6], types=["W", "X", "S"][: n % 4])
          for n in range(12)],
        *[call(f"C{n}", day=[2, 3], conference_url=f"https://zoom.us/j/9{n:09}") for n in range(3)],
        meeting("Tea", time="18:00", end_time="18:45"),
        meeting("Farther", latitude=51.8, day=6, types=["M"]),
    )  # fmt: skip

    answer = client.get(f"/api/gatherings?{query}").json()

    page = ask(query)
    assert [m["gathering"]["name"] for m in answer["meetings"]] == names(page)
    assert answer["found"] == len(answer["meetings"])


def test_answer_for_programs_has_these_fields(client):
    take_in(meeting(types=["O", "X", "S"], entity="Alcoholics Anonymous"))

    answer = client.get(f"/api/gatherings?{HERE}")

    assert answer["Content-Type"] == "application/json"
    assert answer.json() == {
        "near": {"name": "", "latitude": 51.5, "longitude": -0.1},
        "unknown_place": False,
        "within_km": 5.0,
        "timezone": "Europe/London",
        "found": 1,
        "meetings": [
            {
                "starts": "2026-11-24T19:00+00:00",
                "ends": "2026-11-24T20:00+00:00",
                "distance_km": 0.0,
                "gathering": {
                    "id": Gathering.objects.get().pk,
                    "slug": "early-birds-london",
                    "url": "/gatherings/early-birds-london/",
                    "name": "Early Birds",
                    "mode": "in_person",
                    "status": "open",
                    "timezone": "Europe/London",
                    "rule": "FREQ=WEEKLY;BYDAY=TU",
                    "minutes": 60,
                    "practice": "twelve_step",
                    "program": "Alcoholics Anonymous",
                    "petals": answer.json()["meetings"][0]["gathering"]["petals"],
                    "languages": ["es"],
                    "audience": [],
                    "access": ["step_free"],
                    "openness": "open",
                    "touch": "",
                    "join_url": "",
                    "place": {
                        "name": "The Hut",
                        "address": gatherings()[0].place.address,
                        "city": "London",
                        "country": "GB",
                        "latitude": 51.5,
                        "longitude": -0.1,
                        "is_approximate": False,
                    },
                },
            }
        ],
    }
    assert len(answer.json()["meetings"][0]["gathering"]["petals"]) == 5


def test_answer_about_an_unknown_place_says_so(client):
    answer = client.get("/api/gatherings?near=Narnia").json()

    assert (answer["near"], answer["unknown_place"], answer["meetings"]) == (None, True, [])


def test_times_for_programs_carry_the_gatherings_own_offset(client):
    take_in(call(timezone="America/New_York", time="15:00", end_time="16:00"))

    (found,) = client.get("/api/gatherings").json()["meetings"]

    assert (found["starts"], found["ends"], found["distance_km"], found["gathering"]["place"]) == (
        "2026-11-24T15:00-05:00",
        "2026-11-24T16:00-05:00",
        None,
        None,
    )


def test_address_of_a_search_is_no_longer_than_what_was_asked(ask):
    """The links of a page carry the search, and nothing that nobody asked for."""
    take_in(meeting())

    page = ask(f"{HERE}&when=tonight")

    for link in re.findall(r'href="([^"]*\?[^"]*)"', page):
        sent = parse_qs(urlsplit(unescape(link)).query)
        assert set(sent) <= {"lat", "lon", "when", "country", "near", "next", "language"}

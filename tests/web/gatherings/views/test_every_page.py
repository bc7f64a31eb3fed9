"""Every address, whatever it is asked: an answer, a bounded number of questions, nothing unescaped."""

import json
import re
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.web.gatherings.making import call, forget_everything, gatherings, meeting, take_in

from kith.web.gatherings.actions import import_body
from kith.web.gatherings.bridge import shelf
from kith.web.gatherings.models import Feed, Gathering, Place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

BMLT = "/client_interface/json/?switcher="
LISTS = (
    "/",
    "/gatherings/",
    "/gatherings/?near=London",
    "/gatherings/?near=London&km=10&when=weekend&practice=choir",
    "/gatherings/?lat=51.5&lon=-0.1&access=step_free&touch=none&language=es&for=women",
    "/gatherings/?mode=online",
    "/gatherings/changes/",
    "/gatherings.ics?near=London",
    "/api/gatherings?near=London",
    "/feeds/meeting-guide.json",
    f"{BMLT}GetSearchResults",
    f"{BMLT}GetSearchResults&lat_val=51.5&long_val=-0.1&geo_width_km=-5",
    f"{BMLT}GetSearchResults&get_used_formats=1",
    f"{BMLT}GetFormats",
    f"{BMLT}GetServiceBodies",
    f"{BMLT}GetFieldKeys",
    f"{BMLT}GetFieldValues&meeting_key=location_municipality",
    f"{BMLT}GetServerInfo",
    f"{BMLT}GetCoverageArea",
    f"{BMLT}GetChanges",
    "/client_interface/csv/?switcher=GetSearchResults",
    "/client_interface/tsml/?switcher=GetSearchResults",
    "/client_interface/jsonp/?switcher=GetFormats&callback=f",
)


@pytest.fixture(autouse=True)
def looks_once(monkeypatch):
    """A page that takes long is not asked anew, in the middle of it, whether the index is new."""
    monkeypatch.setattr(shelf, "LOOK_EVERY_S", 3_600)


def some(count):
    """Return `count` records that differ in everything that a page shows."""
    return [
        meeting(f"Group {n}", slug=f"g{n}", latitude=51.5 + n / 1000, location=f"Hall {n}",
                types=["O", "X"], conference_url=f"https://zoom.us/j/9{n:09}", notes="Tea.")
        for n in range(count)
    ]  # fmt: skip


def own_pages():
    """Return the addresses of every gathering and place."""
    for gathering in gatherings():
        yield gathering.get_absolute_url()
        yield f"/gatherings/{gathering.slug}.ics"
    for place in Place.objects.all():
        yield f"/places/{place.pk}.ics"


@pytest.mark.parametrize("count", [0, 1, 3])
@pytest.mark.parametrize("url", LISTS)
def test_page_answers_however_many_gatherings_there_are(client, url, count):
    if count:
        take_in(*some(count))

    assert client.get(url).status_code == 200


@pytest.mark.parametrize("url", LISTS)
def test_page_asks_no_more_for_thirty_gatherings_than_for_three(
    client, url, django_assert_max_num_queries
):
    asked = {}
    for count in (3, 30):
        take_in(*some(count))
        forget_everything()
        with django_assert_max_num_queries(14) as seen:
            client.get(url)
        asked[count] = len(seen)

    assert asked[30] <= asked[3]


@pytest.mark.parametrize("url", LISTS[:6])
def test_page_that_was_shown_before_asks_almost_nothing(client, url, django_assert_max_num_queries):
    take_in(*some(3))
    client.get(url)

    with django_assert_max_num_queries(1):
        client.get(url)


def test_page_of_a_gathering_asks_no_more_where_more_meets(client, django_assert_max_num_queries):
    take_in(meeting())
    for count in (1, 12):
        take_in(
            *[
                meeting(f"At {n}", slug=f"a{n}", time=f"{n + 7:02}:00", end_time=None)
                for n in range(count)
            ]
        )
        with django_assert_max_num_queries(6):
            assert client.get("/gatherings/at-0-london/").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("url", LISTS)
def test_page_is_only_read(client, url, method):
    assert getattr(client, method)(url).status_code == 405


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_page_of_a_gathering_is_only_read(client, method):
    take_in(meeting())

    for url in own_pages():
        assert getattr(client, method)(url).status_code == 405


@pytest.mark.parametrize("url", LISTS)
def test_page_has_a_head(client, url):
    take_in(*some(1))

    answer = client.head(url)

    assert (answer.status_code, answer.content) == (200, b"")


# ---- what nobody foresaw ----------------------------------------------------------------------
SEARCH = (
    *("lat", "lon", "km", "when", "part", "mode", "practice", "language", "for", "access"),
    *("touch", "zone", "since"),
)
QUESTION = (
    *("weekdays", "formats", "lat_val", "long_val", "geo_width", "geo_width_km", "StartsAfterH"),
    *("EndsBeforeM", "MinDurationH", "page_size", "page_num", "sort_keys", "sort_key", "callback"),
    *("SearchString", "SearchStringRadius", "meeting_key", "meeting_key_value", "meeting_ids"),
    *("data_field_key", "key_strings", "venue_types", "formats_comparison_operator"),
)
# What is sent together: one name can keep another from being read at all.
TOGETHER = (
    SEARCH,
    ("near", *SEARCH),
    QUESTION,
    tuple(name for name in QUESTION if name not in ("geo_width_km", "meeting_key", "page_size")),
    ("SearchString", "StringSearchIsAnAddress", "SearchStringRadius"),
)
NAMES = tuple(dict.fromkeys((*SEARCH, "near", *QUESTION, "StringSearchIsAnAddress")))
ODD = (
    "", "x" * 5_000, "\x00", "nan", "inf", "-inf", "1e999", "-1", "0", "91", "181", "1e308",
    "9" * 400, "2026-02-30", "9999-12-31", "0001-01-01", "now", "<script>alert(1)</script>",
    "'; DROP TABLE gatherings_gathering; --", "%00", "%s%n", "../../etc/passwd", "\U0001f426",
    "\u202e", "a,b,,c,-", "-1,-2,--3,1e5", "1,2,3", "\r\nSet-Cookie: a=b", "{{ 7 }}", "\ue000near\ue001",
)  # fmt: skip
PAGES = (
    *("/", "/gatherings/", "/gatherings/changes/", "/gatherings.ics", "/api/gatherings"),
    *("/feeds/meeting-guide.json", f"{BMLT}GetSearchResults", f"{BMLT}GetFieldValues"),
    *("/client_interface/csv/?switcher=GetSearchResults", f"{BMLT}GetFormats"),
    "/client_interface/jsonp/?switcher=GetSearchResults",
)


def ask(client, url, pairs):
    """Ask `url` for `pairs`, on top of what it asks for itself."""
    mark = "&" if "?" in url else "?"
    return client.get(f"{url}{mark}{urlencode(pairs, errors='replace')}")


@pytest.mark.parametrize("url", PAGES)
def test_odd_values_never_break_a_page(client, url):
    take_in(*some(2))

    for value in ODD:
        for names in TOGETHER:
            sent = [(name, "1" if name == "StringSearchIsAnAddress" else value) for name in names]
            assert ask(client, url, sent).status_code == 200, (value, names)


@pytest.mark.parametrize("url", PAGES)
def test_value_repeated_a_thousand_times_is_answered_or_refused(client, url):
    take_in(*some(2))

    for name in ("near", "when", "practice", "language", "weekdays", "formats"):
        assert ask(client, url, [(name, "1")] * 900).status_code == 200, name
        assert ask(client, url, [(name, "1")] * 1_100).status_code in {200, 400}, name


@pytest.mark.parametrize(
    "path",
    [
        "/gatherings/%00/", "/gatherings/a%00b.ics", "/gatherings/%F0%9F%90%A6/", "/gatherings/%ff/",
        f"/gatherings/{'x' * 5_000}/", "/gatherings/..%2f..%2fetc%2fpasswd/", "/gatherings/%27--/",
        "/places/0.ics", "/places/99999999999999999999999999.ics", "/places/1e3.ics",
        "/places/-1.ics", "/gatherings/a/b/", "/feeds/", "/feeds/meeting-guide.xml", "/api/",
    ],
)  # fmt: skip
def test_address_that_never_was_is_not_found(client, path):
    take_in(*some(1))

    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "cookie", ["", "Mars/Olympus", "../../etc/passwd", "x" * 3_000, "Asia/Tokyo"]
)
@pytest.mark.parametrize("url", ["/", "/gatherings/", "/gatherings/group-0-london/"])
def test_odd_cookies_never_break_a_page(client, url, cookie):
    take_in(*some(1))
    client.cookies["tz"] = cookie

    assert client.get(url).status_code == 200


pairs = st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=30)), max_size=12)


class AnythingTest(TestCase):
    """Hypothesis brings its own rollback of each example."""

    @given(st.sampled_from(PAGES), pairs)
    def test_anything_at_all_is_answered(self, url, sent):
        forget_everything()
        take_in(*some(2))

        assert ask(self.client, url, sent).status_code == 200


# ---- nothing that a feed says is read as HTML -------------------------------------------------
EVIL = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)> & Co"
ESCAPED = re.compile(r"<script>alert|<img src=x|onerror=alert\(2\)>")


@pytest.fixture
def evil(db):
    """Gatherings that say the worst in every field, as a steward may have written them."""
    take_in(*some(3), call("Line"))
    texts = ("name", "about", "program", "when_note", "join_note", "first_time", "touch_words",
             "eyes_words", "drugs_words", "noise_words", "join_phone")  # fmt: skip
    for gathering in gatherings():
        for field in texts:
            longest = Gathering._meta.get_field(field).max_length or 9_999
            setattr(gathering, field, EVIL[:longest])
        gathering.languages = [EVIL]
        gathering.audience = gathering.access = gathering.topics = [EVIL]
        gathering.save()
    for place in Place.objects.all():
        for field in ("name", "street", "address", "find_the_door", "from_the_stop"):
            setattr(place, field, EVIL)
        place.save()
    Feed.objects.update(name=EVIL, credit=EVIL)
    forget_everything()


PLACES_TO_LOOK = (
    "/",
    "/gatherings/?lat=51.5&lon=-0.1",
    "/gatherings/?lat=51.5&lon=-0.1&when=now&practice=choir",
    "/gatherings/?mode=online",
    "/gatherings/changes/",
    f"/gatherings/?near={quote(EVIL)}",
    f"/gatherings/?near=London&km={quote(EVIL)}&when={quote(EVIL)}&zone={quote(EVIL)}",
    f"/gatherings/changes/?since={quote(EVIL)}",
)


@pytest.mark.parametrize("url", PLACES_TO_LOOK)
def test_nothing_that_anybody_says_becomes_html(client, evil, url):
    page = client.get(url).content.decode()

    assert ESCAPED.findall(page) == []


@pytest.mark.parametrize("status", ["open", "paused", "retired"])
def test_nothing_on_a_page_of_its_own_becomes_html(client, evil, status):
    Gathering.objects.update(status=status)

    for gathering in gatherings():
        page = client.get(gathering.get_absolute_url()).content.decode()
        assert ESCAPED.findall(page) == []
        assert "alert(1)" in page


def test_data_of_a_page_is_json_that_cannot_end_its_element(client, evil):
    for gathering in gatherings():
        page = client.get(gathering.get_absolute_url()).content.decode()
        (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)

        assert json.loads(data)["name"] == EVIL


def test_name_is_said_as_it_is_where_nothing_fits(client):
    take_in(meeting("Tom & Jerry’s", day=3))

    page = client.get("/gatherings/?lat=51.5&lon=-0.1").content.decode()

    assert "Tom &amp; Jerry’s" in page
    assert "&amp;amp;" not in page


def test_calendars_hold_no_line_that_a_name_brought_in(client):
    take_in(meeting())
    Gathering.objects.update(
        name="Early\r\nBEGIN:VEVENT\r\nSUMMARY:Evil", about="a\nEND:VCALENDAR\nb"
    )
    forget_everything()
    injected = urlencode({"near": "x\r\nBEGIN:VEVENT\r\nSUMMARY:Evil"})

    for url in ("/gatherings/early-birds-london.ics", "/gatherings.ics?lat=51.5&lon=-0.1",
                f"/gatherings.ics?{injected}"):  # fmt: skip
        lines = client.get(url).content.decode().split("\r\n")
        assert "SUMMARY:Evil" not in lines
        assert lines.count("BEGIN:VEVENT") <= 1
        assert lines.count("END:VCALENDAR") == 1


def test_header_is_never_split(client):
    take_in(meeting())
    slug = 'a"b; c'
    Gathering.objects.update(slug=slug)

    answer = client.get(f"/gatherings/{quote(slug)}.ics")

    assert answer.status_code == 200
    assert "\n" not in answer["Content-Disposition"]


def test_pages_never_ask_anybody_else(client, evil):
    import_body(feed=Feed(address="https://third.example/"), body=b'[{"name": "A", "slug": "a", "types": ["O"], "day": 2, "time": "19:00", "timezone": "Europe/London", "latitude": 51.5, "longitude": -0.1, "formatted_address": "1 High Street, London"}]')  # fmt: skip
    urls = [*PLACES_TO_LOOK, *(g.get_absolute_url() for g in gatherings())]

    for url in urls:
        page = client.get(url).content.decode()
        assert (
            re.findall(r'(?:src|srcset|action|formaction|poster|data)="(?:https?:)?//', page) == []
        )
        assert re.findall(r'<link[^>]* href="(?:https?:)?//', page) == []

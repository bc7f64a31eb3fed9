"""Finding a gathering and getting to its door, as people do it."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect
from tests.browser.harness import DESKTOP, NARROW, PHONE, ZOOMED, sideways_px, violations

from kith.web.gatherings import actions
from kith.web.gatherings.bridge import shelf
from kith.web.gatherings.models import Feed, Gathering
from kith.web.gatherings.views import cards
from kith.web.kit import frames

LIST = "/gatherings/?near=Riverton"
ZONE = "America/Los_Angeles"
STREETS = Path(__file__).parents[1] / "web/gatherings/data/riverton.pmtiles"


@pytest.fixture
def town(transactional_db, live_server):
    """Three gatherings in Riverton, one of them by video, and one that nobody timed.

    They have just begun: so they are on tonight by any clock, at any hour of the day.
    """
    begun = datetime.now(ZoneInfo(ZONE)) - timedelta(minutes=5)
    ends = begun + timedelta(minutes=90)
    shared = {
        "day": (begun.weekday() + 1) % 7,
        "time": f"{begun:%H:%M}",
        "end_time": f"{ends:%H:%M}",
        "timezone": ZONE,
    }
    door = {"formatted_address": "1 River Street, Riverton, CA 92999, USA", "city": "Riverton"}
    records = [
        {"slug": "choir", "name": "Riverside Circle", "location": "The Boathouse", "latitude": 33.7,
         "longitude": -117.8, "types": ["O", "X"], **shared, **door},
        {"slug": "chapel", "name": "Westgate <Hall> & Friends", "location": "Westgate chapel",
         "latitude": 33.705, "longitude": -117.81, "types": ["C", "W"], **shared, **door},
        {"slug": "video", "name": "Round the Screen", "conference_url": "https://meet.example/1",
         "attendance_option": "online", "formatted_address": "Riverton, CA, USA", **shared},
        {"slug": "ask", "name": "Ask Us", "location": "The Hut", "latitude": 33.701,
         "longitude": -117.79, "timezone": ZONE, **door},
    ]  # fmt: skip
    for forget in (shelf.forget, cards.forget, frames.forget):
        forget()
    feed = Feed(address="https://list.example/feed.json", program="Alcoholics Anonymous")
    actions.import_body(feed=feed, body=json.dumps(records).encode())
    return Gathering.objects.get(name="Riverside Circle")


@pytest.mark.browser
@pytest.mark.parametrize(
    "path",
    ["/", LIST, "/gatherings/?near=Nowhereville", f"{LIST}&practice=choir", "/gatherings/changes/"],
)
def test_page_has_no_accessibility_violation(town, page, path):
    page.goto(path)

    assert violations(page) == []


@pytest.mark.browser
def test_gathering_has_no_accessibility_violation(town, page):
    page.goto(town.get_absolute_url())
    page.get_by_text("What studies say about each petal").click()

    assert violations(page) == []


@pytest.mark.browser
@pytest.mark.parametrize("look", [NARROW, ZOOMED], ids=["narrow", "zoomed"])
def test_pages_never_scroll_sideways(town, browse, look):
    page = browse(look)

    for path in ("/", LIST, town.get_absolute_url(), f"{LIST}&practice=choir"):
        page.goto(path)
        assert sideways_px(page) == 0, path


@pytest.mark.browser
def test_newcomer_gets_from_the_front_door_to_the_door_of_a_gathering(town, phone):
    phone.goto("/")
    phone.get_by_label("Where are you?").fill("Riverton")
    phone.get_by_role("button", name="Find a gathering").click()
    phone.locator("a.gath", has_text="Riverside Circle").click()

    assert phone.get_by_role("heading", level=1).inner_text() == "Riverside Circle"
    way = phone.get_by_role("link", name="Take me there").get_attribute("href")
    assert way.startswith("geo:33.700000,-117.800000")
    assert (
        phone.get_by_role("link", name="OpenStreetMap")
        .get_attribute("href")
        .startswith("https://www.openstreetmap.org/directions?to=33.7")
    )


@pytest.mark.browser
def test_wishes_work_without_javascript(town, plain):
    plain.goto(LIST)
    assert plain.get_by_text("Westgate <Hall> & Friends").is_visible()

    plain.get_by_text("Step-free", exact=True).click()
    plain.get_by_role("button", name="Show gatherings").click()

    expect(plain.get_by_text("Riverside Circle")).to_be_visible()
    assert plain.get_by_text("Westgate <Hall> & Friends").count() == 0


@pytest.mark.browser
def test_ticked_wish_changes_the_list_in_place_and_the_address_follows(town, desktop):
    desktop.goto(LIST)
    desktop.get_by_text("Step-free", exact=True).click()
    desktop.wait_for_url("**access=step_free**")

    desktop.get_by_text("Westgate <Hall> & Friends").wait_for(state="detached")
    assert desktop.get_by_text("Riverside Circle").first.is_visible()
    assert desktop.locator("h1").count() == 1


@pytest.mark.browser
def test_wish_can_be_ticked_by_keyboard(town, desktop):
    desktop.goto(LIST)
    desktop.locator("#access-step_free").focus()
    desktop.keyboard.press("Space")
    desktop.wait_for_url("**access=step_free**")

    assert desktop.evaluate("document.activeElement.id") == "access-step_free"


@pytest.mark.browser
def test_place_of_this_browser_is_used_when_asked_for(town, browse):
    page = browse(
        PHONE, geolocation={"latitude": 33.7, "longitude": -117.8}, permissions=["geolocation"]
    )
    page.goto("/gatherings/")
    page.get_by_role("button", name="Use where I am now").click()

    page.wait_for_url("**lat=33.700**")
    assert page.get_by_text("Riverside Circle").first.is_visible()


@pytest.mark.browser
def test_refused_place_is_said_and_the_field_is_ready(town, browse):
    page = browse(PHONE, permissions=[])
    page.goto("/gatherings/")
    page.get_by_role("button", name="Use where I am now").click()

    page.get_by_text("did not say where you are").wait_for()
    assert page.evaluate("document.activeElement.id") == "near"


@pytest.mark.browser
def test_drawing_shows_each_door_as_a_way_to_its_page(town, desktop):
    desktop.goto(LIST)

    doors = desktop.locator(".sketch a").evaluate_all("all => all.map(a => a.getAttribute('href'))")

    assert town.get_absolute_url() in doors


@pytest.mark.browser
def test_map_opens_when_asked_for_or_says_that_it_cannot(town, desktop):
    desktop.goto(LIST)
    asked = []
    desktop.on("request", lambda request: asked.append(request.url))
    desktop.get_by_role("button", name="Open the map").click()

    # A browser without WebGL keeps the drawing, and says so.
    drawn = desktop.locator(".gmap .pin").first
    desktop.locator("#said:not(:empty)").or_(drawn).first.wait_for()
    assert any("maplibre-gl-csp" in url for url in asked)


@pytest.mark.browser
def test_map_asks_for_pieces_of_the_steward_s_streets_and_never_for_the_file(
    town, desktop, settings
):
    settings.KITH_STREETS = str(STREETS)
    frames.forget()
    answers = []
    desktop.on("response", lambda answer: answers.append((answer.url, answer.status)))
    desktop.goto(LIST)
    desktop.get_by_role("button", name="Open the map").click()

    drawn = desktop.locator(".gmap .pin").first
    desktop.locator("#said:not(:empty)").or_(drawn).first.wait_for()
    assert {status for url, status in answers if url.endswith("streets.pmtiles")} == {206}
    assert not any("land-50m" in url for url, _ in answers)


@pytest.mark.browser
def test_map_whose_streets_are_gone_shows_land_and_sea(town, desktop, settings):
    settings.KITH_STREETS = "/nowhere/streets.pmtiles"
    frames.forget()
    asked = []
    desktop.on("request", lambda request: asked.append(request.url))
    desktop.goto(LIST)
    desktop.get_by_role("button", name="Open the map").click()

    drawn = desktop.locator(".gmap .pin").first
    desktop.locator("#said:not(:empty)").or_(drawn).first.wait_for()
    assert any("land-50m" in url for url in asked)


@pytest.mark.browser
def test_address_is_copied_in_one_tap(town, browse):
    page = browse(DESKTOP, permissions=["clipboard-read", "clipboard-write"])
    page.goto(town.get_absolute_url())
    page.get_by_role("button", name="Copy").click()

    page.get_by_text("The address is copied.").wait_for()
    assert "1 River Street" in page.evaluate("navigator.clipboard.readText()")


@pytest.mark.browser
def test_back_leads_to_the_list_as_it_was(town, phone):
    phone.goto(f"{LIST}&access=step_free")
    phone.locator("a.gath", has_text="Riverside Circle").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Riverside Circle")
    phone.wait_for_load_state("load")
    phone.go_back()

    assert phone.locator("#access-step_free").is_checked()

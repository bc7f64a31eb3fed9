"""The frame and the pages about kith, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Error, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.browser.harness import (
    DESKTOP,
    NARROW,
    ZOOMED,
    Browse,
    Look,
    Witness,
    looks_at,
    sideways_px,
    tab_stops,
    violations,
)

pytestmark = pytest.mark.browser

NOWHERE = "/nothing-is-here/"
PAGES = ("/about/", "/about/look/", "/safety/", "/privacy/", NOWHERE)


@pytest.fixture(autouse=True)
def nowhere_is_expected(live_server: LiveServer, witness: Witness) -> None:
    witness.expected.add(live_server.url + NOWHERE)


def test_pages_are_accessible_and_the_lamp_is_one_tap_away(page: Page):
    lamps = page.get_by_role("link", name="I need someone now")
    lamp = lamps.and_(page.locator("header a, .dock a"))

    for path in PAGES:
        page.goto(path)

        assert (path, violations(page)) == (path, [])
        for _ in looks_at(page):
            expect(lamp).to_have_count(1)
            expect(lamp).to_be_in_viewport()


@pytest.mark.parametrize("look", [NARROW, ZOOMED], ids=lambda look: look.name)
def test_page_never_scrolls_sideways(browse: Browse, look: Look):
    page = browse(look)

    for path in PAGES:
        page.goto(path)

        assert (path, sideways_px(page)) == (path, 0)


def test_page_with_letters_twice_as_large_never_scrolls_sideways(browse: Browse):
    page = browse(NARROW)
    settings = page.context.new_cdp_session(page)
    settings.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})

    for path in PAGES:
        page.goto(path)

        assert page.evaluate("getComputedStyle(document.body).fontSize") == "34px"
        assert (path, sideways_px(page)) == (path, 0)


def test_first_stop_of_the_keyboard_skips_to_the_page(desktop: Page):
    desktop.goto("/about/")

    stops = list(tab_stops(desktop, 8))
    desktop.goto("/about/")
    desktop.keyboard.press("Tab")
    desktop.keyboard.press("Enter")

    assert stops == ["Skip to the page", "kith", "Tonight", "Gatherings", "Circle", "My plan", "",
                     "I need someone now"]  # fmt: skip
    assert desktop.evaluate("document.activeElement.id") == "main"


def test_pages_hold_everything_without_javascript(plain: Page):
    plain.goto("/about/look/")

    expect(plain.get_by_role("button", name="Copy")).to_be_hidden()
    expect(plain.get_by_role("heading", name="Petals")).to_be_visible()


def test_language_changes_and_changes_back_without_javascript(plain: Page):
    plain.goto("/privacy/?from=a-link")

    for language, code in (("Español", "es"), ("Français", "fr"), ("English", "en")):
        plain.get_by_role("button", name=language).click()

        expect(plain.locator("html")).to_have_attribute("lang", code)
        expect(plain.locator(".languages [aria-current]")).to_have_text(language)

    assert plain.url.endswith("/privacy/?from=a-link")


def press_escape_twice(page: Page) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


def press_the_exit(page: Page) -> None:
    page.get_by_role("link", name="Leave this page").click()


@pytest.mark.parametrize("path", ["/now/", "/safety/"])
@pytest.mark.parametrize("leave", [press_escape_twice, press_the_exit])
def test_leaving_keeps_no_way_back(
    phone: Page,
    live_server: LiveServer,
    settings: Settings,
    leave: Callable[[Page], None],
    path: str,
):
    settings.KITH_LEAVE_URL = f"{live_server.url}/privacy/"
    phone.goto("/about/")
    phone.goto(path)

    leave(phone)
    phone.wait_for_url("**/privacy/")
    phone.go_back()

    assert phone.url == f"{live_server.url}/about/"


def test_one_escape_now_and_one_later_stay(phone: Page, live_server: LiveServer):
    phone.goto("/now/")

    phone.keyboard.press("Escape")
    phone.wait_for_timeout(1600)
    phone.keyboard.press("Escape")

    assert phone.url == f"{live_server.url}/now/"


def test_copy_takes_one_tap_and_says_so(browse: Browse):
    page = browse(DESKTOP, permissions=["clipboard-read", "clipboard-write"])
    page.goto("/about/look/")

    page.get_by_role("button", name="Copy").click()

    expect(page.get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == "kith"


def test_time_zone_of_the_browser_is_remembered(browse: Browse):
    page = browse(timezone_id="Pacific/Auckland")

    page.goto("/about/")

    assert [(c["name"], c["value"], c["sameSite"]) for c in page.context.cookies()] == [
        ("tz", "Pacific/Auckland", "Lax")
    ]


def test_visit_without_javascript_leaves_no_cookie(plain: Page):
    plain.goto("/about/")

    assert plain.context.cookies() == []


def test_letters_of_maori_and_polish_come_from_our_fonts(phone: Page):
    phone.goto("/about/look/")

    phone.wait_for_function("() => document.fonts.status === 'loaded'")
    loaded = phone.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => `${f.family} ${f.unicodeRange.slice(0, 5)}`)"
    )

    assert "Vollkorn U+100" in loaded
    assert "Atkinson U+100" in loaded


def test_witness_sees_a_page_that_asks_another_origin(browse: Browse, witness: Witness):
    page = browse()
    page.goto("/about/")

    with pytest.raises(Error):
        page.goto("https://example.org/")

    assert witness.faults == ["asked another origin: https://example.org/"]
    witness.faults.clear()


def test_witness_sees_an_inline_style(browse: Browse, witness: Witness):
    page = browse()
    page.goto("/about/")

    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')")
    page.wait_for_timeout(300)

    assert len(witness.faults) == 1
    assert "Content Security Policy" in witness.faults[0]
    witness.faults.clear()

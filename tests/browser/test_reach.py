"""I need someone now, in a real browser: with internet, without, and with neither mouse nor script."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.browser.harness import (
    DESKTOP,
    NARROW,
    PHONE,
    PHONE_DARK,
    ZOOMED,
    Browse,
    Look,
    Witness,
    sideways_px,
    tab_stops,
    violations,
)

from kith.web.reach.models import Line

pytestmark = pytest.mark.browser

NOW = reverse("reach:now")
OFFLINE = reverse("reach:offline")
ANY_PAGE = "/about/"
PAGES = (NOW, f"{NOW}?country=GB", f"{NOW}?country=ZZ", OFFLINE)
# A text as large as twice: the narrowest phone must still show whole words.
TWICE = {"fontSizes": {"standard": 32, "fixed": 26}}
EVENING = "rgb(15, 26, 33)"
NO_INTERNET = "net::ERR_INTERNET_DISCONNECTED"


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


@pytest.fixture
def gone_offline(phone: Page, witness: Witness) -> Iterator[Page]:
    """A phone that opened one page of kith, once, and then lost the internet."""
    visit_once(phone)
    phone.context.set_offline(True)
    yield phone
    # Chromium writes each request that could not leave to the console.
    witness.faults[:] = [fault for fault in witness.faults if NO_INTERNET not in fault]


def visit_once(page: Page, address: str = ANY_PAGE) -> None:
    """Open `address` and wait until the worker has kept what it keeps."""
    page.goto(address)
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")


def kept_addresses(page: Page) -> list[str]:
    """Return the address of everything that any shelf of this browser holds."""
    kept: list[str] = page.evaluate(
        """async () => {
          const shelves = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
          const held = await Promise.all(shelves.map((shelf) => shelf.keys()));
          return held.flat().map((request) => new URL(request.url).pathname);
        }"""
    )
    return sorted(kept)


def words_kept(page: Page) -> list[str]:
    """Return the text of the page for the worst hour on each shelf of this browser."""
    texts: list[str] = page.evaluate(
        """async (now) => {
          const shelves = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
          const pages = await Promise.all(
            shelves.map((shelf) => shelf.match(now, { ignoreVary: true })));
          return Promise.all(pages.filter(Boolean).map((page) => page.text()));
        }""",
        NOW,
    )
    return texts


def settled_on(page: Page, words: str) -> bool:
    """Return whether, within five seconds, one shelf is left and its page says `words`."""
    for _ in range(100):
        if [words in kept for kept in words_kept(page)] == [True]:
            return True
        page.wait_for_timeout(50)
    return False


def air(page: Page) -> str:
    """Return the color behind everything."""
    color: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return color


def dialed(page: Page) -> list[str]:
    """Return what the links of the list of lines first shown dial and text."""
    links: list[str] = page.locator(".reach .lines a").evaluate_all(
        "links => links.map((link) => link.getAttribute('href'))"
    )
    return links


# ---- for every eye and hand ----------------------------------------------------------------------
# Always evening: what its owner's screen prefers changes nothing but what the next test looks at.
@pytest.mark.parametrize("look", [PHONE, DESKTOP], ids=lambda look: look.name)
def test_pages_are_accessible_with_every_country_open(browse: Browse, look: Look):
    page = browse(look)

    for path in PAGES:
        page.goto(path)
        for summary in page.locator("summary").all():
            summary.click()

        assert (path, violations(page)) == (path, [])


@pytest.mark.parametrize("look", [PHONE, PHONE_DARK], ids=lambda look: look.name)
def test_pages_are_always_evening(browse: Browse, look: Look):
    page = browse(look)

    for path in PAGES:
        page.goto(path)

        assert (path, air(page)) == (path, EVENING)


@pytest.mark.parametrize("look", [NARROW, ZOOMED], ids=lambda look: look.name)
def test_page_never_scrolls_sideways(browse: Browse, look: Look):
    page = browse(look)

    for path in PAGES:
        page.goto(path)

        assert (path, sideways_px(page)) == (path, 0)


def test_letters_twice_as_large_push_nothing_over_the_edge(browse: Browse):
    page = browse(NARROW)
    page.context.new_cdp_session(page).send("Page.setFontSizes", TWICE)
    # A bar that is fixed does not scroll, so what it cuts off must be measured by itself.
    ends = "[...document.querySelectorAll('.linebar a')].map(a => a.getBoundingClientRect().right)"

    for path in PAGES:
        page.goto(path)

        assert (path, sideways_px(page)) == (path, 0)
        assert max(page.evaluate(ends)) <= NARROW.width


def test_keyboard_reaches_a_voice_at_the_fourth_stop(desktop: Page):
    desktop.goto(NOW)

    stops = list(tab_stops(desktop, 5))

    assert stops == ["Skip to the page", "kith", "Leave this page", "Call 988", "Text 988"]


def test_keyboard_opens_another_country(desktop: Page):
    desktop.goto(NOW)

    desktop.locator("summary", has_text="New Zealand").focus()
    desktop.keyboard.press("Enter")

    expect(desktop.get_by_role("link", name="1737, Need to talk? Call 1737")).to_be_visible()


def test_first_taps_are_large_enough_for_a_shaking_thumb(phone: Page):
    phone.goto(NOW)

    heights = phone.locator(
        ".lamp.big, .bigline, .linebar a, .alt a, .lines a, .exit"
    ).evaluate_all(
        "all => all.filter((one) => one.checkVisibility())"
        ".map((one) => one.getBoundingClientRect().height)"
    )

    assert len(heights) > 10
    assert min(heights) >= 44


# ---- a voice -------------------------------------------------------------------------------------
def test_numbers_are_links_that_dial_and_text(phone: Page):
    phone.goto(NOW)

    assert dialed(phone) == [
        "tel:988",
        "sms:988",
        "https://988lifeline.org/",
        "tel:18009720590",
        "sms:741741?&body=HOME",
        "tel:18006624357",
        "tel:911",
    ]


def test_three_numbers_stay_under_the_thumb_and_hide_no_end_of_the_page(phone: Page):
    phone.goto(NOW)

    phone.evaluate("scrollTo(0, document.body.scrollHeight)")

    links = phone.get_by_role("navigation", name="Call a line").get_by_role("link")
    expect(links).to_have_text(["988", "SafeSpot", "911"])
    expect(links.last).to_be_in_viewport()
    end = phone.locator(".endmark p").bounding_box()
    bar = phone.locator(".linebar").bounding_box()

    assert end is not None
    assert bar is not None
    assert end["y"] + end["height"] <= bar["y"]


def test_country_is_chosen_without_javascript(plain: Page):
    plain.goto(NOW)

    plain.locator("summary", has_text="Ireland").click()
    plain.get_by_role("link", name="Show Ireland first").click()

    expect(plain.get_by_role("link", name="Call Samaritans")).to_have_attribute(
        "href", "tel:116123"
    )
    expect(plain.get_by_role("navigation", name="Call a line").get_by_role("link")).to_have_text(
        ["Samaritans", "112"]
    )


# ---- without internet ------------------------------------------------------------------------------
def test_now_opens_offline_after_one_visit_to_any_page(gone_offline: Page):
    gone_offline.goto(NOW)

    expect(gone_offline.get_by_role("heading", level=1)).to_have_text("Let’s get you a voice.")
    assert dialed(gone_offline)[:2] == ["tel:988", "sms:988"]


def test_now_looks_the_same_offline(gone_offline: Page):
    gone_offline.goto(NOW)
    gone_offline.wait_for_function("() => document.fonts.status === 'loaded'")

    voice = gone_offline.evaluate("document.fonts.check('500 20px Vollkorn')")
    phone_icon = gone_offline.locator(".lamp.big .i").evaluate("icon => icon.getBBox().width > 0")

    assert [air(gone_offline), voice, phone_icon] == [EVENING, True, True]
    assert violations(gone_offline) == []


def test_every_country_is_there_offline(gone_offline: Page):
    gone_offline.goto(f"{NOW}?country=NZ")

    assert gone_offline.url.endswith(f"{NOW}#lines-NZ")
    expect(gone_offline.get_by_role("link", name="1737, Need to talk? Call 1737")).to_be_visible()


def test_any_other_page_offline_says_what_still_works(gone_offline: Page):
    gone_offline.goto("/a/gathering/never/opened/")

    expect(gone_offline.get_by_role("heading", level=1)).to_have_text("No internet just now.")
    assert dialed(gone_offline)[0] == "tel:988"

    gone_offline.get_by_role("link", name="I need someone now").click()

    expect(gone_offline.get_by_role("heading", level=1)).to_have_text("Let’s get you a voice.")


def test_try_again_brings_the_page_once_there_is_internet(gone_offline: Page):
    gone_offline.goto("/privacy/")
    gone_offline.context.set_offline(False)

    gone_offline.get_by_role("link", name="Try again").click()

    expect(gone_offline.get_by_role("heading", level=1)).to_have_text("Privacy")


def test_leaving_works_offline_too(gone_offline: Page):
    aim = "document.querySelector('[data-leave]').href = new URL('/privacy/', location)"

    gone_offline.goto(NOW)
    gone_offline.evaluate(aim)
    gone_offline.keyboard.press("Escape")
    gone_offline.keyboard.press("Escape")
    gone_offline.wait_for_url("**/privacy/")
    expect(gone_offline.get_by_role("heading", level=1)).to_have_text("No internet just now.")

    gone_offline.goto(NOW)
    gone_offline.evaluate(aim)
    gone_offline.get_by_role("link", name="Leave this page").click()
    gone_offline.wait_for_url("**/privacy/")
    expect(gone_offline.get_by_role("heading", level=1)).to_have_text("No internet just now.")


def test_slow_network_is_not_waited_for(phone: Page):
    visit_once(phone)
    # The worker's own request hangs, as on a train; the page must come all the same.
    phone.context.route(f"**{NOW}", lambda _route: None)

    phone.goto(NOW, timeout=6_000)

    expect(phone.get_by_role("heading", level=1)).to_have_text("Let’s get you a voice.")


# ---- what stays on the device ----------------------------------------------------------------------
def test_worker_keeps_the_two_pages_and_nothing_of_where_anybody_looked(phone: Page):
    visit_once(phone)
    phone.goto("/privacy/")
    phone.goto(f"{NOW}?country=NZ")
    phone.goto("/safety/")

    kept = kept_addresses(phone)

    assert [address for address in kept if not address.startswith("/static/")] == [NOW, OFFLINE]


def test_line_that_changes_is_kept_anew_and_the_old_page_is_gone(phone: Page):
    visit_once(phone)
    Line.objects.filter(key="us-988").update(what="Ask for Ruth.")
    cache.clear()

    phone.evaluate("navigator.serviceWorker.ready.then((registration) => registration.update())")

    assert settled_on(phone, "Ask for Ruth.")


def test_kept_page_follows_the_language_of_the_visitor(phone: Page):
    visit_once(phone)

    phone.get_by_role("button", name="Español").click()

    assert settled_on(phone, '<html lang="es"')


def test_visitor_without_javascript_keeps_nothing(plain: Page):
    plain.goto(NOW)

    assert plain.context.cookies() == []

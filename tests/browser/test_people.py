"""A door of one's own, in a real browser with a device that keeps passkeys."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser.harness import NARROW, ZOOMED, Browse, Look, Witness, sideways_px, violations
from tests.web.gatherings.making import forget_everything, gatherings, meeting, take_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    forget_everything()


STRANGERS = ("/join/", "/enter/")
OWN = ("/you/", "/you/codes/", "/you/words/", "/you/all/", "/you/erase/")


def give_device(page: Page, *, can_unlock: bool = True) -> None:
    """Let the browser of `page` keep passkeys, as a phone with a fingerprint does."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": can_unlock,
        "automaticPresenceSimulation": True,
    }  # fmt: skip
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def join(page: Page) -> None:
    """Join with a passkey, and put the codes off."""
    give_device(page)
    page.goto("/join/")
    page.get_by_label("I am 18 or older.").check()
    page.get_by_role("button", name="Join with a passkey").click()
    page.get_by_role("link", name="Later").click()
    expect(page.get_by_role("heading", name="Your keys")).to_be_visible()


def test_pages_at_the_door_and_behind_it_are_accessible(page: Page):
    for path in STRANGERS:
        page.goto(path)
        assert (path, violations(page)) == (path, [])

    join(page)

    for path in OWN:
        page.goto(path)
        assert (path, violations(page)) == (path, [])


@pytest.mark.parametrize("look", [NARROW, ZOOMED], ids=lambda look: look.name)
def test_pages_never_scroll_sideways(browse: Browse, look: Look):
    page = browse(look)
    page.goto("/join/")
    assert sideways_px(page) == 0
    join(page)

    for path in OWN:
        page.goto(path)
        assert (path, sideways_px(page)) == (path, 0)


def test_somebody_joins_leaves_comes_back_and_goes_for_good(phone: Page):
    join(phone)
    phone.get_by_label("Any name you like, or none").fill("Ruth")
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_role("heading", name="Ruth")).to_be_visible()

    phone.get_by_role("button", name="Go out here").click()
    phone.get_by_role("link", name="You", exact=True).click()
    phone.get_by_role("button", name="Use my passkey").click()
    expect(phone.get_by_role("heading", name="Ruth")).to_be_visible()

    phone.get_by_role("link", name="Erase me").click()
    phone.get_by_role("button", name="Erase everything of mine").click()
    expect(phone.get_by_role("heading", name="It is gone.")).to_be_visible()
    phone.goto("/you/")
    expect(phone.get_by_role("heading", name="Come in")).to_be_visible()


def test_passkey_that_is_gone_is_told_kindly(
    phone: Page, live_server: LiveServer, witness: Witness
):
    join(phone)
    phone.goto("/you/erase/")
    phone.get_by_role("button", name="Erase everything of mine").click()
    witness.expected.add(f"{live_server.url}/enter/passkey/?next=")

    phone.goto("/enter/")
    phone.get_by_role("button", name="Use my passkey").click()

    expect(phone.get_by_role("alert")).to_have_text(
        "That passkey did not open the door. Try again, or use your six words."
    )


def test_device_that_does_not_unlock_is_told_kindly(phone: Page):
    give_device(phone, can_unlock=False)
    phone.goto("/join/")
    phone.get_by_label("I am 18 or older.").check()
    phone.get_by_role("button", name="Join with a passkey").click()

    expect(phone.get_by_role("alert")).to_contain_text("Your device did not make a passkey.")
    expect(phone.get_by_role("button", name="Join with a passkey")).to_be_enabled()


def test_nobody_joins_by_passkey_without_saying_their_age(phone: Page):
    give_device(phone)
    phone.goto("/join/")
    phone.get_by_role("button", name="Join with a passkey").click()

    assert phone.url.endswith("/join/")
    assert phone.evaluate("document.activeElement.name") == "is_old_enough"


def test_six_words_do_it_all_without_javascript(plain: Page):
    plain.goto("/join/")
    expect(plain.get_by_role("button", name="Join with a passkey")).to_be_hidden()
    plain.get_by_label("I am 18 or older.").check()
    plain.get_by_role("button", name="Join with six words").click()
    words = " ".join(plain.locator(".words li").all_inner_texts())
    plain.get_by_label("I have written them down.").check()
    plain.get_by_role("button", name="Join").click()
    plain.get_by_role("button", name="Go out here").click()

    plain.goto("/enter/")
    plain.get_by_label("Your six words, or a code").fill(words)
    plain.get_by_role("button", name="Come in").click()

    expect(plain.get_by_role("heading", name="Nothing is planned yet.")).to_be_visible()


def test_other_device_comes_in_with_a_code(browse: Browse):
    first, second = browse(), browse()
    join(first)
    first.get_by_role("button", name="Let in another device").click()
    code = first.locator(".onecode").inner_text()
    assert re.fullmatch(r"(?:[0-9A-Z]{4}-?){3}", code)

    second.goto("/enter/")
    second.get_by_label("Your six words, or a code").fill(code.lower())
    second.get_by_role("button", name="Come in").click()

    expect(second.get_by_role("heading", name="Your keys")).to_be_visible()


def test_going_back_after_going_out_shows_nothing(phone: Page):
    join(phone)
    phone.get_by_role("button", name="Go out here").click()
    expect(phone.get_by_role("heading", name="Somebody near you")).to_be_visible()

    phone.go_back()

    expect(phone.get_by_role("heading", name="Come in")).to_be_visible()


# ---- coming, and Tonight ------------------------------------------------------------------------
@pytest.fixture
def somewhere() -> str:
    """The page of a gathering that meets every evening."""
    take_in(meeting(day=list(range(7)), time="23:50", end_time="23:58"))
    return gatherings()[0].get_absolute_url()


def test_stranger_joins_from_a_gathering_and_says_they_come(phone: Page, somewhere: str):
    give_device(phone)
    phone.goto(somewhere)
    phone.get_by_role("link", name="I’ll come").click()
    phone.get_by_label("I am 18 or older.").check()
    phone.get_by_role("button", name="Join with a passkey").click()
    phone.get_by_role("link", name="Later").click()
    phone.get_by_role("button", name="I’ll come").click()

    expect(phone.get_by_text("You are coming:")).to_be_visible()
    phone.get_by_role("link", name="Tonight").last.click()
    expect(phone.get_by_role("heading", name="Early Birds")).to_be_visible()
    expect(phone.get_by_text("That’s all. See you there.")).to_be_visible()


def test_coming_and_tonight_are_accessible_and_fit(page: Page, somewhere: str):
    page.goto(somewhere)
    assert violations(page) == []
    join(page)
    page.goto("/")
    assert violations(page) == []
    page.goto(somewhere)
    assert violations(page) == []
    page.get_by_role("button", name="Every time").click()
    assert violations(page) == []
    page.goto("/")
    assert (violations(page), sideways_px(page)) == ([], 0)


@pytest.mark.parametrize("look", [NARROW, ZOOMED], ids=lambda look: look.name)
def test_tonight_never_scrolls_sideways(browse: Browse, look: Look, somewhere: str):
    page = browse(look)
    join(page)
    page.goto(somewhere)
    page.get_by_role("button", name="Every time").click()
    assert sideways_px(page) == 0

    page.goto("/")

    assert sideways_px(page) == 0

"""A guided conversation as people meet it at one phone."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.harness import (
    NARROW,
    ZOOMED,
    Browse,
    Look,
    sideways_px,
    violations,
)

from kith.web.rooms.queries import prompts
from kith.web.rooms.queries.prompts import Use

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATH = "/practice/conversation/"
SMALL_PHONE = Look(360, 640, "light", "small-phone")
NOW = "2026-03-05T19:00:00"
# What would ring writes down that it did.
BELLS = """
  window.bells = 0;
  class Param { setValueAtTime() {} exponentialRampToValueAtTime() {} }
  class Node { gain = new Param(); frequency = {}; connect(to) { return to; } stop() {} start() { window.bells += 0.5; } }
  window.AudioContext = class { currentTime = 0; destination = new Node(); resume() {} createOscillator() { return new Node(); } createGain() { return new Node(); } };
"""


def texts(*uses: Use) -> set[str]:
    """Return all that the cards of these uses say."""
    return {one.english for deck in prompts.decks(*uses) for one in deck.prompts}


def at_table(page: Page, mode: str = "") -> Page:
    """Open the page with a clock that the test turns, and begin there."""
    page.add_init_script(BELLS)
    page.clock.install(time=NOW)
    page.goto(PATH)
    if mode:
        page.locator(f"[data-start={mode}]").click()
    return page


def card(page: Page) -> str:
    """Return what the card says now."""
    return page.locator("[data-part=card]").inner_text().replace("\n", " ")


def bells(page: Page) -> int:
    """Return how often it rang."""
    return int(page.evaluate("window.bells"))


# ---- at one phone ----------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["", "deepening", "listening", "practice", "closing"])
def test_pages_are_accessible(page: Page, mode: str):
    at_table(page, mode)

    assert violations(page) == []


@pytest.mark.parametrize("look", [NARROW, ZOOMED, SMALL_PHONE], ids=lambda look: look.name)
@pytest.mark.parametrize("mode", ["", "deepening", "listening", "practice", "closing"])
def test_pages_never_scroll_sideways(browse: Browse, look: Look, mode: str):
    page = at_table(browse(look), mode)

    assert sideways_px(page) == 0


def test_every_target_is_large_enough_for_a_thumb(browse: Browse):
    page = at_table(browse(SMALL_PHONE))
    small = """() => [...document.querySelectorAll("main button, main summary, main .chip, main .tog")]
      .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
      .map((one) => one.textContent.trim())"""

    before = page.evaluate(small)
    page.locator("[data-start=deepening]").click()

    assert (before, page.evaluate(small)) == ([], [])


def test_without_script_every_card_can_be_read_set_by_set(plain: Page):
    plain.goto(PATH)

    expect(plain.locator("[data-guide]")).to_be_hidden()
    expect(plain.locator("[data-how-many]")).to_be_hidden()
    for summary in plain.locator(".all-cards summary").all():
        summary.click()
    shown = set(plain.locator(".all-cards li").all_inner_texts())
    assert shown == texts(*(use for use in Use if use != Use.ROUND))
    expect(plain.get_by_text("Any clock will do")).to_be_visible()


def test_two_take_turns_at_a_card_and_the_bell_says_so(phone: Page):
    at_table(phone, "deepening")
    expect(phone.locator("[data-part=set]")).to_have_text("Light and true")
    first, who = card(phone), phone.locator("[data-part=who]").inner_text()

    phone.clock.run_for(149_000)
    assert (card(phone), bells(phone)) == (first, 0)
    phone.clock.run_for(2_000)

    assert (card(phone), bells(phone)) == (first, 1)
    assert {who, phone.locator("[data-part=who]").inner_text()} == {
        "One of you has the turn.",
        "The other has the turn.",
    }
    assert first in texts(Use.FIRST)


def test_sets_go_nearer_and_it_ends_with_a_last_minute(phone: Page):
    at_table(phone, "deepening")

    phone.clock.run_for(15 * 60_000 + 1_000)
    second = (phone.locator("[data-part=set]").inner_text(), card(phone) in texts(Use.SECOND))
    phone.clock.run_for(15 * 60_000)
    third = (phone.locator("[data-part=set]").inner_text(), card(phone) in texts(Use.THIRD))
    phone.clock.run_for(15 * 60_000)
    last = (phone.locator("[data-part=who]").inner_text(), card(phone) in texts(Use.CLOSING))
    phone.clock.run_for(60_000)

    assert (second, third, last) == (
        ("A little nearer", True),
        ("Close to each other", True),
        ("A last minute", True),
    )
    expect(phone.locator("[data-part=ended]")).to_have_text(
        "That’s all. Take your time to say goodbye."
    )


def test_a_shorter_time_can_be_chosen(phone: Page):
    at_table(phone)
    phone.get_by_text("15 minutes", exact=True).click()
    phone.locator("[data-start=deepening]").click()

    phone.clock.run_for(5 * 60_000 + 1_000)

    expect(phone.locator("[data-part=set]")).to_have_text("A little nearer")


def test_pass_brings_another_card_without_a_word(phone: Page):
    at_table(phone, "deepening")
    first, who = card(phone), phone.locator("[data-part=who]").inner_text()

    phone.get_by_role("button", name="Pass", exact=True).click()

    assert card(phone) != first
    assert phone.locator("[data-part=who]").inner_text() == who
    assert (card(phone) in texts(Use.FIRST), bells(phone)) == (True, 0)


def test_passing_all_cards_leaves_none_and_the_time_goes_on(phone: Page):
    at_table(phone, "deepening")

    for _ in prompts.deck(Use.FIRST).prompts:
        phone.get_by_role("button", name="Pass", exact=True).click()

    assert card(phone) == "No card now. Say what you like, or nothing."
    expect(phone.get_by_role("button", name="Pass", exact=True)).to_be_visible()


def test_the_bell_can_be_silenced(phone: Page):
    at_table(phone, "listening")
    phone.get_by_label("A soft bell at each turn").uncheck()

    phone.clock.run_for(5 * 60_000 + 1_000)

    assert bells(phone) == 0


def test_listening_is_five_minutes_each_and_thanks(phone: Page):
    at_table(phone, "listening")

    phone.clock.run_for(5 * 60_000 + 1_000)
    swapped = bells(phone)
    phone.clock.run_for(5 * 60_000)

    assert (swapped, bells(phone)) == (1, 2)
    expect(phone.locator("[data-part=who]")).to_have_text("Say it to each other: thank you.")


def test_a_ring_says_what_is_left_and_no_digit_races(phone: Page):
    at_table(phone, "listening")
    ring = phone.get_by_role("img", name="About 5 minutes left")
    whole = float(phone.locator("[data-part=arc]").get_attribute("stroke-dasharray").split()[0])

    expect(ring).to_be_visible()
    phone.clock.run_for(4 * 60_000 + 1_000)
    left = float(phone.locator("[data-part=arc]").get_attribute("stroke-dasharray").split()[0])

    expect(phone.get_by_role("img", name="About a minute left")).to_be_visible()
    assert (whole, 15 < left < 25) == (100, True)
    assert re.findall(r"\d", phone.locator("[data-part=run]").inner_text()) == []


def test_less_motion_moves_the_ring_in_few_steps(browse: Browse):
    page = at_table(browse(reduced_motion="reduce"), "listening")
    seen = set()

    for _ in range(30):
        page.clock.run_for(10_000)
        seen.add(page.locator("[data-part=arc]").get_attribute("stroke-dasharray"))

    assert len(seen) <= 11


def test_turns_are_said_aloud(phone: Page):
    at_table(phone, "deepening")
    said = phone.get_by_role("status").and_(phone.locator("[data-part=live]"))

    before = said.inner_text()
    phone.get_by_role("button", name="I have said it").click()

    assert card(phone) in before
    expect(said).to_contain_text("has the turn.")
    assert said.inner_text() != before


def test_it_goes_by_keyboard_alone_and_never_loses_the_focus(desktop: Page):
    at_table(desktop)
    focus = "document.activeElement.dataset.part ?? document.activeElement.dataset.does ?? ''"

    desktop.locator("[data-start=deepening]").focus()
    desktop.keyboard.press("Enter")
    desktop.clock.run_for(100)
    at_start = desktop.evaluate(focus)
    desktop.keyboard.press("Tab")
    on_next = desktop.evaluate(focus)
    for _ in range(3):
        desktop.keyboard.press("Tab")
    on_stop = desktop.evaluate(focus)
    desktop.keyboard.press("Enter")
    desktop.clock.run_for(600)

    assert (at_start, on_next, on_stop, desktop.evaluate(focus)) == ("who", "next", "stop", "title")


def test_a_button_that_goes_away_gives_its_focus_to_the_heading(desktop: Page):
    at_table(desktop, "deepening")
    desktop.get_by_role("button", name="I have said it").focus()

    desktop.clock.run_for(45 * 60_000 + 1_000)

    assert desktop.evaluate("document.activeElement.dataset.part") == "who"


def test_looking_needs_a_yes_from_each_and_one_tap_ends_it(phone: Page):
    at_table(phone, "deepening")
    one, other = phone.get_by_label("Yes from one of you"), phone.get_by_label("Yes from the other")
    enough = phone.get_by_role("button", name="Enough")

    expect(one).not_to_be_checked()
    one.check()
    phone.clock.run_for(1_000)
    expect(enough).to_be_hidden()
    other.check()
    expect(phone.locator("[data-part=who]")).to_have_text("Look at each other, if you like.")
    enough.click()

    expect(phone.locator("[data-part=who]")).to_contain_text("has the turn.")
    expect(one).not_to_be_checked()
    expect(other).not_to_be_checked()


def test_looking_ends_by_itself_and_is_off_again(phone: Page):
    at_table(phone)
    for name in ("Yes from one of you", "Yes from the other"):
        phone.get_by_label(name).check()

    phone.clock.run_for(2 * 60_000 + 1_000)

    expect(phone.get_by_label("Yes from one of you")).not_to_be_checked()
    assert bells(phone) == 2  # as it begins, and as it ends


def test_nobody_can_say_yes_for_another(phone: Page):
    at_table(phone)
    seen = phone.evaluate("""async () => {
      const { Guide } = await import("/static/rooms/guide.js");
      const root = document.querySelector("[data-guide]").cloneNode(true);
      const [mine, other] = root.querySelectorAll("[data-look]");
      mine.dataset.look = "";
      other.closest("label").remove();
      document.querySelector("main").append(root);
      const sent = [];
      const people = [{ id: "me", name: "Ruth" }, { id: "you", name: "Kofi" }];
      const guide = new Guide(root, { me: "me", people, send: (message) => sent.push(message) });
      const lasts = Object.fromEntries(["total", "turn", "listen", "thanks", "gaze", "closing", "round", "least", "most"].map((name) => [name, 60000]));
      const start = { id: "x", n: 1, by: "you", mode: "gaze", people: ["me", "you"], lasts };
      const events = ["you", "me"].map((by) => ({ id: by, at: 0, by, what: "yes" }));
      guide.receive({ kind: "guide.some", track: "gaze", start, events, sent: 10 });
      guide.close();
      return [guide.isOn, sent.flatMap((one) => one.events ?? []).map((one) => [one.by, one.what])];
    }""")

    assert seen == [False, [["me", "no"]]]


def test_somebody_alone_gets_what_is_for_one(phone: Page):
    at_table(phone)
    phone.get_by_text("I am by myself").click()

    modes = [one.get_attribute("data-start") for one in phone.locator("[data-start]:visible").all()]
    expect(phone.get_by_label("Yes from one of you")).to_be_hidden()
    phone.locator("[data-start=practice]").click()

    assert modes == ["practice"]
    assert card(phone) in texts(Use.PRACTICE)
    expect(phone.locator("[data-part=ring]")).to_be_hidden()


def test_the_phone_stays_awake_while_they_talk_and_no_longer(phone: Page):
    phone.add_init_script("""
      window.locks = 0;
      const request = async () => { window.locks += 1; return { release() { window.locks -= 1; } }; };
      Object.defineProperty(navigator, "wakeLock", { value: { request } });
    """)
    at_table(phone)

    before = phone.evaluate("window.locks")
    phone.locator("[data-start=deepening]").click()
    phone.clock.run_for(3 * 60_000)
    during = phone.evaluate("window.locks")
    phone.get_by_role("button", name="Put the cards away").click()
    phone.clock.run_for(1_000)

    assert (before, during, phone.evaluate("window.locks")) == (0, 1, 0)


def test_putting_the_cards_away_is_fine_and_nothing_is_kept(phone: Page):
    at_table(phone, "deepening")

    phone.get_by_role("button", name="Put the cards away").click()

    expect(phone.locator("[data-part=ended]")).to_have_text(
        "The cards are put away. You can go on without them."
    )
    assert phone.locator("main input:not([type=radio]):not([type=checkbox]), textarea").count() == 0
    assert phone.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]

"""What somebody says of themselves, by finger, by key and by ear, in a real browser."""

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.harness import NARROW, ZOOMED, Browse, Look, sideways_px, violations
from tests.browser.test_people import join

from kith.web.kit.hints import hints
from kith.web.people import queries
from kith.web.people.choices.week import part_of_day
from kith.web.people.models import Person, Said

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ABOUT = "/you/about/"
MONDAY, TUESDAY, WEDNESDAY = 0, 48, 96


def join_with_words(page: Page) -> None:
    """Join as somebody without JavaScript does."""
    page.goto("/join/")
    page.get_by_label("I am 18 or older.").check()
    page.get_by_role("button", name="Join with six words").click()
    page.get_by_label("I have written them down.").check()
    page.get_by_role("button", name="Join").click()


def opened(page: Page, name: str) -> Locator:
    """Open one thing on the page and return it."""
    thing = page.locator(f"#{name}")
    if thing.get_attribute("open") is None:
        thing.locator("summary").click()
    return thing


def open_everything(page: Page) -> None:
    page.wait_for_load_state("load")
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")


def save(thing: Locator) -> None:
    thing.get_by_role("button", name="Save").click()
    expect(thing.get_by_text("Saved.")).to_be_visible()


def hours() -> frozenset[int]:
    return queries.hours_of(Person.objects.get())


# ---- every page, for everybody ----------------------------------------------------------------
def test_page_is_accessible_closed_open_and_with_the_map(page: Page):
    join(page)
    page.goto(ABOUT)
    assert violations(page) == []

    open_everything(page)
    page.get_by_role("button", name="Evening").click()
    assert violations(page) == []

    page.get_by_label("A town or postcode near you").fill("Islington")
    page.get_by_role("button", name="Show the map").click()
    assert violations(page) == []

    page.get_by_role("button", name="Here").click()
    thing = opened(page, "living_with")
    thing.get_by_label("In your own words").fill("My brother is a junkie")
    save(thing)
    assert violations(page) == []


@pytest.mark.parametrize("look", [NARROW, ZOOMED], ids=lambda look: look.name)
def test_page_never_scrolls_sideways(browse: Browse, look: Look):
    page = browse(look)
    join(page)
    page.goto(ABOUT)
    open_everything(page)
    page.get_by_role("button", name="Night").click()
    assert sideways_px(page) == 0

    page.get_by_label("A town or postcode near you").fill("Islington")
    page.get_by_role("button", name="Show the map").click()
    open_everything(page)

    assert sideways_px(page) == 0


def test_somebody_says_something_and_sees_who_sees_it(phone: Page):
    join(phone)
    expect(phone.get_by_text("Nobody sees anything of this.")).to_be_visible()
    phone.get_by_role("link", name="Say more, or take it back").click()
    thing = opened(phone, "languages")
    thing.get_by_text("Español").click()
    thing.get_by_label("Who sees it").select_option("Hosts where I come")
    save(thing)
    expect(thing.get_by_text("Hosts where you come see this.")).to_be_visible()

    phone.get_by_role("link", name="Back to your page").click()

    expect(phone.locator("#about dd")).to_have_text("languages")


def test_home_is_found_on_the_map(phone: Page):
    join(phone)
    phone.goto(ABOUT)
    opened(phone, "home")
    phone.get_by_label("A town or postcode near you").fill("Islington")
    phone.get_by_label("A town or postcode near you").press("Enter")
    phone.get_by_role("button", name="North-east").click()
    expect(phone.locator("#home").get_by_text("Saved.")).to_be_visible()

    phone.get_by_role("button", name="Look around it").click()
    phone.get_by_role("button", name="Here").click()
    phone.get_by_role("button", name="Forget it").click()

    expect(phone.get_by_text("Saved: you say nothing about this.")).to_be_visible()
    assert not Said.objects.exists()


# ---- a week -------------------------------------------------------------------------------------
def test_half_hours_are_painted_with_the_mouse(desktop: Page):
    join(desktop)
    desktop.goto(ABOUT)
    thing = opened(desktop, "hours")
    thing.get_by_role("button", name="Evening").click()
    begin = thing.get_by_label("Monday, 7 pm to 7:30 pm").bounding_box()
    end = thing.get_by_label("Wednesday, 7:30 pm to 8 pm").bounding_box()
    desktop.mouse.move(begin["x"] + 9, begin["y"] + 9)
    desktop.mouse.down()
    desktop.mouse.move(begin["x"] + 9, end["y"] + 9, steps=4)
    desktop.mouse.move(end["x"] + 9, end["y"] + 9, steps=12)
    desktop.mouse.up()
    thing.get_by_label("Monday, 7 pm to 7:30 pm").click()
    thing.get_by_label("Sunday, Morning").click()
    save(thing)

    assert hours() == {MONDAY + 39, TUESDAY + 39, WEDNESDAY + 39} | part_of_day(6, "morning")
    opened(desktop, "hours")
    assert thing.get_by_label("Monday, Evening").evaluate("box => box.indeterminate") is True
    expect(thing.get_by_label("Sunday, Morning")).to_be_checked()


def slide(page: Page, begin: Locator, end: Locator) -> None:
    """Slide a finger from one box to another, as a phone reports it."""
    finger = page.context.new_cdp_session(page)
    boxes = [begin.bounding_box(), end.bounding_box()]
    (x, y), (to_x, to_y) = [(box["x"] + 9, box["y"] + 9) for box in boxes]
    steps = [(x + (to_x - x) * n / 10, y + (to_y - y) * n / 10) for n in range(11)]
    for kind, at in zip(["touchStart"] + ["touchMove"] * 10, steps, strict=True):
        points = [{"x": at[0], "y": at[1]}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_week_is_painted_with_a_finger(browse: Browse):
    page = browse(has_touch=True)
    join(page)
    page.goto(ABOUT)
    thing = opened(page, "hours")
    evening = [thing.get_by_label(f"{day}, Evening") for day in ("Monday", "Tuesday", "Friday")]
    evening[0].scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    slide(page, evening[0], evening[2])
    slide(page, thing.get_by_label("Saturday, Midday"), thing.get_by_label("Saturday, Evening"))
    assert page.evaluate("scrollY") == before
    evening[1].tap()
    save(thing)

    evenings = [part_of_day(day, "evening") for day in (0, 2, 3, 4)]
    saturday = [part_of_day(5, part) for part in ("midday", "afternoon", "evening")]
    assert hours() == frozenset().union(*evenings, *saturday)


def test_half_hours_are_chosen_with_the_keys(desktop: Page):
    join(desktop)
    desktop.goto(ABOUT)
    thing = opened(desktop, "hours")
    expect(thing.get_by_role("grid")).to_be_visible()
    thing.get_by_role("button", name="Early").focus()
    desktop.keyboard.press("Enter")
    thing.get_by_label("Monday, Early").focus()
    for key in (
        "Space",
        "ArrowDown",
        "Space",
        "ArrowRight",
        "Space",
        "End",
        "Space",
        "Home",
        "ArrowUp",
    ):
        desktop.keyboard.press(key)
    focused = desktop.evaluate("document.activeElement.ariaLabel")
    save(thing)

    assert focused == "Monday, Early"
    assert hours() == (part_of_day(0, "early") - {10}) | {TUESDAY + 10, 6 * 48 + 10}


def test_grid_is_one_stop_of_the_tab_key(desktop: Page):
    join(desktop)
    desktop.goto(ABOUT)
    thing = opened(desktop, "hours")

    stops = thing.locator("table input").evaluate_all(
        "all => all.filter((b) => b.tabIndex === 0).length"
    )

    assert stops == 1


def test_night_begins_on_one_day_and_ends_on_the_next(desktop: Page):
    join(desktop)
    desktop.goto(ABOUT)
    thing = opened(desktop, "hours")
    thing.get_by_role("button", name="Night").click()
    thing.get_by_label("Monday, midnight to 12:30 am").click()
    save(thing)

    assert hours() == {0}
    assert thing.get_by_label("Sunday, Night").evaluate("box => box.indeterminate") is True


# ---- words that matter ------------------------------------------------------------------------------
def test_other_words_are_offered_while_somebody_writes(phone: Page):
    join(phone)
    phone.goto(ABOUT)
    thing = opened(phone, "gives")
    field = thing.get_by_label("Anything else, in your words")
    field.fill("A ride for any junkie")
    expect(thing.get_by_text("For “junkie” you could say: person who uses drugs.")).to_be_visible()

    field.fill("A ride for anybody")

    expect(thing.locator(".hints li")).to_have_count(0)


TEXTS = {
    "en": [
        "I'm Ruth, an addict. My brother is an alcoholic and got clean; Alcoholics Anonymous.",
        "As an addict I know addicts, JUNKIES and 3 years clean. I am 3 years clean.",
        "Heroin addict. Drug abuse? He relapsed",
    ],
    "es": [
        "Me llamo Ana, adicta. Él es un adicto; los toxicómanos, está limpio. Llevo 3 años limpio"
    ],
    "fr": [
        "Je m’appelle Jean, toxico. Il est drogué, des drogues, l'alcoolique; Alcooliques Anonymes"
    ],
}


def test_page_and_server_find_the_same_words(phone: Page):
    phone.goto("/join/")
    for language, texts in TEXTS.items():
        for text in texts:
            for is_asked in (False, True):
                found = phone.evaluate(
                    """async ([language, text, isAsked]) => {
                      const { hints } = await import("/static/kit/hints.js");
                      const known = await (await fetch(`/static/kit/hints.${language}.json`)).json();
                      return hints(text, known, isAsked).map((h) => [h.said, h.instead, h.why]);
                    }""",
                    [language, text, is_asked],
                )
                expected = hints(text, language, is_of_oneself=is_asked)
                assert found == [[hint.said, hint.instead, hint.why] for hint in expected]


# ---- without JavaScript -------------------------------------------------------------------------
def test_all_of_it_works_without_javascript(plain: Page):
    join_with_words(plain)
    plain.goto(ABOUT)
    thing = opened(plain, "hours")
    thing.get_by_label("Monday, Evening").check()
    save(thing)
    assert hours() == part_of_day(0, "evening")

    opened(plain, "home")
    plain.get_by_label("A town or postcode near you").fill("Islington")
    plain.get_by_role("button", name="Show the map").click()
    plain.get_by_role("button", name="West", exact=False).first.click()
    expect(plain.locator("#home").get_by_text("Saved.")).to_be_visible()

    thing = opened(plain, "role")
    thing.get_by_label("In your own words").fill("My son is an addict")
    save(thing)
    expect(thing.get_by_text("For “addict” you could say")).to_be_visible()
    expect(thing.get_by_label("In your own words")).to_have_value("My son is an addict")
    assert Said.objects.count() == 3

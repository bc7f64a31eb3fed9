"""A listening pair, in a real browser: two people say yes, meet, and listen to each other."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser.harness import NARROW, ZOOMED, Browse, Look, Witness, sideways_px, violations
from tests.browser.test_messages import let_in
from tests.web.circles.pairing import both_said_yes, listener, paired
from tests.web.gatherings.making import forget_everything

from kith.web.acts.models import Act
from kith.web.circles.choices import Way
from kith.web.circles.models import Pair
from kith.web.people.models import Person
from kith.web.safety.choices import Kind
from kith.web.safety.models import Distance

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    forget_everything()


@pytest.fixture
def ruth() -> Person:
    person: Person = listener("Ruth")
    return person


@pytest.fixture
def kofi() -> Person:
    person: Person = listener("Kofi")
    return person


def soon(ruth: Person, kofi: Person, *, minutes: int = 60, **more) -> Pair:
    """Return the two as a pair whose hour is so many minutes ahead."""
    starts = timezone.now().replace(microsecond=0) + minutes * MINUTE
    pair: Pair = paired(ruth, kofi, starts_at=starts, **more)
    return pair


def begun(ruth: Person, kofi: Person, **more) -> Pair:
    """Return the two as a pair that both said yes to, and whose hour has come."""
    pair: Pair = both_said_yes(soon(ruth, kofi, **more), at=timezone.now())
    Pair.objects.filter(pk=pair.pk).update(starts_at=timezone.now() - MINUTE)
    pair.refresh_from_db()
    return pair


def pages(asked: Pair, on: Pair) -> dict[str, str]:
    """Return the addresses of all pages, by what is on them."""
    return {
        "asked": f"/pair/{asked.token}/",
        "on": f"/pair/{on.token}/",
        "first": f"/pair/{on.token}/listening/",
        "second": f"/pair/{on.token}/listening/?turn=2&card=9",
        "thanks": f"/pair/{on.token}/listening/?turn=3",
        "tonight": "/tonight/",
    }


def test_pages_are_accessible(page: Page, ruth: Person, kofi: Person, live_server: LiveServer):
    asked, on = soon(ruth, kofi), begun(ruth, listener("Teo"), way=Way.IN_PERSON)
    let_in(page, ruth, live_server)

    for name, path in pages(asked, on).items():
        page.goto(path)
        assert (name, violations(page)) == (name, [])


@pytest.mark.parametrize("look", [NARROW, ZOOMED], ids=lambda look: look.name)
def test_pages_never_scroll_sideways(
    browse: Browse, look: Look, ruth: Person, kofi: Person, live_server: LiveServer
):
    kofi.called = "W" * 40
    kofi.save()
    asked, on = soon(ruth, listener("Teo")), begun(ruth, kofi)
    Pair.objects.filter(pk=on.pk).update(link="https://" + "talk." * 12 + "example/" + "x" * 80)
    narrow = browse(look)
    let_in(narrow, ruth, live_server)

    for name, path in pages(asked, on).items():
        narrow.goto(path)
        assert (name, sideways_px(narrow)) == (name, 0)


def listen(hers: Page, his: Page, pair: Pair) -> None:
    """Let two people say yes, meet and listen, by clicking."""
    for one in (hers, his):
        one.goto("/tonight/")
        one.get_by_role("link", name="a listening pair").click()
        one.get_by_role("button", name="Yes, I would like that").click()
    expect(his.get_by_role("heading", name="You and Ruth")).to_be_visible()
    hers.reload()
    expect(hers.get_by_role("heading", name="You and Kofi")).to_be_visible()
    hers.get_by_label("Or a link to another call").fill("https://talk.example/tea")
    hers.get_by_role("button", name="Keep").click()
    his.reload()
    expect(his.get_by_role("link", name="Join online")).to_have_attribute(
        "href", "https://talk.example/tea"
    )
    Pair.objects.filter(pk=pair.pk).update(starts_at=timezone.now() - MINUTE)
    for one in (hers, his):
        one.get_by_role("link", name="Begin when you both are there").click()
        card = one.locator(".prompt .voice").inner_text()
        one.get_by_role("link", name="Another card").click()
        assert one.locator(".prompt .voice").inner_text() != card
        one.get_by_role("link", name="A little deeper").click()
        expect(one.get_by_text("A card that goes nearer")).to_be_visible()
        one.get_by_role("link", name="Thank you. Now swap").click()
        one.get_by_role("link", name="Thank you. That’s both of us").click()
        one.get_by_role("button", name="We listened to each other").click()
        expect(one.get_by_role("heading", name="Thank you both.")).to_be_visible()
    assert Act.objects.count() == 1


def test_two_people_say_yes_meet_and_listen(
    browse: Browse, ruth: Person, kofi: Person, live_server: LiveServer
):
    pair = soon(ruth, kofi)
    hers, his = browse(), browse()
    let_in(hers, ruth, live_server)
    let_in(his, kofi, live_server)

    listen(hers, his, pair)


def test_all_of_it_works_without_javascript(
    browse: Browse, ruth: Person, kofi: Person, live_server: LiveServer
):
    pair = soon(ruth, kofi)
    hers, his = browse(java_script_enabled=False), browse(java_script_enabled=False)
    let_in(hers, ruth, live_server)
    let_in(his, kofi, live_server)

    listen(hers, his, pair)

    hers.goto(f"/pair/{pair.token}/listening/")
    expect(hers.get_by_role("button", name="Light the candle")).to_be_hidden()
    expect(hers.get_by_text("Any clock will do")).to_be_visible()


def test_candle_burns_down_and_says_so_once(
    phone: Page, ruth: Person, kofi: Person, live_server: LiveServer
):
    on = begun(ruth, kofi)
    let_in(phone, ruth, live_server)
    phone.clock.install()
    phone.goto(f"/pair/{on.token}/listening/")
    candle = phone.locator(".candle")
    phone.get_by_label("A soft bell at the end").check()
    phone.get_by_role("button", name="Light the candle").click()

    phone.clock.run_for(150_000)
    half = candle.evaluate("(one) => parseFloat(one.style.getPropertyValue('--left'))")
    phone.clock.run_for(151_000)

    assert 49 <= half <= 51
    expect(phone.get_by_role("button", name="Light the candle")).to_be_hidden()
    expect(phone.get_by_role("status").filter(has_text="The candle is down.")).to_be_visible()
    assert candle.inner_text() == ""
    assert violations(phone) == []


def test_keyboard_reaches_yes_first(
    phone: Page, ruth: Person, kofi: Person, live_server: LiveServer
):
    pair = soon(ruth, kofi)
    let_in(phone, ruth, live_server)
    phone.goto(f"/pair/{pair.token}/")

    phone.locator("#main").focus()
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")

    expect(phone.get_by_role("heading", name="You said yes.")).to_be_visible()


def test_one_who_is_blocked_finds_nothing_where_the_pair_was(
    phone: Page, ruth: Person, kofi: Person, live_server: LiveServer, witness: Witness
):
    on = begun(ruth, kofi)
    let_in(phone, kofi, live_server)
    phone.goto(f"/pair/{on.token}/")
    expect(phone.get_by_role("heading", name="You and Ruth")).to_be_visible()

    Distance.objects.create(by=ruth, whom=kofi, kind=Kind.BLOCK)
    witness.expected.add(f"{live_server.url}/pair/{on.token}/")
    answer = phone.reload()

    assert answer.status == 404
    assert "Ruth" not in phone.content()


def test_circle_is_one_of_the_places_and_leads_there(phone: Page, live_server: LiveServer):
    phone.goto("/gatherings/")

    link = phone.get_by_role("navigation", name="Always here").get_by_role("link", name="Circle")

    expect(link).to_be_visible()
    assert link.get_attribute("href") == "/circle/"

"""Two people make a gathering and hold it, in a real browser."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser.harness import NARROW, ZOOMED, Browse, Look, Witness, sideways_px, violations
from tests.web.gatherings import holding
from tests.web.gatherings.making import forget_everything

from kith.web.gatherings import actions
from kith.web.gatherings.choices import Joining
from kith.web.gatherings.models import Gathering, Occasion
from kith.web.people.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    forget_everything()


@pytest.fixture
def ruth() -> Person:
    """Somebody who has been here for a while."""
    return holding.somebody("Ruth")


@pytest.fixture
def kofi() -> Person:
    """Somebody else."""
    return holding.somebody("Kofi")


def soon() -> dict[str, str]:
    """Return when it meets, so that its evening is now."""
    begins = timezone.localtime(timezone=ZoneInfo("Europe/Dublin"))
    begins += timedelta(minutes=20)
    return {"weekday": str(begins.weekday()), "start": f"{begins:%H:%M}"}


@pytest.fixture
def choir(ruth: Person, kofi: Person) -> Gathering:
    """What Ruth and Kofi hold, in a few minutes."""
    return holding.held(ruth, kofi, **soon(), naloxone_words="Red box.", risk_words="Wet quay.")


@pytest.fixture
def pages(choir: Gathering, ruth: Person) -> list[str]:
    """Every page of those who host."""
    walk = holding.waiting(ruth, name="Harbour walk")
    link = actions.invite(person=ruth, gathering=choir, joining=Joining.BESIDE)
    actions.invite(person=ruth, gathering=walk, joining=Joining.BESIDE)
    return [
        "/host/new/", "/gatherings/yours/", f"/host/with/{link.code}/",
        choir.get_absolute_url(), walk.get_absolute_url(),
        *(f"{choir.get_absolute_url()}host/{page}" for page in ("", "edit/", "dates/", "hosts/")),
        f"{walk.get_absolute_url()}host/",
    ]  # fmt: skip


def enter(page: Page, person: Person, live_server: LiveServer) -> None:
    """Let `person` be in, in the browser of `page`."""
    key = holding.browser_of(person).cookies["door"].value
    page.context.add_cookies([{"name": "door", "value": key, "url": live_server.url}])


def fill(page: Page) -> None:
    """Write the least that a gathering needs."""
    page.get_by_label("What do you call it?").fill("Riverside choir")
    page.get_by_label("What do people do there?").select_option("Singing together")
    page.get_by_label("On which day?").select_option("Tuesday")
    page.get_by_label("It starts at").fill("19:00")
    page.get_by_label("Name of the place").fill("Boathouse 2")
    page.get_by_label("Street and number").fill("1 River Walk")
    page.get_by_label("Town", exact=True).fill("Millbrook")
    page.get_by_label("Who meets them").fill("Somebody with a yellow scarf.")


def test_pages_of_hosts_are_accessible(
    page: Page, pages: list[str], ruth: Person, live_server: LiveServer
):
    enter(page, ruth, live_server)

    for path in pages:
        page.goto(path)
        for summary in page.locator("summary:visible").all():
            summary.click()
        assert (path, violations(page), sideways_px(page)) == (path, [], 0)


@pytest.mark.parametrize("look", [NARROW, ZOOMED], ids=lambda look: look.name)
def test_pages_of_hosts_never_scroll_sideways(
    browse: Browse, look: Look, pages: list[str], ruth: Person, live_server: LiveServer
):
    page = browse(look)
    enter(page, ruth, live_server)

    for path in pages:
        page.goto(path)
        for summary in page.locator("summary:visible").all():
            summary.click()
        assert (path, sideways_px(page)) == (path, 0)


def test_page_that_refuses_is_accessible(
    page: Page, ruth: Person, live_server: LiveServer, witness: Witness
):
    enter(page, ruth, live_server)
    witness.expected.add(f"{live_server.url}/host/new/")
    page.goto("/host/new/")
    page.get_by_label("What do you call it?").fill("Riverside choir")
    page.get_by_role("button", name="See how it will look").click()

    expect(page.get_by_role("alert").first).to_contain_text("Nothing is lost.")
    expect(page.get_by_label("What do you call it?")).to_have_value("Riverside choir")
    assert (violations(page), sideways_px(page)) == ([], 0)


def test_gathering_is_made_handed_on_and_opened(
    browse: Browse, phone: Page, ruth: Person, kofi: Person, live_server: LiveServer
):
    enter(phone, ruth, live_server)
    phone.goto("/gatherings/yours/")
    phone.get_by_role("link", name="Start a gathering").click()
    fill(phone)
    phone.get_by_role("button", name="See how it will look").click()
    expect(phone.get_by_text("Only its hosts see this yet.")).to_be_visible()
    expect(phone.get_by_text("Somebody with a yellow scarf.")).to_be_visible()
    phone.get_by_role("link", name="Find your second host").click()
    phone.get_by_role("button", name="Make a link for a second host").click()
    address = phone.locator(".linkaddress").first.inner_text()

    other = browse()
    enter(other, kofi, live_server)
    other.goto(address)
    other.get_by_role("button", name="Yes, I host it").click()

    expect(other.get_by_text("You are hosting with Ruth")).to_be_visible()
    stranger = browse()
    stranger.goto("/gatherings/?near=Millbrook&when=tue")
    expect(stranger.locator(".gath", has_text="Riverside choir")).to_be_visible()


def test_two_hosts_have_their_evening(
    browse: Browse, phone: Page, choir: Gathering, ruth: Person, kofi: Person,
    live_server: LiveServer,
):  # fmt: skip
    other = browse()
    enter(phone, ruth, live_server)
    enter(other, kofi, live_server)
    phone.goto(f"{choir.get_absolute_url()}host/")
    phone.get_by_role("button", name="I’m here").click()
    expect(phone.get_by_role("heading", name="Kofi is on the way.")).to_be_visible()

    other.goto(f"{choir.get_absolute_url()}host/")
    other.get_by_role("button", name="We’re both here").click()

    expect(other.get_by_role("heading", name="You are both here.")).to_be_visible()


def test_only_what_the_choice_asks_for_is_shown(phone: Page, ruth: Person, live_server: LiveServer):
    enter(phone, ruth, live_server)
    phone.goto("/host/new/")
    expect(phone.get_by_label("On which day?")).to_be_visible()
    expect(phone.get_by_text("Which of them?")).to_be_hidden()
    expect(phone.get_by_label("Link to join")).to_be_hidden()

    phone.get_by_text("Every month").click()
    phone.get_by_text("Online", exact=True).click()

    expect(phone.get_by_text("Which of them?")).to_be_visible()
    expect(phone.get_by_label("Link to join")).to_be_visible()
    expect(phone.get_by_label("Town", exact=True)).to_be_hidden()


def test_all_of_it_works_without_javascript(
    plain: Page, ruth: Person, kofi: Person, live_server: LiveServer
):
    enter(plain, ruth, live_server)
    plain.goto("/host/new/")
    fill(plain)
    plain.get_by_role("button", name="See how it will look").click()
    plain.get_by_role("link", name="Find your second host").click()
    plain.get_by_role("button", name="Make a link for a second host").click()
    expect(plain.locator(".linkaddress").first).to_contain_text("/host/with/")
    expect(plain.get_by_role("button", name="Copy the link")).to_be_hidden()
    expect(plain.get_by_role("button", name="Share it")).to_be_hidden()
    gathering = Gathering.objects.get()
    Gathering.objects.filter(pk=gathering.pk).update(timezone="Europe/Dublin")
    holding.join(gathering, ruth, kofi)

    plain.goto(f"{gathering.get_absolute_url()}host/dates/")
    plain.locator("summary").first.click()
    plain.get_by_label("A few words for those who come").first.fill("Flu.")
    plain.get_by_role("button", name="Call this date off").first.click()

    expect(plain.get_by_text("Called off")).to_be_visible()
    assert Occasion.objects.get().note == "Flu."


def test_hosts_page_is_walked_by_keyboard(
    desktop: Page, choir: Gathering, ruth: Person, live_server: LiveServer
):
    enter(desktop, ruth, live_server)
    desktop.goto(f"{choir.get_absolute_url()}host/")

    desktop.get_by_role("button", name="I’m here").focus()
    desktop.keyboard.press("Enter")

    expect(desktop.get_by_role("heading", name="Kofi is on the way.")).to_be_visible()

"""Asks and offers in a real browser: two people ask, take up, agree, and thank each other."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser.harness import NARROW, ZOOMED, Browse, Look, sideways_px, violations
from tests.web.gatherings.making import forget_everything, gatherings, meeting, take_in
from tests.web.service.making import agreed, asked, have_met, in_a_circle, neighbour, taken

from kith.web.gatherings.choices import Answer
from kith.web.gatherings.models import Coming
from kith.web.people.models import Person
from kith.web.safety.choices import Category
from kith.web.safety.models import Report
from kith.web.service import actions
from kith.web.service.choices import Place, Side, What
from kith.web.service.models import Errand

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Bartholomew-Alexandrina of the long river"[:40]


def come_in(page: Page, person: Person, live_server: LiveServer) -> Page:
    """Let `person` be in, in the browser of `page`."""
    client = Client()
    client.force_login(person)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}]
    )
    return page


@pytest.fixture
def ruth() -> Person:
    """Somebody who lives near the others."""
    return neighbour("Ruth")


def pages_for(ruth: Person) -> dict[str, str]:
    """Return every page that Ruth can see, each full of what can stand on it."""
    forget_everything()
    take_in(meeting("Riverside choir"))
    Coming.objects.create(person=ruth, gathering=gatherings()[0], answer=Answer.COME)
    dev, marisol, long = neighbour("Dev"), neighbour("Marisol", north=2), neighbour(LONG)
    in_a_circle(dev, ruth)
    day = timezone.localdate() + timedelta(days=3)
    first = asked(dev, words="From the station to the Thursday meeting, and back?",
                  on=day, parts=("evening",), gathering=gatherings()[0])  # fmt: skip
    asked(marisol, side=Side.OFFER, what=What.MEAL, words="A pot of lentil soup, for two or six.")
    asked(long, what=What.FORM, words="w" * 200, place=Place.ONLINE, days=(0, 1, 2, 3, 4))
    asked(long, what=What.CHILDREN, words="", parts=("morning", "midday"))
    waits = asked(ruth, what=What.WALK, words="Round the park, slowly?")
    taken(waits, marisol, line="I walk there every morning with the dog. At the gate?")
    both = asked(ruth, side=Side.OFFER, what=What.SKILL, words="How to bake bread.")
    agreed(both, dev)
    actions.thank(errand=both, person=dev, at=timezone.now())
    mine = agreed(asked(long, what=What.COMPANY), ruth).errand
    said = taken(asked(marisol, what=What.CHILDREN), ruth).errand
    over = asked(ruth, what=What.FORM, at=timezone.now() - timedelta(days=15))
    Errand.objects.filter(pk=over.pk).update(reminded_at=timezone.now())
    gone = asked(dev, what=What.MEAL)
    taken(gone, marisol)
    have_met(ruth, marisol)
    named = {"first": first, "waits": waits, "both": both, "mine": mine, "said": said,
             "over": over, "gone": gone}  # fmt: skip
    return {
        "page": "/service/",
        "ask": "/service/ask/",
        "offer": f"/service/offer/?again={over.token}",
        **{name: errand.get_absolute_url() for name, errand in named.items()},
    }


# ---- how it looks, and for whom ---------------------------------------------------------------
def test_pages_are_accessible_and_fit(page: Page, live_server, ruth):
    pages = pages_for(ruth)
    come_in(page, ruth, live_server)
    for path in pages.values():
        page.goto(path)
        assert (path, violations(page), sideways_px(page)) == (path, [], 0)


@pytest.mark.parametrize("look", [NARROW, ZOOMED], ids=lambda look: look.name)
def test_pages_never_scroll_sideways(browse: Browse, look: Look, live_server, ruth):
    pages = pages_for(ruth)
    page = come_in(browse(look), ruth, live_server)
    for path in pages.values():
        page.goto(path)
        assert (path, sideways_px(page)) == (path, 0)


def test_steward_page_is_accessible(phone: Page, live_server, ruth):
    errand = asked(neighbour("Dev"))
    steward = neighbour("Sam", north=60)
    Person.objects.filter(pk=steward.pk).update(is_steward=True)
    Report.objects.create(
        category=Category.WRITTEN, where=errand.get_absolute_url(), told_at=timezone.now()
    )
    come_in(phone, steward, live_server)

    phone.goto(errand.get_absolute_url())

    assert (violations(phone), sideways_px(phone)) == ([], 0)
    phone.get_by_role("button", name="Put it away").click()
    expect(phone.get_by_text("Put the ask or offer away.")).to_be_visible()


def test_what_refuses_is_accessible_and_loses_nothing(phone: Page, live_server, ruth, witness):
    come_in(phone, ruth, live_server)
    witness.expected.add(f"{live_server.url}/service/ask/")
    phone.goto("/service/ask/")
    phone.get_by_text("A ride", exact=True).click()
    phone.get_by_label("In a few words").fill("I would give 20 euros for it")
    phone.get_by_role("button", name="Ask", exact=True).click()

    expect(phone.get_by_role("alert")).to_contain_text("No money between people here")
    expect(phone.get_by_label("In a few words")).to_have_value("I would give 20 euros for it")
    expect(phone.get_by_label("A ride", exact=True)).to_be_checked()
    assert violations(phone) == []


# ---- the walk -----------------------------------------------------------------------------------
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_two_people_help_each_other(browse: Browse, javascript, live_server, ruth, witness):
    dev = come_in(browse(java_script_enabled=javascript), neighbour("Dev"), live_server)
    helper = come_in(browse(java_script_enabled=javascript), ruth, live_server)
    dev.goto("/service/")
    dev.get_by_role("link", name="Ask for something").first.click()
    dev.get_by_text("A ride", exact=True).click()
    dev.get_by_label("In a few words").fill("To the Thursday meeting and back?")
    dev.get_by_text("Evening", exact=True).click()
    dev.get_by_role("button", name="Ask", exact=True).click()
    expect(dev.get_by_role("heading", name="You ask for a ride")).to_be_visible()
    witness.expected.add(f"{dev.url}take/")

    helper.goto("/service/")
    helper.get_by_role("link", name="I can · Dev asks for a ride").click()
    helper.get_by_label("A line or two for Dev").fill("I drive there anyway. At the station?")
    helper.get_by_label("At somebody’s home, or in a car").check()
    helper.get_by_role("button", name="I can", exact=True).click()
    expect(helper.get_by_role("alert")).to_contain_text("The first time the two of you meet")
    helper.get_by_label("In a public place").check()
    helper.get_by_role("button", name="I can", exact=True).click()
    expect(helper.get_by_role("heading", name="You have said so.")).to_be_visible()

    dev.goto("/service/")
    expect(dev.get_by_text("Ruth could do it.")).to_be_visible()
    dev.get_by_role("link", name="You ask for a ride").click()
    expect(dev.get_by_text("I drive there anyway. At the station?")).to_be_visible()
    dev.get_by_label("A line or two back").fill("Lovely. Ten to six?")
    dev.get_by_role("button", name="Yes please").click()
    expect(dev.get_by_role("heading", name="Agreed with Ruth.")).to_be_visible()

    helper.reload()
    expect(helper.get_by_text("Lovely. Ten to six?")).to_be_visible()
    helper.get_by_role("link", name="Write to each other").click()
    helper.get_by_label("Write to Dev").fill("Ten to six it is.")
    helper.get_by_role("button", name="Send", exact=True).click()
    expect(helper.get_by_text("Ten to six it is.")).to_be_visible()

    dev.get_by_role("button", name="It is done. Thank you").click()
    expect(dev.get_by_role("heading", name="Done.")).to_be_visible()
    helper.goto(dev.url)
    expect(helper.get_by_text("Dev thanks you.")).to_be_visible()
    helper.get_by_role("button", name="Thank you").click()
    expect(
        helper.get_by_role("heading", name="Done, with thanks from both of you.")
    ).to_be_visible()
    dev.goto("/service/")
    expect(dev.get_by_text("Nothing just now. What you ask or offer")).to_be_visible()


def test_second_one_reads_a_kind_sentence(browse: Browse, live_server, ruth, witness):
    errand = asked(neighbour("Dev"))
    page = come_in(browse(), ruth, live_server)
    page.goto(errand.get_absolute_url())
    taken(errand, neighbour("Wren"))
    witness.expected.add(f"{live_server.url}{errand.get_absolute_url()}take/")

    page.get_by_label("In a public place").check()
    page.get_by_role("button", name="I can", exact=True).click()

    expect(page.get_by_text("Thank you for being ready.").first).to_be_visible()
    assert violations(page) == []

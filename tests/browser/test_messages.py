"""A few words between two people, and being told of them, in a real browser."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser.harness import NARROW, ZOOMED, Browse, Look, Witness, sideways_px, violations
from tests.web.messages.making import ground, inside, joined, page, wrote
from tests.web.notices.making import say
from tests.web.notices.receiving import Browser as Receiver

from kith.web.messages.actions import close_ground
from kith.web.messages.choices import Reason
from kith.web.notices.actions.pushing import shown
from kith.web.notices.models import Subscription
from kith.web.people.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _may_mail(settings: Any) -> None:
    settings.KITH_EMAIL_URL = "smtps://mail.example"


@pytest.fixture
def ruth() -> Person:
    """Ruth, who shares something with three people."""
    person: Person = joined("Ruth")
    kofi, may, noor = joined("Kofi"), joined("May"), joined("Noor", days_ago=1)
    for number, other in enumerate((kofi, may, noor)):
        ground(person, other, number=number)
    wrote(kofi, person, "Shall we walk there together? I am at the stop at half past six.")
    wrote(person, kofi, "Yes. I’ll wait by the gate.\nBring a coat.")
    wrote(may, person, "See you there.")
    close_ground(reason=Reason.CIRCLE, number=1)
    return person


def let_in(page_: Page, person: Person, live_server: LiveServer) -> None:
    """Let `person` be in in the browser of `page_`."""
    # A page that is open for somebody else would look again, and find that it is not theirs.
    page_.goto("about:blank")
    key = inside(person).cookies["door"].value
    cookie = {"name": "door", "value": key, "url": live_server.url}
    page_.context.add_cookies([cookie])  # type: ignore[list-item]


def pages(person: Person) -> dict[str, str]:
    """Return the addresses of all pages, by what is on them."""
    others = {str(one): one for one in Person.objects.exclude(pk=person.pk)}
    return {
        "list": "/messages/",
        "talk": page(person, others["Kofi"]),
        "over": page(person, others["May"]),
        "newcomer": page(person, others["Noor"]),
        "notices": "/you/notices/",
        "stopped": "/notices/stop/x/",
        "too late": "/notices/yes/x/",
    }


def test_pages_are_accessible(page: Page, ruth: Person, live_server: LiveServer, witness: Witness):
    let_in(page, ruth, live_server)
    witness.expected.add(f"{live_server.url}/notices/yes/x/")

    for name, path in pages(ruth).items():
        page.goto(path)
        assert not page.url.endswith(f"?next={path}")
        assert (name, violations(page)) == (name, [])


@pytest.mark.parametrize("look", [NARROW, ZOOMED], ids=lambda look: look.name)
def test_pages_never_scroll_sideways(
    browse: Browse, look: Look, ruth: Person, live_server: LiveServer, witness: Witness
):
    kofi = next(one for one in Person.objects.all() if str(one) == "Kofi")
    wrote(kofi, ruth, "https://example.org/" + "x" * 200)
    kofi.called = "W" * 40
    kofi.save()
    narrow = browse(look)
    let_in(narrow, ruth, live_server)
    witness.expected.add(f"{live_server.url}/notices/yes/x/")

    for path in ("/messages/", page(ruth, kofi), "/you/notices/", "/notices/yes/x/"):
        narrow.goto(path)
        assert (path, sideways_px(narrow)) == (path, 0)


def test_two_people_arrange_to_meet(browse: Browse, ruth: Person, live_server: LiveServer):
    kofi = next(one for one in Person.objects.all() if str(one) == "Kofi")
    hers, his = browse(), browse()
    let_in(hers, ruth, live_server)
    let_in(his, kofi, live_server)
    hers.goto("/messages/")
    hers.get_by_role("link", name="Kofi").click()
    hers.get_by_label("Write to Kofi").fill("I bring soup.")
    hers.get_by_role("button", name="Send").click()
    expect(hers.get_by_text("I bring soup.")).to_be_visible()

    his.goto("/messages/")
    his.get_by_role("link", name="Ruth").click()
    expect(his.get_by_text("I bring soup.")).to_be_visible()
    his.get_by_role("button", name="See you there.").click()
    expect(his.get_by_text("See you there.").first).to_be_visible()

    hers.reload()
    expect(hers.get_by_text("See you there.").first).to_be_visible()


def test_all_of_it_works_without_javascript(plain: Page, ruth: Person, live_server: LiveServer):
    let_in(plain, ruth, live_server)
    plain.goto("/messages/")
    plain.get_by_role("link", name="Kofi").click()
    plain.get_by_label("Write to Kofi").fill("I bring soup.")
    plain.get_by_role("button", name="Send").click()
    expect(plain.get_by_text("I bring soup.")).to_be_visible()

    plain.goto("/you/notices/")
    expect(plain.get_by_role("button", name="Tell me here")).to_be_hidden()
    expect(plain.get_by_text("This browser cannot be told while it is closed.")).to_be_visible()
    plain.get_by_label("At most five times a day").check()
    plain.get_by_label("from").fill("21:00")
    plain.locator("#often").get_by_role("button", name="Save").click()

    expect(plain.get_by_label("At most five times a day")).to_be_checked()
    expect(plain.get_by_label("from")).to_have_value("21:00")


# ---- told while nobody looks ------------------------------------------------------------------------
def may_notify(page_: Page, live_server: LiveServer) -> None:
    page_.context.grant_permissions(["notifications"], origin=live_server.url)


def stand_in_for_the_maker(page_: Page, endpoint: str) -> Receiver:
    """Give what the push service of the browser's maker would give: it cannot be reached here."""
    receiver = Receiver()
    keys = receiver.gives(endpoint)
    given = {"endpoint": keys.pop("endpoint"), "keys": keys}
    page_.add_init_script(
        "PushManager.prototype.getSubscription = async () => null;"
        "PushManager.prototype.subscribe = async (asked) => {"
        "  window.asked = [asked.userVisibleOnly, asked.applicationServerKey.length];"
        f"  return {{ toJSON: () => ({json.dumps(given)}) }};"
        "};"
    )
    return receiver


def test_nobody_is_asked_before_they_tap_and_then_the_browser_is_told(
    phone: Page, ruth: Person, live_server: LiveServer
):
    let_in(phone, ruth, live_server)
    stand_in_for_the_maker(phone, "https://push.example/ruth")
    phone.add_init_script(
        "const ask = Notification.requestPermission.bind(Notification);"
        "Notification.requestPermission = () => ((window.tapped = true), ask());"
    )
    may_notify(phone, live_server)
    phone.goto("/you/notices/")
    assert phone.evaluate("[window.tapped, window.asked]") == [None, None]

    phone.get_by_role("button", name="Tell me here").click()

    expect(phone.get_by_text("This one")).to_be_visible()
    [way] = Subscription.objects.all()
    assert (way.person, way.endpoint) == (ruth, "https://push.example/ruth")
    phone.get_by_role("button", name="Stop").click()
    expect(phone.get_by_role("button", name="Tell me here")).to_be_visible()
    assert not Subscription.objects.exists()


def test_browser_that_is_not_allowed_is_told_how(
    browse: Browse, ruth: Person, live_server: LiveServer
):
    phone = browse()
    let_in(phone, ruth, live_server)
    phone.add_init_script('Notification.requestPermission = async () => "denied";')
    phone.goto("/you/notices/")

    phone.get_by_role("button", name="Tell me here").click()

    expect(phone.get_by_role("alert")).to_contain_text("Your browser does not allow it")
    expect(phone.get_by_role("button", name="Tell me here")).to_be_enabled()
    assert violations(phone) == []


def test_push_service_that_cannot_be_reached_is_said_kindly(
    phone: Page, ruth: Person, live_server: LiveServer, witness: Witness
):
    let_in(phone, ruth, live_server)
    may_notify(phone, live_server)
    phone.goto("/you/notices/")

    phone.get_by_role("button", name="Tell me here").click()

    expect(phone.get_by_role("alert")).to_contain_text("That did not work.", timeout=30_000)
    # Chromium says on its console that it has none in a private window, which this one is.
    [fault] = witness.faults
    assert "Push API in incognito mode" in fault
    witness.faults.clear()


def test_worker_shows_something_for_you_and_nothing_else(
    phone: Page, ruth: Person, live_server: LiveServer
):
    say(ruth, words="Kofi wrote to you.")
    let_in(phone, ruth, live_server)
    may_notify(phone, live_server)
    phone.goto("/you/notices/")
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    inspector = phone.context.new_cdp_session(phone)
    found: list[dict[str, Any]] = []
    inspector.on(
        "ServiceWorker.workerRegistrationUpdated", lambda said: found.extend(said["registrations"])
    )
    inspector.send("ServiceWorker.enable")
    phone.wait_for_timeout(200)

    for _ in range(2):
        inspector.send(
            "ServiceWorker.deliverPushMessage",
            {
                "origin": live_server.url,
                "registrationId": found[0]["registrationId"],
                "data": shown("en").decode(),
            },
        )

    notifications = "navigator.serviceWorker.ready.then((r) => r.getNotifications())"
    read = f"{notifications}.then((all) => all.map((n) => [n.title, n.body, n.tag, n.data]))"
    phone.wait_for_function(f"() => {notifications}.then((all) => all.length > 0)")
    assert phone.evaluate(read) == [["kith", "Something for you", "kith", None]]

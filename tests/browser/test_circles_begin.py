"""People wish for a circle, are asked, answer, and it begins: in a real browser."""

from datetime import UTC, datetime, timedelta
from itertools import cycle

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser.harness import NARROW, ZOOMED, Browse, Look, Witness, sideways_px, violations
from tests.browser.test_messages import let_in
from tests.web.circles.making import circle_with, somebody, wishing

from kith.web.circles import actions
from kith.web.circles.choices import Answer, ChairState, CircleState
from kith.web.circles.models import Chair, Circle, Wish
from kith.web.people import queries as people
from kith.web.people.models import Cell, Person
from kith.web.safety.choices import Kind
from kith.web.safety.models import Distance

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ISLINGTON = Cell.at(51.54, -0.1)


def path_to(circle: Circle) -> str:
    return f"/circle/{circle.token}/asked/"


def comes(browse: Browse, person: Person, live_server: LiveServer, **options: object) -> Page:
    """Return the page of somebody who is in."""
    page: Page = browse(timezone_id="Europe/London", **options)
    let_in(page, person, live_server)
    return page


def states() -> dict[str, tuple[Person, str]]:
    """Return every state of every page, with who sees it and where."""
    ada = wishing("Ada", brings="brings soup")
    resting = wishing("Rex")
    actions.rest_wish(person=resting, at=datetime.now(UTC))
    missing = somebody("Mia", spaces=["women"])
    Wish.objects.create(person=missing, circle=True, way=1, since=datetime.now(UTC).date())
    found = {
        "nothing yet": (somebody("Nia"), "/circle/"),
        "waiting": (ada, "/circle/"),
        "resting": (resting, "/circle/"),
        "missing": (missing, "/circle/"),
        "form": (missing, "/circle/wish/"),
        "form, filled": (ada, "/circle/wish/"),
    }
    things = {"things": [{"practice": "choir"}, {"receives": "walk"}, {"language": "en"}]}
    for state in (ChairState.ASKED, ChairState.YES, ChairState.ANOTHER, ChairState.NOT_NOW):
        person = wishing(f"P {state}")
        circle = circle_with(person, state)
        Circle.objects.filter(pk=circle.pk).update(zone="Europe/Berlin", only_among=["women"])
        circle.chairs.update(reasons=things, answered_at=datetime.now(UTC))
        found[state] = (person, path_to(circle))
    silent = wishing("Sil")
    found["closed"] = (silent, path_to(circle_with(silent, ChairState.SILENT)))
    several = wishing("Sev")
    for state in (ChairState.ASKED, ChairState.YES):
        circle_with(several, state)
    found["several"] = (several, "/circle/")
    return found


def test_every_page_is_accessible(page: Page, live_server: LiveServer):
    page.goto("/circle/")
    assert ("stranger", violations(page)) == ("stranger", [])

    for name, (person, path) in states().items():
        let_in(page, person, live_server)
        answer = page.goto(path)
        assert answer is not None
        assert (name, answer.status, violations(page)) == (name, 200, [])
        if path == "/circle/wish/":
            page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
            page.get_by_role("button", name="Evening").click()
            assert (name, violations(page)) == (name, [])


@pytest.mark.parametrize("look", [NARROW, ZOOMED], ids=lambda look: look.name)
def test_no_page_scrolls_sideways(browse: Browse, look: Look, live_server: LiveServer):
    page = browse(look)
    page.goto("/circle/")
    assert sideways_px(page) == 0

    for name, (person, path) in states().items():
        let_in(page, person, live_server)
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
        assert (name, sideways_px(page)) == (name, 0)

    page.goto("/circle/wish/")
    page.get_by_label("Another town or postcode").fill("Islington")
    page.get_by_role("button", name="Show the map").click()
    expect(page.get_by_text("In which square do you live?")).to_be_visible()
    assert sideways_px(page) == 0


def test_form_with_the_map_and_with_an_error_is_accessible(
    page: Page, live_server: LiveServer, witness: Witness
):
    witness.expected.add(f"{live_server.url}/circle/wish/")
    let_in(page, somebody("Ada"), live_server)
    page.goto("/circle/wish/")
    page.get_by_label("What I bring").fill("brings soup")
    page.get_by_label("A town or postcode near you").fill("Islington")
    page.keyboard.press("Enter")
    expect(page.get_by_text("In which square do you live?")).to_be_visible()
    assert violations(page) == []

    page.get_by_role("button", name="Here").click()
    expect(page.get_by_text("a square of about 5 km")).to_be_visible()
    page.get_by_role("button", name="Save my wish").click()

    expect(page.get_by_role("alert").first).to_contain_text("Say when you have time")
    expect(page.get_by_label("What I bring")).to_have_value("brings soup")
    assert violations(page) == []


def wishes_by_clicking(page: Page) -> None:
    """Wish for a circle on a phone: a minute."""
    page.goto("/circle/")
    page.get_by_role("link", name="I would like that").click()
    page.get_by_label("A town or postcode near you").fill("Islington")
    page.get_by_role("button", name="Show the map").click()
    page.get_by_role("button", name="Here").click()
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"):
        page.get_by_role("checkbox", name=f"{day}, Evening").click()
    page.get_by_label("What I bring").fill("brings soup")
    page.get_by_role("heading", name="What I would like to receive").click()
    page.locator("#brings").get_by_text("A walk").last.click()
    page.get_by_role("button", name="Save my wish").last.click()
    expect(page.get_by_role("heading", name="We are looking.")).to_be_visible()


def test_ten_people_wish_are_asked_and_a_circle_begins(browse: Browse, live_server: LiveServer):
    ada, ben = somebody("Ada", days=400), somebody("Ben", days=400)
    hers = comes(browse, ada, live_server)
    wishes_by_clicking(hers)
    # Without a script as well.
    his = comes(browse, ben, live_server, java_script_enabled=False)
    wishes_by_clicking(his)
    assert people.home_cell_of(ada) == people.home_cell_of(ben)
    home = people.home_cell_of(ada)
    assert home is not None
    near = {"home": [home.row, home.column], "gives": {"codes": ["walk"], "words": ""}}
    others = [
        wishing(name, said=near)
        for name in ("Cem", "Dev", "Eva", "Fay", "Gus", "Hal", "Ida", "Jan")
    ]
    # Two of the ten are never to be together.
    Distance.objects.create(by=ada, whom=ben, kind=Kind.BLOCK)

    call_command("form_circles", "--seed", "7")

    assert _apart(ada, ben)
    hers.goto("/circle/")
    expect(hers.get_by_role("heading", name="Every", exact=False)).to_be_visible()
    expect(hers.get_by_text("Somebody there can give what you would like: A walk.")).to_be_visible()
    asked = Chair.objects.get(person=ada).circle
    two_say_yes_and_the_others_decline(asked, besides=ada)
    hers.get_by_role("button", name="Yes, I would like that").click()
    expect(hers.get_by_role("button", name="Yes, I would like that")).to_have_count(0)

    # A week later whoever waits on is asked for the chairs that are empty.
    before = asked.chairs.filter(state__in=(ChairState.YES, ChairState.SITS)).count()
    runs_again(weeks=1)
    assert _apart(ada, ben)
    asked.refresh_from_db()
    assert asked.state == CircleState.MEETS
    sits = set(asked.chairs.filter(state=ChairState.SITS).values_list("person", flat=True))
    assert len(sits) > before
    assert sits <= {ada.pk, *(one.pk for one in others)}
    answer = hers.goto("/circle/")
    assert answer is not None
    assert (hers.url, answer.status) == (f"{live_server.url}/circle/{asked.token}/", 200)


def two_say_yes_and_the_others_decline(circle: Circle, *, besides: Person) -> None:
    """Let everybody answer but one: three are left of the circle, and other circles find nobody.

    With three no circle meets, so it needs somebody, whether it was of five or of six.
    """
    now = datetime.now(UTC)
    mine = list(circle.chairs.exclude(person=besides).order_by("pk"))
    for chair in Chair.objects.exclude(circle=circle):
        actions.answer(chair=chair, answer=Answer.ANOTHER, at=now)
    for chair, said in zip(mine[:-2], cycle([Answer.ANOTHER, Answer.NOT_NOW]), strict=False):
        actions.answer(chair=chair, answer=said, at=now)
    for chair in mine[-2:]:
        actions.answer(chair=chair, answer=Answer.YES, at=now)


def runs_again(*, weeks: int) -> None:
    """Let the run of so many weeks later ask again, and whoever is asked say yes."""
    at = datetime.now(UTC) + timedelta(weeks=weeks)
    actions.form_circles(at=at, seed=weeks)
    for chair in Chair.objects.filter(state=ChairState.ASKED):
        actions.answer(chair=chair, answer=Answer.YES, at=at)


def _apart(one: Person, other: Person) -> bool:
    held = (ChairState.ASKED, ChairState.YES, ChairState.SITS)
    return not any(
        circle.chairs.filter(person__in=(one, other), state__in=held).count() == 2
        for circle in Circle.objects.all()
    )


def test_somebody_answers_without_javascript_and_takes_it_back(
    browse: Browse, live_server: LiveServer
):
    ada = wishing("Ada")
    circle = circle_with(ada, ChairState.ASKED)
    page = comes(browse, ada, live_server, java_script_enabled=False)
    page.goto("/circle/")
    page.get_by_role("button", name="Yes, I would like that").click()
    expect(page.get_by_text("You said yes")).to_be_visible()

    page.get_by_role("button", name="Not now").click()

    expect(page.get_by_role("heading", name="Not now, then.")).to_be_visible()
    assert circle.chairs.get().state == ChairState.NOT_NOW
    page.get_by_role("button", name="Look for me again now").click()
    expect(page.get_by_role("heading", name="We are looking.")).to_be_visible()
    page.get_by_role("button", name="Let it rest").click()
    expect(page.get_by_role("heading", name="Your wish rests.")).to_be_visible()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("link", name="I would like that")).to_be_visible()

"""My plan, in a real browser: two people agree, a line is made, practised, kept on a device."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser.harness import NARROW, ZOOMED, Browse, Look, sideways_px, violations
from tests.browser.test_messages import let_in
from tests.web.circles.making import longtime
from tests.web.gatherings.making import forget_everything
from tests.web.plans.making import asked, circle_mates, line, said_yes

from kith.web.people.models import Person
from kith.web.plans import actions
from kith.web.plans.choices import Cue, Place
from kith.web.plans.models import Plan, Practice

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    forget_everything()


def somebody_with_a_plan(called: str = "Ruth") -> tuple[Person, dict[str, str]]:
    """Return somebody with a plan, and the addresses of all pages by what is on them."""
    ada, ruth, teo, kofi, sam = circle_mates("Ada", called, "Teo", "Kofi", "Sam")
    in_it = said_yes(ada, ruth)
    asked(ada, kofi)
    plan = line(ada, in_it, cue=Cue.NIGHT, on=timezone.localdate().replace(year=2020))
    line(ada, None, in_it, cue=Cue.ANOTHER, words="W" * 60)
    actions.practise(plan=plan, kind="pictured", on=timezone.localdate())
    question, hers = asked(sam, ada), said_yes(teo, ada)
    practice = f"/plan/line/{plan.token}/practice/"
    return ada, {
        "mine": "/plan/",
        "ask": "/plan/ask/",
        "asked": f"/plan/asked/{question.token}/",
        "in": f"/plan/asked/{hers.token}/",
        "change": f"/plan/line/{plan.token}/",
        "moment": practice,
        "voice": f"{practice}?step=voice",
        "go": f"{practice}?step=go",
        "paper": "/plan/paper/",
        "thanks": "/plan/thanks/",
    }


def test_pages_are_accessible(page: Page, live_server: LiveServer):
    ada, pages = somebody_with_a_plan()
    let_in(page, ada, live_server)

    for name, path in pages.items():
        page.goto(path)
        for fold in page.locator("details").all():
            fold.evaluate("fold => fold.open = true")
        assert (name, violations(page)) == (name, [])


@pytest.mark.parametrize("look", [NARROW, ZOOMED], ids=lambda look: look.name)
def test_pages_never_scroll_sideways(browse: Browse, look: Look, live_server: LiveServer):
    ada, pages = somebody_with_a_plan("W" * 40)
    narrow = browse(look)
    let_in(narrow, ada, live_server)

    for name, path in pages.items():
        narrow.goto(path)
        for fold in narrow.locator("details").all():
            fold.evaluate("fold => fold.open = true")
        assert (name, sideways_px(narrow)) == (name, 0)


def agree_and_practise(hers: Page, his: Page) -> None:
    """Let two people agree, one make a line and practise it, and the other step back, by clicking."""
    hers.goto("/plan/")
    hers.locator("#people").get_by_role("link", name="Ask somebody").click()
    hers.get_by_role("button", name="Ask Ruth").click()
    expect(hers.get_by_text("Asked. They answer in their own time.")).to_be_visible()
    his.goto("/plan/")
    his.get_by_role("link", name="Answer").click()
    his.get_by_text("Nights, 10 to 6").click()
    his.get_by_role("button", name="Yes, at these times").click()
    expect(his.get_by_role("heading", name="You are in Ada’s plan")).to_be_visible()

    hers.goto("/plan/")
    form = hers.locator("#add")
    form.get_by_text("I’m on the way home").click()
    form.get_by_text("walk with").click()
    form.get_by_role("group", name="who said yes, or where somebody is").get_by_text("Ruth").click()
    form.get_by_role("group", name="And if not").get_by_text("a line that is always open").click()
    form.get_by_role("button", name="Keep this one").click()
    hers.get_by_role("link", name="Practice it now").click()
    hers.get_by_role("link", name="I see it").click()
    hers.get_by_role("link", name="I hear it").click()
    expect(hers.get_by_text("When I’m on the way home, I walk with Ruth.")).to_be_visible()
    hers.get_by_role("button", name="I pictured it").click()
    expect(hers.get_by_role("img", name="A stem with leaves.")).to_be_visible()
    assert Practice.objects.count() == 1
    assert Plan.objects.get().second_place == Place.LINES

    his.get_by_role("button", name="Step back").click()
    expect(his.get_by_role("heading", name="Thank you for saying so.")).to_be_visible()
    hers.goto("/plan/")
    expect(hers.get_by_text("Can’t be in it for now, and wishes you well.")).to_be_visible()
    expect(hers.get_by_text("choose somebody new")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_two_people_agree_practise_and_part_kindly(
    browse: Browse, live_server: LiveServer, scripts: bool
):
    ada, ruth = circle_mates("Ada", "Ruth")
    hers, his = browse(java_script_enabled=scripts), browse(java_script_enabled=scripts)
    let_in(hers, ada, live_server)
    let_in(his, ruth, live_server)

    agree_and_practise(hers, his)


def test_people_stand_in_the_picks_with_their_windows_as_in_the_plan(
    browse: Browse, live_server: LiveServer
):
    ada, ruth, _teo = circle_mates("Ada", "Ruth", "Teo")
    said_yes(ada, ruth)
    page = browse()
    let_in(page, ada, live_server)

    page.goto("/plan/")

    first = page.get_by_role("group", name="who said yes")
    expect(first.locator(".chip:has(.win)")).to_have_text("R Ruth")
    # The window is a picture: who is read aloud is Ruth.
    expect(first.get_by_role("radio", name="Ruth", exact=True)).to_be_enabled()
    expect(first.get_by_role("link", name="Ask someone new")).to_have_attribute(
        "href", "/plan/ask/"
    )


def test_words_are_asked_for_only_where_they_are_wanted(browse: Browse, live_server: LiveServer):
    ada = longtime("Ada")
    page = browse()
    let_in(page, ada, live_server)
    page.goto("/plan/")
    words = page.get_by_label("Another time: which?")

    expect(words).to_be_hidden()
    page.locator("#add").get_by_text("another time", exact=True).click()
    expect(words).to_be_visible()


def test_plan_is_kept_on_the_device_and_numbers_are_sent_nowhere(
    browse: Browse, live_server: LiveServer
):
    ada, ruth = circle_mates("Ada", "Ruth")
    line(ada, said_yes(ada, ruth))
    page = browse()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    let_in(page, ada, live_server)
    page.goto("/plan/")
    expect(page.get_by_role("button", name="Take it off this device")).to_be_hidden()

    page.get_by_label("Number of Ruth").fill("+1 (555) 010-0199")
    page.get_by_role("button", name="Keep on this device").click()
    page.get_by_role("link", name="Practice it now").click()
    page.get_by_role("link", name="I see it").click()
    page.get_by_role("link", name="I hear it").click()
    expect(page.get_by_role("link", name="Ring Ruth")).to_have_attribute("href", "tel:+15550100199")
    page.goto("/now/offline/")

    kept = page.locator("[data-plan-card]")
    expect(kept.get_by_text("When I get paid: ring Ruth; if not: call a line")).to_be_visible()
    call, text = kept.get_by_role("link").all()
    assert (call.get_attribute("href"), text.get_attribute("href")) == (
        "tel:+15550100199",
        "sms:+15550100199",
    )
    assert violations(page) == []
    page.goto("/now/")
    expect(page.get_by_role("link", name="Call Ruth")).to_be_visible()
    page.locator("[data-plan-drop]").click()
    expect(page.locator("[data-plan-card]")).to_be_hidden()
    page.goto("/now/offline/")
    expect(page.locator("[data-plan-card]")).to_be_hidden()
    assert not [one for one in sent if "0199" in one]

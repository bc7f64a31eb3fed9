"""Taking part in a study, in a real browser: locked, joined, declined, answered offline, taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser.harness import (
    NARROW,
    PHONE,
    ZOOMED,
    Browse,
    Look,
    Witness,
    sideways_px,
    tab_stops,
    violations,
)
from tests.browser.test_messages import let_in
from tests.web.circles.making import longtime
from tests.web.gatherings.making import forget_everything
from tests.web.study.making import ALL, TEXT, answered, asked, draft, joined, locked, suggested
from tests.web.study.test_moments import PROMPTS

from kith.web.people.models import Person
from kith.web.study import access, actions, bridge
from kith.web.study.models import Consent, Prompt, Study, Suggestion

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONGER = """
[[measures]]
key = "loneliness"
instrument = "ucla3"
schedule = { every_weeks = 4 }

[[measures]]
key = "habit"
instrument = "srbai_reach"
schedule = { every_weeks = 4 }
"""
# Whether this browser keeps so many check-ins for when there is no internet, its worker at hand.
KEPT_AHEAD = """
  async (many) => {
    const kept = async () => {
      const said = await (await caches.open("kith-ahead")).match("/check-ins/ahead/");
      return said ? (await said.json()).length : 0;
    };
    for (let n = 0; n < 150; n += 1) {
      if (navigator.serviceWorker.controller && (await kept()) === many) return true;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return false;
  }
"""


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    forget_everything()


def somebody_in_a_study() -> tuple[Person, dict[str, str]]:
    """Return somebody who takes part, and the addresses of all pages by what is on them."""
    study = locked(TEXT.replace("[[outcomes]]", f"{LONGER}[[outcomes]]", 1))
    ada = joined(study)
    for close, pull in ((0, 4), (1, 3), (2, 3), (2, 1), (4, 0)):
        answered(study, ada, now_close=close, now_pull=pull, now_restless=2, now_around=3)
    over = answered(study, ada)
    actions.plan_day(at=timezone.now())
    longer = Prompt.objects.get(person=ada, survey__key__startswith="weeks")
    waits = asked(study, ada)
    other = locked(TEXT.replace("Millbrook circles", "Riverside pairs"))
    return ada, {
        "studies": "/studies/",
        "asks": other.get_absolute_url(),
        "no": f"/study/{other.token}/no/",
        "mine": f"/study/{study.token}/mine/",
        "back": f"/study/{study.token}/take-back/",
        "now": waits.get_absolute_url(),
        "longer": longer.get_absolute_url(),
        "over": over.get_absolute_url(),
        "thanks": "/checked-in/?near",
        "moments": locked(PROMPTS).get_absolute_url(),
        "company": suggested(study, ada, other=longtime("Bea")).get_absolute_url(),
        "to plan": suggested(study, ada, style="plan").get_absolute_url(),
        "to help": suggested(study, ada, style="help").get_absolute_url(),
    }


def three(page: Page) -> str:
    """Go to the three questions, some of them answered otherwise."""
    page.goto("/studies/")
    page.get_by_role("link", name="The Riverside pairs study").click()
    page.get_by_text("Use my answers in the study").click()
    page.get_by_role("button", name="Save my choices").click()
    page.get_by_text("My clinic or the police").click()
    page.get_by_role("button", name="Take part").click()
    return page.url


def test_pages_are_accessible(page: Page, live_server: LiveServer):
    ada, pages = somebody_in_a_study()
    let_in(page, ada, live_server)

    for name, path in pages.items():
        page.goto(path)
        for fold in page.locator("details").all():
            fold.evaluate("fold => fold.open = true")
        assert (name, violations(page)) == (name, [])
    three(page)
    assert violations(page) == []


@pytest.mark.parametrize("look", [NARROW, ZOOMED], ids=lambda look: look.name)
def test_pages_never_scroll_sideways(browse: Browse, look: Look, live_server: LiveServer):
    ada, pages = somebody_in_a_study()
    narrow = browse(look)
    let_in(narrow, ada, live_server)

    for name, path in pages.items():
        narrow.goto(path)
        for fold in narrow.locator("details").all():
            fold.evaluate("fold => fold.open = true")
        assert (name, sideways_px(narrow)) == (name, 0)
    three(narrow)
    assert sideways_px(narrow) == 0


def take_part(page: Page, *switches: str) -> None:
    """Say yes to these by clicking, and answer the three questions, the second time rightly."""
    page.goto("/you/")
    page.get_by_role("link", name="What is studied here").click()
    page.get_by_role("link", name="The Millbrook circles study").click()
    for switch in switches:
        page.get_by_text(switch).click()
    page.get_by_role("button", name="Save my choices").click()
    expect(page.get_by_role("heading", name="Were we clear?")).to_be_visible()
    page.get_by_text("I can use less of kith").click()
    page.get_by_text("The researchers, without my name").click()
    page.get_by_text("A coin toss by computer").click()
    page.get_by_role("button", name="Take part").click()
    expect(page.get_by_text("We did not say it well enough.")).to_be_visible()
    page.get_by_text("Nothing", exact=True).click()
    page.get_by_role("button", name="Take part").click()
    expect(page.get_by_text("You take part. Thank you.")).to_be_visible()


def steward_locks_it(page: Page, study: Study, live_server: LiveServer) -> None:
    """Let a steward check a study and lock it at the desk, by clicking."""
    steward = Person.objects.create_superuser("sam", "a-long-password")
    let_in(page, steward, live_server)
    for what in ("check_it", "lock_it"):
        page.goto("/desk/study/study/")
        page.locator(f"input[name=_selected_action][value='{study.pk}']").check()
        page.locator("select[name=action]").select_option(what)
        page.locator("button[name=index]").click()
    expect(page.get_by_text("is locked, and people see it")).to_be_visible()


def test_a_study_from_its_lock_to_what_leaves_it(  # noqa: PLR0915 - one walk, from end to end
    browse: Browse, live_server: LiveServer, witness: Witness
):
    study = draft()
    # The desk names no picture of its own, so browsers ask for one.
    witness.expected.add(f"{live_server.url}/favicon.ico")
    ada, bea, noor, never = (longtime(name) for name in ("Ada", "Bea", "Noor", "Noor"))
    steward_locks_it(browse(), study, live_server)
    hers, his, declines, other = (browse() for _ in range(4))
    for page, person in ((hers, ada), (his, bea), (declines, noor), (other, never)):
        let_in(page, person, live_server)

    # Two say yes; the coin is tossed for one of them.
    take_part(hers, "Use my answers in the study", "Toss the coin for me")
    take_part(his, "Use my answers in the study")
    expect(hers.get_by_role("heading", name="What the coin said")).to_be_visible()
    expect(his.get_by_role("heading", name="What the coin said")).to_have_count(0)

    # One declines, and has what somebody has who was never asked.
    declines.goto(study.get_absolute_url())
    declines.get_by_role("button", name="No to all").click()
    expect(declines.get_by_role("heading", name="Good. Nothing changes.")).to_be_visible()
    for path in ("/tonight/", "/you/", "/circle/", "/plan/", "/gatherings/", "/studies/"):
        said = []
        for page in (declines, other):
            page.goto(path)
            said.append(page.locator("main").inner_text())
        assert (path, said[0]) == (path, said[1])

    # A check-in is answered where there is no internet, and comes once when there is.
    study.refresh_from_db()
    prompt, of_bea = asked(study, ada), asked(study, bea)
    hers.goto(prompt.get_absolute_url())
    witness.expected.add(f"{live_server.url}{prompt.get_absolute_url()}")
    hers.context.set_offline(True)
    hers.get_by_label("very strong").check()
    expect(hers.locator(".soft-note .lamp")).to_be_visible()
    hers.get_by_role("button", name="Done").click()
    expect(hers.get_by_role("heading", name="Kept on this device.")).to_be_visible()
    assert Prompt.objects.get(pk=prompt.pk).answers is None
    hers.context.set_offline(False)
    expect(hers.get_by_role("heading", name="Thank you. That’s all.")).to_be_visible()
    kept = Prompt.objects.get(pk=prompt.pk)
    assert kept.answers["now_pull"] == 4
    assert hers.evaluate("localStorage.getItem('kith.check-ins')") is None
    hers.goto("/studies/")
    assert Prompt.objects.get(pk=prompt.pk).came_at == kept.came_at

    # The other answers too, and then takes it back, in two taps.
    his.goto(of_bea.get_absolute_url())
    his.get_by_label("far away").check()
    his.get_by_role("button", name="Done").click()
    expect(his.get_by_role("heading", name="Thank you. That’s all.")).to_be_visible()
    assert bridge.records(study).people == 2
    his.goto(f"/study/{study.token}/mine/")
    his.get_by_role("link", name="Take it all back").click()
    his.get_by_role("button", name="Take it back").click()
    expect(his.get_by_role("heading", name="Where you take part")).to_have_count(0)
    found = bridge.records(study)
    assert (found.people, len(found.prompts.person)) == (1, 1)


def test_kept_answer_goes_from_the_next_page_that_is_opened(
    browse: Browse, live_server: LiveServer, witness: Witness
):
    study = locked()
    ada = joined(study)
    prompt, page = asked(study, ada), browse(PHONE)
    let_in(page, ada, live_server)
    page.goto(prompt.get_absolute_url())
    witness.expected.add(f"{live_server.url}{prompt.get_absolute_url()}")
    page.context.set_offline(True)
    page.get_by_label("a bit apart").check()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("heading", name="Kept on this device.")).to_be_visible()
    page.close()
    # By then it is over, and it was answered in time.
    Prompt.objects.filter(pk=prompt.pk).update(expires_at=timezone.now())

    context = page.context
    context.set_offline(False)
    page = context.new_page()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.goto("/studies/")

    assert Prompt.objects.get().answers["now_close"] == 1


def test_check_in_that_was_never_opened_is_answered_without_internet(
    browse: Browse, live_server: LiveServer, witness: Witness
):
    study = locked()
    ada = joined(study)
    now, later = asked(study, ada), timezone.now() + timedelta(hours=3)
    asked(study, ada, at=later, expires_at=later + timedelta(hours=1))
    page = browse(PHONE)
    let_in(page, ada, live_server)
    page.goto("/studies/")
    assert page.evaluate(KEPT_AHEAD, 2)
    started = timezone.now()

    page.context.set_offline(True)
    for path in ("/tonight/", now.get_absolute_url(), f"{now.get_absolute_url()}seen/"):
        witness.expected.add(f"{live_server.url}{path}")
    page.goto("/tonight/")
    page.get_by_role("link", name="A few taps, if you like.").click()
    # On the shelf it says nothing of whose it is.
    expect(page.locator(".me .win")).not_to_contain_text("A")
    page.get_by_label("a bit apart").check()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("heading", name="Kept on this device.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Kept on this device.")).to_be_visible()
    assert Prompt.objects.get(pk=now.pk).answered_at is None
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="Thank you. That’s all.")).to_be_visible()

    kept = Prompt.objects.get(pk=now.pk)
    assert kept.answers["now_close"] == 1
    assert started <= kept.shown_at <= kept.answered_at <= kept.came_at
    # Answered, it is let go of; what comes later is kept still, and cannot be opened yet.
    page.goto("/studies/")
    assert page.evaluate(KEPT_AHEAD, 1)
    assert page.evaluate("(path) => caches.match(path).then((kept) => kept === undefined)", now.get_absolute_url())  # fmt: skip


def test_all_of_it_works_without_script(plain: Page, live_server: LiveServer):
    study = locked()
    ada = longtime("Ada")
    let_in(plain, ada, live_server)

    take_part(plain, "Use my answers in the study")
    prompt = asked(study, ada)
    plain.goto(prompt.get_absolute_url())
    plain.get_by_label("very strong").check()
    plain.get_by_role("button", name="Done").click()

    expect(plain.get_by_text("Nobody watches your answers")).to_be_visible()
    assert Prompt.objects.get().answers["now_pull"] == 4
    plain.goto(f"/study/{study.token}/mine/")
    plain.get_by_role("link", name="Take it all back").click()
    plain.get_by_role("button", name="Take it back").click()
    assert access.consent_of(ada, study) is None


def test_check_in_is_answered_by_keyboard(desktop: Page, live_server: LiveServer):
    study = locked()
    ada = joined(study, said=ALL)
    prompt = asked(study, ada)
    let_in(desktop, ada, live_server)
    desktop.goto(prompt.get_absolute_url())

    desktop.locator("input[name=now_close]").first.focus()
    desktop.keyboard.press("ArrowRight")
    stops = list(tab_stops(desktop, 4))
    desktop.get_by_role("button", name="Done").press("Enter")

    expect(desktop.get_by_role("heading", name="Thank you. That’s all.")).to_be_visible()
    assert stops[-1] == "Done"
    assert Prompt.objects.get().answers["now_close"] == 1
    assert Consent.objects.count() == 1


def test_what_comes_unasked_is_seen_only_by_eyes_and_waved_away(
    browse: Browse, live_server: LiveServer
):
    study = locked()
    ada, bea = joined(study), longtime("Bea")
    found, page = suggested(study, ada, other=bea), browse(PHONE)
    let_in(page, ada, live_server)

    # A link that is only fetched shows nothing to anybody.
    page.request.get(found.get_absolute_url())
    assert Suggestion.objects.get().seen_at is None
    with page.expect_response(lambda answer: answer.url.endswith("/seen/")):
        page.goto(found.get_absolute_url())
    assert Suggestion.objects.get().seen_at is not None

    expect(page.get_by_role("link", name="Write to Bea")).to_be_visible()
    expect(page.locator(".lamp:visible")).to_have_count(1)
    page.get_by_role("button", name="Not now").click()
    expect(page.get_by_role("heading", name="Thank you. That’s all.")).to_be_visible()
    page.goto(found.get_absolute_url())
    expect(page.get_by_role("heading", name="That one is over.")).to_be_visible()

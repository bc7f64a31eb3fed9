"""Somebody taps, people are rung, one answers: in real browsers, with and without JavaScript."""

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
    violations,
)
from tests.browser.test_messages import let_in
from tests.web.reach.people.making import apart, asked, circle_of, keeps, longtime, willing

from kith.web.people.models import Person
from kith.web.reach import actions
from kith.web.reach.choices import By, OpenTo, RingState, State
from kith.web.reach.models import Company, Reach, Ring
from kith.web.rooms.models import Room

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# The smallest phone that is still sold, held in one hand.
SMALL = Look(360, 640, "light", "small")
THUMB_PX = 48


@pytest.fixture
def ana() -> Person:
    person: Person = longtime("Ana")
    return person


@pytest.fixture
def three(ana: Person) -> list[Person]:
    people = [willing(name) for name in ("Ruth", "Kofi", "Marisol")]
    circle_of(ana, *people)
    return people


def over(reach: Reach) -> None:
    """Let the ninety seconds be over."""
    past = timezone.now() - timedelta(seconds=1)
    Reach.objects.filter(pk=reach.pk).update(rings_until=past)
    reach.refresh_from_db()


def every_page(ana: Person, three: list[Person]) -> dict[str, tuple[Person, str]]:
    """Return an address for each page there is, and who opens it."""
    ringing = asked(ana)
    rung = Ring.objects.get(reach=ringing, person=three[0])
    omar, noor, una, stop = (longtime(name) for name in ("Omar", "Noor", "Una", "Stan"))
    now = {"started_at": timezone.now(), "rings_until": timezone.now()}
    lines = Reach.objects.create(person=omar, state=State.LINES, **now)
    Ring.objects.create(reach=lines, person=three[1], rung_at=timezone.now(), until=timezone.now(),
                        p=1, state=RingState.MISSED)  # fmt: skip
    answered = Reach.objects.create(
        person=una, state=State.ANSWERED, answered_by=noor, room="/room/x/", **now
    )
    told = Ring.objects.create(reach=answered, person=three[2], rung_at=timezone.now(),
                               until=timezone.now(), p=1, state=RingState.TOLD)  # fmt: skip
    stopped = Reach.objects.create(person=stop, state=State.STOPPED, **now)
    company = Company.objects.create(
        person=ana, other=three[1], calls_help=True, where="12 Mill Lane",
        asked_at=timezone.now(), until=timezone.now() + timedelta(hours=1),
    )  # fmt: skip
    return {
        "stay": (three[0], "/now/stay/"),
        "asked to stay": (three[1], company.get_absolute_url()),
        "stayed": (three[1], "/now/stay/over/"),
        "ringing": (ana, ringing.get_absolute_url()),
        "rung": (three[0], rung.get_absolute_url()),
        "nobody": (omar, lines.get_absolute_url()),
        **notes(three),
        "answered": (una, answered.get_absolute_url()),
        "over": (three[2], told.get_absolute_url()),
        "stopped": (stop, stopped.get_absolute_url()),
        "after": (una, f"/now/to/{answered.token}/after/"),
        "before": (omar, "/now/"),
        "willing": (three[0], "/now/willing/"),
        "turns": (three[0], "/now/turns/"),
    }


def notes(three: list[Person]) -> dict[str, tuple[Person, str]]:
    """Return the pages of a note: that of who sent it, and that of who has it; and the way back."""
    pat, quin, sam, tess = (longtime(name) for name in ("Pat", "Quin", "Sam", "Tess"))
    circle_of(pat, quin)
    reach = unanswered(pat, three[1])
    actions.ask_to_sit(reach=reach, at=timezone.now())
    talks = actions.answer(ring=unanswered(sam, tess).rings.get(), at=timezone.now())
    assert talks.room
    return {
        "note sent": (pat, reach.get_absolute_url()),
        "note not sent": (quin, unanswered(quin, three[2]).get_absolute_url()),
        "note": (three[1], reach.rings.get().get_absolute_url()),
        "back to a talk": (sam, "/now/"),
    }


def unanswered(asker: Person, person: Person) -> Reach:
    """Return a reach of `asker` to which `person` did not come."""
    now = timezone.now()
    reach = Reach.objects.create(person=asker, state=State.LINES, started_at=now, rings_until=now)
    Ring.objects.create(reach=reach, person=person, rung_at=now, until=now, p=1,
                        state=RingState.MISSED)  # fmt: skip
    return reach


def test_pages_are_accessible(
    page: Page, ana: Person, three: list[Person], live_server: LiveServer
):
    for name, (who, path) in every_page(ana, three).items():
        let_in(page, who, live_server)
        page.goto(path)
        assert (name, violations(page)) == (name, [])


@pytest.mark.parametrize("look", [NARROW, ZOOMED, SMALL], ids=lambda look: look.name)
def test_pages_never_scroll_sideways(
    browse: Browse, look: Look, ana: Person, three: list[Person], live_server: LiveServer
):
    page = browse(look)

    for name, (who, path) in every_page(ana, three).items():
        let_in(page, who, live_server)
        page.goto(path)
        assert (name, sideways_px(page)) == (name, 0)


def test_three_are_rung_the_second_answers_and_both_land_in_a_room(
    browse: Browse,
    ana: Person,
    three: list[Person],
    live_server: LiveServer,
    witness: Witness,
):
    phones = {}
    for person in (ana, *three):
        phones[person.called] = browse(PHONE)
        let_in(phones[person.called], person, live_server)
    for person in three:
        phones[person.called].goto("/about/")

    caller = phones["Ana"]
    caller.goto("/about/")
    caller.get_by_role("link", name="I need someone now").last.click()
    caller.get_by_role("button", name="Ring now").click()
    expect(caller.get_by_role("heading", name="Ringing")).to_be_visible()
    for person in three:
        bar = phones[person.called].get_by_role("link", name="Somebody is asking for you")
        expect(bar).to_be_visible()
        bar.click()
        expect(phones[person.called].get_by_role("button", name="Answer")).to_be_visible()

    phones["Kofi"].get_by_role("button", name="Answer").click()
    phones["Kofi"].wait_for_url("**/room/**")
    # No other tap: who asked is led to who answered.
    caller.wait_for_url("**/room/**")
    # Whoever is second is told so, with a status that says it.
    witness.expected.add(f"{phones['Ruth'].url}answer/")
    phones["Ruth"].get_by_role("button", name="Answer").click()

    expect(phones["Ruth"].get_by_text("They are talking with somebody now.")).to_be_visible()
    assert caller.url == phones["Kofi"].url
    assert Room.objects.count() == 1


def test_nobody_answers_then_the_open_room_then_the_lines(
    phone: Page, ana: Person, three: list[Person], live_server: LiveServer
):
    joan = longtime("Joan")
    keeps(joan)
    let_in(phone, ana, live_server)
    phone.goto("/now/")
    phone.get_by_role("button", name="Ring now").click()
    expect(phone.get_by_role("heading", name="Ringing")).to_be_visible()

    over(Reach.objects.get())
    expect(phone.get_by_role("heading", name="Nobody yet.")).to_be_visible()
    expect(phone.get_by_text("Kept tonight by Joan.")).to_be_visible()
    expect(phone.get_by_role("heading", name="Always open, day and night")).to_be_visible()
    joan.turns.all().delete()
    phone.reload()

    expect(phone.locator("a.lamp.big")).to_have_attribute("href", "tel:988")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_note_is_sent_seen_within_the_hour_and_both_land_in_a_room(
    browse: Browse, ana: Person, three: list[Person], live_server: LiveServer, script: bool
):
    sender, reader = (browse(PHONE, java_script_enabled=script) for _ in range(2))
    let_in(sender, ana, live_server)
    let_in(reader, three[1], live_server)
    reach = asked(ana)
    over(reach)
    sender.goto(reach.get_absolute_url())
    sender.get_by_role("button", name="Send: can you sit with me?").click()
    expect(sender.get_by_text("Your note is with them.")).to_be_visible()

    reader.goto("/tonight/")
    reader.get_by_role("link", name="Ana asks whether you can sit with them.").click()
    reader.get_by_role("button", name="I can sit with you").click()
    reader.wait_for_url("**/room/**")

    if script:
        sender.wait_for_url("**/room/**")
    else:
        # The page looks again by itself.
        expect(sender.get_by_role("heading", name="Kofi is here.")).to_be_visible()


def test_note_is_sent_and_taken_back_by_keyboard(
    phone: Page, ana: Person, three: list[Person], live_server: LiveServer
):
    let_in(phone, ana, live_server)
    reach = asked(ana)
    over(reach)
    phone.goto(reach.get_absolute_url())

    phone.get_by_role("button", name="Send: can you sit with me?").focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Your note is with them.")).to_be_visible()
    phone.get_by_role("button", name="Take the note back").focus()
    phone.keyboard.press("Enter")

    expect(phone.get_by_text("Your note is with them.")).to_have_count(0)
    assert set(Ring.objects.values_list("state", flat=True)) == {RingState.ENDED}


def test_whoever_looks_for_a_voice_finds_back_to_their_talk(
    phone: Page, ana: Person, three: list[Person], live_server: LiveServer
):
    ring = asked(ana).rings.get(person=three[0])
    actions.answer(ring=ring, at=timezone.now())
    let_in(phone, ana, live_server)

    phone.goto("/now/")
    phone.get_by_role("link", name="Back to your talk").click()

    phone.wait_for_url("**/room/**")


def test_open_room_opens_for_whoever_walks_in(phone: Page, ana: Person, live_server: LiveServer):
    keeps(longtime("Joan"))
    let_in(phone, ana, live_server)

    phone.goto("/now/")
    phone.get_by_role("button", name="Walk into the open room").click()

    phone.wait_for_url("**/room/**")


def test_all_of_it_works_without_javascript(
    browse: Browse, ana: Person, three: list[Person], live_server: LiveServer
):
    caller, answerer = (browse(PHONE, java_script_enabled=False) for _ in range(2))
    let_in(caller, ana, live_server)
    let_in(answerer, three[0], live_server)

    caller.goto("/now/")
    caller.get_by_role("button", name="Ring now").click()
    ring = Ring.objects.get(person=three[0])
    answerer.goto(ring.get_absolute_url())
    answerer.get_by_role("button", name="Answer").click()
    answerer.wait_for_url("**/room/**")

    # The page looks again by itself.
    expect(caller.get_by_role("heading", name="Ruth is here.")).to_be_visible()


def test_blocked_person_sees_and_hears_nothing(
    browse: Browse, ana: Person, three: list[Person], live_server: LiveServer
):
    apart(ana, three[0])
    blocked = browse(PHONE)
    let_in(blocked, three[0], live_server)
    blocked.goto("/about/")

    reach = asked(ana)
    blocked.wait_for_timeout(6_000)

    assert not Ring.objects.filter(reach=reach, person=three[0]).exists()
    assert blocked.get_by_role("link", name="Somebody is asking for you").count() == 0


def test_stop_and_one_tap_afterwards(
    phone: Page, ana: Person, three: list[Person], live_server: LiveServer
):
    let_in(phone, ana, live_server)
    phone.goto("/now/")
    phone.get_by_role("button", name="Ring now").click()
    phone.get_by_role("button", name="Stop ringing").click()
    phone.get_by_role("link", name="I am all right now").click()
    phone.get_by_role("button", name="I used").click()

    expect(phone.get_by_role("heading", name="You are still welcome here.")).to_be_visible()


def test_whoever_is_not_in_finds_lines_and_no_ring(phone: Page):
    phone.goto("/now/")

    expect(phone.locator("a.lamp.big")).to_have_attribute("href", "tel:988")
    assert phone.get_by_role("button", name="Ring now").count() == 0


def test_what_is_kept_for_offline_names_nobody(
    phone: Page, ana: Person, three: list[Person], live_server: LiveServer, witness: Witness
):
    let_in(phone, ana, live_server)
    phone.goto("/about/")
    phone.evaluate("navigator.serviceWorker.ready")
    phone.wait_for_function("() => navigator.serviceWorker.controller !== null")

    kept = phone.evaluate(
        """async () => {
          const names = await caches.keys();
          const shelf = await caches.open(names.find((name) => name.startsWith("kith-now-")));
          return (await shelf.match("/now/", { ignoreVary: true })).text();
        }"""
    )

    assert "988" in kept
    assert "Ruth" not in kept


# ---- without internet ----------------------------------------------------------------------------
def visit_once(page: Page, path: str) -> None:
    """Open `path` and wait until the worker stands before the network."""
    page.goto(path)
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")


def test_tap_without_internet_leads_to_the_lines_and_says_so(
    phone: Page, ana: Person, three: list[Person], live_server: LiveServer
):
    let_in(phone, ana, live_server)
    visit_once(phone, "/now/")

    phone.context.set_offline(True)
    phone.get_by_role("button", name="Ring now").click()

    expect(phone.get_by_text("There is no internet just now")).to_be_visible()
    expect(phone.locator("a.lamp.big")).to_have_attribute("href", "tel:988")
    assert not Reach.objects.exists()
    phone.context.set_offline(False)
    phone.goto("/now/")
    phone.get_by_role("button", name="Ring now").click()
    expect(phone.get_by_role("heading", name="Ringing")).to_be_visible()


def test_answer_without_internet_leads_to_the_lines_and_says_so(
    phone: Page, ana: Person, three: list[Person], live_server: LiveServer
):
    ring = asked(ana).rings.get(person=three[0])
    let_in(phone, three[0], live_server)
    visit_once(phone, ring.get_absolute_url())

    phone.context.set_offline(True)
    phone.get_by_role("button", name="Answer").click()

    expect(phone.get_by_text("There is no internet just now")).to_be_visible()


def test_ringing_page_says_that_the_internet_is_gone_and_goes_on_when_it_is_back(
    phone: Page, ana: Person, three: list[Person], live_server: LiveServer
):
    let_in(phone, ana, live_server)
    phone.goto("/now/")
    phone.get_by_role("button", name="Ring now").click()
    # A click is over when the page begins to come: what looks again has to have come, too.
    expect(phone.get_by_role("heading", name="Ringing")).to_be_visible()
    phone.wait_for_load_state("load")

    phone.context.set_offline(True)
    expect(phone.get_by_text("No internet just now. We keep looking")).to_be_visible()
    expect(phone.get_by_role("heading", name="Always open, day and night")).to_be_visible()
    actions.answer(ring=Ring.objects.get(person=three[0]), at=timezone.now())
    phone.context.set_offline(False)

    phone.wait_for_url("**/room/**")


def test_what_looks_again_is_there_even_if_the_internet_goes_while_the_page_comes(
    phone: Page, ana: Person, three: list[Person], live_server: LiveServer
):
    let_in(phone, ana, live_server)
    visit_once(phone, "/now/")
    script = phone.locator("link[rel=prefetch]").get_attribute("href")

    phone.context.set_offline(True)

    assert "data-no-way" in phone.evaluate("path => fetch(path).then(it => it.text())", script)


def test_two_taps_at_once_are_one_ringing(
    phone: Page, ana: Person, three: list[Person], live_server: LiveServer
):
    let_in(phone, ana, live_server)
    phone.goto("/now/")

    phone.get_by_role("button", name="Ring now").dblclick()

    expect(phone.get_by_role("heading", name="Ringing")).to_be_visible()
    assert Reach.objects.count() == 1
    assert Ring.objects.count() == len(three)


def test_whoever_stays_reads_when_their_page_cannot_look_and_when_it_is_over(
    phone: Page, ana: Person, three: list[Person], live_server: LiveServer, witness: Witness
):
    agreed = actions.Agreed(by=By.TAPS, every=10, hours=1, calls_help=False)
    company = actions.ask_to_stay(person=ana, other=three[0], agreed=agreed, at=timezone.now())
    actions.stay(company=company, at=timezone.now())
    let_in(phone, three[0], live_server)
    phone.clock.install()
    phone.goto(company.get_absolute_url())
    expect(phone.get_by_role("heading", name="Ana is there.")).to_be_visible()

    phone.context.set_offline(True)
    phone.clock.run_for(20_000)
    expect(phone.get_by_text("this page cannot see whether they tap")).to_be_visible()
    phone.context.set_offline(False)
    Company.objects.update(here_at=timezone.now() - timedelta(minutes=12))
    phone.clock.run_for(20_000)
    expect(phone.get_by_role("heading", name="Ana has not answered.")).to_be_visible()
    witness.expected.add(phone.url)
    actions.end_company(company=company, by=ana)
    phone.clock.run_for(20_000)

    expect(phone.get_by_role("heading", name="It is over, and forgotten.")).to_be_visible()


def test_somebody_lets_themselves_be_rung(phone: Page, ana: Person, live_server: LiveServer):
    let_in(phone, ana, live_server)

    phone.goto("/now/willing/")
    phone.get_by_label("Anybody here").check()
    phone.get_by_role("button", name="Yes, I may be rung").click()

    expect(phone.get_by_text("You may be rung.")).to_be_visible()
    ana.refresh_from_db()
    assert ana.willing.open_to == OpenTo.ANYBODY


def test_ringing_and_answering_lie_under_a_thumb(
    browse: Browse, ana: Person, three: list[Person], live_server: LiveServer
):
    page = browse(SMALL)
    pages = every_page(ana, three)

    for name, button in (("before", "Walk"), ("rung", "Answer"), ("ringing", "Stop ringing")):
        who, path = pages[name]
        let_in(page, who, live_server)
        page.goto(path)
        found = page.get_by_role("button", name=button)
        if found.count():
            assert (name, found.first.bounding_box()["height"] >= THUMB_PX) == (name, True)


def test_answer_that_comes_late_still_brings_them_together(
    phone: Page, ana: Person, three: list[Person], live_server: LiveServer
):
    let_in(phone, ana, live_server)
    phone.goto("/now/")
    phone.get_by_role("button", name="Ring now").click()
    expect(phone.get_by_role("heading", name="Ringing")).to_be_visible()
    reach = Reach.objects.get()
    over(reach)
    expect(phone.get_by_role("heading", name="Nobody yet.")).to_be_visible()

    ring = Ring.objects.select_related("person").get(person=three[2])
    actions.answer(ring=ring, at=timezone.now())

    phone.wait_for_url("**/room/**")

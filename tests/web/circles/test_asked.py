"""Who is asked reads an hour, a way and true things, and nothing of anybody; and answers."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.web.circles.making import circle_with, somebody, wishing
from tests.web.messages.making import inside

from kith.web.circles import actions
from kith.web.circles.choices import Answer, ChairState, CircleState, Way
from kith.web.circles.models import Chair, Circle, Wish
from kith.web.notices import queries as notices
from kith.web.people import actions as people_actions
from kith.web.people.choices import Topic
from kith.web.people.models import Person
from kith.web.safety.choices import Kind
from kith.web.safety.models import Distance, Pause

pytestmark = pytest.mark.django_db

NAMES = ("Ada", "Ben", "Cem", "Dev", "Eva", "Fay")


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def path_to(circle: Circle) -> str:
    return f"/circle/{circle.token}/asked/"


def asked_six(**more: Any) -> dict[str, Chair]:
    """Return the chairs of six who are asked for one circle, by what they are called."""
    for name in NAMES:
        wishing(name, **more)
    actions.form_circles(at=datetime.now(UTC), seed=7)
    found = {chair.person.called: chair for chair in Chair.objects.select_related("person")}
    assert set(found) == set(NAMES)
    return found


def say(chair: Chair, answer: Answer, *, at: datetime | None = None) -> None:
    actions.answer(chair=chair, answer=answer, at=at or datetime.now(UTC))


def state(chair: Chair) -> str:
    chair.refresh_from_db()
    return chair.state


# ---- what is read -----------------------------------------------------------------------------
def test_asked_page_says_hour_way_things_and_what_all_agree_to() -> None:
    things = [{"practice": "choir"}, {"receives": "walk"}, {"gives": "meal"}]
    ada = wishing("Ada")
    circle = circle_with(ada, ChairState.ASKED)
    circle.chairs.update(reasons={"things": things})
    browser = inside(ada)
    browser.cookies["tz"] = "Europe/London"

    page = text(browser.get(path_to(circle)))

    for words in (
        "Every Thursday, 7 pm",
        "Thursday, 7 pm to 8 pm, every week.",
        "Online. You see each other on a screen",
        "You and somebody there both like: Singing together.",
        "Somebody there can give what you would like: A walk.",
        "Somebody there would like what you can give: A meal.",
        "What is said there stays there.",
        "Nobody lends, sells or asks for money.",
        "No pressure",
        "The first meeting is online, or in a public place.",
    ):
        assert words in page
    assert "That is by your clock" not in page
    for answer in Answer:
        assert f'name="answer" value="{answer}"' in page


def test_hour_is_said_by_the_clock_of_who_reads_it_and_by_that_of_the_circle() -> None:
    ada = wishing("Ada")
    circle = circle_with(ada, ChairState.ASKED)
    browser = inside(ada)
    browser.cookies["tz"] = "Europe/Paris"

    page = text(browser.get(path_to(circle)))

    assert "Every Thursday, 8 pm" in page
    assert "The circle keeps that of London: Thursday, 7 pm there." in page


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({}, "somewhere within reach of you. You choose the place together."),
        ({"state": CircleState.MEETS, "place": "The back room"}, "You see the place when you sit"),
    ],
)
def test_place_is_said_to_those_who_sit_only(more: dict[str, Any], says: str) -> None:
    ada = wishing("Ada")
    circle = circle_with(ada, ChairState.ASKED)
    Circle.objects.filter(pk=circle.pk).update(way=Way.IN_PERSON, **more)

    page = text(inside(ada).get(path_to(circle)))

    assert says in page
    assert "The back room" not in page


def test_every_reason_has_its_words_and_a_code_that_is_no_more_has_none() -> None:
    ada = wishing("Ada")
    circle = circle_with(ada, ChairState.ASKED)
    things = [{"met": True}, {"language": "es"}, {"hour": True}, {"small": True}, {"gives": "x"}]
    circle.chairs.update(reasons={"things": things})

    page = text(inside(ada).get(path_to(circle)))

    assert "You have met somebody there before." in page
    assert "All of you speak Español." in page
    assert "All of you have time at this hour." in page
    assert "It is small: six chairs at most." in page
    assert page.count("what you can give") == 0


def test_asked_page_holds_no_name_hour_or_thing_of_anybody_else() -> None:
    chairs = asked_six(
        brings="brings a drum", said={"living_with": "the bottle", "role": "a nurse"}
    )
    ben = chairs["Ben"].person
    people_actions.say(person=ben, topic=Topic.PRACTICES, value=["surf_therapy"])

    page = text(inside(chairs["Ada"].person).get(path_to(chairs["Ada"].circle)))

    main = page[page.index("<main") : page.index("</main>")]
    others = [chair.person for name, chair in chairs.items() if name != "Ada"]
    for never in (
        *(person.called for person in others),
        *(str(person.pk) for person in others),
        *(person.pk.hex for person in others),
        "drum", "bottle", "nurse", "Surfing", "10 pm", "Monday 6 pm to", "waits",
    ):  # fmt: skip
        assert never not in main


def test_only_among_whom_it_is_stands_there() -> None:
    ada = wishing("Ada")
    circle = circle_with(ada, ChairState.ASKED, only_among=["women"])

    assert "Only among: Women only." in text(inside(ada).get(path_to(circle)))


# ---- doors ------------------------------------------------------------------------------------
def test_nobody_but_who_is_asked_learns_that_there_is_a_question() -> None:
    ada, una = wishing("Ada"), wishing("Una")
    circle = circle_with(ada, ChairState.ASKED)
    left = circle_with(una, ChairState.LEFT)
    browser = inside(una)

    never = browser.get("/circle/never-was/asked/")
    for closed in (circle, left):
        assert browser.get(path_to(closed)).status_code == 404
        assert _bare(browser.get(path_to(closed))) == _bare(never)
        sent = browser.post(path_to(closed), {"answer": "yes"})
        assert sent.status_code == 404
    assert Client().get(path_to(circle))["Location"].startswith("/enter/?next=")
    Pause.objects.create(person=ada, until=timezone.now() + timedelta(days=3))
    assert inside(ada).get(path_to(circle)).status_code == 403


def _bare(answer: Any) -> str:
    found = text(answer).replace(answer.wsgi_request.path, "HERE")
    return "\n".join(line for line in found.splitlines() if "csrfmiddlewaretoken" not in line)


def test_outsider_is_asked_for_no_more_than_one_who_never_was() -> None:
    circle = circle_with(wishing("Ada"), ChairState.ASKED)
    browser = inside(wishing("Una"))
    browser.get("/you/")

    asked = []
    for path in (path_to(circle), "/circle/never-was/asked/"):
        with CaptureQueriesContext(connection) as questions:
            browser.get(path)
        asked.append([len(one["sql"].split("%s")) for one in questions.captured_queries])

    assert asked[0] == asked[1]
    assert asked[0] != []


# ---- what is answered -------------------------------------------------------------------------
def test_yes_is_kept_until_enough_said_so_and_can_be_taken_back() -> None:
    chairs = asked_six()
    browser, path = inside(chairs["Ada"].person), path_to(chairs["Ada"].circle)

    yes = browser.post(path, {"answer": "yes"}, follow=True)
    told = text(yes)
    back = browser.post(path, {"answer": "not_now"}, follow=True)

    assert "You said yes" in told
    assert 'value="yes"' not in told
    assert "Not now, then." in text(back)
    assert state(chairs["Ada"]) == ChairState.NOT_NOW
    assert "Look for me again now" in text(back)


def test_fourth_yes_leads_to_the_circle() -> None:
    chairs = asked_six()
    for name in ("Ada", "Ben", "Cem"):
        say(chairs[name], Answer.YES)
    browser, circle = inside(chairs["Dev"].person), chairs["Dev"].circle

    browser.post(path_to(circle), {"answer": "yes"})

    assert browser.get(path_to(circle))["Location"] == f"/circle/{circle.token}/"
    assert state(chairs["Ada"]) == ChairState.SITS


@pytest.mark.parametrize(
    ("answer", "says"), [("another", "Then another one."), ("not_now", "Not now, then.")]
)
def test_no_is_answered_kindly_and_nobody_is_told(answer: str, says: str) -> None:
    chairs = asked_six()
    say(chairs["Ben"], Answer.YES)
    before = {name: len(notices.unseen(chair.person)) for name, chair in chairs.items()}

    page = inside(chairs["Ada"].person).post(
        path_to(chairs["Ada"].circle), {"answer": answer}, follow=True
    )

    assert says in text(page)
    after = {name: len(notices.unseen(chair.person)) for name, chair in chairs.items()}
    assert after == {**before, "Ada": 0}
    asked = text(inside(chairs["Ben"].person).get(path_to(chairs["Ben"].circle)))
    assert "Ada" not in asked


@pytest.mark.parametrize("sent", [{}, {"answer": "perhaps"}, {"answer": ["", "no"]}])
def test_answer_that_is_none_changes_nothing(sent: dict[str, Any]) -> None:
    ada = wishing("Ada")
    circle = circle_with(ada, ChairState.ASKED)

    page = inside(ada).post(path_to(circle), sent)

    assert page.status_code == 400
    assert "Choose one of the answers." in text(page)
    assert state(circle.chairs.get()) == ChairState.ASKED


@pytest.mark.parametrize("late", [ChairState.SILENT, ChairState.NOT_NOW, ChairState.ANOTHER])
def test_late_answer_is_met_kindly(late: ChairState) -> None:
    ada = wishing("Ada")
    circle = circle_with(ada, late)

    page = inside(ada).post(path_to(circle), {"answer": "yes"})

    assert page.status_code == 400
    assert "Every Thursday" not in text(page)
    assert "We look again on Sunday" in text(page)
    assert state(circle.chairs.get()) == late


def test_question_of_a_circle_that_did_not_come_to_be_stays_kind_and_then_is_gone() -> None:
    chairs = asked_six()
    ada, circle = chairs["Ada"].person, chairs["Ada"].circle
    now = datetime.now(UTC)
    say(chairs["Ada"], Answer.YES)

    actions.forget_unanswered(at=now + timedelta(days=22))
    told = [notice.words for notice in notices.unseen(ada)]
    page = inside(ada).get(path_to(circle))
    actions.forget_unanswered(at=now + timedelta(days=53))

    assert "This question is closed." in text(page)
    assert told == [
        "The circle you said yes to does not begin for you this time. We look on, and you come first."
    ]
    assert not Circle.objects.exists()
    assert inside(ada).get(path_to(circle)).status_code == 404
    # Who was silent was told nothing, and finds no notice that leads nowhere.
    assert notices.unseen(chairs["Ben"].person) == []


def test_who_said_yes_in_vain_comes_first() -> None:
    chairs = asked_six()
    now = datetime.now(UTC)
    say(chairs["Ada"], Answer.YES)

    actions.forget_unanswered(at=now + timedelta(days=22))

    first = Wish.objects.filter(circle=True, rests_until=None).order_by("since").first()
    assert first is not None
    assert first.person == chairs["Ada"].person


def test_notice_of_a_question_is_seen_once_the_page_is() -> None:
    ada = asked_six()["Ada"]
    before = [notice.path for notice in notices.unseen(ada.person)]

    inside(ada.person).get(path_to(ada.circle))

    assert before == [path_to(ada.circle)]
    assert notices.unseen(ada.person) == []


# ---- the run after ----------------------------------------------------------------------------
def test_who_would_like_another_is_not_asked_for_the_same_again() -> None:
    chairs = asked_six()
    for name in ("Ada", "Ben", "Cem", "Dev"):
        say(chairs[name], Answer.YES)
    for name in ("Eva", "Fay"):
        say(chairs[name], Answer.ANOTHER)
    circle = chairs["Ada"].circle

    for seed in range(3):
        actions.form_circles(at=datetime.now(UTC) + timedelta(days=7), seed=seed)

    assert {state(chairs[name]) for name in ("Eva", "Fay")} == {ChairState.ANOTHER}
    assert circle.chairs.count() == 6


def test_erasing_oneself_while_asked_stops_nobody() -> None:
    chairs = asked_six()
    for name in ("Ada", "Ben", "Cem"):
        say(chairs[name], Answer.YES)

    people_actions.erase(person=chairs["Ada"].person)
    say(chairs["Dev"], Answer.YES)
    before = Circle.objects.get().state
    say(chairs["Eva"], Answer.YES)

    assert before == CircleState.PROPOSED
    circle = Circle.objects.get()
    assert circle.state == CircleState.MEETS
    assert circle.chairs.filter(state=ChairState.SITS).count() == 4


# ---- two who keep apart -----------------------------------------------------------------------
def keep(one: Chair, other: Chair, kind: Kind = Kind.BLOCK) -> None:
    Distance.objects.create(by=one.person, whom=other.person, kind=kind)


def sitting(circle: Circle) -> set[str]:
    sits = circle.chairs.filter(state=ChairState.SITS).select_related("person")
    return {chair.person.called for chair in sits}


@pytest.mark.parametrize("kind", [Kind.BLOCK, Kind.AVOID])
@pytest.mark.parametrize("order", ["Ada Ben Cem Dev Eva Fay", "Ben Ada Cem Dev Eva Fay", "Cem Dev Eva Fay Ben Ada"])  # fmt: skip
def test_of_two_asked_who_set_the_distance_keeps_the_chair(kind: Kind, order: str) -> None:
    chairs = asked_six()
    keep(chairs["Ada"], chairs["Ben"], kind)

    for name in order.split():
        try:
            say(chairs[name], Answer.YES)
        except actions.OverError:
            assert name == "Ben"

    assert sitting(Circle.objects.get()) == {"Ada", "Cem", "Dev", "Eva", "Fay"}


def test_distance_set_after_both_said_yes_lets_one_go_when_it_begins() -> None:
    chairs = asked_six()
    for name in ("Ada", "Ben", "Cem"):
        say(chairs[name], Answer.YES)
    keep(chairs["Ben"], chairs["Ada"])

    say(chairs["Dev"], Answer.YES)
    before = Circle.objects.get().state
    say(chairs["Eva"], Answer.YES)

    assert before == CircleState.PROPOSED
    assert sitting(Circle.objects.get()) == {"Ben", "Cem", "Dev", "Eva"}
    # Ada comes first elsewhere, and reads what all read.
    assert Wish.objects.get(person=chairs["Ada"].person).since < timezone.localdate() - timedelta(
        60
    )
    assert "This question is closed." in text(
        inside(chairs["Ada"].person).get(path_to(chairs["Ada"].circle))
    )


def test_of_two_who_both_keep_away_one_keeps_the_chair() -> None:
    chairs = asked_six()
    keep(chairs["Ada"], chairs["Ben"])
    keep(chairs["Ben"], chairs["Ada"], Kind.AVOID)

    actions.keep_apart(circle=chairs["Ada"].circle, at=datetime.now(UTC))

    assert sorted((state(chairs["Ada"]), state(chairs["Ben"]))) == ["another", "asked"]


@pytest.mark.parametrize("setter", ["Ada", "Gus"])
def test_nobody_who_sits_is_moved_for_somebody_who_is_asked(setter: str) -> None:
    chairs = asked_six()
    for name in NAMES[:5]:
        say(chairs[name], Answer.YES)
    say(chairs["Fay"], Answer.NOT_NOW)
    wishing("Gus")
    later = datetime.now(UTC) + timedelta(days=7)
    actions.form_circles(at=later, seed=8)
    gus = Chair.objects.get(
        person__in=Person.objects.exclude(pk__in=[c.person_id for c in chairs.values()])
    )
    both = {"Ada": chairs["Ada"], "Gus": gus}
    keep(both.pop(setter), both.popitem()[1])

    with pytest.raises(actions.OverError):
        say(gus, Answer.YES, at=later)

    assert sitting(chairs["Ada"].circle) == set(NAMES[:5])
    # It stays closed.
    assert state(gus) == ChairState.ANOTHER


def test_apart_are_not_brought_together_by_a_repair_either() -> None:
    chairs = asked_six()
    for name in ("Ada", "Cem", "Dev", "Eva"):
        say(chairs[name], Answer.YES)
    for name in ("Ben", "Fay"):
        say(chairs[name], Answer.NOT_NOW)
    actions.wake_wish(person=chairs["Ben"].person)
    gus = wishing("Gus")
    Distance.objects.create(by=gus, whom=chairs["Ada"].person, kind=Kind.BLOCK)
    wishing("Hal")

    for week in range(1, 4):
        at = datetime.now(UTC) + timedelta(days=7 * week)
        actions.form_circles(at=at, seed=week)
        for chair in Chair.objects.filter(state=ChairState.ASKED):
            say(chair, Answer.YES, at=at)

    assert sitting(chairs["Ada"].circle) == {"Ada", "Cem", "Dev", "Eva", "Hal"}


def test_run_begins_by_keeping_apart_and_goes_on() -> None:
    chairs = asked_six()
    keep(chairs["Ada"], chairs["Ben"])
    for name in ("Gus", "Hal", "Ida", "Jan"):
        wishing(name)

    actions.form_circles(at=datetime.now(UTC) + timedelta(days=1), seed=9)

    assert state(chairs["Ada"]) == ChairState.ASKED
    assert state(chairs["Ben"]) == ChairState.ANOTHER
    assert not _together(chairs["Ada"].person, chairs["Ben"].person)


def _together(one: Person, other: Person) -> bool:
    held = (ChairState.ASKED, ChairState.YES, ChairState.SITS)
    return any(
        circle.chairs.filter(person__in=(one, other), state__in=held).count() == 2
        for circle in Circle.objects.all()
    )


def test_who_is_let_go_reads_the_same_whatever_the_reason() -> None:
    chairs = asked_six()
    say(chairs["Ben"], Answer.YES)
    say(chairs["Cem"], Answer.YES)
    keep(chairs["Ada"], chairs["Ben"])
    actions.keep_apart(circle=chairs["Ada"].circle, at=datetime.now(UTC))
    apart = _all_they_see(chairs["Ben"])

    actions.forget_unanswered(at=datetime.now(UTC) + timedelta(days=22))

    assert _all_they_see(chairs["Cem"]) == apart


def _all_they_see(chair: Chair) -> tuple[str, list[str], str, str, Any]:
    browser = inside(chair.person)
    words = [notice.words for notice in notices.unseen(chair.person)]
    everything = text(browser.get("/you/all/")).replace(chair.person.called, "X")
    page = text(browser.get(path_to(chair.circle)))
    main = page[page.index("<main") : page.index("</main>")]
    chair.refresh_from_db()
    return main, words, chair.state, str("keeps" in everything), chair.answered_at


def test_asked_and_their_wish_are_exported_without_reasons() -> None:
    chairs = asked_six()

    page = text(inside(chairs["Ada"].person).get("/you/all/"))

    assert "chairs in circles" in page.lower()
    assert "things" not in page
    assert somebody("Zoe").called not in page

"""Somebody wishes for a circle or a pair: on a page that loses nothing, and hands nothing on."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.web.circles.making import AT, EVENINGS, circle_with, somebody, wishing
from tests.web.messages.making import inside

from kith.web.circles import actions
from kith.web.circles.choices import Answer, ChairState, Reach, Way
from kith.web.circles.models import Chair, Circle, Wish
from kith.web.people import queries as people
from kith.web.people.actions import say
from kith.web.people.choices import ShownTo, Topic
from kith.web.people.choices.week import packed, part_of_day
from kith.web.people.models import Cell, Person
from kith.web.safety.models import Pause

pytestmark = pytest.mark.django_db

MINE, WISH = "/circle/", "/circle/wish/"
LEAST = {"wants": "circle", "way": "3", "reach": "20", "languages": ["en"], "part": ["0-evening"]}
ISLINGTON = Cell.at(51.54, -0.1)


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


# ---- where "Circle" leads ---------------------------------------------------------------------
def test_stranger_reads_what_a_circle_is_and_how_to_come_in() -> None:
    page = Client().get(MINE)

    assert page.status_code == 200
    assert "four to six people" in text(page)
    assert 'href="/enter/?next=/circle/"' in text(page)
    assert 'href="/circle/wish/"' not in text(page)


def test_whoever_wishes_for_nothing_is_led_to_the_form() -> None:
    page = inside(somebody("Ada")).get(MINE)

    assert 'href="/circle/wish/"' in text(page)
    assert 'href="/join/"' not in text(page)


def test_paused_person_reads_why_and_is_led_to_no_form() -> None:
    ada = somebody("Ada")
    Pause.objects.create(person=ada, until=timezone.now() + timedelta(days=3))

    page = inside(ada).get(MINE)

    assert "A steward has asked you to pause" in text(page)
    assert 'href="/circle/wish/"' not in text(page)
    assert inside(ada).get(WISH).status_code == 403


def test_whoever_sits_in_one_circle_is_led_to_it() -> None:
    ada = wishing("Ada")
    circle = circle_with(ada, ChairState.SITS)

    assert inside(ada).get(MINE)["Location"] == f"/circle/{circle.token}/"


def test_whoever_is_asked_once_is_led_to_the_question() -> None:
    ada = wishing("Ada")
    circle = circle_with(ada, ChairState.ASKED)

    assert inside(ada).get(MINE)["Location"] == f"/circle/{circle.token}/asked/"


def test_whoever_sits_and_is_asked_finds_both_on_a_list_that_ends() -> None:
    ada = wishing("Ada")
    sits = circle_with(ada, ChairState.SITS, name="The lamp circle")
    asked = circle_with(ada, ChairState.ASKED)

    page = text(inside(ada).get(MINE))

    assert f'href="/circle/{sits.token}/">The lamp circle</a>' in page
    assert f'href="/circle/{asked.token}/asked/"' in page
    assert "That’s all." in page


def test_list_asks_as_much_for_three_as_for_one(django_assert_num_queries: Any) -> None:
    ada, ben = wishing("Ada"), wishing("Ben")
    for person, many in ((ada, 2), (ben, 3)):
        for _ in range(many):
            circle_with(person, ChairState.ASKED)

    for person in (ada, ben):
        browser = inside(person)
        browser.get("/you/")
        with django_assert_num_queries(4):
            browser.get(MINE)


# ---- waiting ----------------------------------------------------------------------------------
def test_whoever_waits_reads_what_we_look_with_and_no_number_of_others() -> None:
    ada = wishing("Ada", brings="brings soup", roles=["tea"], weeks=3)
    for name in ("Ben", "Cem", "Dev"):
        wishing(name)

    page = text(inside(ada).get(MINE))

    assert "We are looking." in page
    for words in ("Brings soup".lower(), "Make the tea", "Monday 6 pm to 10 pm", "About 20 km"):
        assert words in page
    for never in ("Ben", "Cem", "Dev", "3 weeks", "position", "queue"):
        assert never not in page


def test_page_is_the_same_however_many_wait() -> None:
    browser = inside(wishing("Ada"))
    before = text(browser.get(MINE))
    for number in range(9):
        wishing(f"P{number}", weeks=5)

    after = text(browser.get(MINE))

    assert _bare(before) == _bare(after)


def _bare(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_what_is_missing_is_said() -> None:
    ada = wishing("Ada", way=Way.IN_PERSON)
    ada.said.filter(topic__in=(Topic.HOME, Topic.HOURS)).delete()

    page = text(inside(ada).get(MINE))

    assert 'href="/circle/wish/#home"' in page
    assert 'href="/circle/wish/#hours"' in page
    assert "We are looking." not in page


def test_home_is_not_missing_for_whoever_would_meet_online_too() -> None:
    ada = wishing("Ada", way=Way.EITHER)
    ada.said.filter(topic=Topic.HOME).delete()

    assert "Before we can look" not in text(inside(ada).get(MINE))


def test_wish_rests_wakes_and_is_taken_back() -> None:
    ada = wishing("Ada")
    browser = inside(ada)

    browser.post("/circle/wish/rest/")
    rested = text(browser.get(MINE))
    browser.post("/circle/wish/wake/")
    woken = text(browser.get(MINE))
    browser.post("/circle/wish/take-back/")

    assert "Your wish rests." in rested
    assert "We are looking." in woken
    assert not Wish.objects.exists()
    # What they said of themselves stays theirs.
    assert people.hours_of(ada) == EVENINGS


def test_wish_that_rests_is_not_looked_at_and_goes_on_by_itself() -> None:
    for name in ("Ada", "Ben", "Cem", "Dev"):
        wishing(name)
    actions.rest_wish(person=Person.objects.all()[0], at=AT)

    actions.form_circles(at=AT, seed=7)
    before = Circle.objects.count()
    actions.form_circles(at=AT + timedelta(days=28), seed=7)

    assert (before, Circle.objects.count()) == (0, 1)


def test_taking_a_wish_back_answers_what_is_asked() -> None:
    ada = wishing("Ada")
    circle_with(ada, ChairState.ASKED)
    circle_with(ada, ChairState.YES)
    sits = circle_with(ada, ChairState.SITS)
    Chair.objects.filter(circle=sits).update(looks_on=True)

    actions.take_back_wish(person=ada, at=AT)

    states = [(chair.state, chair.looks_on) for chair in ada.chairs.order_by("pk")]
    assert states == [("not_now", False), ("not_now", False), ("sits", False)]


# ---- the form ---------------------------------------------------------------------------------
def test_least_of_a_wish_is_kept() -> None:
    ada = somebody("Ada")
    browser = inside(ada)
    browser.cookies["tz"] = "Europe/Paris"

    answer = browser.post(WISH, LEAST)

    assert answer["Location"] == MINE
    kept = Wish.objects.get()
    assert (kept.person, kept.circle, kept.pair) == (ada, True, False)
    assert (kept.way, kept.reach, kept.brings) == (Way.EITHER, Reach.TOWN, "")
    assert kept.since == timezone.localdate()
    assert people.hours_of(ada) == part_of_day(0, "evening")
    assert people.clock_of(ada) == "Europe/Paris"
    assert people.said_by(ada, Topic.LANGUAGES) == ["en"]
    assert people.all_said_by(ada).keys() == {Topic.LANGUAGES, Topic.HOURS}


def test_all_of_a_wish_is_kept_and_each_thing_stays_as_hidden_as_it_was() -> None:
    ada = somebody("Ada", spaces=["women", "seniors"])
    gives = {"codes": ["ride"], "words": "I fix bikes"}
    say(person=ada, topic=Topic.GIVES, value=gives, shown_to=ShownTo.CIRCLE)
    say(person=ada, topic=Topic.PRACTICES, value=["choir"], shown_to=ShownTo.HERE)
    more = {
        "wants": "both", "way": "1", "reach": "50", "brings": "brings soup", "roles": ["tea", "door"],
        "practices": ["choir", "hike"], "gives": ["walk"], "receives": ["meal"],
        "only_among": ["women"], "cell": ISLINGTON.code,
    }  # fmt: skip

    inside(ada).post(WISH, {**LEAST, **more})

    kept, said = Wish.objects.get(), people.all_said_by(ada)
    assert (kept.circle, kept.pair, kept.way, kept.reach) == (True, True, 1, 50)
    assert (kept.brings, kept.roles, kept.only_among) == ("brings soup", ["tea", "door"], ["women"])
    assert said[Topic.GIVES].value == {"codes": ["walk"], "words": "I fix bikes"}
    assert said[Topic.RECEIVES].value == {"codes": ["meal"], "words": ""}
    assert said[Topic.HOME].value == [ISLINGTON.row, ISLINGTON.column]
    assert said[Topic.PRACTICES].value == ["choir", "hike"]
    shown = {topic: said[topic].shown_to for topic in said}
    assert (shown[Topic.GIVES], shown[Topic.PRACTICES]) == (ShownTo.CIRCLE, ShownTo.HERE)
    assert (shown[Topic.RECEIVES], shown[Topic.HOURS]) == (ShownTo.ME, ShownTo.ME)


def test_nothing_is_lost_when_something_is_wrong() -> None:
    ada = somebody("Ada", spaces=["women"])
    sent = {
        "wants": "pair", "way": "1", "reach": "5", "brings": "brings soup", "roles": ["tea"],
        "practices": ["choir"], "gives": ["walk"], "receives": ["meal"], "only_among": ["women"],
        "cell": ISLINGTON.code, "part": ["2-night"],
    }  # fmt: skip

    answer = inside(ada).post(WISH, sent)

    assert answer.status_code == 400
    assert not Wish.objects.exists()
    assert set(people.all_said_by(ada)) == {Topic.SPACES}
    page = text(answer)
    assert "Choose one language at least" in page
    for name, value in (
        ("roles", "tea"), ("practices", "choir"), ("gives", "walk"), ("receives", "meal"),
        ("only_among", "women"), ("part", "2-night"),
    ):  # fmt: skip
        assert f'name="{name}" value="{value}" checked' in page
    for name, value in (("wants", "pair"), ("way", "1"), ("reach", "5")):
        assert f'name="{name}" value="{value}" checked' in page
    assert 'value="brings soup"' in page
    assert f'name="cell" value="{ISLINGTON.code}"' in page


@pytest.mark.parametrize(
    ("hours", "says"),
    [
        ({}, "Say when you have time"),
        ({"week": packed([3]), "is_painted": "on"}, "People meet for an hour."),
        ({"week": packed([335, 0]), "is_painted": "on"}, ""),
        ({"week": "no week", "is_painted": "on"}, "These hours did not arrive whole."),
    ],
)
def test_one_whole_hour_is_needed(hours: dict[str, str], says: str) -> None:
    sent = {name: value for name, value in LEAST.items() if name != "part"}

    answer = inside(somebody("Ada")).post(WISH, {**sent, **hours})

    assert answer.status_code == (400 if says else 302)
    assert says in text(answer)


def test_form_comes_with_what_was_said_and_with_the_language_of_the_page() -> None:
    ada = wishing("Ada", brings="brings soup", roles=["tea"], said={"practices": ["choir"]})
    nia = somebody("Nia")

    hers, fresh = (
        text(inside(ada).get(WISH)),
        text(inside(nia).get(WISH, headers={"accept-language": "es"})),
    )

    assert 'name="part" value="0-evening" checked' in hers
    assert 'name="practices" value="choir" checked' in hers
    assert 'value="brings soup"' in hers
    assert 'name="languages" value="es" checked' in fresh
    assert 'name="languages" value="en" checked' not in fresh


def test_who_waits_keeps_since_when_and_who_sat_begins_anew() -> None:
    ada, ben = wishing("Ada", weeks=3), wishing("Ben", weeks=30)
    Wish.objects.filter(person=ben).update(circle=False)

    for person in (ada, ben):
        inside(person).post(WISH, LEAST)

    assert ada.wish.since == AT.date() - timedelta(weeks=3)
    assert Wish.objects.get(person=ben).since == timezone.localdate()


def test_clock_stays_where_the_hours_do_not_change() -> None:
    ada = wishing("Ada")
    browser = inside(ada)
    browser.cookies["tz"] = "Pacific/Auckland"
    evenings = [f"{day}-evening" for day in range(5)]

    browser.post(WISH, {**LEAST, "part": evenings, "week": packed(EVENINGS)})
    before = people.clock_of(ada)
    browser.post(WISH, LEAST)

    assert (before, people.clock_of(ada)) == ("Europe/London", "Pacific/Auckland")


def test_space_that_is_not_theirs_cannot_be_required() -> None:
    ada = somebody("Ada", spaces=["women"])

    answer = inside(ada).post(WISH, {**LEAST, "only_among": ["men"]})

    assert answer.status_code == 400
    assert 'value="men"' not in text(answer)


def test_space_that_somebody_no_longer_says_is_theirs_is_left_out() -> None:
    ada = somebody("Ada", spaces=["women"])
    wished = actions.Wished(
        circle=True, pair=False, way=Way.EITHER, reach=Reach.TOWN, brings="", roles=(),
        only_among=("women", "men"), said={},
    )  # fmt: skip

    assert actions.wish(person=ada, wished=wished, at=AT).only_among == ["women"]


def test_whoever_sits_in_a_circle_may_wish_for_a_pair_only() -> None:
    ada = wishing("Ada")
    circle_with(ada, ChairState.SITS)
    browser = inside(ada)

    page, refused = text(browser.get(WISH)), browser.post(WISH, LEAST)
    browser.post(WISH, {**LEAST, "wants": "pair"})

    assert 'name="wants" value="circle"' not in page
    assert refused.status_code == 400
    kept = Wish.objects.get()
    assert (kept.circle, kept.pair) == (False, True)


def test_whoever_looks_for_another_circle_may_wish_for_one() -> None:
    ada = wishing("Ada")
    circle_with(ada, ChairState.SITS)
    ada.chairs.update(looks_on=True)

    assert inside(ada).post(WISH, LEAST).status_code == 302


# ---- a home, found inside the form ------------------------------------------------------------
SENT = {**LEAST, "wants": "both", "brings": "brings soup", "gives": ["walk"]}


def keeps_all(page: str) -> bool:
    return all(
        one in page
        for one in (
            'name="wants" value="both" checked', 'value="brings soup"',
            'name="gives" value="walk" checked', 'name="part" value="0-evening" checked',
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    ("step", "says"),
    [
        ({"town": "Islington", "look": "1"}, "In which square do you live?"),
        # Whatever is pressed: what was typed there is looked up first.
        ({"town": "Islington"}, "In which square do you live?"),
        ({"town": "Springfield"}, "Which one?"),
        ({"town": "Nowhere-at-all"}, "We do not know that place."),
        ({"town": " ", "look": "1"}, "Type a town or a postcode near you."),
        ({"around": ISLINGTON.code}, "In which square do you live?"),
        ({"square": ISLINGTON.code}, f'name="cell" value="{ISLINGTON.code}"'),
    ],
)
def test_home_is_found_without_losing_or_keeping_anything(step: dict[str, str], says: str) -> None:
    ada = somebody("Ada")

    answer = inside(ada).post(WISH, {**SENT, **step})

    assert answer.status_code == 200
    assert says in text(answer)
    assert keeps_all(text(answer))
    assert "refusal" not in text(answer) or "wrong" not in step
    assert not Wish.objects.exists()
    assert people.all_said_by(ada) == {}


@pytest.mark.parametrize("square", ["", "no square", "99999,1"])
def test_square_that_is_none_is_refused(square: str) -> None:
    ada = somebody("Ada")

    looked = inside(ada).post(WISH, {**SENT, "square": square})
    answer = inside(ada).post(WISH, {**SENT, "cell": square})

    assert looked.status_code == 200
    assert answer.status_code == (400 if square else 302)
    assert people.home_cell_of(ada) is None


def test_wish_of_somebody_else_is_nowhere_on_the_page() -> None:
    wishing("Ben", brings="brings a drum", said={"practices": ["choir"]})

    page = text(inside(somebody("Ada")).get(WISH))

    assert "brings a drum" not in page
    assert 'value="choir" checked' not in page


def test_answer_is_late_only_for_whoever_is_not_asked_any_more() -> None:
    ada = wishing("Ada")
    circle = circle_with(ada, ChairState.NOT_NOW)

    with pytest.raises(actions.OverError):
        actions.answer(chair=circle.chairs.get(), answer=Answer.YES, at=datetime.now(UTC))

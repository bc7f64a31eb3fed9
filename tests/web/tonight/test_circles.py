"""Tonight with circles and pairs: what is next of both, what is asked, and what somebody could do."""

from datetime import UTC, datetime, time, timedelta

import pytest
from tests.web.circles.pairing import both_said_yes, paired
from tests.web.gatherings.hosting import block, comes, held, inside, pause, person
from tests.web.gatherings.making import (
    TUESDAY,
    Clock,
    call,
    forget_everything,
    gatherings,
    meeting,
    take_in,
)
from tests.web.tonight.test_views import html

from kith.web.circles import actions
from kith.web.circles.choices import ChairState, CircleState, Kind, Way
from kith.web.circles.models import Chair, Circle, Favor, Meeting, Presence, Wish
from kith.web.circles.queries import tonight as circles
from kith.web.notices.actions import tell
from kith.web.notices.choices import About
from kith.web.people.actions import say
from kith.web.people.choices import Topic
from kith.web.people.models import Cell

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    forget_everything()
    standing = Clock(monkeypatch)
    standing.stand_at(TUESDAY)
    return standing


@pytest.fixture
def ruth():
    return person("Ruth")


@pytest.fixture
def kofi():
    return person("Kofi")


def circle_of(*people, weekday=1, starts=time(21), state=CircleState.MEETS, **more):
    """Return a circle that meets on Tuesdays at 9 pm in London, with these people in it."""
    made = {"way": Way.IN_PERSON, "zone": "Europe/London", "name": "Lanterns", **more}
    circle = Circle.objects.create(
        weekday=weekday, starts=starts, state=state, asked_at=TUESDAY - 30 * DAY, **made
    )
    for one in people:
        sits(one, circle)
    return circle


def sits(one, circle, state=ChairState.SITS, **more):
    return Chair.objects.create(
        circle=circle, person=one, state=state, asked_at=TUESDAY - DAY, **more
    )


def tonight(somebody):
    browser = inside(somebody)
    browser.cookies["tz"] = "Europe/London"
    return html(browser.get("/tonight/"))


# ---- what is next --------------------------------------------------------------------------------
def test_evening_of_a_circle_is_next(ruth, kofi):
    circle = circle_of(ruth, kofi, place="The library, back room")

    page = tonight(ruth)

    assert '<p class="kicker">Tonight</p>' in page
    assert '<p class="at voice">9 pm</p>' in page
    assert f'<h2><a href="/circle/{circle.token}/">Lanterns</a></h2>' in page
    assert "The library, back room" in page
    assert "That’s all. See you there." in page
    assert "Kofi" not in page


def test_what_is_sooner_is_next_and_the_other_follows(ruth):
    take_in(meeting())
    comes(ruth, gatherings()[0], on=None)
    circle = circle_of(ruth)

    page = tonight(ruth)

    assert page.index("Early Birds") < page.index("After that") < page.index("Lanterns")
    assert "<span>Tonight, 9 pm</span>" in page
    circle.starts = time(18, 30)
    circle.save()
    page = tonight(ruth)
    assert page.index("Lanterns") < page.index("After that") < page.index("Early Birds")
    assert "<span>Tonight, 7 to 8 pm</span>" in page


def test_evening_that_has_begun_is_on_now(ruth):
    circle_of(ruth, starts=time(18, 30), way=Way.ONLINE)

    page = tonight(ruth)

    assert '<p class="kicker">On now</p>' in page
    assert "<p>Online</p>" in page


def test_circle_without_a_name_is_yours(ruth):
    circle_of(ruth, name="")

    assert "Your circle</a></h2>" in tonight(ruth)


@pytest.mark.parametrize("is_off", [True, False])
def test_evening_that_is_off_or_one_cannot_come_to_is_not_next(ruth, is_off):
    circle = circle_of(ruth)
    evening = Meeting.objects.create(circle=circle, on=TUESDAY.date(), is_off=is_off)
    if not is_off:
        Presence.objects.create(meeting=evening, person=ruth, was_there=False)

    page = tonight(ruth)

    assert '<p class="kicker">Tuesday 1 December</p>' in page


@pytest.mark.parametrize("how", ["away", "closed", "left", "proposed"])
def test_circle_somebody_is_not_in_now_is_not_on_their_evening(ruth, how):
    circle = circle_of()
    state = ChairState.LEFT if how == "left" else ChairState.SITS
    away = (TUESDAY + 9 * DAY).date() if how == "away" else None
    sits(ruth, circle, state=state, away_until=away)
    if how in {"closed", "proposed"}:
        circle.state = how
        circle.save()

    assert "Lanterns" not in tonight(ruth)


# ---- what is asked -------------------------------------------------------------------------------
def test_what_somebody_is_asked_is_one_line_and_not_said_twice(ruth):
    circle = circle_of(state=CircleState.PROPOSED)
    sits(ruth, circle, state=ChairState.ASKED)
    path = f"/circle/{circle.token}/asked/"
    tell(person=ruth, about=About.CIRCLE, words="There may be a circle.", path=path)

    page = tonight(ruth)

    assert f'<a href="{path}">There may be a circle for you.</a>' in page
    assert page.count(path) == 1
    assert "For you</h2>" not in page


def test_whoever_answered_is_asked_no_more(ruth):
    sits(ruth, circle_of(state=CircleState.PROPOSED), state=ChairState.YES)

    assert "There may be a circle" not in tonight(ruth)


def test_pair_of_this_week_is_one_line_whoever_it_is_with(ruth, kofi):
    starts = datetime(2026, 11, 26, 19, tzinfo=UTC)
    pair = paired(ruth, kofi, starts_at=starts)
    asked = tonight(ruth)
    both_said_yes(pair, at=TUESDAY)

    line = f'<a href="/pair/{pair.token}/">Thursday, 7 pm: a listening pair</a>'
    assert line in asked
    assert line in tonight(ruth)
    assert "Kofi" not in asked


def test_pair_with_whoever_is_apart_by_now_is_gone(ruth, kofi):
    pair = both_said_yes(paired(ruth, kofi, starts_at=TUESDAY + DAY), at=TUESDAY)
    assert "a listening pair" in tonight(ruth)

    block(kofi, ruth)

    assert "a listening pair" not in tonight(ruth)
    assert "a listening pair" not in tonight(kofi)
    assert pair.token not in tonight(ruth)


def test_whoever_is_paused_reads_of_no_circle(ruth, kofi):
    circle = circle_of(ruth, kofi)
    paired(ruth, kofi, starts_at=TUESDAY + DAY)
    Favor.objects.create(circle=circle, by=kofi, kind=Kind.ASK, words="Walk?", made_at=TUESDAY)
    pause(ruth)

    page = tonight(ruth)

    for gone in ("Lanterns", "a listening pair", "Walk?"):
        assert gone not in page


# ---- what somebody could do ----------------------------------------------------------------------
def asks(by, circle, words="Could someone sit with me at the clinic?", **more):
    made = {"kind": Kind.ASK, "made_at": TUESDAY - DAY, **more}
    return Favor.objects.create(circle=circle, by=by, words=words, **made)


def test_one_ask_from_the_circle_is_shown(ruth, kofi):
    circle = circle_of(ruth, kofi)
    asks(kofi, circle)

    page = tonight(ruth)

    assert "Kofi could use a hand" in page
    assert "“Could someone sit with me at the clinic?”" in page
    assert f'href="/circle/{circle.token}/#asks"' in page
    # Nobody is asked for what they ask themselves.
    assert "could use a hand" not in tonight(kofi)


@pytest.mark.parametrize("how", ["taken", "done", "offer", "other circle", "blocked", "paused"])
def test_ask_that_is_not_theirs_to_answer_is_not_shown(ruth, kofi, how):
    circle = circle_of(ruth, kofi)
    other = circle_of(kofi)
    more = {
        "taken": {"taken_by": person("Teo")},
        "done": {"done_on": TUESDAY.date()},
        "offer": {"kind": Kind.OFFER},
    }.get(how, {})
    asks(kofi, other if how == "other circle" else circle, **more)
    if how == "blocked":
        block(ruth, kofi)
    if how == "paused":
        pause(kofi)

    assert "clinic" not in tonight(ruth)


def test_where_nothing_else_is_one_gathering_to_try_is_suggested(ruth, kofi):
    take_in(
        meeting(),
        call("Choir Online", slug="choir", day=3, time="18:00", end_time="19:00", types=["SING"]),
    )
    for gathering in gatherings():
        gathering.practice = "choir"
        gathering.save()
    forget_everything()
    say(person=ruth, topic=Topic.PRACTICES, value=["choir"])
    cell = Cell.at(51.5, -0.1)
    say(person=ruth, topic=Topic.HOME, value=[cell.row, cell.column])
    first, second = gatherings()
    comes(ruth, first, on=None)
    comes(kofi, second, on=None)

    page = tonight(ruth)

    assert "Something you could try" in page
    assert f'href="/gatherings/{second.slug}/"' in page.split("Something you could try")[1]
    assert "Kofi" not in page


def test_nothing_is_suggested_where_there_is_something_to_read(ruth):
    take_in(meeting())
    gathering = gatherings()[0]
    gathering.practice = "choir"
    gathering.save()
    forget_everything()
    say(person=ruth, topic=Topic.PRACTICES, value=["choir"])
    cell = Cell.at(51.5, -0.1)
    say(person=ruth, topic=Topic.HOME, value=[cell.row, cell.column])
    assert "Something you could try" in tonight(ruth)

    tell(person=ruth, about=About.MOVED, words="It is moved.", path="/gatherings/x/")

    assert "Something you could try" not in tonight(ruth)


def test_quiet_evening_with_a_suggestion_asks_the_database_seldom(
    ruth, django_assert_max_num_queries
):
    take_in(meeting())
    gathering = gatherings()[0]
    gathering.practice = "choir"
    gathering.save()
    forget_everything()
    say(person=ruth, topic=Topic.PRACTICES, value=["choir"])
    cell = Cell.at(51.5, -0.1)
    say(person=ruth, topic=Topic.HOME, value=[cell.row, cell.column])
    browser = inside(ruth)
    assert "Something you could try" in html(browser.get("/tonight/"))

    # Session, person, answers, circles, notices, what they like; once a second, what is new.
    with django_assert_max_num_queries(7):
        browser.get("/tonight/")


def test_nothing_is_suggested_to_who_said_nothing_or_goes_to_all_of_it(ruth):
    take_in(meeting())
    [gathering] = gatherings()
    gathering.practice = "choir"
    gathering.save()
    forget_everything()
    assert "Something you could try" not in tonight(ruth)
    say(person=ruth, topic=Topic.PRACTICES, value=["choir"])
    comes(ruth, gathering, on=None)

    assert "Something you could try" not in tonight(ruth)


# ---- somebody from another circle ------------------------------------------------------------------
def came(somebody, circle, *, times):
    for week in range(times):
        evening, _new = Meeting.objects.get_or_create(
            circle=circle, on=(TUESDAY - (week + 1) * 7 * DAY).date()
        )
        Presence.objects.create(meeting=evening, person=somebody, was_there=True)


def days_on_which_it_is_said(somebody, clock, days=56):
    found = []
    for day in range(days):
        clock.stand_at(TUESDAY + day * DAY)
        if "listen to somebody from another circle?" in tonight(somebody):
            found.append(day)
    return found


def test_after_three_evenings_it_is_said_once_in_four_weeks_that_one_could_listen(ruth, clock):
    circle = circle_of(ruth)
    came(ruth, circle, times=3)

    first, second = days_on_which_it_is_said(ruth, clock)

    assert second - first == 28


def test_it_is_not_said_sooner_or_to_who_wishes_for_it(ruth, kofi, clock):
    circle = circle_of(ruth, kofi)
    came(ruth, circle, times=2)
    came(kofi, circle, times=3)
    Wish.objects.create(person=kofi, pair=True, since=TUESDAY.date())

    assert days_on_which_it_is_said(ruth, clock, days=28) == []
    assert days_on_which_it_is_said(kofi, clock, days=28) == []


@pytest.mark.parametrize("count", [1, 3])
def test_circles_are_one_question_however_many(ruth, kofi, count, django_assert_num_queries):
    for number in range(count):
        circle = circle_of(ruth, kofi, name=f"Circle {number}")
        asks(kofi, circle)
        sits(ruth, circle_of(state=CircleState.PROPOSED), state=ChairState.ASKED)
    both_said_yes(paired(ruth, kofi, starts_at=TUESDAY + DAY), at=TUESDAY)

    with django_assert_num_queries(1):
        glance = circles.glance_of(ruth, zone="Europe/London", now=TUESDAY)

    assert len(glance.evenings) == count
    assert len(glance.lines) == count + 1
    assert glance.ask is not None


def test_held_gathering_that_comes_second_keeps_its_hosts_word_for_the_notices(ruth, kofi):
    early = held(kofi)
    comes(ruth, early)
    circle_of(ruth, starts=time(18, 45))
    words = "Kofi will look out for you at the door."
    tell(person=ruth, about=About.GREETING, words=words, path=early.get_absolute_url())

    assert words in tonight(ruth)


def test_pair_answered_no_stays_a_line_that_tells_nothing(ruth, kofi):
    pair = paired(ruth, kofi, starts_at=TUESDAY + DAY)
    silent = tonight(ruth)

    actions.answer_pair(pair=pair, person=kofi, is_yes=False, at=TUESDAY)

    assert tonight(ruth) == silent

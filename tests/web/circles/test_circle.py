"""The page of a circle: who sees it, and what stands on it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.web.circles.making import chair_of, circle_of, longtime, met, seat, told
from tests.web.safety.meeting import (
    browser_of,
    html,
    nothing_there,
    paused,
    reference,
    said,
    tell,
)

from kith.web.circles import access, actions
from kith.web.circles.choices import ChairState, CircleState
from kith.web.circles.choices import Kind as Side
from kith.web.circles.models import Chair, Circle, Favor, HardWeek, Presence
from kith.web.circles.queries.circle import page_of
from kith.web.circles.queries.evenings import WEEK
from kith.web.circles.queries.scripts import Script
from kith.web.people.actions import say
from kith.web.people.choices import ShownTo, Topic
from kith.web.safety.actions import keep_away
from kith.web.safety.choices import Kind

pytestmark = pytest.mark.django_db
LINK = "https://meet.example.org/room-of-thursdays"


def address(circle: Circle, part: str = "circle", **more) -> str:
    return reverse(f"circles:{part}", kwargs={"token": circle.token, **more})


def page(person, circle, *, at=None, zone=""):
    return page_of(chair_of(person, circle), at=at or timezone.now(), zone=zone)


def look(person, circle, part="circle", **more):
    return browser_of(person).get(address(circle, part, **more))


def post(person, circle, part, sent=None, **more):
    return browser_of(person).post(address(circle, part, **more), sent or {})


# ---- whose page it is -----------------------------------------------------------------------
def test_those_who_sit_there_see_each_other(circle, ruth):
    shown = html(look(ruth, circle))

    for name in ("Ruth", "Kofi", "Dev"):
        assert f"<b>{name}</b>" in shown


def test_outsider_finds_nothing(circle, wren):
    assert said(look(wren, circle)) == nothing_there(browser_of(wren))


def test_who_is_only_asked_finds_nothing(circle, wren):
    Chair.objects.create(circle=circle, person=wren, asked_at=timezone.now())

    assert said(look(wren, circle)) == nothing_there(browser_of(wren))


def test_former_one_finds_nothing(circle, dev):
    actions.leave(chair=chair_of(dev, circle), at=timezone.now())

    assert said(look(dev, circle)) == nothing_there(browser_of(dev))


def test_who_blocked_one_of_them_finds_nothing_and_the_other_sees_them_no_more(circle, dev, ruth):
    keep_away(person=dev, other=ruth, kind=Kind.BLOCK)

    assert said(look(dev, circle)) == nothing_there(browser_of(dev))
    assert "<b>Dev</b>" not in html(look(ruth, circle))


def test_paused_one_is_told_so_and_keeps_their_chair(circle, dev, ruth):
    paused(dev)

    answer = look(dev, circle)

    assert answer.status_code == 403
    assert "A pause" in html(answer)
    assert chair_of(dev, circle).state == ChairState.SITS
    assert "<b>Dev</b>" not in html(look(ruth, circle))


def test_circle_that_closed_is_no_more(circle, ruth):
    actions.close(circle=circle, at=timezone.now())

    assert said(look(ruth, circle)) == nothing_there(browser_of(ruth))


def test_page_shows_no_number_but_hours(circle, ruth):
    met(circle, circle.begun_on, *[chair.person for chair in circle.chairs.all()])

    main = html(look(ruth, circle)).split("<main")[1].split("</main>")[0].partition(">")[2]
    text = re.sub(r"<[^>]*>", " ", main)

    hours = r"\d{1,2}:\d\d|\d{1,2} [ap]m|12 noon|12 midnight"
    assert re.findall(r"\d", re.sub(hours, "", text)) == []


def test_page_asks_as_much_of_two_as_of_six(django_assert_num_queries):
    two = circle_of(longtime("Ada"), longtime("Ben"))
    six = circle_of(*[longtime(name) for name in "CDEFGH"])
    for circle in (two, six):
        for chair in circle.chairs.all():
            Favor.objects.create(
                circle=circle, by=chair.person, kind=Side.ASK, words="?", made_at=timezone.now()
            )
            met(circle, circle.begun_on, chair.person)

    def asked_for(circle: Circle) -> None:
        chair = access.open_chair(circle.chairs.first().person, circle.token)
        with django_assert_num_queries(7):
            page_of(chair, at=timezone.now())

    asked_for(two)
    asked_for(six)


# ---- who sits there -------------------------------------------------------------------------
@pytest.mark.parametrize("many", range(1, 7))
def test_table_has_seats_above_and_below_and_whoever_looks_at_the_end(many):
    people = [longtime(name) for name in "ABCDEF"[:many]]
    circle = circle_of(*people)

    found = page(people[0], circle)

    assert len(found.above) + len(found.below) == many
    assert len(found.above) - len(found.below) in {0, 1}
    assert [*found.above, *found.below][-1].person == people[0]
    assert [*found.above, *found.below][-1].words == "you"


def test_seat_says_what_they_bring_or_that_they_are_away(circle, ruth, kofi, dev):
    actions.bring(chair=chair_of(kofi, circle), brings="at the piano")
    actions.say_comes(chair=chair_of(dev, circle), comes=False, at=timezone.now())

    seats = {one.person.called: one for one in page(ruth, circle).above + page(ruth, circle).below}

    assert (seats["Kofi"].words, seats["Kofi"].is_away) == ("at the piano", False)
    assert seats["Dev"].is_away
    assert seats["Dev"].words in {"away tonight", "away this time"}


def test_who_takes_weeks_off_is_away_until_they_are_over(circle, ruth, dev):
    actions.take_weeks_off(chair=chair_of(dev, circle), weeks=2, at=timezone.now())

    def is_away(at):
        found = page(ruth, circle, at=at)
        return {one.person.called: one.is_away for one in found.above + found.below}["Dev"]

    now = timezone.now()
    assert (is_away(now), is_away(now + 1 * WEEK), is_away(now + 2 * WEEK)) == (True, True, False)


def test_each_window_leads_to_what_they_show_to_their_circle(circle, ruth, kofi):
    say(person=kofi, topic=Topic.PRACTICES, value=["choir"], shown_to=ShownTo.CIRCLE)
    say(person=kofi, topic=Topic.LANGUAGES, value=["fr"], shown_to=ShownTo.HOSTS)

    shown = html(look(ruth, circle, "seated", reference=reference(kofi, ruth)))

    assert "<h1>Kofi</h1>" in shown
    assert "What they show to their circle" in shown
    assert "French" not in shown
    assert "/person/" in shown
    assert "/messages/" in shown


def test_nobody_else_is_shown_as_of_the_circle(circle, ruth, wren):
    for browser, ref in (
        (browser_of(ruth), reference(wren, ruth)),
        (browser_of(wren), reference(ruth, wren)),
    ):
        answer = browser.get(address(circle, "seated", reference=ref))
        assert said(answer) == nothing_there(browser)


# ---- the next evening -----------------------------------------------------------------------
def test_times_are_by_the_clock_of_whoever_looks(ruth):
    circle = circle_of(ruth, zone="Europe/London")
    circle.weekday, circle.starts = 3, timezone.datetime(2026, 1, 1, 19).time()
    circle.begun_on = circle.arc_from = timezone.datetime(2026, 1, 8).date()
    circle.save()
    at = timezone.datetime(2026, 1, 8, 12, tzinfo=timezone.get_fixed_timezone(0))

    here = page(ruth, circle, at=at)
    there = page(ruth, circle, at=at, zone="America/New_York")

    assert (here.next.when, here.weekly) == ("Tonight, 7 pm", "Thursdays at 7 pm")
    assert not here.next.is_by_own_clock
    assert (there.next.when, there.weekly) == ("Today, 2 pm", "Thursdays at 2 pm")
    assert there.next.is_by_own_clock
    assert there.next.door == "1:45 pm"


def test_place_and_link_are_set_by_any_of_them(circle, ruth, kofi):
    answer = post(ruth, circle, "where", {"place": "Library, back room", "link": LINK})

    assert answer.status_code == 302
    circle.refresh_from_db()
    assert (circle.place, circle.link) == ("Library, back room", LINK)
    shown = html(look(kofi, circle))
    assert "Library, back room, or in the room below." in shown
    assert LINK not in shown


@pytest.mark.parametrize(
    "link",
    [
        "http://meet.example.org/x",
        "javascript:alert(1)",
        "https://me:pw@meet.example.org",
        "https://",
        "x y",
    ],
)
def test_link_that_is_not_safe_is_refused_and_not_lost(circle, ruth, link):
    answer = post(ruth, circle, "where", {"place": "Library", "link": link})

    assert answer.status_code == 400
    shown = html(answer)
    assert 'value="Library"' in shown
    assert 'role="alert"' in shown
    circle.refresh_from_db()
    assert (circle.place, circle.link) == ("", "")


def test_room_of_the_community_is_set_with_one_tap(circle, ruth, settings):
    settings.KITH_ROOMS = "https://meet.example.org"
    assert "use a room of ours" in html(look(ruth, circle, "where"))

    post(ruth, circle, "where", {"place": "", "link": "", "room": "yes"})

    circle.refresh_from_db()
    assert circle.link.startswith("https://meet.example.org/")


def test_no_room_is_offered_where_there_is_no_server(circle, ruth):
    assert "use a room of ours" not in html(look(ruth, circle, "where"))


def test_door_leads_into_the_room_only_while_it_is_open(ruth):
    soon = circle_of(ruth, starts_in=timedelta(minutes=5), link=LINK)
    later = circle_of(ruth, starts_in=timedelta(minutes=20), link=LINK)

    opened, shut = look(ruth, soon, "door"), look(ruth, later, "door")

    assert (opened.status_code, opened["Location"]) == (302, LINK)
    assert (shut.status_code, shut["Location"]) == (302, address(later))
    assert "Open the door" in html(look(ruth, soon))
    assert "Open the door" not in html(look(ruth, later))
    assert "The door opens at" in html(look(ruth, later))


def test_door_without_a_room_leads_back(ruth):
    circle = circle_of(ruth, starts_in=timedelta(minutes=5))

    assert look(ruth, circle, "door")["Location"] == address(circle)


def test_week_off_is_said_and_taken_back(circle, ruth, kofi):
    post(ruth, circle, "off")
    shown = html(look(kofi, circle))
    on = circle.next_on(at=timezone.now())

    post(kofi, circle, "meets", {"on": on.isoformat()})

    assert "is a week off for all of you." in shown
    assert "is a week off for all of you." not in html(look(kofi, circle))


def test_who_cannot_come_says_so_on_the_page(circle, ruth):
    post(ruth, circle, "coming", {"said": "no"})
    shown = html(look(ruth, circle))

    post(ruth, circle, "coming", {"said": "yes"})

    assert "I can come after all" in shown
    assert "Can’t come this time" in html(look(ruth, circle))


@pytest.mark.parametrize("part", ["coming", "goes_on", "was_there", "meets"])
def test_what_no_button_sends_is_answered_as_nothing(circle, ruth, part):
    assert post(ruth, circle, part, {"said": "perhaps", "on": "2026-02-30"}).status_code == 404


# ---- the name, and what they bring ----------------------------------------------------------
def test_circle_is_called_by_its_day_until_it_has_a_name(circle, ruth, kofi):
    before = html(look(ruth, circle))

    post(ruth, circle, "name", {"name": "The owls"})

    assert f"<h1>The {circle.starts_on(circle.begun_on):%A} circle</h1>" in before
    assert "<h1>The owls</h1>" in html(look(kofi, circle))


def test_name_that_is_too_long_is_not_lost(circle, ruth):
    answer = post(ruth, circle, "name", {"name": "x" * 61})

    assert answer.status_code == 400
    assert "x" * 61 in html(answer)


def test_what_somebody_brings_stands_under_their_name(circle, ruth, kofi):
    post(ruth, circle, "bring", {"brings": "brings biscuits"})

    assert "brings biscuits" in html(look(kofi, circle))
    assert 'value="brings biscuits"' in html(look(ruth, circle, "bring"))


# ---- asks and offers ------------------------------------------------------------------------
def test_ask_goes_round_the_table(circle, ruth, kofi):
    post(ruth, circle, "ask", {"words": "Could someone drive me?"})
    favor = Favor.objects.get()
    number = {"number": favor.pk}
    asked = html(look(kofi, circle))
    post(kofi, circle, "favor_taken", **number)
    taken = html(look(ruth, circle))
    post(ruth, circle, "favor_done", **number)

    assert "<b>Ruth asks</b> Could someone drive me?" in asked
    assert "Kofi can." in taken
    assert "Kofi did." in html(look(ruth, circle))


def test_offer_is_said_as_an_offer(circle, ruth, kofi):
    post(ruth, circle, "offer", {"words": "I can fix a bike."})

    assert "<b>Ruth offers</b> I can fix a bike." in html(look(kofi, circle))
    assert Favor.objects.get().kind == Side.OFFER


def test_ask_of_nothing_or_of_too_much_is_refused_and_not_lost(circle, ruth):
    empty = post(ruth, circle, "ask", {"words": " "})
    long = post(ruth, circle, "ask", {"words": "y" * 201})

    assert "Write it in a few words first." in html(empty)
    assert "y" * 201 in html(long)
    assert not Favor.objects.exists()


def test_ask_beyond_several_is_refused_and_not_lost(circle, ruth):
    for _ in range(5):
        post(ruth, circle, "ask", {"words": "More?"})

    answer = post(ruth, circle, "ask", {"words": "Even more?"})

    assert answer.status_code == 400
    assert "Even more?" in html(answer)
    assert "Several of yours are open." in html(answer)


def test_what_one_of_another_circle_asks_is_nothing_here(circle, ruth, wren):
    other = circle_of(wren)
    post(wren, other, "ask", {"words": "Secret?"})
    number = {"number": Favor.objects.get().pk}

    answers = [
        said(post(ruth, circle, part, **number))
        for part in ("favor_taken", "favor_done", "favor_back")
    ]

    assert {status for status, _body in answers} == {404}
    assert "Secret?" not in html(look(ruth, circle))


def test_what_is_taken_already_says_so_on_the_page(circle, ruth, kofi, dev):
    post(ruth, circle, "ask", {"words": "A lift?"})
    number = {"number": Favor.objects.get().pk}
    post(kofi, circle, "favor_taken", **number)

    answer = post(dev, circle, "favor_taken", **number)

    assert answer.status_code == 400
    assert "Somebody has taken this up already, or it is over." in html(answer)


# ---- the rhythm -----------------------------------------------------------------------------
def test_rhythm_is_lit_where_two_met_and_ends_with_the_present_week(ruth, kofi):
    circle = circle_of(ruth, kofi, weeks=3)
    met(circle, circle.begun_on, ruth, kofi)
    met(circle, circle.begun_on + WEEK, ruth)

    assert page(ruth, circle).rhythm.windows == ["met", "off", "off", "now"]


def test_rhythm_holds_twelve_weeks_at_most(ruth):
    assert len(page(ruth, circle_of(ruth, weeks=40)).rhythm.windows) == 12


def test_rhythm_of_a_circle_that_begins_is_one_window(ruth):
    assert page(ruth, circle_of(ruth, weeks=0)).rhythm.windows == ["now"]


# ---- how an evening goes --------------------------------------------------------------------
def test_evening_has_the_script_of_its_place(ruth):
    first = circle_of(ruth, weeks=0)
    sixth = circle_of(ruth, weeks=5)
    sixth.arc_from = sixth.begun_on
    sixth.save()
    closing = circle_of(ruth, weeks=3)
    closing.closes_on = closing.next_on(at=timezone.now())
    closing.save()
    others = circle_of(ruth, weeks=3)

    found = [page(ruth, one).next.script for one in (first, sixth, closing, others)]

    assert found == [Script.FIRST, Script.SIXTH, Script.CLOSING, Script.ORDINARY]


def test_script_keeps_within_the_evening(ruth):
    circle = circle_of(ruth)
    circle.starts = timezone.datetime(2026, 1, 1, 19).time()
    circle.save()

    hour = [step.at for step in page(ruth, circle).next.steps]
    circle.minutes = 90
    circle.save()
    longer = [step.at for step in page(ruth, circle).next.steps]

    assert hour == ["7:00", "7:10", "7:45", "7:55"]
    assert longer == ["7:00", "7:15", "8:10", "8:25"]


def test_host_rotates_and_passes_over_who_is_away_or_new(ruth, kofi):
    new = longtime("New", days=5)
    circle = circle_of(ruth, kofi, new)
    hosts = {page(ruth, circle, at=timezone.now() + week * WEEK).next.host for week in range(3)}
    actions.say_comes(chair=chair_of(ruth, circle), comes=False, at=timezone.now())
    without = page(ruth, circle).next.host

    assert hosts == {"Ruth", "Kofi"}
    assert without == "Kofi"


def test_new_ones_open_the_door_where_all_are_new():
    new = longtime("New", days=5)

    assert page(new, circle_of(new)).next.is_host_me


# ---- after an evening, and what is asked ------------------------------------------------------
def test_after_an_evening_one_tap_says_that_somebody_was_there(ruth, kofi):
    circle = circle_of(ruth, kofi, starts_in=timedelta(minutes=-90))
    on = circle.next_on(at=timezone.now()) - WEEK
    asked = html(look(ruth, circle))

    post(ruth, circle, "was_there", {"on": on.isoformat()})

    assert "I was there" in asked
    assert "I was there" not in html(look(ruth, circle))
    assert "I was there" in html(look(kofi, circle))
    assert Presence.objects.get().was_there


def test_too_late_it_is_refused_in_words(ruth):
    circle = circle_of(ruth, starts_in=timedelta(hours=2))
    on = circle.next_on(at=timezone.now())

    answer = post(ruth, circle, "was_there", {"on": on.isoformat()})

    assert answer.status_code == 400
    assert "You can say so from when the evening begins" in html(answer)


def test_still_your_chair_is_asked_of_them_alone(circle, ruth, dev):
    Chair.objects.filter(person=dev).update(is_still_mine=False)
    asked = html(look(dev, circle))

    post(dev, circle, "still")

    assert "Still your chair?" in asked
    assert "Still your chair?" not in html(look(dev, circle))
    assert "Still your chair?" not in html(look(ruth, circle))


def test_do_you_go_on_is_asked_after_six_evenings(ruth, kofi, circle):
    six = circle_of(ruth, kofi, starts_in=timedelta(hours=-1), weeks=5)
    six.arc_from = six.begun_on
    six.save()
    asked = html(look(ruth, six))

    post(ruth, six, "goes_on", {"said": "yes"})

    assert "Do you go on?" in asked
    assert "Do you go on?" not in html(look(ruth, six))
    assert "Do you go on?" not in html(look(ruth, circle))
    assert post(ruth, circle, "goes_on", {"said": "yes"}).status_code == 400


def test_hard_week_shows_who_knows_to_them_and_who_it_is_to_the_two(circle, dev, ruth, kofi):
    third = longtime("Third", days=395)
    seat(circle, third)
    post(dev, circle, "hard", {"said": "yes"})

    # They are here equally long: either may stand first.
    said = html(look(dev, circle, "hard"))
    assert "They know: Ruth and Kofi." in said or "They know: Kofi and Ruth." in said
    assert "Dev has a hard week." in html(look(ruth, circle))
    assert "hard week." not in html(look(third, circle))
    post(dev, circle, "hard", {"said": "no"})
    assert "Dev has a hard week." not in html(look(ruth, circle))
    assert not HardWeek.objects.exists()


def test_hard_week_among_people_who_are_new_says_what_to_do():
    new = longtime("New", days=5)
    circle = circle_of(new, longtime("Also", days=5))

    post(new, circle, "hard", {"said": "yes"})

    assert "There is nobody in your circle just now" in html(look(new, circle, "hard"))


def test_who_would_close_is_said_and_all_must_agree(circle, ruth, kofi, dev):
    post(ruth, circle, "close", {"said": "yes"})
    asked = html(look(kofi, circle))
    for person in (kofi, dev):
        post(person, circle, "close", {"said": "yes"})

    assert "Would like to close it well: Ruth." in asked
    assert "This circle closes well" in html(look(ruth, circle))
    post(dev, circle, "close", {"said": "no"})
    assert "This circle closes well" not in html(look(ruth, circle))


# ---- if this isn't working --------------------------------------------------------------------
def test_few_weeks_off_and_back_again(circle, dev):
    nothing = post(dev, circle, "away", {})
    post(dev, circle, "away", {"weeks": "4"})
    away = chair_of(dev, circle).away_until

    post(dev, circle, "away", {"back": "yes"})

    assert "Choose for how long." in html(nothing)
    assert away is not None
    assert chair_of(dev, circle).away_until is None


def test_another_circle_and_rather_stay(circle, dev):
    post(dev, circle, "another", {"said": "yes"})
    looks = html(look(dev, circle))

    post(dev, circle, "another", {"said": "no"})

    assert "We are looking for one." in looks
    assert not chair_of(dev, circle).looks_on


def test_leaving_shows_the_sentence_first_and_then_does_it(circle, dev, ruth):
    asked = html(look(dev, circle, "leave"))
    stayed = chair_of(dev, circle).state

    left = html(post(dev, circle, "leave"))

    assert "Dev has moved on, and wishes you well." in asked
    assert stayed == ChairState.SITS
    assert "You have moved on." in left
    assert told(ruth) == ["Dev has moved on, and wishes you well."]


def test_who_tells_a_steward_of_the_page_is_read_by_none_who_sits_there(circle, ruth, dev, wren):
    left = longtime("Left")
    seat(circle, left)
    actions.leave(chair=chair_of(left, circle), at=timezone.now())
    link = f"/tell/?where={address(circle)}"

    report = tell(by=dev, where=address(circle))

    assert link in html(look(dev, circle))
    assert {"Ruth", "Kofi", "Dev", "Left"} == {one.called for one in report.involved.all()}
    assert wren not in report.involved.all()


@pytest.mark.parametrize("where", ["/", "/never/was/", "/circle/never-was/", "/you/"])
def test_what_happened_elsewhere_involves_nobody_of_a_circle(circle, where):
    assert access.who_sat_at(where) == []


def test_page_that_was_looked_at_is_no_news_any_more(circle, ruth, kofi):
    actions.call_it(chair=chair_of(ruth, circle), name="The owls", at=timezone.now())
    before = told(kofi)

    look(kofi, circle)

    assert before == ["Your circle has a new name."]
    assert told(kofi) == []


def test_proposed_circle_has_no_page(ruth):
    circle = circle_of(ruth)
    Circle.objects.filter(pk=circle.pk).update(state=CircleState.PROPOSED)

    assert look(ruth, circle).status_code == 404

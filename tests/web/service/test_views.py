"""The pages of asks and offers."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.web.circles.making import longtime, told
from tests.web.gatherings.making import forget_everything, gatherings, meeting, take_in
from tests.web.safety.meeting import browser_of, html, paused
from tests.web.service.making import (
    agreed,
    asked,
    hosts,
    in_a_circle,
    neighbour,
    says,
    taken,
)

from kith.web.gatherings.choices import Answer, FoundBy
from kith.web.gatherings.models import Coming, Gathering
from kith.web.people.models import Person
from kith.web.safety.choices import Category
from kith.web.safety.models import Report
from kith.web.service import actions, queries
from kith.web.service.choices import OPEN_FOR, Place, Side, What
from kith.web.service.models import Errand, Take
from kith.web.service.queries import Line, Tonight

GIVEN = {"what": "ride", "place": "near", "seen_by": "others"}
KIND = "taken care of, or it is no longer needed"


def page(person):
    """Return the page of asks and offers, as `person` reads it."""
    return html(browser_of(person).get("/service/"))


def one(person, errand):
    """Return the page of `errand`, as `person` reads it."""
    return html(browser_of(person).get(errand.get_absolute_url()))


# ---- the list -----------------------------------------------------------------------------------
@pytest.mark.parametrize("many", [1, 3])
def test_page_asks_eight_questions_however_many_there_are(
    ruth, dev, wren, django_assert_num_queries, many
):
    browser = browser_of(ruth)
    browser.get("/service/")
    for _ in range(many):
        asked(dev)
        taken(asked(ruth), wren)

    with django_assert_num_queries(8):
        browser.get("/service/")


def test_one_thing_stands_first_and_the_page_ends(ruth, dev):
    asked(dev, words="To the meeting?")
    asked(dev, side=Side.OFFER, what=What.MEAL, words="Lentil soup.")

    text = page(ruth)

    assert "One thing you could do this week" in text
    assert "Dev asks for a ride" in text
    assert "Dev offers a meal" in text
    assert text.index("To the meeting?") < text.index("Lentil soup.") < text.index("That is all")


def test_what_waits_for_somebody_stands_before_all_else(ruth, dev, wren):
    taken(asked(ruth, words="Mine."), dev)
    asked(wren, words="Hers.")

    text = page(ruth)

    assert "Dev could do it." in text
    assert text.index("Mine.") < text.index("Hers.")


def test_own_things_say_how_they_stand(ruth, dev, wren):
    agreed(asked(ruth, what=What.WALK), dev)
    asked(ruth, at=timezone.now() - OPEN_FOR)
    taken(asked(wren), ruth)

    text = page(ruth)

    assert "Agreed with Dev." in text
    assert "Is it still needed?" in text
    assert "You said yes. Wren answers when they can." in text


def test_what_both_gave_thanks_for_is_gone(ruth, dev):
    errand = asked(ruth)
    agreed(errand, dev)
    actions.thank(errand=errand, person=dev, at=timezone.now())
    assert "Dev thanks you." in page(ruth)

    actions.thank(errand=errand, person=ruth, at=timezone.now())

    assert "You ask for" not in page(ruth)
    assert "Ruth asks for" not in page(dev)


def test_newcomer_reads_why_there_is_little(newcomer, dev):
    asked(dev, words="To the meeting?")

    text = page(newcomer)

    assert "In your first ninety days" in text
    assert "To the meeting?" not in text


def test_who_lives_nowhere_known_is_told_so(db):
    assert "Say around where you live" in page(longtime("Nowhere"))


def test_other_door_is_offered_in_words_and_waved_away(dev):
    browser = browser_of(dev)
    assert "Is there a small thing you could give?" in html(browser.get("/service/"))

    browser.post("/service/not-now/")

    assert "Is there a small thing" not in html(browser.get("/service/"))


def test_paused_one_is_told_so(ruth):
    paused(ruth)

    assert browser_of(ruth).get("/service/").status_code == 403


def test_stranger_is_shown_the_way_in(db):
    assert Client().get("/service/")["Location"].startswith("/enter/")


# ---- said ---------------------------------------------------------------------------------------
def test_ask_is_said_with_what_was_chosen(dev):
    sent = {**GIVEN, "words": "Two stops.", "days": ["0", "3"], "parts": ["evening"]}

    answer = browser_of(dev).post("/service/ask/", sent)

    errand = Errand.objects.get()
    assert answer["Location"] == errand.get_absolute_url()
    assert (errand.by, errand.side, errand.what, errand.words) == (dev, "ask", "ride", "Two stops.")
    assert "Monday, Thursday, evening" in one(dev, errand)


def test_what_was_typed_is_never_lost(dev):
    sent = {**GIVEN, "words": "I give 20 euros", "days": ["3"], "parts": ["evening"]}

    answer = browser_of(dev).post("/service/offer/", sent)

    text = html(answer)
    assert answer.status_code == 400
    assert "No money between people here" in text
    assert "I give 20 euros" in text
    assert text.count(" checked") == 5


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"what": ""}, "Choose what it is about."),
        ({"on": "soon"}, "Write the day as in"),
        ({"on": "2020-01-01"}, "Choose a day from today on"),
        ({"words": "w" * 201}, "Please say it in fewer words."),
    ],
)
def test_what_is_amiss_is_said(dev, more, said):
    answer = browser_of(dev).post("/service/ask/", {**GIVEN, **more})

    assert (answer.status_code, said in html(answer)) == (400, True)
    assert Errand.objects.count() == 0


def test_fourth_one_is_refused_kindly(dev):
    for _ in range(3):
        asked(dev)

    answer = browser_of(dev).post("/service/ask/", GIVEN)

    assert (answer.status_code, "that is enough at a time" in html(answer)) == (400, True)


def test_what_is_over_is_said_again_with_what_it_said(dev):
    over = asked(dev, words="A form.", what=What.FORM, at=timezone.now() - OPEN_FOR)
    browser = browser_of(dev)
    path = f"/service/ask/?again={over.token}"
    assert "A form." in html(browser.get(path))

    browser.post(path, {**GIVEN, "again": over.token})

    assert [errand.what for errand in Errand.objects.all()] == ["ride"]


def test_nobody_says_again_what_another_said(ruth, dev):
    errand = asked(dev)

    assert browser_of(ruth).get(f"/service/ask/?again={errand.token}").status_code == 404


# ---- on the way to a gathering --------------------------------------------------------------------
@pytest.fixture
def choir(db):
    """A gathering that anybody may find."""
    forget_everything()
    take_in(meeting("Riverside choir"))
    return gatherings()[0]


def test_ride_leads_to_a_gathering_on_its_day(ruth, dev, choir):
    day = timezone.localdate() + timedelta(days=3)
    path = f"/service/ask/?gathering={choir.slug}&on={day:%Y-%m-%d}"
    browser = browser_of(dev)
    shown = html(browser.get(path))
    assert f'value="{day:%Y-%m-%d}"' in shown

    browser.post(path, {**GIVEN, "to": choir.slug, "gathering": choir.slug, "on": f"{day}"})

    errand = Errand.objects.get()
    assert (errand.gathering, errand.on) == (choir, day)
    assert "Riverside choir" in one(ruth, errand)


def test_gatherings_to_which_somebody_comes_can_be_chosen(dev, choir):
    Coming.objects.create(person=dev, gathering=choir, answer=Answer.COME)

    browser_of(dev).post("/service/ask/", {**GIVEN, "gathering": choir.slug})

    assert Errand.objects.get().gathering == choir


def test_gathering_that_is_kept_for_some_is_never_named(dev, choir):
    Gathering.objects.filter(pk=choir.pk).update(found_by=FoundBy.THEIRS, audience=["women"])
    Coming.objects.create(person=dev, gathering=choir, answer=Answer.COME)
    browser = browser_of(dev)

    assert browser.get(f"/service/ask/?gathering={choir.slug}").status_code == 404
    assert "Riverside choir" not in html(browser.get("/service/ask/"))


def test_odd_day_in_an_address_is_left_out(dev, choir):
    answer = browser_of(dev).get(f"/service/ask/?gathering={choir.slug}&on=never")

    assert answer.status_code == 200


# ---- one of them --------------------------------------------------------------------------------
def test_rules_stand_where_somebody_takes_it_up(ruth, dev):
    text = one(ruth, asked(dev, what=What.CHILDREN))

    assert "No money changes hands, and nothing is lent." in text
    assert "The first time, you meet in a public place or by video." in text
    assert "The first time with children, their own grown-up stays." in text
    assert "Something felt wrong" in text


def test_where_they_meet_has_to_be_said_and_the_line_is_kept(ruth, dev):
    errand = asked(dev)

    answer = browser_of(ruth).post(f"{errand.get_absolute_url()}take/", {"line": "By the gate?"})

    text = html(answer)
    assert answer.status_code == 400
    assert "Choose where the two of you meet." in text
    assert "By the gate?" in text
    assert Take.objects.count() == 0


def test_who_comes_second_and_who_was_told_no_read_the_same(ruth, wren, dev):
    errand = asked(dev)
    taken(errand, ruth)
    of_second = one(wren, errand)
    says(errand, is_yes=False)

    of_refused = one(ruth, errand)

    assert KIND in of_second
    assert KIND in of_refused
    assert "Could you?" in one(wren, errand)


def test_author_answers_in_a_line(ruth, dev):
    errand = asked(dev)
    taken(errand, ruth, line="At the station?")
    browser = browser_of(dev)
    assert "At the station?" in one(dev, errand)

    refused = browser.post(f"{errand.get_absolute_url()}answer/", {"words": "£5?", "said": "yes"})
    browser.post(f"{errand.get_absolute_url()}answer/", {"words": "Lovely.", "said": "yes"})

    assert (refused.status_code, "£5?" in html(refused)) == (400, True)
    assert "Lovely." in one(ruth, errand)
    assert "Write to each other" in one(ruth, errand)


def test_answer_that_is_none_changes_nothing(ruth, dev):
    errand = asked(dev)
    taken(errand, ruth)

    answer = browser_of(dev).post(f"{errand.get_absolute_url()}answer/", {"said": "perhaps"})

    assert (answer.status_code, Take.objects.get().state) == (400, "waits")


def test_done_before_it_is_agreed_is_said_kindly(ruth, dev):
    errand = asked(dev)
    taken(errand, ruth)

    answer = browser_of(ruth).post(f"{errand.get_absolute_url()}done/")

    assert (answer.status_code, "have not agreed on this" in html(answer)) == (400, True)


def test_taker_steps_back_by_a_tap(ruth, dev):
    errand = asked(dev)
    taken(errand, ruth)

    answer = browser_of(ruth).post(f"{errand.get_absolute_url()}back/")

    assert answer["Location"] == reverse("service:service")
    assert told(dev) == ["Ruth can’t after all. What you said is open again."]


def test_looking_at_it_is_having_seen_what_was_told_of_it(ruth, dev):
    errand = asked(dev)
    taken(errand, ruth)
    assert len(told(dev)) == 1

    one(dev, errand)

    assert told(dev) == []


def test_who_sees_it_is_said_to_its_author(dev, newcomer):
    pages = [one(dev, asked(dev)), one(dev, asked(dev, place=Place.ONLINE))]
    pages.append(one(newcomer, asked(newcomer)))

    assert "Your circles and people near you can see it." in pages[0]
    assert "Your circles and others here can see it." in pages[1]
    assert "Your circles and the hosts where you come can see it." in pages[2]


def test_no_page_names_a_key(ruth, dev):
    errand = asked(dev)
    in_a_circle(ruth, dev)
    taken(errand, ruth)

    text = page(ruth) + one(ruth, errand) + one(dev, errand)

    assert not [key for who in (ruth, dev) for key in (str(who.pk), who.pk.hex) if key in text]


# ---- stewards -------------------------------------------------------------------------------------
@pytest.fixture
def steward(db):
    """A steward who lives somewhere else."""
    person = neighbour("Sam", north=99)
    Person.objects.filter(pk=person.pk).update(is_steward=True)
    person.refresh_from_db()
    return person


def test_steward_puts_away_what_they_were_told_of(ruth, dev, steward):
    errand = asked(dev, words="Something unkind.")
    told_of = {"category": "written", "where": errand.get_absolute_url(), "words": "Unkind."}
    browser_of(ruth).post("/tell/", told_of)
    report = Report.objects.get()
    assert "Put it away" in one(steward, errand)

    answer = browser_of(steward).post(f"{errand.get_absolute_url()}hide/")

    assert answer["Location"] == reverse("safety:report", args=[report.pk])
    assert "A steward has put this away" in one(dev, errand)
    assert "This is put away." in one(steward, errand)
    assert browser_of(ruth).get(errand.get_absolute_url()).status_code == 404


def test_steward_finds_nothing_that_nobody_told_of(dev, steward):
    errand = asked(dev)

    assert browser_of(steward).get(errand.get_absolute_url()).status_code == 404


def test_who_is_no_steward_puts_nothing_away(ruth, dev):
    errand = asked(dev)
    Report.objects.create(
        category=Category.WRITTEN, where=errand.get_absolute_url(), told_at=timezone.now()
    )

    answer = browser_of(ruth).post(f"{errand.get_absolute_url()}hide/")

    assert (answer.status_code, Errand.objects.get().hidden_at) == (404, None)


# ---- Tonight --------------------------------------------------------------------------------------
def test_tonight_reads_both_in_one_question(ruth, dev, wren, django_assert_num_queries):
    near, of_circle, mine = asked(wren), asked(dev), asked(ruth)
    in_a_circle(ruth, dev)
    now = timezone.now()
    queries.tonight_of(ruth, at=now)

    with django_assert_num_queries(1):
        found = queries.tonight_of(ruth, squares=[near.square], at=now)

    assert found == Tonight(
        could=Line("Dev asks for a ride", of_circle.get_absolute_url()),
        mine=Line("You ask for a ride", mine.get_absolute_url()),
    )


def test_tonight_says_what_is_near_only_to_those_who_are_not_new(ruth, dev, newcomer):
    errand = asked(dev)
    now = timezone.now()

    found = [
        queries.tonight_of(person, squares=squares, at=now).could is not None
        for person, squares in ((ruth, [errand.square]), (ruth, []), (newcomer, [errand.square]))
    ]

    assert found == [True, False, False]


def test_tonight_says_how_ones_own_stands(ruth, dev):
    errand = asked(ruth)
    taken(errand, dev)
    waits = queries.tonight_of(ruth, at=timezone.now()).mine.words

    says(errand, is_yes=True)

    agreed_ = queries.tonight_of(ruth, at=timezone.now()).mine.words
    assert waits == "You ask for a ride. Somebody could."
    assert agreed_ == "You ask for a ride. It is agreed."


def test_tonight_is_silent_about_who_is_apart_paused_or_was_told_no(ruth, dev, wren):
    in_a_circle(ruth, dev)
    in_a_circle(ruth, wren)
    errand = asked(dev)
    asked(wren, side=Side.OFFER)
    taken(errand, ruth)
    says(errand, is_yes=False)
    of_paused = asked(wren)
    paused(wren)

    found = queries.tonight_of(ruth, squares=[of_paused.square], at=timezone.now())

    assert found == Tonight()


def test_hosts_see_what_newcomers_ask(newcomer, ruth):
    errand = asked(newcomer, words="To my first evening?")
    hosts(ruth, newcomer)

    assert "To my first evening?" in page(ruth)
    assert "Could you?" in one(ruth, errand)


def test_own_things_say_when_they_end_and_what_became_of_them(ruth, dev):
    hidden, done = asked(ruth), asked(ruth)
    Errand.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())
    Errand.objects.filter(pk=done.pk).update(done_on=timezone.localdate())
    asked(ruth, days=(0, 1, 2, 3, 4))
    agreed(asked(dev), ruth)

    text = page(ruth)

    assert "A steward has put this away." in text
    assert "Open until" in text
    assert "On weekdays" in text
    assert "Agreed with Dev." in text
    assert text.count("You ask for") == 2
    assert "This is done." in one(ruth, done)


def test_what_was_taken_meanwhile_is_said_on_its_page(ruth, wren, dev):
    errand = asked(dev)
    taken(errand, wren)

    answer = browser_of(ruth).post(f"{errand.get_absolute_url()}take/", {"meets": "public"})

    assert (answer.status_code, KIND in html(answer)) == (400, True)


def test_taking_it_up_leads_back_to_its_page(ruth, dev):
    errand = asked(dev)

    answer = browser_of(ruth).post(f"{errand.get_absolute_url()}take/", {"meets": "video"})

    assert answer["Location"] == errand.get_absolute_url()
    assert "You have said so." in one(ruth, errand)


def test_thanks_by_a_tap_lead_back_to_its_page(ruth, dev):
    errand = asked(dev)
    agreed(errand, ruth)

    answer = browser_of(dev).post(f"{errand.get_absolute_url()}done/")

    assert answer["Location"] == errand.get_absolute_url()
    assert "Dev thanks you." in one(ruth, errand)


def test_newcomer_whom_nobody_knows_is_told_where_to_begin(newcomer, dev):
    errand = asked(newcomer)
    assert "so nobody sees it" in one(newcomer, errand)

    in_a_circle(newcomer, dev)

    assert "so nobody sees it" not in one(newcomer, errand)


def test_what_is_for_a_day_is_open_until_that_day(dev):
    day = timezone.localdate() + timedelta(days=3)

    errand = asked(dev, on=day)

    said = f"{day.day} {day:%B}"
    assert f"Open until {said}." in page(dev)
    assert f"It ends by itself on {said}." in one(dev, errand)


def test_hours_from_afar_are_said_to_be_by_their_clock(ruth, dev):
    asked(dev, place=Place.ONLINE, parts=("evening",))
    browser = browser_of(ruth)
    browser.cookies["tz"] = "America/Denver"
    assert "Evening, by their clock" in html(browser.get("/service/"))

    browser.cookies["tz"] = "Europe/London"

    assert "by their clock" not in html(browser.get("/service/"))

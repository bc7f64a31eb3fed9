"""Who may be asked, and that nobody learns of a no."""

import re
from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone
from tests.web.circles.making import circle_of, longtime, told
from tests.web.circles.pairing import paired
from tests.web.gatherings.making import forget_everything, gatherings, meeting, take_in
from tests.web.messages.making import inside
from tests.web.plans.making import ALWAYS, asked, circle_mates, line, said_yes, seen_at

from kith.web.messages.models import Ground
from kith.web.notices.choices import About
from kith.web.notices.models import Notice
from kith.web.plans import access, actions
from kith.web.plans.actions import FullError, NoWayError, OverError
from kith.web.plans.choices import ANSWER_WITHIN, RESTS_FOR, MayAsk
from kith.web.plans.models import Answer, Asking, Plan, WhoMayAsk
from kith.web.safety.choices import Kind
from kith.web.safety.models import Distance, Pause

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def may_ask(person, *, at=None):
    return [str(one) for one in access.people_to_ask(person, at=at or timezone.now())]


def seen(person, path):
    """Return the page as its reader gets it, but for what differs each time."""
    text = inside(person).get(path).content.decode()
    text = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", text)
    text = re.sub(r"/messages/[\w-]+/", "", text)
    return re.sub(r"/plan/[\w/-]+", "", text)


# ---- who may be asked ---------------------------------------------------------------------------
def test_those_who_sit_or_listened_with_somebody_may_be_asked():
    ada, ruth = circle_mates("Ada", "Ruth")
    teo, wren = longtime("Teo"), longtime("Wren")
    now = timezone.now()
    paired(ada, teo, starts_at=now, begun_at=now - DAY)
    paired(ada, wren, starts_at=now)

    assert sorted(may_ask(ada)) == ["Ruth", "Teo"]
    assert may_ask(wren) == []
    assert may_ask(teo) == ["Ada"]
    assert sorted(may_ask(ruth)) == ["Ada"]


def test_somebody_who_was_only_met_is_asked_if_they_said_so_and_are_not_new():
    forget_everything()
    take_in(meeting("Riverside choir"))
    choir = gatherings()[0]
    ada, willing, silent = longtime("Ada"), longtime("Willing"), longtime("Silent")
    newcomer, elsewhere = longtime("Newcomer", days=20), longtime("Elsewhere")
    seen_at(choir, ada, willing, silent, newcomer)
    seen_at(choir, elsewhere, days_ago=14)
    for person in (willing, newcomer, elsewhere):
        actions.choose_who_may_ask(person=person, may_ask=MayAsk.MET)

    assert may_ask(ada) == ["Willing"]
    assert may_ask(ada, at=timezone.now() + 100 * DAY) == []
    # Newcomers may ask: it is they who are not asked.
    assert may_ask(newcomer) == ["Willing"]


@pytest.mark.parametrize("kind", [Kind.BLOCK, Kind.AVOID])
def test_who_keeps_away_is_not_offered_to_either(kind):
    ada, ruth = circle_mates("Ada", "Ruth")
    Distance.objects.bulk_create([Distance(by=ruth, whom=ada, kind=kind, since="2026-01-01")])

    assert (may_ask(ada), may_ask(ruth)) == ([], [])


def test_paused_and_asked_people_are_not_offered():
    ada, ruth, teo = circle_mates("Ada", "Ruth", "Teo")
    Pause.objects.create(person=ruth, until=timezone.now() + DAY)
    asked(ada, teo)

    assert may_ask(ada) == []


def test_nobody_else_can_be_asked_by_a_form():
    ada, _ruth = circle_mates("Ada", "Ruth")
    wren = longtime("Wren")
    reference = access.people.reference_to(wren, seen_by=ada)

    answer = inside(ada).post("/plan/ask/", {"whom": reference})

    assert answer.status_code == 404
    assert not Asking.objects.exists()


def test_three_people_are_in_a_plan_or_asked_and_no_fourth():
    ada, *others = circle_mates("Ada", "Ruth", "Teo", "Kofi", "Sam")
    for one in others[:3]:
        asked(ada, one)

    with pytest.raises(FullError, match="Three people are in your plan or asked already"):
        asked(ada, others[3])
    answer = inside(ada).post(
        "/plan/ask/", {"whom": access.people.reference_to(others[3], seen_by=ada)}
    )

    assert answer.status_code == 400
    assert "Three people are in your plan or asked already" in answer.content.decode()


def test_asking_twice_asks_once():
    ada, ruth = circle_mates("Ada", "Ruth")

    assert asked(ada, ruth) == asked(ada, ruth)
    assert len(told(ruth)) == 1


# ---- a no, and silence --------------------------------------------------------------------------
def test_no_silence_and_wanting_to_be_asked_by_none_look_alike():
    pages = []
    for what in ("no", "silence", "nobody", "blocked"):
        ada, ruth = circle_mates("Ada", "Ruth")
        if what == "nobody":
            actions.choose_who_may_ask(person=ruth, may_ask=MayAsk.NOBODY)
        asking = asked(ada, ruth)
        if what == "no":
            inside(ruth).post(f"/plan/asked/{asking.token}/", {"answer": "no"})
        if what == "blocked":
            Distance.objects.create(by=ruth, whom=ada, kind=Kind.BLOCK, since="2026-01-01")
        pages.append(seen(ada, "/plan/"))
        assert not Notice.objects.filter(person=ada, about=About.PLAN).exists()

    assert "Asked. They answer in their own time." in pages[0]
    assert pages == [pages[0]] * 4


def test_who_wants_to_be_asked_by_nobody_is_not_told():
    ada, ruth = circle_mates("Ada", "Ruth")
    actions.choose_who_may_ask(person=ruth, may_ask=MayAsk.NOBODY)

    asked(ada, ruth)

    assert told(ruth) == []
    assert Answer.objects.get().is_yes is False


def test_no_stands_in_no_export_of_the_planner():
    from kith.web.people.queries import everything_of  # noqa: PLC0415

    ada, ruth = circle_mates("Ada", "Ruth")
    asking = asked(ada, ruth)
    before = {one.name: one.things for one in everything_of(ada)}
    actions.answer(asking=asking, is_yes=False, limits={}, zone="", at=timezone.now())

    after = {one.name: one.things for one in everything_of(ada)}
    hers = {one.name for one in everything_of(ruth)}

    assert after == before
    assert "askings" in after
    assert "plan_answers" in hers
    assert "plan_askings" not in hers


def test_no_may_become_a_yes_until_the_time_is_over():
    ada, ruth = circle_mates("Ada", "Ruth")
    asking = asked(ada, ruth)
    path = f"/plan/asked/{asking.token}/"
    browser = inside(ruth)

    browser.post(path, {"answer": "no"})
    page = browser.get(path).content.decode()
    browser.post(
        path, {"answer": "yes", "ways": "voice", "parts": "night", "days": "all", "often": "any"}
    )

    assert "You said not now. Nobody was told. You may still say yes." in page
    assert Asking.objects.get().is_in


def test_yes_without_a_time_is_refused_and_nothing_typed_is_lost():
    ada, ruth = circle_mates("Ada", "Ruth")
    asking = asked(ada, ruth)

    answer = inside(ruth).post(
        f"/plan/asked/{asking.token}/",
        {"answer": "yes", "ways": "in_person", "days": "end", "often": "week"},
    )
    page = answer.content.decode()

    assert answer.status_code == 400
    assert "Leave one way and one time of day at least, or say not now." in page
    assert re.search(r'value="in_person" checked', page)
    assert re.search(r'value="end" checked', page)
    with pytest.raises(NoWayError):
        actions.answer(
            asking=asking, is_yes=True, limits={**ALWAYS, "ways": []}, zone="", at=timezone.now()
        )


def test_answer_after_six_days_changes_nothing():
    ada, ruth = circle_mates("Ada", "Ruth")
    asking = asked(ada, ruth, at=timezone.now() - ANSWER_WITHIN)

    with pytest.raises(OverError):
        actions.answer(asking=asking, is_yes=True, limits=ALWAYS, zone="", at=timezone.now())

    assert inside(ruth).get(f"/plan/asked/{asking.token}/").status_code == 404
    assert "No answer this time." in inside(ada).get("/plan/").content.decode()


def test_after_a_month_of_rest_somebody_may_be_asked_again():
    ada, ruth = circle_mates("Ada", "Ruth")
    asked(ada, ruth, at=timezone.now() - ANSWER_WITHIN - RESTS_FOR + DAY)
    actions.nudge(at=timezone.now())
    before = may_ask(ada)

    actions.nudge(at=timezone.now() + DAY)

    assert (before, may_ask(ada)) == ([], ["Ruth"])


def test_what_was_taken_back_meanwhile_is_over():
    ada, ruth = circle_mates("Ada", "Ruth")
    asking = said_yes(ada, ruth)
    Asking.objects.all().delete()

    for deed in (
        lambda: actions.take_out(asking=asking),
        lambda: actions.step_back(asking=asking, at=timezone.now()),
    ):
        with pytest.raises(OverError):
            deed()


# ---- in the plan --------------------------------------------------------------------------------
def test_yes_lets_the_two_write_and_is_told():
    ada, ruth = circle_mates("Ada", "Ruth")
    Ground.objects.all().delete()

    said_yes(ada, ruth)

    assert Ground.objects.get().reason == "plan"
    assert told(ada) == ["Ruth said yes: you may come to them when it gets hard."]


def test_stepping_back_is_kind_ends_the_ground_and_says_no_why():
    ada, ruth = circle_mates("Ada", "Ruth")
    asking = said_yes(ada, ruth)
    line(ada, asking)

    answer = inside(ruth).post(f"/plan/asked/{asking.token}/step-back/")

    assert answer["Location"] == "/plan/thanks/"
    assert told(ada)[-1] == (
        "Ruth can’t be in your plan for now, and wishes you well. It says nothing about you."
    )
    assert Ground.objects.get(reason="plan").until is not None
    assert access.in_plan_of(ada) == []
    assert inside(ruth).get(f"/plan/asked/{asking.token}/").status_code == 404
    assert inside(ruth).post(f"/plan/asked/{asking.token}/step-back/").status_code == 404
    with pytest.raises(OverError):
        actions.step_back(asking=asking, at=timezone.now())


def test_not_now_of_somebody_who_is_in_lets_them_out():
    ada, ruth = circle_mates("Ada", "Ruth")
    asking = said_yes(ada, ruth)

    actions.answer(asking=asking, is_yes=False, limits={}, zone="", at=timezone.now())

    assert Asking.objects.get().back_at is not None


def test_planner_takes_somebody_out_with_thanks():
    ada, ruth = circle_mates("Ada", "Ruth")
    asking = said_yes(ada, ruth)
    line(ada, asking)

    inside(ada).post(f"/plan/with/{asking.token}/take-out/")

    assert told(ruth)[-1] == "Ada has changed their plan. They thank you for having been in it."
    assert not Asking.objects.exists()
    assert Plan.objects.get().first is None
    assert may_ask(ada) == ["Ruth"]


def test_who_is_only_asked_cannot_be_taken_out_and_asked_again_at_once():
    ada, ruth = circle_mates("Ada", "Ruth")
    asking = asked(ada, ruth)

    assert inside(ada).post(f"/plan/with/{asking.token}/take-out/").status_code == 404
    with pytest.raises(OverError):
        actions.take_out(asking=asking)


@pytest.mark.parametrize("kind", [Kind.BLOCK, Kind.AVOID])
def test_keeping_away_takes_both_out_of_each_others_plans(kind):
    ada, ruth = circle_mates("Ada", "Ruth")
    hers, his = said_yes(ada, ruth), said_yes(ruth, ada)
    line(ada, hers)
    line(ruth, his)

    Distance.objects.create(by=ruth, whom=ada, kind=kind, since=timezone.localdate())

    assert (access.in_plan_of(ada), access.in_plan_of(ruth)) == ([], [])
    assert list(Asking.objects.all()) == [hers]
    assert inside(ada).get("/plan/").status_code == 200
    assert not any("away" in words or "block" in words for words in told(ada))


def test_muting_somebody_changes_no_plan():
    ada, ruth = circle_mates("Ada", "Ruth")
    said_yes(ada, ruth)

    Distance.objects.create(by=ruth, whom=ada, kind=Kind.MUTE, since=timezone.localdate())

    assert len(access.in_plan_of(ada)) == 1


def test_blocked_and_paused_people_are_not_in_the_plan_for_now():
    ada, ruth = circle_mates("Ada", "Ruth")
    said_yes(ada, ruth)
    pause = Pause.objects.create(person=ruth, until=timezone.now() + DAY)
    during = access.in_plan_of(ada)

    pause.delete()

    assert (during, len(access.in_plan_of(ada))) == ([], 1)


def test_who_erases_themselves_is_gone_and_the_line_stays():
    ada, ruth = circle_mates("Ada", "Ruth")
    line(ada, said_yes(ada, ruth))

    ruth.delete()

    assert Plan.objects.get().first is None
    assert "choose somebody new" in inside(ada).get("/plan/").content.decode()
    ada.delete()
    assert (Plan.objects.count(), Notice.objects.count()) == (0, 0)


# ---- doors --------------------------------------------------------------------------------------
def test_doors_are_closed_to_others():
    ada, ruth = circle_mates("Ada", "Ruth")
    wren = longtime("Wren")
    waiting, is_in = asked(ada, ruth), said_yes(ruth, ada)
    plan = line(ruth, is_in)
    now = timezone.now()

    for open_, token in (
        (lambda who, token: access.open_question(who, token, at=now), waiting.token),
        (access.open_asking, is_in.token),
        (access.open_plan, plan.token),
    ):
        with pytest.raises(Http404):
            open_(wren, token)
        with pytest.raises(Http404):
            open_(ruth, "never")
    assert access.open_question(ruth, waiting.token, at=now) == waiting
    assert access.open_asking(ruth, is_in.token) == is_in
    assert access.open_plan(ruth, plan.token) == plan


def test_question_of_somebody_blocked_or_paused_is_closed():
    ada, ruth, teo = circle_mates("Ada", "Ruth", "Teo")
    one, two = asked(ada, ruth), asked(teo, ruth)
    Distance.objects.bulk_create([Distance(by=ada, whom=ruth, kind=Kind.BLOCK, since="2026-01-01")])
    Pause.objects.create(person=teo, until=timezone.now() + DAY)

    for asking in (one, two):
        assert inside(ruth).get(f"/plan/asked/{asking.token}/").status_code == 404


def test_openness_is_kept_and_odd_words_are_not():
    ada = longtime("Ada")
    browser = inside(ada)

    browser.post("/plan/who-may-ask/", {"may_ask": "met"})
    odd = browser.post("/plan/who-may-ask/", {"may_ask": "everybody"})

    assert odd.status_code == 404
    assert WhoMayAsk.objects.get().may_ask == "met"
    assert access.who_may_ask(longtime("Ruth")) == MayAsk.NEAR


def test_page_of_whom_to_ask_asks_as_much_for_three_as_for_one(django_assert_num_queries):
    from kith.web.plans.queries import page  # noqa: PLC0415

    ada = longtime("Ada")
    circle_of(ada, longtime("Ruth"))
    with django_assert_num_queries(3):
        page.askable_by(ada, at=timezone.now())
    circle_of(ada, longtime("Teo"), longtime("Kofi"))
    with django_assert_num_queries(3):
        assert len(page.askable_by(ada, at=timezone.now())) == 3


def test_what_is_no_answer_of_the_form_is_asked_again():
    ada, ruth = circle_mates("Ada", "Ruth")
    asking = asked(ada, ruth)

    answer = inside(ruth).post(
        f"/plan/asked/{asking.token}/", {"answer": "yes", "ways": "pigeon", "parts": "night"}
    )

    assert answer.status_code == 400
    assert not Answer.objects.exists()


def test_rows_say_what_they_are_and_never_of_whom():
    ada, ruth = circle_mates("Ada", "Ruth")
    asking = said_yes(ada, ruth)
    actions.choose_who_may_ask(person=ruth, may_ask=MayAsk.MET)
    plan = line(ada, asking)
    actions.practise(plan=plan, kind="pictured", on=timezone.localdate())

    rows = (asking, asking.answer, ruth.who_may_ask, plan, plan.practices.get())

    assert [str(row) for row in rows] == [
        "somebody in a plan",
        "an answer to a plan",
        "Those too who were at a gathering with me",
        "I get paid",
        "pictured it",
    ]


def test_page_of_whom_to_ask_without_a_choice_asks_again():
    ada, _ruth = circle_mates("Ada", "Ruth")

    answer = inside(ada).post("/plan/ask/", {})

    assert answer.status_code == 200
    assert not Asking.objects.exists()


def test_those_in_whose_plan_somebody_is_are_shown_to_them():
    ada, ruth = circle_mates("Ada", "Ruth")
    said_yes(ada, ruth)

    assert "You said yes." in inside(ruth).get("/plan/").content.decode()

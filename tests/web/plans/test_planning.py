"""To make a plan from lists, to look at it again, to practise it, and the drawing that grows."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.web.circles.making import longtime, told
from tests.web.messages.making import inside
from tests.web.plans.making import circle_mates, line, only_plan_of, said_yes

from kith.web.kit import parameters
from kith.web.people.queries import everything_of
from kith.web.plans import actions
from kith.web.plans.choices import PLANS_MOST, Cue, Deed
from kith.web.plans.models import Plan, Practice
from kith.web.plans.queries import page
from kith.web.plans.queries.stem import stem_of
from kith.web.plans.tasks import look_at_plans, start

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = date(2026, 11, 26)


def practised(plan=None, *, times=1, kind="pictured"):
    """Return that many times of practice, which stand in no database."""
    return [Practice(plan=plan, kind=kind, on=TODAY + number * DAY) for number in range(times)]


# ---- lines --------------------------------------------------------------------------------------
def test_line_is_chosen_from_lists_and_only_another_time_has_words():
    ada, ruth = circle_mates("Ada", "Ruth")
    asking = said_yes(ada, ruth)
    said = {"deed": "walk", "first": asking.token, "second": "room"}

    inside(ada).post("/plan/new/", {**said, "cue": "paid", "words": "these are dropped"})
    inside(ada).post("/plan/new/", {**said, "cue": "another", "words": "the phone rings late"})

    one, other = Plan.objects.all()
    assert (one.when, one.words, one.first, one.deed) == ("I get paid", "", asking, "walk")
    assert other.when == "the phone rings late"
    assert (one.second, one.second_place) == (None, "room")


def test_open_room_may_come_first_and_has_no_deed():
    ada = longtime("Ada")

    inside(ada).post(
        "/plan/new/", {"cue": "night", "deed": "ring", "first": "room", "second": "lines"}
    )

    plan = only_plan_of(ada)
    assert (plan.first, plan.first_place, plan.deed) == (None, "room", "")
    text = re.sub(r"<[^>]+>|\s+", " ", inside(ada).get("/plan/").content.decode())
    assert "go into the open room" in re.sub(r"\s+", " ", text)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"cue": ""}, "Choose a moment."),
        ({"first": ""}, "Choose to whom, or where."),
        ({"second": ""}, "Choose what to do if not."),
        ({"first": "room", "second": "room"},
         "If not, it must lead somewhere else. Choose another."),
        ({"cue": "another", "words": ""}, "Which time? A few words will do."),
        ({"cue": "another", "words": "x" * 61}, "That is more than fits here."),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_and_nothing_is_lost(said, sentence):
    ada, ruth = circle_mates("Ada", "Ruth")
    asking = said_yes(ada, ruth)
    sent = {"cue": "fight", "deed": "eat", "first": asking.token, "second": "lines", **said}

    answer = inside(ada).post("/plan/new/", sent)
    text = answer.content.decode()

    assert answer.status_code == 400
    assert sentence in text
    assert re.search(r'value="eat" checked', text)
    assert not Plan.objects.exists()


def test_nobody_who_did_not_say_yes_can_be_chosen():
    ada, ruth, teo = circle_mates("Ada", "Ruth", "Teo")
    asked = actions.ask(planner=ada, person=ruth, at=timezone.now())
    others = said_yes(teo, ruth)

    for token in (asked.token, others.token, "never"):
        sent = {"cue": "fight", "deed": "eat", "first": token, "second": "lines"}
        assert inside(ada).post("/plan/new/", sent).status_code == 400
    assert not Plan.objects.exists()


def test_there_are_no_more_lines_than_one_knows_by_heart():
    ada = longtime("Ada")
    for _ in range(PLANS_MOST):
        line(ada)

    answer = inside(ada).post(
        "/plan/new/", {"cue": "paid", "deed": "", "first": "room", "second": "lines"}
    )

    assert answer.status_code == 400
    assert "as much as one can know by heart" in answer.content.decode()
    assert Plan.objects.count() == PLANS_MOST


def test_line_is_changed_and_dropped():
    ada, ruth = circle_mates("Ada", "Ruth")
    plan = line(ada, said_yes(ada, ruth), on=timezone.localdate() - 40 * DAY)
    path = f"/plan/line/{plan.token}/"
    browser = inside(ada)

    held = browser.get(path).content.decode()
    wrong = browser.post(path, {"cue": "", "first": "room", "second": "lines"})
    browser.post(path, {"cue": "fight", "deed": "", "first": "room", "second": "lines"})

    assert re.search(r'value="paid" checked', held)
    assert wrong.status_code == 400
    changed = only_plan_of(ada)
    assert (changed.cue, changed.first, changed.looked_at) == ("fight", None, timezone.localdate())
    browser.post(f"{path}drop/")
    assert not Plan.objects.exists()


def test_lines_of_others_are_not_there():
    ada, ruth = circle_mates("Ada", "Ruth")
    path = f"/plan/line/{line(ada).token}/"
    browser = inside(ruth)

    assert [browser.get(p).status_code for p in (path, f"{path}practice/")] == [404, 404]
    assert [browser.post(p).status_code for p in (path, f"{path}practice/", f"{path}drop/")] == [
        404
    ] * 3
    assert Plan.objects.exists()


def test_page_asks_as_much_for_three_lines_as_for_one(django_assert_num_queries):
    ada, ruth, teo, kofi = circle_mates("Ada", "Ruth", "Teo", "Kofi")
    line(ada, said_yes(ada, ruth))
    with django_assert_num_queries(6):
        page.page_of(ada, at=timezone.now())
    line(ada, said_yes(ada, teo))
    line(ada, said_yes(ada, kofi), cue=Cue.NIGHT, deed=Deed.WRITE)

    with django_assert_num_queries(6):
        assert len(page.page_of(ada, at=timezone.now()).cards) == 3


# ---- once a month -------------------------------------------------------------------------------
def test_old_plan_is_asked_about_once_and_one_tap_settles_it():
    ada, ruth = longtime("Ada"), longtime("Ruth")
    now = timezone.now()
    line(ada, on=timezone.localdate() - 28 * DAY)
    line(ruth, on=timezone.localdate() - 27 * DAY)
    browser = inside(ada)

    assert actions.nudge(at=now) == 1
    assert actions.nudge(at=now + DAY) == 1  # Ruth's
    assert told(ada) == ["Your plan is about a month old. Is it still right?"]
    assert "Time for a fresh look?" in browser.get("/plan/").content.decode()

    browser.post("/plan/still/")

    assert told(ada) == []
    assert "Time for a fresh look?" not in browser.get("/plan/").content.decode()
    assert only_plan_of(ada).looked_at == timezone.localdate()


def test_steward_decides_after_how_long_a_plan_is_asked_about():
    ada = longtime("Ada")
    line(ada, on=timezone.localdate() - 28 * DAY)
    parameters.put(key="plan.refresh_days", text="42", by=None)

    assert actions.nudge(at=timezone.now()) == 0
    assert "fresh look" not in inside(ada).get("/plan/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_daily_look_asks_for_itself_again(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    start()
    start()

    assert DBTaskResult.objects.count() == 1
    assert look_at_plans.call() == 0
    assert DBTaskResult.objects.count() == 2


# ---- practice -----------------------------------------------------------------------------------
def test_practice_is_three_steps_and_each_day_grows_one_leaf():
    ada, ruth = circle_mates("Ada", "Ruth")
    plan = line(ada, said_yes(ada, ruth))
    path = f"/plan/line/{plan.token}/practice/"
    browser = inside(ada)

    steps = [browser.get(path + step).content.decode() for step in ("", "?step=voice", "?step=go")]
    for _ in range(3):
        browser.post(path, {"kind": "pictured"})
    browser.post(path, {"kind": "rang"})

    for step, said in zip(steps, ("Picture the moment.", "Now picture the voice.",
                                  "When I get paid, I ring Ruth."), strict=True):  # fmt: skip
        assert said in step
    assert [one.kind for one in Practice.objects.all()] == ["pictured", "rang"]
    assert browser.post(path, {"kind": "reached"}).status_code == 404
    assert browser.get(f"{path}?step=never").content.decode().count("Picture the moment.") == 1


def test_practice_outlives_its_line():
    ada = longtime("Ada")
    plan = line(ada)
    actions.practise(plan=plan, kind="pictured", on=TODAY)

    actions.drop(plan=plan)

    assert Practice.objects.get().plan is None
    assert len(page.page_of(ada, at=timezone.now()).stem.leaves) == 1


def test_drawing_only_grows_and_no_leaf_ever_moves():
    before = stem_of(practised(times=0))
    for times in (1, 2, 29, 30, 31, 61, 119, 120, 121, 240, 2000):
        after = stem_of(practised(times=times))
        assert len(after.leaves) == min(times, 120)
        assert len(after.lines) >= len(before.lines)
        if times <= 30:
            assert after.leaves[: len(before.leaves)] == before.leaves
        before = after
    assert before.height == stem_of(practised(times=120)).height


def test_drawing_goes_on_growing_when_its_stems_are_full():
    assert stem_of(practised(times=121)).leaves[0] != stem_of(practised(times=120)).leaves[0]
    assert stem_of(practised(times=121)).leaves[1:] == stem_of(practised(times=120)).leaves[1:]


def test_first_times_are_flowers():
    one, other = Plan(pk=1), Plan(pk=2)
    times = [*practised(one), *practised(one), *practised(other), *practised(kind="reached")]

    assert len(stem_of(times).flowers) == 3


def test_page_says_no_number_of_times():
    ada = longtime("Ada")
    plan = line(ada)
    for number in range(37):
        Practice.objects.create(planner=ada, plan=plan, kind="pictured", on=TODAY + number * DAY)

    text = inside(ada).get("/plan/").content.decode()

    assert "Each leaf is a time you practiced. It has grown since November." in text
    assert not re.search(r"\b37\b", re.sub(r'(d|transform)="[^"]*"', "", text))


# ---- to take along ------------------------------------------------------------------------------
def test_paper_has_the_lines_and_nobody_else_sees_it():
    ada, ruth = circle_mates("Ada", "Ruth")
    line(ada, said_yes(ada, ruth))

    assert "I get paid" in inside(ada).get("/plan/paper/").content.decode()
    hers = inside(ruth).get("/plan/paper/").content.decode()
    assert "I get paid" not in hers
    assert "Your plan is still empty." in hers


def test_shared_computer_is_offered_no_keeping():
    ada = longtime("Ada")
    line(ada)
    browser = inside(ada)
    own = browser.get("/plan/").content.decode()
    session = browser.session
    session["is_shared"] = True
    session.save()

    shared = browser.get("/plan/").content.decode()

    assert ("data-keep-it" in own, "keep.js" in own) == (True, True)
    assert ("data-keep-it" in shared, "keep.js" in shared) == (False, False)


def test_export_says_all_of_a_plan_in_words():
    ada, ruth = circle_mates("Ada", "Ruth")
    line(ada, said_yes(ada, ruth), cue=Cue.ANOTHER, words="the phone rings late")

    kept = {one.name: one for one in everything_of(ada)}
    hers = {one.name: one for one in everything_of(ruth)}

    thing = kept["plans"].things[0]
    assert (thing["cue"], thing["words"], thing["deed"]) == (
        "another time",
        "the phone rings late",
        "ring",
    )
    assert "by voice; in writing; in person" in hers["plan_answers"].things[0].values()
    assert "the phone rings late" not in str([one.things for one in hers.values()])

"""The stewards' desk: who reads a report, what they see of it, and what is written down of that."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from tests.web.safety.meeting import (
    WORDS,
    browser_of,
    card,
    html,
    nothing_there,
    paused,
    said,
    somebody,
    tell,
)

from kith.errors import InvalidInputError
from kith.web.people import actions as people
from kith.web.safety import actions
from kith.web.safety.actions.pauses import NobodyNamedError
from kith.web.safety.choices import Category, Days, Kind, State
from kith.web.safety.models import Look, Pause, Report

pytestmark = pytest.mark.django_db
DESK = "/steward/reports/"
POSTED = {
    "take-up/": {},
    "note/": {"words": "I rang the hut."},
    "pause/": {"days": "30", "why": "Please give Ruth room."},
    "lift/": {},
    "close/": {"outcome": "We talked with him."},
}


@pytest.fixture
def desk(ada):
    """Ada's browser."""
    return browser_of(ada)


def page_of(report):
    return f"{DESK}{report.pk}/"


def did(report):
    return [(look.did, look.steward.called, look.words) for look in report.looks.all()]


# ---- doors --------------------------------------------------------------------------------------
def ways(report):
    yield "get", DESK, {}
    yield "get", page_of(report), {}
    for end, given in POSTED.items():
        yield "post", f"{page_of(report)}{end}", given


def outsiders(report, kofi):
    resting = somebody("Rest", handle="rest", is_steward=True)
    paused(resting)
    stopped = somebody("Stopped", handle="stopped", is_steward=True, is_active=False)
    member = somebody("Eve")
    yield from (browser_of(one) for one in (kofi, report.by, member, resting, stopped))


def test_nobody_but_a_steward_finds_the_desk(client, ruth, kofi, ada):
    report = tell(by=ruth, about=kofi)
    before = (Report.objects.values().get(), Look.objects.count(), Pause.objects.count())

    for browser in (client, *outsiders(report, kofi)):
        for way, address, given in ways(report):
            assert said(getattr(browser, way)(address, given)) == nothing_there(browser)

    after = (Report.objects.values().get(), Look.objects.count(), Pause.objects.count() - 1)
    assert after == before


@pytest.mark.parametrize("part", ["about", "by", "involved"])
def test_steward_with_a_part_in_it_finds_no_report(desk, ada, part):
    report = tell(**{part: [ada] if part == "involved" else ada})

    for way, address, given in list(ways(report))[1:]:
        assert said(getattr(desk, way)(address, given)) == nothing_there(desk)
    assert "Somebody crossed a line" not in html(desk.get(DESK))
    assert not Look.objects.exists()


def test_steward_who_erased_themselves_is_nobody(desk, ada):
    report = tell()
    people.erase(person=ada)

    assert said(desk.get(page_of(report))) == nothing_there(desk)


@pytest.mark.parametrize("number", ["0", "999999", "9" * 30, "one", "-1"])
def test_report_that_never_was_is_not_there(desk, number):
    assert said(desk.get(f"{DESK}{number}/")) == nothing_there(desk)


def test_what_changes_is_only_posted(desk):
    report = tell()

    assert {desk.get(f"{page_of(report)}{end}").status_code for end in POSTED} == {405}


def test_own_page_of_a_steward_leads_to_the_desk_and_of_nobody_else(desk, ruth):
    assert f'href="{DESK}"' in html(desk.get("/you/"))
    assert f'href="{DESK}"' not in html(browser_of(ruth).get("/you/"))


# ---- what the desk shows ------------------------------------------------------------------------
def test_desk_lists_what_waits_and_not_a_word_of_it(desk, ruth, kofi, ada):
    tell(by=ruth, about=kofi, category=Category.CONTACT)
    actions.take_up(report=tell(category=Category.PLACE), steward=ada)
    actions.close(report=tell(category=Category.WRITTEN), steward=ada, outcome="Mended.")

    page = html(desk.get(DESK))

    order = [
        page.index(text)
        for text in (
            "Nobody has taken it up yet", "Contact I did not want", "A steward is looking at it",
            "A place that is not safe", "Closed in the last ninety days", "Something written here",
        )
    ]  # fmt: skip
    assert order == sorted(order)
    for kept in (WORDS, "Ruth", "Kofi", "Mended."):
        assert kept not in page
    assert desk.get(DESK)["Cache-Control"] == "no-store, private"


def test_desk_ends_with_what_was_closed_of_late(desk, ada):
    report = tell()
    actions.close(report=report, steward=ada, outcome="Mended.")
    Report.objects.update(closed_at=timezone.now() - timedelta(days=91))

    page = html(desk.get(DESK))

    assert "Somebody crossed a line" not in page
    assert "Nothing waits for you." in page


@pytest.mark.parametrize("count", [1, 3])
def test_desk_asks_the_database_as_often_for_one_as_for_many(
    desk, count, django_assert_num_queries
):
    for _ in range(count):
        tell()
    desk.get(DESK)

    with django_assert_num_queries(5):
        desk.get(DESK)


@pytest.mark.parametrize("count", [1, 3])
def test_report_asks_the_database_as_often_for_one_look_as_for_many(
    desk, kofi, count, django_assert_num_queries
):
    report = tell(about=kofi)
    for _ in range(count):
        tell(about=kofi)
        desk.get(page_of(report))

    with django_assert_num_queries(8):
        desk.get(page_of(report))


def test_report_shows_what_was_told_and_not_who_if_they_stay_unnamed(desk, ruth, kofi):
    page = html(desk.get(page_of(tell(by=ruth, about=kofi, where="the car park"))))

    for shown in (WORDS, "Kofi", "the car park", "somebody who is in, and stays unnamed"):
        assert shown in page
    for hidden in ("Ruth", str(ruth.pk), str(kofi.pk)):
        assert hidden not in page


def test_report_shows_who_told_if_they_wish(desk, ruth, kofi):
    assert "Ruth" in html(desk.get(page_of(tell(by=ruth, about=kofi, is_named=True))))


@pytest.mark.parametrize(
    ("where", "is_link"),
    [("/gatherings/x/", True), ("//evil.example/", False), ("javascript:alert(1)", False)],
)
def test_only_a_page_of_ours_is_a_link(desk, where, is_link):
    page = html(desk.get(page_of(tell(where=where))))

    assert (f'href="{where}"' in page) is is_link
    assert where in page


def test_report_shows_what_was_before_about_the_same_person(desk, ruth, kofi, ada):
    earlier = tell(about=kofi, category=Category.PRESSURE)
    actions.pause(report=earlier, steward=ada, days=Days.WEEK, why="Please do not ask for money.")
    actions.close(report=earlier, steward=ada, outcome="He paid it back.")
    tell(about=kofi, category=Category.CLOAK, involved=[ada])
    tell(about=ruth, category=Category.PLACE)

    page = html(desk.get(page_of(tell(about=kofi))))

    before = page.split('id="before"')[1].split("</section>")[0]
    for shown in (
        "Pressure for money or romance",
        "He paid it back.",
        "Please do not ask for money.",
    ):
        assert shown in before
    for hidden in ("Hiding harm", "A place that"):
        assert hidden not in before


def test_report_about_nobody_offers_no_pause(desk):
    page = html(desk.get(page_of(tell())))

    assert "nobody we know of" in page
    assert 'id="before"' not in page
    assert 'id="pause"' not in page


def test_first_report_says_that_nothing_was_before(desk, kofi):
    assert "Nothing else was told about this person" in html(desk.get(page_of(tell(about=kofi))))


# ---- every look is written down -----------------------------------------------------------------
def test_every_look_is_written_down_and_shown(desk, kofi):
    report = tell(about=kofi)

    desk.get(page_of(report))
    page = html(desk.get(page_of(report)))

    assert did(report) == [("look", "Ada", "")] * 2
    assert page.count("<b>ada</b> looked at it") == 2


def test_look_through_a_form_that_came_back_is_written_down_too(desk, kofi):
    report = tell(about=kofi)

    assert desk.post(f"{page_of(report)}note/", {"words": " "}).status_code == 400

    assert did(report) == [("look", "Ada", "")]


def test_desk_itself_is_no_look(desk):
    report = tell()

    desk.get(DESK)

    assert did(report) == []


def test_look_of_a_steward_who_went_stays(desk, ada):
    report = tell()
    eve = somebody("Eve", handle="eve", is_steward=True)
    desk.get(page_of(report))
    people.erase(person=ada)

    page = html(browser_of(eve).get(page_of(report)))

    assert "<b>a steward who has gone</b> looked at it" in page


def test_looks_are_only_added_to(ada):
    report = tell()
    actions.note(report=report, steward=ada, words="I rang the hut.")
    [look] = report.looks.all()
    look.words = "I did not."

    for change in (
        look.save,
        lambda: look.save(update_fields=["words"]),
        look.delete,
        Look.objects.all().delete,
        lambda: Look.objects.update(words=""),
    ):
        with pytest.raises(InvalidInputError):
            change()
    assert str(report.looks.get()) == "wrote a note"
    assert report.looks.get().words == "I rang the hut."


def test_looks_can_be_sealed_anew(ada, settings, capsys):
    report = tell()
    actions.note(report=report, steward=ada, words="I rang the hut.")
    settings.KITH_SEAL_KEYS = ["newer", *settings.KITH_SEAL_KEYS]

    call_command("reseal")

    settings.KITH_SEAL_KEYS = ["newer"]
    assert report.looks.get().words == "I rang the hut."
    assert Report.objects.get().words == WORDS


def test_steward_takes_none_of_it_along(desk, ada, kofi):
    report = tell(about=kofi)
    actions.pause(report=report, steward=ada, days=Days.WEEK, why="Please give Ruth room.")

    everything = json.loads(desk.get("/you/all.json").content)
    # That something waited is theirs; what it was is not.
    assert set(everything) == {"person", "sessions", "pace", "notices"}
    assert [one["words"] for one in everything["notices"]] == [
        "Something waits for you at the desk."
    ]
    assert not any(word in str(everything) for word in (WORDS, "Kofi", "Ruth"))


# ---- what a steward does ------------------------------------------------------------------------
def test_steward_takes_up_notes_and_closes(desk, kofi):
    report = tell(about=kofi)

    for end in ("take-up/", "note/"):
        assert desk.post(f"{page_of(report)}{end}", POSTED[end])["Location"] == page_of(report)
        report.refresh_from_db()
        assert report.state == State.SEEN
    answer = desk.post(f"{page_of(report)}close/", POSTED["close/"])

    assert answer["Location"] == DESK
    report.refresh_from_db()
    assert (report.state, report.outcome) == (State.CLOSED, "We talked with him.")
    assert report.closed_at is not None
    assert did(report) == [
        ("take_up", "Ada", ""),
        ("note", "Ada", "I rang the hut."),
        ("close", "Ada", "We talked with him."),
    ]


def test_closed_report_is_looked_into_again(desk, ada):
    report = tell()
    actions.close(report=report, steward=ada, outcome="Mended.")
    assert "Look into it again" in html(desk.get(page_of(report)))

    desk.post(f"{page_of(report)}take-up/")

    report.refresh_from_db()
    assert (report.state, report.closed_at) == (State.SEEN, None)


@pytest.mark.parametrize(
    ("end", "sent", "says"),
    [
        ("note/", {}, "Write the note first."),
        ("note/", {"words": "x" * 5001}, "That is more than fits here."),
        ("pause/", {"why": "Please rest."}, "Choose for how long."),
        ("pause/", {"days": "8", "why": "Please rest."}, "Choose for how long."),
        ("pause/", {"days": "30"}, "Say why, in words that the person will read."),
        ("close/", {}, "Say what came of it."),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(desk, kofi, end, sent, says):
    report = tell(about=kofi)

    answer = desk.post(f"{page_of(report)}{end}", sent)

    page = answer.content.decode()
    assert answer.status_code == 400
    assert says in page
    for name in ("words", "why"):
        assert sent.get(name, "") in page
    assert not Pause.objects.exists()
    report.refresh_from_db()
    assert report.state == State.NEW
    if sent.get("days") == "30":
        assert 'value="30" required checked' in page


# ---- a pause ------------------------------------------------------------------------------------
@pytest.mark.parametrize("days", [7, 30, 90])
def test_paused_person_is_hidden_and_reads_why(desk, ruth, kofi, days):
    report = tell(about=kofi)
    hers, his = card(kofi, ruth), card(ruth, kofi)

    desk.post(f"{page_of(report)}pause/", {"days": days, "why": "Please give Ruth room."})

    pause = Pause.objects.get()
    assert pause.until - pause.since == timedelta(days=days)
    assert browser_of(ruth).get(hers).status_code == 404
    answer = browser_of(kofi).get(his)
    assert answer.status_code == 403
    assert "Please give Ruth room." in html(answer)
    assert f"until {pause.until.day} {pause.until:%B %Y}" in html(answer)
    assert "They are paused until" in html(desk.get(page_of(report)))


def test_paused_person_keeps_what_is_theirs(kofi):
    paused(kofi, why="Please give Ruth room.")
    theirs = browser_of(kofi)

    for path in ("/you/", "/gatherings/", "/now/", "/tell/", "/told/", "/conduct/"):
        assert theirs.get(path).status_code == 200
    everything = json.loads(theirs.get("/you/all.json").content)
    assert [set(one) for one in everything["pauses"]] == [{"since", "until", "why"}]
    assert everything["pauses"][0]["why"] == "Please give Ruth room."

    people.erase(person=kofi)
    assert not Pause.objects.exists()


def test_pause_is_lifted(desk, ruth, kofi):
    report = tell(about=kofi)
    desk.post(f"{page_of(report)}pause/", POSTED["pause/"])

    desk.post(f"{page_of(report)}lift/")

    assert browser_of(ruth).get(card(kofi, ruth)).status_code == 200
    assert "End the pause now" not in html(desk.get(page_of(report)))
    assert [one[0] for one in did(report)] == ["pause", "lift", "look"]
    assert did(report)[0][2] == "thirty days. Please give Ruth room."


def test_lifting_what_does_not_hold_writes_nothing_down(desk, kofi):
    report = tell(about=kofi)

    desk.post(f"{page_of(report)}lift/")

    assert did(report) == []


def test_new_pause_takes_the_place_of_the_one_that_holds(desk, kofi):
    report = tell(about=kofi)
    for days in (90, 7):
        desk.post(f"{page_of(report)}pause/", {"days": days, "why": "Please rest."})

    latest, first = Pause.objects.all()
    assert first.until == latest.since
    assert latest.until - latest.since == timedelta(days=7)


@pytest.mark.parametrize("end", ["pause/", "lift/"])
def test_nobody_is_paused_by_a_report_that_names_nobody(desk, ada, end):
    report = tell()

    answer = desk.post(f"{page_of(report)}{end}", POSTED[end])

    assert answer.status_code == 400
    assert "We do not know who this is about" in html(answer)
    with pytest.raises(NobodyNamedError):
        actions.pause(report=report, steward=ada, days=Days.WEEK, why="")
    assert not Pause.objects.exists()


def test_rows_say_what_they_are(ada, kofi):
    report = tell(about=kofi)
    pause = paused(kofi)

    assert str(report) == "somebody crossed a line in person"
    assert str(pause) == f"{pause.until:%Y-%m-%d}"
    actions.keep_away(person=ada, other=kofi, kind=Kind.MUTE)
    assert str(ada.distances.get()) == "do not tell me when they write"

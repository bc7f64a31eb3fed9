"""Somebody tells the stewards, with or without a door of their own."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.gatherings.making import forget_everything, gatherings, meeting, take_in
from tests.web.safety.meeting import (
    WORDS,
    browser_of,
    card,
    html,
    paused,
    reference,
    somebody,
    tell,
)

from kith.web.gatherings.models import Host
from kith.web.people import actions as people
from kith.web.people.models import Attempt
from kith.web.safety import access, actions
from kith.web.safety.choices import Category, Kind
from kith.web.safety.models import Report

pytestmark = pytest.mark.django_db
WHOLE = {"category": "crossed", "words": WORDS}


@pytest.fixture
def inside(ruth):
    """Ruth's browser."""
    return browser_of(ruth)


# ---- the page -----------------------------------------------------------------------------------
@pytest.mark.parametrize("country", ["US", "GB"])
def test_page_begins_with_whom_to_ring(client, ada, country, settings):
    settings.KITH_COUNTRY = country

    page = html(client.get("/tell/"))

    number = {"US": "911", "GB": "999"}[country]
    assert page.index(f'href="tel:{number}"') < page.index('name="category"')
    assert 'href="/now/"' in page
    assert 'href="/conduct/"' in page


def test_clock_says_whom_to_ring(client, ada):
    client.cookies["tz"] = "Europe%2FLondon"

    assert 'href="tel:999"' in html(client.get("/tell/"))


def test_page_about_somebody_says_what_they_are_called(inside, ruth, kofi):
    page = html(inside.get(f"{card(kofi, ruth)}tell/"))

    assert "This is about <b>Kofi</b>." in page
    assert str(kofi.pk) not in page


@pytest.mark.parametrize(
    ("where", "kept"),
    [
        ("/gatherings/early-birds-london/", "/gatherings/early-birds-london/"),
        ("https://evil.example/", ""), ("//evil.example/", ""), ("/\\evil.example", ""),
        ("javascript:alert(1)", ""), ("the car park", ""), ("/" + "x" * 200, ""),
    ],
)  # fmt: skip
def test_page_remembers_from_which_page_of_ours_somebody_came(client, ada, where, kept):
    page = html(client.get("/tell/", {"where": where}))

    assert f'autocomplete="off" value="{kept}"' in page


# ---- telling ------------------------------------------------------------------------------------
def test_stranger_tells_a_steward(client, ada):
    answer = client.post("/tell/", {**WHOLE, "where": "the car park"})

    assert answer["Location"] == "/told/"
    assert "Thank you. It is with the stewards." in html(client.get("/told/"))
    [report] = access.reports_for(ada)
    assert (report.words, report.where, report.by, report.about) == (
        WORDS, "the car park", None, None,
    )  # fmt: skip


def test_member_tells_of_somebody_and_stays_unnamed(inside, ruth, kofi, ada):
    answer = inside.post("/tell/", {**WHOLE, "who": reference(kofi, ruth)})

    assert answer["Location"] == "/told/"
    report = Report.objects.get()
    assert (report.about, report.by, report.is_named) == (kofi, ruth, False)
    assert set(report.involved.all()) == {kofi, ruth}


def test_member_may_be_named(inside, ada):
    inside.post("/tell/", {**WHOLE, "is_named": "on"})

    assert Report.objects.get().is_named


def test_stranger_cannot_be_named(client, ada):
    client.post("/tell/", {**WHOLE, "is_named": "on"})

    assert not Report.objects.get().is_named


def test_nobody_gets_out_of_it_by_a_block_meanwhile(inside, ruth, kofi, ada):
    who = reference(kofi, ruth)
    actions.keep_away(person=kofi, other=ruth, kind=Kind.BLOCK)

    answer = inside.post("/tell/", {**WHOLE, "who": who})

    assert answer["Location"] == "/told/"
    assert Report.objects.get().about == kofi


def test_forged_reference_is_kept_without_anybody_and_answered_alike(inside, ada):
    answer = inside.post("/tell/", {**WHOLE, "who": "forged"})

    assert answer["Location"] == "/told/"
    assert Report.objects.get().about is None


def test_form_about_somebody_who_blocked_meanwhile_names_them_no_more(inside, ruth, kofi, ada):
    who = reference(kofi, ruth)
    actions.keep_away(person=kofi, other=ruth, kind=Kind.BLOCK)

    page = html(inside.post("/tell/", {"words": WORDS, "who": who}))

    assert "Kofi" not in page
    assert f'value="{who}"' in page
    assert WORDS in page


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"words": WORDS}, "Please choose what fits best."),
        ({"category": "gossip", "words": WORDS}, "Please choose what fits best."),
        ({"category": "other"}, "Please say a little of what happened"),
        ({"category": "other", "words": "x" * 5001}, "That is more than fits here."),
        ({"category": "other", "where": "x" * 201}, "That is more than fits here."),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(client, ada, sent, says):
    answer = client.post("/tell/", sent)

    page = answer.content.decode()
    assert answer.status_code == 400
    assert says in page
    for typed in (sent.get("words", ""), sent.get("where", "")):
        assert typed in page
    if sent.get("category") == "other":
        assert 'value="other" required checked' in page
    assert not Report.objects.exists()


def test_one_tap_is_enough_when_it_is_about_somebody(inside, ruth, kofi, ada):
    inside.post("/tell/", {"category": "contact", "who": reference(kofi, ruth)})

    assert Report.objects.get().about == kofi


# ---- too often ----------------------------------------------------------------------------------
def test_too_many_reports_from_one_house_are_refused_and_not_lost(client, ada):
    for _ in range(10):
        client.post("/tell/", WHOLE)

    answer = client.post("/tell/", WHOLE)

    assert answer.status_code == 429
    assert "That was tried too often from here." in html(answer)
    assert WORDS in html(answer)
    assert client.post("/tell/", WHOLE, REMOTE_ADDR="10.1.1.1").status_code == 302
    Attempt.objects.update(at=timezone.now() - timedelta(minutes=61))
    assert client.post("/tell/", WHOLE).status_code == 302


def test_house_that_told_too_much_leaves_its_members_their_voice(client, inside, ada):
    for _ in range(11):
        client.post("/tell/", WHOLE)

    assert inside.post("/tell/", WHOLE).status_code == 302


def test_member_who_told_too_much_does_so_from_everywhere(inside, ada):
    for number in range(10):
        inside.post("/tell/", WHOLE, REMOTE_ADDR=f"10.1.1.{number}")

    assert inside.post("/tell/", WHOLE, REMOTE_ADDR="10.2.2.2").status_code == 429


# ---- who does not review it ---------------------------------------------------------------------
def test_hosts_of_where_it_was_do_not_review_it(inside, ruth, ada):
    forget_everything()
    take_in(meeting())
    [gathering] = gatherings()
    eve = somebody("Eve", handle="eve", is_steward=True)
    today = timezone.localdate()
    Host.objects.create(gathering=gathering, person=ada, until=today - timedelta(days=3))

    inside.post("/tell/", {**WHOLE, "where": f"{gathering.get_absolute_url()}?when=tonight"})

    report = Report.objects.get()
    assert list(access.reports_for(ada)) == []
    assert list(access.reports_for(eve)) == [report]


@pytest.mark.parametrize(
    "where", ["/about/", "/gatherings/", "/gatherings/never-was/", "/nothing/", "//[", "the hut"]
)
def test_other_pages_are_held_by_nobody(inside, ruth, ada, where):
    inside.post("/tell/", {**WHOLE, "where": where})

    assert set(Report.objects.get().involved.all()) == {ruth}


@pytest.mark.parametrize(
    ("contact", "says"),
    [
        ("care@outside.example", "Write to:"),
        ("", "It waits for the next steward who does."),
    ],
)
def test_who_tells_what_every_steward_has_part_in_hears_so_at_once(
    inside, ruth, ada, settings, contact, says
):
    settings.KITH_OUTSIDE_CONTACT = contact

    answer = inside.post("/tell/", {**WHOLE, "who": reference(ada, ruth)})
    page = html(inside.get(answer["Location"]))

    assert "No steward here stands outside of this." in page
    assert says in page
    assert contact in page
    assert "nobody-looks" in answer["Location"]
    assert "No steward here" not in html(inside.get("/told/"))
    assert "No steward here" not in html(browser_of(ada).get("/steward/reports/"))


# ---- what became of it --------------------------------------------------------------------------
def test_who_told_reads_what_became_of_it(inside, ruth, kofi, ada):
    report = tell(by=ruth, about=kofi)
    tell(category=Category.PLACE, by=kofi)
    page = html(inside.get("/told/"))
    assert "Somebody crossed a line in person" in page
    assert "nobody has taken it up yet" in page
    for kept in (WORDS, "Kofi", "A place that is not safe"):
        assert kept not in page

    actions.take_up(report=report, steward=ada)
    assert "a steward is looking at it" in html(inside.get("/told/"))

    actions.close(report=report, steward=ada, outcome="We talked with him. He stays away.")
    assert "We talked with him. He stays away." in html(inside.get("/told/"))

    actions.take_up(report=report, steward=ada)
    assert "He stays away." not in html(inside.get("/told/"))


def test_who_told_nothing_reads_so(inside, client, ada):
    assert "You have told the stewards nothing yet." in html(inside.get("/told/"))
    assert "Thank you." in html(client.get("/told/"))


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_database_as_often_for_one_as_for_many(
    inside, ruth, count, django_assert_num_queries
):
    for _ in range(count):
        tell(by=ruth)
    inside.get("/told/")

    with django_assert_num_queries(3):
        inside.get("/told/")


def test_paused_person_may_tell(inside, ruth, ada):
    paused(ruth)

    assert inside.post("/tell/", WHOLE)["Location"] == "/told/"


# ---- what is kept, and what stays ---------------------------------------------------------------
def test_who_told_takes_it_along_and_nobody_else_does(inside, ruth, kofi, ada):
    tell(by=ruth, about=kofi, involved=[ada])

    mine = json.loads(inside.get("/you/all.json").content)
    theirs = [browser_of(one).get("/you/all.json").content.decode() for one in (kofi, ada)]

    assert [(one["words"], one["about"]) for one in mine["reports"]] == [(WORDS, "Someone")]
    assert "Kofi" not in json.dumps(mine)
    assert [text for text in theirs if "report" in text or WORDS in text] == []


def test_report_stays_without_those_who_erased_themselves(ruth, kofi, ada):
    report = tell(by=ruth, about=kofi, is_named=True)
    actions.look_at(report=report, steward=ada)

    for person in (ruth, kofi, ada):
        people.erase(person=person)

    report.refresh_from_db()
    assert (report.by, report.about, list(report.involved.all())) == (None, None, [])
    assert report.words == WORDS
    assert [look.steward for look in report.looks.all()] == [None]


@pytest.mark.django_db(transaction=True)
def test_words_of_a_report_stand_nowhere_in_the_database_file():
    from django.db import connection  # noqa: PLC0415
    from tests.web.people.test_views import raw_files  # noqa: PLC0415

    if connection.vendor != "sqlite":
        return  # What PostgreSQL keeps in its files is its own; the sealing is tested everywhere.
    ruth = somebody("Ruth")
    key = ruth.pk
    report = tell(by=ruth, where="/gatherings/early-birds-london/")
    path = connection.settings_dict["NAME"]
    assert report.category.encode() in raw_files(path)
    assert key.hex.encode() in raw_files(path)

    people.erase(person=ruth)

    found = raw_files(path)
    assert [
        trace
        for trace in (WORDS.encode(), b"early-birds-london", key.hex.encode())
        if trace in found
    ] == []

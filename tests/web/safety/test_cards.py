"""Somebody's card, and the distance that people keep."""

import json

import pytest
from django.test import Client
from tests.web.safety.meeting import (
    browser_of,
    card,
    html,
    newcomer,
    nothing_there,
    paused,
    reference,
    said,
    somebody,
)

from kith.errors import InvalidInputError
from kith.web.people import actions as people
from kith.web.safety import actions
from kith.web.safety.choices import Kind
from kith.web.safety.models import Distance

pytestmark = pytest.mark.django_db


@pytest.fixture
def inside(ruth):
    """Ruth's browser."""
    return browser_of(ruth)


# ---- the card -----------------------------------------------------------------------------------
def test_card_says_what_somebody_is_called_and_nothing_else_of_them(inside, ruth):
    steward = newcomer("Kofi")
    steward.is_steward = True
    steward.handle = "kofi-the-steward"
    steward.save()

    page = html(inside.get(card(steward, ruth)))

    assert "<h1>Kofi</h1>" in page
    main = page.split("<main")[1].split("</main>")[0]
    for theirs in ("kofi-the-steward", "new here", "joined", str(steward.pk), steward.pk.hex):
        assert theirs not in main.lower()
    assert 'aria-current="page"' not in main


def test_somebody_who_is_called_nothing_is_someone(inside, ruth):
    assert "<h1>Someone</h1>" in html(inside.get(card(somebody(), ruth)))


def test_any_name_is_shown_as_it_is(inside, ruth):
    page = html(inside.get(card(somebody("<b>x"), ruth)))

    assert "<h1>&lt;b&gt;x</h1>" in page


def test_card_offers_each_way_in_one_tap(inside, ruth, kofi):
    page = html(inside.get(card(kofi, ruth)))

    for button in ("Block", "Mute", "Keep apart"):
        assert f">{button}</button>" in page
    assert "They are never told, and you can undo it." in page
    assert "/tell/" in page


def test_card_is_never_kept(inside, ruth, kofi):
    assert inside.get(card(kofi, ruth))["Cache-Control"] == "no-store, private"


# ---- keeping away -------------------------------------------------------------------------------
def test_block_hides_two_people_from_each_other(inside, ruth, kofi):
    hers, his = card(kofi, ruth), card(ruth, kofi)
    theirs = browser_of(kofi)
    assert (inside.get(hers).status_code, theirs.get(his).status_code) == (200, 200)

    answer = inside.post(f"{hers}keep/", {"kind": "block"})

    assert answer["Location"] == "/you/distances/"
    assert said(inside.get(hers)) == nothing_there(inside)
    assert said(theirs.get(his)) == nothing_there(theirs)


@pytest.mark.parametrize(
    ("kind", "says"),
    [("mute", "Muted. What they write waits for you"), ("avoid", "Kept apart. We put you in no")],
)
def test_lesser_distance_is_said_on_the_card_and_undone_there(inside, ruth, kofi, kind, says):
    address = card(kofi, ruth)

    assert inside.post(f"{address}keep/", {"kind": kind})["Location"] == address
    page = html(inside.get(address))
    assert says in page
    assert ">Undo</button>" in page

    answer = inside.post(f"{address}undo/", {"kind": kind, "next": address})
    assert answer["Location"] == address
    assert says not in html(inside.get(address))
    assert not Distance.objects.exists()


def test_second_tap_changes_nothing(inside, ruth, kofi):
    address = card(kofi, ruth)
    for _ in range(2):
        inside.post(f"{address}keep/", {"kind": "mute"})
    assert Distance.objects.count() == 1

    for _ in range(2):
        answer = inside.post(f"{address}undo/", {"kind": "mute"})
        assert answer["Location"] == "/you/distances/"


@pytest.mark.parametrize("kind", ["", "hate", "block\x00"])
@pytest.mark.parametrize("way", ["keep", "undo"])
def test_distance_of_no_kind_is_not_there(inside, ruth, kofi, kind, way):
    assert inside.post(f"{card(kofi, ruth)}{way}/", {"kind": kind}).status_code == 404
    assert not Distance.objects.exists()


def test_undoing_leads_to_no_page_of_others(inside, ruth, kofi):
    actions.keep_away(person=ruth, other=kofi, kind=Kind.MUTE)

    sent = {"kind": "mute", "next": "https://evil.example/"}
    answer = inside.post(f"{card(kofi, ruth)}undo/", sent)

    assert answer["Location"] == "/you/distances/"


def test_nobody_keeps_away_from_themselves(ruth):
    with pytest.raises(InvalidInputError):
        actions.keep_away(person=ruth, other=ruth, kind=Kind.MUTE)


# ---- whom one keeps away from -------------------------------------------------------------------
def test_page_lists_whom_one_keeps_away_from_and_undoes_it(inside, ruth, kofi, ada):
    actions.keep_away(person=ruth, other=kofi, kind=Kind.BLOCK)
    actions.keep_away(person=ruth, other=ada, kind=Kind.AVOID)
    actions.keep_away(person=ada, other=ruth, kind=Kind.MUTE)

    page = html(inside.get("/you/distances/"))
    assert page.index("Blocked") < page.index("Kofi") < page.index("Kept apart") < page.index("Ada")
    assert "Muted" not in page
    assert str(kofi.pk) not in page

    inside.post(f"/person/{reference(kofi, ruth)}/undo/", {"kind": "block"})

    assert "Kofi" not in html(inside.get("/you/distances/"))
    assert inside.get(card(kofi, ruth)).status_code == 200


def test_own_page_leads_there(inside):
    page = html(inside.get("/you/"))

    for address in ("/you/distances/", "/told/", "/conduct/"):
        assert f'href="{address}"' in page


def test_page_of_somebody_who_keeps_away_from_nobody_says_so(inside):
    assert "Nobody. If you ever want distance" in html(inside.get("/you/distances/"))


def test_undoing_ones_own_block_leaves_that_of_the_other(inside, ruth, kofi):
    for one, other in ((ruth, kofi), (kofi, ruth)):
        actions.keep_away(person=one, other=other, kind=Kind.BLOCK)

    inside.post(f"/person/{reference(kofi, ruth)}/undo/", {"kind": "block"})

    assert inside.get(card(kofi, ruth)).status_code == 404
    assert Distance.objects.get().by == kofi


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_database_as_often_for_one_as_for_many(
    inside, ruth, count, django_assert_num_queries
):
    for _ in range(count):
        actions.keep_away(person=ruth, other=somebody(), kind=Kind.BLOCK)
    inside.get("/you/distances/")

    with django_assert_num_queries(2):
        inside.get("/you/distances/")


def test_card_asks_the_database_little(inside, ruth, kofi, django_assert_num_queries):
    address = card(kofi, ruth)
    inside.get(address)

    with django_assert_num_queries(5):
        inside.get(address)


# ---- what is told to whom -----------------------------------------------------------------------
def test_who_keeps_away_takes_it_along_and_the_other_one_learns_nothing(inside, ruth, kofi):
    actions.keep_away(person=ruth, other=kofi, kind=Kind.BLOCK)

    everything = json.loads(inside.get("/you/all.json").content)
    theirs = browser_of(kofi).get("/you/all.json").content.decode()

    assert [one["kind"] for one in everything["distances"]] == ["we do not see each other"]
    assert [one["whom"] for one in everything["distances"]] == ["Someone"]
    assert "distances" not in theirs
    assert "see each other" not in theirs


@pytest.mark.parametrize("gone", ["ruth", "kofi"])
def test_distance_goes_with_either_of_the_two(ruth, kofi, gone):
    actions.keep_away(person=ruth, other=kofi, kind=Kind.BLOCK)

    people.erase(person={"ruth": ruth, "kofi": kofi}[gone])

    assert not Distance.objects.exists()


# ---- doors --------------------------------------------------------------------------------------
PAGES = [("get", ""), ("post", "keep/"), ("post", "undo/"), ("get", "tell/")]


def ask(browser, way, address):
    return getattr(browser, way)(address, {"kind": "mute"} if way == "post" else {})


@pytest.mark.parametrize(("way", "end"), PAGES)
def test_stranger_is_shown_the_way_in(client, ruth, kofi, way, end):
    answer = ask(client, way, f"{card(kofi, ruth)}{end}")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/enter/?next=")
    assert not Distance.objects.exists()


@pytest.mark.parametrize(("way", "end"), PAGES)
def test_blocked_person_finds_nothing(ruth, kofi, way, end):
    address = card(ruth, kofi)
    actions.keep_away(person=ruth, other=kofi, kind=Kind.BLOCK)
    theirs = browser_of(kofi)

    assert said(ask(theirs, way, f"{address}{end}")) == nothing_there(theirs)
    assert Distance.objects.get().by == ruth


@pytest.mark.parametrize(("way", "end"), PAGES)
def test_blocked_and_erased_and_paused_look_alike(inside, ruth, kofi, ada, way, end):
    eve = somebody("Eve")
    addresses = [card(one, ruth) for one in (kofi, ada, eve)]
    actions.keep_away(person=kofi, other=ruth, kind=Kind.BLOCK)
    people.erase(person=ada)
    paused(eve)

    answers = {said(ask(inside, way, f"{address}{end}")) for address in addresses}

    assert answers == {nothing_there(inside)}


@pytest.mark.parametrize(("way", "end"), PAGES)
def test_closed_card_asks_the_database_as_often_whoever_it_was(
    inside, ruth, kofi, way, end, django_assert_num_queries
):
    ada, eve = somebody("Ada"), somebody("Eve")
    addresses = [*(card(one, ruth) for one in (kofi, ada, eve)), "/person/forged/"]
    actions.keep_away(person=kofi, other=ruth, kind=Kind.BLOCK)
    people.erase(person=ada)
    paused(eve)
    ask(inside, way, f"{addresses[0]}{end}")
    most = {"": 3, "keep/": 3, "undo/": 3, "tell/": 2}[end]

    for address in addresses:
        with django_assert_num_queries(most):
            ask(inside, way, f"{address}{end}")


@pytest.mark.parametrize(("way", "end"), PAGES)
def test_curious_member_finds_nothing(inside, ruth, kofi, ada, way, end):
    forged = [
        "a", str(kofi.pk), kofi.pk.hex, "1", "Kofi", "%00", "é", reference(kofi, ruth)[:-4],
        reference(kofi, ada), reference(ruth, ruth), reference(ruth, kofi),
    ]  # fmt: skip

    for one in forged:
        assert said(ask(inside, way, f"/person/{one}/{end}")) == nothing_there(inside)
    assert not Distance.objects.exists()


@pytest.mark.parametrize(("way", "end"), PAGES)
def test_person_who_erased_themselves_is_a_stranger(ruth, kofi, way, end):
    address = card(ruth, kofi)
    theirs = browser_of(kofi)
    people.erase(person=kofi)

    answer = ask(theirs, way, f"{address}{end}")

    assert answer["Location"].startswith("/enter/?next=")


@pytest.mark.parametrize(("way", "end"), PAGES[:2])
def test_paused_person_is_told_so_and_sees_no_card(inside, ruth, kofi, way, end):
    paused(ruth, why="Please give Kofi room.")

    answer = ask(inside, way, f"{card(kofi, ruth)}{end}")

    assert answer.status_code == 403
    assert "Please give Kofi room." in html(answer)
    assert "<h1>Kofi" not in html(answer)
    assert not Distance.objects.exists()


def test_paused_person_still_undoes_and_tells(inside, ruth, kofi):
    actions.keep_away(person=ruth, other=kofi, kind=Kind.MUTE)
    paused(ruth)

    assert "Kofi" in html(inside.get("/you/distances/"))
    assert inside.get(f"{card(kofi, ruth)}tell/").status_code == 200
    assert inside.post(f"{card(kofi, ruth)}undo/", {"kind": "mute"}).status_code == 302
    assert not Distance.objects.exists()


def test_what_changes_wants_a_form_of_ours(ruth, kofi):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ruth)

    assert strict.post(f"{card(kofi, ruth)}keep/", {"kind": "block"}).status_code == 403
    assert strict.get(f"{card(kofi, ruth)}keep/").status_code == 405

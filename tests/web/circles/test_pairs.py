"""The page of a pair: what somebody is asked, and that nobody learns of a no."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.circles.making import AT
from tests.web.circles.pairing import STARTS, both_said_yes, listener, paired
from tests.web.gatherings.making import Clock
from tests.web.messages.making import inside

from kith.web.acts.models import Act, Tie
from kith.web.circles import access, actions
from kith.web.circles.choices import Way
from kith.web.circles.choices.cards import CARDS
from kith.web.circles.models import Pair
from kith.web.messages.models import Ground
from kith.web.notices.models import Notice
from kith.web.people.models import Person
from kith.web.safety.choices import Kind
from kith.web.safety.models import Distance, Pause

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    standing = Clock(monkeypatch)
    standing.stand_at(AT)
    return standing


@pytest.fixture
def two():
    return listener("Ada"), listener("Ben")


def page_of(pair):
    return f"/pair/{pair.token}/"


def seen_by(person, pair):
    """Return the whole page as its reader gets it, but for what differs each time."""
    browser = inside(person)
    browser.cookies["tz"] = "Europe/London"
    browser.get("/you/")
    answer = browser.get(page_of(pair))
    text = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return answer.status_code, re.sub(r"\s+", " ", text)


def says(person, pair, answer):
    return inside(person).post(f"{page_of(pair)}answer/", {"answer": answer})


def test_question_says_hour_way_and_true_things_and_never_who(two):
    ada, ben = two
    pair = paired(ada, ben)

    status, page = seen_by(ada, pair)

    assert status == 200
    assert "Would you listen to somebody?" in page
    assert "Wednesday" in page
    assert "7 pm" in page
    assert "Online, by video" in page
    assert "You both like this: singing together." in page
    gift = "You would like this, and they can give it" if pair.low == ada else "and you can give it"
    assert gift in page
    assert "You both have time then." in page
    assert "five for them" in page
    assert "Ben" not in page
    assert "/person/" not in page


def test_hour_is_by_the_clock_of_the_reader(two):
    ada, ben = two
    pair = paired(ada, ben)
    browser = inside(ada)
    browser.cookies["tz"] = "Pacific/Auckland"

    page = browser.get(page_of(pair)).content.decode()

    assert "8 am" in page
    assert "Thursday" in page


def test_hour_without_a_browsers_clock_is_by_the_one_they_gave_their_hours_in(two):
    ada, ben = two
    pair = paired(ada, ben, starts_at=STARTS)

    assert "7 pm" in inside(ada).get(page_of(pair)).content.decode()


def test_two_who_said_yes_learn_who_it_is_and_may_write(two):
    ada, ben = two
    pair = paired(ada, ben)

    first = says(ada, pair, "yes")
    waiting = seen_by(ada, pair)[1]
    says(ben, pair, "yes")

    assert first["Location"] == page_of(pair)
    assert "You said yes." in waiting
    assert "Ben" not in waiting
    assert "You and Ben" in seen_by(ada, pair)[1]
    assert "You and Ada" in seen_by(ben, pair)[1]
    ground = Ground.objects.get()
    assert (ground.reason, ground.number) == ("pair", pair.pk)
    assert ground.until == pair.ends_at + timedelta(days=2)
    told = Notice.objects.values_list("person__called", "words", "path", "by__called")
    assert sorted(told) == [
        ("Ada", "Ben said yes too: you listen to each other this week.", page_of(pair), "Ben"),
        ("Ben", "Ada said yes too: you listen to each other this week.", page_of(pair), "Ada"),
    ]


@pytest.mark.parametrize("hers", [None, "yes", "no"])
def test_nobody_learns_of_a_no(two, hers, clock):
    ada, ben = two
    silent, refused = paired(ada, ben), paired(ada, ben, week_of=AT.date())
    Pair.objects.filter(pk=refused.pk).update(token="x" * 16)
    refused.refresh_from_db()
    says(ben, refused, "no")
    if hers:
        says(ada, silent, hers)
        says(ada, refused, hers)

    pages: list[tuple[int, str]] = []
    for moment in (AT, STARTS + HOUR):
        clock.stand_at(moment)
        pages = [seen_by(ada, pair) for pair in (silent, refused)]

        assert pages[0][0] == 200
        assert pages[0][1] == pages[1][1].replace(refused.token, silent.token)
        assert not Notice.objects.filter(person=ada).exists()
    assert "It did not come together this week." in pages[0][1]


def test_no_takes_as_many_questions_as_silence(two):
    ada, ben = two
    pair = paired(ada, ben)
    browser = inside(ada)
    browser.cookies["tz"] = "Europe/London"
    browser.get(page_of(pair))
    counted = []
    for said in (None, False, True):
        pair.low_says, pair.high_says = (None, said) if pair.low == ada else (said, None)
        pair.save()
        with CaptureQueriesContext(connection) as read:
            browser.get(page_of(pair))
        with CaptureQueriesContext(connection) as sent:
            browser.post(f"{page_of(pair)}answer/", {"answer": "no"})
        counted.append((len(read), len(sent)))

    assert counted[0] == counted[1] == counted[2]


def test_what_was_said_may_be_changed_until_the_hour_has_come(two, clock):
    ada, ben = two
    pair = paired(ada, ben)
    says(ada, pair, "no")
    assert "Not this week, then." in seen_by(ada, pair)[1]

    says(ada, pair, "yes")
    assert "You said yes." in seen_by(ada, pair)[1]
    clock.stand_at(STARTS)
    late = says(ben, pair, "yes")

    assert late.status_code == 400
    assert "It did not come together this week." in late.content.decode()
    pair.refresh_from_db()
    assert not pair.is_on


def test_what_is_no_yes_binds_nobody(two):
    ada, ben = two
    pair = paired(ada, ben)

    says(ada, pair, "perhaps")

    pair.refresh_from_db()
    assert pair.says(ada) is False


def test_yes_is_not_taken_back_by_a_tap_once_both_know(two):
    ada, ben = two
    pair = both_said_yes(paired(ada, ben))

    says(ada, pair, "no")

    pair.refresh_from_db()
    assert pair.is_on
    assert "I can’t this time" in seen_by(ada, pair)[1]


# ---- who may not ---------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", [Kind.BLOCK, Kind.AVOID])
def test_two_who_keep_apart_meanwhile_never_begin_and_read_what_silence_reads(two, kind, clock):
    ada, ben = two
    pair = paired(ada, ben)
    silent = seen_by(ada, pair)[1]
    Distance.objects.create(by=ben, whom=ada, kind=kind)
    assert seen_by(ada, pair)[1] == silent

    pair = both_said_yes(pair)

    assert not pair.is_on
    assert not Ground.objects.exists()
    assert "You said yes." in seen_by(ada, pair)[1]
    assert "Ben" not in seen_by(ada, pair)[1]
    clock.stand_at(STARTS)
    assert "It did not come together this week." in seen_by(ada, pair)[1]


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("kind", [Kind.BLOCK, Kind.AVOID])
def test_distance_after_both_said_yes_closes_at_once_for_both(two, which, kind):
    pair = both_said_yes(paired(*two))
    assert "You and" in seen_by(two[0], pair)[1]

    Distance.objects.create(by=two[which], whom=two[1 - which], kind=kind)

    assert Ground.objects.get().until <= AT

    never = inside(two[0]).get("/pair/never-was/")
    for person in two:
        for path in ("", "listening/"):
            assert inside(person).get(page_of(pair) + path).status_code == 404
        for path in ("answer/", "where/", "listened/"):
            assert inside(person).post(page_of(pair) + path).status_code == 404
    assert "Ben" not in never.content.decode()
    assert not Act.objects.exists()


def test_muted_one_is_listened_to_still(two):
    pair = both_said_yes(paired(*two))

    Distance.objects.create(by=two[0], whom=two[1], kind=Kind.MUTE)

    assert "You and Ben" in seen_by(two[0], pair)[1]
    assert Ground.objects.get().until > AT


def test_pause_of_one_closes_it_for_the_other_and_tells_the_paused_one(two):
    ada, ben = two
    pair = both_said_yes(paired(ada, ben))
    Pause.objects.create(person=ben, until=AT + 900 * DAY)

    assert seen_by(ada, pair)[0] == 404
    assert inside(ben).get(page_of(pair)).status_code == 403


def test_others_and_strangers_find_no_pair(two, client):
    pair = both_said_yes(paired(*two))
    outsider = listener("Cem")

    for path in ("", "listening/"):
        assert inside(outsider).get(page_of(pair) + path).status_code == 404
    assert client.get(page_of(pair))["Location"].startswith("/enter/")


def test_pair_is_over_a_day_after_it_began(two, clock):
    pair = both_said_yes(paired(*two))
    clock.stand_at(STARTS + DAY - HOUR)
    assert seen_by(two[0], pair)[0] == 200

    clock.stand_at(STARTS + DAY)

    assert seen_by(two[0], pair)[0] == 404


def test_before_both_said_yes_nothing_else_is_there(two):
    pair = paired(*two)
    ada = inside(two[0])

    assert ada.get(f"{page_of(pair)}listening/").status_code == 404
    assert ada.post(f"{page_of(pair)}where/", {"where": "https://a.example"}).status_code == 404
    assert ada.post(f"{page_of(pair)}listened/").status_code == 404


def test_whoever_erases_themselves_takes_the_pair_along(two):
    pair = both_said_yes(paired(*two))

    Person.objects.get(pk=two[1].pk).delete()

    assert seen_by(two[0], pair)[0] == 404


# ---- where ---------------------------------------------------------------------------------------
def keep(person, pair, **sent):
    return inside(person).post(f"{page_of(pair)}where/", sent)


def test_either_says_where_and_both_read_it(two):
    ada, ben = two
    pair = both_said_yes(paired(ada, ben))
    assert "You meet in a room of kith." in seen_by(ben, pair)[1]

    assert keep(ada, pair, where=" https://talk.example/tea ").status_code == 302

    for person in two:
        page = seen_by(person, pair)[1]
        assert 'href="https://talk.example/tea" rel="noopener noreferrer nofollow"' in page
        assert "talk.example" in page


@pytest.mark.parametrize(
    "said", ["", "tea", "http://talk.example/", "javascript:alert(1)", "https://" + "x" * 600]
)
def test_what_is_no_link_is_refused_and_not_lost(two, said):
    pair = both_said_yes(paired(*two))

    answer = keep(two[0], pair, where=said)

    assert answer.status_code == 400
    assert "Copy the whole link" in answer.content.decode()
    assert f'value="{said}"' in answer.content.decode()
    pair.refresh_from_db()
    assert pair.link == ""


def test_link_that_is_too_long_is_refused(two):
    pair = both_said_yes(paired(*two))

    answer = keep(two[0], pair, where=f"https://talk.example/{'x' * 600}")

    assert answer.status_code == 400
    assert "That link is too long to keep." in answer.content.decode()


def test_place_in_person_is_said_in_words(two):
    pair = both_said_yes(paired(*two, way=Way.IN_PERSON))

    keep(two[0], pair, where="The library,  by the door")

    page = seen_by(two[1], pair)[1]
    assert "In person, near you both" in page
    assert "<span>The library, by the door</span>" in page
    long = keep(two[0], pair, where="x" * 121)
    assert long.status_code == 400
    assert "Say the place in fewer words." in long.content.decode()


def test_community_with_rooms_offers_one(two, monkeypatch):
    pair = both_said_yes(paired(*two))
    assert "Make us a room here" not in seen_by(two[0], pair)[1]
    refused = keep(two[0], pair, room="yes")
    assert refused.status_code == 400
    assert "There is no room here to meet in." in refused.content.decode()
    monkeypatch.setattr(settings, "KITH_ROOMS", "https://meet.example/")
    assert "Make us a room here" in seen_by(two[0], pair)[1]

    keep(two[0], pair, room="yes")

    pair.refresh_from_db()
    assert re.fullmatch(r"https://meet\.example/[\w-]{20}", pair.link)


# ---- the ten minutes -------------------------------------------------------------------------------
def test_one_talks_then_the_other_then_both_say_thank_you(two):
    ada, ben = two
    pair = both_said_yes(paired(ada, ben))

    def at(person, query):
        return inside(person).get(f"{page_of(pair)}listening/{query}").content.decode()

    hers, his = at(ada, ""), at(ben, "")
    assert ("You talk." in hers) != ("You talk." in his)
    assert ("Ben talks." in hers) == ("You talk." in his)
    card = re.search(r'<p class="voice">(.*?)</p>', hers).group(1)
    assert card == re.search(r'<p class="voice">(.*?)</p>', his).group(1)
    assert ("You talk." in at(ada, "?turn=2")) == ("You talk." in his)
    assert "Say it to each other: thank you." in at(ada, "?turn=3")


def test_every_card_can_be_reached_and_what_is_none_is_the_first(two):
    pair = both_said_yes(paired(*two))
    browser = inside(two[0])
    path = f"{page_of(pair)}listening/"

    found = set()
    for number in range(len(CARDS)):
        page = browser.get(f"{path}?card={number}").content.decode()
        found.add(re.search(r'<p class="voice">(.*?)</p>', page).group(1))
        assert ("A little deeper" in page) == (number < 8)

    assert len(found) == 12
    for odd in ("?card=12", "?card=-1", "?card=x", "?turn=9&card=0", "?turn=x&card=0"):
        assert str(CARDS[0]) in browser.get(path + odd).content.decode()


def test_listening_is_one_talk_whoever_says_it(two, clock):
    ada, ben = two
    pair = both_said_yes(paired(ada, ben))
    early = inside(ada).post(f"{page_of(pair)}listened/")
    assert early.status_code == 400
    assert "That is for when you have met." in early.content.decode()
    clock.stand_at(STARTS + HOUR)
    assert "Did you listen to each other?" in seen_by(ada, pair)[1]

    for person in (ada, ben, ada):
        inside(person).post(f"{page_of(pair)}listened/")

    act = Act.objects.get()
    assert (act.kind, act.actor, act.other, act.minutes) == ("talked", ada, ben, 10)
    assert (act.mode, act.setting, act.number) == ("video", "pair", pair.pk)
    assert act.on == STARTS.date()
    assert Tie.objects.count() == 1
    assert "Thank you both." in seen_by(ada, pair)[1]
    pair.refresh_from_db()
    assert pair.low_did
    assert pair.high_did


def test_talk_in_person_is_written_so(two, clock):
    pair = both_said_yes(paired(*two, way=Way.IN_PERSON))
    clock.stand_at(STARTS)

    actions.say_listened(pair=pair, person=pair.high, at=STARTS)

    assert Act.objects.get().mode == "in_person"


def test_page_that_was_read_is_no_notice_any_more(two):
    pair = both_said_yes(paired(*two))
    assert Notice.objects.filter(person=two[0], seen_at=None).count() == 1

    seen_by(two[0], pair)

    assert not Notice.objects.filter(person=two[0], seen_at=None).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_pairs_of_somebody_are_one_question(count, django_assert_num_queries):
    ada = listener("Ada")
    for number in range(count):
        both_said_yes(paired(ada, listener(f"P{number}")))

    with django_assert_num_queries(1):
        pairs = list(access.pairs_of(ada, at=AT))
        assert len({pair.other(ada).called for pair in pairs}) == count

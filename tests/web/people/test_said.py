"""What somebody said of themselves: kept sealed, shown to whom they chose, told in words."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import override_settings

from kith.errors import InvalidInputError
from kith.web.kit.sealed import is_newest
from kith.web.people import access, actions, queries
from kith.web.people.choices import (
    ALWAYS_PRIVATE,
    LANGUAGES,
    Gift,
    ShownTo,
    Space,
    Steadiness,
    Topic,
)
from kith.web.people.choices.week import packed, part_of_day
from kith.web.people.models import Cell, Person, Said

pytestmark = pytest.mark.django_db

EVENING = part_of_day(0, "evening")
EVERYTHING = {
    Topic.LANGUAGES: ["en", "es"],
    Topic.HOME: [1030, -3],
    Topic.HOURS: {"week": packed(EVENING), "zone": "Europe/London"},
    Topic.PRACTICES: ["choir", "hike"],
    Topic.GIVES: {"codes": ["ride"], "words": "a spare room"},
    Topic.RECEIVES: {"codes": [], "words": "somebody to sing with"},
    Topic.SPACES: ["women", "lgbtq"],
    Topic.LIVING_WITH: "heroin, and losing my brother",
    Topic.ROLE: "I work in a clinic",
    Topic.STEADINESS: "months",
    Topic.MAY_BE_NAMED: True,
    Topic.MAY_BE_WRITTEN_TO: True,
    Topic.WOULD_SIT_WITH: True,
}


@pytest.fixture
def ruth():
    return Person.objects.create(called="Ruth")


def say_everything(person, shown_to=ShownTo.ME):
    for topic, value in EVERYTHING.items():
        shown = ShownTo.ME if topic in ALWAYS_PRIVATE else shown_to
        actions.say(person=person, topic=topic, value=value, shown_to=shown)


def raw_values():
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM people_said ORDER BY id")
        return [bytes(row[0]) for row in cursor.fetchall()]


# ---- saying and taking back ---------------------------------------------------------------------
def test_each_topic_can_be_said():
    assert set(EVERYTHING) == set(Topic)


def test_what_is_said_comes_back_as_it_was(ruth):
    say_everything(ruth)

    assert {topic: queries.said_by(ruth, topic) for topic in Topic} == EVERYTHING


def test_nothing_is_said_to_begin_with(ruth):
    assert {queries.said_by(ruth, topic) for topic in Topic} == {None}
    assert not queries.may_be_named(ruth)
    assert not queries.may_be_written_to(ruth)
    assert not queries.said_would_sit(ruth).exists()
    assert queries.spaces_of(ruth) == frozenset()
    assert queries.hours_of(ruth) == frozenset()
    assert queries.clock_of(ruth) == ""
    assert queries.home_cell_of(ruth) is None
    assert queries.steadiness_of(ruth) is Steadiness.UNSAID


def test_rules_and_matching_read_values(ruth):
    say_everything(ruth)

    assert queries.may_be_named(ruth)
    assert queries.may_be_written_to(ruth)
    assert queries.said_would_sit(ruth).exists()
    assert queries.spaces_of(ruth) == {Space.WOMEN, Space.LGBTQ}
    assert [queries.has_space(ruth, code) for code in ("women", "men", "")] == [True, False, False]
    assert queries.hours_of(ruth) == EVENING
    assert queries.clock_of(ruth) == "Europe/London"
    assert queries.home_cell_of(ruth) == Cell(1030, -3)
    assert queries.steadiness_of(ruth) is Steadiness.MONTHS


def test_saying_it_again_replaces_it(ruth):
    actions.say(person=ruth, topic=Topic.ROLE, value="carer", shown_to=ShownTo.HERE)

    actions.say(person=ruth, topic=Topic.ROLE, value="neighbor", shown_to=ShownTo.HOSTS)

    kept = ruth.said.get()
    assert (kept.value, kept.shown_to) == ("neighbor", ShownTo.HOSTS)


@pytest.mark.parametrize("nothing", [None, "", [], False])
def test_what_is_taken_back_leaves_no_row(ruth, nothing):
    actions.say(person=ruth, topic=Topic.ROLE, value="carer")

    actions.say(person=ruth, topic=Topic.ROLE, value=nothing)

    assert not Said.objects.exists()


def test_code_that_a_list_has_lost_is_passed_over(ruth):
    actions.say(person=ruth, topic=Topic.SPACES, value=["women", "gone"])

    assert queries.spaces_of(ruth) == {Space.WOMEN}
    assert ruth.said.get().get_value_display() == "Women only"


# ---- who sees it --------------------------------------------------------------------------------
def topics_told(viewer, person):
    return [one.topic for one in queries.said_to(viewer, person)]


def test_nobody_sees_anything_unless_it_is_shown(ruth):
    say_everything(ruth)

    assert [topics_told(viewer, ruth) for viewer in ("hosts", "circle", "here")] == [[], [], []]
    assert [topics_told(v, ruth) for v in ShownTo if v is not ShownTo.ME] == [[], [], []]
    assert len(topics_told(ShownTo.ME, ruth)) == len(Topic)
    assert queries.shown_by(ruth) == []


def test_each_viewer_sees_what_is_theirs_and_what_is_everybodys(ruth):
    actions.say(person=ruth, topic=Topic.ROLE, value="carer", shown_to=ShownTo.HOSTS)
    actions.say(person=ruth, topic=Topic.LIVING_WITH, value="gin", shown_to=ShownTo.CIRCLE)
    actions.say(person=ruth, topic=Topic.LANGUAGES, value=["es"], shown_to=ShownTo.HERE)

    assert topics_told(ShownTo.HOSTS, ruth) == [Topic.LANGUAGES, Topic.ROLE]
    assert topics_told(ShownTo.CIRCLE, ruth) == [Topic.LANGUAGES, Topic.LIVING_WITH]
    assert topics_told(ShownTo.HERE, ruth) == [Topic.LANGUAGES]
    assert queries.shown_by(ruth) == [
        ("Hosts where I come", ["here as, in their own words"]),
        ("My circle, once I am in one", ["recovering from or living with"]),
        ("People I meet here who are signed in", ["languages"]),
    ]


@pytest.mark.parametrize("topic", ALWAYS_PRIVATE)
def test_what_is_always_private_cannot_be_shown(ruth, topic):
    with pytest.raises(InvalidInputError):
        actions.say(person=ruth, topic=topic, value=EVERYTHING[topic], shown_to=ShownTo.HERE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Said.objects.create(
            person=ruth, topic=topic, value=EVERYTHING[topic], shown_to=ShownTo.HERE
        )

    assert not access.said_shown_to(ShownTo.HERE, ruth).exists()


def test_everything_that_may_be_shown_is_told_in_words(ruth):
    say_everything(ruth, ShownTo.HERE)

    assert [(one.label, one.words) for one in queries.said_to(ShownTo.HERE, ruth)] == [
        ("languages", "English, Español"),
        ("hours with time", "Monday 6 pm to 10 pm (clock of London)"),
        ("likes to do with others", "Singing together, Walk and talk"),
        ("can give", "A ride, a spare room"),
        ("would like to receive", "somebody to sing with"),
        ("would like to be among", "Women only, LGBTQ+ people"),
        ("recovering from or living with", "heroin, and losing my brother"),
        ("here as, in their own words", "I work in a clinic"),
    ]


@pytest.mark.parametrize("people", [1, 3])
def test_telling_takes_one_query(ruth, django_assert_num_queries, people):
    say_everything(ruth, ShownTo.HERE)
    for _ in range(people - 1):
        say_everything(Person.objects.create(), ShownTo.HERE)

    with django_assert_num_queries(1):
        queries.said_to(ShownTo.HOSTS, ruth)


# ---- sealed, taken and erased -------------------------------------------------------------------
def test_no_word_of_it_stands_in_the_database(ruth):
    say_everything(ruth)

    found = b"".join(raw_values())

    for word in (b"heroin", b"clinic", b"women", b"ride", b"months", b"1030", b"London", b"true"):
        assert word not in found


def test_reseal_reaches_it():
    with override_settings(KITH_SEAL_KEYS=["old"]):
        ruth = Person.objects.create(called="Ruth")
        say_everything(ruth)

    with override_settings(KITH_SEAL_KEYS=["new", "old"]):
        call_command("reseal")
        assert all(map(is_newest, raw_values()))

    with override_settings(KITH_SEAL_KEYS=["new"]):
        assert queries.said_by(ruth, Topic.GIVES) == EVERYTHING[Topic.GIVES]


def test_it_is_taken_along_in_words(ruth):
    say_everything(ruth)

    [drawer] = [drawer for drawer in queries.everything_of(ruth) if drawer.name == "said"]
    taken = {thing["topic"]: (thing["value"], thing["shown_to"]) for thing in drawer.things}

    assert taken["roughly where home is"] == (
        "a square of about 5 km around 51.525, -0.125", "Nobody but me",
    )  # fmt: skip
    assert taken["in this for"] == ("Some months", "Nobody but me")
    assert taken["would gladly sit with somebody new"] == ("yes", "Nobody but me")
    assert taken["can give"] == ("A ride, a spare room", "Nobody but me")
    assert len(taken) == len(Topic)


def test_others_keep_theirs_when_one_goes(ruth):
    other = Person.objects.create()
    say_everything(ruth)
    say_everything(other)

    actions.erase(person=ruth)

    assert set(Said.objects.values_list("person", flat=True)) == {other.pk}


def test_lists_say_each_thing_once():
    for labels in (Gift.labels, Space.labels, Steadiness.labels, LANGUAGES):
        assert len(set(map(str, labels))) == len(labels)

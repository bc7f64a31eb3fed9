"""Questions that are made once: they answer as Django's own do, and nothing stays in them."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, models
from django.db.models import BigAutoField, Exists, F, OuterRef
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.web.kit import prepared
from kith.web.kit.prepared import ME, Given, GivenMany, Prepared, Writing
from kith.web.notices.choices import About
from kith.web.notices.models import Notice
from kith.web.people.models import Person
from kith.web.safety.models import Pause

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch):
    """Set the clock."""

    def stand_at(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    stand_at(NOON)
    return stand_at


def person(called="", **said):
    return Person.objects.create(called=called, **said)


def noticed(who, words):
    return Notice.objects.create(
        person=who, about=About.GREETING, words=words, path="/", made_at=NOON
    )


def test_it_answers_as_the_question_does():
    ada, lin = person("Ada"), person("Lin")
    mine = [noticed(ada, "one"), noticed(ada, "two")]
    noticed(lin, "three")
    unseen = Prepared(lambda: Notice.objects.filter(person=ME, seen_at=None).order_by("pk"))

    assert unseen.ask(me=ada.pk) == mine
    assert [notice.words for notice in unseen.ask(me=lin.pk)] == ["three"]
    assert unseen.ask(me=uuid4()) == []


def test_rows_come_with_what_was_joined_and_added(django_assert_num_queries):
    ada = person("Ada")
    noticed(ada, "one")
    joined = Prepared(
        lambda: (
            Notice.objects.filter(person=ME)
            .select_related("person")
            .annotate(name=F("person__called"))
            .defer("words")
        )
    )

    with django_assert_num_queries(1):
        (row,) = joined.ask(me=ada.pk)
        assert row.person == ada
        assert row.person.called == "Ada"
        assert row.name == "Ada"
    assert "words" in row.get_deferred_fields()


def test_values_are_read_as_django_reads_them():
    ada = person("Ada")
    noticed(ada, "sealed words")
    asked = Prepared(lambda: Notice.objects.filter(person=ME).values("words", "person", "made_at"))

    (row,) = asked.ask(me=ada.pk)

    assert row["words"] == "sealed words"
    assert row["person"] == ada.pk
    assert isinstance(row["made_at"], datetime)
    names = Prepared(lambda: Person.objects.filter(pk=ME).values_list("called", flat=True))
    assert names.ask(me=ada.pk) == ["Ada"]


def test_it_is_made_once(django_assert_num_queries):
    times = []

    def make():
        times.append(1)
        return Person.objects.filter(pk=ME)

    asked = Prepared(make)
    with django_assert_num_queries(3):
        for _ in range(3):
            asked.ask(me=uuid4())

    assert times == [1]


def test_rows_are_changed_and_saved_as_any_other():
    ada = person("Ada")
    (row,) = Prepared(lambda: Person.objects.filter(pk=ME)).ask(me=ada.pk)
    row.called = "Ada L."
    row.save()

    assert Person.objects.get(pk=ada.pk).called == "Ada L."


# ---- the clock ------------------------------------------------------------------------------
def test_now_is_when_it_is_asked_not_when_it_was_made(clock):
    ada = person()
    Pause.objects.create(person=ada, until=timezone.now() + timedelta(days=1), why="rest")
    paused = Prepared(lambda: Pause.objects.filter(until__gt=prepared.now(), person=ME))
    assert len(paused.ask(me=ada.pk)) == 1

    clock(NOON + timedelta(days=2))

    assert paused.ask(me=ada.pk) == []


def test_today_is_the_day_on_which_it_is_asked(clock):
    joined = Prepared(lambda: Person.objects.filter(pk=ME, joined_on=prepared.today()))
    ada = person()
    Person.objects.update(joined_on=NOON.date())
    assert joined.ask(me=ada.pk) == [ada]

    clock(NOON + timedelta(days=1))

    assert joined.ask(me=ada.pk) == []


def test_another_moment_may_be_given():
    ada = person()
    at = timezone.now()
    Pause.objects.create(person=ada, until=at + timedelta(days=1), why="rest")
    paused = Prepared(lambda: Pause.objects.filter(until__gt=prepared.now(), person=ME))

    assert paused.ask(me=ada.pk, now=at + timedelta(days=2)) == []


@pytest.mark.parametrize(
    "make",
    [
        lambda: Person.objects.filter(pk=UUID(int=7)),
        lambda: Person.objects.filter(joined_on__lt=date(2026, 5, 4)),
        lambda: Pause.objects.filter(until__gt=timezone.now()),
        lambda: Person.objects.filter(
            Exists(Pause.objects.filter(person=OuterRef("pk"), until__gt=timezone.now()))
        ),
    ],
    ids=["a person", "a day", "a moment", "a moment within"],
)
def test_question_in_which_a_value_would_stay_is_refused(make):
    with pytest.raises(TypeError, match="would be the same whenever"):
        Prepared(make).ask()


def test_value_that_is_not_given_is_missed():
    with pytest.raises(KeyError, match="me"):
        Prepared(lambda: Person.objects.filter(pk=ME)).ask()


def test_clock_outside_of_a_question_is_the_clock():
    assert isinstance(prepared.now(), datetime)
    assert prepared.today() == timezone.localdate()


# ---- lists ----------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [0, 1, 2, 3000])
def test_list_may_be_as_long_as_it_is(count):
    people = Person.objects.bulk_create(Person(called=f"{n}") for n in range(count + 2))
    these = Prepared(lambda: Person.objects.filter(pk__in=GivenMany("these", models.UUIDField())))

    found = these.ask(these=[one.pk for one in people[:count]])

    assert {one.pk for one in found} == {one.pk for one in people[:count]}


def test_list_of_those_to_whom_rows_point():
    notices = [noticed(person(), "hello") for _ in range(3)]
    people = [notice.person_id for notice in notices[:2]]
    of_these = Prepared(
        lambda: Notice.objects.filter(person__in=GivenMany("these", models.UUIDField()))
    )

    assert {notice.pk for notice in of_these.ask(these=people)} == {n.pk for n in notices[:2]}


@settings(max_examples=40, deadline=None)
@given(numbers=st.lists(st.integers(min_value=-(2**63), max_value=2**63 - 1), max_size=20))
def test_numbers_in_a_list_are_taken_as_they_are(numbers):
    of_these = Prepared(
        lambda: Notice.objects.filter(pk__in=GivenMany("these", BigAutoField())).order_by("pk")
    )
    kept = Notice.objects.filter(pk__in=numbers).order_by("pk")

    assert of_these.ask(these=numbers) == list(kept)


@pytest.mark.parametrize("said", ["'; drop table people_person; --", "%s", "%(me)s", "\\", '"'])
def test_words_never_become_part_of_the_question(said):
    ada = person(said)
    asked = Prepared(lambda: Person.objects.filter(is_active=True).filter(pk=ME).order_by("pk"))
    key = Given("words", models.CharField())
    by_path = Prepared(lambda: Notice.objects.filter(path=key))
    Notice.objects.create(person=ada, about=About.GREETING, words="x", path=said, made_at=NOON)

    assert asked.ask(me=ada.pk)[0].called == said
    assert [notice.path for notice in by_path.ask(words=said)] == [said]


# ---- several questions in one, and rows of other shapes ---------------------------------------
def test_questions_that_are_put_together_answer_as_one():
    ada = person("Ada")
    noticed(ada, "one")
    together = Prepared(
        lambda: (
            Person.objects.filter(pk=ME)
            .annotate(n=models.Value(1))
            .values_list("n", "pk")
            .union(
                Notice.objects.filter(person=ME)
                .annotate(n=models.Value(2))
                .values_list("n", "person_id"),
                all=True,
            )
        )
    )

    assert sorted(together.ask(me=ada.pk)) == [(1, ada.pk), (2, ada.pk)]


def test_row_of_a_shape_that_it_does_not_know_is_refused():
    named: Prepared[Any] = Prepared(
        lambda: Person.objects.filter(pk=ME).values_list("pk", named=True)
    )

    with pytest.raises(TypeError, match="cannot be read here"):
        named.ask(me=uuid4())


# ---- writing --------------------------------------------------------------------------------
def test_rows_are_written_as_they_would_be_saved(django_assert_num_queries):
    ada = person("Ada")
    writing = Writing(Notice)
    rows = [
        Notice(person=ada, about=About.GREETING, words=words, path="/", made_at=NOON)
        for words in ("one", "%s")
    ]

    with django_assert_num_queries(1):
        writing.write(rows)

    kept = list(Notice.objects.order_by("pk"))
    assert kept == rows
    assert [one.words for one in kept] == ["one", "%s"]
    assert kept[0].made_at == NOON
    rows[0].path = "/tonight/"
    rows[0].save(update_fields=["path"])
    assert Notice.objects.get(pk=rows[0].pk).path == "/tonight/"


def test_nothing_is_written_of_no_rows(django_assert_num_queries):
    with django_assert_num_queries(0):
        Writing(Notice).write([])


# ---- elsewhere ------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_it_is_asked_by_the_connection_of_whoever_asks():
    ada = person("Ada")
    asked = Prepared(lambda: Person.objects.filter(pk=ME))
    asked.ask(me=ada.pk)
    found = []

    def elsewhere():
        found.extend(asked.ask(me=ada.pk))
        connection.close()

    thread = Thread(target=elsewhere)
    thread.start()
    thread.join()

    assert found == [ada]

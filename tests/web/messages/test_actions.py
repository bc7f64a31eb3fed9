"""Two people may write, one does, and it fades."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from tests.web.messages.making import ground, inside, joined, wrote

from kith.web.messages import tasks
from kith.web.messages.actions import (
    ClosedError,
    TheyWriteFirstError,
    WordsError,
    close_ground,
    fade,
    write,
)
from kith.web.messages.choices import Reason
from kith.web.messages.models import Ground, Message
from kith.web.notices.queries import unseen
from kith.web.people import actions as people
from kith.web.people.choices import Topic
from kith.web.people.queries import everything_of
from kith.web.safety.models import Distance

pytestmark = pytest.mark.django_db


def words_of(person):
    return [message.words for message in Message.objects.filter(by=person).order_by("pk")]


# ---- writing ---------------------------------------------------------------------------------------
def test_words_reach_the_other_and_they_are_told_once(ruth, kofi, circle):
    write(by=kofi, to=ruth, words="At seven?")
    write(by=kofi, to=ruth, words="  By the gate.\r\nBring a coat. ")

    assert words_of(kofi) == ["At seven?", "By the gate.\nBring a coat."]
    [notice] = unseen(ruth)
    assert (notice.words, notice.path) == ("Kofi wrote to you.", f"/messages/about/{circle.pk}/")
    assert unseen(kofi) == []


def test_who_has_no_name_is_told_of_as_someone(ruth, circle, kofi):
    kofi.called = ""
    kofi.save()

    write(by=kofi, to=ruth, words="At seven?")

    assert [notice.words for notice in unseen(ruth)] == ["Someone wrote to you."]


def test_who_muted_somebody_is_not_told_and_finds_the_words(ruth, kofi, circle):
    Distance.objects.create(by=ruth, whom=kofi, kind="mute")

    write(by=kofi, to=ruth, words="At seven?")
    write(by=ruth, to=kofi, words="Yes.")

    assert unseen(ruth) == []
    assert len(unseen(kofi)) == 1


@pytest.mark.parametrize("words", ["", "  \n ", "x" * 501])
def test_nothing_and_too_much_are_refused(ruth, kofi, circle, words):
    with pytest.raises(WordsError):
        write(by=ruth, to=kofi, words=words)

    assert not Message.objects.exists()


def test_five_hundred_letters_are_not_too_many(ruth, kofi, circle):
    write(by=ruth, to=kofi, words="é" * 500)

    assert words_of(ruth) == ["é" * 500]


def test_outsider_writes_to_nobody(may, ruth, kofi, circle):
    for to in (ruth, kofi):
        with pytest.raises(ClosedError):
            write(by=may, to=to, words="Hello")

    assert not Message.objects.exists()


@pytest.mark.parametrize("is_by_ruth", [True, False])
def test_blocked_pair_does_not_write(ruth, kofi, circle, is_by_ruth):
    by, whom = (ruth, kofi) if is_by_ruth else (kofi, ruth)
    Distance.objects.create(by=by, whom=whom, kind="block")

    for one, other in ((ruth, kofi), (kofi, ruth)):
        with pytest.raises(ClosedError):
            write(by=one, to=other, words="Hello")


def test_nothing_new_is_written_when_what_they_did_is_over(ruth, kofi, circle):
    write(by=ruth, to=kofi, words="At seven?")
    close_ground(reason=Reason.CIRCLE, number=1)

    with pytest.raises(ClosedError):
        write(by=kofi, to=ruth, words="Yes.")
    assert words_of(ruth) == ["At seven?"]


def test_thirty_an_hour_are_enough_to_arrange_a_meeting(ruth, kofi, circle):
    for _ in range(30):
        write(by=ruth, to=kofi, words="At seven?")

    with pytest.raises(people.TooManyTriesError):
        write(by=ruth, to=kofi, words="At seven?")
    write(by=kofi, to=ruth, words="Yes!")


# ---- somebody new ----------------------------------------------------------------------------------
@pytest.fixture
def newcomer(db):
    return joined("Noor", days_ago=89)


@pytest.mark.parametrize("reason", Reason)
def test_newcomer_gets_no_first_message(ruth, newcomer, reason):
    ground(ruth, newcomer, reason)

    with pytest.raises(TheyWriteFirstError):
        write(by=ruth, to=newcomer, words="Welcome!")

    assert not Message.objects.exists()
    assert unseen(newcomer) == []


def test_newcomer_who_wrote_gets_an_answer(ruth, kofi, newcomer):
    ground(ruth, newcomer)
    ground(kofi, newcomer)
    write(by=newcomer, to=ruth, words="Is there a ramp?")

    write(by=ruth, to=newcomer, words="There is.")

    assert words_of(ruth) == ["There is."]
    with pytest.raises(TheyWriteFirstError):
        write(by=kofi, to=newcomer, words="I heard you ask.")


def test_nobody_is_new_after_ninety_days(ruth):
    other = joined("Ines", days_ago=90)
    ground(ruth, other)

    write(by=ruth, to=other, words="At seven?")

    assert words_of(ruth) == ["At seven?"]


def test_only_the_host_writes_first_to_a_newcomer_who_said_that_hosts_may(ruth, kofi, newcomer):
    people.say(person=newcomer, topic=Topic.MAY_BE_WRITTEN_TO, value=True)
    ground(ruth, newcomer, Reason.GATHERING_HOST, number=7)
    ground(kofi, newcomer, Reason.CIRCLE)
    # A guest is not the host, whichever of the two keys is the lower one.
    guest, other = joined("Gus"), joined("Nia", days_ago=1)
    for one, number in ((other, 1), (guest, 2)):
        ground(one, newcomer, Reason.GATHERING_HOST, number=number)
    ground(newcomer, joined("Hal"), Reason.GATHERING_HOST, number=3)

    write(by=ruth, to=newcomer, words="Welcome! I am at the door.")

    with pytest.raises(TheyWriteFirstError):
        write(by=kofi, to=newcomer, words="Hi")
    hosted = Ground.objects.get(number=3)
    with pytest.raises(TheyWriteFirstError):
        write(by=hosted.low if hosted.high == newcomer else hosted.high, to=newcomer, words="Hi")


# ---- grounds ---------------------------------------------------------------------------------------
def test_ground_is_one_however_often_and_from_whichever_side_it_is_opened(ruth, kofi):
    first = ground(ruth, kofi)
    until = timezone.now() + timedelta(days=1)

    second = ground(kofi, ruth, until=until)

    assert first.pk == second.pk
    assert Ground.objects.get().until == until


def test_ground_that_ended_can_be_opened_again(ruth, kofi, circle):
    close_ground(reason=Reason.CIRCLE, number=1)

    ground(ruth, kofi)

    write(by=ruth, to=kofi, words="Back!")
    assert words_of(ruth) == ["Back!"]


def test_ground_ends_for_all_for_one_or_for_two(ruth, kofi, may):
    def still_open():
        return Ground.objects.filter(until=None).count()

    for number in (1, 2):
        ground(ruth, kofi, number=number)
        ground(ruth, may, number=number)
        ground(kofi, may, number=number)

    close_ground(reason=Reason.PAIR, number=1)
    assert still_open() == 6
    close_ground(reason=Reason.CIRCLE, number=1, one=kofi, other=may)
    assert still_open() == 5
    close_ground(reason=Reason.CIRCLE, number=1, one=ruth)
    assert still_open() == 3
    close_ground(reason=Reason.CIRCLE, number=2)
    assert still_open() == 0


def test_closing_again_does_not_make_it_end_later(ruth, kofi, circle):
    close_ground(reason=Reason.CIRCLE, number=1)
    ended = Ground.objects.get().until

    close_ground(reason=Reason.CIRCLE, number=1)

    assert Ground.objects.get().until == ended


def test_database_keeps_no_ground_of_one_person(ruth):
    with pytest.raises(IntegrityError), transaction.atomic():
        Ground.objects.create(low=ruth, high=ruth, reason=Reason.PAIR)


# ---- fading ----------------------------------------------------------------------------------------
def test_words_fade_after_thirty_days_and_a_ground_that_ended_with_them(ruth, kofi, may, circle):
    now = timezone.now()
    wrote(ruth, kofi, "old", at=now - timedelta(days=30))
    wrote(ruth, kofi, "new", at=now - timedelta(days=29))
    ground(ruth, may, until=now - timedelta(days=30))
    ground(kofi, may, until=now - timedelta(days=29))

    assert fade(at=now) == 2

    assert words_of(ruth) == ["new"]
    assert Ground.objects.count() == 2
    assert fade(at=now) == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the file of SQLite")
def test_nothing_is_left_in_the_file_of_what_faded():
    one, other = joined("Ruth"), joined("Kofi")
    ground(one, other)
    words = "marmalade-lighthouse " * 20
    old = wrote(one, other, words, at=timezone.now() - timedelta(days=31))
    kept = wrote(one, other, words + "kept")
    sealed = {}
    with connection.cursor() as cursor:
        for row in (old, kept):
            cursor.execute("SELECT words FROM kith_messages_message WHERE id = %s", [row.pk])
            sealed[row.pk] = bytes(cursor.fetchone()[0])

    fade(at=timezone.now())

    path = Path(connection.settings_dict["NAME"])
    raw = b"".join(part.read_bytes() for part in path.parent.glob(f"{path.name}*"))
    assert sealed[kept.pk][20:120] in raw
    assert sealed[old.pk][20:120] not in raw
    assert b"marmalade" not in raw


def test_fading_comes_round_again_by_itself(settings, ruth, kofi, circle):
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415

    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
    }
    wrote(ruth, kofi, at=timezone.now() - timedelta(days=31))

    assert tasks.fade.call() == 1
    tasks.start()

    assert [row.task_path for row in DBTaskResult.objects.all()] == [tasks.fade.module_path]


# ---- all of it is theirs ---------------------------------------------------------------------------
def test_words_go_on_both_sides_with_either_of_the_two(ruth, kofi, may, circle):
    ground(kofi, may)
    for by, to in ((ruth, kofi), (kofi, ruth), (kofi, may)):
        write(by=by, to=to, words="At seven?")

    people.erase(person=ruth)

    assert [(m.by, m.to) for m in Message.objects.all()] == [(kofi, may)]
    assert Ground.objects.count() == 1
    assert unseen(kofi) == []


def test_export_has_ones_own_words_and_those_one_got_and_no_names(ruth, kofi, circle):
    write(by=ruth, to=kofi, words="At seven?")
    write(by=kofi, to=ruth, words="Yes.")

    drawers = {drawer.name: drawer.things for drawer in everything_of(ruth)}

    assert [(m["to"], m["words"]) for m in drawers["messages_written"]] == [
        ("Someone", "At seven?")
    ]
    assert [(m["by"], m["words"]) for m in drawers["messages_received"]] == [("Someone", "Yes.")]
    [kept] = drawers.get("grounds_low", []) + drawers.get("grounds_high", [])
    assert kept["reason"] == "they share a circle"
    text = inside(ruth).get("/you/all.json").content.decode()
    for theirs in (str(kofi.pk), kofi.pk.hex):
        assert theirs not in text


def test_words_are_sealed_in_the_database(ruth, kofi, circle):
    write(by=ruth, to=kofi, words="marmalade lighthouse")

    for table in ("kith_messages_message", "notices_notice"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT words FROM {table}")
            [(sealed,)] = cursor.fetchall()
        for secret in (b"marmalade", b"lighthouse", b"Ruth"):
            assert secret not in bytes(sealed)

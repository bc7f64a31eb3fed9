"""Acts are only added to, and ties are what they make, in whatever order they are told."""

from datetime import date, timedelta
from itertools import permutations
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from kith.errors import InvalidInputError
from kith.web.acts import actions, bridge
from kith.web.acts.choices import Help, Kind, Mode, Setting
from kith.web.acts.models import Act, Tie
from kith.web.people.actions import erase
from kith.web.people.models import Person

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def ruth():
    return Person.objects.create(pk=UUID(int=1))


@pytest.fixture
def kofi():
    return Person.objects.create(pk=UUID(int=2))


def act(actor, other=None, *, on=TUESDAY, **more):
    given = {
        "kind": Kind.TALKED, "mode": Mode.IN_PERSON, "minutes": 30.0,
        "setting": Setting.GATHERING, **more,
    }  # fmt: skip
    return actions.record(Act(actor=actor, other=other, on=on, **given))


def tie():
    found = Tie.objects.get()
    return found.strength, found.help_up, found.help_down, found.day


def test_act_of_one_makes_no_tie(ruth):
    act(ruth, kind=Kind.WAS_THERE)

    assert Act.objects.get().actor == ruth
    assert not Tie.objects.exists()


def test_half_an_hour_face_to_face_makes_a_tie(ruth, kofi):
    act(ruth, kofi)

    # 0.15 of what is missing to 1, for an act worth a half.
    assert tie() == (0.075, 0.0, 0.0, 20781.0)
    assert (Tie.objects.get().low, Tie.objects.get().high) == (ruth, kofi)


@pytest.mark.parametrize(
    ("helped", "up", "down"),
    [(Help.GIVEN, 0.0, 1.0), (Help.RECEIVED, 1.0, 0.0), (Help.BOTH, 1.0, 1.0)],
)
def test_help_goes_the_way_it_went(ruth, kofi, helped, up, down):
    act(kofi, ruth, help=helped)

    assert tie()[1:3] == (up, down)


def test_tie_is_the_same_in_whatever_order_it_is_told(ruth, kofi):
    told = [
        (ruth, kofi, 0, Help.GIVEN), (kofi, ruth, 7, Help.NONE), (ruth, kofi, 7, Help.BOTH),
        (kofi, ruth, 90, Help.RECEIVED),
    ]  # fmt: skip
    found = []
    for order in permutations(told):
        with transaction.atomic():
            for actor, other, days, helped in order:
                act(actor, other, on=TUESDAY + timedelta(days=days), help=helped)
            found.append(tie())
            transaction.set_rollback(True)

    assert all(one == pytest.approx(found[0], abs=1e-9) for one in found)
    assert len(found) == 24


def test_acts_are_only_added_to(ruth):
    written = act(ruth)

    written.minutes = 60
    for change in (
        written.save,
        written.delete,
        Act.objects.all().delete,
        lambda: Act.objects.update(minutes=60),
    ):
        with pytest.raises(InvalidInputError, match="Acts are only added to"):
            change()
    assert Act.objects.get().minutes == 30


def test_nobody_meets_themselves(ruth):
    with pytest.raises(IntegrityError), transaction.atomic():
        act(ruth, ruth)


def test_act_of_other_people_is_not_learned(ruth, kofi):
    wren = Person.objects.create()
    act(ruth, kofi)

    with pytest.raises(InvalidInputError, match="other people"):
        bridge.learn(Tie.objects.get(), Act(actor=ruth, other=wren, on=TUESDAY, mode=Mode.TEXT))


def test_acts_of_an_erased_person_no_longer_say_whose_they_were(ruth, kofi):
    act(ruth, kofi)
    act(ruth, kind=Kind.WAS_THERE)

    erase(person=ruth)

    assert [(one.actor, one.other) for one in Act.objects.order_by("pk")] == [
        (None, kofi),
        (None, None),
    ]
    assert not Tie.objects.exists()


def test_acts_told_together_are_written_together_or_not_at_all(ruth, kofi):
    wren = Person.objects.create(pk=UUID(int=3))
    told = [Act(actor=one, other=other, on=TUESDAY, kind=Kind.TALKED, mode=Mode.VOICE, minutes=30.0,
                setting=Setting.GATHERING) for one, other in [(wren, ruth), (ruth, kofi), (ruth, None)]]  # fmt: skip

    actions.record_all(told)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.record_all(
            [Act(actor=ruth, on=TUESDAY, minutes=1), Act(actor=ruth, on=TUESDAY, minutes=-1)]
        )

    assert Act.objects.count() == 3
    assert [(tie.low, tie.high) for tie in Tie.objects.order_by("high")] == [
        (ruth, kofi),
        (ruth, wren),
    ]


def test_acts_of_one_pair_told_together_are_each_learned_once(ruth, kofi):
    more = {"kind": Kind.TALKED, "mode": Mode.VOICE, "minutes": 30.0, "setting": Setting.GATHERING}

    actions.record_all(
        Act(actor=ruth, other=kofi, on=TUESDAY - timedelta(days=days), help=Help.GIVEN, **more)
        for days in (0, 60, 0)
    )

    assert tie()[1:] == (2.5, 0.0, 20781.0)

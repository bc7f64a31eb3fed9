"""The whole log: nobody can be found in it, and all ties come out of it as they are stored."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.acts.making import TUESDAY, act, people, ties, year_of

from kith.web.acts import actions
from kith.web.acts.bridge import whole
from kith.web.acts.choices import Help, Mode
from kith.web.acts.models import Act, Tie
from kith.web.people.actions import erase

pytestmark = pytest.mark.django_db


def close(stored):
    return {pair: pytest.approx(held, rel=0, abs=1e-9) for pair, held in stored.items()}


def recomputed():
    return {
        (tie.low_id, tie.high_id): (tie.strength, tie.help_up, tie.help_down, tie.day)
        for tie in whole.recomputed()
    }


def test_log_holds_what_two_people_did_and_not_what_one_did_alone():
    ruth, kofi = people(2)
    actions.record(act(ruth))
    actions.record(act(ruth, kofi, on=TUESDAY, mode=Mode.VOICE, minutes=12.5, help=Help.GIVEN))

    log = whole.log_of(Act.objects.all())

    assert log.people == 2
    assert log.day.tolist() == [20781.0]
    assert {*log.actor.tolist(), *log.other.tolist()} == {0, 1}
    assert (log.mode.tolist(), log.minutes.tolist(), log.help.tolist()) == ([2], [12.5], [1])


def test_log_of_nothing_is_a_log():
    assert whole.log_of(Act.objects.none()).people == 0


def test_log_keeps_who_is_who_within_it():
    folk = people(5)
    year_of(folk, 40)

    log = whole.log_of(Act.objects.order_by("pk"))

    rows = Act.objects.filter(actor__isnull=False, other__isnull=False).order_by("pk")
    keys = [key for row in rows for key in (row.actor_id, row.other_id)]
    numbers = [n for pair in zip(log.actor.tolist(), log.other.tolist(), strict=True) for n in pair]
    assert len(set(zip(keys, numbers, strict=True))) == log.people == 5


def test_people_are_numbered_by_chance_each_time():
    ruth, kofi = people(2)
    actions.record(act(ruth, kofi))

    drawn = Counter(whole.log_of(Act.objects.all()).actor[0].item() for _ in range(200))

    # Of two fair numbers, neither comes up less than 50 times in 200 but once in 10^13.
    assert min(drawn[0], drawn[1]) > 50


def test_all_ties_learned_anew_are_those_stored_act_by_act():
    year_of(people(7), 300)

    assert recomputed() == close(ties())
    assert len(ties()) == 21
    assert list(whole.astray()) == []


def test_ties_of_those_who_stay_are_what_is_left_of_the_log():
    folk = people(5)
    year_of(folk, 120)
    gone = folk[2].pk
    left = {pair: held for pair, held in ties().items() if gone not in pair}

    erase(person=folk[2])

    assert Act.objects.count() == 120
    assert len(left) == 6
    assert ties() == left
    assert recomputed() == close(left)
    assert list(whole.astray()) == []


def test_tie_that_was_changed_or_lost_or_has_no_acts_is_astray():
    ruth, kofi, wren, ana = sorted(people(4), key=lambda person: person.pk.int)
    for other in (kofi, wren):
        actions.record(act(ruth, other))
    Tie.objects.filter(high=kofi).update(help_up=2e-9)
    Tie.objects.filter(high=wren).delete()
    Tie.objects.create(low=wren, high=ana, strength=0.5, help_up=0, help_down=0, day=0)

    found = set(whole.astray())

    assert found == {(ruth.pk, kofi.pk), (ruth.pk, wren.pk), (wren.pk, ana.pk)}


@pytest.mark.parametrize("count", [1, 30])
def test_whole_log_is_read_by_one_question(count):
    year_of(people(3), count)

    with CaptureQueriesContext(connection) as asked:
        whole.log_of(Act.objects.all())

    assert len(asked) == 1

"""Two people tell of the same hour at the same moment: neither act is lost, and their tie is one."""

import threading

import pytest
from django.db import close_old_connections, connection
from tests.web.acts.making import act, people

from kith.web.acts import actions
from kith.web.acts.bridge import whole
from kith.web.acts.choices import Help
from kith.web.acts.models import Act, Tie

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 12


def at_once(*tellings):
    """Run all `tellings` in threads of their own, and return what they raised."""
    errors = []
    start = threading.Barrier(len(tellings))

    def tell(telling):
        try:
            start.wait(10)
            telling()
        except Exception as error:  # noqa: BLE001 - told to the test, which wants none
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=tell, args=(telling,)) for telling in tellings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    close_old_connections()
    return errors


def again_and_again(one, other):
    def telling():
        for _ in range(TIMES):
            actions.record(act(one, other, help=Help.GIVEN))

    return telling


def test_two_who_tell_of_each_other_at_once_lose_nothing():
    ruth, kofi = people(2)

    errors = at_once(again_and_again(ruth, kofi), again_and_again(kofi, ruth))

    assert errors == []
    assert Act.objects.count() == 2 * TIMES
    assert (Tie.objects.get().help_up, Tie.objects.get().help_down) == (TIMES, TIMES)
    assert list(whole.astray()) == []


@pytest.mark.parametrize("time", range(5))
def test_first_acts_of_a_pair_told_at_once_make_one_tie(time):
    ruth, kofi = people(2)

    errors = at_once(*[lambda: actions.record(act(ruth, kofi, help=Help.BOTH))] * 4)

    assert errors == []
    assert (Tie.objects.get().help_up, Tie.objects.get().help_down) == (4, 4)
    assert list(whole.astray()) == []


def test_many_acts_told_at_once_by_many_do_not_wait_in_a_circle():
    folk = people(4)
    pairs = [(one, other) for one in folk for other in folk if one != other]

    errors = at_once(
        lambda: actions.record_all(act(*pair) for pair in pairs),
        lambda: actions.record_all(act(*pair) for pair in reversed(pairs)),
        lambda: actions.record_all(act(*pair) for pair in pairs[::2] + pairs[1::2]),
    )

    assert errors == []
    assert Act.objects.count() == 3 * len(pairs)
    assert Tie.objects.count() == 6
    assert list(whole.astray()) == []


def test_mending_beside_those_who_tell_loses_nothing():
    ruth, kofi = people(2)
    actions.record(act(ruth, kofi))
    tie = Tie.objects.get()
    Tie.objects.update(strength=0.5)

    def mending():
        for _ in range(TIMES):
            actions.mend(tie.low_id, tie.high_id)

    errors = at_once(mending, again_and_again(ruth, kofi))

    assert errors == []
    assert Act.objects.count() == TIMES + 1
    assert list(whole.astray()) == []

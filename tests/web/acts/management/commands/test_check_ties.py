"""`manage check_ties`: says which ties are not what their acts make, by number, and mends them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from tests.web.acts.making import act, people, ties, year_of

from kith.web.acts import actions
from kith.web.acts.models import Act, Tie

pytestmark = pytest.mark.django_db


def check(**options):
    said = StringIO()
    try:
        call_command("check_ties", stdout=said, **options)
    except CommandError as error:
        return [*said.getvalue().splitlines(), str(error)]
    return said.getvalue().splitlines()


def broken():
    """Three ties of which one was changed, one lost, and one has no acts; and what they were."""
    ruth, kofi, wren, ana = people(4)
    for other in (kofi, wren):
        actions.record(act(ruth, other))
    was = ties()
    changed, lost = Tie.objects.order_by("pk")
    Tie.objects.filter(pk=changed.pk).update(strength=0.9)
    first = Act.objects.order_by("pk").last()
    lost.delete()
    low, high = sorted((wren, ana), key=lambda person: person.pk.int)
    empty = Tie.objects.create(low=low, high=high, strength=0.5, help_up=0, help_down=0, day=0)
    told = {
        f"Tie {changed.pk} is not what its acts make.",
        f"Act {first.pk} and those after it have made no tie.",
        f"Tie {empty.pk} has no acts.",
    }
    return was, told


def test_ties_that_are_well_are_said_to_be():
    year_of(people(4), 60)

    assert check() == ["All ties are what their acts make."]


def test_no_ties_are_well():
    assert check(mend=True) == ["All ties are what their acts make."]


def test_ties_that_are_not_are_named_by_number_and_left_alone():
    _was, told = broken()
    before = ties()

    said = check()

    assert set(said[:-1]) == told
    assert said[-1] == "Not all ties are what their acts make. --mend makes them so."
    assert ties() == before


def test_mended_ties_are_what_their_acts_make():
    was, told = broken()

    said = check(mend=True)

    assert set(said[:-1]) == told
    assert said[-1] == "Mended."
    assert ties() == {pair: pytest.approx(held, abs=1e-9) for pair, held in was.items()}
    assert check() == ["All ties are what their acts make."]


def test_tie_that_came_right_meanwhile_is_not_named():
    ruth, kofi, wren = people(3)
    actions.record(act(ruth, kofi))
    held = Tie.objects.get()

    assert actions.mend(held.low_id, held.high_id) is None
    assert actions.mend(wren.pk, kofi.pk) is None
    assert Tie.objects.get() == held

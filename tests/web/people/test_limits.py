"""What is tried too often is refused for a while: from one place, or by one person."""

import pytest

from kith.web.people import actions
from kith.web.people.actions.limits import MOST
from kith.web.people.choices import Tried
from kith.web.people.models import Attempt, Person

pytestmark = pytest.mark.django_db


def test_everything_that_is_counted_has_its_most():
    assert set(MOST) == set(Tried)


@pytest.mark.parametrize("what", list(Tried))
def test_last_try_is_let_through_and_the_next_is_not(what):
    most, _within = MOST[what]
    for _ in range(most):
        actions.count(what, whence="10.1.1.1")

    with pytest.raises(actions.TooManyTriesError):
        actions.count(what, whence="10.1.1.1")
    actions.count(what, whence="10.1.1.2")


def test_person_is_counted_without_keeping_who_it_was():
    ruth = Person.objects.create()

    actions.count(Tried.MESSAGE, whence=ruth.pk.hex)

    kept = bytes(Attempt.objects.get().whence)
    assert ruth.pk.bytes not in kept
    assert str(Attempt.objects.get()) == "message"

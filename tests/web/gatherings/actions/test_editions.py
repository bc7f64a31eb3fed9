import pytest

from kith.web.gatherings.actions.editions import next_edition, one_at_a_time
from kith.web.gatherings.models import Edition

pytestmark = pytest.mark.django_db


def test_editions_count_from_one():
    assert [next_edition(), next_edition()] == [1, 2]


def test_waiting_for_others_counts_nothing():
    one_at_a_time()
    one_at_a_time()

    assert [edition.number for edition in Edition.objects.all()] == [0]

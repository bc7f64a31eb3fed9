import numpy as np
import pytest

from kith.core.rng import key, stream
from kith.errors import InvalidInputError


def test_stream_is_untouched_by_draws_from_another():
    lonely = stream(7, "cues").random(5)

    other, cues = stream(7, "births"), stream(7, "cues")
    other.random(1_000)

    np.testing.assert_array_equal(cues.random(5), lonely)


def test_every_part_of_a_name_counts():
    names = [
        (1, "a"),
        (2, "a"),
        (1, "b"),
        (1, "a", "b"),
        (1, "ab"),
        (1, "a", 1),
        (1, "a", "1"),
        (1, "a,", "1"),
    ]

    assert len({key(*name) for name in names}) == len(names)


def test_key_has_64_bits_and_stays_what_it_is():
    assert key(1, "chance") == key(1, "chance")
    assert 0 <= key(1, "chance") < 2**64


def test_stream_without_a_name_is_refused():
    with pytest.raises(InvalidInputError, match="must have a name"):
        stream(1)

"""A seed is promised, and nobody can say that it was chosen afterwards."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.randomize import commitment, is_promised
from kith.errors import InvalidInputError

SALT = "sixteen letters!"


def test_commitment_is_the_hash_that_anybody_can_make():
    by_hand = sha256(b"kith draws 1\n7\nsixteen letters!").hexdigest()

    assert commitment(7, SALT) == by_hand


@given(seed=st.integers(), other=st.integers())
def test_promise_holds_for_its_seed_only(seed, other):
    promise = commitment(seed, SALT)

    assert is_promised(promise, seed=seed, salt=SALT)
    assert is_promised(promise, seed=other, salt=SALT) == (seed == other)


def test_salt_that_can_be_guessed_is_refused():
    with pytest.raises(InvalidInputError, match="at least 16 letters"):
        commitment(7, "short")

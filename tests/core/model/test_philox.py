"""The dice are those of the paper, bit for bit, and depend on nothing but who and when."""

import numpy as np
import pytest

from kith.core.model.philox import BEGINNING, LIVING, dice, keys, philox

# Known answers for philox4x32-10: tests/kat_vectors of Random123 (Salmon et al. 2011).
KNOWN = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]  # fmt: skip


def _words(text):
    return [int(word, 16) for word in text.split()]


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN)
def test_philox_gives_the_known_answers(counter, key, answer):
    # In the middle of others: a column must not hang on its neighbours.
    columns = np.array([[1, 2, 3, 4], _words(counter), [9, 9, 9, 9]], np.uint32).T

    drawn = philox(columns, tuple(_words(key)))

    assert drawn[:, 1].tolist() == _words(answer)


def test_dice_are_the_upper_24_bits_of_person_step_and_stream():
    key = keys(7, 2)

    lot = dice(3, 5, BEGINNING, key)

    words = philox(np.array([[2], [5], [BEGINNING], [0]], np.uint32), key)[:, 0]
    assert lot[:, 2].tolist() == [(int(word) >> 8) / 2**24 for word in words]


def test_dice_lie_from_0_to_below_1_and_are_even():
    lot = dice(50_000, 3, LIVING, keys(1, 0))

    assert lot.min() >= 0
    assert lot.max() < 1
    # Of a uniform mean: one standard error is 1 / sqrt(12 * 200,000) = .00065.
    assert lot.mean(dtype=np.float64) == pytest.approx(0.5, abs=0.003)


def test_each_seed_replicate_step_and_stream_has_dice_of_its_own():
    asked = [(3, 0, 1, LIVING), (4, 0, 1, LIVING), (3, 1, 1, LIVING), (3, 0, 2, LIVING), (3, 0, 1, BEGINNING)]  # fmt: skip

    drawn = {dice(4, step, stream, keys(seed, replicate)).tobytes() for seed, replicate, step, stream in asked}  # fmt: skip

    assert len(drawn) == len(asked)

"""Randomness that a seed decides: one stream for each purpose, none that two purposes share."""

from hashlib import blake2b

import numpy as np

from kith.errors import InvalidInputError


def key(seed: int, *names: str | int) -> int:
    """Return 64 bits that stand for a seed and a purpose: others for any other of either.

    Raises:
        InvalidInputError: If nothing names the purpose.
    """
    if not names:
        raise InvalidInputError("a stream must have a name: what it is for")
    # A name's kind and length are part of it: ("a", "b") is not ("ab",), and 1 is not "1".
    said = "".join(f"{type(name).__name__}:{len(str(name))}:{name}," for name in (seed, *names))
    return int.from_bytes(blake2b(said.encode(), digest_size=8).digest(), "little")


def stream(seed: int, *names: str | int) -> np.random.Generator:
    """Return the random numbers of one purpose: the same for the same seed and names.

    Draws from one stream never move another, so two arms of a study differ only where an
    intervention acts.
    """
    return np.random.Generator(np.random.Philox(key(seed, *names)))

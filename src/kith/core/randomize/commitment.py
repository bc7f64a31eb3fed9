"""A seed that is promised before anybody joins, and shown when the study is over."""

from hashlib import sha256

from kith.errors import InvalidInputError

# So many letters of salt that nobody finds the seed by trying seeds.
LEAST_SALT = 16


def commitment(seed: int, salt: str) -> str:
    """Return what promises a seed without telling it: SHA-256 over the seed and its salt, as hex.

    Publish it before the first draw, and the seed and the salt after the last: then everybody
    can see that the seed was not chosen afterwards, and draw everything again.

    Args:
        seed: Of all draws of the study.
        salt: At least `LEAST_SALT` letters that nobody can guess.

    Raises:
        InvalidInputError: If the salt is shorter.
    """
    if len(salt) < LEAST_SALT:
        raise InvalidInputError(f"salt must have at least {LEAST_SALT} letters, got {len(salt)}")
    return sha256(f"kith draws 1\n{seed}\n{salt}".encode()).hexdigest()


def is_promised(promise: str, *, seed: int, salt: str) -> bool:
    """Return whether `promise` is the commitment to this seed with this salt."""
    return promise.strip().lower() == commitment(seed, salt)

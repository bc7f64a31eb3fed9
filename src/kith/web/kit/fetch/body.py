"""Takes in a document piece by piece and stops as soon as it is too much."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from kith.web.kit.fetch.deadline import Deadline
from kith.web.kit.fetch.gzipped import NotGzipError, is_gzipped, unpacked
from kith.web.kit.fetch.refusals import BrokenAnswerError, TooBigError

_BYTES_PER_MB = 1_000_000


def gathered(pieces: Iterable[bytes], *, name: str, max_bytes: int, deadline: Deadline) -> bytes:
    """Return all `pieces` as one.

    Raises:
        TooBigError: As soon as they come to more than `max_bytes`.
        TooSlowError: As soon as the time is over.
    """
    whole = bytearray()
    for piece in pieces:
        deadline.left_s()
        whole += piece
        if len(whole) > max_bytes:
            raise too_big(name, max_bytes)
    return bytes(whole)


def opened(body: bytes, *, name: str, max_bytes: int, deadline: Deadline) -> bytes:
    """Return `body`, unpacked once if it is gzip.

    Raises:
        BrokenAnswerError: If it is damaged, or there is a second gzip inside the first.
        TooBigError: As soon as it unfolds to more than `max_bytes`.
    """
    if not is_gzipped(body):
        return body
    try:
        plain = gathered(unpacked(body), name=name, max_bytes=max_bytes, deadline=deadline)
    except NotGzipError as error:
        raise BrokenAnswerError(
            _("%(name)s is packed with gzip and is damaged or cut short. Ask for it again.")
            % {"name": name}
        ) from error
    if is_gzipped(plain):
        raise BrokenAnswerError(
            _("%(name)s is packed with gzip twice, and kith opens it once only. Unpack it first.")
            % {"name": name}
        )
    return plain


def too_big(name: str, max_bytes: int) -> TooBigError:
    """Return the refusal to raise when `name` holds more than `max_bytes`."""
    return TooBigError(
        _(
            "%(name)s holds more than %(mb)g MB, the most kith reads from one feed. Ask for a "
            "smaller one, or raise KITH_FEED_MAX_MB."
        )
        % {"name": name, "mb": max_bytes / _BYTES_PER_MB}
    )

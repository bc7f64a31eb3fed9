"""Opens gzip a little at a time, so that a small file which unfolds without end does no harm."""

import zlib
from collections.abc import Iterator

GZIP_MAGIC = b"\x1f\x8b"

# What is fed in and what comes out, at most, in one go.
PIECE_BYTES = 65_536

# zlib's way to say: gzip, with its header and its checksum.
_GZIP_WINDOW = 31


class NotGzipError(ValueError):
    """The bytes are not gzip, are damaged, or stop before the end."""


def is_gzipped(body: bytes) -> bool:
    """Return whether `body` begins as gzip does."""
    return body.startswith(GZIP_MAGIC)


def unpacked(packed: bytes) -> Iterator[bytes]:
    """Yield what `packed` holds, never more than PIECE_BYTES at once.

    Raises:
        NotGzipError: If the bytes are not gzip to the end.
    """
    member = zlib.decompressobj(_GZIP_WINDOW)
    try:
        for start in range(0, len(packed), PIECE_BYTES):
            rest = packed[start : start + PIECE_BYTES]
            while rest:
                if member.eof:
                    # Some tools pad with zeros; anything else is one more gzip file joined on.
                    rest = rest.lstrip(b"\0")
                    if not rest:
                        break
                    member = zlib.decompressobj(_GZIP_WINDOW)
                yield from _fed(member, rest)
                rest = member.unused_data
    except zlib.error as error:
        raise NotGzipError from error
    if not member.eof:
        raise NotGzipError


def _fed(member: "zlib._Decompress", rest: bytes) -> Iterator[bytes]:
    # What is left inside when the input runs out comes with the next input: at the very least
    # the checksum is still to come.
    while rest and not member.eof:
        piece = member.decompress(rest, PIECE_BYTES)
        if piece:
            yield piece
        rest = member.unconsumed_tail

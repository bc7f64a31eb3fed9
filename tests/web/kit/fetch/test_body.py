"""Taking in a document piece by piece."""

import gzip
import math

import pytest

from kith.web.kit.fetch import TooBigError, TooSlowError
from kith.web.kit.fetch.body import gathered, opened
from kith.web.kit.fetch.deadline import Deadline

NEVER = Deadline(math.inf, "feed.json")
NOW = Deadline(0, "feed.json")


def test_gathered_joins_the_pieces():
    assert gathered([b"a", b"", b"b"], name="x", max_bytes=2, deadline=NEVER) == b"ab"


def test_gathered_takes_no_piece_after_the_limit():
    pieces = iter([b"a", b"b", b"c"])

    with pytest.raises(TooBigError, match=r"^x holds more than 1e-06 MB"):
        gathered(pieces, name="x", max_bytes=1, deadline=NEVER)

    assert list(pieces) == [b"c"]


def test_gathered_stops_when_the_time_is_over():
    with pytest.raises(TooSlowError):
        gathered([b"a"], name="x", max_bytes=2, deadline=NOW)


def test_opened_stops_when_the_time_is_over():
    with pytest.raises(TooSlowError):
        opened(gzip.compress(b"a"), name="x", max_bytes=2, deadline=NOW)

"""Gzip, opened with care."""

import gzip
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.web.kit.fetch.gzipped import PIECE_BYTES, NotGzipError, is_gzipped, unpacked


@given(st.binary(max_size=5_000), st.integers(min_value=1, max_value=200))
def test_unpacked_gives_back_what_was_packed(body, times):
    whole = body * times

    assert b"".join(unpacked(gzip.compress(whole))) == whole


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=5))
def test_unpacked_reads_files_that_were_joined(bodies):
    joined = b"".join(gzip.compress(body) for body in bodies)

    assert b"".join(unpacked(joined)) == b"".join(bodies)


@pytest.mark.parametrize("size", [PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, PIECE_BYTES * 3])
def test_unpacked_loses_nothing_where_a_piece_ends(size):
    pieces = list(unpacked(gzip.compress(b"x" * size)))

    assert b"".join(pieces) == b"x" * size
    assert max(map(len, pieces)) <= PIECE_BYTES


def test_unpacked_loses_nothing_where_the_input_is_cut_into_pieces():
    noise = random.Random(7).randbytes(PIECE_BYTES - 40)
    whole = noise + b"\0" * 10_000_000

    assert b"".join(unpacked(gzip.compress(whole))) == whole


def test_unpacked_opens_no_more_than_is_taken():
    bomb = gzip.compress(b"\0" * 20_000_000)

    first = next(unpacked(bomb))

    assert len(first) == PIECE_BYTES


@pytest.mark.parametrize("zeros", [1, 512, PIECE_BYTES])
def test_unpacked_allows_zeros_at_the_end(zeros):
    assert b"".join(unpacked(gzip.compress(b"kith") + b"\0" * zeros)) == b"kith"


@given(st.data())
def test_unpacked_refuses_what_is_cut_short(data):
    packed = gzip.compress(b"kith and kin")
    cut = data.draw(st.integers(min_value=0, max_value=len(packed) - 1))

    with pytest.raises(NotGzipError):
        list(unpacked(packed[:cut]))


@pytest.mark.parametrize(
    "damaged",
    [
        b"no gzip at all",
        gzip.compress(b"kith") + b"and then something else",
        gzip.compress(b"kith")[:-5] + b"\xff\xff\xff\xff\xff",
    ],
)
def test_unpacked_refuses_what_is_damaged(damaged):
    with pytest.raises(NotGzipError):
        list(unpacked(damaged))


def test_is_gzipped_looks_at_the_first_two_bytes():
    assert (is_gzipped(gzip.compress(b"")), is_gzipped(b"{}"), is_gzipped(b"")) == (
        True,
        False,
        False,
    )

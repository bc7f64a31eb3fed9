"""The steward's file of streets: pieces of it, and nothing else."""

from pathlib import Path

import pytest

FILE = Path(__file__).parents[1] / "data/riverton.pmtiles"
BYTES = FILE.read_bytes()
SIZE = len(BYTES)
ADDRESS = "/map/streets.pmtiles"


@pytest.fixture
def ask(client, settings):
    """Ask for a piece of the file by its range."""
    settings.KITH_STREETS = str(FILE)

    def asked(piece):
        return client.get(ADDRESS, headers={"Range": piece} if piece else {})

    return asked


@pytest.mark.parametrize(
    ("piece", "first", "last"),
    [
        ("bytes=0-6", 0, 6),
        ("bytes=0-0", 0, 0),
        ("bytes=100-199", 100, 199),
        ("bytes=100-", 100, SIZE - 1),
        ("bytes=-50", SIZE - 50, SIZE - 1),
        (f"bytes=-{SIZE * 2}", 0, SIZE - 1),
        (f"bytes=10-{SIZE * 2}", 10, SIZE - 1),
        (f"bytes={SIZE - 1}-{SIZE - 1}", SIZE - 1, SIZE - 1),
        (" bytes=5-9 ", 5, 9),
    ],
)
def test_piece_is_the_one_that_was_asked_for(ask, piece, first, last):
    answer = ask(piece)

    assert answer.status_code == 206
    assert answer.content == BYTES[first : last + 1]
    assert answer["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert answer["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize(
    "piece",
    [
        "", "bytes=", "bytes=-", "bytes=-0", "bytes=9-5", "bytes=a-b", "bytes=0-1,4-5", "lines=0-1",
        f"bytes={SIZE}-", "bytes=99999999999999-", "bytes=0x0-0x9", "bytes=\u0661-\u0662",
        "bytes=" + "9" * 400 + "-",
    ],
)  # fmt: skip
def test_what_is_no_piece_of_it_is_refused_with_its_size(ask, piece):
    answer = ask(piece)

    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{SIZE}")
    assert b"Range: bytes=" in answer.content


def test_no_piece_is_longer_than_a_server_can_bear(client, settings, tmp_path):
    large = tmp_path / "large.pmtiles"
    with large.open("wb") as file:
        file.write(BYTES[:127])
        file.truncate(3_000_000_000)
    settings.KITH_STREETS = str(large)

    answer = client.get(ADDRESS, headers={"Range": "bytes=0-"})

    assert len(answer.content) == 4 * 1024 * 1024
    assert answer["Content-Range"] == "bytes 0-4194303/3000000000"


def test_pieces_are_not_packed_on_the_way(client, settings):
    settings.KITH_STREETS = str(FILE)

    answer = client.get(ADDRESS, headers={"Range": "bytes=0-999", "Accept-Encoding": "gzip"})

    assert answer.content == BYTES[:1000]
    assert answer["Content-Encoding"] == "identity"


def test_head_tells_the_size_and_which_edition_it_is(client, settings, tmp_path):
    copy = tmp_path / "copy.pmtiles"
    copy.write_bytes(BYTES)
    settings.KITH_STREETS = str(copy)

    first = client.head(ADDRESS)
    copy.write_bytes(BYTES + b"more")
    second = client.head(ADDRESS)

    assert (first.status_code, first["Content-Length"]) == (200, str(SIZE))
    assert (first["Accept-Ranges"], first.content) == ("bytes", b"")
    assert first["ETag"] != second["ETag"]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_file_is_only_read(client, settings, method):
    settings.KITH_STREETS = str(FILE)

    assert getattr(client, method)(ADDRESS).status_code == 405


@pytest.mark.parametrize("path", ["", "/nowhere/at/all.pmtiles", "/", __file__])
def test_instance_without_a_file_of_streets_says_so(client, settings, path):
    settings.KITH_STREETS = path

    answer = client.get(ADDRESS, headers={"Range": "bytes=0-6"})

    assert answer.status_code == 404
    assert b"map of streets" in answer.content

"""Reading a file that somebody named."""

import gzip
import os
import socket
from pathlib import Path

import pytest

from kith.web.kit.fetch import BrokenAnswerError, TooBigError, UnreadableFileError, read_file

FEED = b'[{"name": "Tuesday at the library"}]'


def test_read_file_returns_what_is_in_it(tmp_path):
    path = tmp_path / "feed.json"
    path.write_bytes(FEED)

    assert read_file(path, 1_000) == FEED


def test_read_file_unpacks_gzip_whatever_it_is_called(tmp_path):
    path = tmp_path / "feed.json"
    path.write_bytes(gzip.compress(FEED))

    assert read_file(path, 1_000) == FEED


def test_read_file_takes_exactly_the_limit_and_no_more(tmp_path):
    path = tmp_path / "feed.json"
    path.write_bytes(FEED)

    assert read_file(path, len(FEED)) == FEED
    with pytest.raises(TooBigError, match=r"feed\.json holds more"):
        read_file(path, len(FEED) - 1)


def test_read_file_refuses_a_gzip_bomb(tmp_path):
    path = tmp_path / "feed.json.gz"
    path.write_bytes(gzip.compress(b"\0" * 20_000_000))

    with pytest.raises(TooBigError):
        read_file(path, 1_000_000)


@pytest.mark.parametrize(
    ("packed", "why"),
    [(gzip.compress(FEED)[:-1], "damaged"), (gzip.compress(gzip.compress(FEED)), "twice")],
)
def test_read_file_refuses_gzip_it_cannot_open(tmp_path, packed, why):
    path = tmp_path / "feed.json.gz"
    path.write_bytes(packed)

    with pytest.raises(BrokenAnswerError, match=why):
        read_file(path, 1_000)


def test_read_file_refuses_what_is_not_there(tmp_path):
    with pytest.raises(UnreadableFileError, match="No such file"):
        read_file(tmp_path / "feed.json", 1_000)


@pytest.mark.parametrize("name", ["nul\0l", "x" * 5_000])
def test_read_file_refuses_what_is_not_a_path(tmp_path, name):
    with pytest.raises(UnreadableFileError):
        read_file(tmp_path / name, 1_000)


def test_read_file_refuses_an_empty_file(tmp_path):
    path = tmp_path / "feed.json"
    path.touch()

    with pytest.raises(UnreadableFileError, match="is empty"):
        read_file(path, 1_000)


def test_read_file_refuses_a_folder(tmp_path):
    with pytest.raises(UnreadableFileError, match="Is a directory"):
        read_file(tmp_path, 1_000)


def test_read_file_refuses_a_pipe_without_waiting_for_somebody_to_write(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)

    with pytest.raises(UnreadableFileError, match="a device or a pipe"):
        read_file(path, 1_000)


def test_read_file_refuses_a_socket(tmp_path, monkeypatch):
    # The name of a socket must be short, and a temporary folder's may not be.
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")

        with pytest.raises(UnreadableFileError):
            read_file(Path("socket"), 1_000)


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "/dev/tty", "/proc/self/mem"])
def test_read_file_refuses_what_never_ends_or_is_no_file(path):
    with pytest.raises(UnreadableFileError):
        read_file(Path(path), 1_000)


def test_read_file_refuses_what_it_may_not_read(tmp_path):
    path = tmp_path / "feed.json"
    path.write_bytes(FEED)
    # Root may read everything, so the file is asked for through a folder that is a file.
    with pytest.raises(UnreadableFileError, match="Not a directory"):
        read_file(path / "inside", 1_000)

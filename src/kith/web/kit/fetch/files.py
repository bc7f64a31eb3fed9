"""Reads a file of this machine that somebody named."""

import math
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from kith.web.kit.fetch.body import gathered, opened
from kith.web.kit.fetch.deadline import Deadline
from kith.web.kit.fetch.gzipped import PIECE_BYTES
from kith.web.kit.fetch.refusals import UnreadableFileError


def read_file(path: Path, max_bytes: int) -> bytes:
    """Return what is in the file at `path`, unpacked if it is gzip.

    Raises:
        UnreadableFileError: If there is no such file, it may not be read, it is empty, or it is not
            a file but a folder, a device or a pipe.
        TooBigError: If it holds more than `max_bytes`, packed or unpacked.
        BrokenAnswerError: If it is gzip and damaged.
    """
    # A file of our own machine can be big or broken, but it does not keep us waiting.
    never = Deadline(math.inf, path.name)
    try:
        packed = gathered(_pieces(path), name=path.name, max_bytes=max_bytes, deadline=never)
    # ValueError: a null character in the name.
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else ""
        raise UnreadableFileError(
            _("%(path)s cannot be read (%(why)s). Check the path and who may read it.")
            % {"path": path, "why": why or _("not a path")}
        ) from error
    if not packed:
        raise UnreadableFileError(_("%(path)s is empty. Name another file.") % {"path": path})
    return opened(packed, name=path.name, max_bytes=max_bytes, deadline=never)


def _pieces(path: Path) -> Iterator[bytes]:
    with open(path, "rb", buffering=0, opener=_open_without_waiting) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise UnreadableFileError(
                _("%(path)s is not a file but a device or a pipe. Name a file.") % {"path": path}
            )
        while piece := file.read(PIECE_BYTES):
            yield piece


def _open_without_waiting(path: str, flags: int) -> int:
    # Opening a pipe that nobody writes to would wait for ever.
    return os.open(path, flags | os.O_NONBLOCK)

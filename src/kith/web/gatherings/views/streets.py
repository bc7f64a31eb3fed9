"""A steward's own map of streets: one large file, of which a browser asks for small pieces."""

import logging
import os
import re
from email.utils import formatdate
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

log = logging.getLogger(__name__)

# More than any tile or directory; of a longer piece the beginning is sent, as HTTP allows.
PIECE_MOST = 4 * 1024 * 1024
_MAGIC = b"PMTiles\x03"
_RANGE = re.compile(
    r"bytes=(?:(?P<first>\d{1,15})-(?P<last>\d{1,15})?|-(?P<final>\d{1,15}))$", re.ASCII
)


def streets_url() -> str:
    """Return where the map finds its streets, or "" if this instance has none."""
    is_there = settings.KITH_STREETS and Path(settings.KITH_STREETS).is_file()
    return reverse("gatherings:streets") if is_there else ""


@require_safe
def streets(request: HttpRequest) -> HttpResponse:
    """Answer with the piece of the file that was asked for, never with all of it."""
    path = Path(settings.KITH_STREETS)
    if not settings.KITH_STREETS:
        return _plain("This instance has no map of streets.", 404)
    try:
        with path.open("rb") as file:
            return _answer(request, file)
    except OSError as error:
        # The steward's to mend; whoever looks at the map sees land and sea instead.
        log.warning("KITH_STREETS, %s, cannot be read: %s", path, error)
        return _plain("The map of streets cannot be read just now.", 404)


def _answer(request: HttpRequest, file: BinaryIO) -> HttpResponse:
    if file.read(len(_MAGIC)) != _MAGIC:
        log.warning("KITH_STREETS, %s, is no PMTiles archive of version 3.", settings.KITH_STREETS)
        return _plain("The map of streets cannot be read just now.", 404)
    known = os.fstat(file.fileno())
    if request.method == "HEAD":
        response = HttpResponse(content_type="application/octet-stream")
        response["Content-Length"] = str(known.st_size)
    else:
        piece = _piece(request.headers.get("Range", ""), known.st_size)
        if piece is None:
            response = _plain(
                "Ask for a piece of the file that is in it (Range: bytes=0-16383).", 416
            )
            response["Content-Range"] = f"bytes */{known.st_size}"
            return response
        first, length = piece
        file.seek(first)
        body = file.read(length)
        response = HttpResponse(body, status=206, content_type="application/octet-stream")
        response["Content-Range"] = f"bytes {first}-{first + len(body) - 1}/{known.st_size}"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = f'"{known.st_size:x}-{known.st_mtime_ns:x}"'
    response["Last-Modified"] = formatdate(known.st_mtime, usegmt=True)
    response["Cache-Control"] = "public, max-age=86400"
    # Tiles are packed already, and a piece that is packed again is another piece.
    response["Content-Encoding"] = "identity"
    return response


def _piece(asked: str, size: int) -> tuple[int, int] | None:
    """Return where the piece begins and how long it is, or None if there is no such piece."""
    match = _RANGE.match(asked.strip())
    if match is None:
        return None
    if match["final"]:
        length = min(int(match["final"]), size)
        return (size - length, min(length, PIECE_MOST)) if length else None
    first = int(match["first"])
    last = min(int(match["last"]) if match["last"] else size - 1, size - 1)
    return (first, min(last - first + 1, PIECE_MOST)) if first <= last else None


def _plain(said: str, status: int) -> HttpResponse:
    return HttpResponse(f"{said}\n", status=status, content_type="text/plain; charset=utf-8")

"""Reads a document from an address that somebody gave us."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpcore
import httpx
from django.utils.translation import gettext as _

from kith import __version__
from kith.web.kit.fetch.body import gathered, opened, too_big
from kith.web.kit.fetch.deadline import Deadline
from kith.web.kit.fetch.destination import allowed, next_stop
from kith.web.kit.fetch.limits import Limits
from kith.web.kit.fetch.line import Means, open_line
from kith.web.kit.fetch.refusals import (
    BrokenAnswerError,
    NoAnswerFromAddressError,
    NotAllowedError,
)
from kith.web.kit.fetch.wire import Carrier, Wire

MAX_REDIRECTS = 5
USER_AGENT = f"kith/{__version__}"

_MOVED = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED = 304
_PARTIAL = 206
_SYSTEM = Carrier()

# What may stand in a validator that we store and send back: no control characters, no novels.
_VALIDATOR = re.compile(r"[\x20-\x7e]{1,400}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address answered; when `not_modified`, the body is empty and the old one holds."""

    body: bytes
    etag: str
    last_modified: str
    not_modified: bool
    url: str
    content_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    etag: str
    last_modified: str
    limits: Limits
    carrier: Carrier
    deadline: Deadline

    @property
    def headers(self) -> list[tuple[bytes | str, bytes | str]]:
        sent = {
            "User-Agent": USER_AGENT,
            "Accept": "*/*",
            "Accept-Encoding": "gzip",
            "Connection": "close",
            "If-None-Match": _validator(self.etag),
            "If-Modified-Since": _validator(self.last_modified),
        }
        return [(name, value) for name, value in sent.items() if value]

    @property
    def has_validator(self) -> bool:
        return bool(_validator(self.etag) or _validator(self.last_modified))


def read_address(
    url: str,
    *,
    etag: str = "",
    last_modified: str = "",
    limits: Limits,
    carrier: Carrier = _SYSTEM,
) -> Fetched:
    """Return what is at `url` now, or that it is as it was when `etag` was given to us.

    Follows at most MAX_REDIRECTS redirects and treats each as a stranger's address again.

    Raises:
        RefusalError: If we may not go there, nobody answers in time, or what comes is too
            much or not whole. The text says which, and what to do.
    """
    here = allowed(url, limits)
    deadline = Deadline(limits.max_seconds, here.host)
    asked = _Asked(
        etag=etag, last_modified=last_modified, limits=limits, carrier=carrier, deadline=deadline
    )
    for _hop in range(MAX_REDIRECTS + 1):
        with _answer(here, asked) as answer:
            if answer.status not in _MOVED:
                return _fetched(here, answer, asked)
            here = next_stop(here, answer, limits)
    raise NotAllowedError(
        _("%(host)s sends us on and on without ever answering. Check the address.")
        % {"host": here.host}
    )


@contextmanager
def _answer(url: httpx.URL, asked: _Asked) -> Iterator[httpcore.Response]:
    # A fresh line for each hop: no connection outlives the check of where it leads.
    means = Means(limits=asked.limits, deadline=asked.deadline, carrier=asked.carrier)
    with open_line(url, "GET", headers=asked.headers, means=means) as answer:
        yield answer


def _fetched(url: httpx.URL, answer: httpcore.Response, asked: _Asked) -> Fetched:
    headers = httpx.Headers(answer.headers)
    not_modified = answer.status == _NOT_MODIFIED and asked.has_validator
    # A server need not repeat what has not changed.
    kept = (asked.etag, asked.last_modified) if not_modified else ("", "")
    return Fetched(
        body=b"" if not_modified else _body(url.host, answer, asked),
        etag=_validator(headers.get("ETag", kept[0])),
        last_modified=_validator(headers.get("Last-Modified", kept[1])),
        not_modified=not_modified,
        url=str(url),
        content_type=_validator(headers.get("Content-Type", "")),
    )


def _body(host: str, answer: httpcore.Response, asked: _Asked) -> bytes:
    _refuse_unless_success(host, answer.status)
    headers = httpx.Headers(answer.headers)
    max_bytes, deadline = asked.limits.max_bytes, asked.deadline
    _refuse_unless_encoding_known(host, headers)
    claimed = int(headers.get("Content-Length", "0"))
    if claimed > max_bytes:
        raise too_big(host, max_bytes)
    sent = gathered(answer.iter_stream(), name=host, max_bytes=max_bytes, deadline=deadline)
    _refuse_more_than_claimed(host, answer, headers)
    if not sent:
        raise NoAnswerFromAddressError(
            _("%(host)s answers with an empty page. Check the address, or try again later.")
            % {"host": host},
            status=answer.status,
        )
    return opened(sent, name=host, max_bytes=max_bytes, deadline=deadline)


def _refuse_unless_success(host: str, status: int) -> None:
    if not 200 <= status < 300 or status == _PARTIAL:
        raise NoAnswerFromAddressError(
            _(
                "%(host)s answers with status %(status)d instead of the feed. Check the address, "
                "or ask its owner."
            )
            % {"host": host, "status": status},
            status=status,
        )


def _refuse_unless_encoding_known(host: str, headers: httpx.Headers) -> None:
    encoding = headers.get("Content-Encoding", "").strip().lower()
    if encoding not in {"", "identity", "gzip", "x-gzip"}:
        raise BrokenAnswerError(
            _("%(host)s packs the feed in a way that kith did not ask for. Tell its owner.")
            % {"host": host}
        )


def _refuse_more_than_claimed(host: str, answer: httpcore.Response, headers: httpx.Headers) -> None:
    wire = answer.extensions["network_stream"]
    if not isinstance(wire, Wire) or "Transfer-Encoding" in headers:
        return
    claimed = int(headers.get("Content-Length", wire.body_bytes))
    if wire.body_bytes > claimed:
        raise BrokenAnswerError(
            _(
                "%(host)s sends more than it says it does, so kith cannot tell where the feed "
                "ends. Tell its owner."
            )
            % {"host": host}
        )


def _validator(text: str) -> str:
    return text if _VALIDATOR.fullmatch(text) else ""

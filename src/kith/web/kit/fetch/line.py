"""One question to somebody else's server, over wires that look where they lead."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import httpcore
import httpx
from django.utils.translation import gettext as _

from kith.web.kit.fetch.deadline import Deadline
from kith.web.kit.fetch.limits import Limits
from kith.web.kit.fetch.refusals import BrokenAnswerError, NoAnswerFromAddressError
from kith.web.kit.fetch.wire import Carrier, Wires

Headers = Sequence[tuple[bytes | str, bytes | str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """By what we go there: how near to home, until when, and over which network."""

    limits: Limits
    deadline: Deadline
    carrier: Carrier


@contextmanager
def open_line(
    url: httpx.URL,
    method: str,
    *,
    headers: Headers,
    content: bytes | None = None,
    means: Means,
) -> Iterator[httpcore.Response]:
    """Ask `url`, which was checked already, and yield what it answers; then hang up.

    Raises:
        RefusalError: If we may not go there, or nobody answers in time, or not as a server does.
    """
    with (
        in_our_words(url.host, means.deadline),
        httpcore.ConnectionPool(
            ssl_context=means.carrier.certificates() if url.scheme == "https" else None,
            network_backend=Wires(
                deadline=means.deadline,
                private_networks=means.limits.private_networks,
                carrier=means.carrier,
            ),
        ) as pool,
        pool.stream(
            method,
            httpcore.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
            ),
            headers=headers,
            content=content,
        ) as answer,
    ):
        yield answer


@contextmanager
def in_our_words(host: str, deadline: Deadline) -> Iterator[None]:
    """Say in a sentence what went wrong on the way to `host`."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise deadline.missed() from error
    except httpcore.ProtocolError as error:
        raise BrokenAnswerError(
            _("%(host)s stops before the end, or does not answer as a web server does.")
            % {"host": host}
        ) from error
    except httpcore.NetworkError as error:
        raise NoAnswerFromAddressError(
            _("The connection to %(host)s broke. Try again later.") % {"host": host}
        ) from error

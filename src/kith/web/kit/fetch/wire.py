"""The wire to somebody else's server: it looks where it really leads, and it has an end.

A name can lead to one address when it is checked and to another when it is used (DNS rebinding).
So a name is looked up once, every address that comes back is checked, the connection goes to one
of those addresses and not to the name, and the far end of the wire is checked before a byte is
sent.
"""

import contextlib
import queue
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpcore
import httpx
from django.utils.translation import gettext as _
from typing_extensions import override

from kith.web.kit.fetch.addresses import Network, Reach, may_visit, reach
from kith.web.kit.fetch.deadline import Deadline
from kith.web.kit.fetch.refusals import NoAnswerFromAddressError, NotAllowedError

Resolve = Callable[[str, int], Sequence[str]]

_INFORMATIONAL = re.compile(rb"HTTP/1\.[01] 1\d\d")


def look_up(host: str, port: int) -> Sequence[str]:
    """Return the addresses that `host` has now, in the order to try them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    # Not set(): the system has put the address most likely to work first.
    return list(dict.fromkeys(str(place[0]) for *_rest, place in found))


def trusted_certificates() -> ssl.SSLContext:
    """Return what makes us believe that an https server is the one it says it is."""
    return httpx.create_ssl_context(trust_env=False)


@dataclass(frozen=True, slots=True)
class Carrier:
    """What takes us outside: how names are looked up, servers reached and certificates judged."""

    resolve: Resolve = look_up
    network: httpcore.NetworkBackend = field(default_factory=httpcore.SyncBackend)
    certificates: Callable[[], ssl.SSLContext] = trusted_certificates


class Wire(httpcore.NetworkStream):
    """An open connection that keeps to the deadline and counts the body that came over it."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline
        self._head: bytes | None = b""
        self.body_bytes = 0

    @override
    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return the next bytes, within the time left for the whole exchange."""
        came = self._stream.read(max_bytes, self._deadline.left_s())
        self._count(came)
        return came

    @override
    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send `buffer`, within the time left for the whole exchange."""
        self._stream.write(buffer, self._deadline.left_s())

    @override
    def close(self) -> None:
        """Hang up."""
        self._stream.close()

    @override
    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> "Wire":
        """Return the same wire, encrypted, to a server that has shown who it is.

        Raises:
            NoAnswerFromAddressError: If it has not.
        """
        left_s = self._deadline.left_s()
        try:
            encrypted = self._stream.start_tls(ssl_context, server_hostname, left_s)
        except httpcore.ConnectError as error:
            raise _not_encrypted(str(server_hostname), error.__cause__) from error
        return Wire(encrypted, self._deadline)

    @override
    def get_extra_info(self, info: str) -> Any:
        """Return what the connection knows about itself."""
        return self._stream.get_extra_info(info)

    def _count(self, came: bytes) -> None:
        if self._head is None:
            self.body_bytes += len(came)
            return
        self._head += came
        while self._head is not None and b"\r\n\r\n" in self._head:
            head, rest = self._head.split(b"\r\n\r\n", 1)
            if _INFORMATIONAL.match(head):
                self._head = rest
            else:
                self._head, self.body_bytes = None, len(rest)


class Wires(httpcore.NetworkBackend):
    """Opens wires, and only to places where a feed may be."""

    def __init__(
        self,
        *,
        deadline: Deadline,
        private_networks: tuple[Network, ...],
        carrier: Carrier,
    ) -> None:
        self._deadline = deadline
        self._private_networks = private_networks
        self._carrier = carrier

    @override
    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> Wire:
        """Return a wire to the first address of `host` that answers.

        Raises:
            NotAllowedError: If any address of `host`, or the one that answered, is no place
                for a feed.
            NoAnswerFromAddressError: If `host` is unknown or does not answer.
        """
        addresses = self._addresses(host, port)
        for tries_left in range(len(addresses), 0, -1):
            address = addresses[-tries_left]
            # A share of the time each, so that one silent address does not use up all of it.
            wait_s = self._deadline.left_s() / tries_left
            with contextlib.suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return self._checked(host, self._carrier.network.connect_tcp(address, port, wait_s))
        self._deadline.left_s()
        raise NoAnswerFromAddressError(
            _("%(host)s does not answer. Check the address, or try again later.") % {"host": host}
        )

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        addresses = _resolved_within(self._carrier.resolve, host, port, self._deadline)
        for address in addresses:
            self._refuse_unless_allowed(host, address)
        return addresses

    def _checked(self, host: str, stream: httpcore.NetworkStream) -> Wire:
        try:
            self._refuse_unless_allowed(host, stream.get_extra_info("server_addr")[0])
        except OSError as error:
            stream.close()
            raise httpcore.ConnectError from error
        except NotAllowedError:
            stream.close()
            raise
        return Wire(stream, self._deadline)

    def _refuse_unless_allowed(self, host: str, address: str) -> None:
        if may_visit(address, self._private_networks):
            return
        if reach(address) is Reach.PRIVATE:
            raise NotAllowedError(
                _(
                    "%(host)s is on a private network, and kith reads feeds from the open "
                    "internet only. If this feed is your own, set KITH_FEEDS_MAY_BE_PRIVATE=yes."
                )
                % {"host": host}
            )
        raise NotAllowedError(
            _("%(host)s leads to a place where no feed can be. Check the address.") % {"host": host}
        )


def _not_encrypted(host: str, cause: BaseException | None) -> NoAnswerFromAddressError:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return NoAnswerFromAddressError(
            _(
                "%(host)s cannot show that it is who it says (%(why)s). Ask its owner to mend its "
                "certificate."
            )
            % {"host": host, "why": cause.verify_message}
        )
    return NoAnswerFromAddressError(
        _("%(host)s does not speak https as it should. Check the address, or tell its owner.")
        % {"host": host}
    )


def _resolved_within(resolve: Resolve, host: str, port: int, deadline: Deadline) -> Sequence[str]:
    answers: queue.SimpleQueue[Sequence[str] | OSError | ValueError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolve(host, port))
        # UnicodeError, which is a ValueError: a name that cannot be written in DNS.
        except (OSError, ValueError) as error:
            answers.put(error)

    # The system's look-up cannot be told when to stop, so we stop listening to it instead.
    threading.Thread(target=ask, name="kith-look-up", daemon=True).start()
    try:
        answer = answers.get(timeout=deadline.left_s())
    except queue.Empty as error:
        raise deadline.missed() from error
    if isinstance(answer, Exception) or not answer:
        cause = answer if isinstance(answer, Exception) else None
        raise NoAnswerFromAddressError(
            _("No server is called %(host)s. Check the address, or try again later.")
            % {"host": host}
        ) from cause
    return answer

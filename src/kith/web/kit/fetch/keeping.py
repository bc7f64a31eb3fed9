"""A line to one server that stays open between two errands: for what must arrive within a second."""

import httpcore
import httpx

from kith import __version__
from kith.web.kit.fetch.deadline import Deadline
from kith.web.kit.fetch.limits import Limits
from kith.web.kit.fetch.line import in_our_words
from kith.web.kit.fetch.sending import place_to_send
from kith.web.kit.fetch.wire import Carrier, Wires

_IDLE_S = 20.0


class Lane:
    """Brings small things to one server, over a connection that is checked when it is made.

    Not for two threads at once. What is sent over it must go to the same origin.
    """

    def __init__(self, place: httpx.URL, *, limits: Limits, carrier: Carrier) -> None:
        self._limits = limits
        self._deadline = Deadline(limits.max_seconds, place.host)
        self._host = place.host
        self._pool = httpcore.ConnectionPool(
            ssl_context=carrier.certificates(),
            max_connections=1,
            keepalive_expiry=_IDLE_S,
            network_backend=Wires(
                deadline=self._deadline, private_networks=limits.private_networks, carrier=carrier
            ),
        )

    def send(self, url: str, body: bytes, *, headers: dict[str, str]) -> int:
        """Return the status that `url` answers with when `body` is posted to it.

        Raises:
            RefusalError: If nothing is sent there, or nobody answers in time.
        """
        place = place_to_send(url, self._limits)
        self._deadline.renew()
        sent = {
            "Host": place.netloc.decode(),
            "User-Agent": f"kith/{__version__}",
            "Content-Length": str(len(body)),
            **headers,
        }
        with in_our_words(self._host, self._deadline):
            answer = self._pool.request(
                "POST",
                httpcore.URL(
                    scheme=place.raw_scheme,
                    host=place.raw_host,
                    port=place.port,
                    target=place.raw_path,
                ),
                headers=list(sent.items()),
                content=body,
            )
        return int(answer.status)

    def close(self) -> None:
        """Hang up."""
        self._pool.close()

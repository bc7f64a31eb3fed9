"""Brings a few bytes to an address that somebody gave us, and takes nothing back but the status."""

import httpx
from django.utils.translation import gettext as _

from kith import __version__
from kith.web.kit.fetch.addresses import may_visit
from kith.web.kit.fetch.deadline import Deadline
from kith.web.kit.fetch.destination import allowed
from kith.web.kit.fetch.limits import Limits
from kith.web.kit.fetch.line import Means, open_line
from kith.web.kit.fetch.refusals import NotAllowedError
from kith.web.kit.fetch.wire import Carrier

_SYSTEM = Carrier()


def place_to_send(url: str, limits: Limits) -> httpx.URL:
    """Return `url`, checked as far as that can be done without going there.

    Raises:
        NotAllowedError: If nothing is sent to such an address: only https will do.
    """
    place = allowed(url, limits)
    if place.scheme != "https":
        raise NotAllowedError(
            _("kith sends only to addresses that begin with https://. Check the address.")
        )
    if not _may_be_reached(place.host, limits):
        raise NotAllowedError(
            _("%(host)s leads to a place where kith sends nothing. Check the address.")
            % {"host": place.host}
        )
    return place


def _may_be_reached(host: str, limits: Limits) -> bool:
    try:
        return may_visit(host, limits.private_networks)
    except ValueError:
        # A name, and no number: where it leads is looked at on the way.
        return True


def send_to(
    url: str,
    body: bytes,
    *,
    headers: dict[str, str],
    limits: Limits,
    carrier: Carrier = _SYSTEM,
) -> int:
    """Return the status that `url` answers with when `body` is posted to it.

    No redirect is followed: who sends us on gets nothing. What else is answered is not read.

    Raises:
        RefusalError: If we may not go there, or nobody answers in time.
    """
    place = place_to_send(url, limits)
    sent = {
        "User-Agent": f"kith/{__version__}",
        "Connection": "close",
        "Content-Length": str(len(body)),
        **headers,
    }
    means = Means(limits=limits, deadline=Deadline(limits.max_seconds, place.host), carrier=carrier)
    with open_line(
        place,
        "POST",
        headers=list(sent.items()),
        content=body,
        means=means,
    ) as answer:
        return answer.status

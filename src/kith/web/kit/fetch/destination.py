"""Which web addresses we set out for, before anything is sent."""

import httpcore
import httpx
from django.utils.translation import gettext as _

from kith.web.kit.fetch.limits import Limits
from kith.web.kit.fetch.refusals import NoAnswerFromAddressError, NotAllowedError

_OPEN_PORTS = {"http": 80, "https": 443}


def allowed(url: str, limits: Limits) -> httpx.URL:
    """Return `url`, read and checked as far as that can be done without going there.

    Raises:
        NotAllowedError: If no feed is read from such an address.
    """
    try:
        parsed = httpx.URL(url.strip())
    except httpx.InvalidURL as error:
        raise NotAllowedError(_("This is not a web address. Check how it is written.")) from error
    if parsed.scheme not in _OPEN_PORTS or not parsed.host:
        raise NotAllowedError(
            _("kith reads only addresses that begin with http:// or https://. Check the address.")
        )
    if parsed.userinfo:
        raise NotAllowedError(
            _("This address has a name or password in it. Ask for one that is open to all.")
        )
    if not _is_portallowed(parsed, limits):
        raise NotAllowedError(
            _(
                "%(host)s is asked for at port %(port)d, and kith reads only from ports 80 and "
                "443. Ask for an address without a port."
            )
            % {"host": parsed.host, "port": parsed.port}
        )
    return parsed.copy_with(fragment=None)


def _is_portallowed(url: httpx.URL, limits: Limits) -> bool:
    if url.port is None or url.port in _OPEN_PORTS.values():
        return True
    # A steward's own server may well be at 8080, and only a steward lets in private networks.
    return bool(limits.private_networks) and 0 < url.port < 65_536


def next_stop(here: httpx.URL, answer: httpcore.Response, limits: Limits) -> httpx.URL:
    """Return where the redirect that came as `answer` leads, checked as any other address.

    Raises:
        NotAllowedError: If no feed is read from there.
        NoAnswerFromAddressError: If the redirect does not say where it leads.
    """
    place = httpx.Headers(answer.headers).get("Location", "")
    try:
        there = here.join(place)
    except httpx.InvalidURL as error:
        raise NoAnswerFromAddressError(
            _("%(host)s sends us to an address that cannot be read.") % {"host": here.host},
            status=answer.status,
        ) from error
    if not place:
        raise NoAnswerFromAddressError(
            _("%(host)s sends us on (status %(status)d) and does not say where.")
            % {"host": here.host, "status": answer.status},
            status=answer.status,
        )
    if here.scheme == "https" and there.scheme == "http":
        raise NotAllowedError(
            _(
                "%(host)s sends us from a safe (https) to an unsafe (http) address, where "
                "anybody on the way could change the feed. Ask its owner for an https address."
            )
            % {"host": here.host}
        )
    return allowed(str(there), limits)

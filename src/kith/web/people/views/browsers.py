"""What we learn of a browser from what it asks: its own place in the world, and no more."""

import ipaddress
import json
import re
from typing import Any
from urllib.parse import urlencode, urlsplit
from zoneinfo import available_timezones

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from kith.web.people.actions.passkeys import ANSWER_WITHIN

# The first that fits; each says "like" the ones after it.
_BROWSERS = (
    ("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "Chromebook"),
    ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"),
)  # fmt: skip
_ANSWER_MOST_BYTES = 64 * 1024


def browser_of(request: HttpRequest) -> str:
    """Return what a person would call the browser that asks: "Firefox, Android"; or ""."""
    says = request.headers.get("User-Agent", "")
    parts = (
        next((name for mark, name in table if mark in says), "") for table in (_BROWSERS, _SYSTEMS)
    )
    return ", ".join(filter(None, parts))


def whence(request: HttpRequest) -> str:
    """Return the network address that asks, as the last proxy we trust saw it."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    proxies: int = settings.KITH_PROXIES
    if 0 < proxies <= len(hops) and hops[-proxies]:
        return _house_of(hops[-proxies])
    return _house_of(str(request.META.get("REMOTE_ADDR", "")))


def _house_of(said: str) -> str:
    """Return the part of a network address that a house cannot change at will.

    Some proxies add the port, which is another each time; and of IPv6 every house has 2 ** 64.
    """
    bare = re.sub(r"^\[([^\]]*)\](:\d+)?$", r"\1", said)
    bare = re.sub(r"^(\d+(?:\.\d+){3}):\d+$", r"\1", bare)
    try:
        address = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return said
    if address.version == 6 and address.ipv4_mapped:
        return str(address.ipv4_mapped)
    prefix = 64 if address.version == 6 else 32
    return str(ipaddress.ip_network((address, prefix), strict=False).network_address)


def zone_of(request: HttpRequest) -> str:
    """Return the zone that the browser which asks lives in, or ""."""
    name = request.COOKIES.get("tz", "").replace("%2F", "/")
    return name if name in available_timezones() else ""


def host_of(request: HttpRequest) -> str:
    """Return the name that this instance is asked by, without a port."""
    return urlsplit(f"//{request.get_host()}").hostname or ""


def origin_of(request: HttpRequest) -> str:
    """Return the origin of the page that asks, as the browser must name it too."""
    return f"{request.scheme}://{request.get_host()}"


def may_keep_passkeys(request: HttpRequest) -> bool:
    """Return whether browsers make passkeys for this host: they do so for names, not numbers."""
    try:
        ipaddress.ip_address(host_of(request))
    except ValueError:
        return True
    return False


def answer_of(request: HttpRequest) -> dict[str, Any]:
    """Return what the browser's passkey code sent, or nothing if it is not what it sends."""
    try:
        answer = json.loads(request.body[:_ANSWER_MOST_BYTES])
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def remember_shortly(request: HttpRequest) -> None:
    """Let the session of somebody who is not in end when the question they are asked does."""
    if not request.user.is_authenticated:
        request.session.set_expiry(int(ANSWER_WITHIN.total_seconds()))


def next_of(request: HttpRequest, otherwise: str) -> str:
    """Return where somebody wanted to go before they came in, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    # A word without a slash would be read as the name of a view.
    return wanted if is_ours and wanted.startswith("/") else otherwise


def going_on(request: HttpRequest, address: str) -> str:
    """Return `address`, from which it will go on to where somebody wanted to go."""
    wanted = next_of(request, "")
    return f"{address}?{urlencode({'next': wanted})}" if wanted else address


def by_name(request: HttpRequest) -> str:
    """Return the address of this page by the demo's name if it was asked for by its number, or ""."""
    if settings.KITH_IS_DEMO and request.method == "GET" and host_of(request) == "127.0.0.1":
        origin = origin_of(request).replace("127.0.0.1", "localhost", 1)
        return f"{origin}{request.get_full_path()}"
    return ""

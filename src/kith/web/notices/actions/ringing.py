"""Rings people's phones: browsers are told at once that somebody asks for them, at any hour.

Quiet hours are asked about before somebody is chosen, so nothing waits here. The lines to push
services stay open, and one voucher does for an hour: a ring is worth little after a second.
"""

import json
import logging
import secrets
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from functools import lru_cache
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet, UUIDField
from django.utils import timezone
from django.utils.translation import gettext, override

from kith.errors import RefusalError
from kith.web.kit import fetch
from kith.web.kit.prepared import GivenMany, Prepared
from kith.web.notices.actions.delivering import Sending
from kith.web.notices.actions.encrypting import SALT_BYTES, Reader, encrypted, raw
from kith.web.notices.actions.vouching import kept_voucher
from kith.web.notices.models import Subscription

log = logging.getLogger(__name__)

# A ring that arrives later than this rings for nobody.
_RINGS_FOR_S: Final = 90
# One ring on a screen at a time (RFC 8030, section 5.4).
_TOPIC: Final = "kith-ring"
_GONE: Final = frozenset({404, 410})
# Each waits for one push service; a slow one must not keep the others waiting.
_THREADS: Final = 12
_LANES_MOST: Final = 16

_LIMITS: Final = fetch.Limits(max_bytes=0, max_seconds=4)

Call = tuple[int, UUID, str]


class Bell:
    """Rings browsers, over lines that stay open. For one process; its threads are its own."""

    def __init__(self, sending: Sending | None = None, *, threads: int = _THREADS) -> None:
        self._sending = sending or Sending(limits=_LIMITS)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="kith-bell")
        self._own = threading.local()

    def ring(self, calls: Sequence[Call]) -> dict[int, "Future[bool]"]:
        """Begin to tell the browsers of the people in `calls`; return how each goes, by its number.

        A call is its number, whose it is, and the page it leads to. It went well if one browser was
        told, or there is none that can be; else it is to be tried again.
        """
        ways: dict[UUID, list[Subscription]] = {}
        if settings.KITH_PUSH_KEY:
            for way in _WAYS.ask(keys={key for _number, key, _page in calls}):
                ways.setdefault(way.person_id, []).append(way)
        at = timezone.now()
        return {
            number: self._threads.submit(self._told, ways.get(key, []), page, at)
            for number, key, page in calls
        }

    def close(self) -> None:
        """Let the threads end."""
        self._threads.shutdown()

    def _told(self, ways: list[Subscription], page: str, at: datetime) -> bool:
        reached = [self._pushed(way, page, at) for way in ways]
        return any(reached) or not ways

    def _pushed(self, way: Subscription, page: str, at: datetime) -> bool:
        # Neither whose it is nor where it goes may stand in a log.
        try:
            status = self._send(way, page, at)
        except fetch.NotAllowedError:
            status = 404
        except (OSError, RefusalError, ValueError) as error:
            log.warning("a ring did not get through (%s)", type(error).__name__)
            return False
        if status in _GONE:
            way.delete()
            connection.close()
            return True
        return 200 <= status < 300

    def _send(self, way: Subscription, page: str, at: datetime) -> int:
        limits = self._sending.limits
        place = fetch.place_to_send(way.endpoint, limits)
        port = f":{place.port}" if place.port else ""
        origin = f"{place.scheme}://{place.host}{port}"
        headers = {
            "Authorization": kept_voucher(origin, at=at),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(_RINGS_FOR_S),
            "Topic": _TOPIC,
            "Urgency": "high",
        }
        body = encrypted(
            rung(way.language, page),
            Reader(raw(way.key), raw(way.auth)),
            salt=secrets.token_bytes(SALT_BYTES),
            own=ec.generate_private_key(ec.SECP256R1()),
        )
        return self._lane(origin, place).send(way.endpoint, body, headers=headers)

    def _lane(self, origin: str, place: object) -> fetch.Lane:
        lanes: dict[str, fetch.Lane] = self._own.__dict__.setdefault("lanes", {})
        if origin not in lanes:
            if len(lanes) >= _LANES_MOST:
                lanes.pop(next(iter(lanes))).close()
            lanes[origin] = fetch.Lane(
                place,  # type: ignore[arg-type]
                limits=self._sending.limits,
                carrier=self._sending.carrier,
            )
        return lanes[origin]


def rung(language: str, page: str) -> bytes:
    """Return what a lock screen shows, which says nothing, and the page a tap on it opens."""
    said = {"title": settings.KITH_NAME, "body": _words(language), "page": page}
    return json.dumps(said, ensure_ascii=False).encode()


@lru_cache(maxsize=16)
def _words(language: str) -> str:
    with override(language):
        return gettext("Something for you, right now")


def _make_ways() -> QuerySet[Subscription]:
    return Subscription.objects.filter(person__in=GivenMany("keys", UUIDField())).order_by("pk")


_WAYS: Final = Prepared(_make_ways)

"""Whether a websocket may be one of a room: asked in a thread, of the doors that pages ask too."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections
from django.http import Http404, HttpRequest, parse_cookie
from django.http.request import validate_host
from django.utils import timezone

from kith.web.people import access as people
from kith.web.people.models import Person
from kith.web.rooms import access, actions
from kith.web.rooms.choices import SeatState
from kith.web.rooms.consumers.member import Why
from kith.web.rooms.models import Seat
from kith.web.safety import access as safety

Answer = TypeVar("Answer")


class ClosedError(Exception):
    """The door does not open; `why` is what the connection is closed with."""

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(why.name)


@dataclass(frozen=True, slots=True)
class Opened:
    """Whose seat a websocket speaks for."""

    mark: str
    name: str
    is_host: bool
    waits: bool


def _with_rows(ask: Callable[..., Answer]) -> Callable[..., Answer]:
    """Return `ask`, which leaves no connection to the database behind that has grown old."""

    @wraps(ask)
    def asked(*args: Any, **given: Any) -> Answer:
        close_old_connections()
        try:
            return ask(*args, **given)
        finally:
            close_old_connections()

    return asked


def is_from_here(headers: Mapping[str, str]) -> bool:
    """Return whether a page of this instance opened the websocket, as its browser says."""
    origin, host = urlsplit(headers.get("origin", "")), headers.get("host", "")
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    is_secure = origin.scheme == "https" or not settings.SESSION_COOKIE_SECURE
    return bool(host) and origin.netloc == host and is_secure and _is_ours(name)


def _is_ours(name: str) -> bool:
    return validate_host(name.lower(), settings.ALLOWED_HOSTS)


@_with_rows
def open_door(headers: Mapping[str, str], token: str) -> Opened:
    """Let whoever comes by a websocket sit down, and return for which seat it speaks.

    Raises:
        ClosedError: If it does not open.
    """
    seat = _seat_of(headers, token)
    waits = False
    try:
        actions.sit(seat=seat)
    except actions.WaitsError:
        waits = True
    except actions.FullError as error:
        raise ClosedError(Why.FULL) from error
    except actions.OverError as error:
        raise ClosedError(Why.OVER) from error
    return Opened(seat.mark, str(seat.person), access.is_host(seat), waits)


@_with_rows
def still_open(headers: Mapping[str, str], token: str) -> None:
    """Look again whether the seat is theirs.

    Raises:
        ClosedError: If it is not.
    """
    seat = _seat_of(headers, token)
    if seat.state in {SeatState.LEFT, SeatState.REMOVED} or _is_shut(seat):
        raise ClosedError(Why.OVER)
    actions.note_here(seat=seat)


def _is_shut(seat: Seat) -> bool:
    return seat.room.is_shut(at=timezone.now())


@_with_rows
def leave(headers: Mapping[str, str], token: str) -> None:
    """Let them get up."""
    actions.leave(seat=_seat_of(headers, token))


@_with_rows
def host_does(what: str, headers: Mapping[str, str], token: str, mark: str = "") -> bool:
    """Let the host do something to a room or to a seat; return whether that was theirs to do."""
    by = _seat_of(headers, token)
    try:
        if what == "end":
            actions.end_by_host(by=by)
        else:
            deed = actions.to_lobby if what == "lobby" else actions.let_in
            deed(seat=access.open_seat_beside(by, mark), by=by)
    except (actions.NotHostError, Http404):
        return False
    return True


def _seat_of(headers: Mapping[str, str], token: str) -> Seat:
    try:
        return access.open_seat(_person(headers), token)
    except people.StrangerError as error:
        raise ClosedError(Why.STRANGER) from error
    except (safety.PausedError, Http404) as error:
        raise ClosedError(Why.NOT_FOUND) from error


def _person(headers: Mapping[str, str]) -> Person:
    """Return who comes, by the cookie of their session, as for any page."""
    request = HttpRequest()
    request.COOKIES = parse_cookie(headers.get("cookie", ""))
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    engine = import_module(settings.SESSION_ENGINE)
    request.session = engine.SessionStore(key)
    request.user = get_user(request)
    return safety.me_among_others(request)

"""The walk over every address: who comes to it, what they bring, and what they must be told."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.doors.table import Address, Opens
from tests.doors.town import Arguments, Comer, Town

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE")
FORM = "application/x-www-form-urlencoded"
NEVER = "/there-never-was-anything-here/"
OPEN = frozenset({200, 302, 400, 410})
# Every request may write these, whoever asks and whatever is said.
_WRITTEN_BY_ANYBODY = {"people.session", "people.attempt"}
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')


@dataclass(frozen=True)
class Found:
    """An address in the map: what it is called, and its route."""

    name: str
    route: str

    def at(self, arguments: Arguments) -> str:
        """Return the path, with `arguments` in it."""
        if self.name.startswith("/"):
            return re.sub(
                r"<\w+:(\w+)>|\(\?P<(\w+)>\.\*\)\$",
                lambda part: quote(str(arguments[part[1] or part[2]])),
                self.name,
            )
        return reverse(self.name, kwargs=arguments)


def every_address(resolver: Any = None, names: str = "", route: str = "/") -> Iterator[Found]:
    """Yield every address in the map; one without a name is called by its route."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{names}{pattern.namespace}:" if pattern.namespace else names
            yield from every_address(pattern, inner, here)
        elif isinstance(pattern, URLPattern):
            yield Found(f"{names}{pattern.name}" if pattern.name else here, here)


def unsaid(table: dict[str, Address]) -> list[str]:
    """Return a sentence for each address that no line of `table` tells of, and the other way."""
    names = {found.name: found for found in every_address()}
    missing = [
        f'"{name}" at {found.route} stands in no line of tests/doors/table.py. Add one: who may '
        "open it, by which methods, and the maker of what stands in the address."
        for name, found in names.items()
        if name not in table
    ]
    gone = [
        f'"{name}" stands in tests/doors/table.py and is no address any more. Take its line out.'
        for name in table
        if name not in names
    ]
    return missing + gone


def faults(found: Found, said: Address, town: Town, who: Comer) -> list[str]:
    """Return a sentence for each thing that `who` should not be told at the address `found`."""
    return list(_Visit(found, said, town, who).faults())


class _Visit:
    """One who comes to one address, and tries all they have."""

    def __init__(self, found: Found, said: Address, town: Town, who: Comer) -> None:
        self._found, self._said, self._who = found, said, who
        self._client: Client = who.client
        self._nevers: dict[str, bytes] = {}
        self._things, self._sent = said.things(town, who), said.sends(town, who)
        # Whoever is in was here today (town.py); what others still hold is let go of now.
        if said.opens is not Opens.EVERYBODY and not who.is_in:
            self._client.get("/you/")

    def faults(self) -> Iterator[str]:
        """Yield what is wrong; last what belongs to them, since that may change things."""
        before = _all_rows()
        mine = self._things.mine
        shut = [] if self._opens() else mine
        yield from self._all_closed([*self._things.never, *self._things.closed, *shut])
        for arguments in mine:
            for method in METHODS:
                if not self._takes(method):
                    yield from self._not_refused(method, arguments)
        if _all_rows() != before:
            yield self._says("", {}, "something was changed by somebody who may not")
        if self._opens():
            for arguments in mine:
                yield from self._not_open(arguments)

    def _all_closed(self, all_arguments: list[Arguments]) -> Iterator[str]:
        first: dict[str, Any] = {}
        for arguments in all_arguments:
            for method in self._methods():
                answer = self._ask(method, arguments)
                yield from self._not_closed(method, arguments, answer)
                yield from self._not_alike(method, arguments, answer, first)

    def _takes(self, method: str) -> bool:
        return not self._said.methods or method in self._said.methods.split()

    def _methods(self) -> list[str]:
        return [method for method in METHODS if self._takes(method) and method != "TRACE"]

    def _opens(self) -> bool:
        return {
            Opens.EVERYBODY: True,
            Opens.IN: self._who.is_in,
            Opens.SURE: self._who.is_in and self._who.is_fresh,
            Opens.AMONG: self._who.is_in and not self._who.is_paused,
            Opens.STEWARD: self._who.is_in and self._who.is_steward,
            Opens.UNTOLD: self._who.is_in and self._who.is_steward,
        }[self._said.opens]

    def _ask(self, method: str, arguments: Arguments) -> Any:
        form = {"content_type": FORM, "data": urlencode(self._sent)} if method == "POST" else {}
        return self._client.generic(method, self._found.at(arguments), **form)

    def _not_closed(self, method: str, arguments: Arguments, answer: Any) -> Iterator[str]:
        """Yield a sentence unless the answer is the one to whoever may not, or to nothing."""
        wants = self._wanted()
        if wants == "404":
            if answer.status_code != 404:
                yield self._says(method, arguments, f"answered {answer.status_code}, not 404")
            elif not self._said.says_own_404 and self._is_another_page(method, arguments, answer):
                yield self._says(method, arguments, "its page is not that of what never was")
        elif wants == "paused":
            if answer.status_code != 403:
                yield self._says(method, arguments, f"answered {answer.status_code} in a pause")
        elif answer.status_code != 302 or not answer["Location"].startswith(wants):
            yield self._says(method, arguments, f"answered {answer.status_code}, not to {wants}")

    def _is_another_page(self, method: str, arguments: Arguments, answer: Any) -> bool:
        """Return whether the page is not that of an address that never was, by the same method."""
        if method not in self._nevers:
            self._nevers[method] = _plain(self._client.generic(method, NEVER), NEVER)
        return _plain(answer, self._found.at(arguments)) != self._nevers[method]

    def _wanted(self) -> str:
        """Return what whoever may not is told: 404, that they are paused, or where to come in."""
        if self._opens() or self._said.opens is Opens.UNTOLD:
            return "404"
        if self._said.opens is Opens.STEWARD:
            return "404" if self._who.is_in else "/desk/"
        if self._said.opens is Opens.AMONG and self._who.is_in:
            return "paused"
        return "/enter/?next="

    def _not_alike(
        self, method: str, arguments: Arguments, answer: Any, first: dict[str, Any]
    ) -> Iterator[str]:
        """Yield a sentence if it answers otherwise than for the first thing that was asked for."""
        path = self._found.at(arguments)
        told = (answer.status_code, _plain(answer, path), _headers(answer, path))
        if told != first.setdefault(method, told):
            yield self._says(method, arguments, "answered otherwise than for what never was")

    def _not_refused(self, method: str, arguments: Arguments) -> Iterator[str]:
        status = self._ask(method, arguments).status_code
        # Before the method is looked at, whoever is not in may be led to the door.
        if status != 405 and (self._opens() or status not in {302, 403, 404}):
            yield self._says(method, arguments, f"answered {status}, not 405")

    def _not_open(self, arguments: Arguments) -> Iterator[str]:
        for method in self._methods():
            answer = self._ask(method, arguments)
            allowed = OPEN if self._said.methods else OPEN | {403, 405}
            if answer.status_code not in allowed:
                yield self._says(method, arguments, f"answered {answer.status_code} to its owner")
            if method == "GET":
                yield from self._no_head(arguments, answer)
            if method == "GET" and answer.status_code == 200:
                yield from self._kept(arguments, answer)

    def _no_head(self, arguments: Arguments, got: Any) -> Iterator[str]:
        head = self._ask("HEAD", arguments)
        if (head.status_code, head.content) != (got.status_code, b""):
            yield self._says("HEAD", arguments, f"answered {head.status_code}, GET otherwise")

    def _kept(self, arguments: Arguments, answer: Any) -> Iterator[str]:
        is_own = self._said.opens is not Opens.EVERYBODY
        if is_own and "no-store" not in answer.get("Cache-Control", ""):
            yield self._says("GET", arguments, "may be kept by a browser")

    def _says(self, method: str, arguments: Arguments, what: str) -> str:
        asked = {name: str(value)[:40] for name, value in arguments.items()}
        return f"{self._found.name} {method} {asked} by {self._who.kind}: {what}"


def _plain(answer: Any, path: str) -> bytes:
    """Return the body without what names the address itself, and without tokens."""
    body = _TOKEN.sub(b"", answer.content)
    for written in {path, html.escape(path), quote(path), quote(path, safe="")}:
        body = body.replace(written.encode(), b"HERE")
    return body


def _headers(answer: Any, path: str) -> dict[str, str]:
    return {
        name: value.replace(quote(path, safe=""), "HERE").replace(path, "HERE")
        for name, value in answer.items()
        # The second of these ticks between two questions.
        if name not in {"Content-Length", "Expires"}
    }


def _all_rows() -> dict[str, list[str]]:
    """Return every row there is as the database keeps it, but for what any request may write."""
    with connection.cursor() as cursor:
        return {
            model._meta.label_lower: _rows_of(cursor, model._meta.db_table)
            for model in apps.get_models(include_auto_created=True)
            if model._meta.label_lower not in _WRITTEN_BY_ANYBODY
        }


def _rows_of(cursor: Any, table: str) -> list[str]:
    # Not by the models: they would open what is sealed, row by row.
    cursor.execute(f'SELECT * FROM "{table}"')
    return sorted(map(str, cursor.fetchall()))

"""Asking every address for one thing, as one who comes."""

from collections.abc import Iterator
from typing import Any

from tests.doors.table import TABLE, Address
from tests.doors.town import Comer, Town
from tests.doors.walk import Found, every_address

# What somebody may put where a page of ours should stand.
ELSEWHERE = (
    "https://evil.example/", "//evil.example/", "///evil.example", "https:evil.example",
    "https:/evil.example", "http:\\\\evil.example", "\\\\evil.example", "/\\evil.example",
    "/\t/evil.example", "\t//evil.example", "\x00//evil.example", "/\n/evil.example",
    "https://testserver@evil.example/", "//testserver@evil.example", "https://testserver.evil.example",
    "javascript:alert(1)", "data:text/html,x", "\u2028//evil.example", "／／evil.example", "http:///evil.example",
)  # fmt: skip
ODD = (
    "\x00",
    "x" * 9_000,
    "\ud83d\u202e🌙",
    "9" * 400,
    "0001-01-01",
    "%00<script>' OR 1=1 --",
    "[]",
)


def addresses() -> Iterator[tuple[Found, Address]]:
    """Yield every address with what the table says of it."""
    for found in every_address():
        if found.name in TABLE:
            yield found, TABLE[found.name]


def takes_post(said: Address) -> bool:
    """Return whether something can be sent there; the desk takes anything."""
    return not said.methods or "POST" in said.methods


POSTED = sorted(found.name for found, said in addresses() if takes_post(said))
READ = sorted(found.name for found, said in addresses() if "GET" in said.methods)


def at(name: str) -> tuple[Found, Address]:
    """Return the address that is called `name`, with what the table says of it."""
    [pair] = [pair for pair in addresses() if pair[0].name == name]
    return pair


def a_path(found: Found, said: Address, town: Town, who: Comer) -> str:
    """Return the address with what is theirs in it, or somebody else's, or nobody's."""
    things = said.things(town, who)
    return found.at([*things.mine, *things.closed, *things.never][0])


def everywhere(town: Town, *kinds: str, **asked: Any) -> Iterator[tuple[str, str, Any]]:
    """Yield, for each address and each of `kinds`, who asked, where, and what was answered."""
    for found, said in addresses():
        for kind in kinds:
            who = town.comers[kind]
            yield kind, found.name, who.client.get(a_path(found, said, town, who), **asked)

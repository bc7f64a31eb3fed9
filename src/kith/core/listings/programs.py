"""Which fellowship or program a listing belongs to, and what practice its meetings are."""

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from kith.core.places.names import fold


@dataclass(frozen=True, slots=True)
class Program:
    """A fellowship by its own name, and the practice (of `kith.core.recipe`) it meets for."""

    name: str
    practice: str


def program_named(text: str) -> Program | None:
    """Return the program that `text` names in full or by its initials standing alone, or None."""
    folded = fold(text)
    words = folded.split()
    initials = "".join(words) if all(len(word) == 1 for word in words) else folded
    return _program_within(folded) or _tokens().get(initials) or _initials().get(initials)


def program_of_address(url: str) -> Program | None:
    """Return the program that a web address belongs to ("https://oc-aa.org/..."), or None.

    Only the host is read. Initials count where they stand alone between dots and hyphens
    ("aasanjose" and "nycaa" are not guessed at).
    """
    match = re.match(r"^(?:https?://)?([^/?#:]+)", url.strip().lower())
    return _program_of_host(match[1]) if match else None


# The records of a feed have their pages on one host.
@lru_cache(maxsize=1_000)
def _program_of_host(host: str) -> Program | None:
    labels = re.split(r"[.\-_]", host)
    by_name = _program_within(" ".join(labels)) or _program_within("".join(labels[:-1]))
    if by_name:
        return by_name
    found = {program for label in labels[:-1] if (program := _tokens().get(label))}
    return found.pop() if len(found) == 1 else None


def _program_within(folded: str) -> Program | None:
    padded = f" {folded} "
    for name, program in _names():
        if f" {name} " in padded or (" " not in name and len(name) > 6 and name in folded):
            return program
    return None


@cache
def _rows() -> list[tuple[Program, str, list[str]]]:
    text = (files("kith.core.listings") / "data" / "programs.csv").read_text(encoding="utf-8")
    return [
        (Program(row["program"], row["practice"]), row["kind"], row["words"].split("|"))
        for row in csv.DictReader(text.splitlines())
    ]


@cache
def _names() -> list[tuple[str, Program]]:
    pairs = [
        (fold(w), program) for program, kind, words in _rows() for w in words if kind == "names"
    ]
    # Longer names first: "cocaine anonymous" must not stop at a shorter one inside it.
    return sorted(pairs, key=lambda pair: -len(pair[0]))


@cache
def _tokens() -> dict[str, Program]:
    """Return the initials that say a program wherever they stand alone."""
    return {w: program for program, kind, words in _rows() for w in words if kind == "tokens"}


@cache
def _initials() -> dict[str, Program]:
    """Return the initials that say a program only as its name: in an address, "ga" is Georgia."""
    return {w: program for program, kind, words in _rows() for w in words if kind == "initials"}

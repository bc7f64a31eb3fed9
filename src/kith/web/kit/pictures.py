"""Petals and icons as markup: for templates (through their tags) and for code that writes rows."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_lazy

from kith.errors import InvalidInputError

STATIC_DIR = Path(__file__).parent / "static/kit"

# The five petals, clockwise from the top: (name in data, name in pictures, name for people).
SYSTEMS = (
    ("mu_opioid", "mu", gettext_lazy("mu-opioid")),
    ("dopamine", "da", gettext_lazy("dopamine")),
    ("oxytocin", "ox", gettext_lazy("oxytocin")),
    ("serotonin", "se", gettext_lazy("serotonin")),
    ("endocannabinoid", "ec", gettext_lazy("endocannabinoid")),
)
STRENGTHS = {
    "A": gettext_lazy("strong"),
    "B": gettext_lazy("fair"),
    "C": gettext_lazy("animal studies only"),
    "D": gettext_lazy("hints only"),
    "N": gettext_lazy("nobody has looked"),
}
LETTERS = frozenset(STRENGTHS) | {f"{letter}?" for letter in "ABCD"}

# At this size and below, petals are a picture beside words and say nothing themselves.
LARGEST_SILENT_PX = 40

Letters = Mapping[str, str] | Sequence[str]


def icon_svg(name: str, size: int = 20) -> SafeString:
    """Return the icon `name` as a picture beside words: hidden from those who listen.

    Raises:
        InvalidInputError: If our sprite holds no such icon.
    """
    return _icon(name, size)


def petals_svg(letters: Letters, size: int = LARGEST_SILENT_PX, label: str = "") -> SafeString:
    """Return five petals drawn by their evidence `letters`, `size` pixels wide.

    Small petals are silent. Larger ones are read aloud as `label`, or as `petals_words`.

    Raises:
        InvalidInputError: If there are not five letters, or one of them is unknown.
    """
    five = in_order(letters)
    if size <= LARGEST_SILENT_PX:
        return _petals(five, size, "")
    return _petals(five, size, label or petals_words(five))


def petals_words(letters: Letters) -> str:
    """Return what the petals say, in words: "Five petals. mu-opioid: strong; dopamine: fair ..."."""
    return _words(in_order(letters), get_language())


def in_order(letters: Letters) -> tuple[str, ...]:
    """Return five evidence letters in the order of the petals.

    `letters` may be keyed by system, in order, or written "AABCN" or "A,A,B?,C,N".

    Raises:
        InvalidInputError: If there are not five letters, or one of them is unknown.
    """
    if isinstance(letters, str):
        five = tuple(letters.split(",") if "," in letters else letters)
    elif isinstance(letters, Mapping):
        five = tuple(str(letters.get(name, "")) for name, _, _ in SYSTEMS)
    else:
        five = tuple(map(str, letters))
    if len(five) != len(SYSTEMS) or not LETTERS.issuperset(five):
        raise InvalidInputError(f"Petals need five of {sorted(LETTERS)}, got {five}.")
    return five


# The addresses of the sprites are fixed while kith runs, so markup once made is good for ever.
# There are 9 ** 5 ways to write five letters, and a page shows a few dozen of them.
@lru_cache(maxsize=4096)
def _petals(letters: tuple[str, ...], size: int, label: str) -> SafeString:
    sprite = static("kit/petals.svg")
    parts = [
        part
        for letter, (_, system, _) in zip(letters, SYSTEMS, strict=True)
        for part in _petal(letter, system)
    ]
    return format_html(
        '<svg class="glyph" width="{}" height="{}" viewBox="-26 -27 52 52" {}>{}{}</svg>',
        size,
        size,
        format_html('role="img" aria-label="{}"', label)
        if label
        else SafeString('aria-hidden="true"'),
        format_html_join("", '<use class="{}" href="{}#{}"/>', ((c, sprite, i) for c, i in parts)),
        SafeString('<circle class="pt-heart" r="2.1"/>'),
    )


def _petal(letter: str, system: str) -> list[tuple[str, str]]:
    """Return the pieces of one petal, as (class, name in the sprite)."""
    grade = letter[0].lower()
    if grade == "n":
        return [("pt-n", f"{system}-seed")]
    pieces = [(f"pt pt-{grade} dye-{system}", system)]
    if letter.endswith("?"):
        pieces.append((f"pt-q dye-{system}", f"{system}-hole"))
    return pieces


@lru_cache(maxsize=4096)
def _words(letters: tuple[str, ...], language: str | None) -> str:  # noqa: ARG001 - part of the key
    said = []
    for letter, (_, _, name) in zip(letters, SYSTEMS, strict=True):
        pattern = gettext("%(system)s: %(strength)s")
        if letter.endswith("?"):
            pattern = gettext("%(system)s: %(strength)s, and disputed")
        said.append(pattern % {"system": name, "strength": STRENGTHS[letter[0]]})
    return gettext("Five petals. %(petals)s.") % {"petals": "; ".join(said)}


@cache
def _icon(name: str, size: int) -> SafeString:
    if name not in icon_names():
        raise InvalidInputError(f"There is no icon {name!r} in kit/icons.svg (tools/build_art.py).")
    return format_html(
        '<svg class="i" width="{}" height="{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        size,
        size,
        static("kit/icons.svg"),
        name,
    )


@cache
def icon_names() -> frozenset[str]:
    """Return the names of the icons in our sprite."""
    return frozenset(re.findall(r'<symbol id="([\w-]+)"', (STATIC_DIR / "icons.svg").read_text()))

"""What the pages of reach show: the lines people can turn to, and those kith came with."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.translation import gettext

from kith.web.reach import access
from kith.web.reach.choices import ANYWHERE
from kith.web.reach.models import Country, Line

BAR_PLACES = 2  # and the emergency number: three fit on a small phone
_RENAMED = {"checked": "checked_on"}


@dataclass(frozen=True, slots=True)
class Voices:
    """Who answers in one country."""

    country: Country
    lines: tuple[Line, ...]

    @property
    def always(self) -> list[Line]:
        """The lines that are open day and night."""
        return [line for line in self.lines if not line.hours]

    @property
    def at_hours(self) -> list[Line]:
        """The lines that sleep, or may."""
        return [line for line in self.lines if line.hours]

    @property
    def texted(self) -> list[Line]:
        """The lines that answer texts."""
        return [line for line in self.lines if line.text_to]

    @property
    def staying(self) -> list[Line]:
        """The lines whose people stay on the phone while somebody uses."""
        return [line for line in self.lines if line.stays]

    @property
    def first(self) -> Line:
        """The line for the button: the most fitting that can be called at any hour, if one can."""
        return next((line for line in self.always if line.call), self.lines[0])

    @property
    def first_text(self) -> Line | None:
        """The most fitting line that answers texts, if any does."""
        return next(iter(self.texted), None)

    @property
    def checked_on(self) -> date:
        """The day on which every one of them had been checked."""
        return min(line.checked_on for line in self.lines)

    @property
    def name(self) -> str:
        """The country, in the reader's language."""
        return gettext(self.country.name)

    @property
    def bar(self) -> list[Line]:
        """The lines for the bar at the foot of a phone."""
        return [line for line in self.lines if line.bar][:BAR_PLACES]


def voices_everywhere() -> list[Voices]:
    """Return who answers, country by country; never nobody, whatever was hidden or lost."""
    return _by_country(access.shown_to_all()) or _by_country(shipped_lines())


def voices_in(countries: Sequence[Voices], *, wishes: Iterable[str]) -> Voices:
    """Return the first of `countries` that is wished for by its code; else the one for anywhere."""
    known = {voices.country.code: voices for voices in countries}
    for wish in wishes:
        if wish.upper() in known:
            return known[wish.upper()]
    return known.get(ANYWHERE, countries[0])


def shipped_countries() -> list[Country]:
    """Return the countries kith comes with, as rows not yet saved."""
    return [
        Country(order=order, **_fields(entry, leaving_out="line"))
        for order, entry in _numbered(_shipped()["country"])
    ]


def shipped_lines() -> list[Line]:
    """Return the lines kith comes with, as rows not yet saved."""
    return [
        Line(country=country, order=order, **_fields(line))
        for country, entry in zip(shipped_countries(), _shipped()["country"], strict=True)
        for order, line in _numbered(entry["line"])
    ]


def files_shown_by(html: str) -> list[str]:
    """Return the addresses of the static files a page written as `html` needs, fonts and all."""
    root = re.escape(settings.STATIC_URL)
    named = dict.fromkeys(re.findall(rf'(?:href|src)="({root}[^"#?]+)', html))
    for style in [address for address in named if address.endswith(".css")]:
        named.update(dict.fromkeys(_fonts_of(style)))
    return list(named)


def _fonts_of(style: str) -> list[str]:
    """Return the addresses of the fonts that the style sheet at the address `style` names."""
    name = style.removeprefix(settings.STATIC_URL)
    # A hashed name is found among the collected files, a plain one (tests) among the apps.
    text = Path(finders.find(name) or staticfiles_storage.path(name)).read_text()
    return [urljoin(style, font) for font in re.findall(r"""url\(["']?([^"')]+\.woff2)""", text)]


def _by_country(lines: Iterable[Line]) -> list[Voices]:
    """Return `lines`, already in the order of their countries, as one entry a country."""
    return [
        Voices(country=next_lines[0].country, lines=tuple(next_lines))
        for _code, group in groupby(lines, key=lambda line: line.country_id)
        if (next_lines := list(group))
    ]


@cache
def _shipped() -> dict[str, Any]:
    """Return the file of lines that kith comes with."""
    return tomllib.loads(files("kith.web.reach").joinpath("data/lines.toml").read_text("utf-8"))


def _numbered(entries: Iterable[dict[str, Any]]) -> list[tuple[int, dict[str, Any]]]:
    """Return `entries` with their places, ten apart, so that a steward can put one in between."""
    return [(10 * place, entry) for place, entry in enumerate(entries, start=1)]


def _fields(entry: dict[str, Any], leaving_out: str = "") -> dict[str, Any]:
    """Return the fields of a row that `entry` of the file gives."""
    return {_RENAMED.get(key, key): value for key, value in entry.items() if key != leaving_out}

"""Keeps the catalogs of translations in step with what the sources say."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import django
import polib
from django.conf import settings
from django.utils.translation import to_locale

from kith.web.kit import phrases

WIDTH = 100
HEADER = {
    "Project-Id-Version": "kith",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
# What a translation must hold as often as the original: placeholders and markup.
MUST_STAY = re.compile(r"%\(\w+\)s|%%|%[sd]|\{\w*\}|</?\w+[^>]*>")


def spoken() -> list[str]:
    """Return the languages that need a catalog: all but the one the sources are written in."""
    return [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def path_of(language: str) -> Path:
    """Return where the catalog of `language` lies."""
    folder = Path(settings.LOCALE_PATHS[0]) / to_locale(language) / "LC_MESSAGES"
    return folder / "django.po"


def wanted(language: str) -> list[phrases.Phrase]:
    """Return every phrase that a catalog of `language` must hold."""
    said = list(phrases.in_sources(settings.PACKAGE_DIR))
    if not (Path(django.__file__).parent / "conf/locale" / to_locale(language)).exists():
        said += phrases.in_django()
    return said


def load(language: str) -> polib.POFile:
    """Return the catalog of `language`, empty if nobody has begun it."""
    path = path_of(language)
    if path.exists():
        return polib.pofile(str(path), wrapwidth=WIDTH)
    catalog = polib.POFile(wrapwidth=WIDTH)
    catalog.metadata = {**HEADER, "Language": language}
    return catalog


def renewed(catalog: polib.POFile, said: Iterable[phrases.Phrase]) -> polib.POFile:
    """Return `catalog` with exactly the phrases in `said`, and every translation it had of them."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalog if not entry.obsolete}
    fresh: dict[tuple[str | None, str], polib.POEntry] = {}
    for phrase in said:
        if phrase.key not in fresh:
            fresh[phrase.key] = _entry(phrase, known.get(phrase.key))
        entry = fresh[phrase.key]
        if phrase.plural:
            entry.msgid_plural = phrase.plural
        if (phrase.place, "") not in entry.occurrences:
            entry.occurrences.append((phrase.place, ""))
    new = polib.POFile(wrapwidth=WIDTH)
    new.header, new.metadata = catalog.header, catalog.metadata
    new.extend(fresh.values())
    return new


def _entry(phrase: phrases.Phrase, known: polib.POEntry | None) -> polib.POEntry:
    """Return a new entry for `phrase`, with the translation, comment and doubts of the `known` one."""
    entry = polib.POEntry(msgid=phrase.text, msgctxt=phrase.context)
    if known is not None:
        entry.msgstr, entry.msgstr_plural = known.msgstr, known.msgstr_plural
        entry.tcomment = known.tcomment
        entry.flags = [flag for flag in known.flags if flag == "fuzzy"]
    if "%(" in phrase.text:
        entry.flags.append("python-format")
    return entry


def faults(catalog: polib.POFile) -> Iterator[str]:
    """Yield what is wrong with the translations in `catalog`: missing, doubted, or damaged."""
    for entry in catalog:
        said = [entry.msgstr, *entry.msgstr_plural.values()]
        if entry.fuzzy:
            yield f"in doubt: {entry.msgid}"
        elif not entry.translated():
            yield f"not translated: {entry.msgid}"
        elif entry.msgid_plural:
            if any(
                _kept(text) - _kept(entry.msgid_plural) for text in entry.msgstr_plural.values()
            ):
                yield f"placeholders differ: {entry.msgid}"
        elif _kept(said[0]) != _kept(entry.msgid):
            yield f"placeholders differ: {entry.msgid}"


def _kept(text: str) -> Counter[str]:
    return Counter(MUST_STAY.findall(text))


def save(catalog: polib.POFile, language: str) -> None:
    """Write the catalog of `language` and, beside it, the compiled one that Django reads."""
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{catalog}\n", encoding="utf-8")
    path.with_suffix(".mo").write_bytes(catalog.to_binary())


def is_in_step(catalog: polib.POFile, language: str) -> bool:
    """Return whether both files of `language` hold exactly what `catalog` says."""
    path = path_of(language)
    compiled = path.with_suffix(".mo")
    return (
        path.exists()
        and compiled.exists()
        and path.read_text(encoding="utf-8") == f"{catalog}\n"
        and compiled.read_bytes() == catalog.to_binary()
    )

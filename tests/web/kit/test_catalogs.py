"""Every phrase of every page is said in every language, and the compiled catalogs say the same."""

import polib
import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from kith.web.kit import catalogs
from kith.web.kit.phrases import Phrase


def catalog(*entries: polib.POEntry) -> polib.POFile:
    made = polib.POFile()
    made.metadata = {**catalogs.HEADER, "Language": "xx"}
    made.extend(entries)
    return made


@pytest.mark.parametrize("language", ["es", "fr"])
def test_catalog_is_in_step_and_wholly_translated(language):
    renewed = catalogs.renewed(catalogs.load(language), catalogs.wanted(language))

    assert list(catalogs.faults(renewed)) == []
    assert catalogs.is_in_step(renewed, language), "Run: ./kith manage words"


def test_every_language_but_the_first_has_a_catalog():
    assert catalogs.spoken() == ["es", "fr"]


def test_renewed_keeps_what_is_still_said_and_drops_what_is_not():
    old = catalog(
        polib.POEntry(msgid="Kept", msgstr="Guardado", tcomment="warm"),
        polib.POEntry(msgid="Gone", msgstr="Ido"),
    )

    new = catalogs.renewed(
        old, [Phrase("Kept", "a.html"), Phrase("New", "b.py"), Phrase("Kept", "b.py")]
    )

    assert [(e.msgid, e.msgstr, e.tcomment) for e in new] == [
        ("Kept", "Guardado", "warm"),
        ("New", "", ""),
    ]
    assert new[0].occurrences == [("a.html", ""), ("b.py", "")]


def test_renewed_tells_phrases_apart_by_context():
    new = catalogs.renewed(catalog(), [Phrase("May", "a"), Phrase("May", "a", context="month")])

    assert [(e.msgctxt, e.msgid) for e in new] == [(None, "May"), ("month", "May")]


def test_renewed_joins_a_phrase_said_with_and_without_plural():
    new = catalogs.renewed(catalog(), [Phrase("door", "a"), Phrase("door", "b", plural="doors")])

    assert [(e.msgid, e.msgid_plural) for e in new] == [("door", "doors")]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (polib.POEntry(msgid="a"), "not translated: a"),
        (polib.POEntry(msgid="a", msgstr="b", flags=["fuzzy"]), "in doubt: a"),
        (polib.POEntry(msgid="Hi %(name)s", msgstr="Hola"), "placeholders differ: Hi %(name)s"),
        (polib.POEntry(msgid="<b>a</b>", msgstr="<b>b"), "placeholders differ: <b>a</b>"),
        (
            polib.POEntry(msgid="a", msgid_plural="%(n)s", msgstr_plural={0: "b", 1: "%(m)s"}),
            "placeholders differ: a",
        ),
    ],
)
def test_fault_in_a_translation_is_named(entry, fault):
    assert list(catalogs.faults(catalog(entry))) == [fault]


def test_good_translations_have_no_fault():
    good = catalog(
        polib.POEntry(msgid="Hi %(name)s", msgstr="Hola %(name)s"),
        polib.POEntry(msgid="One", msgid_plural="%(n)s", msgstr_plural={0: "Uno", 1: "%(n)s"}),
    )

    assert list(catalogs.faults(good)) == []


def test_words_begins_a_catalog_and_then_has_nothing_to_do(tmp_path, capsys):
    with override_settings(
        LOCALE_PATHS=[tmp_path], LANGUAGES=[("en", "English"), ("fr", "French")]
    ):
        with pytest.raises(CommandError, match="Out of step: fr"):
            call_command("words", check=True)
        assert list(tmp_path.iterdir()) == []

        call_command("words")

        begun = catalogs.load("fr")
        assert begun.metadata["Language"] == "fr"
        assert "I need someone now" in {entry.msgid for entry in begun}
        assert catalogs.is_in_step(catalogs.renewed(begun, catalogs.wanted("fr")), "fr")
    assert "not translated: I need someone now" in capsys.readouterr().out

"""Words that hurt some people: another is offered, unless somebody speaks of themselves."""

import json

import pytest

from kith.web.kit.hints import Hint, hints, knows
from kith.web.kit.pictures import STATIC_DIR

LANGUAGES = ("en", "es", "fr")


def offered(text, language="en", **more):
    """Return what is offered for `text`: pairs of what was said and what could be."""
    return [(hint.said, hint.instead) for hint in hints(text, language, **more)]


def test_hint_says_where_what_why_and_what_instead():
    assert hints("He’s a junkie.", "en") == [
        Hint(
            start=7,
            end=13,
            said="junkie",
            why="It is a word of scorn. People remember who said it.",
            instead="person who uses drugs",
        )
    ]


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "My brother is an addict", ["addict"]),
        ("en", "ADDICTS!", ["ADDICTS"]),
        ("en", "She is a recovering addict", ["recovering addict"]),
        ("en", "he got clean, then he relapsed", ["got clean", "he relapsed"]),
        ("en", "a dirty test for drug abuse", ["dirty test", "drug abuse"]),
        ("en", "methadone is one drug for another", ["one drug for another"]),
        ("en", "I hate junkies", ["junkies"]),
        ("en", "I left. Addicts stayed.", ["Addicts"]),
        ("es", "Mi hermano es un adicto", ["adicto"]),
        ("es", "Los toxicomanos y el abuso de drogas", ["toxicomanos", "abuso de drogas"]),
        ("es", "Ella ha recaído", ["ha recaído"]),
        ("fr", "Il est toxicomane", ["toxicomane"]),
        ("fr", "C'est l'alcoolique du coin", ["l'alcoolique"]),
        ("fr", "un camé qui a rechuté", ["camé", "a rechuté"]),
        ("en-gb", "a junkie", ["junkie"]),
    ],
)
def test_word_said_of_others_gets_a_hint(language, text, said):
    assert [word for word, _instead in offered(text, language)] == said


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I am an addict"),
        ("en", "I'm an addict and an alcoholic"),
        ("en", "I’m Ruth, an addict"),
        ("en", "Hi, I'm ruth, addict"),
        ("en", "my name is Sam and i'm a grateful recovering alcoholic"),
        ("en", "We are addicts"),
        ("en", "As an addict I know this"),
        ("en", "I call myself a junkie"),
        ("en", "I have been clean for 3 years"),
        ("en", "I am 5 years clean"),
        ("es", "Soy adicto"),
        ("es", "Yo era un yonqui"),
        ("es", "Me llamo Ana, alcohólica, y soy adicta"),
        ("es", "Llevo 3 años limpio"),
        ("fr", "Je suis un toxico"),
        ("fr", "J’étais toxicomane"),
        ("fr", "Je m’appelle Jean, toxico"),
    ],
)
def test_what_people_call_themselves_is_theirs(language, text):
    assert offered(text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Alcoholics Anonymous on Tuesday"),
        ("en", "not the alcoholic drinks"),
        ("es", "Alcohólicos Anónimos"),
        ("fr", "Alcooliques Anonymes"),
        ("en", "The kitchen is clean and the floor is dirty"),
        ("en", "He takes methadone"),
        ("en", "addicted to chess, addiction"),
        ("en", ""),
        ("de", "addict"),
        ("../en", "addict"),
        ("", "addict"),
    ],
)
def test_names_and_other_words_get_no_hint(language, text):
    assert offered(text, language) == []


def test_who_is_asked_about_themselves_may_call_themselves_anything():
    text = "Heroin addict since 2010. My father is an alcoholic."

    assert offered(text) == [
        ("addict", "person with an addiction"),
        ("an alcoholic", "a person who has trouble with alcohol"),
    ]
    assert offered(text, is_of_oneself=True) == [
        ("an alcoholic", "a person who has trouble with alcohol")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_two_dozen_words_and_a_reason_for_each(language):
    known = json.loads((STATIC_DIR / f"hints.{language}.json").read_text())
    said = [phrase for entry in known["words"] for phrase in entry["say"]]

    assert knows(language)
    assert len(said) >= 24
    assert len(set(said)) == len(said)
    assert {entry["why"] for entry in known["words"]} == set(known["why"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_offered_gets_no_hint_itself(language):
    known = json.loads((STATIC_DIR / f"hints.{language}.json").read_text())

    texts = [entry["instead"] for entry in known["words"]] + list(known["why"].values())

    assert [text for text in texts if offered(text, language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_is_looked_for_is_found(language):
    known = json.loads((STATIC_DIR / f"hints.{language}.json").read_text())
    said = [phrase for entry in known["words"] for phrase in entry["say"]]

    assert [phrase for phrase in said if not offered(f"bla {phrase}", language)] == []

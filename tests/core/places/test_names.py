import pytest

from kith.core.places.names import fold, postcodes


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("London", "london"),
        ("  New   York ", "new york"),
        ("St. John's", "st johns"),
        ("King’s Lynn", "kings lynn"),
        ("Stratford-upon-Avon", "stratford upon avon"),
        ("São Paulo", "sao paulo"),
        ("Straße", "strasse"),
        ("Kahului, Maʻui", "kahului maui"),
        ("Ærø", "aero"),
        ("МОСКВА", "москва"),
        ("\x00", ""),
        ("---", ""),
        ("", ""),
    ],
)
def test_fold_leaves_what_everybody_types_alike(name, folded):
    assert fold(name) == folded


@pytest.mark.parametrize("name", ["Łódź", "東京", "Île-de-France", "İzmir", "ﬁ", "Å"])
def test_fold_of_what_is_folded_is_the_same(name):
    assert fold(fold(name)) == fold(name) != ""


@pytest.mark.parametrize(
    ("code", "country", "typed"),
    [
        ("SW1A 1AA", "GB", ["SW1A 1AA", "SW1A"]),
        ("sw1a1aa", "GB", ["SW1A 1AA", "SW1A"]),
        ("SE1", "GB", ["SE1"]),
        ("N6A 1B2", "CA", ["N6A 1B2", "N6A"]),
        ("D02 X285", "IE", ["D02 X285", "D02"]),
        ("D6W XK28", "IE", ["D6W XK28", "D6W"]),
        ("92612", "US", ["92612"]),
        ("92612-1234", "US", ["92612"]),
        ("2010", "AU", ["2010"]),
        ("1017 AB", "NL", ["1017 AB"]),
        ("", "GB", []),
        ("London", "GB", []),
    ],
)
def test_postcode_is_typed_whole_or_by_its_first_half_where_that_stands_alone(code, country, typed):
    assert list(postcodes(code, country)) == typed

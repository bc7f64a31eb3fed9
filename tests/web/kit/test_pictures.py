import re

import pytest
from django.template import Context, Template
from django.utils import translation

from kith.errors import InvalidInputError
from kith.web.kit.pictures import (
    STATIC_DIR,
    icon_names,
    icon_svg,
    petals_svg,
    petals_words,
)


def uses(markup: str) -> list[tuple[str, str]]:
    """Return (classes, name in the sprite) of every piece that a picture is made of."""
    return re.findall(r'<use class="([^"]*)" href="/static/kit/petals.svg#([\w-]+)"/>', markup)


def test_each_letter_is_drawn_in_its_own_way():
    assert uses(petals_svg("ABCDN")) == [
        ("pt pt-a dye-mu", "mu"),
        ("pt pt-b dye-da", "da"),
        ("pt pt-c dye-ox", "ox"),
        ("pt pt-d dye-se", "se"),
        ("pt-n", "ec-seed"),
    ]


def test_disputed_letter_has_a_hole_in_its_petal():
    assert uses(petals_svg(["A?", "N", "N", "N", "B?"])) == [
        ("pt pt-a dye-mu", "mu"),
        ("pt-q dye-mu", "mu-hole"),
        ("pt-n", "da-seed"),
        ("pt-n", "ox-seed"),
        ("pt-n", "se-seed"),
        ("pt pt-b dye-ec", "ec"),
        ("pt-q dye-ec", "ec-hole"),
    ]


def test_letters_may_come_by_name_in_order_or_written():
    by_name = {
        "endocannabinoid": "C",
        "serotonin": "A?",
        "oxytocin": "C",
        "dopamine": "B",
        "mu_opioid": "A",
    }

    drawn = petals_svg(by_name)

    assert petals_svg(("A", "B", "C", "A?", "C")) == drawn
    assert petals_svg("A,B,C,A?,C") == drawn


@pytest.mark.parametrize(
    "letters",
    ["AAAA", "AAAAAA", "AAAAE", "A,A,A,A,N?", "", {"dopamine": "A"}, ["A", "A", "A", "A", None]],
)
def test_petals_refuse_what_is_not_five_letters(letters):
    with pytest.raises(InvalidInputError):
        petals_svg(letters)


def test_small_petals_are_silent_even_with_a_label():
    assert 'aria-hidden="true"' in petals_svg("AAAAA", 40, "Riverside choir")
    assert "aria-label" not in petals_svg("AAAAA", 40, "Riverside choir")


def test_large_petals_are_read_aloud():
    assert 'role="img" aria-label="Riverside choir"' in petals_svg("AAAAA", 41, "Riverside choir")
    assert f'role="img" aria-label="{petals_words("AAAAA")}"' in petals_svg("AAAAA", 41)


def test_label_is_escaped():
    assert 'aria-label="&lt;b&gt; &quot;x&quot;"' in petals_svg("AAAAA", 84, '<b> "x"')


def test_petals_in_words_name_each_system_and_its_strength():
    assert petals_words("A,B,B?,C,N") == (
        "Five petals. mu-opioid: strong; dopamine: fair; oxytocin: fair, and disputed; "
        "serotonin: animal studies only; endocannabinoid: nobody has looked."
    )


def test_petals_in_words_follow_the_language_of_the_page():
    english = petals_words("AAAAA")

    with translation.override("es"):
        spanish = petals_words("AAAAA")

    assert english.startswith("Five petals.")
    assert spanish.startswith("Cinco pétalos.")


def test_icon_is_silent_and_points_into_our_sprite():
    assert icon_svg("map-pin", 18) == (
        '<svg class="i" width="18" height="18" aria-hidden="true">'
        '<use href="/static/kit/icons.svg#map-pin"/></svg>'
    )


def test_icon_that_we_do_not_have_is_refused():
    with pytest.raises(InvalidInputError):
        icon_svg("skull")


def test_tags_draw_the_same_as_the_functions():
    template = Template(
        '{% load kit %}{% icon "x" 18 %}|{% petals "AABCN" 84 %}|{% petals_words "AABCN" %}'
    )

    drawn = template.render(Context())

    assert drawn.split("|") == [icon_svg("x", 18), petals_svg("AABCN", 84), petals_words("AABCN")]


def test_sprite_draws_in_the_colors_of_the_page():
    for name in ("icons.svg", "petals.svg"):
        assert re.findall(r' (?:fill|stroke|style|class)="', (STATIC_DIR / name).read_text()) == []


def test_sprite_holds_no_icon_twice():
    names = re.findall(r'<symbol id="([^"]+)"', (STATIC_DIR / "icons.svg").read_text())

    assert sorted(names) == sorted(icon_names())

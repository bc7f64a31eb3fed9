import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from tests.core.picture.test_living import SMALL

from kith.core.picture import CAUTION, gathered, live, sheet
from kith.core.picture.drawing import NARROW, WIDE, Line, chart, paths, ticks
from kith.core.rng import stream


@pytest.fixture(scope="module")
def picture():
    """Two pairs of a small town."""
    return gathered(SMALL, [live(SMALL, number, engine="numpy") for number in range(2)])


def test_what_to_beware_of_stands_before_anything_that_is_shown(picture):
    made = sheet(picture)

    assert made.index(CAUTION) < made.index("<svg")
    for words in ("Nobody real", "no promise", "guesses", "opiates", "alcohol"):
        assert words in made[: made.index("<svg")]


def test_every_card_with_a_figure_has_a_table(picture):
    cards = re.findall(r'<section class="card">.*?</section>', sheet(picture), re.DOTALL)

    drawn = [card for card in cards if "<svg" in card]

    assert len(drawn) == 7
    assert all(card.count("<table>") == 1 for card in drawn)


def test_sheet_is_well_formed_and_brings_no_script_style_or_address(picture):
    made = sheet(picture)

    ET.fromstring(f"<div>{made.replace('<br>', '<br/>')}</div>")
    assert not re.findall(r"<script|<style|style=|href|src=|https?:", made)


def test_every_drawing_says_what_it_shows(picture):
    made = sheet(picture)

    for svg in re.findall(r"<svg[^>]*>", made):
        assert 'aria-hidden="true"' in svg or re.search(r'role="img" aria-label="[^"]{20,}"', svg)


def test_table_tells_the_numbers_of_the_curves(picture):
    made = sheet(picture)
    mean, lower, upper = (100 * float(one[0, 0, -1]) for one in picture.lines)

    assert f"<td>{mean:.1f}% [{lower:.1f}, {upper:.1f}]</td>" in made


def test_difference_is_told_with_its_interval_or_as_not_shown(picture):
    made = sheet(picture)

    assert made.count('<p class="pair-r">') == 3
    for said in re.findall(r'<p class="pair-r">(.*?)</p>', made):
        assert "95% interval" in said
        assert re.search(r"In \d of 2 pairs", said)


def test_names_of_a_stranger_are_never_markup(picture):
    plain, tried = SMALL.arms
    named = replace(SMALL, arms=(plain, replace(tried, name="<script>&")))

    made = sheet(replace(picture, scenario=named))

    assert "<script" not in made
    assert "&lt;script&gt;&amp;" in made


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_curve_stays_in_its_box(size):
    mean = stream(3, "curve").normal(size=9)
    line = Line("a", "x", mean, mean - 0.5, mean + 0.5, mean[None] + 0.2)

    svg = chart([line], weeks=np.arange(9.0), size=size, says="a curve of dice", unit="")

    points = [tuple(map(float, pair)) for d in re.findall(r'class="ch-[lbr]\S* ?a?" d="(.*?)"', svg) for pair in re.findall(r"([\d.-]+),([\d.-]+)", d)]  # fmt: skip
    assert len(points) >= 36
    for x, y in points:
        assert size.left - 0.1 <= x <= size.width - size.right + 0.1
        assert size.top - 0.1 <= y <= size.height - size.bottom + 0.1


@pytest.mark.parametrize(
    "values", [(0.0, 1.0), (0.2, 0.21), (-3.0, 17.0), (5.0, 5.0), (-0.01, 0.0), (0.0, 1e-9)]
)
def test_ticks_hold_the_values_in_even_steps(values):
    found = ticks(values)

    assert found[0] <= min(values) + 1e-9
    assert found[-1] >= max(values) - 1e-9
    assert 2 <= len(found) <= 7
    np.testing.assert_allclose(np.diff(found), found[1] - found[0], rtol=1e-6)


def test_path_is_as_wide_as_its_habit_is_strong():
    svg = paths(0.5, 1.0, says="two paths of a test", number=1)

    widths = re.findall(r'class="pa-([ds])" stroke-width="([\d.]+)"', svg)
    assert widths == [("d", "13.0"), ("s", "24.0")]

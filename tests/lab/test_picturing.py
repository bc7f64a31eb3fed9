import re

import pytest
from click.testing import CliRunner

from kith.core.picture import CAUTION
from kith.lab.picturing import lab

SMALL = ["--people", "200", "--weeks", "4", "--pairs", "2", "--engine", "numpy"]


def _lab(*arguments):
    return CliRunner().invoke(lab, list(map(str, arguments)))


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """A page of a small town, written once."""
    out = tmp_path_factory.mktemp("lab") / "circles.html"
    said = _lab(*SMALL, "--out", out)
    assert said.exit_code == 0, said.output
    return said.stdout, out.read_text("utf-8")


def test_page_stands_by_itself(page):
    _, html = page

    assert html.startswith("<!doctype html>")
    assert "<script" not in html
    assert re.findall(r"(?:src|href)=|@import|https?://", html) == []
    assert set(re.findall(r"url\((.{5})", html)) == {"data:"}


def test_command_says_what_came_out_and_what_it_is_not(page):
    said, html = page

    assert "Circles against As it is: 200 people, 4 weeks, 2 pairs" in said
    assert CAUTION in said
    assert CAUTION in html


def test_same_seed_writes_the_same_page(page, tmp_path):
    out = tmp_path / "again.html"

    _lab(*SMALL, "--out", out)

    assert out.read_text("utf-8") == page[1]


def test_bad_choices_are_told_with_name_value_and_range_and_nothing_is_written(tmp_path):
    out = tmp_path / "no.html"

    said = _lab("--design", "hope", "--weeks", "400", "--out", out)

    assert said.exit_code == 1
    assert "design is 'hope'. It must be one of circles, pairs, reach" in said.output
    assert "weeks is 400. It must be 4 to 52." in said.output
    assert not out.exists()


def test_two_arms_of_a_scenario_are_shown(tmp_path):
    out = tmp_path / "apart.html"

    said = _lab("isolation", "--arms", "together,apart", "--people", 200, "--weeks", 4, "--pairs", 2, "--engine", "numpy", "--out", out)  # fmt: skip

    assert said.exit_code == 0, said.output
    assert "Everybody lives apart against Nobody lives apart" in said.stdout


@pytest.mark.parametrize(
    "arguments",
    [("isolation", "--town", "apart"), ("isolation", "--arms", "together"), ("isolation", "--arms", "together,never")],
)  # fmt: skip
def test_scenario_with_what_it_cannot_take_is_refused(arguments, tmp_path):
    said = _lab(*arguments, "--out", tmp_path / "no.html")

    assert said.exit_code == 1
    assert said.output


def test_list_says_what_can_be_chosen():
    said = _lab("--list")

    assert (
        "--design badly_mixed  Badly mixed circles: those who are using sit together" in said.stdout
    )

"""The file of lines: a wrong digit here is a call nobody answers."""

import ast
import tomllib
from importlib.resources import files

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from kith.web.reach.choices import ANYWHERE
from kith.web.reach.models import Country, Line
from kith.web.reach.queries import lines as queries

DATA = files("kith.web.reach").joinpath("data")
MUST_HAVE = ["US", "CA", "GB", "IE", "NZ", "AU", ANYWHERE]
EMERGENCY = {
    "US": "911",
    "CA": "911",
    "GB": "999",
    "IE": "112",
    "NZ": "111",
    "AU": "000",
    ANYWHERE: "112",
}


def every_row() -> list[Country | Line]:
    return [*queries.shipped_countries(), *queries.shipped_lines()]


def test_file_has_every_country_we_promise_in_order():
    codes = [country.code for country in queries.shipped_countries()]

    assert codes == MUST_HAVE


def test_each_country_has_its_own_emergency_number():
    numbers = {country.code: country.emergency for country in queries.shipped_countries()}

    assert numbers == EMERGENCY


def test_each_country_has_a_line():
    countries = list(dict.fromkeys(line.country_id for line in queries.shipped_lines()))

    assert countries == MUST_HAVE


@pytest.mark.parametrize("country", [code for code in MUST_HAVE if code != ANYWHERE])
def test_each_country_has_a_voice_day_and_night_for_the_bar(country):
    lines = [line for line in queries.shipped_lines() if line.country_id == country]

    in_bar = [line for line in lines if line.bar]

    assert not in_bar[0].hours
    assert in_bar[0].call
    assert len(in_bar) <= queries.BAR_PLACES


@pytest.mark.parametrize("row", every_row(), ids=lambda row: getattr(row, "key", row.pk))
def test_every_row_passes_the_checks_of_the_desk(row):
    try:
        row.full_clean(validate_unique=False, exclude=["country"])
    except ValidationError as refused:
        pytest.fail(str(refused))


@pytest.mark.parametrize("row", every_row(), ids=lambda row: getattr(row, "key", row.pk))
def test_every_row_names_who_confirmed_it_and_when(row):
    assert row.source.startswith(("https://", "http://"))
    assert row.checked_on <= timezone.localdate()


def test_keys_are_never_shared():
    keys = [line.key for line in queries.shipped_lines()]

    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("key", "call", "text"),
    [
        ("us-988", "tel:988", "sms:988"),
        ("us-safespot", "tel:18009720590", ""),
        ("us-crisis-text-line", "", "sms:741741?&body=HOME"),
        ("us-samhsa", "tel:18006624357", ""),
        ("ca-988", "tel:988", "sms:988"),
        ("ca-kids-help-phone", "", "sms:686868?&body=CONNECT"),
        ("ca-nors", "tel:18886886677", ""),
        ("gb-samaritans", "tel:116123", ""),
        ("gb-shout", "", "sms:85258?&body=SHOUT"),
        ("gb-nhs-111", "tel:111", ""),
        ("gb-lifeline-ni", "tel:08088088000", ""),
        ("ie-samaritans", "tel:116123", ""),
        ("nz-1737", "tel:1737", "sms:1737"),
        ("nz-alcohol-drug", "tel:0800787797", "sms:8681"),
        ("nz-alcohol-drug-maori", "tel:0800787798", ""),
        ("nz-alcohol-drug-pasifika", "tel:0800787799", ""),
        ("au-lifeline", "tel:131114", "sms:0477131114"),
        ("au-13yarn", "tel:139276", ""),
        ("au-drug-hotline", "tel:1800250015", ""),
        ("zz-find-a-helpline", "", ""),
    ],
)
def test_each_number_is_the_one_that_was_confirmed(key, call, text):
    """Written out a second time on purpose: a slip of one finger must fail here."""
    line = next(line for line in queries.shipped_lines() if line.key == key)

    reached = (line.tel if line.call else "", line.sms if line.text_to else "")

    assert reached == (call, text)


def test_the_list_of_confirmed_numbers_is_complete():
    marks = test_each_number_is_the_one_that_was_confirmed.pytestmark
    confirmed = [case[0] for case in marks[0].args[1]]

    assert confirmed == [line.key for line in queries.shipped_lines()]


def test_every_text_is_marked_for_translation_and_nothing_else():
    """words.py lists by hand what people read of lines.toml; this says what is missing there."""
    shipped = tomllib.loads(DATA.joinpath("lines.toml").read_text("utf-8"))
    texts = [
        entry.get(field)
        for country in shipped["country"]
        for entry in [country, *country["line"]]
        for field in (
            ["emergency_note", "without_voice"]
            if "code" in entry
            else ["what", "hours", "languages"]
        )
    ]
    read = {text for text in texts if text} | {country["name"] for country in shipped["country"]}

    tree = ast.parse(DATA.joinpath("words.py").read_text("utf-8"))
    marked = {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.args[0], ast.Constant)
    }

    assert marked == read


def test_no_text_has_a_percent_sign():
    """Django doubles it before it looks the text up, and would find no translation."""
    assert "%" not in DATA.joinpath("lines.toml").read_text("utf-8")

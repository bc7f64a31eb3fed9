import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from kith.web.reach.models import Country, Line
from kith.web.reach.queries import lines as queries
from kith.web.reach.queries.lines import Voices

SHIPPED = queries._by_country(queries.shipped_lines())


def codes(voices: list[Voices]) -> list[str]:
    return [one.country.code for one in voices]


@pytest.mark.parametrize(
    ("wishes", "code"),
    [
        (["GB"], "GB"),
        (["gb"], "GB"),
        (["", "NZ"], "NZ"),
        (["FR", "IE", "GB"], "IE"),
        (["FR"], "ZZ"),
        ([], "ZZ"),
    ],
)
def test_voices_in_takes_the_first_wish_it_knows(wishes, code):
    assert queries.voices_in(SHIPPED, wishes=wishes).country.code == code


@given(st.lists(st.text()))
def test_voices_in_always_answers(wishes):
    assert queries.voices_in(SHIPPED, wishes=wishes) in SHIPPED


def test_voices_in_answers_without_the_list_for_anywhere():
    only_one = [voices for voices in SHIPPED if voices.country.code == "NZ"]

    assert queries.voices_in(only_one, wishes=["US"]).country.code == "NZ"


@pytest.mark.django_db
def test_voices_everywhere_takes_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        everywhere = queries.voices_everywhere()

    assert codes(everywhere) == ["US", "CA", "GB", "IE", "NZ", "AU", "ZZ"]


@pytest.mark.django_db
def test_voices_everywhere_is_never_nobody():
    Line.objects.update(is_hidden=True)

    assert codes(queries.voices_everywhere()) == codes(SHIPPED)


@pytest.mark.django_db
def test_country_of_the_steward_is_shown_with_its_lines():
    germany = Country.objects.create(
        code="DE",
        name="Germany",
        emergency="112",
        order=1,
        source="https://example.org/",
        checked_on="2026-11-23",
    )
    Line.objects.create(
        country=germany,
        name="TelefonSeelsorge",
        what="Someone to listen.",
        call="08001110111",
        call_shown="0800 111 0 111",
        source="https://example.org/",
        checked_on="2026-11-23",
    )

    first = queries.voices_everywhere()[0]

    assert [first.name, [line.name for line in first.lines]] == ["Germany", ["TelefonSeelsorge"]]


def voices(**lines) -> Voices:
    """Return voices of lines named by the keywords, each with the fields given."""
    return Voices(
        country=Country(code="XX", name="Nowhere"),
        lines=tuple(Line(key=key, name=key, **fields) for key, fields in lines.items()),
    )


def keys(lines: list[Line]) -> list[str]:
    return [line.key for line in lines]


def test_voices_tell_lines_that_sleep_from_lines_that_do_not():
    both = voices(night={"call": "1"}, day={"call": "2", "hours": "9 to 5"})

    assert [keys(both.always), keys(both.at_hours)] == [["night"], ["day"]]


def test_first_is_the_most_fitting_that_can_be_called_now():
    three = voices(text={"text_to": "1"}, day={"call": "2", "hours": "9 to 5"}, night={"call": "3"})

    assert three.first.key == "night"


def test_first_is_any_line_where_none_can_be_called_now():
    assert voices(page={"web": "https://example.org/"}).first.key == "page"


def test_first_text_is_the_most_fitting_that_answers_texts():
    two = voices(call={"call": "1"}, text={"text_to": "2"})

    assert keys([line for line in [two.first_text] if line]) == ["text"]


def test_first_text_is_nobody_where_nobody_answers_texts():
    assert voices(call={"call": "1"}).first_text is None


def test_bar_holds_two_lines_at_most():
    four = voices(
        a={"call": "1"},
        b={"call": "2", "bar": "b"},
        c={"call": "3", "bar": "c"},
        d={"call": "4", "bar": "d"},
    )

    assert keys(four.bar) == ["b", "c"]


def test_staying_are_the_lines_that_stay_while_somebody_uses():
    assert keys(voices(a={"call": "1"}, b={"call": "2", "stays": True}).staying) == ["b"]


def test_checked_on_is_the_oldest_check():
    two = voices(a={"checked_on": "2026-11-23"}, b={"checked_on": "2026-01-02"})

    assert two.checked_on == "2026-01-02"


def test_files_shown_by_a_page_are_its_own_and_the_fonts_of_its_styles():
    html = (
        f'<link href="{settings.STATIC_URL}kit/tokens.css">'
        f'<use href="{settings.STATIC_URL}kit/icons.svg#phone"/>'
        '<a href="/now/">now</a>'
    )

    files = queries.files_shown_by(html)

    fonts = [file for file in files if file.endswith(".woff2")]
    assert [file for file in files if file not in fonts] == [
        "/static/kit/tokens.css",
        "/static/kit/icons.svg",
    ]
    assert fonts[:1] == ["/static/kit/fonts/vollkorn-latin.woff2"]

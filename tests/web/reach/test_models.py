from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from kith.web.reach.models import Country, Line


def line(**changes) -> Line:
    fields = {
        "country": Country(code="US", name="United States", emergency="911"),
        "name": "988 Lifeline",
        "what": "Any bad hour.",
        "call": "988",
        "call_shown": "988",
        "source": "https://988lifeline.org/",
        "checked_on": timezone.localdate(),
    }
    return Line(**{**fields, **changes})


def refusal(row: Line | Country) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        row.full_clean(exclude=["country"], validate_unique=False)
    return sorted(refused.value.message_dict)


def test_line_dials_the_digits_it_was_given():
    assert line(call="131114", call_shown="13 11 14").tel == "tel:131114"


def test_line_opens_a_text_without_a_word_when_none_is_asked_for():
    assert line(text_to="988", text_shown="988").sms == "sms:988"


def test_line_opens_a_text_with_its_word_written():
    assert line(text_to="741741", text_body="HOME NOW").sms == "sms:741741?&body=HOME%20NOW"


def test_line_is_called_by_its_short_name_when_it_has_one():
    assert [line(bar="988").called, line().called] == ["988", "988 Lifeline"]


def test_numbers_are_read_whole_at_the_end_of_a_line():
    both = line(call_shown="1 800 972 0590", text_shown="0477 13 11 14")

    assert [both.call_whole, both.text_whole] == [
        "1\u00a0800\u00a0972\u00a00590",
        "0477\u00a013\u00a011\u00a014",
    ]


def test_line_that_shows_another_number_than_it_dials_is_refused():
    assert refusal(line(call="988", call_shown="998")) == ["call_shown"]


def test_line_that_shows_another_text_number_than_it_texts_is_refused():
    assert refusal(line(text_to="741741", text_shown="741 471")) == ["text_shown"]


def test_line_with_a_number_in_words_is_refused():
    assert refusal(line(text_to="HOME", text_shown="")) == ["text_shown", "text_to"]


def test_line_that_nobody_could_reach_is_refused():
    assert refusal(line(call="", call_shown="")) == ["__all__"]


def test_line_in_the_bar_without_a_number_to_call_is_refused():
    assert refusal(line(call="", call_shown="", text_to="988", text_shown="988", bar="988")) == [
        "bar"
    ]


def test_line_with_an_international_number_is_accepted():
    abroad = line(call="+3531850609090", call_shown="+353 1850 609 090")

    abroad.full_clean(exclude=["country"], validate_unique=False)

    assert abroad.tel == "tel:+3531850609090"


def test_line_checked_tomorrow_is_refused():
    tomorrow = timezone.localdate() + timedelta(days=1)

    assert refusal(line(checked_on=tomorrow)) == ["checked_on"]


def test_line_without_a_day_of_checking_is_refused_once():
    assert refusal(line(checked_on=None)) == ["checked_on"]


def test_country_checked_tomorrow_is_refused():
    country = Country(
        code="DE",
        name="Germany",
        emergency="112",
        source="https://example.org/",
        checked_on=timezone.localdate() + timedelta(days=1),
    )

    assert refusal(country) == ["checked_on"]


def test_line_is_as_shipped_until_somebody_changes_what_it_says():
    shipped = line()
    shipped.shipped = shipped.content
    was = shipped.is_as_shipped

    shipped.call = "989"

    assert [was, shipped.is_as_shipped] == [True, False]


def test_line_stays_as_shipped_when_it_is_hidden_or_moved():
    shipped = line()
    shipped.shipped = shipped.content

    shipped.is_hidden, shipped.order = True, 5

    assert shipped.is_as_shipped


def test_line_made_here_is_not_as_shipped():
    assert not line().is_as_shipped


def test_line_stays_as_shipped_when_a_newer_kith_adds_a_field():
    shipped = line()
    shipped.shipped = {field: text for field, text in shipped.content.items() if field != "stays"}

    shipped.stays = True

    assert shipped.is_as_shipped


def test_lines_made_here_get_keys_of_their_own():
    assert line().key != line().key


def test_names_are_what_stewards_read():
    assert [str(line()), str(line().country)] == ["988 Lifeline", "United States"]

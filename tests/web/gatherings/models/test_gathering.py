from datetime import date, time

import pytest

from kith.web.gatherings.models import Edition, Gathering, Occasion


@pytest.mark.parametrize(
    ("written", "steps"),
    [
        ("", []),
        ("6:50 Come in", [("6:50", "Come in")]),
        ("  6:50   Come in  \n\n Then tea ", [("6:50", "  Come in"), ("", "Then tea")]),
        ("6 people wait", [("", "6 people wait")]),
        ("6:50", [("6:50", "")]),
        ("Come at 6:50", [("", "Come at 6:50")]),
    ],
)
def test_first_time_is_told_step_by_step(written, steps):
    found = Gathering(first_time=written).steps

    assert [(at, step.strip()) for at, step in found] == [(at, step.strip()) for at, step in steps]


def test_what_is_awkward_to_ask_is_told_where_somebody_wrote_it():
    gathering = Gathering(touch="hug", eyes_words="If you like", noise_words="")

    assert [(str(label), str(words)) for label, words in gathering.good_to_know] == [
        ("Touch", "Hugs, if you like"),
        ("Eye contact", "If you like"),
    ]


def test_touch_is_told_in_the_hosts_own_words_first():
    gathering = Gathering(touch="hug", touch_words="Elbows")

    assert [words for _label, words in gathering.good_to_know] == ["Elbows"]


def test_gathering_has_an_address_and_is_called_by_its_name():
    gathering = Gathering(slug="walk-and-talk", name="Walk and Talk")

    assert (gathering.get_absolute_url(), str(gathering)) == (
        "/gatherings/walk-and-talk/",
        "Walk and Talk",
    )


def test_date_and_edition_say_what_they_are():
    assert str(Occasion(on=date(2026, 12, 24), at=time(18, 5))) == "2026-12-24 18:05"
    assert str(Edition(number=7)) == "7"

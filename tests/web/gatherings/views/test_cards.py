import pytest
from tests.web.gatherings.making import call, gatherings, meeting, take_in

from kith.web.gatherings.bridge import shelf
from kith.web.gatherings.choices import Status
from kith.web.gatherings.models import Gathering
from kith.web.gatherings.views import cards

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def numbers():
    """The numbers of a door and a call."""
    take_in(meeting(types=["O", "S"]), call())
    shelf.current()
    return [gathering.pk for gathering in gatherings()]


def names(numbers, language="en"):
    return [cards.cards(numbers, language)[number].name for number in numbers]


def test_cards_are_made_in_one_question_and_then_kept(numbers, django_assert_num_queries):
    with django_assert_num_queries(1):
        cards.cards([*numbers, *numbers], "en")

    with django_assert_num_queries(0):
        assert names(numbers) == ["Early Birds", "Open Line"]


def test_cards_of_another_language_are_made_anew(numbers, django_assert_num_queries):
    cards.cards(numbers, "en")

    with django_assert_num_queries(1):
        cards.cards(numbers, "es")


def test_card_of_what_changed_is_made_anew(numbers):
    assert names(numbers) == ["Early Birds", "Open Line"]
    take_in(meeting("Early Risers", slug="early-birds"), call())
    shelf.forget()

    assert names(numbers) == ["Early Risers", "Open Line"]


def test_number_of_nothing_has_no_card(numbers):
    assert list(cards.cards([*numbers, 0, -1], "en")) == numbers


def test_only_so_many_cards_are_kept(numbers, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(cards, "KEPT", 1)
    for number in numbers:
        cards.cards([number], "en")

    with django_assert_num_queries(0):
        cards.cards(numbers[1:], "en")
    with django_assert_num_queries(1):
        cards.cards(numbers[:1], "en")


@pytest.mark.parametrize(
    ("changes", "tags"),
    [
        ({}, ["Español", "Open to all"]),
        ({"status": Status.PAUSED}, ["Paused for now", "Español", "Open to all"]),
        ({"touch": "none"}, ["No touch", "Español", "Open to all"]),
        ({"touch": "hug"}, ["Español", "Open to all"]),
        ({"audience": ["women", "wizards", "seniors", "men"]}, ["Women", "Older people", "Español", "Open to all"]),
        ({"access": ["parking", "step_free", "hearing_loop", "outdoors"]}, ["Step-free", "Hearing loop", "Español", "Open to all"]),
        ({"languages": ["en", "es", "fr", "de"], "openness": "closed"}, ["English, Español, Français"]),
        (
            {"status": Status.PAUSED, "program": "NA", "audience": ["women", "men"],
             "access": ["step_free", "outdoors"], "touch": "none"},
            ["Paused for now", "NA", "Women", "Men", "Step-free"],
        ),
    ],
)  # fmt: skip
def test_tags_say_the_most_telling_first_and_are_few(numbers, changes, tags):
    gathering = Gathering.objects.get(pk=numbers[0])
    for name, value in changes.items():
        setattr(gathering, name, value)

    assert cards.tags_of(gathering) == tags

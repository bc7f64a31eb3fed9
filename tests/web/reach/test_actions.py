import pytest

from kith.web.reach import actions, queries
from kith.web.reach.actions import Refreshed
from kith.web.reach.models import Country, Line

pytestmark = pytest.mark.django_db


def refresh(*, without: str = "", **changes: str) -> Refreshed:
    """Refresh from what kith ships, with `changes` made to the 988 Lifeline of the United States."""
    lines = [line for line in queries.shipped_lines() if line.key != without]
    for line in lines:
        if line.key == "us-988":
            for field, value in changes.items():
                setattr(line, field, value)
    return actions.refresh_lines(countries=queries.shipped_countries(), lines=lines)


def lifeline() -> Line:
    return Line.objects.get(key="us-988")


def test_first_refresh_adds_every_country_and_line():
    Line.objects.all().delete()
    Country.objects.all().delete()

    done = refresh()

    assert done.added == [
        *[country.code for country in queries.shipped_countries()],
        *[line.key for line in queries.shipped_lines()],
    ]
    assert Line.objects.count() == len(queries.shipped_lines())


def test_second_refresh_changes_nothing():
    before = list(Line.objects.order_by("pk").values())

    done = refresh()

    assert done == Refreshed()
    assert list(Line.objects.order_by("pk").values()) == before


def test_new_words_reach_a_line_nobody_changed():
    done = refresh(what="Day and night.")

    assert [done.updated, lifeline().what] == [["us-988"], "Day and night."]


def test_updated_line_can_be_updated_again():
    refresh(what="Day and night.")

    refresh(what="By day and by night.")

    assert lifeline().what == "By day and by night."


def test_line_the_steward_changed_is_never_overwritten():
    Line.objects.filter(key="us-988").update(what="Ask for Ruth.")

    done = refresh(what="Day and night.", call="989", call_shown="989")

    assert [done.kept, lifeline().what, lifeline().call] == [["us-988"], "Ask for Ruth.", "988"]


def test_line_the_steward_hid_stays_hidden_and_is_still_brought_up_to_date():
    Line.objects.filter(key="us-988").update(is_hidden=True)

    refresh(what="Day and night.")

    assert [lifeline().is_hidden, lifeline().what] == [True, "Day and night."]


def test_place_the_steward_chose_stays():
    Line.objects.filter(key="us-988").update(order=77)

    refresh(what="Day and night.")

    assert lifeline().order == 77


def test_line_no_longer_shipped_goes():
    done = refresh(without="us-988")

    assert done.removed == ["us-988"]
    assert not Line.objects.filter(key="us-988").exists()


def test_line_no_longer_shipped_stays_when_the_steward_changed_it():
    Line.objects.filter(key="us-988").update(what="Ask for Ruth.")

    done = refresh(without="us-988")

    assert [done.removed, done.kept, lifeline().what] == [[], ["us-988"], "Ask for Ruth."]


def test_line_of_the_steward_is_left_alone():
    own = Line.objects.create(
        country_id="US",
        name="The house",
        what="Somebody is up.",
        call="5550100",
        call_shown="555 0100",
        source="https://example.org/",
        checked_on="2026-11-23",
    )

    done = refresh()

    assert done == Refreshed()
    assert Line.objects.get(pk=own.pk).name == "The house"


def test_country_the_steward_changed_is_never_overwritten():
    Country.objects.filter(code="US").update(emergency="112")

    done = refresh()

    assert [done.kept, Country.objects.get(code="US").emergency] == [["US"], "112"]

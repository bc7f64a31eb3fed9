"""The one page on which a gathering is written: what it asks, and what it gives back."""

from datetime import date, time

import pytest
from tests.web.gatherings.holding import held, somebody, typed, waiting, written
from tests.web.gatherings.making import meeting, take_in

from kith.web.gatherings import actions, forms
from kith.web.gatherings.forms.hosting import WAIVER
from kith.web.gatherings.models import Gathering

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ONLINE = {"mode": "online", "join_url": "https://call.example/1", "town": "", "place_name": ""}


def filled(gathering=None, zone="Europe/Dublin", **changes):
    return forms.HostingForm(typed(written(**changes)), gathering=gathering, zone=zone)


def faults(**changes):
    """Return each field that is refused, with the words."""
    return {name: words[0] for name, words in filled(**changes).errors.items()}


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"name": ""}, "name", "Give it a name, such as “Riverside choir”."),
        ({"repeat": ""}, "repeat", "Say whether it is once, every week or every month."),
        ({"repeat": "once"}, "on", "Choose the date. It has to be ahead."),
        ({"repeat": "once", "on": "2026-11-23"}, "on", "Choose the date. It has to be ahead."),
        ({"on": "soon"}, "on", "Write the date like 2026-12-24."),
        ({"weekday": ""}, "weekday", "Choose the day."),
        ({"repeat": "monthly"}, "nths", "Choose which of them: the first, the last …"),
        ({"start": ""}, "start", "Say when it starts."),
        ({"start": "seven"}, "start", "Write the time like 19:00."),
        ({"mode": ""}, "mode", "Say whether people meet in person, online, or both."),
        ({"place_name": "", "street": ""}, "place_name", "Name the place, or its street and number."),
        ({"town": ""}, "town", "Name the town."),
        ({"town": "Xyzzyville"}, "town",
         "We know no town called so. Try the next larger one, or a postcode."),
        ({"point": "there"}, "point", "Write it like 53.3498, -6.2603."),
        ({"mode": "hybrid"}, "join_url", "Give the link by which people join."),
        ({**ONLINE, "join_url": "call me"}, "join_url", "Copy the whole link, as in https://…"),
        ({"found_by": "theirs"}, "audience", "Choose whom it is kept for, or let everybody find it."),
        ({"found_by": "theirs", "audience": ["newcomers"]}, "audience",
         "Choose whom it is kept for, or let everybody find it."),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_where_it_is_missing(changes, field, words):
    assert faults(**changes) == {field: words}


def test_physical_practice_asks_for_care_and_has_a_waiver():
    assert faults(practice="sauna_cold") == {
        "risk_words": "Say what can happen, so that people can decide for themselves.",
        "room_words": "Say how many you can look after.",
        "first_aid_words": "Say who knows first aid, or where help is.",
    }
    form = filled(
        practice="sauna_cold", risk_words="Cold.", room_words="Six.", first_aid_words="Kofi."
    )
    assert form.is_valid()
    assert form.plan().fields["waiver"] == WAIVER


def test_namesakes_are_asked_about():
    form = filled(zone="America/New_York")

    assert form.errors["town"] == ["There is more than one. Choose below."]
    assert form.meant == ("Dublin, Ireland", "Dublin, CA", "Dublin, OH", "Dublin, GA")
    sure = filled(zone="America/New_York", town_meant="Dublin, OH")
    assert sure.is_valid()
    assert sure.plan().place.region == "OH"
    assert sure.plan().fields["timezone"] == "America/New_York"


def test_exact_spot_is_kept():
    form = filled(point="53.3498, -6.2603")

    assert form.is_valid()
    place = form.plan().place
    assert (place.latitude, place.longitude, place.is_approximate) == (53.3498, -6.2603, False)


def test_month_and_first_date_are_kept():
    form = filled(repeat="monthly", nths=["1", "-1"], weekday="3", on="2026-12-01")

    assert form.is_valid()
    fields = form.plan().fields
    assert (fields["rule"], fields["first_on"]) == (
        "FREQ=MONTHLY;BYDAY=1TH,-1TH",
        date(2026, 12, 1),
    )


def test_once_is_one_date_without_a_rule():
    form = filled(repeat="once", on="2026-12-01")

    assert form.is_valid()
    plan = form.plan()
    assert (plan.once, plan.fields["rule"], plan.fields["first_on"]) == (
        date(2026, 12, 1),
        "",
        None,
    )


def test_online_has_no_place_and_the_clock_of_whoever_wrote_it():
    form = filled(**ONLINE, zone="America/Chicago")

    assert form.is_valid()
    assert (form.plan().place, form.plan().fields["timezone"]) == (None, "America/Chicago")


def test_in_person_has_no_link():
    form = filled(join_url="https://call.example/1", join_note="Ring.")

    assert form.is_valid()
    fields = form.plan().fields
    assert (fields["join_url"], fields["join_note"]) == ("", "")


@pytest.mark.parametrize(
    "changes",
    [
        {}, {"repeat": "once", "on": "2026-12-01"}, {**ONLINE, "place_name": None},
        {"repeat": "monthly", "nths": ["2", "4"], "weekday": "5"},
        {"audience": ["women"], "found_by": "theirs", "access": ["step_free"], "touch": "hug"},
        {"town": "Cork", "minutes": "45", "about": "We sing.", "start": "11:30"},
    ],
)  # fmt: skip
def test_form_gives_back_what_was_written(changes):
    gathering = waiting(somebody("Ruth"), **changes)
    gathering.refresh_from_db()
    shown = forms.HostingForm(gathering=gathering)
    sent = {field.name: field.value() for field in shown if field.value() not in (None, "")}
    again = forms.HostingForm(
        typed({name: _sent(value) for name, value in sent.items()}), gathering=gathering
    )
    assert again.errors == {}
    before = {name: getattr(gathering, name) for name in again.plan().fields}

    actions.change(gathering=gathering, plan=again.plan())

    gathering.refresh_from_db()
    assert {name: getattr(gathering, name) for name in before} == before


def _sent(value):
    if isinstance(value, time | date):
        return value.isoformat()
    return [str(v) for v in value] if isinstance(value, list | tuple) else str(value)


def test_rule_that_the_form_cannot_ask_stays():
    take_in(meeting(day=[2, 4]))
    gathering = Gathering.objects.get()
    form = filled(gathering, repeat="same", town="London", minutes="60")

    assert forms.HostingForm(gathering=gathering)["repeat"].value() == "same"
    assert form.errors == {}
    assert form.plan().fields["rule"] == gathering.rule == "FREQ=WEEKLY;BYDAY=TU,TH"


def test_town_that_stays_is_not_looked_up_again():
    gathering = held(somebody("Ruth"), somebody("Kofi"))
    place = gathering.place
    place.city, place.is_approximate, place.latitude = "Nowhere At All", False, 53.0
    place.save()

    form = filled(gathering, town="Nowhere At All")

    assert form.errors == {}
    assert (form.plan().place.latitude, form.plan().place.is_approximate) == (53.0, False)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Say what is different: the day, the time or the place."),
        ({"on": "soon"}, "Write the date like 2026-12-24."),
        ({"place_name": "Hall", "town": "Xyzzyville"},
         "We know no town called so. Try the next larger one."),
    ],
)  # fmt: skip
def test_change_that_says_nothing_is_refused(sent, words):
    gathering = held(somebody("Ruth"), somebody("Kofi"))

    form = forms.ChangeForm(sent, gathering=gathering)

    assert [found for some in form.errors.values() for found in some] == [words]


def test_change_of_place_stays_in_its_town_unless_another_is_named():
    gathering = held(somebody("Ruth"), somebody("Kofi"))
    form = forms.ChangeForm({"street": "2 Road"}, gathering=gathering)

    assert form.is_valid()
    assert str(form.place) == "2 Road, Dublin, Ireland"


def test_lengths_are_said_as_people_say_them():
    said = dict(forms.HostingForm()["minutes"].field.choices)

    assert [said[count] for count in (30, 60, 75, 90, 120)] == [
        "30 minutes", "one hour", "1¼ hours", "1½ hours", "2 hours",
    ]  # fmt: skip

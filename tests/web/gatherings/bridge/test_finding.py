"""What is on: by the reader's clock, near them, and what comes closest where nothing is."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from tests.web.gatherings.making import OTHER_LIST, TUESDAY, call, meeting, take_in

from kith.web.gatherings.bridge import finding
from kith.web.gatherings.bridge.finding import Asked, Spot
from kith.web.gatherings.models import Gathering

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

HERE = Spot(51.5, -0.1, "London")
EVERY_DAY = list(range(7))


def asked(**changes):
    return Asked(**{"zone": "Europe/London", "near": HERE, **changes})


def on(now=TUESDAY, **changes):
    """Return what is on: (name, local start), in order."""
    wish = asked(**changes)
    known = {g.pk: g.name for g in Gathering.objects.all()}
    zone = ZoneInfo(wish.zone)
    return [
        (known[hit.number], f"{hit.at.astimezone(zone):%a %H:%M}")
        for hit in finding.find(wish, now).hits
    ]


def names(now=TUESDAY, **changes):
    return [name for name, _start in on(now, **changes)]


def london(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/London"))


# ---- when -------------------------------------------------------------------------------------
WEEK = [
    meeting("Breakfast", day=2, time="07:00", end_time="08:00"),
    meeting("Tea", day=2, time="17:45", end_time="18:45", slug="tea"),
    meeting("Dinner", day=2, time="19:00", end_time="20:00"),
    meeting("Midnight", day=2, time="23:30", end_time="00:30"),
    meeting("Small Hours", day=3, time="03:00", end_time="03:30"),
    meeting("Milkmen", day=3, time="04:30", end_time="05:00"),
    meeting("Wednesday Dinner", day=3, time="19:00", end_time="20:00"),
    meeting("Saturday", day=6, time="10:00", end_time="11:00"),
    meeting("Sunday", day=0, time="10:00", end_time="11:00"),
    meeting("Sunday Night", day=1, time="01:00", end_time="02:00"),
    meeting("Monday", day=1, time="10:00", end_time="11:00"),
]


@pytest.mark.parametrize(
    ("whens", "parts", "expected"),
    [
        (("tonight",), (), ["Tea", "Dinner", "Midnight", "Small Hours"]),
        (("now",), (), ["Tea"]),
        (("tomorrow",), (), ["Milkmen", "Wednesday Dinner"]),
        (("weekend",), (), ["Saturday", "Sunday", "Sunday Night"]),
        (("sat",), (), ["Saturday"]),
        (("sun",), (), ["Sunday", "Sunday Night"]),
        (("mon",), (), ["Monday"]),
        (("tue",), (), ["Tea", "Dinner", "Midnight", "Small Hours"]),
        (("2026-12-01",), (), ["Breakfast", "Tea", "Dinner", "Midnight", "Small Hours"]),
        (("2026-11-23",), (), []),
        (("tonight",), ("evening",), ["Tea", "Dinner"]),
        (("tonight",), ("night",), ["Midnight", "Small Hours"]),
        (("tonight",), ("morning",), []),
        (("tomorrow",), ("morning", "evening"), ["Milkmen", "Wednesday Dinner"]),
        (("tonight", "sat"), ("evening", "morning"), ["Tea", "Dinner", "Saturday"]),
        (("now", "tomorrow"), (), ["Tea", "Milkmen", "Wednesday Dinner"]),
    ],
)
def test_words_for_time_find_what_is_on_then(whens, parts, expected):
    take_in(*WEEK)

    assert names(whens=whens, parts=parts) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-24T23:29", ["Midnight", "Small Hours"]),
        ("2026-11-25T00:15", ["Midnight", "Small Hours"]),
        ("2026-11-25T00:29", ["Midnight", "Small Hours"]),
        ("2026-11-25T00:30", ["Small Hours"]),
        ("2026-11-25T03:59", []),
        ("2026-11-25T04:00", ["Milkmen", "Wednesday Dinner"]),
    ],
)
def test_tonight_lasts_till_four_and_what_is_over_is_gone(now, expected):
    take_in(*WEEK)

    assert names(london(now)) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-24T18:59", []),
        ("2026-11-24T19:00", ["Dinner"]),
        ("2026-11-24T19:59", ["Dinner"]),
        ("2026-11-24T20:00", []),
        ("2026-11-25T00:00", ["Midnight"]),
        ("2026-11-25T00:29", ["Midnight"]),
    ],
)
def test_on_now_is_from_the_first_minute_to_the_last(now, expected):
    take_in(*WEEK)

    assert names(london(now), whens=("now",)) == expected


def test_on_now_knows_the_hour_that_the_clocks_say_twice(clock):
    """In New York 1:15 came twice on 1 November 2026; a meeting of 1 to 2 means the first."""
    take_in(
        meeting("Twice", day=0, time="01:00", end_time="01:50", timezone="America/New_York",
                formatted_address="1 Broadway, New York, NY, USA", latitude=40.7, longitude=-74.0)
    )  # fmt: skip
    here = {"zone": "America/New_York", "near": Spot(40.7, -74.0), "whens": ("now",)}
    found = []
    for hour in (4, 5, 6, 7):
        now = datetime(2026, 11, 1, hour, 15, tzinfo=UTC)
        clock.stand_at(now)
        finding.shelf.forget()
        found.append(names(now, **here))

    assert found == [[], ["Twice"], [], []]


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        # Clocks go forward at 1 in the morning of 29 March: half past one never is.
        ("Europe/London", "2026-03-28", [("Night Watch", "Sun 02:30")]),
        # And back at 2 in the morning of 25 October: half past one is twice, and means the first.
        ("Europe/London", "2026-10-24", [("Night Watch", "Sun 01:30")]),
    ],
)
def test_meeting_in_the_night_the_clocks_change_is_on_once(clock, zone, day, expected):
    now = london(f"{day}T22:00")
    clock.stand_at(now)
    take_in(meeting("Night Watch", day=0, time="01:30", end_time="02:15"))

    assert on(now, zone=zone) == expected


def test_day_is_the_readers_and_times_are_the_gatherings():
    """A call at 8 in the evening in New York is at 1 at night in London, and still tonight there."""
    take_in(call("Over There", timezone="America/New_York", time="20:00", end_time="21:00"))

    assert on() == [("Over There", "Wed 01:00")]
    assert on(zone="America/New_York") == [("Over There", "Tue 20:00")]
    assert on(zone="Asia/Tokyo") == []
    # In Tokyo it is Wednesday, half past three in the night, which is Tuesday still.
    assert on(zone="Asia/Tokyo", whens=("tomorrow",)) == [("Over There", "Wed 10:00")]


def test_meetings_come_by_start_and_at_one_time_the_nearest_first():
    take_in(
        meeting("Far", latitude=51.52),
        meeting("Later", time="20:00", end_time="21:00", latitude=51.5001),
        meeting("Near", latitude=51.501),
        call(),
    )

    assert names() == ["Near", "Far", "Open Line", "Later"]


def test_gathering_that_meets_twice_in_a_day_is_there_twice():
    take_in(meeting(day=EVERY_DAY))

    assert on(whens=("tonight", "tomorrow", "sat")) == [
        ("Early Birds", "Tue 19:00"),
        ("Early Birds", "Wed 19:00"),
        ("Early Birds", "Sat 19:00"),
    ]


def test_called_off_date_is_not_on():
    week = {"timezone": "Europe/London", "start": "19:00", "rule": "FREQ=WEEKLY;BYDAY=TU"}
    venue = {"name": "Hall", "address": "1 High Street", "latitude": 51.5, "longitude": -0.1}
    off = {**week, "dated": [{"starts": "2026-11-24T19:00", "timezone": "Europe/London",
                              "replaces": "2026-11-24", "called_off": True}]}  # fmt: skip
    for name, schedule in (("Held", week), ("Called Off", off)):
        kith = {"mode": "in_person", "schedule": schedule, "venues": [venue]}
        take_in(meeting(name, kith=kith), address=f"https://list.example/{name}")

    assert names() == ["Held"]
    assert names(whens=("2026-12-01",)) == ["Held", "Called Off"]


# ---- where ------------------------------------------------------------------------------------
def test_only_what_lies_in_reach_is_found_with_its_distance():
    take_in(
        *[meeting(f"{km} km", slug=f"k{km}", latitude=51.5 + km / 111.195) for km in (0, 4, 6, 60)]
    )

    assert names(km=5.0) == ["0 km", "4 km"]
    assert sorted(names(km=10.0)) == ["0 km", "4 km", "6 km"]
    hits = finding.find(asked(km=100.0), TUESDAY).hits
    assert [round(hit.km, 1) for hit in hits] == [0.0, 4.0, 6.0, 60.0]


def test_reach_goes_across_the_date_line_and_round_the_pole():
    fiji = {"formatted_address": "1 Beach Road, Taveuni, Fiji", "timezone": "Pacific/Fiji"}
    take_in(meeting("East", **fiji, latitude=-16.8, longitude=-179.98))
    take_in(meeting("West", **fiji, latitude=-16.8, longitude=179.98), address=OTHER_LIST)

    found = names(near=Spot(-16.8, 180.0), zone="Pacific/Fiji", whens=("tue", "wed"), km=5.0)

    assert sorted(found) == ["East", "West"]


def test_nobody_named_a_place_so_everything_online_and_in_person_counts():
    take_in(meeting(), call())

    assert sorted(names(near=None)) == ["Early Birds", "Open Line"]


def test_unknown_place_still_shows_who_is_online():
    take_in(meeting(), call())

    assert names(near=None, modes=("online",)) == ["Open Line"]


@pytest.mark.parametrize(
    ("modes", "expected"),
    [
        ((), ["Both", "Hall", "Open Line"]),
        (("in_person",), ["Both", "Hall"]),
        (("online",), ["Both", "Open Line"]),
        (("in_person", "online"), ["Both", "Hall", "Open Line"]),
    ],
)
def test_hybrid_is_found_by_those_who_go_and_those_who_call(modes, expected):
    take_in(meeting("Hall"), meeting("Both", conference_url="https://zoom.us/j/987654321"), call())

    assert sorted(names(modes=modes)) == expected


def test_calls_do_not_bury_the_door_next_street():
    calls = [call(f"Call {n}", conference_url=f"https://zoom.us/j/9{n:09}") for n in range(30)]
    take_in(meeting(), *calls)

    found = names()

    assert found[0] == "Early Birds"
    assert len(found) == 1 + finding.ONLINE_MOST


def test_somebody_who_asks_for_calls_gets_them_all():
    calls = [call(f"Call {n}", conference_url=f"https://zoom.us/j/9{n:09}") for n in range(30)]
    take_in(meeting(), *calls)

    assert len(names(modes=("online",))) == 30


def test_nearest_are_kept_when_there_are_too_many():
    take_in(*[meeting(f"G{n}", slug=f"g{n}", latitude=51.5 + n / 5_000) for n in range(80)])

    answer = finding.find(asked(), TUESDAY)

    assert (len(answer.hits), answer.n_in_all) == (finding.MOST, 80)
    assert max(hit.km for hit in answer.hits) < 1.4


# ---- widening ---------------------------------------------------------------------------------
def at_km(*distances):
    return [meeting(f"{km} km", slug=f"k{km}", latitude=51.5 + km / 111.195) for km in distances]


@pytest.mark.parametrize(
    ("distances", "reach", "count"),
    [
        ((1, 2, 3), 5.0, 3),
        ((1, 2, 9), 10.0, 3),
        ((9, 20, 24), 25.0, 3),
        ((9, 40), 100.0, 2),
        ((9, 40, 99, 300), 100.0, 3),
        ((300,), 100.0, 0),
        ((), 100.0, 0),
    ],
)
def test_reach_grows_until_it_holds_a_few(distances, reach, count):
    take_in(call(time="03:00", end_time=None), *at_km(*distances))

    wider, answer = finding.find_widening(asked(), TUESDAY)

    assert (wider.km, len(answer.hits)) == (reach, count)


def test_calls_do_not_count_as_being_near():
    calls = [call(f"Call {n}", conference_url=f"https://zoom.us/j/9{n:09}") for n in range(5)]
    take_in(*calls, *at_km(40, 41, 42))

    wider, answer = finding.find_widening(asked(), TUESDAY)

    assert wider.km == 50.0
    assert len(answer.hits) == 8


def test_who_named_no_place_is_not_sent_farther():
    take_in(meeting())

    wider, answer = finding.find_widening(asked(near=None), TUESDAY)

    assert (wider.km, len(answer.hits)) == (5.0, 1)


def test_reach_never_shrinks():
    take_in(*at_km(40))

    wider, _answer = finding.find_widening(asked(km=50.0), TUESDAY)

    assert wider.km == 100.0


# ---- wishes -----------------------------------------------------------------------------------
def test_language_is_matched_where_it_is_stated_and_where_it_goes_without_saying():
    take_in(
        meeting("Unstated"), meeting("Spanish", types=["S"]), meeting("Both", types=["S", "EN"])
    )

    assert sorted(names(languages=("en",))) == ["Both", "Unstated"]
    assert sorted(names(languages=("es",))) == ["Both", "Spanish"]
    assert sorted(names(languages=("en", "es"))) == ["Both", "Spanish", "Unstated"]
    assert names(languages=("mi",)) == []


def test_no_touch_is_found_only_where_somebody_said_so():
    take_in(meeting("Unstated"), meeting("Hugs"), meeting("None"))
    Gathering.objects.filter(name="Hugs").update(touch="hug")
    Gathering.objects.filter(name="None").update(touch="none")

    assert names(is_untouched=True) == ["None"]


def test_of_people_one_is_enough_and_of_access_all_are_needed():
    take_in(
        meeting("Women", types=["W", "X"]),
        meeting("Sisters", types=["W", "Y", "X", "XB"]),
        meeting("Young", types=["Y"]),
        meeting("All"),
    )

    assert sorted(names(audience=("women", "young_people"))) == ["Sisters", "Women", "Young"]
    assert sorted(names(access=("step_free",))) == ["Sisters", "Women"]
    assert names(access=("step_free", "step_free_toilet")) == ["Sisters"]
    assert names(audience=("veterans",)) == []


def test_practice_is_matched_where_it_is_known():
    take_in(meeting("Steps", entity="Alcoholics Anonymous"))
    take_in(meeting("Choir", latitude=51.51), address=OTHER_LIST, practice="choir")
    take_in(meeting("Unknown", latitude=51.49), address="https://third.example/")

    assert names(practices=("choir",)) == ["Choir"]
    assert sorted(names(practices=("choir", "twelve_step"))) == ["Choir", "Steps"]
    assert names(practices=("hike",)) == []


# ---- nothing fits -----------------------------------------------------------------------------
def closest(**changes):
    """Return what comes closest: (kind, value left out, the first name)."""
    known = {g.pk: g.name for g in Gathering.objects.all()}
    found = finding.alternatives(asked(**changes), TUESDAY)
    return [(kind, value, known[hit.number]) for kind, value, _changed, hit in found]


def test_closest_leaves_out_one_wish_at_a_time():
    take_in(meeting("Women", types=["W", "S"]), meeting("Step Free", types=["X", "S"]))

    found = closest(audience=("women",), access=("step_free",), languages=("es",))

    assert ("audience", "women", "Step Free") in found
    assert ("access", "step_free", "Women") in found
    assert not [kind for kind, *_ in found if kind == "languages"]


def test_closest_looks_tomorrow_farther_online_and_all_week():
    take_in(
        meeting("Tomorrow", day=3),
        meeting("Farther", latitude=51.8),
        meeting("Friday", day=5),
        call(),
    )

    found = closest(modes=("in_person",), audience=())

    assert ("tomorrow", "", "Tomorrow") in found
    assert ("wider", "50", "Farther") in found
    assert ("online", "", "Open Line") in found
    assert ("week", "", "Tomorrow") in found


def test_closest_of_touch_leaves_the_wish_out():
    take_in(meeting())

    assert ("is_untouched", "", "Early Birds") in closest(is_untouched=True)


def test_closest_does_not_offer_what_was_asked_already():
    take_in(meeting(day=3), call(day=3))

    found = [kind for kind, *_ in closest(whens=("tomorrow",), modes=("online",))]

    assert set(found) == {"week"}


def test_where_there_is_nothing_at_all_nothing_is_offered():
    take_in(meeting(latitude=-40.0, longitude=175.0, timezone="Pacific/Auckland",
                    formatted_address="1 High Street, Levin, New Zealand"))  # fmt: skip

    assert closest(modes=("in_person",)) == []


def test_closest_offers_hold_what_they_promise():
    take_in(meeting("Women", types=["W"], day=3), meeting("Far", latitude=51.8), call())
    wish = asked(audience=("men",), modes=("in_person",))

    for _kind, _value, changed, first in finding.alternatives(wish, TUESDAY):
        hits = finding.find(changed, TUESDAY).hits
        assert (hits[0].number, hits[0].starts) == (first.number, first.starts)


# ---- no time stated ---------------------------------------------------------------------------
ASK = {"day": None, "time": None, "end_time": None}


def untimed(**changes):
    known = {g.pk: g.name for g in Gathering.objects.all()}
    return [(known[n], round(km)) for n, km in finding.untimed_near(asked(**changes))]


def test_gatherings_without_a_time_are_offered_apart_the_nearest_first():
    take_in(
        meeting("Ask Far", **ASK, latitude=51.5 + 4 / 111.195),
        meeting("Ask Near", **ASK, latitude=51.5 + 1 / 111.195),
        meeting("Ask Beyond", **ASK, latitude=51.5 + 9 / 111.195),
        meeting("Timed"),
        call("Ask Online", **ASK),
    )

    assert untimed() == [("Ask Near", 1), ("Ask Far", 4)]
    assert names() == ["Timed"]


@pytest.mark.parametrize("changes", [{"near": None}, {"modes": ("online",)}])
def test_who_goes_nowhere_is_offered_no_door_to_ask_at(changes):
    take_in(meeting(**ASK))

    assert untimed(**changes) == []


def test_few_gatherings_without_a_time_are_enough():
    take_in(
        *[meeting(f"Ask {n}", slug=f"a{n}", **ASK, latitude=51.5 + n / 9_000) for n in range(20)]
    )

    assert [name for name, _km in untimed()] == [f"Ask {n}" for n in range(finding.UNTIMED_MOST)]


def test_door_with_a_day_and_no_time_is_one_to_ask_at():
    take_in(meeting("Some Tuesday", time="", end_time=None))

    assert untimed() == [("Some Tuesday", 0)]


def test_paused_gathering_is_not_one_to_ask_at():
    take_in(meeting("Ask", **ASK), meeting("Paused", attendance_option="inactive"))

    assert untimed() == [("Ask", 0)]

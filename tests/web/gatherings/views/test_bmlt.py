"""BMLT's questions, each with each of its parameters, on a set whose answers are known by hand."""

import csv
import io
import json
import re
from collections import Counter

import pytest
from tests.web.gatherings.making import (
    OTHER_LIST,
    call,
    forget_everything,
    gatherings,
    meeting,
    take_in,
    take_in_bytes,
)

from kith.web.gatherings.bridge import bmlt, exports
from kith.web.gatherings.models import (
    Feed,
    FeedRecord,
    Gathering,
    Occasion,
    Place,
    Town,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

MILE = 1.609344
# Known distances along one meridian: a degree of latitude is 111.195 km on a sphere of 6371.0088.
DEGREE_KM = 111.19508

SET = (
    #         name      Sunday = 0  from     to        km north  types
    meeting("Sun", day=0, time="10:00", end_time="11:00", latitude=51.5, types=["O"]),
    meeting("Mon", day=1, time="12:30", end_time="13:15", latitude=51.5 + 1 / DEGREE_KM, types=["C"]),
    meeting("Tue", day=2, time="18:00", end_time="19:30", latitude=51.5 + 2 / DEGREE_KM, types=["O", "W"]),
    meeting("Wed", day=3, time="19:00", end_time="20:00", latitude=51.5 + 4 / DEGREE_KM, types=["O", "X"]),
    meeting("Thu", day=4, time="19:30", end_time=None, latitude=51.5 + 8 / DEGREE_KM, types=["O", "W", "X"]),
    meeting("Fri", day=5, time="22:00", end_time="00:30", latitude=51.5 + 16 / DEGREE_KM,
            conference_url="https://zoom.us/j/987654321", types=["C", "M"]),
    call("Sat", day=6, time="07:00", end_time="07:45", types=["O"]),
)  # fmt: skip
ALL = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
NEAR = "&lat_val=51.5&long_val=-0.1"


@pytest.fixture
def ask(client):
    """Return a function that puts a question to the set, and gives the answer."""

    def question(query, form="json", switcher="GetSearchResults"):
        return client.get(f"/client_interface/{form}/?switcher={switcher}{query}")

    return question


@pytest.fixture
def names(ask):
    """Return a function that gives the names a search finds, in order."""
    take_in(*SET)

    def found(query):
        return [row["meeting_name"] for row in ask(query).json()]

    return found


def format_ids(*keys):
    return ",".join(str(exports.BMLT_FORMATS[key]) for key in keys)


# ---- a row ------------------------------------------------------------------------------------
def test_row_has_every_field_as_a_text(ask):
    take_in(
        meeting(types=["O", "W", "X", "S"], notes="Tea.", location_notes="Blue door",
                conference_url="https://zoom.us/j/987654321", conference_url_notes="Password: tea",
                conference_phone="+44 20 7946 0018"),
    )  # fmt: skip

    (row,) = ask(NEAR + "&geo_width_km=5").json()

    gathering = Gathering.objects.get()
    assert row == {
        "id_bigint": str(gathering.pk * 7),
        "worldid_mixed": "",
        "shared_group_id_bigint": "",
        "service_body_bigint": "1",
        "weekday_tinyint": "3",
        "venue_type": "3",
        "start_time": "19:00:00",
        "duration_time": "01:00:00",
        "time_zone": "Europe/London",
        "formats": row["formats"],
        "lang_enum": "es",
        "longitude": "-0.1",
        "latitude": "51.5",
        "distance_in_km": "0.000000",
        "distance_in_miles": "0.000000",
        "email_contact": "",
        "published": "1",
        "root_server_uri": "",
        "format_shared_id_list": format_ids(*row["formats"].split(",")),
        "meeting_name": "Early Birds",
        "location_text": "The Hut",
        "location_info": "Blue door",
        "location_street": gathering.place.street,
        "location_city_subsection": "",
        "location_neighborhood": "",
        "location_municipality": "London",
        "location_sub_province": "",
        "location_province": "",
        "location_postal_code_1": "SE1 7PB",
        "location_nation": "GB",
        "comments": "Tea.",
        "zone": "",
        "train_lines": "",
        "bus_lines": "",
        "contact_phone_2": "",
        "contact_email_2": "",
        "contact_name_2": "",
        "contact_phone_1": "",
        "contact_email_1": "",
        "contact_name_1": "",
        "phone_meeting_number": "+44 20 7946 0018",
        "virtual_meeting_link": "https://zoom.us/j/987654321",
        "virtual_meeting_additional_info": "Password: tea",
    }


def test_gathering_of_several_days_is_a_row_for_each_with_its_own_number(ask):
    take_in(meeting(day=[0, 2, 6]))

    rows = ask("").json()

    assert [row["weekday_tinyint"] for row in rows] == ["1", "3", "7"]
    assert len({row["id_bigint"] for row in rows}) == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"rule": "FREQ=MONTHLY;BYDAY=2TU"},
        {"rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"},
        {"rule": "FREQ=WEEKLY;UNTIL=20261231;BYDAY=TU"},
        {"except_on": ["2026-12-22"]},
        {"rule": ""},
        {"start": None},
        {"status": "paused"},
        {"status": "retired"},
    ],
)
def test_what_is_not_plainly_weekly_is_no_row(ask, changes):
    take_in(meeting(), call())
    Gathering.objects.filter(name="Early Birds").update(**changes)

    assert [row["meeting_name"] for row in ask("").json()] == ["Open Line"]


def test_gathering_with_dates_of_its_own_is_no_row(ask):
    take_in(meeting())
    Occasion.objects.create(gathering=Gathering.objects.get(), on="2026-12-24", at="19:00", timezone="Europe/London")  # fmt: skip

    assert ask("").json() == []


def test_row_that_was_asked_for_before_asks_the_database_nothing(ask, django_assert_num_queries):
    take_in(*SET)
    ask("")

    with django_assert_num_queries(0):
        assert len(ask(NEAR + "&geo_width_km=-3").json()) == 3


def test_row_of_what_changed_is_read_anew(ask):
    take_in(meeting())
    ask("")
    take_in(meeting("Early Risers", slug="early-birds"))
    exports_kept = bmlt._kept.copy()
    forget_everything()
    bmlt._kept.update(exports_kept)

    assert [row["meeting_name"] for row in ask("").json()] == ["Early Risers"]


# ---- which days, formats and venues -----------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ALL),
        ("&weekdays=1", ["Sun"]),
        ("&weekdays=7", ["Sat"]),
        ("&weekdays[]=2&weekdays[]=3", ["Mon", "Tue"]),
        ("&weekdays=2,3", ["Mon", "Tue"]),
        ("&weekdays[]=-1", ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]),
        ("&weekdays=-1,-7", ["Mon", "Tue", "Wed", "Thu", "Fri"]),
        ("&weekdays=8", []),
        ("&weekdays=x", ALL),
        ("&venue_types=1", ["Sun", "Mon", "Tue", "Wed", "Thu"]),
        ("&venue_types=2", ["Sat"]),
        ("&venue_types[]=2&venue_types[]=3", ["Fri", "Sat"]),
        ("&venue_types=-1", ["Fri", "Sat"]),
        ("&services=1", ALL),
        ("&services=1&recursive=1", ALL),
        ("&services=2", []),
        ("&services=-1", []),
        ("&weekdays=2,3&venue_types=1&services=1", ["Mon", "Tue"]),
    ],
)
def test_weekdays_venues_and_services_choose_and_leave_out(names, query, expected):
    assert names(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("&formats={W}", ["Tue", "Thu"]),
        ("&formats[]={W}&formats[]={WC}", ["Thu"]),
        ("&formats={W},{WC}", ["Thu"]),
        ("&formats={W},{WC}&formats_comparison_operator=AND", ["Thu"]),
        ("&formats={W},{WC}&formats_comparison_operator=OR", ["Tue", "Wed", "Thu"]),
        ("&formats=-{W}", ["Sun", "Mon", "Wed", "Fri", "Sat"]),
        ("&formats={WC}&formats[]=-{W}", ["Wed"]),
        ("&formats=99999", []),
    ],
)
def test_formats_all_or_one_or_none_of_them(names, query, expected):
    keys = {meaning: exports.BMLT_FORMATS[key] for key, meaning in exports.BMLT_MEANINGS.items()}
    ids = {"W": keys["audience:women"], "WC": keys["access:step_free"]}

    assert names(query.format(**ids)) == expected


def test_meeting_ids_choose_and_leave_out(ask, names):
    ids = {row["meeting_name"]: row["id_bigint"] for row in ask("").json()}

    assert names(f"&meeting_ids[]={ids['Wed']}&meeting_ids[]={ids['Sun']}") == ["Sun", "Wed"]
    assert "Wed" not in names(f"&meeting_ids=-{ids['Wed']}")


# ---- which hours ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("&StartsAfterH=18", ["Wed", "Thu", "Fri"]),
        ("&StartsAfterH=17&StartsAfterM=59", ["Tue", "Wed", "Thu", "Fri"]),
        ("&StartsAfterM=0", ALL),
        ("&StartsBeforeH=10", ["Sat"]),
        ("&StartsBeforeH=10&StartsBeforeM=1", ["Sun", "Sat"]),
        ("&StartsAfterH=10&StartsBeforeH=19", ["Mon", "Tue"]),
        ("&EndsBeforeH=11", ["Sun", "Sat"]),
        ("&EndsBeforeH=10&EndsBeforeM=59", ["Sat"]),
        ("&MinDurationH=1", ["Sun", "Tue", "Wed", "Thu", "Fri"]),
        ("&MinDurationH=1&MinDurationM=30", ["Tue", "Fri"]),
        ("&MinDurationM=45", ALL),
        ("&MaxDurationM=45", ["Mon", "Sat"]),
        ("&MaxDurationH=1", ["Sun", "Mon", "Wed", "Thu", "Sat"]),
        ("&MinDurationM=50&MaxDurationH=1", ["Sun", "Wed", "Thu"]),
        ("&StartsAfterH=x", ALL),
        ("&StartsAfterH=nan", ALL),
    ],
)
def test_hours_and_lengths_choose(names, query, expected):
    assert names(query) == expected


# ---- where ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("&geo_width_km=3", ["Sun", "Mon", "Tue"]),
        ("&geo_width_km=4.001", ["Sun", "Mon", "Tue", "Wed"]),
        ("&geo_width_km=3.999", ["Sun", "Mon", "Tue"]),
        ("&geo_width=1", ["Sun", "Mon"]),
        ("&geo_width=2.49", ["Sun", "Mon", "Tue", "Wed"]),
        ("&geo_width=2.48", ["Sun", "Mon", "Tue"]),
        ("&geo_width_km=100", ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri"]),
        # Without a width there is no circle.
        ("", ALL),
        ("&geo_width_km=0", ALL),
        # BMLT's automatic radius: about so many of the nearest.
        ("&geo_width_km=-3&sort_results_by_distance=1", ["Sun", "Mon", "Tue"]),
        ("&geo_width=-2&sort_results_by_distance=1", ["Sun", "Mon"]),
        ("&geo_width=-2&venue_types=3", ["Fri"]),
        ("&geo_width=-2&weekdays=5,6", ["Thu", "Fri"]),
        ("&geo_width_km=-100", ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri"]),
    ],
)
def test_width_in_miles_or_km_or_a_number_of_the_nearest(names, query, expected):
    assert names(NEAR + query) == expected


def test_distances_are_those_of_the_globe(ask):
    take_in(*SET)

    rows = ask(f"{NEAR}&geo_width_km=100&sort_results_by_distance=1").json()

    km = [float(row["distance_in_km"]) for row in rows]
    assert km == pytest.approx([0, 1, 2, 4, 8, 16], abs=0.002)
    assert [float(row["distance_in_miles"]) for row in rows] == pytest.approx(
        [d / MILE for d in km], abs=1e-5
    )


@pytest.mark.parametrize(
    ("here", "there", "km"),
    [
        # Worked examples of the haversine formula on a sphere of 6371 km: Nashville to Los
        # Angeles (Rosetta Code), Land's End to John o' Groats (Movable Type Scripts).
        ((36.12, -86.67), (33.94, -118.40), 2886.44),
        ((50.066389, -5.714722), (58.643889, -3.07), 968.9),
        # Across the date line: 0.04 degrees of longitude, times the cosine of the latitude.
        ((-16.8, 179.98), (-16.8, -179.98), 4.2580),
    ],
)
def test_distances_between_cities_are_known(ask, here, there, km):
    take_in(
        meeting(latitude=there[0], longitude=there[1], formatted_address="1 Street", timezone=None)
    )

    (row,) = ask(f"&lat_val={here[0]}&long_val={here[1]}&geo_width_km=-1").json()

    assert float(row["distance_in_km"]) == pytest.approx(km, rel=1e-4)


def test_distance_is_empty_where_nobody_said_from_where(ask):
    take_in(meeting())

    assert ask("").json()[0]["distance_in_km"] == ""


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("&SearchString=Llanfrothen&SearchStringRadius=1", ["Sun", "Mon"]),
        ("&SearchString=Llanfrothen&SearchStringRadius=-2", ["Sun", "Mon"]),
        (
            "&SearchString=Llanfrothen&SearchStringRadius=100",
            ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri"],
        ),
        ("&SearchString=51.5,-0.1&SearchStringRadius=1", ["Sun", "Mon"]),
        ("&SearchString=Narnia", []),
        ("&SearchString=Narnia&SearchStringRadius=-5", []),
    ],
)
def test_address_is_looked_for_among_our_towns(names, query, expected):
    Place.objects.update(city="Llanfrothen")
    town = Gathering.objects.get(name="Sun").place
    Town.objects.create(
        kind="town", name="Llanfrothen", folded="llanfrothen", country="GB", n_places=2,
        latitude=town.latitude, longitude=town.longitude,
    )  # fmt: skip

    assert sorted(names(f"&StringSearchIsAnAddress=1{query}")) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tue", ["Tue"]),
        ("TUE", ["Tue"]),
        ("hut", ALL[:6]),
        ("london", ALL[:6]),
        ("narnia", []),
        ("", ALL),
    ],
)
def test_text_is_looked_for_in_what_people_read(names, text, expected):
    assert names(f"&SearchString={text}") == expected


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("meeting_name", "wed", ["Wed"]),
        ("weekday_tinyint", "1", ["Sun"]),
        ("location_municipality", "London", ALL[:6]),
        ("location_municipality", "", ["Sat"]),
        ("location_municipality", "Lon", []),
        ("nonsense", "x", []),
    ],
)
def test_one_field_with_one_value_chooses(names, key, value, expected):
    assert names(f"&meeting_key={key}&meeting_key_value={value}") == expected


# ---- in which order, how many, which fields ---------------------------------------------------
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("&sort_key=weekday", ALL),
        ("&sort_key=time", ["Sat", "Sun", "Mon", "Tue", "Wed", "Thu", "Fri"]),
        ("&sort_keys=start_time", ["Sat", "Sun", "Mon", "Tue", "Wed", "Thu", "Fri"]),
        (
            "&sort_keys=duration_time,weekday_tinyint",
            ["Mon", "Sat", "Sun", "Wed", "Thu", "Tue", "Fri"],
        ),
        ("&sort_keys=duration_time,start_time", ["Sat", "Mon", "Sun", "Wed", "Thu", "Tue", "Fri"]),
        ("&sort_keys=nonsense", ALL),
        ("&sort_key=town", ["Sat", "Sun", "Mon", "Tue", "Wed", "Thu", "Fri"]),
        ("&sort_key=state", ALL),
        ("&sort_key=weekday_state", ALL),
        ("&sort_keys=id_bigint", ALL),
        ("&page_size=3", ["Sun", "Mon", "Tue"]),
        ("&page_size=3&page_num=2", ["Wed", "Thu", "Fri"]),
        ("&page_size=3&page_num=3", ["Sat"]),
        ("&page_size=3&page_num=4", []),
        ("&page_size=3&page_num=-1", ["Sun", "Mon", "Tue"]),
        ("&page_size=0", ALL),
    ],
)
def test_order_and_pages(names, query, expected):
    assert names(query) == expected


def test_order_by_distance_comes_before_all_others(names):
    found = names(f"{NEAR}&geo_width_km=100&sort_results_by_distance=1&sort_key=time")

    assert found == ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri"]


def test_fields_can_be_chosen(ask):
    take_in(meeting())

    assert ask("&data_field_key=meeting_name,weekday_tinyint,nonsense").json() == [
        {"meeting_name": "Early Birds", "weekday_tinyint": "3"}
    ]
    assert len(ask("&data_field_key=").json()[0]) == 43


def test_formats_that_are_used_can_be_asked_for(ask):
    take_in(*SET[:3])

    both = ask("&get_used_formats=1").json()
    only = ask("&get_formats_only=1").json()

    assert [row["meeting_name"] for row in both["meetings"]] == ["Sun", "Mon", "Tue"]
    assert both["formats"] == only["formats"]
    used = {exports.BMLT_MEANINGS[f["key_string"]] for f in only["formats"]}
    assert used == {"openness:open", "openness:closed", "audience:women"}
    assert set(only) == {"formats"}


# ---- the other questions ----------------------------------------------------------------------
def test_formats_say_what_they_mean(ask):
    found = {f["key_string"]: f for f in ask("", switcher="GetFormats").json()}

    assert set(found) == set(exports.BMLT_FORMATS)
    women = next(f for f in found.values() if f["name_string"] == "Women")
    assert women == {
        "key_string": women["key_string"],
        "name_string": "Women",
        "description_string": "Women",
        "lang": "en",
        "id": str(exports.BMLT_FORMATS[women["key_string"]]),
        "world_id": "",
        "format_type_enum": "FC1",
        "root_server_uri": "",
    }
    assert Counter(f["id"] for f in found.values()).most_common(1)[0][1] == 1
    assert not [f for f in found.values() if ":" in f["name_string"] or not f["name_string"]]


def test_formats_can_be_asked_for_by_key(ask):
    key = next(iter(exports.BMLT_FORMATS))

    found = ask(f"&key_strings={key.lower()},nonsense", switcher="GetFormats").json()

    assert [f["key_string"] for f in found] == [key]


def test_service_body_is_this_instance(ask, settings):
    settings.KITH_NAME = "Levin"

    (body,) = ask("", switcher="GetServiceBodies").json()

    assert (body["id"], body["parent_id"], body["name"]) == ("1", "0", "Levin")


def test_field_keys_are_those_of_a_row(ask):
    take_in(meeting())

    keys = [field["key"] for field in ask("", switcher="GetFieldKeys").json()]

    assert keys == list(ask("").json()[0])


def test_field_values_name_the_rows_that_have_them(ask):
    take_in(*SET)
    ids = {row["meeting_name"]: row["id_bigint"] for row in ask("").json()}

    found = ask("&meeting_key=location_municipality", switcher="GetFieldValues").json()

    assert [value["location_municipality"] for value in found] == ["", "London"]
    assert [sorted(value["ids"].split(",")) for value in found] == [
        [ids["Sat"]],
        sorted(ids[name] for name in ALL[:6]),
    ]


def test_server_says_what_it_is_like(ask):
    (info,) = ask("", switcher="GetServerInfo").json()

    assert re.fullmatch(r"\d+\.\d+\.\d+", info["version"])
    assert "kith" in info


def test_area_covered_is_the_box_of_all_doors(ask):
    take_in(*SET)

    (area,) = ask("", switcher="GetCoverageArea").json()

    assert (area["se_corner_latitude"], area["nw_corner_longitude"]) == ("51.5", "-0.1")


def test_no_changes_are_told(ask):
    assert ask("", switcher="GetChanges").json() == []


@pytest.mark.parametrize(
    ("form", "switcher"),
    [("json", ""), ("json", "GetNAWSDump"), ("json", "getsearchresults"), ("xml", "GetSearchResults"), ("json", "_none")],
)  # fmt: skip
def test_question_that_is_none_is_not_found(ask, form, switcher):
    answer = ask("", form=form, switcher=switcher)

    assert (answer.status_code, list(answer.json())) == (404, ["error"])


# ---- forms of an answer -----------------------------------------------------------------------
@pytest.mark.parametrize("form", ["json", "jsonp", "csv", "tsml"])
def test_every_answer_is_open_to_every_page(ask, form):
    take_in(meeting())

    assert ask("", form=form)["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("callback", ["f", "jQuery_123", "$", "a.b.c", "_"])
def test_callback_is_called_with_the_answer(ask, callback):
    take_in(meeting())

    answer = ask(f"&callback={callback}", form="jsonp")

    text = answer.content.decode()
    assert answer["Content-Type"] == "text/javascript"
    assert text.startswith(f"/**/{callback}([")
    assert text.endswith(");")
    assert json.loads(text[len(f"/**/{callback}(") : -2]) == ask("").json()


@pytest.mark.parametrize(
    "callback",
    [
        "",
        "alert(1)//",
        "a b",
        "<script>",
        "a;b",
        "1a",
        "a" * 100,
        "f%0A",
        "f\u2028",
        "a-b",
        "é%00",
        "()=>{}",
    ],
)
def test_callback_that_is_no_name_is_not_called(ask, callback):
    answer = ask(f"&callback={callback}", form="jsonp")

    assert (answer["Content-Type"], answer.json()) == ("application/json", [])


def test_table_has_the_rows_of_the_answer(ask):
    take_in(*SET, meeting('Quotes ", and; more', slug="q", notes="Two\nlines"))

    answer = ask("", form="csv")

    rows = list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert rows == ask("").json()


def test_table_of_nothing_has_no_rows(ask):
    assert ask("", form="csv").content.strip() == b""


def test_table_of_formats_is_one_too(ask):
    rows = csv.DictReader(io.StringIO(ask("", form="csv", switcher="GetFormats").content.decode()))

    assert list(rows) == ask("", switcher="GetFormats").json()


def test_meeting_guide_form_gives_each_gathering_once(ask):
    take_in(meeting(day=[2, 4]), call())

    records = ask("", form="tsml").json()

    assert [(r["name"], r["day"]) for r in records] == [("Early Birds", [2, 4]), ("Open Line", 2)]


# ---- there and back ---------------------------------------------------------------------------
def said():
    """Return what is said of every gathering that BMLT can say."""
    fields = ("name", "mode", "rule", "start", "minutes", "timezone", "join_url", "join_phone",
              "join_note", "about", "openness", "status")  # fmt: skip
    lists = ("languages", "audience", "access", "topics")
    place = ("name", "street", "city", "region", "postal_code", "country", "latitude", "longitude",
             "find_the_door")  # fmt: skip
    return sorted(
        (
            *(getattr(g, name) for name in fields),
            *(sorted(getattr(g, name)) for name in lists),
            *(getattr(g.place, name, None) for name in place),
        )
        for g in gatherings()
    )


def test_answer_read_back_is_the_same_weekly_gatherings(ask):
    take_in(
        *SET,
        meeting("Full", types=["O", "W", "X", "S", "B"], notes="Tea.", location_notes="Blue door",
                conference_url="https://zoom.us/j/111111111", conference_url_notes="Password: tea",
                conference_phone="+44 20 7946 0018", time="06:00", end_time="07:00"),
        meeting("Thu", slug="other", day=4, time="19:30", end_time="20:30", latitude=51.7),
    )  # fmt: skip
    Gathering.objects.filter(minutes=None).update(minutes=60)
    forget_everything()
    before, formats = said(), ask("", switcher="GetFormats").json()
    text = ask("").content
    for model in (Feed, FeedRecord, Gathering, Place):
        model.objects.all().delete()

    report = take_in_bytes(text, address=OTHER_LIST)

    assert (report.format, report.new, report.refused) == ("bmlt", 9, [])
    assert formats
    assert said() == before


def test_gathering_of_several_days_comes_back_as_one_for_each(ask):
    take_in(meeting(day=[0, 2]))
    text = ask("").content
    for model in (Feed, FeedRecord, Gathering, Place):
        model.objects.all().delete()

    take_in_bytes(text)

    assert [g.rule for g in gatherings()] == ["FREQ=WEEKLY;BYDAY=SU", "FREQ=WEEKLY;BYDAY=TU"]

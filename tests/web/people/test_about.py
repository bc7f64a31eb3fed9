"""The page on which somebody says of themselves what they like, and who sees it."""

import html as entities
import json
import re
from pathlib import Path

import pytest
from django.test import Client, override_settings
from tests.web.people.visiting import Visitor

from kith.web.people import queries
from kith.web.people.choices import ShownTo, Topic
from kith.web.people.choices.week import packed, part_of_day, unpacked
from kith.web.people.models import Cell, Said

ABOUT = "/you/about/"


def html(answer):
    return entities.unescape(re.sub(r"\s+", " ", answer.content.decode()))


def section(page, name):
    """Return what the page holds about one thing."""
    return page.split(f'id="{name}"', 1)[1].split("</details>")[0]


def say(member, name, **data):
    return member.client.post(f"{ABOUT}{name}/", data)


# ---- each thing, and back -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "data", "topic", "value"),
    [
        ("languages", {"codes": ["es", "en"]}, Topic.LANGUAGES, ["es", "en"]),
        ("practices", {"codes": ["choir"]}, Topic.PRACTICES, ["choir"]),
        ("spaces", {"codes": ["women"]}, Topic.SPACES, ["women"]),
        ("gives", {"codes": ["ride"], "words": "soup"}, Topic.GIVES, {"codes": ["ride"], "words": "soup"}),
        ("receives", {"words": "company"}, Topic.RECEIVES, {"codes": [], "words": "company"}),
        ("living_with", {"words": "gin"}, Topic.LIVING_WITH, "gin"),
        ("role", {"words": "next door"}, Topic.ROLE, "next door"),
        ("steadiness", {"band": "years"}, Topic.STEADINESS, "years"),
        ("may", {"may_be_named": "on"}, Topic.MAY_BE_NAMED, True),
        ("may", {"may_be_written_to": "on"}, Topic.MAY_BE_WRITTEN_TO, True),
        ("may", {"would_sit_with": "on"}, Topic.WOULD_SIT_WITH, True),
        ("home", {"cell": "1030,-3"}, Topic.HOME, [1030, -3]),
    ],
)  # fmt: skip
def test_thing_is_kept_and_nobody_else_sees_it(member, name, data, topic, value):
    answer = say(member, name, **data)

    assert answer["Location"] == f"{ABOUT}?saved={name}#{name}"
    kept = Said.objects.get()
    assert (kept.person, kept.topic, kept.value) == (member.person, topic, value)
    assert kept.shown_to == ShownTo.ME
    shown = section(html(member.client.get(answer["Location"])), name)
    assert "Saved." in shown
    assert "Only you see this." in shown


def test_form_holds_what_was_said(member):
    say(member, "languages", codes=["es"], shown_to="here")
    say(member, "gives", codes=["ride"], words="<soup>")
    say(member, "steadiness", band="months")
    say(member, "may", may_be_named="on")

    page = html(member.client.get(ABOUT))

    assert re.findall(r'value="(\w+)" checked', section(page, "languages")) == ["es"]
    assert '<option value="here" selected>' in section(page, "languages")
    assert "People you meet here see this" in section(page, "languages")
    assert "><soup></textarea>" in section(page, "gives")
    assert re.findall(r'value="(\w+)" checked', section(page, "steadiness")) == ["months"]
    assert 'name="may_be_named" checked' in section(page, "may")
    assert 'name="would_sit_with" checked' not in section(page, "may")
    assert "<soup>" not in member.client.get(ABOUT).content.decode()


def test_what_is_emptied_is_gone(member):
    say(member, "languages", codes=["es"], shown_to="here")
    say(member, "gives", words="soup")
    say(member, "steadiness", band="months")
    say(member, "may", may_be_named="on")

    for name, data in (("languages", {}), ("gives", {"words": " "}), ("may", {})):
        answer = say(member, name, **data)
        page = html(member.client.get(answer["Location"]))
        assert "Saved: you say nothing about this." in section(page, name)
    say(member, "steadiness", band="unsaid")

    assert not Said.objects.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("languages", {"codes": ["klingon"]}),
        ("spaces", {"codes": ["everybody"]}),
        ("languages", {"codes": ["en"], "shown_to": "world"}),
        ("steadiness", {"band": "forever"}),
        ("living_with", {"words": "x" * 601}),
        ("hours", {"week": "zz"}),
        ("hours", {"part": ["9-noon"]}),
    ],
)
def test_what_no_form_sends_is_not_kept(member, name, data):
    answer = say(member, name, **data)

    assert answer.status_code == 400
    assert 'role="alert"' in section(html(answer), name) or name == "hours"
    assert not Said.objects.exists()


def test_what_was_typed_comes_back_to_be_mended(member):
    answer = say(member, "living_with", words="y" * 601)

    assert "y" * 601 in html(answer)
    assert " open" in html(answer).split('id="living_with"')[1].split(">")[0]


def test_only_the_thing_that_came_back_is_open(member):
    page = html(say(member, "role", words="z" * 201))

    assert re.findall(r'<details class="card topic" id="(\w+)" open>', page) == ["role"]
    assert "z" * 201 not in section(page, "living_with")


@pytest.mark.parametrize("name", ["steadiness", "may"])
def test_what_is_always_private_is_not_shown_however_one_asks(member, name):
    say(member, name, band="years", may_be_named="on", shown_to="here")

    assert set(Said.objects.values_list("shown_to", flat=True)) == {ShownTo.ME}


@pytest.mark.parametrize("name", ["nothing", "Languages", "shown_to"])
def test_there_is_no_other_thing_to_say(member, name):
    assert say(member, name).status_code == 404


def test_page_takes_as_many_queries_for_much_as_for_little(member, django_assert_num_queries):
    say(member, "languages", codes=["en"])
    with django_assert_num_queries(2):
        member.client.get(ABOUT)

    say(member, "role", words="carer")
    say(member, "home", cell="1030,-3")
    with django_assert_num_queries(2):
        member.client.get(ABOUT)


# ---- hours ----------------------------------------------------------------------------------------
def test_parts_of_days_are_ticked_without_javascript(member):
    member.client.cookies["tz"] = "Europe/London"

    say(member, "hours", part=["0-evening", "6-night"])

    assert queries.hours_of(member.person) == part_of_day(0, "evening") | part_of_day(6, "night")
    assert queries.clock_of(member.person) == "Europe/London"
    page = section(html(member.client.get(ABOUT)), "hours")
    assert re.findall(r'value="(\d-\w+)" checked', page) == ["0-evening", "6-night"]


def test_painted_half_hours_stay_while_their_part_is_ticked(member):
    half = frozenset({36, 37})
    say(member, "hours", week=packed(half), is_painted="on")
    page = section(html(member.client.get(ABOUT)), "hours")
    assert 'aria-label="Monday, Evening (in part)"' in page

    say(member, "hours", week=packed(half), part=["0-evening", "1-early"])
    assert queries.hours_of(member.person) == half | part_of_day(1, "early")

    say(member, "hours", week=packed(half), part=["1-early"])
    assert queries.hours_of(member.person) == part_of_day(1, "early")

    say(member, "hours", week=packed(half))
    assert not Said.objects.exists()


def test_painting_and_ticking_store_the_same(member):
    say(member, "hours", part=["3-midday"])
    ticked = queries.said_by(member.person, Topic.HOURS)

    say(member, "hours", week=packed(part_of_day(3, "midday")), is_painted="on", part=["0-early"])

    assert queries.said_by(member.person, Topic.HOURS) == ticked
    assert unpacked(ticked["week"]) == frozenset(range(3 * 48 + 24, 3 * 48 + 28))


@override_settings(TIME_ZONE="Pacific/Auckland")
@pytest.mark.parametrize("said", ["", "Nowhere/Town"])
def test_clock_of_the_instance_holds_where_the_browser_names_none(member, said):
    member.client.cookies["tz"] = said

    say(member, "hours", part=["0-evening"])

    assert queries.clock_of(member.person) == "Pacific/Auckland"


# ---- home -----------------------------------------------------------------------------------------
def test_home_is_chosen_from_nine_squares(member):
    page = html(member.client.post(f"{ABOUT}home/map/", {"town": "Islington, UK"}))
    codes = re.findall(r'name="cell" value="([\d,-]+)"', section(page, "home"))
    assert len(codes) == 9
    assert "North-west" in page
    assert not Said.objects.exists()

    say(member, "home", cell=codes[4])

    assert queries.home_cell_of(member.person) == Cell.coded(codes[4])
    page = html(member.client.get(ABOUT))
    assert "a square of about 5 km near" in section(page, "home")


def test_towns_of_one_name_are_told_apart_first(member):
    page = html(member.client.post(f"{ABOUT}home/map/", {"town": "Springfield"}))
    found = re.findall(r'value="([\d,-]+)">([^<]+)</button>', section(page, "home"))
    assert "Springfield, MO" in [name for _code, name in found]

    page = html(member.client.post(f"{ABOUT}home/map/", {"cell": found[0][0]}))

    assert section(page, "home").count('name="cell"') == 9


@pytest.mark.parametrize("typed", ["", "Nowhere at all"])
def test_place_that_is_not_known_is_told_and_stays_typed(member, typed):
    answer = member.client.post(f"{ABOUT}home/map/", {"town": typed})

    assert answer.status_code == 400
    assert 'role="alert"' in section(html(answer), "home")
    assert f'value="{typed}"' in section(html(answer), "home")


def test_square_that_is_not_on_earth_is_refused(member):
    answer = say(member, "home", cell="9999,0")

    assert answer.status_code == 400
    assert "Choose one of the squares." in html(answer)


def test_home_is_forgotten_at_once(member):
    say(member, "home", cell="1030,-3")

    member.client.post(f"{ABOUT}home/forget/")

    assert not Said.objects.exists()


def test_typed_place_is_kept_nowhere(member, caplog):
    member.client.post(f"{ABOUT}home/map/", {"town": "Walthamstow"})

    assert "Walthamstow" not in caplog.text
    assert "Walthamstow" not in json.dumps(dict(member.client.session))
    assert not Said.objects.exists()


# ---- words that matter ------------------------------------------------------------------------------
def test_other_words_are_offered_once_and_what_was_written_stays(member):
    answer = say(member, "living_with", words="My brother is a junkie. I am an addict.")

    page = section(html(member.client.get(answer["Location"])), "living_with")
    assert "For “junkie” you could say: person who uses drugs." in page
    assert "For “addict”" not in page
    assert queries.said_by(member.person, Topic.LIVING_WITH) == (
        "My brother is a junkie. I am an addict."
    )
    assert "you could say: person who" not in section(html(member.client.get(ABOUT)), "living_with")


def test_other_words_are_offered_in_the_language_of_the_page(member):
    member.client.cookies["django_language"] = "fr"

    answer = say(member, "gives", words="Écouter un toxico")

    page = section(html(member.client.get(answer["Location"])), "gives")
    assert "personne qui a une addiction" in page


# ---- who sees what ----------------------------------------------------------------------------------
def test_own_page_says_who_sees_what(member):
    assert "Nobody sees anything of this." in html(member.client.get("/you/"))
    say(member, "languages", codes=["en"], shown_to="hosts")
    say(member, "role", words="carer")

    page = html(member.client.get("/you/"))

    assert "<dt>Hosts where I come</dt><dd>languages</dd>" in page
    assert "carer" not in page
    assert "Nobody sees anything of this." not in page


def test_nobody_reads_or_changes_what_another_said(member, other):
    say(member, "role", words="the one with the dog")
    say(other, "role", words="another")

    assert "the one with the dog" not in html(other.client.get(ABOUT))
    assert "the one with the dog" not in html(other.client.get("/you/all/"))
    assert queries.said_by(member.person, Topic.ROLE) == "the one with the dog"


def test_page_of_another_site_cannot_say_anything(member):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = member.client.cookies

    assert strict.post(f"{ABOUT}role/", {"words": "x"}).status_code == 403


# ---- taken along, and erased ----------------------------------------------------------------------
MARKED = {
    "gives": {"codes": ["ride"], "words": "markedgives"},
    "receives": {"codes": ["meal"], "words": "markedreceives"},
    "living_with": {"words": "markedliving"},
    "role": {"words": "markedrole"},
    "languages": {"codes": ["tl"]},
    "practices": {"codes": ["parkour_jam"]},
    "spaces": {"codes": ["chronic_illness"]},
    "hours": {"part": ["0-evening"]},
    "home": {"cell": "1030,-3"},
    "may": {"may_be_named": "on", "may_be_written_to": "on", "would_sit_with": "on"},
    "steadiness": {"band": "first_month"},
}


def test_everything_said_is_taken_along_in_words(member):
    for name, data in MARKED.items():
        say(member, name, **data)

    page = html(member.client.get("/you/all/"))
    taken = json.loads(member.client.get("/you/all.json").content)["said"]

    assert {thing["topic"]: thing["value"] for thing in taken} == {
        "can give": "A ride, markedgives",
        "would like to receive": "A meal, markedreceives",
        "recovering from or living with": "markedliving",
        "here as, in their own words": "markedrole",
        "languages": "Tagalog",
        "likes to do with others": "Parkour",
        "would like to be among": "Long illness or pain",
        "hours with time": "Monday 6 pm to 10 pm (clock of UTC)",
        "roughly where home is": "a square of about 5 km around 51.525, -0.125",
        "may be named when others say whom they talked with": "yes",
        "hosts may write first, while new": "yes",
        "would gladly sit with somebody new": "yes",
        "in this for": "My first month",
    }
    for thing in taken:
        assert thing["value"] in page


@pytest.mark.django_db(transaction=True)
def test_nothing_said_is_in_the_database_files_in_clear_or_after_the_end():
    from django.db import connection  # noqa: PLC0415

    member = Visitor().join()
    person = member.person
    for name, data in MARKED.items():
        say(member, name, **data)
    say(member, "role", words="markedrole again")
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM people_said")
        sealed = [bytes(row[0]) for row in cursor.fetchall()]
    clear = [b"markedgives", b"markedreceives", b"markedliving", b"markedrole", b"parkour_jam",
             b"chronic_illness", b"first_month"]  # fmt: skip
    assert len(sealed) == len(Topic)
    if connection.vendor != "sqlite":
        return  # What PostgreSQL keeps in its files is its own; the sealing is tested everywhere.
    path = connection.settings_dict["NAME"]
    before = raw_files(path)
    assert [word for word in clear if word in before] == []
    assert [row for row in sealed if row not in before] == []

    member.client.post("/you/erase/")

    after = raw_files(path)
    assert [trace for trace in (*clear, *sealed, person.pk.hex.encode()) if trace in after] == []
    assert not Said.objects.exists()


def raw_files(path):
    files = [Path(f"{path}{end}") for end in ("", "-wal")]
    return b"".join(file.read_bytes() for file in files if file.exists())


# ---- those who are too young ------------------------------------------------------------------------
def test_steward_says_where_young_people_are_welcome(client, db):
    assert "Where young people are welcome:" not in html(client.get("/join/"))

    with override_settings(KITH_YOUNG_WHERE="Alateen, https://teens.example/ <b>"):
        for answer in (client.get("/join/"), client.post("/join/", {})):
            page = answer.content.decode()
            assert '<a href="https://teens.example/" rel="nofollow">' in page
            assert "&lt;b&gt;" in page

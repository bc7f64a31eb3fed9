"""Tables from elsewhere: as others leave them, and what is wrong with them refused with its place."""

import numpy as np
import pytest
from click.testing import CliRunner

from kith.core.records import End
from kith.lab.analyze import analyze, import_study
from kith.lab.importing import MappingError, import_records
from kith.lab.records_files import read_records

PEOPLE = """
missing = ["-9"]
[people]
table = "people"
id = "Study ID"
[people.facts.age]
table = "people"
id = "Study ID"
column = "Age (years)"
"""
DRAWN = """
[assignments]
table = "people"
person = "Study ID"
arm = "Grp"
day = 0
arms = [{ key = "usual", value = "0" }, { key = "new", value = "1" }]
"""
FOLLOWED = "[follow_up]\ndays = 84\n"
SEEN = """
[[measures]]
name = "score"
least = 0
most = 10
[[observations]]
measure = "score"
table = "visits"
person = "id"
day = "day"
value = "Score %"
"""
TABLE = "Study ID,Grp,Age (years)\nA1,0,31\nB 2,1,NA\nC,1,-9\nD,,40\n"
VISITS = "id,day,Score %\nA1,0,3\nA1,84,4\nB 2,0,NA\nB 2,84, 7 \nC,84,-9\nC,90,\nD,84,.\n"


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def imported(folder, mapping=PEOPLE + DRAWN + FOLLOWED + SEEN, people=TABLE, visits=VISITS):
    (folder / "mapping.toml").write_text(mapping, encoding="utf-8")
    for name, text in (("people", people), ("visits", visits)):
        data = text if isinstance(text, bytes) else text.encode()
        (folder / f"{name}.csv").write_bytes(data)
    return import_records(folder / "mapping.toml", folder)


def seen(records):
    found = records.observations
    return list(zip(found.person, found.day, found.value, strict=True))


def test_blanks_and_codes_for_nothing_are_no_values(folder):
    records, names = imported(folder)

    assert seen(records) == [(0, 0, 3), (0, 84, 4), (1, 84, 7)]
    np.testing.assert_array_equal(names.facts["age"], [31, np.nan, np.nan, 40])
    # Who has no arm was not drawn.
    assert list(records.assignments.person) == [0, 1, 2]


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace(",", ";").encode(),
        lambda text: text.replace(",", "\t").encode(),
        lambda text: text.rstrip("\n").encode(),
        lambda text: text.replace("Study ID", " Study ID ").replace("id,", '"id",').encode(),
    ],
    ids=["a mark of bytes", "Windows", "semicolons", "tabs", "no last line end", "wide names"],
)
def test_a_table_is_the_same_however_it_was_saved(folder, spoilt):
    records, _ = imported(folder, people=spoilt(TABLE), visits=spoilt(VISITS))

    assert seen(records) == [(0, 0, 3), (0, 84, 4), (1, 84, 7)]


def test_a_whole_number_is_one_however_it_was_written(folder):
    people = "Study ID,Grp,Age (years)\n1.0,0.0,31\n2,1.00,30\n"

    records, _ = imported(folder, people=people, visits="id,day,Score %\n1,0,3\n2.0,0,-9.0\n")

    assert list(records.assignments.arm) == [0, 1]
    assert seen(records) == [(0, 0, 3)]


def test_a_column_may_be_called_row(folder):
    records, _ = imported(folder, people=TABLE.replace("Study ID", "row"), mapping=(PEOPLE + DRAWN + FOLLOWED + SEEN).replace("Study ID", "row"))  # fmt: skip

    assert records.people == 4


def test_dates_and_moments_with_a_zone_are_days(folder):
    people = "id,Grp,drawn\nA,0,2024-02-28\nB,1,2024-03-01T01:00:00+02:00\n"
    visits = "id,day,Score %\nA,2024-02-29T12:00:00Z,3\nB,2024-03-01,4\n"
    mapping = (PEOPLE + DRAWN + FOLLOWED + SEEN).replace("Study ID", "id").replace("day = 0", 'day = "drawn"')  # fmt: skip
    mapping = mapping[: mapping.index("[people.facts")] + mapping[mapping.index("[assignments") :]

    records, names = imported(folder, mapping, people, visits)

    since = records.observations.day - records.assignments.day
    assert list(since) == [1.5, pytest.approx(1 / 24)]
    assert names.is_dated


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("A1,0,3", "A1,2024-02-30,3"), "visits: row 2, column day: is no number"),
        (("A1,84,4", "A1,0,4"), "visits: row 3, column day: this person has a value for this day"),
        (("A1,84,4", "A1,84,eleven"), "visits: row 3, column Score %: is no number"),
        (("A1,84,4", "A1,,4"), "visits: row 3, column day: there is a value and no day"),
        (("A1,84,4", "A1,84,11"), "score 11.0: must be 0.0 to 10.0"),
        (("A1,84,4", "A1,84,4,5"), "visits.csv cannot be read as CSV: a line has more values"),
        (("id,day", "who,day"), "visits: there is no column id; there are: who, day, Score %"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(folder, change, says):
    with pytest.raises(MappingError, match=says):
        imported(folder, visits=VISITS.replace(*change))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("B 2,1", "A1,1"), "people: row 3, column Study ID: is there twice"),
        (("B 2,1", "B 2,2"), r"people: row 3, column Grp: is none of the arms in mapping.toml: 0, 1"),
        (("B 2,1", ",1"), "people: row 3, column Study ID: is empty"),
        (("A1,0,31\nB 2,1,NA\nC,1,-9\nD", "1\n2\n3\n4"), "nobody in the column id is one of the people"),
        ((TABLE, ""), "people.csv cannot be read as CSV"),
        ((TABLE, "\x80\x00\x01"), "people: there is no column Study ID"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_people_is_refused_with_its_place(folder, change, says):
    with pytest.raises(MappingError, match=says):
        imported(folder, people=TABLE.replace(*change))


def test_other_letters_than_utf_8_are_refused_as_such(folder):
    with pytest.raises(
        MappingError, match=r"people\.csv cannot be read as CSV: it is no UTF-8 text"
    ):
        imported(folder, people=TABLE.replace("31", "José").encode("latin-1"))


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('value = "Score %"', "", r"observations\[0\] lacks the key value"),
        ('key = "new", value', 'key = "new", vlaue', r"assignments.arms\[1\] has no key vlaue"),
        ('id = "Study ID"\n[people.facts', "[people.facts", "people lacks the key id"),
        ("least = 0", 'least = "none"', "cannot be followed: could not convert"),
        (
            "[follow_up]\ndays = 84",
            "[[follow_up]]\ndays = 84",
            "follow_up must have keys of its own",
        ),
        ("[follow_up]", "[later]\n[follow_up]", "there is no section later; there may be"),
        ("[follow_up]", "[follow_up", "cannot be read as TOML"),
    ],
)
def test_mapping_that_is_not_right_is_refused(folder, before, after, says):
    text = PEOPLE + DRAWN + FOLLOWED + SEEN
    assert before in text

    with pytest.raises(MappingError, match=says):
        imported(folder, mapping=text.replace(before, after, 1))


def test_long_table_says_of_each_arm_many_times_and_never_otherwise(folder):
    long = "id,day,Score %,Grp\nA,0,3,0\nA,84,4,0\nB,0,5,1\nB,84,7,1\n"
    mapping = (PEOPLE + DRAWN + FOLLOWED + SEEN).replace('"people"', '"visits"').replace("Study ID", "id")  # fmt: skip
    mapping = mapping.replace('id = "id"\n[people.facts', 'id = "id"\nagain = "first"\n[people.facts').replace("Age (years)", "Grp")  # fmt: skip

    records, _ = imported(folder, mapping, visits=long)

    assert list(records.assignments.arm) == [0, 1]
    with pytest.raises(
        MappingError, match="visits: row 5, column id: is there twice, and not alike"
    ):
        imported(folder, mapping, visits=long.replace("7,1", "7,0"))


def test_time_and_status_of_each_become_follow_up_and_events(folder):
    """As survival data are published: a time, and whether the event came then."""
    people = "id,Grp,time,status,town\nA,0,30,1,x\nB,1,12.5,0,y\nC,1,40,1,x\n"
    mapping = """
[people]
table = "people"
id = "id"
[assignments]
table = "people"
person = "id"
arm = "Grp"
day = 0
cluster = "town"
arms = [{ key = "usual", value = "0" }, { key = "new", value = "1" }]
[follow_up]
table = "people"
person = "id"
days = "time"
why = "status"
words = { "0" = "lost", "1" = "study_ended" }
[[measures]]
name = "relapse"
words = ["no", "yes"]
[[observations]]
measure = "relapse"
table = "people"
person = "id"
day = "time"
value = "status"
"""

    records, _ = imported(folder, mapping, people)

    assert list(records.follow_up.ends) == [30, 12.5, 40]
    assert list(records.follow_up.why) == [End.STUDY_ENDED, End.LOST, End.STUDY_ENDED]
    assert list(records.assignments.cluster) == [0, 1, 0]
    assert seen(records) == [(0, 30, 1), (1, 12.5, 0), (2, 40, 1)]


def test_words_stand_for_their_numbers(folder):
    mapping = PEOPLE + DRAWN + FOLLOWED + SEEN.replace("least = 0\nmost = 10", 'words = ["never", "Often"]')  # fmt: skip
    visits = "id,day,Score %\nA1,0,often\nB 2,0,NEVER\n"

    records, _ = imported(folder, mapping, visits=visits)
    mapped, _ = imported(folder, (mapping + 'words = { o = 1, n = 0 }\n'), visits="id,day,Score %\nA1,0,o\nB 2,0,n\n")  # fmt: skip

    assert seen(records) == seen(mapped) == [(0, 0, 1), (1, 0, 0)]
    with pytest.raises(
        MappingError, match="visits: row 2, column Score %: is no number and none of"
    ):
        imported(folder, mapping, visits=visits.replace("often", "seldom"))


def test_plan_that_is_no_text_is_refused_and_one_with_a_mark_of_bytes_is_read(folder):
    imported(folder)
    run, plan = CliRunner().invoke, folder / "study.toml"
    run(import_study, [str(folder / "mapping.toml"), str(folder), str(folder / "out")])
    said = []
    for text in (b"\xff\xfe\x00", b"\xef\xbb\xbf[study]\ntitle = 3\n"):
        plan.write_bytes(text)
        done = run(analyze, [str(plan), str(folder / "out")])
        said.append((done.exit_code, done.output.splitlines()[0]))

    assert said[0] == (1, "study.toml is no UTF-8 text.")
    assert said[1][0] == 1
    assert "title" in said[1][1]


def test_acts_and_chairs_come_too(folder):
    (folder / "acts.csv").write_text("from,to,on\nA1,B 2,3\nB 2,Z,4\nC,A1,5\n")
    (folder / "sat.csv").write_text("who,group,since,till\nA1,red,-5,\nB 2,red,-5,20\n")
    mapping = PEOPLE + DRAWN + FOLLOWED + SEEN + """
[acts]
table = "acts"
actor = "from"
other = "to"
day = "on"
mode = "video"
[chairs]
table = "sat"
person = "who"
circle = "group"
starts = "since"
ends = "till"
"""  # fmt: skip

    records, _ = imported(folder, mapping)

    # Z is nobody of the study.
    assert list(zip(records.acts.actor, records.acts.other, strict=True)) == [(0, 1), (2, 0)]
    assert list(records.chairs.circle) == [0, 0]
    np.testing.assert_array_equal(records.chairs.ends, [np.nan, 20])


def test_command_writes_what_it_read_and_nothing_if_it_is_refused(folder, tmp_path):
    imported(folder)
    out, run = tmp_path / "out", CliRunner().invoke

    done = run(import_study, [str(folder / "mapping.toml"), str(folder), str(out)])
    again, _ = read_records(out)
    (folder / "visits.csv").write_text("nothing\n")
    refused = run(import_study, [str(folder / "mapping.toml"), str(folder), str(tmp_path / "no")])

    assert done.exit_code == 0
    assert seen(again) == [(0, 0, 3), (0, 84, 4), (1, 84, 7)]
    assert (refused.exit_code, (tmp_path / "no").exists()) == (1, False)
    assert "there is no column id; there are: nothing" in refused.output

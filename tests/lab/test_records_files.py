from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
from tests.lab.records import same, small_names, small_study

from kith.core.records import Observations
from kith.lab.records_files import RecordsError, read_records, write_records


@pytest.fixture
def folder(tmp_path):
    write_records(tmp_path / "data", small_study(), small_names())
    return tmp_path / "data"


@pytest.fixture
def texts(tmp_path):
    write_records(tmp_path / "data", small_study(), small_names(), is_csv=True)
    return tmp_path / "data"


def change(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def put(path, **columns):
    table = pq.read_table(path)
    for name, column in columns.items():
        table = table.set_column(table.column_names.index(name), name, pa.array(column))
    pq.write_table(table, path)


def refused(folder):
    with pytest.raises(RecordsError) as error:
        read_records(folder)
    return str(error.value)


@pytest.mark.parametrize("is_csv", [False, True])
def test_what_is_written_is_read_again(tmp_path, is_csv):
    write_records(tmp_path / "there" / "data", small_study(), small_names(), is_csv=is_csv)

    records, names = read_records(tmp_path / "there" / "data")

    assert same(records, small_study())
    assert names.people.tolist() == ["p7", "p1", "p4"]
    assert names.facts["age_band"].tolist() == ["30-39", "18-29", "30-39"]
    assert not names.is_dated


def test_files_say_names_and_words(texts):
    assert (texts / "observations.csv").read_text("utf-8") == (
        '"person","measure","day","value","missing","prompt","version"\n'
        '"p7","lonely",0,7,"there_is_one",,1\n'
        '"p7","did",3.02,1,"there_is_one",0,1\n'
        '"p1","lonely",0,,"passed",,2\n'
    )
    assert (texts / "measures.csv").read_text("utf-8") == (
        '"name","unit","words","least","most"\n"lonely","","",3,9\n"did","","other|reached|used",0,2\n'
    )


def test_people_alone_are_a_study_in_which_nothing_happened(tmp_path):
    (tmp_path / "people.csv").write_text("id\n12\n7\n")

    records, names = read_records(tmp_path)

    assert records.people == 2
    assert len(records.acts.day) == 0
    assert records.assignments.arms == ()
    assert names.people.tolist() == ["12", "7"]


def test_what_may_be_left_out_is_what_it_mostly_is(texts):
    (texts / "assignments.csv").write_text("person,arm,day,probability\np7,circle,0,0.5\n")
    (texts / "arms.csv").unlink()

    records, _ = read_records(texts)

    assert records.assignments.arms == ("circle",)
    assert records.assignments.stratum.tolist() == [-1]
    assert records.assignments.cluster.tolist() == [-1]


def test_dates_become_days_since_1970(texts):
    for name in ("decisions", "prompts", "assignments", "observations", "follow_up"):
        (texts / f"{name}.csv").unlink()
    (texts / "acts.csv").write_text(
        "day,actor,other,mode,minutes\n"
        "2026-11-27,p7,p1,voice,3\n2026-11-27T12:00:00Z,p1,p7,in_person,3\n2026-11-27T06:00:00-06:00,p4,p7,2,3\n"
    )

    records, names = read_records(texts)

    day = datetime(2026, 11, 27, tzinfo=UTC).timestamp() / 86_400
    assert records.acts.day.tolist() == [day, day + 0.5, day + 0.5]
    assert records.acts.mode.tolist() == [2, 0, 2]
    assert records.acts.help.tolist() == [0, 0, 0]
    assert names.is_dated


def test_dates_in_parquet_are_read_alike(folder):
    for name in ("decisions", "prompts", "assignments", "observations", "acts"):
        (folder / f"{name}.parquet").unlink()
    moments = pa.array([datetime(1970, 1, 2, 12, tzinfo=UTC)] * 3, pa.timestamp("us", tz="UTC"))
    put(folder / "follow_up.parquet", starts=moments, ends=moments)

    records, names = read_records(folder)

    assert records.follow_up.starts.tolist() == [1.5] * 3
    assert names.is_dated


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("acts", '1.5,"p7"', '1.5,"p9"', "acts.csv, row 1 (line 2), column actor: this is not one of the people in people.csv"),
        ("acts", '"p1","video"', '"p1","shout"', "acts.csv, row 1 (line 2), column mode: must be one of: in_person, video, voice, text"),
        ("acts", "12.5", "a while", "acts.csv, row 1 (line 2), column minutes: must be a number"),
        ("acts", "12.5", "-3", "acts.csv, row 1 (line 2), column minutes: must be finite and not below 0"),
        ("acts", "12.5", "", "acts.csv, row 1 (line 2), column minutes: there is nothing; a value must be there"),
        ("acts", "12.5", "1e999", "acts.csv, row 1 (line 2), column minutes: this is no number that can be worked with"),
        ("acts", '"p7","p1"', '"p7","p7"', "acts.csv, row 1 (line 2), column actor: must be two people"),
        ("acts", "1.5,", "2026-02-30,", "acts.csv, row 1 (line 2), column day: no such date; write 2026-11-27 or 2026-11-27T18:30:00Z (and 1 rows more)"),
        ("acts", "1.5,", "1000000,", "acts.csv, row 1 (line 2), column day: no such day: at most 100,000 from day 0"),
        ("acts", "day", "date", "acts.csv: the columns day are missing"),
        ("acts", '"help"', '"help","mood"', "acts.csv: cannot be read as CSV: a line has 6 values for 7 columns"),
        ("assignments", "0.5", "1.5", "assignments.csv, row 1 (line 2), column probability: must be above 0 and at most 1"),
        ("assignments", '"p1","listing"', '"p1","boat"', "assignments.csv, row 2 (line 3), column arm: this is not one of the arms"),
        ("assignments", ",4", ",4.5", "assignments.csv, row 3 (line 4), column cluster: must be a whole number, -2147483648 to 2147483647"),
        ("decisions", "true,true", "maybe,true", "decisions.csv, row 1 (line 2), column is_available: must be true or false"),
        ("decisions", "true,true,1", "true,true,-1", "decisions.csv, row 1 (line 2), column treated: must be 0 or more"),
        ("prompts", "3.01", "3.05", "prompts.csv, row 1 (line 2), column answered: must be no sooner than shown"),
        ("prompts", "3.1,0", "3.1,7", "prompts.csv, row 1 (line 2), column decision: must be below 2, the decisions"),
        ("observations", '"p7","lonely",0,7', '"p7","lonely",0,70', "observations.csv, row 1 (line 2), column value: lonely must be 3.0 to 9.0"),
        ("observations", ',"passed"', ',"gone"', "observations.csv, row 3 (line 4), column missing: must be one of: there_is_one, passed, expired, not_reached, not_asked, unreadable"),
        ("observations", ',,"passed"', ',,"there_is_one"', "observations.csv, row 3 (line 4), column value: must be a number if and only if nothing is missing"),
        ("observations", "lonely", "happy", "observations.csv, row 1 (line 2), column measure: this is not one of the names in measures"),
        ("observations", '"p7","did",3.02', '"p1","did",3.02', "observations.csv, row 2 (line 3), column prompt: must be of whom it was asked"),
        ("follow_up", "p1", "p7", "follow_up.csv, row 2 (line 3), column person: this person is there twice"),
        ("follow_up", ",20,", ",-1,", "follow_up.csv, row 2 (line 3), column ends: must be no sooner than starts"),
        ("follow_up", "lost", "bored", "follow_up.csv, row 2 (line 3), column why: must be one of: study_ended, left, revoked, lost, died"),
        ("measures", ",3,9", ",9,3", "measures.csv, row 1 (line 2): lonely must have a range, got 9.0 to 3.0"),
        ("measures", '"did"', '"lonely"', "measures.csv, row 2 (line 3), column name: this is there twice"),
        ("people", "p1", "p7", "people.csv, row 2 (line 3), column id: this is there twice"),
        ("people", "id", "who", "people.csv: the column id is missing"),
    ],
)  # fmt: skip
def test_what_is_not_right_is_refused_with_its_place_and_reason(texts, file, old, new, said):
    change(texts / f"{file}.csv", old, new)

    assert refused(texts) == said


def test_a_duplicated_answer_is_refused(texts):
    with (texts / "observations.csv").open("a") as file:
        file.write("p7,lonely,0,6,there_is_one,,1\n")

    assert refused(texts) == (
        "observations.csv, row 4 (line 5), column person: this person has an answer to this measure "
        "for this very moment already"
    )


def test_a_date_outside_any_study_is_refused(folder):
    put(folder / "acts.parquet", day=[datetime(1815, 6, 18, tzinfo=UTC)] * 2)

    assert refused(folder) == (
        "acts.parquet, row 1, column day: no such date: must be in the years 1900 to 2199 (and 1 rows more)"
    )


def test_dates_here_and_numbers_there_are_refused(folder):
    put(folder / "acts.parquet", day=[datetime(2026, 11, 27, tzinfo=UTC)] * 2)

    assert "days are dates here (acts.parquet, column day) and numbers elsewhere" in refused(folder)


def test_a_gap_without_a_reason_is_refused(texts):
    table = pa_csv.read_csv(texts / "observations.csv").drop_columns(["missing"])
    pa_csv.write_csv(table, texts / "observations.csv")

    assert refused(texts) == (
        "observations.csv, row 3 (line 4), column value: there is nothing, and no column missing that says why"
    )


def test_a_column_of_another_kind_is_refused(folder):
    put(folder / "acts.parquet", minutes=[[1.0], [2.0]])

    assert refused(folder).startswith("acts.parquet, column minutes: holds list<")


def test_a_file_that_is_none_is_refused(folder):
    (folder / "acts.parquet").write_bytes(b"PAR1 but not really")

    assert refused(folder) == (
        "acts.parquet: cannot be read as Parquet: it is damaged, or another kind of file"
    )


def test_lines_of_different_length_are_refused(texts):
    with (texts / "acts.csv").open("a") as file:
        file.write("1,2\n")

    assert refused(texts) == "acts.csv: cannot be read as CSV: a line has 2 values for 6 columns"


def test_text_in_another_coding_is_refused(texts):
    (texts / "people.csv").write_bytes("id\nZoë\n".encode("latin-1"))

    assert refused(texts).startswith("people.csv: cannot be read as CSV: it must be UTF-8")


def test_one_table_in_two_files_is_refused(folder):
    (folder / "acts.csv").write_text("day\n")

    assert refused(folder) == "acts.csv: acts.parquet is here too; leave only one"


def test_a_folder_without_people_is_refused(folder, tmp_path):
    (folder / "people.parquet").unlink()

    assert refused(folder) == "people.parquet: must be in data: it says who there is"
    assert refused(tmp_path / "nowhere") == "nowhere: this is no folder of records"


def test_an_error_names_nobody(texts):
    change(texts / "acts.csv", '1.5,"p7"', '1.5,"Ada Lovelace"')

    assert "Ada" not in refused(texts)


def test_a_million_answers_are_read_in_seconds(tmp_path):
    study, n = small_study(), 1_000_000
    many = np.arange(n)
    observations = Observations(
        3, study.observations.measures, (many % 3).astype(np.int32), np.zeros(n, np.int16),
        many / 24.0 / 60, np.full(n, 7.0), np.zeros(n, np.int8), np.full(n, -1, np.int32),
        np.ones(n, np.int16),
    )  # fmt: skip
    write_records(tmp_path, replace(study, observations=observations), small_names())

    records, _ = read_records(tmp_path)

    assert len(records.observations.day) == n

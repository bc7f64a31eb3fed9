from click.testing import CliRunner

from kith.core.export.questions import Question
from kith.core.export.redcap import written
from kith.core.records import Measure
from kith.lab.records_files import read_records
from kith.lab.redcap_files import redcap

MEASURES = (
    Measure("pain", unit="points", least=0.0, most=10.0),
    Measure("used", words=("no", "yes")),
    Measure("days"),
)


def run(*arguments):
    return CliRunner().invoke(redcap, [str(one) for one in arguments])


def test_dictionary_comes_in_as_the_measures_of_a_folder_of_records(tmp_path):
    text = written(map(Question.of, MEASURES), form="kith")
    (tmp_path / "dictionary.csv").write_text("\ufeff" + text)
    (tmp_path / "people.csv").write_text("id\nana\n")

    result = run(tmp_path / "dictionary.csv", tmp_path / "measures.csv")

    assert result.exit_code == 0
    assert result.stdout == (
        "3 measures came in, 1 fields did not\n"
        "  record_id: free text, dates and the like are not brought in\n"
    )
    (tmp_path / "dictionary.csv").unlink()
    assert read_records(tmp_path)[0].observations.measures == MEASURES


def test_other_files_are_refused(tmp_path):
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    (tmp_path / "latin.csv").write_bytes("é".encode("latin-1"))

    results = [run(tmp_path / name, tmp_path / "out.csv") for name in ("other.csv", "latin.csv")]

    assert [result.exit_code for result in results] == [1, 1]
    assert "other.csv: columns" in results[0].stderr
    assert "latin.csv: is not written in UTF-8" in results[1].stderr
    assert not (tmp_path / "out.csv").exists()

import csv
import io
import json

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from tests.core.export.crowd import MEASURES, about, everybody, records

from kith.core.export import redcap
from kith.core.export.fhir import questionnaire, responses
from kith.core.export.notice import NOTICE
from kith.core.export.questions import Question, questions
from kith.core.export.release import Settings, release
from kith.core.measures import instrument
from kith.core.records import Measure
from kith.core.study import read

QUESTIONS = tuple(Question.of(measure) for measure in MEASURES)
URL = "urn:kith:study:made-up"


def test_questionnaire_is_what_fhir_says():
    made = questionnaire(URL, "A made-up study", QUESTIONS)

    read = Questionnaire.model_validate(made)

    assert [item.linkId for item in read.item] == ["period", "lonely", "cue", "craving"]
    assert [item.type for item in read.item] == ["integer", "decimal", "choice", "decimal"]
    assert [o.valueCoding.display for o in read.item[2].answerOption] == ["no", "yes"]


PLAN = read("""
[study]
title = "Made up"

[[measures]]
key = "mood"
instrument = "phq4"

[[measures]]
key = "urine"
instrument = "records"
""")


def test_items_of_an_instrument_have_its_words_its_answers_and_loincs_code():
    measures = (*instrument("phq4").measures("mood"), Measure("urine", words=("clean", "not")))

    asked = {question.measure.name: question for question in questions(measures, PLAN)}

    nervous = asked["mood_nervous"]
    assert nervous.text.endswith("Feeling nervous, anxious or on edge")
    assert nervous.choices[0] == (0, "Not at all")
    assert nervous.loinc == "69725-0"
    assert (asked["mood"].text, asked["mood"].choices) == ("Worry and low mood, 0 to 12", ())
    assert (asked["urine"].text, asked["urine"].choices) == ("urine", ((0, "clean"), (1, "not")))
    made = questionnaire(URL, "Made up", asked.values())
    codes = [item.code[0].code for item in Questionnaire.model_validate(made).item if item.code]
    assert codes == ["69725-0", "68509-9", "44250-9", "44255-8"]


def test_responses_are_what_fhir_says_and_hold_each_value_once():
    made = release(records(60), about(60), everybody(60), Settings(), seed=1)
    answers = {table.name: table for table in made.tables}["answers"]

    found = list(responses(URL, answers, QUESTIONS))

    for one in found[:40]:
        assert QuestionnaireResponse.model_validate(one).status == "completed"
    given = [a for one in found for item in one["item"][1:] for a in item["answer"]]
    assert len(given) == int((answers.columns["missing"] == 0).sum())
    assert "authored" not in json.dumps(found)


def test_redcap_comes_back_as_it_went():
    text = redcap.written(QUESTIONS, form="check_in")

    read = redcap.read(text)

    assert read.measures == MEASURES
    assert read.left_out == (("record_id", "free text, dates and the like are not brought in"),)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0]) == list(redcap.COLUMNS)
    assert rows[2]["Choices, Calculations, OR Slider Labels"] == "0, no | 1, yes"


def test_redcap_of_others_brings_in_what_is_a_number():
    head = ",".join(f'"{name}"' for name in redcap.COLUMNS)
    rows = [
        'used,form,,yesno,"Used?",,,,,,,,,,,,,',
        'pain,form,,slider,"Pain",,,,,,,,,,,,,',
        'mood,form,,radio,"Mood","1, low | 3, high",,,,,,,,,,,,',
        'story,form,,notes,"Tell",,,,,,,,,,,,,',
        'born,form,,text,"Born",,,date_ymd,,,y,,,,,,,',
        'sum,form,,calc,"Sum","[a]+[b]",,,,,,,,,,,,',
    ]

    read = redcap.read("\n".join([head, *rows]))

    assert read.measures == (
        Measure("used", words=("No", "Yes")),
        Measure("pain", least=0.0, most=100.0),
        Measure("mood", least=1.0, most=3.0),
    )
    assert [name for name, _ in read.left_out] == ["story", "born", "sum"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a,b\n1,2\n", "is it REDCap's data dictionary"),
        ("dup", "line 3: used is there twice"),
        ("bad", "line 2, pain: pain must have a range"),
    ],
)
def test_file_that_is_no_dictionary_is_refused_with_its_line(text, why):
    head = ",".join(f'"{name}"' for name in redcap.COLUMNS)
    twice = "\n".join([head, *['used,form,,yesno,"Used?",,,,,,,,,,,,,'] * 2])
    wrong = f'{head}\npain,form,,text,"Pain",,,number,9,1,,,,,,,,'

    with pytest.raises(redcap.DictionaryError, match=why):
        redcap.read({"dup": twice, "bad": wrong}.get(text, text))


def test_notice_says_what_the_law_says_and_promises_nothing():
    assert "42 CFR part 2 prohibits unauthorized use or disclosure of these records." in NOTICE
    assert "anonym" not in NOTICE.lower()

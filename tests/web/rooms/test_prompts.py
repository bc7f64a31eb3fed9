"""What a guided conversation may ask: the rules of docs/science/prompts.md, as far as a test sees."""

import ast
import re
import tomllib
from collections import Counter
from importlib.resources import files

import pytest
from django.utils import translation

from kith.web.circles.choices import cards as pair_cards
from kith.web.kit import parameters
from kith.web.rooms.queries import prompts
from kith.web.rooms.queries.guide import guide
from kith.web.rooms.queries.prompts import SETS, Prompt, Use

DATA = files("kith.web.rooms") / "data"
ALL = [prompt for one in prompts.decks(*Use) for prompt in one.prompts]
each_prompt = pytest.mark.parametrize("prompt", ALL, ids=lambda prompt: prompt.key)
LONGEST = 120
LEAST = {
    Use.FIRST: 12,
    Use.SECOND: 12,
    Use.THIRD: 12,
    Use.ROUND: 8,
    Use.CLOSING: 6,
    Use.LISTENING: 8,
    Use.PRACTICE: 8,
}
# Words that a prompt never holds, by the rule that they would break.
NEVER = {
    "method": r"smok\w*|inject\w*|snort\w*|needle\w*|pills?|powder|drink\w*|drank|drunk|drugs?|high",
    "dose": r"dose\w*|grams?|how (?:much|many|often|long)|milligrams?|last (?:use|drink|time)",
    "first use": r"first (?:time|use|drink)|start(?:ed)? using|used?|using|sober|clean|relapse\w*",
    "violence": r"hit|hurt\w*|fight\w*|fought|violen\w*|abus\w*|weapon\w*|kill\w*|blood|die[ds]?|death",
    "crime": r"crimes?|jail|prison|police|arrest\w*|steal|stole\w*|illegal|court|forgiv\w*|guilt\w*",
    "third persons": r"names? of|called|whose|boss|dealer|husband|wife|father|mother|ex",
    "diagnosis": r"diagnos\w*|disorder\w*|illness\w*|disease\w*|addict\w*|patient\w*|trauma\w*",
    "medicine": r"medicin\w*|medicat\w*|methadone|buprenorphine|naltrexone|treatment|therap\w*|doctor\w*",
    "money": r"money|cash|pay|paid|salary|afford\w*|rent|debts?|earn\w*|cost\w*|dollars?|buy|bought",
    "address": r"addresses|where do you (?:live|work|sleep)|street|phone number|surname|employer|job",
    "ranking": r"best|worst|most|least|favou?rite|better|worse|more than|compare\w*|rank\w*|biggest",
    "counting": r"days? since|streak|how long since|percent|score",
    "what overwhelms": r"secret\w*|shame\w*|ashamed|cried|cry|nightmare\w*|childhood|hardest|darkest",
    "slogans": r"journey|warrior|hero(?:es)?|amazing|awesome",
}
# All keys that were ever in use, in the words of the file. A line may be added, and none may go: a
# prompt that is taken out keeps its key here, so that nobody gives it to another.
EVER = {
    Use.FIRST: "easier seat tasted morning_sound hands song weather laugh teach smell way hello came "
    "up quiet_hour kept_thing",
    Use.SECOND: "forward helps_a_little kindness ask_me learned rest unseen taking_help belonged "
    "long_hour kind_words trust recovery giving changed_mind welcome_home",
    Use.THIRD: "heavy hope when_alone helped proud said_first same dear hard_night like_this heard "
    "know_too more_of stayed asking thanked year_on",
    Use.ROUND: "here week set_down good_moment from_us as_weather met helped_week not_alone ahead",
    Use.CLOSING: "along thanks next_hour hello_later one_word come_again tonight",
    Use.LISTENING: "right_now went_well was_hard thankful somebody from_inside senses at_ease needs "
    "silence",
    Use.PRACTICE: "nine_pm first_words early_exit door where_to small_ask company long_night "
    "ten_minutes next_step",
}
OF_THE_36 = (
    "perfect day",
    "crystal ball",
    "dinner guest",
    "rehearse what you",
    "grateful",
    "most treasured",
    "life story",
    "how you will die",
    "embarrassing",
    "house catches fire",
    "in common",
    "what does friendship mean",
)


@pytest.mark.parametrize("use", list(Use))
def test_there_are_enough_of_each_use(use):
    assert len(prompts.deck(use).prompts) >= LEAST[use]


def test_file_holds_the_uses_and_no_others():
    held = list(tomllib.loads(DATA.joinpath("prompts.toml").read_text("utf-8")))

    assert held == [use.value for use in Use]


@each_prompt
def test_prompt_can_be_read_at_a_glance(prompt: Prompt):
    assert 12 <= len(prompt.english) <= LONGEST
    assert len(re.findall(r"[.?]", prompt.english)) in {1, 2}
    assert re.search(r"[a-z][.?]$", prompt.english)
    assert prompt.english[0].isupper()
    assert max(map(len, re.findall(r"[a-z]+", prompt.english))) <= 11


@pytest.mark.parametrize("rule", NEVER)
def test_no_prompt_asks_for_what_the_rules_forbid(rule: str):
    # "If you use it at all" is about a word, and "use" of a word harms nobody.
    said = [prompt.english.lower().replace("if you use it at all", "") for prompt in ALL]

    assert [words for words in said if re.search(rf"\b(?:{NEVER[rule]})\b", words)] == []


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        ("dose", "How much did you take?"),
        ("method", "What drugs do you like?"),
        ("first use", "When was your first time?"),
        ("violence", "Who hurt you?"),
        ("crime", "What did the police say?"),
        ("medicine", "Do you still need methadone?"),
        ("ranking", "What was your worst day?"),
        ("money", "How do you pay for it?"),
    ],
)
def test_rules_would_see_what_they_are_for(rule: str, asked: str):
    assert re.search(rf"\b(?:{NEVER[rule]})\b", asked.lower())


def test_no_prompt_counts():
    # An hour of the day, as people say it, is no count.
    said = [re.sub(r"\b\d{1,2} [ap]m\b", "", prompt.english) for prompt in ALL]

    assert [words for words in said if re.search(r"\d", words)] == []


@pytest.mark.parametrize("words", OF_THE_36)
def test_no_prompt_is_one_of_the_published_ones(words: str):
    assert [prompt.key for prompt in ALL if words in prompt.english.lower()] == []


def test_no_prompt_stands_twice():
    said = Counter(re.sub(r"\W", "", prompt.english.lower()) for prompt in ALL)

    assert [words for words, times in said.items() if times > 1] == []


def test_no_prompt_is_a_card_of_listening_pairs():
    with translation.override("en"):
        cards = {str(card) for card in pair_cards.CARDS}

    assert cards & {prompt.english for prompt in ALL} == set()


@pytest.mark.parametrize("use", list(Use))
def test_keys_never_change(use):
    now = [prompt.key.removeprefix(f"{use.value}.") for prompt in prompts.deck(use).prompts]

    assert [key for key in now if key not in EVER[use].split()] == []


def test_keys_are_short_and_plain():
    assert [one.key for one in ALL if not re.fullmatch(r"[a-z]+\.[a-z_]{2,20}", one.key)] == []


def test_to_listen_is_no_question():
    said = [prompt.english for prompt in prompts.deck(Use.LISTENING).prompts]

    assert [words for words in said if "?" in words] == []


def test_every_prompt_is_marked_for_translation_and_nothing_else():
    tree = ast.parse(DATA.joinpath("words.py").read_text("utf-8"))
    marked = [
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.args[0], ast.Constant)
    ]

    assert marked == [prompt.english for prompt in ALL]


def test_no_prompt_has_a_percent_sign():
    """Django doubles it before it looks the text up, and would find no translation."""
    assert "%" not in DATA.joinpath("prompts.toml").read_text("utf-8")


def test_sets_deepen_in_their_order():
    assert [str(prompts.deck(use).name) for use in SETS] == [
        "Light and true",
        "A little nearer",
        "Close to each other",
    ]


@pytest.mark.django_db
def test_numbers_come_from_the_evidence():
    held = guide()

    assert (held.minutes["total"], held.minutes["listen"], held.minutes["gaze"]) == (45, 5, 2)
    assert (held.lengths, held.talk_most) == ([15, 30, 45], 4)


@pytest.mark.django_db
def test_there_are_as_many_sets_as_the_evidence_says():
    assert parameters.whole("fastfriends.sets") == len(SETS)


@pytest.mark.django_db
def test_page_at_one_phone_shows_every_card_without_a_script(client):
    body = client.get("/practice/conversation/").content.decode()

    shown = body.split('class="all-cards"')[1]
    for use in (*SETS, Use.LISTENING, Use.CLOSING, Use.PRACTICE):
        for prompt in prompts.deck(use).prompts:
            assert prompt.english in shown


@pytest.mark.django_db
def test_page_is_only_read(client):
    assert client.post("/practice/conversation/").status_code == 405

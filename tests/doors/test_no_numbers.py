"""No number about a person is shown to another: not by any template, and not by any answer."""

import re
from copy import deepcopy

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils.formats import date_format
from tests.doors.asking import addresses
from tests.doors.crowd import CALLED, NOT_COUNTED, NUMBERS, SEEDS, crowded
from tests.doors.printing import telling
from tests.doors.walk import every_address

from kith.web.people.models import Person

WEB = settings.PACKAGE_DIR / "web"
TEMPLATES = sorted(
    str(path.relative_to(WEB)).replace("templates/", "", 1)
    for path in WEB.glob("*/templates/**/*")
    if path.suffix in {".html", ".txt", ".xml", ".json", ".ics"}
)

# What is printed and sounds like a number about somebody, and is none: (template, expression), why.
# Think twice before adding a line: would the person whose page this is want it read by another?
_BACKUPS = "for how long the instance keeps backups"
_FIELD = "by what a page finds one of its own fields"
_MOST = "how many letters fit into a field"
_ABOUT = '"id_"|add:section.name|add:"_words"'
IS_NO_NUMBER_ABOUT_SOMEBODY: dict[tuple[str, str], str] = {
    ("circles/circles/_circle_favors.html", "one.number"): "an ask, in the address that answers it",
    ("circles/circles/circle_away.html", "form.weeks"): "what is wrong in a form",
    ("circles/circles/pair_listening.html", "turn.number"): "which of the two talks now",
    ("circles/circles/wish.html", "form.fields.brings.max_length"): _MOST,
    ("gatherings/gatherings/_found.html", "days"): "rows of gatherings, day by day",
    ("gatherings/gatherings/_getting_in.html", "place.pk"): "a place, for its calendar",
    ("gatherings/gatherings/gathering_changes.html", "since|date:date_form"): "a day to look from",
    ("gatherings/gatherings/_second_host.html", "new_days"): "for how long all are new",
    ("gatherings/gatherings/hosting_dates.html", "forloop.counter"): "dates of a gathering",
    ("gatherings/gatherings/hosting_form.html", "forloop.counter"): "towns of one name",
    ("gatherings/gatherings/hosting_form.html", "form.minutes"): "how long a gathering takes",
    ("kit/kit/_hints.html", "field_id"): _FIELD,
    ("messages/messages/conversation.html", "words_most"): _MOST,
    ("notices/notices/_unseen.html", "notice.pk"): "one's own notice, to say that it was seen",
    ("notices/notices/notices.html", "pace_form.most"): "what one asked for, in words of a list",
    ("notices/notices/notices.html", "way.pk"): "one's own browser, in the address that drops it",
    ("people/people/about/_gifts.html", _ABOUT): _FIELD,
    ("people/people/about/_gifts.html", "form.fields.words.max_length"): _MOST,
    ("people/people/about/_living_with.html", _ABOUT): _FIELD,
    ("people/people/about/_living_with.html", "form.fields.words.max_length"): _MOST,
    ("people/people/about/_role.html", _ABOUT): _FIELD,
    ("people/people/about/_role.html", "form.fields.words.max_length"): _MOST,
    ("plans/plans/_form.html", "form.fields.words.max_length"): _MOST,
    ("plans/plans/_stem.html", "since"): "the month of one's own first leaf, by name",
    ("plans/plans/asked.html", "form.days"): "on which days one can be reached, from a list",
    ("plans/plans/asked.html", "form.often"): "how often one can be reached, in words of a list",
    ("plans/plans/mine.html", "forloop.counter"): _FIELD,
    ("plans/plans/mine.html", "plan.since"): "the month of one's own first leaf, by name",
    ("reach/reach/ringing.html", "forloop.counter"): "which of three breathes first on the page",
    ("reach/reach/stay.html", "form.calls_help"): "what one chooses oneself, yes or no",
    ("reach/reach/willing.html", "form.most_a_day"): "how often one lets oneself be rung: a limit",
    ("reach/reach/willing.html", "form.most_a_week"): "how often one lets oneself be rung: a limit",
    ("rooms/rooms/_guide.html", "guide.talk_most"): "how many a talk can hold, for everybody",
    ("rooms/rooms/_guide.html", "length"): "how long a talk may last",
    ("safety/safety/_reports.html", "report.pk"): "a report, in its address, for its stewards",
    ("safety/safety/report.html", "report.pk"): "a report, in its address, for its stewards",
    ("safety/safety/report.html", "pause.days"): "what is wrong in a form",
    ("safety/safety/report.html", "pause.since|date:date_form"): "when stewards paused somebody, "
    "for the stewards who have to decide; the person reads the same",
    ("study/study/check_in.html", "field|length"): "how many answers a question has, for its look",
    ("study/study/study.html", "forloop.counter"): _FIELD,
    ("study/study/study.html", "least_age"): "how old all of a study have to be",
    ("simulator/simulator/_field.html", "field.help_text"): "what a number in a form may be",
    ("simulator/simulator/_form.html", "form.weeks"): "how long a made-up town is to be lived",
    ("people/people/erase.html", "backup_days"): _BACKUPS,
    ("people/people/erased.html", "backup_days"): _BACKUPS,
    ("people/people/join.html", "form.least_age"): "how old all have to be",
    ("people/people/you.html", "passkey.pk"): "one's own key, in the address that drops it",
    ("people/people/you.html", "session.seen_on|date:date_form"): "one's own door, on which day",
}


@pytest.mark.parametrize("template", TEMPLATES)
def test_template_prints_no_number_about_anybody(template):
    app, _, rest = template.partition("/")
    found = telling((WEB / app / "templates" / rest).read_text())

    unexplained = [one for one in found if (template, one) not in IS_NO_NUMBER_ABOUT_SOMEBODY]

    assert unexplained == [], (
        "Say it in words, or leave it out. If it is no number about a person, add it to "
        "IS_NO_NUMBER_ABOUT_SOMEBODY with the reason."
    )


def test_no_reason_is_kept_for_what_is_no_longer_printed():
    printed = {
        (template, one)
        for template in TEMPLATES
        for app, _, rest in [template.partition("/")]
        for one in telling((WEB / app / "templates" / rest).read_text())
    }

    assert IS_NO_NUMBER_ABOUT_SOMEBODY.keys() - printed == set()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("{{ person.acts|length }}", ["person.acts|length"]),
        ("{{ acts.count }}", ["acts.count"]),
        ("{{ person.n_acts }}", ["person.n_acts"]),
        ("{{ tie.strength|floatformat:2 }}", ["tie.strength|floatformat:2"]),
        ("{% for a in b %}{{ forloop.counter }}{% endfor %}", ["forloop.counter"]),
        ("{% with n=acts|length %}{{ n }}{% endwith %}", ["acts|length"]),
        ("{% include 'a.html' with n=ties.total %}", ["ties.total"]),
        ("{% load i18n %}{% blocktranslate with n=person.days_here %}{{ n }}{% endblocktranslate %}", ["person.days_here"]),
        ("{% load i18n %}{% blocktranslate count n=acts|length %}a{% plural %}b{% endblocktranslate %}", ["acts|length"]),
        ("{% if a %}{% if b %}{{ x.score }}{% endif %}{% endif %}", ["x.score"]),
        ("{% block main %}{{ streak }}{% endblock %}", ["streak"]),
        ("{{ person.joined_on|timesince }}", ["person.joined_on|timesince"]),
        ("{% widthratio x.total 9 1 %}", ["x.total"]),
        ("{% firstof x.rank %}", ["x.rank"]),
        ("{% url 'people:drop_passkey' number=person.pk %}", ["person.pk"]),
        ("{% if acts|length > 1 %}some{% endif %}", []),
        ("{{ gathering.name|default:'' }}{{ called }}", []),
        ("{{ field.id_for_label }}{{ person.id }}", ["person.id"]),
    ],
)  # fmt: skip
def test_planted_number_is_found(source, found):
    assert telling(source) == found


# ---- what is answered ---------------------------------------------------------------------------
def spellings(number):
    """Return `number` in every way that a page may write it."""
    texts = {str(number)}
    if isinstance(number, int):
        texts |= {
            f"{number // 1000}{mark}{number % 1000:03}"
            for mark in (",", ".", " ", "\u202f", "\xa0")
        }
    if isinstance(number, float):
        texts |= {f"{number:.{digits}f}" for digits in (2, 3, 4)} | {f"{number:g}"}
        texts |= {str(round(number))} if number > 1000 else set()
    return texts | {text.replace(".", ",") for text in texts}


def standing_alone(text):
    """Return a pattern for `text` where it is no part of a longer number or word."""
    return re.compile(rf"(?<![\w.,-]){re.escape(text)}(?![\w%])")


PATTERNS = {
    what: [(text, standing_alone(text)) for text in spellings(number)]
    for what, number in NUMBERS.items()
}


def numbers_in(text):
    """Return which of the planted numbers `text` shows."""
    bare = re.sub(r'name="(?:csrfmiddlewaretoken|offered)" value="[^"]*"', "", text)
    return [
        what
        for what, patterns in PATTERNS.items()
        # To look whether it is there at all takes a hundredth of the time.
        if any(text in bare and pattern.search(bare) for text, pattern in patterns)
    ]


def everything_said(town):
    """Yield who asked, where, the text that was answered, and what stood above it."""
    for found, said in addresses():
        for kind, who in town.comers.items():
            things = said.things(town, who)
            for arguments in [*things.mine, *things.closed][:2]:
                # What only steward or person themselves may send is tried by the walk.
                answer = who.client.get(found.at(arguments))
                text = answer.content.decode("utf-8", "replace")
                yield kind, found.name, text, str(answer.headers)


@pytest.fixture(scope="module")
def build():
    return crowded


@pytest.fixture(scope="module")
def all_said(standing_town, django_db_blocker):
    """All that everybody is told anywhere: they ask once, and it is read for one thing after another."""
    with django_db_blocker.unblock(), transaction.atomic():
        said = list(everything_said(deepcopy(standing_town)))
        transaction.set_rollback(True)
    return said


@pytest.mark.slow
def test_no_answer_shows_a_number_about_anybody(all_said):
    shown = {(kind, name, what) for kind, name, text, _ in all_said for what in numbers_in(text)}

    # How long each of their own evenings took is theirs to take with them.
    own = {
        ("curious", name, "minutes together") for name in ("people:export", "people:export_json")
    }
    # Of how many people a run was, and how many circles came of it, is about none of them.
    of_runs = {
        ("steward", f"admin:circles_formation_{page}", what)
        for page in ("changelist", "change")
        for what in ("people looked at", "circles formed")
    }
    assert shown - own == of_runs


@pytest.mark.slow
def test_whoever_may_not_is_told_neither_that_she_is_here_nor_since_when(town, all_said):
    joined = town.noor.joined_on
    words = (
        CALLED,
        str(town.noor.pk),
        town.noor.pk.hex,
        joined.isoformat(),
        date_format(joined, "j F Y"),
    )

    told = {
        (kind, name, word)
        for kind, name, text, headers in all_said
        if kind in {"stranger", "blocked", "former", "stopped", "paused"}
        for word in words
        if word in text or word in headers
    }

    # Whoever is paused may tell a steward of her, whose page they were shown before: that it is she.
    assert told == {("paused", "safety:tell_of", CALLED)}


@pytest.mark.slow
def test_she_may_read_of_herself_and_finds_no_number_either(town):
    page = town.noor_client.get("/you/").content.decode()
    # A key is named by a number of its own in the address that drops it.
    page = re.sub(r"/you/passkey/\d+/drop/", "", page)

    assert CALLED in page
    assert numbers_in(page) == []
    assert numbers_in(town.noor_client.get("/tonight/").content.decode()) == []


@pytest.mark.parametrize(
    "text", ["1373", "1,373 acts", "1.373", "(0.813749)", "0.81", "81%", "0,8137", "1709", "since 1511 days"]
)  # fmt: skip
def test_number_is_found_however_it_is_written(text):
    assert numbers_in(f"<p>{text}</p>") != []


@pytest.mark.parametrize("text", ["x1373y", "0.8", "13730", "a-1373", "81", "/static/1373.css?9"])
def test_what_is_no_such_number_is_let_be(text):
    assert numbers_in(text) == [] or text.startswith("/static")


def test_every_model_about_people_is_counted_or_says_why_not():
    """A new model that points at people must plant its number in crowd.py."""
    about = {
        model._meta.label_lower
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is Person
    }

    assert about - SEEDS.keys() - NOT_COUNTED.keys() == set()
    assert (SEEDS.keys() | NOT_COUNTED.keys()) - about == set()


def test_map_is_not_empty():
    assert len(list(every_address())) > 50

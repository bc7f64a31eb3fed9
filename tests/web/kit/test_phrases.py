from django.template import Engine

from kith.web.kit.phrases import Phrase, in_django, in_python, in_template

LOAD = "{% load i18n %}"


def in_markup(source: str) -> list[Phrase]:
    return list(in_template(LOAD + source, "a.html", Engine.get_default()))


def test_python_phrases_are_found_under_every_name_of_gettext():
    source = """
gettext("a"); gettext_lazy("b"); _("c"); gettext_noop("d"); translation.gettext("e")
ngettext("one", "many", 2); pgettext("month", "May"); npgettext("day", "one", "many", n)
"""

    found = list(in_python(source, "a.py"))

    assert found == [
        *(Phrase(text, "a.py") for text in "abcde"),
        Phrase("one", "a.py", plural="many"),
        Phrase("May", "a.py", context="month"),
        Phrase("one", "a.py", plural="many", context="day"),
    ]


def test_python_phrase_over_several_lines_is_one():
    assert list(in_python('_("You are "\n  "welcome.")', "a.py")) == [
        Phrase("You are welcome.", "a.py")
    ]


def test_what_is_no_literal_is_no_phrase():
    assert list(in_python("_(name); gettext(f'{x}'); other('a')", "a.py")) == []


def test_template_phrases_are_found_inside_blocks_and_branches():
    source = """{% if x %}{% translate "a" %}{% else %}{% for y in z %}{% translate 'b' as b %}
    {% endfor %}{% endif %}{% block main %}{% translate "May" context "month" %}{% endblock %}"""

    assert in_markup(source) == [
        Phrase("a", "a.html"),
        Phrase("b", "a.html"),
        Phrase("May", "a.html", context="month"),
    ]


def test_block_is_found_as_django_asks_for_it():
    source = """{% blocktranslate trimmed with name=x %}
      Call {{ name }},
      100% free.
    {% endblocktranslate %}"""

    assert in_markup(source) == [Phrase("Call %(name)s, 100%% free.", "a.html")]


def test_block_with_a_count_has_a_plural():
    source = (
        "{% blocktranslate count n=x %}One door{% plural %}{{ n }} doors{% endblocktranslate %}"
    )

    assert in_markup(source) == [Phrase("One door", "a.html", plural="%(n)s doors")]


def test_phrase_in_an_expression_is_found():
    source = """{% include "kit/_logo.html" with title=_("Tonight") %}{{ x|default:_('Soon') }}"""

    assert in_markup(source) == [Phrase("Tonight", "a.html"), Phrase("Soon", "a.html")]


def test_comment_and_variable_are_no_phrases():
    source = '{% comment %}{% translate "a" %}{% endcomment %}{% translate line.what %}'

    assert in_markup(source) == []


def test_days_and_months_are_borrowed_from_django():
    texts = {phrase.text for phrase in in_django()}

    assert {"Monday", "Dec.", "noon", "a.m."} <= texts

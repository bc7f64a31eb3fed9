"""Parts of a page that are the same for all: drawn once, and nothing of a reader gets in."""

import pytest
from django.template import Context, TemplateSyntaxError, engines
from django.utils import translation

from kith.web.kit.templatetags.kit import SAME_KEPT


def template(text):
    return engines["django"].engine.from_string("{% load i18n kit %}" + text)


def drawn(page, **values):
    return page.render(Context(values))


def test_part_is_drawn_once_for_all_who_read_one_language():
    page = template("{% same %}{% now 'u' %}{% endsame %}")

    assert drawn(page) == drawn(page)


def test_each_language_has_a_part_of_its_own():
    page = template("{% same %}{% get_current_language as now %}{{ now }}{% endsame %}")

    said = []
    for language in ("en", "es", "en"):
        with translation.override(language):
            said.append(drawn(page))

    assert said == ["en", "es", "en"]


def test_part_differs_by_what_is_named():
    page = template(
        "{% same current %}{% if current == 'you' %}you{% else %}others{% endif %}{% endsame %}"
    )

    pages = [drawn(page, current=current) for current in ("you", "tonight", "you")]

    assert [*pages, drawn(page)] == ["you", "others", "you", "others"]


def test_nothing_else_reaches_the_part():
    page = template(
        "{% same current %}[{{ me }}{{ csrf_token }}{{ request }}]{% endsame %}{{ me }}"
    )

    assert drawn(page, me="Ruth", csrf_token="secret", request="hers") == "[]Ruth"


def test_what_is_named_is_escaped():
    page = template("{% same name %}{{ name }}{% endsame %}")

    assert drawn(page, name="<b>") == "&lt;b&gt;"


def test_part_may_include_another_template():
    page = template('{% same %}{% include "kit/_logo.html" %}{% endsame %}')

    assert drawn(page).count('class="logo"') == 1
    assert drawn(page) == drawn(page)


def test_part_that_pages_fill_is_never_the_same():
    with pytest.raises(TemplateSyntaxError, match="A page fills a block itself"):
        template("{% same %}<p>{% block main %}{% endblock %}</p>{% endsame %}")


def test_only_so_many_are_kept_and_the_others_are_drawn_all_the_same():
    page = template("{% same name %}{{ name }}{% endsame %}")

    pages = [drawn(page, name=f"n{number}") for number in range(SAME_KEPT + 2)]

    assert pages == [f"n{number}" for number in range(SAME_KEPT + 2)]
    [node] = page.nodelist.get_nodes_by_type(type(page.nodelist[-1]))
    assert len(node._drawn) == SAME_KEPT

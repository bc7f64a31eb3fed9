"""Frames: drawn once for all who read one language, filled for each reader, never mixed up."""

import pytest
from django.utils import translation
from django.utils.safestring import SafeString

from kith.web.kit import frames


@pytest.fixture
def template(tmp_path, settings):
    """Write the template `page.html`."""
    engine = {**settings.TEMPLATES[0], "DIRS": [tmp_path]}
    settings.TEMPLATES = [engine]
    frames.forget()

    def write(text: str) -> None:
        (tmp_path / "page.html").write_text(text)

    yield write
    frames.forget()


def test_parts_go_where_the_template_names_them(template):
    template("<p>{{ first }}</p><p>{{ second }}</p><p>{{ first }}</p>")

    page = frames.filled("page.html", {"first": "one", "second": "two"})

    assert page == "<p>one</p><p>two</p><p>one</p>"


def test_part_is_escaped_unless_it_is_markup_of_ours(template):
    template("{{ typed }}{{ made }}")

    page = frames.filled("page.html", {"typed": "<b>", "made": SafeString("<i>")})

    assert page == "&lt;b&gt;<i>"


def test_part_that_looks_like_a_place_for_another_fills_nothing(template):
    template("{{ typed }}|{{ secret }}")

    page = frames.filled("page.html", {"typed": "\ue000secret\ue001", "secret": "Ruth"})

    assert page == "\ue000secret\ue001|Ruth"


def test_template_may_ask_whether_a_part_is_empty(template):
    template("{% if found %}{{ found }}{% else %}nothing{% endif %}")

    pages = [frames.filled("page.html", {"found": found}) for found in ("a choir", "", "a walk")]

    assert pages == ["a choir", "nothing", "a walk"]


def test_template_may_ask_for_a_flag(template):
    template("{% if is_near %}near{% else %}far{% endif %}")

    near = frames.filled("page.html", {}, flags=frozenset({"is_near"}))
    far = frames.filled("page.html", {}, current="gatherings")

    assert [near, far] == ["near", "far"]


def test_frame_is_drawn_once(template):
    template("first {{ name }}")
    frames.filled("page.html", {"name": "a"})

    template("second {{ name }}")

    assert frames.filled("page.html", {"name": "b"}) == "first b"


def test_each_language_has_a_frame_of_its_own(template):
    template("{% load i18n %}{% get_current_language as now %}{{ now }} {{ name }}")

    said = []
    for language in ("en", "es", "en"):
        with translation.override(language):
            said.append(frames.filled("page.html", {"name": "x"}))

    assert said == ["en x", "es x", "en x"]


def test_frame_knows_the_instance_and_forgets_it_when_told(template, settings):
    template("{{ kith_name }}")
    settings.KITH_NAME = "Millbrook"
    before = frames.filled("page.html", {}, current="gatherings")

    settings.KITH_NAME = "Westgate"
    frames.forget()

    assert [before, frames.filled("page.html", {})] == ["Millbrook", "Westgate"]


def test_page_knows_its_own_address(template, rf):
    template("{{ here }}")

    answer = frames.framed(
        rf.get("/gatherings/?near=York&km=5"), "page.html", {}, current="gatherings"
    )

    assert answer.content == b"/gatherings/?near=York&amp;km=5"

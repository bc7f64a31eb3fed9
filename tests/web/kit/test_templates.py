"""What no template of any app may hold."""

import re

import pytest
from django.conf import settings
from django.template import Engine

from kith.web.kit.pictures import icon_names

TEMPLATES = sorted(
    path
    for path in settings.PACKAGE_DIR.glob("web/*/templates/**/*")
    if path.suffix in {".html", ".txt"}
)
each_template = pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.PACKAGE_DIR / "web"))
)


@each_template
def test_template_holds_no_inline_style_or_script(path):
    text = path.read_text()

    assert re.findall(r"\sstyle\s*=|<style|\son[a-z]+\s*=|javascript:", text) == []
    assert re.findall(r"<script(?![^>]*\b(?:src|type=\"application/(?:ld\+)?json\"))", text) == []


@each_template
def test_template_gives_htmx_no_code_to_run(path):
    # hx-on, js: values and [filters] would be run as code; our policy forbids it, loudly.
    assert re.findall(r"hx-on|[\"']js:|hx-trigger=\"[^\"]*\[", path.read_text()) == []


@each_template
def test_template_names_only_icons_that_we_have(path):
    named = set(re.findall(r"{% icon [\"']([\w-]+)[\"']", path.read_text()))

    assert named - icon_names() == set()


@each_template
def test_template_compiles(path):
    Engine.get_default().from_string(path.read_text())


@each_template
def test_template_loads_nothing_from_elsewhere(path):
    # A link may lead away; a source may not.
    assert (
        re.findall(r"<(?:img|script|link|iframe|use)[^>]*=[\"']?(?:https?:)?//", path.read_text())
        == []
    )

"""Ties are for matching and studies: no desk, page or export shows one, nor counts acts."""

import ast
import re
from pathlib import Path

import pytest
from django.contrib import admin
from tests.web.acts.making import act, people

import kith.web
from kith.web.acts import actions
from kith.web.acts.choices import Help
from kith.web.acts.models import Act, Tie
from kith.web.people.queries import everything_of

WEB = Path(kith.web.__file__).parent
PAGES = {"views", "forms", "admin", "templatetags"}
# Names that only acts and ties have.
INSIDE = re.compile(r"\b(ties_up|ties_down|help_up|help_down|acts_with)\b")


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_desk_shows_neither_acts_nor_ties():
    assert {Act, Tie}.isdisjoint(admin.site._registry)


def test_no_page_reads_acts_or_ties():
    inside = ("kith.web.acts.models", "kith.web.acts.bridge")

    found = [
        (path.relative_to(WEB).as_posix(), name)
        for path in WEB.rglob("*.py")
        if PAGES & {*path.parent.parts, path.stem}
        for name in imported(path)
        if name.startswith(inside)
    ]

    assert found == []


@pytest.mark.parametrize("kind", ["templates/**/*", "static/**/*.js", "views/**/*.py", "views.py"])
def test_no_page_names_what_only_acts_and_ties_have(kind):
    pages = [path for path in WEB.rglob(kind) if path.suffix in {".html", ".js", ".txt", ".py"}]

    found = [path.name for path in pages if INSIDE.search(path.read_text())]

    assert pages
    assert found == []


@pytest.mark.django_db
def test_export_holds_what_somebody_did_and_not_how_they_are_tied():
    ruth, kofi = people(2)
    actions.record(act(ruth, kofi, help=Help.BOTH))

    found = [everything_of(person) for person in (ruth, kofi)]

    assert [[drawer.name for drawer in one] for one in found] == [
        ["person", "acts"],
        ["person", "acts_with"],
    ]
    assert not any("strength" in str(drawer) for one in found for drawer in one)

"""The pages for those who run, read and build kith: true to the tree, and none leads nowhere."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from tools.steps import ROOT

DOCS = ROOT / "docs"
PAGES = sorted(
    [
        *DOCS.rglob("*.md"),
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    ]
)
DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
each_decision = pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
MOST_WORDS = 450
PARTS = (
    "Status:",
    "Context.",
    "Decision.",
    "What we gave up.",
    "How we will know it was wrong.",
)


def packages(folder: Path) -> list[str]:
    """Return the names of the packages directly in `folder`."""
    return sorted(path.parent.name for path in folder.glob("*/__init__.py"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_link_leads_nowhere(path):
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text())

    inside = [link for link in links if not re.match(r"[a-z]+:", link)]

    assert [link for link in inside if not (path.parent / link).exists()] == []


@each_decision
def test_decision_says_all_it_should_on_one_page(path):
    text = path.read_text()

    assert re.match(rf"# {path.stem[:4]} \S", text)
    assert re.findall(r"^\*\*([^*]+)\*\*", text, re.MULTILINE) == list(PARTS)
    assert len(text.split()) <= MOST_WORDS


def test_decisions_are_numbered_without_a_gap_and_listed():
    listed = re.findall(r"\((\d{4}-[\w-]+\.md)\)", (DOCS / "decisions/README.md").read_text())

    assert [path.name for path in DECISIONS] == listed
    assert [int(name[:4]) for name in listed] == list(range(1, len(listed) + 1))


def test_architecture_shows_every_part_of_the_house():
    shown = re.findall(r"[├└]── (\w+)/", (DOCS / "architecture.md").read_text())
    source = settings.PACKAGE_DIR

    parts = [*packages(source / "core"), *packages(source / "web"), *packages(source)]

    assert sorted(shown) == sorted(parts)


def test_glossary_means_one_thing_by_a_word():
    entries = [
        line for line in (DOCS / "glossary.md").read_text().splitlines() if line.startswith("**")
    ]
    words = [word for line in entries for word in re.findall(r"\*\*([^*]+)\*\*", line)]

    assert sorted(set(words)) == sorted(words)
    assert [line for line in entries if not re.match(r"\*\*[^:]+\*\*: \S", line)] == []


@pytest.mark.parametrize("app", packages(settings.PACKAGE_DIR / "web"))
def test_glossary_has_the_word_an_app_is_called_by(app):
    singular = {
        "acts": "act",
        "circles": "circle",
        "gatherings": "gathering",
        "people": "person",
        "rooms": "room",
    }.get(app, app)

    assert f"**{singular}**" in (DOCS / "glossary.md").read_text()

"""What somebody may say of themselves: one page, a small form for each thing, and who sees it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from kith.web.kit.hints import Hint, hints
from kith.web.people import actions, forms, queries
from kith.web.people.bridge import homes
from kith.web.people.choices import ShownTo, Topic
from kith.web.people.models import Cell, Person, Said
from kith.web.people.views.doors import for_me

HOME = "home"
# In the order of the page.
_TITLES = {
    "languages": _("Languages"),
    "home": _("Roughly where you live"),
    "hours": _("When you have time"),
    "practices": _("What you like to do with others"),
    "gives": _("What you can give"),
    "receives": _("What you would like to receive"),
    "spaces": _("Whom you would like to be among"),
    "living_with": _("What you are recovering from or living with"),
    "role": _("What brings you here"),
    "may": _("What others may do"),
    "steadiness": _("How long you have been in this"),
}
_SHOWN = {
    ShownTo.ME: _("Only you see this."),
    ShownTo.HOSTS: _("Hosts where you come see this."),
    ShownTo.CIRCLE: _("Your circle sees this, once you are in one."),
    ShownTo.HERE: _("People you meet here see this, if they are signed in."),
}
# Where somebody is asked about themselves, what they call themselves is theirs.
_OF_ONESELF = frozenset({"living_with", "role"})
_HAS_WORDS = frozenset({"gives", "receives"}) | _OF_ONESELF


@dataclass(frozen=True, slots=True)
class Section:
    """One thing to say: what was said, who sees that, and the form to say it with."""

    name: str
    title: Any
    form: forms.AboutForm | None
    words: str
    shown: Any
    is_open: bool
    is_saved: bool
    hints: list[Hint]

    @property
    def template(self) -> str:
        """What is inside it."""
        return f"people/about/_{self.name}.html"


@dataclass(frozen=True, slots=True)
class Finding:
    """How far somebody is in finding their square of the map: nothing here outlasts the page."""

    form: forms.TownForm = field(default_factory=forms.TownForm)
    refusal: str = ""
    spots: tuple[tuple[str, Cell], ...] = ()
    map: homes.Map | None = None


@require_safe
@for_me
def about(request: HttpRequest, person: Person) -> HttpResponse:
    """Show somebody what they said of themselves, and let them say more."""
    return show_about(request, person, saved=request.GET.get("saved", ""))


@require_POST
@for_me
def say(request: HttpRequest, person: Person, name: str) -> HttpResponse:
    """Keep what somebody says about one thing."""
    if name not in forms.SECTIONS:
        raise Http404
    form = forms.SECTIONS[name](request.POST)
    if not form.is_valid():
        return show_about(request, person, faulty=form)
    said = form.said
    if said.get(Topic.HOURS):
        zone = homes.zone_named(request.COOKIES.get("tz", ""), settings.TIME_ZONE)
        said = {Topic.HOURS: {**said[Topic.HOURS], "zone": zone}}
    actions.say_all(person=person, said=said, shown_to=form.who_sees)
    return to_saved(name)


def to_saved(name: str) -> HttpResponse:
    """Return the page, on which what was just saved lies open."""
    return HttpResponseRedirect(f"{reverse('people:about')}?saved={name}#{name}")


def show_about(
    request: HttpRequest,
    person: Person,
    *,
    saved: str = "",
    faulty: forms.AboutForm | None = None,
    finding: Finding | None = None,
) -> HttpResponse:
    """Show the page: what was just `saved`, a form that came back, or a home that is being found."""
    said = queries.all_said_by(person)
    shown = {
        "sections": list(_sections(said, saved, faulty, finding)),
        "finding": finding or Finding(),
        "home": homes.home_of(said[Topic.HOME].value) if Topic.HOME in said else None,
        "shows_nothing": all(one.shown_to == ShownTo.ME for one in said.values()),
        "current": "you",
    }
    is_well = faulty is None and not (finding and finding.refusal)
    return render(request, "people/about.html", shown, status=200 if is_well else 400)


def _sections(
    said: Mapping[Topic, Said],
    saved: str,
    faulty: forms.AboutForm | None,
    finding: Finding | None,
) -> Iterator[Section]:
    for name, title in _TITLES.items():
        kind = forms.SECTIONS.get(name)
        is_faulty = kind is not None and type(faulty) is kind
        topics = kind.topics if kind else (Topic.HOME,)
        rows = [said[topic] for topic in topics if topic in said]
        yield Section(
            name=name,
            title=title,
            form=faulty if is_faulty else kind.holding(said) if kind else None,
            words=_words(name, rows),
            shown=_SHOWN[ShownTo(rows[0].shown_to)] if rows else "",
            is_open=name == saved or is_faulty or (name == HOME and finding is not None),
            is_saved=name == saved,
            hints=_hints(name, rows) if name == saved else [],
        )


def _words(name: str, rows: list[Said]) -> str:
    """Return in short what was said."""
    if name == HOME and rows:
        return homes.home_of(rows[0].value).words
    if name == "may":
        return "; ".join(map(str, rows))
    return "".join(row.get_value_display() for row in rows)


def _hints(name: str, rows: list[Said]) -> list[Hint]:
    """Return other words for those that were just saved."""
    if name not in _HAS_WORDS:
        return []
    texts = [row.value if name in _OF_ONESELF else row.value["words"] for row in rows]
    return [
        hint
        for text in texts
        for hint in hints(text, get_language() or "", is_of_oneself=name in _OF_ONESELF)
    ]

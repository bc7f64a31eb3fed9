"""Every way around a door, tried."""

from pathlib import Path

import pytest
from tools.check_doors import (
    SOURCE,
    in_python,
    in_static,
    in_template,
    in_tree,
    main,
    reverse_names_in,
)

VIEW = Path("kith/web/circles/views.py")
PAGE = Path("kith/web/circles/templates/circles/circle_page.html")
STYLE = Path("kith/web/circles/static/circles/circles.css")
SCRIPT = Path("kith/web/circles/static/circles/circles.js")


def test_the_house_has_no_way_around_its_doors():
    assert list(in_tree(SOURCE)) == []


# ---- queries in pages -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("circles = Circle.objects", ".objects"),
        ("Circle._default_manager.get(1)", "._default_manager"),
        ("Circle._base_manager.get(1)", "._base_manager"),
        ("rows = manager.raw('select 1')", ".raw"),
        ("rows = found.extra(where=['1'])", ".extra"),
        ("with db.cursor() as cursor: pass", ".cursor"),
        ("from django.shortcuts import get_object_or_404", "get_object_or_404"),
        ("from django.shortcuts import get_object_or_404 as get", "get_object_or_404"),
        ("from django.shortcuts import aget_list_or_404", "aget_list_or_404"),
        ("shortcuts.get_list_or_404(Circle)", "get_list_or_404"),
        ("from django.db import connection", "connection"),
        ("from django.db import connections", "connections"),
        ("from django.db.models.expressions import RawSQL", "RawSQL"),
    ],
)
def test_a_query_in_a_view_is_caught(source, what):
    offences = list(in_python(VIEW, f'"""Pages."""\n{source}\n'))

    assert [(offence.path, offence.line) for offence in offences] == [(VIEW, 2)]
    assert offences[0].what.startswith(f"{what} in a page")


REVERSE = frozenset({"seats", "messages"})


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("rows = person.messages.all()", ".all() of rows"),
        ("rows = person.messages.get(pk)", ".get() of rows"),
        ("many = person.messages.count()", ".count() of rows"),
        ("circle.seats.add(person)", ".add() of rows"),
        ("circle.seats.create(person=person)", ".create() of rows"),
        ("rows = access.visible_to(me).filter(pk=1)", ".filter() of rows"),
        ("row = access.visible_to(me).get(pk=1)", ".get() of rows"),
        ("row = access.visible_to(me).first()", ".first() of rows"),
        ("many = rows.count()", ".count() of rows"),
        ("rows = rows.order_by('pk')", ".order_by() of rows"),
        ("row.save()", ".save() of rows"),
        ("row.delete()", ".delete() of rows"),
        ("rows = [seat for seat in circle.seats.all()]", ".all() of rows"),
        ("rows.update(called='')", ".update() of rows"),
        ("row = Person(called='Ruth')", "Person()"),
        ("table = Person.related_objects", "Person.related_objects"),
    ],
)
def test_rows_that_a_page_reaches_without_a_door_are_caught(source, what):
    [offence] = in_python(VIEW, f'"""Pages."""\n{source}\n', REVERSE)

    assert (offence.path, offence.line) == (VIEW, 2)
    assert offence.what.startswith(f"{what} in a page")


@pytest.mark.parametrize(
    "source",
    [
        "near = request.GET.get('near', '')",
        "seen = request.session.get('seen')",
        "shown.update({'a': 1})",
        "many = names.count('a')",
        "response = super().get(request, pk=1)",
        "found.add(1)",
        "def page(person: Person) -> list[Person]:\n    return isinstance(person, Person)",
        "rows = queries.comings_of(person)",
        "call = values.pop('first')",
        "from kith.web.circles import actions\nactions.create(circle=circle)\nactions.save()",
        "cookie = response.delete_cookie('door')",
    ],
)
def test_what_is_no_row_is_let_be(source):
    assert list(in_python(VIEW, source, REVERSE)) == []


# ---- logs -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("log.info('%s joined', person)", "person in a log"),
        ("log.warning(f'{person.called} is here')", "called in a log"),
        ("logger.error('No: %s', form.cleaned_data['x'], extra={'who': words})", "words in a log"),
        ("logging.debug('%s', request.session)", "session in a log"),
        ("print('here')", "print"),
    ],
)
@pytest.mark.parametrize("name", ["views", "actions", "tasks", "access"])
def test_log_that_says_who_or_what_is_caught_everywhere(name, source, what):
    found = [offence.what for offence in in_python(VIEW.with_stem(name), source)]

    assert found != []
    assert any(one.startswith(what) for one in found)


@pytest.mark.parametrize(
    "source",
    [
        "log.warning('The list at %s cannot be read: %s', feed.address, error)",
        "log.info('%s', path)",
        "math.log(person)",
        "self.stdout.write(words)",
    ],
)
def test_log_of_what_is_nobodys_is_let_be(source):
    assert list(in_python(VIEW.with_stem("tasks"), source)) == []


def test_names_that_lead_back_are_read_from_the_models(tmp_path):
    planted = {
        "kith/web/circles/models.py": 'a = ForeignKey(Person, related_name="seats")',
        "kith/web/circles/migrations/0001_a.py": 'related_name="old"',
        "kith/web/circles/views.py": "for seat in circle.seats.iterator_of_mine(): pass",
    }
    for path, source in planted.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(source)

    assert reverse_names_in(tmp_path) == {"seats"}
    assert [offence.line for offence in in_tree(tmp_path)] == [1]


@pytest.mark.parametrize(
    "path",
    [
        "kith/web/circles/views.py",
        "kith/web/circles/views/seats.py",
        "kith/web/circles/consumers.py",
        "kith/web/circles/forms.py",
        "kith/web/circles/templatetags/circles.py",
        "kith/web/kit/views.py",
    ],
)
def test_a_query_is_caught_wherever_pages_are_made(path):
    assert len(list(in_python(Path(path), "Circle.objects"))) == 1


@pytest.mark.parametrize("name", ["access", "actions", "admin", "models", "queries", "tasks"])
def test_a_query_is_welcome_where_queries_live(name):
    assert list(in_python(VIEW.with_stem(name), "Circle.objects.all()")) == []


def test_a_view_that_opens_a_door_is_no_offence():
    source = "def page(request, pk):\n    return render(access.open_circle(request.user, pk))\n"

    assert list(in_python(VIEW, source)) == []


# ---- templates ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("{{ words|safe }}", "not escaped"),
        ("{{ words | safe }}", "not escaped"),
        ("{{ words|linebreaks|safe }}", "not escaped"),
        ("{{ words|safeseq|join:', ' }}", "not escaped"),
        ("{% include 'a.html' with words=words|safe %}", "not escaped"),
        ("{% autoescape off %}{{ words }}{% endautoescape %}", "not escaped"),
        ("{% filter safe %}{{ words }}{% endfilter %}", "not escaped"),
        ("<script>go()</script>", "a script in the page"),
        ('<script type="module">go()</script>', "a script in the page"),
        ('<script type="importmap">{}</script>', "a script in the page"),
        ("<style>p { color: red }</style>", "a style in the page"),
        ("<svg><style>p { color: red }</style></svg>", "a style in the page"),
        ('<p style="color: red">', "a style attribute"),
        ('<p {% if a %}style="color: red"{% endif %}>', "a style attribute"),
        ('<p STYLE="color: {{ color }}">', "a style attribute"),
        ('<button onclick="go()">', "onclick runs code"),
        ('<body OnLoad="go()">', "onload runs code"),
        ('<div hx-on::after-swap="go()">', "hx-on::after-swap runs code"),
        ('<div hx-on:click="go()">', "hx-on:click runs code"),
        ('<div hx-vals="js:{a: go()}">', "hx-vals runs code"),
        ('<a href="javascript:go()">', "href runs code"),
        ('<a href=" JavaScript:go()">', "href runs code"),
        ('<script src="https://cdn.example/a.js"></script>', "src goes elsewhere"),
        ('<script src="//cdn.example/a.js"></script>', "src goes elsewhere"),
        ('<img src="http://cdn.example/a.png" alt="">', "src goes elsewhere"),
        ('<img srcset="a.png 1x, https://cdn.example/a.png 2x">', "srcset goes elsewhere"),
        ('<link rel="stylesheet" href="https://cdn.example/a.css">', "href goes elsewhere"),
        ('<link rel="preload alternate" href="//cdn.example/a.css">', "href goes elsewhere"),
        ('<link rel="dns-prefetch" href="//cdn.example">', "href goes elsewhere"),
        ('<link href="//cdn.example">', "href goes elsewhere"),
        ('<svg><use href="https://cdn.example/a.svg#b"/></svg>', "href goes elsewhere"),
        ('<iframe src="https://video.example/1"></iframe>', "src goes elsewhere"),
        ('<video poster="//cdn.example/a.png"></video>', "poster goes elsewhere"),
        ('<object data="https://cdn.example/a"></object>', "data goes elsewhere"),
        ('<form action="https://elsewhere.example/"></form>', "action goes elsewhere"),
        ('<div hx-get="https://elsewhere.example/"></div>', "hx-get goes elsewhere"),
        ('<a href="/b" ping="https://count.example/">', "ping goes elsewhere"),
        ('<base href="https://elsewhere.example/">', "href goes elsewhere"),
        (
            '<meta http-equiv="refresh" content="0; url=https://elsewhere.example/">',
            "the page sends people elsewhere",
        ),
    ],
)
def test_an_offence_in_a_template_is_caught(source, what):
    offences = list(in_template(PAGE, f"<!doctype html>\n{source}\n"))

    assert [(offence.path, offence.line) for offence in offences] == [(PAGE, 2)]
    assert what in offences[0].what


@pytest.mark.parametrize(
    "source",
    [
        '<a href="https://www.openstreetmap.org/?mlat={{ lat }}">',
        '<map><area href="https://example.org/"></map>',
        '<link rel="canonical" href="https://kith.example/">',
        '<link rel="stylesheet" href="{% static "kit/kit.css" %}">',
        '<script type="module" src="{% static "kit/kit.js" %}"></script>',
        '<script type="application/ld+json">{{ event }}</script>',
        '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
        "<p>Write to //somebody or https://example.org about style=</p>",
        "{# <script>go()</script> {{ words|safe_words }} #}",
        '{% comment %}<p style="color: red" onclick="go()">{% endcomment %}',
        "{% url 'circles:seat' as safe %}{{ safe }}{{ words|safe_words }}",
        "<p class=\"{% if a %}once{% else %}online{% endif %}\" data-on='x'>",
        '<input name="one" value="javascript">',
    ],
)
def test_what_is_no_offence_in_a_template_is_let_be(source):
    assert list(in_template(PAGE, source)) == []


def test_a_template_keeps_its_line_numbers_past_long_tags():
    source = '{% comment %}\none\ntwo\n{% endcomment %}\n{% if a\n   and b %}<p style="a: b">'

    assert [offence.line for offence in in_template(PAGE, source)] == [6]


# ---- style sheets and scripts ---------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        "@import 'https://fonts.example/a.css';",
        '@import url("//fonts.example/a.css");',
        "p { background: url(https://cdn.example/a.png) }",
        "p { background: URL( '//cdn.example/a.png' ) }",
    ],
)
def test_a_style_sheet_that_loads_from_elsewhere_is_caught(source):
    assert [offence.line for offence in in_static(STYLE, f"\n{source}")] == [2]


@pytest.mark.parametrize(
    "source",
    [
        'import { map } from "https://cdn.example/map.js";',
        'import "//cdn.example/map.js";',
        "const map = await import('https://cdn.example/map.js');",
        'export * from "https://cdn.example/map.js";',
        "fetch(`https://count.example/`)",
        'navigator.sendBeacon("https://count.example/")',
        'importScripts("https://cdn.example/a.js")',
        'new EventSource("//count.example")',
        'new WebSocket("wss://count.example")',
        'new Worker("https://cdn.example/a.js")',
        'request.open("GET", "https://count.example")',
        'image.src = "https://count.example/1.png"',
    ],
)
def test_a_script_that_loads_from_elsewhere_is_caught(source):
    assert [offence.line for offence in in_static(SCRIPT, f"\n{source}")] == [2]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        (STYLE, "/* see https://example.org */ p { background: url(../a.png) }"),
        (STYLE, "/* url(https://example.org) */"),
        (STYLE, 'p { background: url("data:image/svg+xml,...") }'),
        (SCRIPT, 'const svg = "http://www.w3.org/2000/svg";'),
        (SCRIPT, 'link.href = "https://www.openstreetmap.org/";'),
        (SCRIPT, 'import { say } from "./say.js"; fetch("/now/");'),
    ],
)
def test_what_is_no_offence_in_static_files_is_let_be(path, source):
    assert list(in_static(path, source)) == []


# ---- the whole tree -------------------------------------------------------------------------


def test_in_tree_finds_every_kind_of_file_in_its_place(tmp_path):
    planted = {
        VIEW: "Circle.objects.all()",
        PAGE: '<p style="color: red">',
        PAGE.with_suffix(".svg"): '<svg onload="go()"></svg>',
        STYLE: "@import '//fonts.example';",
        SCRIPT: "import '//cdn.example';",
        STYLE.parent / "vendor/a.css": "@import '//fonts.example';",
        Path("kith/core/ties/views.py"): "Circle.objects.all()",
        Path("kith/web/circles/data/page.html"): '<p style="color: red">',
    }
    for path, source in planted.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(source)

    found = {offence.path for offence in in_tree(tmp_path)}

    assert found == set(list(planted)[:6])


def test_main_prints_where_and_what_and_fails(tmp_path, monkeypatch, capsys):
    (tmp_path / VIEW).parent.mkdir(parents=True)
    (tmp_path / VIEW).write_text("\nCircle.objects.all()")
    monkeypatch.setattr("tools.check_doors.SOURCE", tmp_path)

    ended = main()

    assert ended == 1
    assert capsys.readouterr().out == (
        "kith/web/circles/views.py:2: .all() of rows in a page: open a door of access.py\n"
        "kith/web/circles/views.py:2: .objects in a page: open a door of access.py\n"
    )


def test_main_is_silent_when_there_is_nothing_to_say(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("tools.check_doors.SOURCE", tmp_path)

    assert (main(), capsys.readouterr().out) == (0, "")

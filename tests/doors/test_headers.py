"""What goes with every answer, from every address, to everybody."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import include, path
from tests.doors.asking import everywhere
from tests.doors.table import EVERYBODY, TABLE

POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
    "font-src 'self'", "connect-src 'self'", "manifest-src 'self'", "worker-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
}  # fmt: skip
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def broken(request):
    raise ValueError("what Ruth of the river said")


urlpatterns = [
    path("broken/", broken),
    path("whence/", lambda request: HttpResponse(request.build_absolute_uri("/"))),
    path("", include("kith.project.urls")),
]
with_broken = override_settings(ROOT_URLCONF="tests.doors.test_headers")


def wrong_in(answer):
    """Return what `answer` lacks of what every answer has."""
    given = set(answer.get("Content-Security-Policy", "").split("; "))
    lacks = [] if given == POLICY else [f"policy {given ^ POLICY}"]
    return lacks + [name for name, value in ALWAYS.items() if answer.get(name) != value]


def test_every_address_answers_everybody_with_the_same_strict_headers(town):
    wrong = [
        (kind, name, wrong_in(answer))
        for kind, name, answer in everywhere(town, "stranger", "curious", "paused", "steward")
        if wrong_in(answer) or answer.get("X-Frame-Options") != "DENY"
    ]

    assert wrong == []


@with_broken
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/static/none.css", 404),
        ("/nothing-is-here/", 404),
        ("/about", 301),
        ("/you/", 302),
        ("/broken/", 500),
        ("/gatherings/%00/", 404),
    ],
)
def test_no_kind_of_answer_is_without_them(db, path, status):
    client = Client(raise_request_exception=False)

    answer = client.get(path)

    assert (answer.status_code, wrong_in(answer)) == (status, [])


def test_refusals_carry_them_too(db):
    forged = Client(enforce_csrf_checks=True).post("/enter/", {"key": "x"})
    elsewhere = Client().get("/", headers={"Host": "evil.example"})
    too_much = Client().post("/enter/", {"key": "x" * 3_000_000})

    assert [(one.status_code, wrong_in(one)) for one in (forged, elsewhere, too_much)] == [
        (403, []),
        (400, []),
        (400, []),
    ]


def test_every_answer_says_what_it_is(town):
    wrong = [
        (name, answer.get("Content-Type"))
        for _kind, name, answer in everywhere(town, "stranger", "curious")
        if answer.content
        and (
            answer["Content-Type"].startswith("text/")
            and "charset=utf-8" not in answer["Content-Type"]
        )
    ]

    assert wrong == []


def lasting(answer):
    # Calendars say when they were made.
    return re.sub(rb"DTSTAMP:\w+", b"", answer.content)


def test_what_differs_for_somebody_who_is_in_is_kept_by_nobody(town):
    stranger = {name: answer for _, name, answer in everywhere(town, "stranger")}

    kept = [
        name
        for _, name, answer in everywhere(town, "curious")
        if (TABLE[name].opens is not EVERYBODY or lasting(answer) != lasting(stranger[name]))
        and answer.status_code == 200
        and b"csrfmiddlewaretoken" not in stranger[name].content
        and "no-store" not in answer.get("Cache-Control", "")
    ]

    assert kept == []


# ---- what an error says -------------------------------------------------------------------------
@with_broken
def test_broken_page_says_nothing_of_what_broke(db):
    answer = Client(raise_request_exception=False).get("/broken/?secret=of-ruth")

    page = answer.content.decode()
    assert "Something broke on our side." in page
    assert [
        word
        for word in ("Ruth", "ValueError", "Traceback", "of-ruth", "test_headers")
        if word in page
    ] == []


def test_answers_name_no_program_and_no_version(db):
    answer = Client().get("/about/")

    assert [name for name in ("Server", "X-Powered-By", "Via") if name in answer] == []


# ---- whose host it is ---------------------------------------------------------------------------
def test_no_address_answers_for_another_host(town):
    asked = everywhere(town, "stranger", headers={"Host": "evil.example"})

    assert {answer.status_code for _, _, answer in asked} == {400}


@pytest.mark.parametrize(
    "host",
    [
        "testserver.evil.example",
        "testserver@evil.example",
        "evil.example:80",
        "",
        " ",
        "testserver b",
    ],
)
def test_no_host_is_mistaken_for_ours(client, db, host):
    assert client.get("/about/", headers={"Host": host}).status_code == 400


def test_nobody_says_for_which_host_a_link_is(town):
    said = {
        "X-Forwarded-Host": "evil.example",
        "Forwarded": "host=evil.example",
        "X-Host": "evil.example",
    }

    told = [
        name
        for _, name, answer in everywhere(town, "stranger", "curious", headers=said)
        if b"evil.example" in answer.content or "evil.example" in str(answer.headers)
    ]

    assert told == []


def test_page_that_was_kept_for_one_host_is_not_given_at_another(town):
    list(everywhere(town, "stranger", headers={"Host": "localhost"}))

    told = [
        name
        for _, name, answer in everywhere(town, "stranger", headers={"Host": "testserver"})
        if b"localhost" in answer.content
    ]

    assert told == []


def test_what_one_says_in_the_address_of_the_worker_is_said_to_nobody_else(client, town):
    first = client.get('/sw.js?x="/static/evil.js"&y=href="/static/evil.css"').content

    assert b"evil" not in first
    assert client.get("/sw.js").content == first


# ---- the settings of a real instance ------------------------------------------------------------
ASK = """
import json, django; django.setup()
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0); call_command("collectstatic", interactive=False, verbosity=0)
from kith.web.people import actions
actions.join_with_words(words="abandon ability able about above absent")
here = {"headers": {"Host": "kith.example"}}
client = Client(enforce_csrf_checks=True)
plain = client.get("/enter/?next=/you/", **here)
page = client.get("/enter/", secure=True, **here)
token = page.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
form = {"key": "abandon ability able about above absent", "csrfmiddlewaretoken": token}
safe = {"secure": True, "headers": {**here["headers"], "Referer": "https://kith.example/enter/"}}
entered = client.post("/enter/", form, **safe)
language = client.post("/language/", {"language": "es"}, **safe)
style = client.get("/static/kit/kit.css", secure=True, **here)
neighbor = client.post("/leave/", {"csrfmiddlewaretoken": token}, secure=True,
    headers={**here["headers"], "Origin": "https://other.kith.example"})
def said(answer):
    cookies = {name: dict(one) for name, one in answer.cookies.items()}
    return {"status": answer.status_code, "headers": dict(answer.headers), "cookies": cookies}
print(json.dumps({name: said(answer) for name, answer in (("plain", plain), ("page", page),
    ("entered", entered), ("language", language), ("style", style), ("neighbor", neighbor))}))
"""
REAL = {
    "DJANGO_SETTINGS_MODULE": "kith.project.settings.production",
    "KITH_SECRET_KEY": "0123456789abcdef" * 4,
    "KITH_SEAL_KEYS": "fedcba9876543210" * 4,
    "KITH_HOSTS": "kith.example",
}


def real(program, tmp_path, **changes):
    given = {**os.environ, **REAL, "KITH_DATA_DIR": str(tmp_path), **changes}
    given.pop("KITH_DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-c", program],
        check=False,
        env=given,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.slow
def test_real_instance_is_asked_over_https_and_keeps_its_cookies_to_itself(tmp_path):
    run = real(ASK, tmp_path)
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout.splitlines()[-1])

    # A plain question is answered by nothing but where to ask it safely.
    assert told["plain"]["status"] == 301
    assert told["plain"]["headers"]["Location"] == "https://kith.example/enter/?next=/you/"
    assert told["plain"]["cookies"] == {}
    for answer in told.values():
        assert set(answer["headers"]["Content-Security-Policy"].split("; ")) == POLICY
    for name in ("page", "entered", "language", "style"):
        hsts = told[name]["headers"]["Strict-Transport-Security"]
        assert hsts == "max-age=31536000; includeSubDomains"
    door = told["entered"]["cookies"]["__Host-door"]
    token = told["page"]["cookies"]["__Host-token"]
    for cookie in (door, token, told["language"]["cookies"]["django_language"]):
        kept = (
            cookie["secure"],
            cookie["httponly"],
            cookie["samesite"],
            cookie["path"],
            cookie["domain"],
        )
        assert kept == (True, True, "Lax", "/", "")
    assert told["neighbor"]["status"] == 403


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KITH_SECRET_KEY", ""),
        ("KITH_SECRET_KEY", "short"),
        ("KITH_SEAL_KEYS", ""),
        ("KITH_SEAL_KEYS", "short"),
        ("KITH_SEAL_KEYS", f",{'a' * 64}"),
        ("KITH_SEAL_KEYS", f"{'a' * 64},short"),
        ("KITH_HOSTS", ""),
    ],
)
def test_real_instance_does_not_start_without_its_secrets(tmp_path, name, value):
    run = real("import django; django.setup()", tmp_path, **{name: value})

    assert run.returncode == 1
    assert ImproperlyConfigured.__name__ in run.stderr
    assert name in run.stderr

"""`kith demo`: a whole instance in one command, and a way back that harms nothing else."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.web.gatherings.making import meeting, take_in

from kith.project.commands import demo, made_up_circle
from kith.web.circles.models import Pair
from kith.web.gatherings.models import Feed, Gathering, Host
from kith.web.people.models import Person


def files_in(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_reset_throws_away_what_a_demo_made_and_nothing_else(tmp_path):
    for name in ("kith.sqlite3", "kith.sqlite3-wal", "kith.sqlite3-shm", "static/kit/a.css", "secret-key",
                 "notes.txt", "kith.sqlite3.backup", "photos/dog.jpg"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text("x")

    demo._throw_away(tmp_path)

    assert files_in(tmp_path) == [
        "kith.sqlite3.backup",
        "notes.txt",
        "photos/dog.jpg",
        "secret-key",
    ]


def test_reset_of_nothing_is_nothing(tmp_path):
    demo._throw_away(tmp_path / "never")

    assert files_in(tmp_path) == []


@pytest.mark.django_db
def test_whoever_tries_it_comes_in_as_somebody_with_a_circle_a_question_and_a_pair(tmp_path):
    words = made_up_circle.words_of_somebody_in_a_circle(tmp_path)
    browser = Client()
    assert browser.post("/enter/", {"key": words.mine}).status_code == 302

    page = browser.get("/tonight/").content.decode()

    for shown in ("Lantern circle (made up)", "There may be a circle for you.",
                  "a listening pair", "Kofi (simulated) could use a hand"):  # fmt: skip
        assert shown in page
    pair = Pair.objects.get()
    browser.post(f"/pair/{pair.token}/answer/", {"answer": "yes"})
    assert "You and Ines" in browser.get(f"/pair/{pair.token}/").content.decode()


@pytest.mark.django_db
def test_in_another_browser_they_are_rung_by_the_first(tmp_path):
    words = made_up_circle.words_of_somebody_in_a_circle(tmp_path)
    dev, ruth = Client(), Client()
    for browser, key in ((dev, words.mine), (ruth, words.rung)):
        assert browser.post("/enter/", {"key": key}).status_code == 302
    assert "Ruth" in dev.get("/now/").content.decode()

    ringing = dev.post("/now/ring/").headers["location"]

    page = ruth.get(ruth.get("/rung/").json()["page"]).content.decode()
    assert "Dev" in page
    assert "Ruth" in dev.get(ringing).content.decode()


@pytest.mark.django_db
def test_people_of_a_demo_are_made_once_and_the_pair_anew_when_its_hour_has_come(tmp_path):
    words = made_up_circle.words_of_somebody_in_a_circle(tmp_path)
    people, first = Person.objects.count(), Pair.objects.get()
    assert made_up_circle.words_of_somebody_in_a_circle(tmp_path) == words
    assert Pair.objects.get() == first
    Pair.objects.update(starts_at=timezone.now() - timedelta(hours=1))

    assert made_up_circle.words_of_somebody_in_a_circle(tmp_path) == words

    assert Person.objects.count() == people
    assert Pair.objects.get() != first


@pytest.mark.django_db
def test_real_instance_is_no_demo(kith):
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        port = asking.getsockname()[1]

    result = kith("demo", "--reset", "--port", port)

    assert result.exit_code == 1
    assert "This is a real instance, not a demo. Use: kith serve" in result.stderr


@pytest.mark.django_db
def test_demo_with_feeds_of_its_own_gets_no_others():
    take_in(meeting())

    demo._import_bundled()

    assert Feed.objects.count() == 1


def test_welcome_names_the_addresses_to_try():
    words = {"words": ("six words", "six others"), "three": ("of one", "of two", "of three")}

    said = demo._welcome(8123, 4.2, link="/host/with/code/", **words)

    assert "kith is at http://127.0.0.1:8123 (ready in 4 s" in said
    assert "http://127.0.0.1:8123/gatherings/?near=London" in said
    assert "http://127.0.0.1:8123/host/with/code/" in said
    assert all(f" {six}\n" in said for six in words["three"])
    assert "Host an evening" not in demo._welcome(8123, 4.2, link="", **words)


@pytest.mark.django_db
def test_stranger_hosts_an_evening_with_made_up_people():
    link = demo._made_up()
    evening = Gathering.objects.get()
    assert evening.status == "waiting"
    assert all("(made up)" in one for one in (evening.name, *map(str, Person.objects.all())))
    stranger = Person.objects.create(called="Ruth")
    browser = Client()
    browser.force_login(stranger)

    answer = browser.post(link, {"answer": "yes"}, follow=True)

    assert answer.status_code == 200
    evening.refresh_from_db()
    assert evening.status == "open"
    hosted = f"/gatherings/{evening.slug}/host/"
    page = browser.get(hosted).content.decode()
    assert browser.get(hosted).status_code == 200
    assert "Sam (made up)" in page
    assert "I am shy at the door." in page


@pytest.mark.django_db
def test_made_up_people_are_made_once_and_leave_room():
    first, again = demo._made_up(), demo._made_up()
    assert first == again
    assert (Person.objects.count(), Gathering.objects.count()) == (2, 1)

    for _ in range(3):
        Host.objects.create(
            gathering=Gathering.objects.get(),
            person=Person.objects.create(),
            until=Host.objects.first().until,
        )

    assert demo._made_up() == ""


@pytest.mark.django_db
def test_without_the_made_up_host_there_is_no_link():
    demo._made_up()
    evening, ada = Gathering.objects.get(), Host.objects.get().person
    Host.objects.create(
        gathering=evening, person=Person.objects.create(), until=Host.objects.get().until
    )

    ada.delete()

    assert demo._made_up() == ""


@contextmanager
def running(folder, *arguments):
    """Run `kith demo` with its data in `folder`, and yield (its address, what it said) once it answers."""
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        port = asking.getsockname()[1]
    environment = {
        k: v
        for k, v in os.environ.items()
        if k not in ("DJANGO_SETTINGS_MODULE", "KITH_DATABASE_URL")
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "kith", "demo", "--port", str(port), *arguments],
        env={**environment, "KITH_DATA_DIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        said = ""
        while "The steward's desk" not in said:
            line = process.stdout.readline()
            assert line, f"the demo ended: {said}"
            said += line
        home = f"http://127.0.0.1:{port}"
        ends = time.monotonic() + 60
        while not answers(home) and time.monotonic() < ends:
            time.sleep(0.1)
        yield home, said
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.stdout.close()
        process.wait(30)


def answers(home):
    try:
        return page(home) != ""
    except OSError:
        return False


def page(url):
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read().decode()


def language_after_choosing(home, language):
    """Return the language of the page that a form sent to the real server leads to."""
    form = urllib.parse.urlencode({"language": language, "next": "/about/"}).encode()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with browser.open(f"{home}/language/", data=form, timeout=30) as answer:
        return re.search(r'<html lang="(\w+)"', answer.read().decode())[1]


@pytest.mark.slow
def test_demo_begins_again_serves_real_gatherings_and_keeps_them(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "secret-key").write_text("ours")
    (tmp_path / "kith.sqlite3").write_text("broken")

    with running(tmp_path, "--reset") as (home, said):
        found = page(f"{home}/api/gatherings?near=London&when=tomorrow&km=10")
        assert '"found":0' not in found
        assert page(f"{home}/now/")
        assert language_after_choosing(home, "es") == "es"
    first = int(re.search(r"ready in (\d+) s", said)[1])
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert (tmp_path / "secret-key").read_text() == "ours"

    with running(tmp_path) as (home, said):
        assert page(f"{home}/api/gatherings?near=London&when=tomorrow&km=10")[:40] == found[:40]
    assert int(re.search(r"ready in (\d+) s", said)[1]) < first

import socket

import pytest
from tests.web.gatherings.making import body, gatherings, meeting

from kith.web.gatherings.models import Feed
from kith.web.people.models import Person

pytestmark = pytest.mark.django_db


# ---- refresh ----------------------------------------------------------------------------------
def test_refresh_says_what_became_of_every_feed_that_was_due(kith, tmp_path):
    (tmp_path / "feed.json").write_bytes(
        body(meeting(), {"name": "Nowhere", "slug": "n", "types": []})
    )
    Feed.objects.create(address=str(tmp_path / "feed.json"), name="Ours", every_hours=1)
    Feed.objects.create(address=str(tmp_path / "gone.json"), name="Theirs", every_hours=1)
    Feed.objects.create(address=str(tmp_path / "never.json"), name="Never")

    result = kith("refresh")

    assert result.exit_code == 0
    assert result.stdout == "Ours: read 2, new 1, updated 0, retired 0, refused 1\n"
    assert result.stderr.startswith("Theirs: ")
    assert "gone.json cannot be read" in result.stderr
    assert len(gatherings()) == 1


def test_refresh_reads_what_is_not_due_only_when_told_to(kith, tmp_path):
    (tmp_path / "feed.json").write_bytes(body(meeting()))
    Feed.objects.create(address=str(tmp_path / "feed.json"), name="Ours", every_hours=24)

    kith("refresh")

    assert kith("refresh").output == ""
    assert kith("refresh", "--all").stdout.startswith("Ours: read 1, new 0")


# ---- steward ----------------------------------------------------------------------------------
def test_steward_may_open_the_desk(kith, client):
    result = kith("steward", "ada", "--password", "correct horse battery")

    assert result.exit_code == 0, result.output
    assert result.stdout == "ada may now open the desk.\n"
    assert client.login(username="ada", password="correct horse battery")
    assert client.get("/desk/").status_code == 200


def test_password_is_asked_for_twice(kith):
    result = kith("steward", "ada", input="correct horse battery\ncorrect horse battery\n")

    assert result.exit_code == 0
    assert Person.objects.get().check_password("correct horse battery")


def test_password_may_come_from_the_environment(kith):
    result = kith("steward", "ada", env={"KITH_STEWARD_PASSWORD": "correct horse battery"})

    assert result.exit_code == 0
    assert Person.objects.get().is_steward


@pytest.mark.parametrize(
    ("name", "password", "why"),
    [
        ("ada", "short", "too short"),
        ("ada", "password1234", "too common"),
        ("", "correct horse battery", "blank"),
        ("a" * 65, "correct horse battery", "at most 64 characters"),
    ],
)
def test_steward_who_cannot_be_is_refused_with_a_sentence(kith, name, password, why):
    result = kith("steward", name, "--password", password)

    assert result.exit_code == 1
    assert why in result.stderr
    assert not Person.objects.exists()


def test_steward_of_that_name_is_not_made_twice(kith):
    kith("steward", "ada", "--password", "correct horse battery")

    result = kith("steward", "ada", "--password", "another horse battery")

    assert result.exit_code == 1
    assert "already exists" in result.stderr
    assert Person.objects.get().check_password("correct horse battery")


# ---- serve ------------------------------------------------------------------------------------
@pytest.mark.parametrize("command", ["serve", "demo"])
def test_port_that_is_taken_is_told_in_a_sentence(kith, command):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        result = kith(command, "--port", port)

    assert result.exit_code == 1
    assert result.stderr == (
        f"Error: Port {port} is taken: something else is listening there already. "
        f"Stop it, or choose another with --port {port + 1}.\n"
    )


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http"])
def test_port_that_is_none_is_refused(kith, port):
    assert kith("serve", "--port", port).exit_code == 2

import os
import socket

import click
import pytest
from django_tasks_db.models import DBTaskResult

from kith.project.commands import serving
from kith.project.commands.serving import refuse_if_taken, tasks_beside


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0"])
def test_port_that_is_free_is_free(host):
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        port = asking.getsockname()[1]

    refuse_if_taken(host, port)


@pytest.mark.parametrize("host", ["256.1.1.1", "no-such-host.invalid", "x" * 300])
def test_host_that_is_none_of_this_machine_is_told_in_a_sentence(host):
    with pytest.raises(click.ClickException, match="--host"):
        refuse_if_taken(host, 8000)


def test_address_of_another_machine_is_told_in_a_sentence():
    with pytest.raises(click.ClickException, match="--host"):
        refuse_if_taken("192.0.2.1", 8000)


def test_last_port_of_all_is_not_told_to_try_the_next():
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", 65535))
        other.listen()

        with pytest.raises(click.ClickException) as told:
            refuse_if_taken("127.0.0.1", 65535)

    assert "65536" not in told.value.message


def test_port_of_the_administrator_is_told_in_a_sentence(monkeypatch):
    class Guarded(socket.socket):
        def bind(self, address):
            raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(serving.socket, "socket", Guarded)

    with pytest.raises(click.ClickException, match="Port 80 is only for the administrator"):
        refuse_if_taken("127.0.0.1", 80)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_worker_runs_beside_and_ends_with_the_server(settings):
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
    }

    def workers():
        found = []
        for entry in os.listdir("/proc"):
            try:
                with open(f"/proc/{entry}/stat") as stat, open(f"/proc/{entry}/cmdline") as line:
                    is_ours = stat.read().split()[3] == str(os.getpid())
                    found += [entry] * (is_ours and "db_worker" in line.read())
            except OSError:
                continue
        return found

    with tasks_beside():
        assert len(workers()) == 1
        assert DBTaskResult.objects.count() == 12

    assert workers() == []

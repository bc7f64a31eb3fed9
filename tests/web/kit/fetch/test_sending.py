"""Bringing something to an address that a stranger gave us."""

import socket
import ssl

import pytest
from tests.web.kit.fetch.conftest import CERTIFICATE, reply

from kith import __version__
from kith.web.kit.fetch import (
    BrokenAnswerError,
    Carrier,
    NoAnswerFromAddressError,
    NotAllowedError,
    place_to_send,
    send_to,
)


def trusting():
    """Return a carrier that believes in the test's own certificate."""
    return Carrier(certificates=lambda: ssl.create_default_context(cafile=CERTIFICATE))


def send(url, limits, carrier=None):
    headers = {"TTL": "60", "Content-Type": "application/octet-stream"}
    return send_to(url, b"sealed", headers=headers, limits=limits, carrier=carrier or trusting())


def test_send_to_brings_the_body_and_says_who_sends_and_nothing_else(serve, near):
    server = serve(reply(status="201 Created", Content_Length="0"), https=True)

    assert send(server.url, near) == 201

    head, _, rest = server.heard.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0] == "POST /feed.json HTTP/1.1"
    assert sorted(lines[1:]) == sorted(
        [
            f"Host: 127.0.0.1:{server.port}", f"User-Agent: kith/{__version__}",
            "Connection: close", "Content-Length: 6", "TTL: 60",
            "Content-Type: application/octet-stream",
        ]
    )  # fmt: skip
    assert rest == b"sealed"


@pytest.mark.parametrize("status", [200, 400, 404, 410, 500])
def test_send_to_returns_what_status_came(serve, near, status):
    server = serve(reply(status=f"{status} So", Content_Length="0"), https=True)

    assert send(server.url, near) == status


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_send_to_follows_nobody(serve, near, status):
    other = serve(reply(status="201 Created"), https=True)
    server = serve(reply(status=f"{status} Moved", Location=other.url), https=True)

    assert send(server.url, near) == status

    assert other.heard == b""


def test_send_to_reads_no_answer_however_long(serve, near):
    server = serve(reply(b"x" * 100_000, status="201 Created", Content_Length="100000"), https=True)

    assert send(server.url, near) == 201


def test_send_to_speaks_to_nobody_without_encryption(serve, near):
    server = serve(reply(status="201 Created"))

    with pytest.raises(NotAllowedError, match="https"):
        send(server.url, near)

    assert server.heard == b""


def test_send_to_speaks_to_nobody_who_cannot_show_who_they_are(serve, near):
    server = serve(reply(status="201 Created"), https=True)

    with pytest.raises(NoAnswerFromAddressError):
        send(server.url, near, Carrier())

    assert b"sealed" not in server.heard


def test_send_to_never_enters_a_private_network(serve, far):
    server = serve(reply(status="201 Created"), https=True)
    hidden = Carrier(
        resolve=lambda _host, _port: ["127.0.0.1"], certificates=trusting().certificates
    )

    with pytest.raises(NotAllowedError):
        send(f"https://127.0.0.1/{server.port}", far)
    # A name that leads there is found out before a byte is sent.
    with pytest.raises(NotAllowedError):
        send("https://push.example/", far, hidden)

    assert server.heard == b""


@pytest.mark.parametrize(
    "url",
    [
        "https://169.254.169.254/latest", "https://[fd00:ec2::254]/", "https://10.0.0.1/",
        "https://[::1]/", "https://0.0.0.0/", "https://push.example:8443/", "https://u:p@x.example/",
        "http://push.example/", "file:///etc/passwd", "https://",
    ],
)  # fmt: skip
def test_place_to_send_is_on_the_open_internet(far, url):
    with pytest.raises(NotAllowedError):
        place_to_send(url, far)


def test_place_to_send_is_any_name_at_https(far):
    assert str(place_to_send(" https://push.example/a?b#c", far)) == "https://push.example/a?b"


def test_send_to_says_in_a_sentence_that_nobody_answers(serve, near):
    def hang_up(line):
        line.shutdown(socket.SHUT_RDWR)

    server = serve(hang_up, https=True)

    with pytest.raises((BrokenAnswerError, NoAnswerFromAddressError)):
        send(server.url, near)

"""Where a connection really leads."""

import threading
import time
from dataclasses import dataclass, field, replace
from ipaddress import ip_network

import httpcore
import pytest
from tests.web.kit.fetch.conftest import reply
from typing_extensions import override

from kith.web.kit.fetch import (
    NoAnswerFromAddressError,
    NotAllowedError,
    TooSlowError,
    read_address,
)
from kith.web.kit.fetch.wire import Carrier, look_up, trusted_certificates

FEED = b"[]"


@dataclass
class Names:
    """A name server that may change its mind."""

    answers: list[list[str]]
    asked: list[str] = field(default_factory=list)

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        return self.answers.pop(0)


class Detour(httpcore.SyncBackend):
    """A network on which every connection ends somewhere else than it was sent."""

    def __init__(self, end: str) -> None:
        self.end = end

    @override
    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        return super().connect_tcp(self.end, port, timeout)


def test_a_name_is_looked_up_once_so_that_it_cannot_change_its_mind(serve, near):
    private = serve(reply(b"the router's password"), host="127.0.0.2")
    names = Names([["127.0.0.1"], ["127.0.0.2"]])

    with pytest.raises(NoAnswerFromAddressError):
        read_address(
            f"http://rebind.test:{private.port}/", limits=near, carrier=Carrier(resolve=names)
        )

    assert names.asked == ["rebind.test"]
    assert private.requests == []


def test_a_name_that_has_changed_its_mind_at_a_redirect_is_checked_again(serve, near):
    private = serve(reply(b"the router's password"), host="127.0.0.2")
    server = serve(reply(status="302 Found", Location=f"http://rebind.test:{private.port}/"))
    names = Names([["127.0.0.1"], ["127.0.0.2"]])

    with pytest.raises(NotAllowedError, match=r"rebind\.test is on a private network"):
        read_address(
            f"http://rebind.test:{server.port}/", limits=near, carrier=Carrier(resolve=names)
        )

    assert names.asked == ["rebind.test", "rebind.test"]
    assert private.requests == []


def test_the_far_end_is_checked_before_a_byte_is_sent(serve, near):
    private = serve(reply(b"the router's password"), host="127.0.0.2")
    carrier = Carrier(resolve=Names([["127.0.0.1"]]), network=Detour("127.0.0.2"))

    with pytest.raises(NotAllowedError, match="private network"):
        read_address(f"http://rebind.test:{private.port}/", limits=near, carrier=carrier)

    assert private.heard == b""


def test_the_far_end_is_checked_before_a_byte_is_encrypted(serve, near):
    private = serve(reply(b"the router's password"), host="127.0.0.2", https=True)
    carrier = Carrier(resolve=Names([["127.0.0.1"]]), network=Detour("127.0.0.2"))

    with pytest.raises(NotAllowedError, match="private network"):
        read_address(f"https://rebind.test:{private.port}/", limits=near, carrier=carrier)

    assert private.heard == b""


@pytest.mark.parametrize("addresses", [["127.0.0.1", "127.0.0.2"], ["127.0.0.2", "127.0.0.1"]])
def test_one_private_address_among_others_is_enough_to_refuse(serve, near, addresses):
    server = serve(reply(FEED))

    with pytest.raises(NotAllowedError, match="private network"):
        read_address(
            f"http://both.test:{server.port}/",
            limits=near,
            carrier=Carrier(resolve=Names([addresses])),
        )

    assert server.requests == []


def test_the_next_address_is_tried_when_the_first_is_silent(serve, near):
    server = serve(reply(FEED), host="127.0.0.3")
    both = replace(near, private_networks=(*near.private_networks, *_networks("127.0.0.3")))
    carrier = Carrier(resolve=Names([["127.0.0.1", "127.0.0.3"]]))

    fetched = read_address(f"http://both.test:{server.port}/", limits=both, carrier=carrier)

    assert fetched.body == FEED


def test_a_name_without_an_address_is_refused(near):
    with pytest.raises(NoAnswerFromAddressError, match=r"No server is called empty\.test"):
        read_address("http://empty.test/", limits=near, carrier=Carrier(resolve=Names([[]])))


def test_a_name_server_that_does_not_answer_is_not_waited_for(near):
    let_go = threading.Event()

    def resolve(_host, _port):
        let_go.wait(10)
        return ["127.0.0.1"]

    with pytest.raises(TooSlowError, match=r"slow\.test took longer"):
        read_address(
            "http://slow.test/",
            limits=replace(near, max_seconds=0.2),
            carrier=Carrier(resolve=resolve),
        )
    let_go.set()


def test_look_up_gives_each_address_once():
    assert look_up("127.0.0.1", 80) == ["127.0.0.1"]


def test_trusted_certificates_do_not_come_from_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "mine.pem"))

    assert trusted_certificates().check_hostname is True


def _networks(*written):
    return tuple(map(ip_network, written))


class Silence(httpcore.SyncBackend):
    """A network on which one address neither answers nor refuses."""

    @override
    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        if host == "127.0.0.1":
            time.sleep(timeout)
            raise httpcore.ConnectTimeout
        return super().connect_tcp(host, port, timeout)


def test_a_silent_address_leaves_time_for_the_next(serve, near):
    server = serve(reply(FEED), host="127.0.0.3")
    limits = replace(
        near, max_seconds=1, private_networks=(*near.private_networks, *_networks("127.0.0.3"))
    )
    carrier = Carrier(resolve=Names([["127.0.0.1", "127.0.0.3"]]), network=Silence())

    fetched = read_address(f"http://both.test:{server.port}/", limits=limits, carrier=carrier)

    assert fetched.body == FEED


class Ghost(httpcore.SyncBackend):
    """A network on which everybody hangs up at once."""

    @override
    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        stream = super().connect_tcp(host, port, timeout)
        stream.close()
        return stream


def test_a_far_end_that_cannot_be_checked_is_no_answer(serve, near):
    server = serve(reply(FEED))

    with pytest.raises(NoAnswerFromAddressError, match="does not answer"):
        read_address(server.url, limits=near, carrier=Carrier(network=Ghost()))

"""Reading an address: what a good server gives, and every way in which a bad one is refused."""

import gzip
import socket
import ssl
import struct
import time
from dataclasses import replace

import pytest
from tests.web.kit.fetch.conftest import CERTIFICATE, reply

from kith import __version__
from kith.errors import RefusalError
from kith.web.kit.fetch import (
    BrokenAnswerError,
    Fetched,
    NoAnswerFromAddressError,
    NotAllowedError,
    TooBigError,
    TooSlowError,
    read_address,
)
from kith.web.kit.fetch.wire import Carrier

FEED = b'[{"name": "Tuesday at the library"}]'


def trusting() -> Carrier:
    """Return a carrier that believes in the test's own certificate."""
    return Carrier(certificates=lambda: ssl.create_default_context(cafile=CERTIFICATE))


# ---- what a good server gives ---------------------------------------------------------------


def test_read_address_returns_the_document_and_what_was_said_of_it(serve, near):
    server = serve(
        reply(
            FEED,
            Content_Length=str(len(FEED)),
            Content_Type="application/json; charset=utf-8",
            ETag='"7"',
            Last_Modified="Tue, 04 Mar 2025 10:00:00 GMT",
        )
    )

    fetched = read_address(server.url, limits=near)

    assert fetched == Fetched(
        body=FEED,
        etag='"7"',
        last_modified="Tue, 04 Mar 2025 10:00:00 GMT",
        not_modified=False,
        url=server.url,
        content_type="application/json; charset=utf-8",
    )


def test_read_address_says_who_asks_and_nothing_else(serve, near, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.2:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.2:9")
    server = serve(reply(FEED))

    read_address(server.url, limits=near)

    head, *lines = server.heard.decode().strip().split("\r\n")
    assert head == "GET /feed.json HTTP/1.1"
    assert sorted(lines) == [
        "Accept-Encoding: gzip",
        "Accept: */*",
        "Connection: close",
        f"Host: 127.0.0.1:{server.port}",
        f"User-Agent: kith/{__version__}",
    ]


def test_read_address_keeps_the_question_and_drops_the_fragment(serve, near):
    server = serve(reply(FEED))

    fetched = read_address(f" {server.url}?day=2&town=Ko%C5%A1ice#map ", limits=near)

    assert server.heard.startswith(b"GET /feed.json?day=2&town=Ko%C5%A1ice HTTP/1.1\r\n")
    assert fetched.url == f"{server.url}?day=2&town=Ko%C5%A1ice"


@pytest.mark.parametrize("name", ["gzip", "GZIP", "x-gzip"])
def test_read_address_unpacks_gzip(serve, near, name):
    packed = gzip.compress(FEED)
    server = serve(reply(packed, Content_Encoding=name, Content_Length=str(len(packed))))

    assert read_address(server.url, limits=near).body == FEED


def test_read_address_unpacks_a_gzip_file_that_is_not_announced(serve, near):
    server = serve(reply(gzip.compress(FEED), Content_Type="application/octet-stream"))

    assert read_address(server.url, limits=near).body == FEED


def test_read_address_reads_chunks_with_spaces_in_the_middle_of_anything(serve, near):
    chunks = [b"%x\r\n%s\r\n" % (len(part), part) for part in (FEED[:1], FEED[1:9], FEED[9:])]
    server = serve(reply(*chunks, b"0\r\n\r\n", Transfer_Encoding="chunked"))

    assert read_address(server.url, limits=near).body == FEED


def test_read_address_reads_past_an_early_hint(serve, near):
    def answer(line):
        line.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
        reply(FEED, Content_Length=str(len(FEED)))(line)

    server = serve(answer)

    assert read_address(server.url, limits=near).body == FEED


def test_read_address_reads_over_https_when_the_server_shows_who_it_is(serve, near):
    server = serve(reply(FEED), https=True)

    assert read_address(server.url, limits=near, carrier=trusting()).body == FEED


# ---- not again what we have -----------------------------------------------------------------


def test_read_address_asks_only_for_what_has_changed(serve, near):
    server = serve(reply(FEED))

    read_address(server.url, etag='W/"7"', last_modified="Tue, 04 Mar 2025", limits=near)

    asked = server.heard.decode().split("\r\n")
    assert 'If-None-Match: W/"7"' in asked
    assert "If-Modified-Since: Tue, 04 Mar 2025" in asked


@pytest.mark.parametrize(
    ("said", "etag"), [({}, '"7"'), ({"ETag": '"8"'}, '"8"'), ({"Content_Length": "99"}, '"7"')]
)
def test_read_address_keeps_the_validators_of_what_has_not_changed(serve, near, said, etag):
    server = serve(reply(status="304 Not Modified", **said))

    fetched = read_address(server.url, etag='"7"', last_modified="Tue", limits=near)

    assert fetched == Fetched(
        body=b"",
        etag=etag,
        last_modified="Tue",
        not_modified=True,
        url=server.url,
        content_type="",
    )


def test_read_address_refuses_not_modified_when_it_had_nothing_to_modify(serve, near):
    server = serve(reply(status="304 Not Modified"))

    with pytest.raises(NoAnswerFromAddressError) as refused:
        read_address(server.url, limits=near)

    assert refused.value.status == 304


@pytest.mark.parametrize("etag", ["a\r\nCookie: b", "é", "x" * 401])
def test_read_address_sends_back_no_validator_that_could_do_harm(serve, near, etag):
    server = serve(reply(FEED))

    read_address(server.url, etag=etag, limits=near)

    assert b"If-None-Match" not in server.heard
    assert b"Cookie" not in server.heard


def test_read_address_keeps_no_validator_that_could_do_harm(serve, near):
    server = serve(reply(FEED, ETag="x" * 401, Last_Modified="h\xe9"))

    fetched = read_address(server.url, limits=near)

    assert (fetched.etag, fetched.last_modified) == ("", "")


# ---- addresses we do not set out for --------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/feed",
        "file:///etc/passwd",
        "gopher://127.0.0.1:70/",
        "unix:/run/secret.sock",
        "data:text/plain,kith",
        "javascript:alert(1)",
        "example.org/feed",
        "//example.org/feed",
        "http://",
        "http:///feed",
        "",
    ],
)
def test_read_address_refuses_what_is_not_the_web(far, url):
    with pytest.raises(NotAllowedError, match="only addresses that begin with http"):
        read_address(url, limits=far)


@pytest.mark.parametrize(
    "url", ["http://[::1", "http://a\nb/", "http://x:port/", "http://" + "a" * 70_000]
)
def test_read_address_refuses_what_cannot_be_read_as_an_address(far, url):
    with pytest.raises(NotAllowedError, match="not a web address"):
        read_address(url, limits=far)


@pytest.mark.parametrize(
    "url",
    [
        "http://name@example.org/",
        "http://name:secret@example.org/",
        "http://:secret@example.org/",
        "http://127.0.0.1\\@example.org/",
    ],
)
def test_read_address_refuses_a_password_and_does_not_repeat_it(far, url):
    with pytest.raises(NotAllowedError, match="name or password") as refused:
        read_address(url, limits=far)

    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("port", [0, 22, 25, 8080, 65_536])
def test_read_address_refuses_other_ports(far, port):
    with pytest.raises(NotAllowedError, match=f"at port {port}"):
        read_address(f"http://example.org:{port}/", limits=far)


@pytest.mark.parametrize("port", [0, 65_536])
def test_read_address_refuses_ports_that_do_not_exist_even_near_home(near, port):
    with pytest.raises(NotAllowedError, match=f"at port {port}"):
        read_address(f"http://127.0.0.1:{port}/", limits=near)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "localhost",
        "LOCALHOST",
        "[::1]",
        "10.0.0.1",
        "192.168.0.1",
        "100.64.0.1",
        "[fd00::1]",
    ],
)
@pytest.mark.parametrize("port", ["", ":80", ":443"])
def test_read_address_refuses_a_private_place_however_it_is_written(far, host, port):
    with pytest.raises(NotAllowedError, match="private network"):
        read_address(f"http://{host}{port}/", limits=far)


@pytest.mark.parametrize("host", ["localhost.", "0177.0.0.1"])
def test_read_address_refuses_a_private_place_whether_or_not_this_machine_knows_it(far, host):
    with pytest.raises(RefusalError):
        read_address(f"http://{host}/", limits=far)


@pytest.mark.parametrize(
    "host",
    [
        "0.0.0.0",
        "0",
        "169.254.169.254",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "224.0.0.1",
    ],
)
def test_read_address_refuses_a_place_without_feeds_even_near_home(near, host):
    with pytest.raises(NotAllowedError, match="no feed can be"):
        read_address(f"http://{host}/", limits=near)


def test_read_address_refuses_a_name_that_nobody_has(far):
    def resolve(_host, _port):
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(NoAnswerFromAddressError, match=r"No server is called nobody\.invalid"):
        read_address("http://nobody.invalid/feed", limits=far, carrier=Carrier(resolve=resolve))


@pytest.mark.parametrize("host", ["a" * 70 + ".org", "a..org"])
def test_read_address_refuses_a_name_that_cannot_be(far, host):
    with pytest.raises(NoAnswerFromAddressError, match="No server is called"):
        read_address(f"http://{host}/feed", limits=far)


# ---- being sent on --------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["301 M", "302 F", "303 S", "307 T", "308 P"])
def test_read_address_follows_a_redirect(serve, near, status):
    server = serve(reply(status=status, Location="/new/feed.json"), reply(FEED))

    fetched = read_address(server.url, limits=near)

    assert (fetched.body, fetched.url) == (FEED, f"http://127.0.0.1:{server.port}/new/feed.json")


def test_read_address_does_not_follow_a_redirect_to_a_private_place(serve, near):
    private = serve(reply(b"the router's password"), host="127.0.0.2")
    open_to_all = serve(reply(status="302 Found", Location=private.url))

    with pytest.raises(NotAllowedError, match="private network"):
        read_address(open_to_all.url, limits=near)

    assert open_to_all.heard.startswith(b"GET /feed.json")
    assert private.requests == []


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("http://169.254.169.254/latest/meta-data/", "no feed can be"),
        ("file:///etc/passwd", "begin with http"),
        ("http://me:secret@127.0.0.1/", "name or password"),
    ],
)
def test_read_address_checks_a_redirect_as_any_other_address(serve, near, location, why):
    server = serve(reply(status="302 Found", Location=location))

    with pytest.raises(NotAllowedError, match=why):
        read_address(server.url, limits=near)


def test_read_address_does_not_follow_from_https_to_http(serve, near):
    plain = serve(reply(FEED))
    safe = serve(reply(status="302 Found", Location=plain.url), https=True)

    with pytest.raises(NotAllowedError, match="from a safe"):
        read_address(safe.url, limits=near, carrier=trusting())

    assert plain.requests == []


def test_read_address_follows_from_http_to_https(serve, near):
    safe = serve(reply(FEED), https=True)
    plain = serve(reply(status="302 Found", Location=safe.url))

    assert read_address(plain.url, limits=near, carrier=trusting()).url == safe.url


def test_read_address_follows_five_redirects(serve, near):
    server = serve(*[reply(status="302 Found", Location="/again")] * 5, reply(FEED))

    assert read_address(server.url, limits=near).body == FEED


def test_read_address_refuses_a_sixth_redirect(serve, near):
    server = serve(*[reply(status="302 Found", Location="/again")] * 6, reply(FEED))

    with pytest.raises(NotAllowedError, match="on and on"):
        read_address(server.url, limits=near)

    assert len(server.requests) == 6


@pytest.mark.parametrize(
    ("headers", "why"),
    [({}, "does not say where"), ({"Location": "http://[::1"}, "cannot be read")],
)
def test_read_address_refuses_a_redirect_to_nowhere(serve, near, headers, why):
    server = serve(reply(status="302 Found", **headers))

    with pytest.raises(NoAnswerFromAddressError, match=why):
        read_address(server.url, limits=near)


# ---- answers that are not the document ------------------------------------------------------


@pytest.mark.parametrize("status", [206, 300, 400, 401, 403, 404, 410, 429, 500, 503])
def test_read_address_refuses_any_other_status_and_names_it(serve, near, status):
    server = serve(reply(b"an error page", status=f"{status} Whatever"))

    with pytest.raises(NoAnswerFromAddressError, match=f"status {status}") as refused:
        read_address(server.url, limits=near)

    assert refused.value.status == status


@pytest.mark.parametrize("headers", [{}, {"Content_Length": "0"}])
def test_read_address_refuses_an_empty_document(serve, near, headers):
    server = serve(reply(**headers))

    with pytest.raises(NoAnswerFromAddressError, match="empty page"):
        read_address(server.url, limits=near)


def test_read_address_refuses_a_server_that_nobody_trusts(serve, near):
    server = serve(reply(FEED), https=True)

    with pytest.raises(NoAnswerFromAddressError, match="cannot show that it is who it says"):
        read_address(server.url, limits=near)

    assert FEED not in server.heard
    assert b"GET" not in server.heard


def test_read_address_refuses_a_certificate_for_another_name(serve, near):
    server = serve(reply(FEED), https=True)
    elsewhere = replace(trusting(), resolve=lambda _host, _port: ["127.0.0.1"])

    with pytest.raises(NoAnswerFromAddressError, match=r"example\.org cannot show"):
        read_address(f"https://example.org:{server.port}/", limits=near, carrier=elsewhere)


def test_read_address_refuses_a_server_that_does_not_encrypt(serve, near):
    server = serve(reply(FEED))

    with pytest.raises(NoAnswerFromAddressError, match="does not speak https"):
        read_address(server.url.replace("http:", "https:"), limits=near)


def test_read_address_refuses_a_place_where_nobody_listens(serve, near):
    server = serve(reply(FEED), host="127.0.0.2")
    deaf = f"http://127.0.0.1:{server.port}/"

    with pytest.raises(NoAnswerFromAddressError, match="does not answer"):
        read_address(deaf, limits=near)


@pytest.mark.parametrize(
    "said",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\n12345",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n123456",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnot-a-number\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000,
        b"HTTP/1.1 20",
        b"",
    ],
)
def test_read_address_refuses_what_is_not_http(serve, near, said):
    server = serve(lambda line: line.sendall(said))

    with pytest.raises(BrokenAnswerError, match="stops before the end"):
        read_address(server.url, limits=near)


def test_read_address_refuses_a_connection_that_breaks(serve, near):
    def answer(line):
        reply(FEED, Content_Length="500")(line)
        # Makes close() send a reset instead of a goodbye.
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    server = serve(answer)

    with pytest.raises(RefusalError, match=r"broke|stops before the end"):
        read_address(server.url, limits=near)


def test_read_address_refuses_less_than_was_promised(serve, near):
    server = serve(reply(FEED, Content_Length=str(len(FEED) + 1)))

    with pytest.raises(BrokenAnswerError, match="stops before the end"):
        read_address(server.url, limits=near)


def test_read_address_refuses_more_than_was_promised(serve, near):
    server = serve(reply(FEED, Content_Length=str(len(FEED) - 1)))

    with pytest.raises(BrokenAnswerError, match="sends more than it says"):
        read_address(server.url, limits=near)


@pytest.mark.parametrize("encoding", ["br", "zstd", "deflate", "compress", "gzip, gzip", "gzip,br"])
def test_read_address_refuses_a_packing_it_did_not_ask_for(serve, near, encoding):
    server = serve(reply(FEED, Content_Encoding=encoding))

    with pytest.raises(BrokenAnswerError, match="did not ask for"):
        read_address(server.url, limits=near)


@pytest.mark.parametrize("headers", [{}, {"Content_Encoding": "gzip"}])
def test_read_address_refuses_gzip_in_gzip(serve, near, headers):
    server = serve(reply(gzip.compress(gzip.compress(FEED)), **headers))

    with pytest.raises(BrokenAnswerError, match="twice"):
        read_address(server.url, limits=near)


def test_read_address_refuses_damaged_gzip(serve, near):
    server = serve(reply(gzip.compress(FEED)[:-3], Content_Encoding="gzip"))

    with pytest.raises(BrokenAnswerError, match="damaged or cut short"):
        read_address(server.url, limits=near)


# ---- too much, too long ---------------------------------------------------------------------


def test_read_address_refuses_five_gigabytes_before_the_first_byte(serve, near):
    def answer(line):
        reply(Content_Length="5000000000")(line)
        # Nothing follows: whoever waits for the body waits for ever.
        line.recv(1)

    server = serve(answer)

    with pytest.raises(TooBigError, match="holds more than 1 MB"):
        read_address(server.url, limits=near)


def test_read_address_stops_at_the_limit_when_the_body_does_not(serve, near):
    sent: list[int] = []

    def answer(line):
        reply()(line)
        while len(sent) < 1_000:
            line.sendall(b" " * 100_000)
            sent.append(100_000)

    server = serve(answer)

    with pytest.raises(TooBigError, match="holds more than 1 MB"):
        read_address(server.url, limits=near)

    assert sum(sent) < 20_000_000


def test_read_address_takes_exactly_the_limit(serve, near):
    exactly = b" " * near.max_bytes
    server = serve(reply(exactly), reply(exactly + b" "))

    assert len(read_address(server.url, limits=near).body) == near.max_bytes
    with pytest.raises(TooBigError):
        read_address(server.url, limits=near)


def test_read_address_refuses_a_gzip_bomb(serve, near):
    bomb = gzip.compress(b"\0" * 20_000_000)
    server = serve(reply(bomb, Content_Encoding="gzip", Content_Length=str(len(bomb))))

    with pytest.raises(TooBigError, match="holds more than 1 MB"):
        read_address(server.url, limits=near)

    assert len(bomb) < near.max_bytes


def _drip(line, piece, every_s=0.02):
    for _ in range(1_000):
        line.sendall(piece)
        time.sleep(every_s)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", b" "),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
        (b"HTTP/1.1 200 OK\r\n", b"X-More: of the same\r\n"),
        (b"HTTP/1.1 200 OK\r\nX: ", b"y"),
        (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    ],
    ids=["body", "chunks", "headers", "one header", "hints"],
)
def test_read_address_does_not_wait_for_a_drip_that_never_ends(serve, near, first, then):
    def answer(line):
        line.sendall(first)
        _drip(line, then)

    server = serve(answer)
    began = time.monotonic()

    with pytest.raises(TooSlowError, match=r"longer than 0\.3 seconds"):
        read_address(server.url, limits=replace(near, max_seconds=0.3))

    assert 0.3 <= time.monotonic() - began < 1.5


def test_read_address_does_not_wait_for_silence(serve, near):
    server = serve(lambda line: line.recv(1))

    with pytest.raises(TooSlowError):
        read_address(server.url, limits=replace(near, max_seconds=0.2))


def test_read_address_counts_the_time_of_all_redirects_together(serve, near):
    def answer(line):
        time.sleep(0.15)
        reply(status="302 Found", Location="/again")(line)

    server = serve(answer)

    with pytest.raises(TooSlowError):
        read_address(server.url, limits=replace(near, max_seconds=0.4))

    assert len(server.requests) < 5


def test_read_address_does_not_wait_for_a_handshake(serve, near):
    server = serve(lambda _line: time.sleep(0.5))

    with pytest.raises(TooSlowError):
        read_address(server.url.replace("http:", "https:"), limits=replace(near, max_seconds=0.2))

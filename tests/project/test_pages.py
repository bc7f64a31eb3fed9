import asyncio
import contextvars
from io import BytesIO

import pytest

from kith.project.pages import AHEAD_BYTES, PART_BYTES, Pages

LANGUAGE = contextvars.ContextVar("LANGUAGE", default="none")


def scope(method="GET", path="/", length=None):
    return {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method,
        "scheme": "http", "path": path, "query_string": b"a=1", "root_path": "",
        "headers": [
            (b"host", b"testserver"),
            *([(b"content-length", str(length).encode())] if length is not None else []),
        ],
        "server": ("testserver", 80),
    }  # fmt: skip


def answered(application, *bodies, times=1, length=None):
    """Return all messages that `application` sends, each time it is asked on the same thread."""
    pages = Pages(application, threads=1)

    async def once():
        said = []
        waiting = [
            {"type": "http.request", "body": body, "more_body": n + 1 < len(bodies)}
            for n, body in enumerate(bodies)
        ]

        async def receive():
            return waiting.pop(0)

        async def send(message):
            said.append(message)

        await pages(scope("POST" if bodies else "GET", length=length), receive, send)
        return said

    async def all_times():
        return [await once() for _ in range(times)]

    try:
        return asyncio.run(all_times())
    finally:
        assert pages.in_hand == 0
        pages.executor.shutdown()


def test_short_answer_is_one_part():
    def application(environ, begin):
        begin("404 Not Found", [("X-Asked", environ["QUERY_STRING"])])
        return [b"no ", b"such ", b"door"]

    [said] = answered(application)

    assert said == [
        {"type": "http.response.start", "status": 404, "headers": [(b"x-asked", b"a=1")]},
        {"type": "http.response.body", "body": b"no such door", "more_body": False},
    ]


def test_answer_without_a_body_ends():
    def application(environ, begin):
        begin("304 Not Modified", [])
        return []

    [said] = answered(application)

    assert said[-1] == {"type": "http.response.body", "body": b"", "more_body": False}


def test_long_answer_goes_out_while_it_is_made():
    sent_before_the_end = []

    def application(environ, begin):
        begin("200 OK", [])
        for _ in range(5):
            yield b"x" * PART_BYTES
        sent_before_the_end.append(True)
        yield b"end"

    [said] = answered(application)

    assert [message["type"] for message in said] == [
        "http.response.start",
        *["http.response.body"] * 6,
    ]
    assert [message["more_body"] for message in said[1:]] == [True] * 5 + [False]
    assert b"".join(m["body"] for m in said[1:]) == b"x" * (5 * PART_BYTES) + b"end"
    assert sent_before_the_end == [True]


def test_what_is_sent_to_a_page_arrives_whole():
    def application(environ, begin):
        begin("200 OK", [])
        return [environ["wsgi.input"].read()]

    [said] = answered(application, b"near=", b"Hackney")
    [ahead] = answered(application, b"near=", b"Hackney", length=12)

    assert said[1]["body"] == ahead[1]["body"] == b"near=Hackney"


@pytest.mark.parametrize(
    ("length", "is_ahead"), [(12, True), (AHEAD_BYTES, True), (AHEAD_BYTES + 1, False), (0, False)]
)
def test_short_body_is_there_before_a_thread_is_asked_for(length, is_ahead):
    def application(environ, begin):
        begin("200 OK", [])
        return [str(isinstance(environ["wsgi.input"], BytesIO)).encode()]

    [said] = answered(application, b"near=Hackney", length=length)

    assert said[1]["body"] == str(is_ahead).encode()


@pytest.mark.parametrize("length", ["-1", "12a", "9" * 5_000, "\u0661\u0662", ""])
def test_length_that_is_none_is_left_to_whoever_reads(length):
    def application(environ, begin):
        begin("200 OK", [])
        return [environ["wsgi.input"].read()]

    [said] = answered(application, b"near=Hackney", length=length)

    assert said[1]["body"] == b"near=Hackney"


def test_line_that_breaks_gives_what_had_come():
    pages, asked = Pages(_told, threads=1), []
    coming = [
        {"type": "http.request", "body": b"near=", "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive():
        return coming.pop(0)

    async def send(message):
        asked.append(message)

    asyncio.run(pages(scope("POST", length=12), receive, send))
    pages.executor.shutdown()

    assert asked[1]["body"] == b"near="


def _told(environ, begin):
    begin("200 OK", [])
    return [environ["wsgi.input"].read()]


def test_each_request_has_a_context_of_its_own():
    def application(environ, begin):
        before = LANGUAGE.get()
        LANGUAGE.set("es")
        begin("200 OK", [])
        return [before.encode()]

    first, second = answered(application, times=2)

    assert [first[1]["body"], second[1]["body"]] == [b"none", b"none"]


class Body(list[bytes]):
    """A body that knows whether it was closed."""

    is_closed = False

    def close(self):
        self.is_closed = True


def test_body_is_closed_when_the_answer_is_made():
    body = Body([b"here"])

    def application(environ, begin):
        begin("200 OK", [])
        return body

    answered(application)

    assert body.is_closed


def test_body_is_closed_when_making_it_failed():
    class Failing(Body):
        def __iter__(self):
            raise ValueError("a part that cannot be made")

    body = Failing()

    def application(environ, begin):
        begin("200 OK", [])
        return body

    with pytest.raises(ValueError, match="cannot be made"):
        answered(application)
    assert body.is_closed


def test_whoever_went_away_stops_a_long_answer():
    made = []

    def application(environ, begin):
        begin("200 OK", [])
        for number in range(100):
            made.append(number)
            yield b"x" * PART_BYTES

    pages = Pages(application, threads=1)

    async def gone(message):
        raise OSError("the other end has gone")

    with pytest.raises(OSError, match="gone"):
        asyncio.run(pages(scope(), None, gone))
    assert made == [0]
    pages.executor.shutdown()

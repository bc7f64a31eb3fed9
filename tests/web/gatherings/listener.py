"""A web server on this machine that keeps a feed, for tests of reading one."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from typing_extensions import override


@dataclass
class Page:
    """What lies at one path, and what was asked for it.

    Args:
        body, status: The answer.
        etag, last_modified: Sent if not empty; the same ones sent back get a 304.
        asked: The headers of every request, in order.
    """

    body: bytes = b""
    status: int = 200
    etag: str = ""
    last_modified: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)

    def is_known(self, headers: dict[str, str]) -> bool:
        """Return whether whoever asks has this already."""
        return (self.etag != "" and headers.get("If-None-Match") == self.etag) or (
            self.last_modified != "" and headers.get("If-Modified-Since") == self.last_modified
        )


@dataclass
class Listener:
    """Pages by path; a path with no page is a 404."""

    url: str
    pages: dict[str, Page] = field(default_factory=dict)

    def put(self, path: str, body: bytes, **page: Any) -> Page:
        """Lay `body` at `path`, and return the page."""
        self.pages[path] = Page(body, **page)
        return self.pages[path]


class _Server(ThreadingHTTPServer):
    listener: Listener


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        page = self.server.listener.pages.get(self.path)
        if page is None:
            self.send_error(404)
            return
        headers = dict(self.headers.items())
        page.asked.append(headers)
        is_known = page.is_known(headers)
        self.send_response(304 if is_known else page.status)
        for name, value in (("ETag", page.etag), ("Last-Modified", page.last_modified)):
            if value:
                self.send_header(name, value)
        if not is_known:
            self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()
        if not is_known:
            self.wfile.write(page.body)

    @override
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def listening() -> Iterator[Listener]:
    """Yield a running listener."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.listener = Listener(f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.listener
        server.shutdown()
        thread.join()

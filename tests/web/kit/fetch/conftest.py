"""A real server on this machine that answers as badly as a test wants it to."""

import contextlib
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path

import pytest

from kith.web.kit.fetch.limits import Limits

CERTIFICATE = Path(__file__).parent / "tls" / "localhost.pem"

Answer = Callable[[socket.socket], None]


def reply(*pieces: bytes, status: str = "200 OK", **headers: str) -> Answer:
    """Return an answer with `headers` as they are given, true or false, and then `pieces`."""

    def answer(line: socket.socket) -> None:
        lines = [f"HTTP/1.1 {status}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        line.sendall("\r\n".join([*lines, "", ""]).encode())
        for piece in pieces:
            line.sendall(piece)

    return answer


def is_whole(request: bytes) -> bool:
    """Return whether the head of `request` came, and the body that it promises."""
    head, end, body = request.partition(b"\r\n\r\n")
    promised = re.search(rb"Content-Length: (\d+)", head)
    return bool(end) and len(body) >= int(promised[1] if promised else 0)


@dataclass
class Server:
    """Answers each connection in turn with one of `answers`, the last one for ever."""

    host: str
    answers: list[Answer]
    encrypted: ssl.SSLContext | None = None
    requests: list[bytes] = field(default_factory=list)
    _socket: socket.socket = field(default_factory=socket.socket)

    def start(self) -> None:
        self._socket.bind((self.host, 0))
        self._socket.listen()
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    def stop(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._socket.close()

    @property
    def port(self) -> int:
        return int(self._socket.getsockname()[1])

    @property
    def url(self) -> str:
        scheme = "https" if self.encrypted else "http"
        return f"{scheme}://{self.host}:{self.port}/feed.json"

    @property
    def heard(self) -> bytes:
        """Every byte that anybody ever sent here."""
        return b"".join(self.requests)

    def _work(self) -> None:
        # Ends when stop() shuts the socket, which makes accept() fail.
        with contextlib.suppress(OSError):
            while True:
                line, _ = self._socket.accept()
                with line, contextlib.suppress(OSError):
                    self._talk(line)

    def _talk(self, line: socket.socket) -> None:
        line.settimeout(5)
        if self.encrypted:
            line = self.encrypted.wrap_socket(line, server_side=True)
        with line:
            request = b""
            self.requests.append(request)
            # 0x16 begins a TLS handshake, for which a plain server has no patience either.
            while not request.startswith(b"\x16") and not is_whole(request):
                if not (came := line.recv(65_536)):
                    return
                request += came
                self.requests[-1] = request
            answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            answer(line)


Serve = Callable[..., Server]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Return a function that starts a server; all of them stop when the test ends."""
    running: list[Server] = []

    def start(*answers: Answer, host: str = "127.0.0.1", https: bool = False) -> Server:
        encrypted = None
        if https:
            encrypted = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            encrypted.load_cert_chain(CERTIFICATE)
        server = Server(host, list(answers), encrypted)
        server.start()
        running.append(server)
        return server

    yield start
    for server in running:
        server.stop()


@pytest.fixture
def near() -> Limits:
    """Return limits under which 127.0.0.1 is let in and 127.0.0.2 is a stranger's machine."""
    return Limits(max_bytes=1_000_000, max_seconds=5, private_networks=(ip_network("127.0.0.1"),))


@pytest.fixture
def far() -> Limits:
    """Return the limits of an instance that reads from the open internet only."""
    return Limits(max_bytes=1_000_000, max_seconds=5)

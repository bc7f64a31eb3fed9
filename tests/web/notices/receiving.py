"""A browser that can be told, and a push service that really listens on this machine.

The browser reads as RFC 8291 and RFC 8188 say, from hashlib and hmac up, so that it shares no
step but the cipher and the curve with what it checks.
"""

import hashlib
import hmac
import json
import secrets
import ssl
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tests.web.kit.fetch.conftest import CERTIFICATE

from kith.web.kit.fetch import Carrier, Limits
from kith.web.notices.actions import Sending


def text(raw):
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(text_):
    return urlsafe_b64decode(text_ + "=" * (-len(text_) % 4))


def _hkdf(salt, secret, info, length):
    extracted = hmac.digest(salt, secret, hashlib.sha256)
    return hmac.digest(extracted, info + b"\x01", hashlib.sha256)[:length]


class Browser:
    """Keeps the private half of what it gives away, and reads what comes."""

    def __init__(self, private=None, auth=None):
        self._key = (
            ec.derive_private_key(int.from_bytes(private), ec.SECP256R1())
            if private
            else ec.generate_private_key(ec.SECP256R1())
        )
        self.auth = auth or secrets.token_bytes(16)

    @property
    def public(self):
        return self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def gives(self, endpoint):
        """Return what a page gets from it: PushSubscription.toJSON, flat."""
        return {"endpoint": endpoint, "p256dh": text(self.public), "auth": text(self.auth)}

    def reads(self, body):
        """Return what `body` says; an error if it is for another browser or was changed."""
        salt, size, length = body[:16], int.from_bytes(body[16:20]), body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(sealed) <= size
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        shared = self._key.exchange(ec.ECDH(), point)
        secret = _hkdf(self.auth, shared, b"WebPush: info\0" + self.public + sender, 32)
        key = _hkdf(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _hkdf(salt, secret, b"Content-Encoding: nonce\0", 12)
        plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert plain.endswith(b"\x02")
        return plain[:-1]


def vouched(authorization):
    """Return what a voucher says, once its signature was checked with the key beside it."""
    scheme, said = authorization.split(" ", 1)
    parts = dict(part.strip().split("=", 1) for part in said.split(","))
    head, claims, signature = parts["t"].split(".")
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(parts["k"]))
    both = raw(signature)
    r, s = int.from_bytes(both[:32]), int.from_bytes(both[32:])
    point.verify(encode_dss_signature(r, s), f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
    assert (scheme, json.loads(raw(head))) == ("vapid", {"typ": "JWT", "alg": "ES256"})
    return json.loads(raw(claims)), parts["k"]


@dataclass
class Push:
    """One thing that came."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class PushService:
    """Takes in what is pushed, answers with each of `statuses` in turn, the last one for ever."""

    statuses: list[int] = field(default_factory=lambda: [201])
    came: list[Push] = field(default_factory=list)

    def start(self):
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.came.append(Push(self.path, dict(self.headers), body))
                left = service.statuses
                status = left.pop(0) if len(left) > 1 else left[0]
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", f"{service.origin}/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        encrypted = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        encrypted.load_cert_chain(CERTIFICATE)
        self._server.socket = encrypted.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def stop(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def origin(self):
        return f"https://127.0.0.1:{self._server.server_port}"


def near():
    """Return by what a test may send: to this machine, which a real instance never does."""
    return Sending(
        limits=Limits(max_bytes=0, max_seconds=5, private_networks=(ip_network("127.0.0.1"),)),
        carrier=Carrier(certificates=lambda: ssl.create_default_context(cafile=CERTIFICATE)),
    )

"""A device that keeps passkeys, as browsers let pages use one (WebAuthn, "none" attestation)."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, HAS_KEY = 0x01, 0x04, 0x40


def text(raw):
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(text):
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Device:
    """Makes one key for each page that asks, and shows the newest."""

    def __init__(self, origin="http://testserver"):
        self.origin = origin
        self.number = secrets.token_bytes(16)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.owner = b""
        self.uses = 0
        self.flags = PRESENT | VERIFIED

    def make(self, options, *, origin=None):
        self.owner = raw(options["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        about_key = bytes(16) + len(self.number).to_bytes(2) + self.number + cbor2.dumps(cose)
        data = self._data(options["rp"]["id"], self.flags | HAS_KEY) + about_key
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options, origin)
        return self._answer(attestationObject=attestation, clientDataJSON=client)

    def show(self, options, *, origin=None):
        self.uses += 1
        data = self._data(options["rpId"], self.flags)
        client = self._client("webauthn.get", options, origin)
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            authenticatorData=data, clientDataJSON=client, signature=signed, userHandle=self.owner
        )

    def _data(self, host, flags):
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + self.uses.to_bytes(4)

    def _client(self, kind, options, origin):
        said = {"type": kind, "challenge": options["challenge"], "origin": origin or self.origin}
        return json.dumps(said).encode()

    def _answer(self, **response):
        number = text(self.number)
        texts = {name: text(value) for name, value in response.items()}
        return {
            "id": number, "rawId": number, "type": "public-key",
            "response": {**texts, "transports": ["internal"]},
        }  # fmt: skip

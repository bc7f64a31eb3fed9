"""Somebody at the door, with a device in hand."""

from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from tests.web.people.device import Device

from kith.web.people.models import Person

WORDS = "abandon ability able about above absent"


@dataclass
class Visitor:
    """A browser, the device it runs on, and who is in."""

    client: Client = field(default_factory=Client)
    device: Device = field(default_factory=Device)

    def post_json(self, path: str, body: Any = None) -> Any:
        return self.client.post(path, body or {}, content_type="application/json")

    def join(self) -> "Visitor":
        asked = self.post_json("/join/passkey/ask/").json()
        answer = self.post_json("/join/passkey/", self.device.make(asked))
        assert answer.json() == {"next": "/you/codes/"}
        return self

    def enter(self, **more: Any) -> Any:
        asked = self.post_json("/enter/passkey/ask/").json()
        return self.post_json("/enter/passkey/", {**self.device.show(asked), **more})

    @property
    def person(self) -> Person:
        return Person.objects.get(pk=self.client.session["_auth_user_id"])

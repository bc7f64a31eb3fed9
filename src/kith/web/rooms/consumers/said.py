"""What a browser may say in a room: closed kinds, each with its form, and no more than so much."""

import time
from collections.abc import Callable, Mapping
from typing import Any, Final

import orjson

from kith.web.rooms.consumers.member import Why

# An offer with picture and sound is some 8 kB.
_MOST_BYTES: Final = 24 * 1024
_GUIDE_MOST_BYTES: Final = 2 * 1024
_WORDS_MOST: Final = 500
_SDP_MOST: Final = 20 * 1024
_CANDIDATE_MOST: Final = 1024
# Five others, and some twenty ways to each, in a moment; then quietly.
_BURST: Final = 250
_PER_S: Final = 30


class NotSaidError(Exception):
    """What came is none of what may be said; `why` is what the connection is closed with."""

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(why.name)


class Bucket:
    """How much somebody may say: so much at once, and it fills up again."""

    def __init__(self, *, burst: float = _BURST, per_s: float = _PER_S) -> None:
        self._burst, self._per_s = burst, per_s
        self._left, self._at = burst, time.monotonic()

    def take(self) -> None:
        """Take one.

        Raises:
            NotSaidError: If there is none left.
        """
        now = time.monotonic()
        self._left = min(self._burst, self._left + (now - self._at) * self._per_s)
        self._at = now
        if self._left < 1:
            raise NotSaidError(Why.TOO_FAST)
        self._left -= 1


def read(text: str | bytes | None) -> dict[str, Any]:
    """Return what a browser said, of the form that its kind has.

    Raises:
        NotSaidError: If it is too long, no JSON, or has another form.
    """
    # What comes as bytes is none of ours.
    if not isinstance(text, str):
        raise NotSaidError(Why.MALFORMED)
    if len(text.encode()) > _MOST_BYTES:
        raise NotSaidError(Why.TOO_LARGE)
    try:
        said = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise NotSaidError(Why.MALFORMED) from error
    if not isinstance(said, dict) or not isinstance(said.get("kind"), str):
        raise NotSaidError(Why.MALFORMED)
    if said["kind"].startswith("guide."):
        if len(text.encode()) > _GUIDE_MOST_BYTES:
            raise NotSaidError(Why.TOO_LARGE)
        return said
    form = _FORMS.get(said["kind"])
    if form is None or set(said) - {"kind"} != set(form):
        raise NotSaidError(Why.MALFORMED)
    if not all(is_well(said[name]) for name, is_well in form.items()):
        raise NotSaidError(Why.MALFORMED)
    return said


def _text(most: int) -> Callable[[Any], bool]:
    return lambda given: isinstance(given, str) and 0 < len(given) <= most


def _truth(given: Any) -> bool:
    return isinstance(given, bool)


def _candidate(given: Any) -> bool:
    """Return whether it is a way to a browser; none is the last one."""
    return given is None or (
        isinstance(given, dict) and len(orjson.dumps(given)) <= _CANDIDATE_MOST
    )


_MARK: Final = _text(12)
_TO: Final = {"to": _MARK}
_Form = Mapping[str, Callable[[Any], bool]]
_FORMS: Final[dict[str, _Form]] = {
    "hello": {"tab": _text(40)},
    "offer": {**_TO, "sdp": _text(_SDP_MOST)},
    "answer": {**_TO, "sdp": _text(_SDP_MOST)},
    "candidate": {**_TO, "candidate": _candidate},
    "state": {"mic": _truth, "camera": _truth},
    "chat": {"words": _text(_WORDS_MOST)},
    "mute": _TO,
    "lobby": _TO,
    "let-in": _TO,
    "end": {},
    "leave": {},
    "still": {},
}

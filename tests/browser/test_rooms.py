"""Rooms, with real browsers that have made-up cameras: pictures are counted where they arrive."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import FLAGS, PATIENCE_MS
from tests.browser.harness import (
    LOOKS,
    NARROW,
    PHONE,
    ZOOMED,
    Look,
    Witness,
    look_in_turn,
    sideways_px,
    violations,
)
from tests.web.circles.making import longtime
from tests.web.rooms.making import key_of, room_of, seat_of
from tests.web.rooms.serving import Served, free_port

from kith.web.people.models import Person
from kith.web.rooms import actions
from kith.web.rooms.choices import SeatState
from kith.web.rooms.models import Room

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CAMERAS = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
# How many pictures have been shown on a page, of each of the others.
FRAMES = """() => Object.fromEntries([...document.querySelectorAll(".face[data-who]:not(.me)")].map(
  (face) => [face.querySelector("[data-name]").textContent,
    face.querySelector("video").getVideoPlaybackQuality().totalVideoFrames]))"""
Goes = Callable[..., Page]


@pytest.fixture(scope="module")
def cameras(chromium: Browser) -> Iterator[Browser]:
    """A Chromium with a made-up camera and microphone, which it lets every page use."""
    path = chromium.browser_type.executable_path
    browser = chromium.browser_type.launch(executable_path=_chromium(path), args=[*FLAGS, *CAMERAS])
    yield browser
    browser.close()


def _chromium(fallback: str) -> str:
    return os.environ.get("KITH_CHROMIUM") or shutil.which("chromium") or fallback


@pytest.fixture
def environment(request: pytest.FixtureRequest) -> dict[str, str]:
    """What the server is told: nothing, or what the fixture that is named gives."""
    named = getattr(request, "param", "")
    return request.getfixturevalue(named) if named else {}


@pytest.fixture
def served(transactional_db: None, environment: dict[str, str]) -> Iterator[Served]:
    """The real server, in a process of its own."""
    server = Served(**environment).start()
    yield server
    server.kill()


@pytest.fixture
def witness(served: Served) -> Iterator[Witness]:
    """As in every browser test; the server is another one."""
    watching = Witness(origin=served.url)
    yield watching
    assert watching.faults == []


@pytest.fixture
def goes(cameras: Browser, served: Served, witness: Witness) -> Iterator[Goes]:
    """Opens a room's page as somebody: `goes(ruth, room)`."""
    contexts = []

    def go(person: Person, room: Room, look: Look = PHONE, **options: Any) -> Page:
        is_watched, init = options.pop("is_watched", True), options.pop("init", "")
        context = cameras.new_context(base_url=served.url, **{**look.options(), **options})
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        if is_watched:
            witness.watch(context)
        context.add_init_script(init)
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": key_of(person), "url": served.url}]
        )
        page = context.new_page()
        page.goto(room.get_absolute_url())
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.fixture
def ruth(transactional_db: None) -> Person:
    return longtime("Ruth")


@pytest.fixture
def marisol(transactional_db: None) -> Person:
    return longtime("Marisol")


def go_in(*pages: Page) -> None:
    for page in pages:
        page.get_by_role("button", name="Go in").click()


def wait_for_frames(*pages: Page, of: int = 1, more: int = 10, within_s: float = 20) -> None:
    """Wait until so many more pictures have arrived on each page from each of the others."""
    now = before = [page.evaluate(FRAMES) for page in pages]
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        now = [page.evaluate(FRAMES) for page in pages]
        if all(_grew(new, old, of, more) for new, old in zip(now, before, strict=True)):
            return
        pages[0].wait_for_timeout(100)
    pytest.fail(f"pictures stand still: {before} then {now}")


def write(page: Page, words: str) -> None:
    """Write `words` to all in the room."""
    page.get_by_text("Links, and words for whoever can’t hear").click()
    page.get_by_label("Write to all here").fill(words)
    page.get_by_role("button", name="Send").click()


def refusing(kind: str, error: str) -> str:
    """Return what lets a browser refuse to lend its camera ("video") or microphone ("audio")."""
    return f"""
        const devices = navigator.mediaDevices;
        const lend = devices?.getUserMedia.bind(devices);
        if (devices) devices.getUserMedia = async (wants) => {{
          if (wants.{kind}) throw new DOMException("", "{error}");
          return lend(wants);
        }};"""


def _grew(now: dict[str, int], before: dict[str, int], of: int, more: int) -> bool:
    return len(now) == of and all(n - before.get(who, 0) >= more for who, n in now.items())


def test_two_people_see_each_other(goes, ruth, marisol):
    room = room_of(ruth, marisol)
    one, other = goes(ruth, room), goes(marisol, room)

    go_in(one, other)

    wait_for_frames(one, other)
    expect(one.locator(".face .nm")).to_have_text("Marisol")


# ---- who meets ----------------------------------------------------------------------------------
def test_four_see_each_other(goes, ruth, marisol):
    people = [ruth, marisol, longtime("Kofi"), longtime("Teo")]
    room = room_of(*people)
    pages = [goes(person, room) for person in people]

    go_in(*pages)

    wait_for_frames(*pages, of=3, within_s=60)
    expect(pages[0].locator(".face.me .nm")).to_have_text("You")


def test_call_goes_on_while_the_server_is_away(goes, served, witness, ruth, marisol):
    room = room_of(ruth, marisol)
    one, other = (goes(who, room, is_watched=False) for who in (ruth, marisol))
    go_in(one, other)
    wait_for_frames(one, other)

    served.kill()
    wait_for_frames(one, other, more=30)
    expect(one.get_by_text("We lost the way to the others.")).to_be_visible()
    served.start()

    for page in (one, other):
        expect(page.get_by_text("The connection is back.")).to_be_visible()
    wait_for_frames(one, other, more=30)
    write(other, "I am still here.")
    expect(one.get_by_text("I am still here.")).to_be_visible()


def test_who_loads_the_page_again_is_back(goes, ruth, marisol):
    room = room_of(ruth, marisol)
    one, other = goes(ruth, room), goes(marisol, room)
    go_in(one, other)
    wait_for_frames(one, other)

    other.reload()
    go_in(other)

    wait_for_frames(one, other)
    expect(one.locator(".face")).to_have_count(1)


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A real coturn on this machine: what kith is told of it."""
    program = shutil.which("turnserver")
    if program is None:
        pytest.skip("These tests send over a real relay: apt install coturn")
    port, secret = free_port(), "only-for-tests"
    settings = (
        "listening-ip=127.0.0.1", "relay-ip=127.0.0.1", f"listening-port={port}", "fingerprint",
        "use-auth-secret", f"static-auth-secret={secret}", "realm=kith.example", "no-tls",
        "no-dtls", "no-cli", "allow-loopback-peers", "no-multicast-peers", "log-file=stdout",
        "min-port=50000", "max-port=50200", f"pidfile={tmp_path}/pid", f"userdb={tmp_path}/db",
    )  # fmt: skip
    told = tmp_path / "turnserver.conf"
    told.write_text("\n".join(settings))
    running = subprocess.Popen([program, "-c", told], stdout=subprocess.DEVNULL)
    yield {
        "KITH_TURN_URL": f"turn:127.0.0.1:{port}?transport=udp",
        "KITH_TURN_SECRET": secret,
        "KITH_TURN_ONLY": "yes",
    }
    running.terminate()
    running.wait()


@pytest.mark.parametrize("environment", ["relay"], indirect=True)
def test_all_goes_over_the_relay_where_nothing_else_may(goes, ruth, marisol):
    room = room_of(ruth, marisol)
    one, other = goes(ruth, room), goes(marisol, room)
    expect(one.get_by_text("also from behind a strict network")).to_be_visible()

    go_in(one, other)

    wait_for_frames(one, other)


# ---- why not ------------------------------------------------------------------------------------
def test_refused_camera_is_said_and_the_voice_is_enough(goes, ruth, marisol):
    room = room_of(ruth, marisol)
    one = goes(ruth, room, init=refusing("video", "NotAllowedError"))
    other = goes(marisol, room)

    expect(one.get_by_text("does not let this page use the camera")).to_be_visible()
    expect(one.get_by_text("Your microphone is on.")).to_be_visible()
    go_in(one, other)

    wait_for_frames(one)
    expect(other.locator(".face .nm")).to_have_text("Ruth voice only")


@pytest.mark.parametrize(
    ("kind", "error", "said"),
    [
        ("video", "NotFoundError", "We found no camera here."),
        ("video", "NotReadableError", "Something else is using your camera."),
        ("audio", "NotAllowedError", "does not let this page use the microphone."),
        ("audio", "NotFoundError", "We found no microphone here."),
        ("audio", "NotReadableError", "Something else is using your microphone."),
    ],
)
def test_each_refusal_has_its_sentence(goes, ruth, marisol, kind, error, said):
    page = goes(ruth, room_of(ruth, marisol), init=refusing(kind, error))

    expect(page.get_by_text(said)).to_be_visible()
    expect(page.get_by_role("button", name="Go in")).to_be_enabled()


def test_second_tab_takes_over_and_the_first_one_says_so(goes, ruth, marisol):
    room = room_of(ruth, marisol)
    first, other = goes(ruth, room), goes(marisol, room)
    go_in(first, other)
    wait_for_frames(first, other)

    second = first.context.new_page()
    second.goto(room.get_absolute_url())
    go_in(second)

    expect(first.get_by_text("You opened this room in another tab")).to_be_visible()
    wait_for_frames(second, other)
    first.get_by_role("button", name="Talk here instead").click()
    wait_for_frames(first, other)
    expect(second.get_by_text("You opened this room in another tab")).to_be_visible()


def test_blocked_person_finds_nothing_and_the_call_of_the_other_ends(goes, witness, ruth, marisol):
    room = room_of(ruth, marisol)
    one, other = goes(ruth, room), goes(marisol, room)
    go_in(one, other)
    wait_for_frames(one, other)

    one.get_by_role("button", name="Not okay").click()
    with one.context.expect_page() as opened:
        one.get_by_role("link", name="Keep away from Marisol").click()
    card = opened.value
    card.locator("button[value=block]").click()

    expect(one.get_by_text("There is no seat for you")).to_be_visible(timeout=30_000)
    expect(other.locator(".face")).to_have_text("Ruth’s chair")
    witness.expected.add(one.url)
    one.reload()
    expect(one.locator("[data-room]")).to_have_count(0)


def test_room_that_is_over_says_so(goes, witness, ruth, marisol):
    room = room_of(ruth, marisol)
    Room.objects.update(ends_at=timezone.now() - timedelta(hours=1))
    witness.expected.add(f"{witness.origin}{room.get_absolute_url()}")

    page = goes(ruth, room)

    expect(page.get_by_role("heading", name="This room is closed.")).to_be_visible()
    expect(page.get_by_text("Its hour is over.")).to_be_visible()


def test_full_room_says_so(goes, witness, ruth):
    room = room_of(ruth)
    actions.leave(seat=seat_of(ruth, room))
    for name in "ABCDEF":
        actions.seat(room=room, person=longtime(name))
    witness.expected.add(f"{witness.origin}{room.get_absolute_url()}")

    page = goes(ruth, room)

    expect(page.get_by_role("heading", name="All seats are taken.")).to_be_visible()
    expect(page.get_by_role("link", name="Try again")).to_be_visible()


# ---- what people do -----------------------------------------------------------------------------
def test_leaving_is_one_tap(goes, ruth, marisol):
    room = room_of(ruth, marisol)
    one, other = goes(ruth, room), goes(marisol, room)
    go_in(one, other)
    wait_for_frames(one, other)

    one.get_by_role("button", name="Leave", exact=True).click()

    expect(one.get_by_role("heading", name="You left the room.")).to_be_visible()
    expect(other.get_by_text("Ruth has left.")).to_be_visible()
    assert seat_of(ruth, room).state == SeatState.LEFT


def test_host_moves_somebody_to_the_lobby_mutes_and_ends(goes, ruth, marisol):
    room = room_of(ruth, marisol, host=ruth)
    one, other = goes(ruth, room), goes(marisol, room)
    go_in(one, other)
    wait_for_frames(one, other)
    one.get_by_text("You hold this room").click()

    one.get_by_role("button", name="Mute Marisol").click()
    expect(other.get_by_text("The host turned your microphone off.")).to_be_visible()
    one.get_by_role("button", name="Move Marisol to the lobby").click()
    expect(other.get_by_text("The host asked you to wait here")).to_be_visible()
    one.get_by_role("button", name="Let Marisol in").click()
    wait_for_frames(one, other)
    one.get_by_role("button", name="End it for all").click()

    expect(other.get_by_text("This room is closed.")).to_be_visible()
    expect(one.get_by_text("This room is closed.")).to_be_visible()


def test_camera_and_microphone_are_turned_off_and_on(goes, ruth, marisol):
    room = room_of(ruth, marisol)
    one, other = goes(ruth, room), goes(marisol, room)
    go_in(one, other)
    wait_for_frames(one, other)

    one.get_by_role("button", name="Camera off").click()
    one.get_by_role("button", name="Mute").click()
    expect(other.locator(".face .nm")).to_have_text("Ruth muted, voice only")
    one.get_by_role("button", name="Camera on").click()
    one.get_by_role("button", name="Unmute").click()

    expect(other.locator(".face .nm")).to_have_text("Ruth")
    wait_for_frames(one, other)


def test_link_is_shown_and_nothing_else_is_made_of_words(goes, ruth, marisol):
    room = room_of(ruth, marisol)
    one, other = goes(ruth, room), goes(marisol, room)
    go_in(one, other)
    wait_for_frames(one, other)

    write(one, "<b>See</b> https://example.org/page")

    expect(other.get_by_text("<b>See</b>")).to_be_visible()
    expect(other.get_by_role("link", name="https://example.org/page")).to_be_visible()


# ---- for everybody ------------------------------------------------------------------------------
def test_lobby_and_rooms_are_accessible(goes, ruth, marisol):
    kofi, teo = longtime("Kofi"), longtime("Bartholomew-Alexandrina of the long riv")
    room = room_of(ruth, marisol, kofi, teo, host=ruth)
    one, other = goes(ruth, room), goes(marisol, room)
    look_in_turn(one, LOOKS)
    expect(one.get_by_text("The connection is there.")).to_be_visible()
    assert violations(one) == []

    go_in(one, other)
    wait_for_frames(one, other)
    write(other, "Hello https://example.org")
    one.get_by_text("You hold this room").click()
    expect(one.get_by_text("Move Marisol to the lobby")).to_be_visible()
    assert violations(one) == []
    assert sideways_px(one) == 0

    one.get_by_role("button", name="Not okay").click()
    expect(one.get_by_role("heading", name="Something is not okay")).to_be_visible()
    assert violations(one) == []


@pytest.mark.parametrize("look", [NARROW, ZOOMED], ids=lambda look: look.name)
def test_nothing_scrolls_sideways(goes, ruth, marisol, look):
    room = room_of(ruth, marisol, longtime("Bartholomew-Alexandrina of the long riv"), host=ruth)
    one, other = goes(ruth, room, look), goes(marisol, room, look)
    assert sideways_px(one) == 0

    go_in(one, other)
    wait_for_frames(one, other)

    assert sideways_px(one) == 0


def test_keyboard_is_enough(goes, ruth, marisol):
    page = goes(ruth, room_of(ruth, marisol))
    expect(page.get_by_role("button", name="Go in")).to_be_enabled()

    page.get_by_role("button", name="Go in").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-room] h1")).to_be_focused()
    page.get_by_role("button", name="Leave", exact=True).focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="You left the room.")).to_be_visible()


def test_without_javascript_the_page_says_what_is_needed(goes, ruth, marisol):
    room = room_of(ruth, marisol)
    page = goes(ruth, room, java_script_enabled=False)

    expect(page.get_by_text("this page needs JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Go in")).to_be_hidden()
    main = page.get_by_role("main")
    expect(main.get_by_role("link", name="I need someone now")).to_be_visible()
    main.get_by_role("button", name="Give the seat back").click()

    expect(page.get_by_role("heading", name="You left the room.")).to_be_visible()
    assert seat_of(ruth, room).state == SeatState.LEFT


# ---- a call ---------------------------------------------------------------------------------------
SOUND = """() => [...document.querySelectorAll(".face[data-who]:not(.me) video")].some(
  (one) => one.srcObject?.getAudioTracks().some((track) => !track.muted))"""


def test_who_rang_and_who_answered_go_straight_in_with_their_voices(goes, ruth, marisol):
    room = room_of(ruth, marisol)
    one, other = goes(ruth, room), goes(marisol, room)

    for page in (one, other):
        page.goto(f"{room.get_absolute_url()}#voice")
        page.reload()

    for page in (one, other):
        page.wait_for_function(SOUND)
        expect(page.get_by_role("button", name="Camera on")).to_be_visible()
        expect(page.get_by_text("Nobody else is here yet")).to_be_hidden()


def test_who_cannot_be_heard_stays_before_the_door_and_reads_why(goes, ruth, marisol):
    room = room_of(ruth, marisol)

    page = goes(ruth, room, init=refusing("audio", "NotAllowedError"))
    page.goto(f"{room.get_absolute_url()}#voice")
    page.reload()

    expect(page.get_by_role("button", name="Go in")).to_be_enabled()
    expect(page.get_by_text("does not let this page use the microphone")).to_be_visible()

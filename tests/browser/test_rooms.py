"""Rooms, with real browsers that have made-up cameras: pictures are counted where they arrive."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import FLAGS
from tests.browser.harness import PHONE, Look, Witness
from tests.web.circles.making import longtime
from tests.web.rooms.making import key_of, room_of
from tests.web.rooms.serving import Served

from kith.web.people.models import Person
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
    browser = chromium.browser_type.launch(
        executable_path=_chromium(path), args=[*FLAGS, *CAMERAS]
    )
    yield browser
    browser.close()


def _chromium(fallback: str) -> str:
    import os  # noqa: PLC0415
    import shutil  # noqa: PLC0415

    return os.environ.get("KITH_CHROMIUM") or shutil.which("chromium") or fallback


@pytest.fixture
def served(transactional_db: None) -> Iterator[Served]:
    """The real server, in a process of its own."""
    server = Served().start()
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
        context = cameras.new_context(base_url=served.url, **{**look.options(), **options})
        context.set_default_timeout(15_000)
        contexts.append(context)
        if options.pop("is_watched", True):
            witness.watch(context)
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
    before = [page.evaluate(FRAMES) for page in pages]
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        now = [page.evaluate(FRAMES) for page in pages]
        if all(_grew(new, old, of, more) for new, old in zip(now, before, strict=True)):
            return
        pages[0].wait_for_timeout(100)
    pytest.fail(f"pictures stand still: {before} then {now}")


def _grew(now: dict[str, int], before: dict[str, int], of: int, more: int) -> bool:
    return len(now) == of and all(n - before.get(who, 0) >= more for who, n in now.items())


def test_two_people_see_each_other(goes, ruth, marisol):
    room = room_of(ruth, marisol)
    one, other = goes(ruth, room), goes(marisol, room)

    go_in(one, other)

    wait_for_frames(one, other)
    expect(one.locator(".face .nm")).to_have_text("Marisol")

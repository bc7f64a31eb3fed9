"""Rooms with more than two, and what a browser may have besides: six on a screen, captions, blur."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.harness import DESKTOP, PHONE, Look
from tests.browser.test_rooms import (
    Goes,
    cameras,
    environment,
    go_in,
    goes,
    marisol,
    refusing,
    ruth,
    served,
    wait_for_frames,
    witness,
)
from tests.web.circles.making import longtime
from tests.web.rooms.making import room_of

from kith.web.people.models import Person

# What a room in a real browser needs, from where it is tested.
__all__ = ["cameras", "environment", "goes", "marisol", "ruth", "served", "witness"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALL = Look(360, 740, "light", "small")
# Lets a test look at what is sent: each connection the page makes is kept.
KEEPS_CONNECTIONS = """
  window.connections = [];
  const Connection = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Connection {
    constructor(...given) { super(...given); window.connections.push(this); }
  };"""
# Of each picture that is sent: at most how many bits a second, and how high.
SENT = """() => window.connections.flatMap((one) => one.getSenders()
  .filter((sender) => sender.track?.kind === "video" && one.connectionState === "connected")
  .map((sender) => {
    const [{ maxBitrate, scaleResolutionDownBy }] = sender.getParameters().encodings;
    return [maxBitrate, Math.round(sender.track.getSettings().height / scaleResolutionDownBy)];
  }))"""
# The browser's own part, which no browser has without a model that it fetches.
CAPTIONS = """
  window.SpeechRecognition = class {
    static available = async () => "available";
    processLocally = true;
    start(track) {
      if (track.kind === "audio") setTimeout(() => this.onresult({ results: [[{ transcript: "good evening" }]] }), 100);
    }
    abort() {}
  };
  window.SpeechRecognition.prototype.processLocally = true;"""
NO_CAPTIONS = "delete window.SpeechRecognition"
BLUR = """
  window.asked = [];
  const can = MediaStreamTrack.prototype.getCapabilities;
  MediaStreamTrack.prototype.getCapabilities = function () {
    return { ...can.call(this), backgroundBlur: [false, true] };
  };
  const ask = MediaStreamTrack.prototype.applyConstraints;
  MediaStreamTrack.prototype.applyConstraints = function (wanted) {
    window.asked.push(Boolean(wanted.backgroundBlur));
    return ask.call(this, wanted);
  };
  const devices = navigator.mediaDevices;
  const lend = devices?.getUserMedia.bind(devices);
  if (devices) devices.getUserMedia = (wanted) => {
    if (wanted.video && !wanted.audio) window.asked.push(Boolean(wanted.video.backgroundBlur));
    return lend(wanted);
  };"""


def places(page: Page) -> list[list[float]]:
    """Return left, top, right and bottom of everybody's place, as they stand."""
    found: list[list[float]] = page.eval_on_selector_all(
        ".faces > *",
        """all => all.map((one) => {
          const { left, top, right, bottom } = one.getBoundingClientRect();
          return [left, top, right, bottom].map(Math.round);
        })""",
    )
    return found


def test_six_have_each_a_place_of_one_size_above_the_buttons(goes: Goes, ruth: Person):
    people = [ruth, *(longtime(name) for name in ("Kofi", "Marisol", "Teo", "Dev", "Wren"))]
    room = room_of(*people)
    # Six encoders are more than a small machine has: two send a picture, four their voices.
    heard = refusing("video", "NotAllowedError")
    inits = [KEEPS_CONNECTIONS, "", heard, heard, heard, heard]
    pages = [goes(one, room, SMALL, init=init) for one, init in zip(people, inits, strict=True)]

    go_in(*pages)

    mine = pages[0]
    expect(mine.locator(".face[data-who]")).to_have_count(6, timeout=60_000)
    expect(mine.locator(".face", has_text="voice only")).to_have_count(4, timeout=60_000)
    mine.wait_for_function(f"() => ({SENT})().length === 5", timeout=60_000)
    mine.wait_for_function(
        f"() => ({SENT})().every(([bits, high]) => bits === 160000 && high <= 180)"
    )
    for look, columns in ((SMALL, 2), (PHONE, 2), (DESKTOP, 3)):
        mine.set_viewport_size({"width": look.width, "height": look.height})
        found = places(mine)
        buttons = mine.locator(".ctl").bounding_box()
        assert len({left for left, _top, _right, _bottom in found}) == columns
        assert len({top for _left, top, _right, _bottom in found}) == 6 // columns
        assert len({(right - left, bottom - top) for left, top, right, bottom in found}) <= 2
        assert max(bottom for _left, _top, _right, bottom in found) <= buttons["y"]


def test_what_is_sent_to_each_is_smaller_the_more_there_are(
    goes: Goes, ruth: Person, marisol: Person
):
    teo = longtime("Teo")
    room = room_of(ruth, marisol, teo)
    one = goes(ruth, room, init=KEEPS_CONNECTIONS)
    others = [goes(who, room) for who in (marisol, teo)]
    go_in(one, others[0])
    wait_for_frames(one, others[0])

    one.wait_for_function(f"() => JSON.stringify(({SENT})()) === '[[1200000,540]]'")
    go_in(others[1])
    one.wait_for_function(f"() => JSON.stringify(({SENT})()) === '[[600000,360],[600000,360]]'")
    others[1].get_by_role("button", name="Leave", exact=True).click()

    # As soon as there is room again, it is used.
    one.wait_for_function(f"() => JSON.stringify(({SENT})()) === '[[1200000,540]]'")


def test_captions_say_who_speaks_where_the_browser_makes_them(
    goes: Goes, ruth: Person, marisol: Person
):
    room = room_of(ruth, marisol)
    one, other = goes(ruth, room, init=CAPTIONS), goes(marisol, room, init=NO_CAPTIONS)
    go_in(one, other)
    wait_for_frames(one, other)

    one.get_by_role("button", name="Captions").click()

    expect(one.get_by_text("Marisol: good evening")).to_be_visible()
    expect(other.get_by_role("button", name="Captions")).to_be_hidden()
    one.get_by_role("button", name="Captions").click()
    expect(one.get_by_text("Marisol: good evening")).to_be_hidden()


def test_blur_stays_on_inside_and_after_the_camera_was_off(
    goes: Goes, ruth: Person, marisol: Person
):
    room = room_of(ruth, marisol)
    one, other = goes(ruth, room, init=BLUR), goes(marisol, room)
    one.get_by_label("Blur what is behind you").check()
    go_in(one, other)
    wait_for_frames(one, other)

    one.get_by_role("button", name="Camera off").click()
    one.get_by_role("button", name="Camera on").click()
    wait_for_frames(one, other)

    asked = one.evaluate("window.asked")
    assert asked
    assert all(asked)


def test_blur_is_offered_only_where_the_machine_does_it(goes: Goes, ruth: Person, marisol: Person):
    page = goes(ruth, room_of(ruth, marisol))

    expect(page.get_by_text("Your camera works.")).to_be_visible()
    expect(page.get_by_text("Blur what is behind you")).to_be_hidden()


def test_door_is_in_sight_on_the_smallest_phone(goes: Goes, ruth: Person, marisol: Person):
    page = goes(ruth, room_of(ruth, marisol), SMALL)
    expect(page.get_by_text("The connection is there.")).to_be_attached()

    door = page.get_by_role("button", name="Go in").bounding_box()
    dock = page.locator(".dock").bounding_box()

    assert door["y"] + door["height"] <= dock["y"]

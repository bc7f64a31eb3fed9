"""What browser tests share: how people look at kith, and a witness of what must never happen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal
from weakref import WeakKeyDictionary

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebError

# Opens an empty page: `browse(PHONE)`, or with any option of a browser context.
Browse = Callable[..., Page]


@dataclass(frozen=True, slots=True)
class Look:
    """A screen, and whether its owner likes it light or dark."""

    width: int
    height: int
    scheme: Literal["light", "dark"]
    name: str

    def options(self) -> dict[str, Any]:
        """Return what Playwright wants to know about it."""
        return {
            "viewport": {"width": self.width, "height": self.height},
            "color_scheme": self.scheme,
        }


PHONE = Look(390, 844, "light", "phone-light")
PHONE_DARK = Look(390, 844, "dark", "phone-dark")
DESKTOP = Look(1280, 800, "light", "desktop-light")
DESKTOP_DARK = Look(1280, 800, "dark", "desktop-dark")
LOOKS = (PHONE, PHONE_DARK, DESKTOP, DESKTOP_DARK)
# The narrowest phone, and a desktop at 200 % zoom: half the room, twice the pixels.
NARROW = Look(320, 640, "light", "narrow")
ZOOMED = Look(640, 400, "light", "zoomed")


@dataclass  # no slots: Playwright leaves a note on whoever listens
class Witness:
    """Watches every page of a test, and remembers what a page of kith must never do.

    That is: asking another origin for anything, or writing an error to the console, which is
    also where Chromium reports whatever our content security policy stopped.
    """

    origin: str
    faults: list[str] = field(default_factory=list)
    # Addresses that a test asks for knowing that they do not answer 200.
    expected: set[str] = field(default_factory=set)

    def watch(self, context: BrowserContext) -> None:
        """Watch every page of `context`."""
        context.on("request", self._on_request)
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:", "about:")):
            self.faults.append(f"asked another origin: {request.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        # Only a test takes a browser offline; that what asks in the background then fails is no fault.
        is_offline = "ERR_INTERNET_DISCONNECTED" in message.text
        is_expected = is_offline or message.location["url"] in self.expected
        if message.type == "error" and not is_expected:
            self.faults.append(f"console: {message.text}")

    def _on_error(self, error: WebError) -> None:
        self.faults.append(f"script: {error.error}")


# What axe says of everything that is right is a hundred times as long: it stays in the browser.
_VIOLATIONS = """async () => {
  const found = await axe.run({ resultTypes: ["violations"] });
  return found.violations.map(
    (rule) => `${rule.id}: ${rule.help}: ${rule.nodes[0].html}`);
}"""
# Colors and lamps that still move to where they will be are not what anybody reads.
_STAND_STILL = """() => document.getAnimations().forEach((moving) => {
  if (moving instanceof CSSTransition) moving.finish();
})"""
_looks: WeakKeyDictionary[Page, tuple[Look, ...]] = WeakKeyDictionary()


def look_in_turn(page: Page, looks: tuple[Look, ...]) -> None:
    """Have `violations` and `sideways_px` look at `page` in each of `looks`, without loading it anew."""
    _looks[page] = looks


def looks_at(page: Page) -> Iterator[str]:
    """Yield the name of each look that `page` is to be seen in, while it is; then as it was."""
    # A click may have begun another page, which is not there yet, or not all of it.
    page.wait_for_load_state("load")
    looks = _looks.get(page)
    if looks is None:
        yield ""
        return
    for look in looks:
        _wear(page, look)
        yield look.name
    _wear(page, looks[0])


def _wear(page: Page, look: Look) -> None:
    page.set_viewport_size({"width": look.width, "height": look.height})
    page.emulate_media(color_scheme=look.scheme)
    page.evaluate(_STAND_STILL)


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong on `page`, each with the first element at fault."""
    return [
        f"{name}: {fault}" if name else fault for name in looks_at(page) for fault in _faults(page)
    ]


def _faults(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(_VIOLATIONS)
    return found


def sideways_px(page: Page) -> int:
    """Return how far `page` scrolls sideways: 0 when everything fits."""
    return max(_sideways_px(page) for _ in looks_at(page))


def _sideways_px(page: Page) -> int:
    wide: int = page.evaluate(
        "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    )
    return wide


def tab_stops(page: Page, count: int) -> Iterator[str]:
    """Yield the words of the first `count` elements that the Tab key reaches."""
    for _ in range(count):
        page.keyboard.press("Tab")
        yield str(page.evaluate("document.activeElement.innerText.trim()"))

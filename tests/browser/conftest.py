"""A real Chromium, at every size and by day and night. It is never skipped."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer
from tests.browser.harness import (
    DESKTOP,
    LOOKS,
    PHONE,
    Browse,
    Look,
    Witness,
    look_in_turn,
)

# Playwright keeps an event loop in this thread, which makes Django think we are asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Other tests run beside these on as few as two cores: what comes late has still come.
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)
FLAGS = (
    "--no-sandbox",  # the suite may run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing but our own server can be reached, whatever a page tries.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A running Chromium."""
    path = os.environ.get("KITH_CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.fail("These tests drive a real browser: apt install chromium", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def live_server(django_db_setup: None, live_server: LiveServer) -> LiveServer:
    """Our own application, served from a thread of this process.

    The database comes first: before it has its file the server takes it for one in memory, and
    would share this thread's connection, which crashes as soon as one of the two closes it.
    """
    return live_server


@pytest.fixture
def witness(live_server: LiveServer) -> Iterator[Witness]:
    """Fails the test when a page asked another origin, broke our policy, or logged an error."""
    watching = Witness(origin=live_server.url)
    yield watching
    assert watching.faults == []


@pytest.fixture
def browse(chromium: Browser, live_server: LiveServer, witness: Witness) -> Iterator[Browse]:
    """Opens pages: `browse(PHONE)`, or with any option of a browser context."""
    contexts = []

    def open_page(look: Look = PHONE, **options: Any) -> Page:
        context = chromium.new_context(base_url=live_server.url, **{**look.options(), **options})
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        witness.watch(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(browse: Browse) -> Page:
    """An empty page, looked at on a phone and on a desktop, by day and by night.

    `violations` and `sideways_px` change its size and colors for each look, as a hand that turns
    a screen does: four times as fast as to load, and to walk to, every page four times.
    """
    page = browse(PHONE)
    look_in_turn(page, LOOKS)
    return page


@pytest.fixture
def phone(browse: Browse) -> Page:
    """An empty page on a phone."""
    return browse(PHONE)


@pytest.fixture
def desktop(browse: Browse) -> Page:
    """An empty page on a desktop."""
    return browse(DESKTOP)


@pytest.fixture
def plain(browse: Browse) -> Page:
    """An empty page in a phone's browser that runs no JavaScript."""
    return browse(PHONE, java_script_enabled=False)

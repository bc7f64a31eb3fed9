"""The rules of the look that a machine can check, for every app's style sheets."""

import gzip
import re

import pytest
from django.conf import settings

from kith.web.kit.pictures import STATIC_DIR

SHEETS = sorted(settings.PACKAGE_DIR.glob("web/*/static/**/*.css"))
OURS = [sheet for sheet in SHEETS if "vendor" not in sheet.parts]
TOKENS = (STATIC_DIR / "tokens.css").read_text()


def block(start: str) -> dict[str, str]:
    """Return the custom properties that tokens.css sets in the first block after `start`."""
    inside = TOKENS.split(start, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"(--[\w-]+): ([^;]+);", inside))


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


DAY = block("---- colors by day")
NIGHT = block("(prefers-color-scheme: dark)")


def test_both_nights_are_the_same():
    assert block(':root[data-theme="night"]') == NIGHT


def test_night_changes_every_color_but_the_lamp_itself():
    assert set(DAY) - set(NIGHT) == {"--lamp", "--on-lamp"}


@pytest.mark.parametrize("colors", [DAY, {**DAY, **NIGHT}], ids=["day", "night"])
def test_words_and_petals_stand_out_enough(colors):
    def against(front: str, back: str) -> float:
        return contrast(colors[f"--{front}"], colors[f"--{back}"])

    for ground in ("air", "room", "room-2"):
        for words in ("ink", "ink-2", "dusk", "stop"):
            assert against(words, ground) >= 4.5
        # Edges of controls, and petals, are shapes: 3:1.
        assert against("line-2", ground) >= 3
    for dye in ("madder", "weld", "cochineal", "woad", "lichen"):
        assert against(dye, "room") >= 3
    assert against("on-lamp", "lamp") >= 7
    assert against("on-dusk", "dusk") >= 7


def test_every_value_in_use_is_defined():
    texts = [sheet.read_text() for sheet in OURS]
    defined = {name for text in texts for name in re.findall(r"(--[\w-]+):", text)}

    used = {name for text in texts for name in re.findall(r"var\((--[\w-]+)", text)}

    assert used - defined == set()


@pytest.mark.parametrize("sheet", OURS, ids=lambda sheet: sheet.stem)
def test_style_sheet_asks_nobody_else_for_anything(sheet):
    assert re.findall(r"https?:|//[a-z]|@import", sheet.read_text()) == []


@pytest.mark.parametrize("sheet", OURS, ids=lambda sheet: sheet.stem)
def test_file_named_in_a_style_sheet_exists(sheet):
    named = re.findall(r'url\("([^"]+)"\)', sheet.read_text())

    assert [name for name in named if not (sheet.parent / name).exists()] == []


def test_motion_stops_for_those_who_ask():
    assert "prefers-reduced-motion: reduce" in (STATIC_DIR / "kit.css").read_text()


def test_frame_leaves_room_for_a_page_in_sixty_kilobytes():
    names = ("tokens.css", "kit.css", "kit.js", "vendor/htmx.min.js")

    sizes = [len(gzip.compress((STATIC_DIR / name).read_bytes())) for name in names]

    assert sum(sizes) <= 30_000

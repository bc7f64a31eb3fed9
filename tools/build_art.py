"""Draw kith's pictures: the petals, the dusk landscape, the icon sprite and the app icons.

    python tools/build_art.py LUCIDE

LUCIDE is the unpacked npm package `lucide-static`; its version is in `kit/static/kit/VENDOR.md`.
The PNG icons are photographed with Chromium, which must be on the PATH.
Every picture comes out the same on every run: the dice are seeded.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

TARGET = Path(__file__).parents[1] / "src/kith/web/kit/static/kit"

# A page may only name an icon that is in this list; a test says so.
ICONS = (
    "accessibility",
    "armchair",
    "arrow-left",
    "arrow-right",
    "baby",
    "bell",
    "bus",
    "calendar-plus",
    "check",
    "chevron-down",
    "clock",
    "copy",
    "cross",
    "door-open",
    "external-link",
    "footprints",
    "globe",
    "hand",
    "heart-handshake",
    "info",
    "key",
    "languages",
    "link",
    "locate-fixed",
    "log-out",
    "map",
    "map-pin",
    "message-circle",
    "monitor",
    "navigation",
    "phone",
    "repeat",
    "rss",
    "search",
    "sprout",
    "sunset",
    "user-round",
    "users-round",
    "video",
    "volume-2",
    "x",
)

SYSTEMS = ("mu", "da", "ox", "se", "ec")  # clockwise from the top, always
DUSK, CREAM = "#1d4a5b", "#fffaf0"


def main(lucide: Path) -> None:
    """Write every picture into the kit's static folder."""
    (TARGET / "icons.svg").write_text(icons_sprite(lucide))
    (TARGET / "petals.svg").write_text(petals_sprite())
    (TARGET / "dusk-land.svg").write_text(landscape(Scene(2000, 290, Random(9))))  # noqa: S311 - a picture
    (TARGET / "dusk-sky.svg").write_text(sky(Random(10)))  # noqa: S311 - a picture
    (TARGET / "favicon.svg").write_text(app_icon(corner=112, petal_scale=8.2))
    photograph("icon-192.png", app_icon(corner=112, petal_scale=8.2), 192)
    photograph("icon-512.png", app_icon(corner=112, petal_scale=8.2), 512)
    # Phones cut a maskable icon to their own shape, and keep at least the middle four fifths.
    photograph("icon-maskable-512.png", app_icon(corner=0, petal_scale=6.6), 512)
    photograph("apple-touch-icon.png", app_icon(corner=0, petal_scale=7.4), 180)


# ---- icons ------------------------------------------------------------------------------------


def icons_sprite(lucide: Path) -> str:
    """Return one SVG file that holds a symbol for each icon we use."""
    symbols = "\n".join(
        f'<symbol id="{n}" viewBox="0 0 24 24">{shape(lucide, n)}</symbol>' for n in ICONS
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


def shape(lucide: Path, name: str) -> str:
    """Return what lucide draws inside its `name` icon; line and color come from our style sheet."""
    text = (lucide / "icons" / f"{name}.svg").read_text()
    inside = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", text, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "", inside).replace(" />", "/>")


# ---- petals -----------------------------------------------------------------------------------


def petal(place: int) -> str:
    """Return the outline of the petal at `place`: each a little different, as if cut by hand."""
    dice = Random(40 + place)  # noqa: S311 - a picture

    def near(value: float, slack: float = 0.55) -> float:
        return round(value + dice.uniform(-slack, slack), 2)

    return (
        f"M0,-4.4 C{near(-5)},{near(-7)} {near(-9.6)},{near(-12.2)} {near(-7.8)},{near(-18)}"
        f" C{near(-6.4)},{near(-22.4)} {near(-2.4)},{near(-24.4)} {near(1)},{near(-23.7)}"
        f" C{near(5.2)},{near(-23)} {near(8.7)},{near(-20)} {near(8.3)},{near(-15.6)}"
        f" C{near(7.9)},{near(-11.2)} {near(4.6)},{near(-6.6)} 0,-4.4 Z"
    )


def petals_sprite() -> str:
    """Return one SVG file with a petal, a seed and a hole for each of the five places.

    None of them has a fill or a stroke: they take those from the `use` that shows them, because
    the style sheet of a page does not reach inside another file.
    """
    parts = []
    for place, system in enumerate(SYSTEMS):
        turn = f"rotate({place * 72})"
        parts += [
            f'<path id="{system}" transform="{turn} scale(.9 1)" d="{petal(place)}"/>',
            f'<circle id="{system}-seed" transform="{turn}" cy="-9.5" r="1.5"/>',
            f'<circle id="{system}-hole" transform="{turn}" cx=".2" cy="-14.2" r="2.5"/>',
        ]
    drawn = "\n".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n<defs>\n{drawn}\n</defs>\n</svg>\n'


def app_icon(*, corner: int, petal_scale: float) -> str:
    """Return the app icon: our four petals and a seed, cream on dusk."""
    petals = "".join(
        f'<path transform="rotate({place * 72}) scale(.9 1)" d="{petal(place)}"/>'
        for place in range(4)
    )
    seed = f'<circle transform="rotate({4 * 72})" cy="-9.5" r="1.5"/>'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">'
        f'<rect width="512" height="512" rx="{corner}" fill="{DUSK}"/>'
        f'<g fill="{CREAM}" transform="translate(256 266) scale({petal_scale})">{petals}{seed}</g></svg>\n'
    )


def photograph(name: str, svg: str, side: int) -> None:
    """Save `svg` as a PNG file of `side` by `side` pixels."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("The PNG icons need Chromium. On Debian: apt install chromium")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "icon.html")
        page.write_text(f"<!doctype html><style>body{{margin:0}}svg{{display:block}}</style>{svg}")
        subprocess.run(
            [
                chromium,
                *(
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                ),
                *(
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ),
                *("--hide-scrollbars", "--default-background-color=00000000"),
                *(f"--window-size={side},{side}", f"--screenshot={TARGET / name}", page.as_uri()),
            ],
            check=True,
            capture_output=True,
        )


# ---- the landscape at dusk --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scene:
    """A strip of land, `width` by `height`, and the dice that scatter things on it."""

    width: int
    height: int
    dice: Random
    horizon: float = 0.14  # how far down the first hills begin
    river_at: float = 0.56  # where the river meets the horizon, from the left
    zoom: float = 1.1  # size of the houses

    @property
    def depth(self) -> float:
        """How tall a whole picture would be of which this is the lower part."""
        return self.height * (1 - self.horizon) / 0.44

    @property
    def house_unit(self) -> float:
        """What houses and the river are measured in."""
        return self.depth * self.zoom

    @property
    def skyline(self) -> float:
        """How far down the first hills begin, in pixels."""
        return self.height * self.horizon

    @property
    def hills(self) -> int:
        """How many times a ridge goes up and down."""
        return max(3, round(self.width / 190))

    def is_river(self, x: float, margin: float) -> bool:
        """Return whether a house at `x` would stand in the river."""
        from_river = x - self.river_at * self.width
        unit = self.house_unit
        return -(0.16 + margin) * unit < from_river < (0.46 + margin) * unit


def landscape(scene: Scene) -> str:
    """Return the town at dusk, far hills first; the color of the sky is the style sheet's."""
    depth, top = scene.depth, scene.skyline
    town = top + depth * 0.25
    parts = [
        ridge(scene, top, depth * 0.05, scene.hills, "#7f8f84"),
        ridge(scene, top + depth * 0.08, depth * 0.045, scene.hills + 2, "#4d6e71"),
        ridge(scene, top + depth * 0.155, depth * 0.03, scene.hills, "#2c4f59"),
        *street(
            scene, Street(town - 0.03 * depth, scene.house_unit * 0.042, "#23454f", 0.26, -0.06)
        ),
        ridge(scene, town + depth * 0.035, depth * 0.012, scene.hills, "#204049"),
        river(scene),
        *street(
            scene, Street(town + 0.085 * depth, scene.house_unit * 0.066, "#14303a", 0.34, 0.02)
        ),
        ridge(scene, scene.height - depth * 0.055, depth * 0.022, scene.hills, "#10252e"),
    ]
    drawn = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {scene.width} {scene.height}"'
        f' preserveAspectRatio="xMidYMax slice">\n{drawn}\n</svg>\n'
    )


def ridge(scene: Scene, y: float, swing: float, steps: int, color: str) -> str:
    """Return one line of hills around the height `y`, filled down to the ground."""
    tops = [
        (step * scene.width / steps, y + scene.dice.uniform(-swing, swing))
        for step in range(steps + 1)
    ]
    line = f"M0,{scene.height} L0,{tops[0][1]:.0f} "
    for (left, left_y), (right, right_y) in pairwise(tops):
        middle = (left + right) / 2
        line += f"C{middle:.0f},{left_y:.0f} {middle:.0f},{right_y:.0f} {right:.0f},{right_y:.0f} "
    return f'<path d="{line}L{scene.width},{scene.height} Z" fill="{color}"/>'


def river(scene: Scene) -> str:
    """Return the river, in the color of the last light."""
    depth, bottom, start = scene.depth, scene.height, scene.skyline + scene.depth * 0.19

    def x(units: float) -> str:
        return f"{scene.river_at * scene.width + units * scene.house_unit:.0f}"

    def y(share: float) -> str:
        return f"{start + depth * share:.0f}"

    return (
        f'<path d="M{x(0)},{y(0)} C{x(-0.22)},{y(0.05)} {x(0.30)},{y(0.08)} {x(-0.10)},{bottom}'
        f" L{x(0.52)},{bottom} C{x(0.55)},{y(0.09)} {x(-0.08)},{y(0.05)} {x(0.03)},{y(0)} Z"
        '" fill="#e7b877"/>'
    )


@dataclass(frozen=True, slots=True)
class Street:
    """A row of houses and trees at height `y`; `gap` is the chance of an empty plot."""

    y: float
    size: float
    color: str
    gap: float
    river_margin: float


def street(scene: Scene, row: Street) -> Iterator[str]:
    """Yield the houses and trees of one street, from left to right, none of them in the river."""
    x, dice = -row.size, scene.dice
    while x < scene.width:
        if scene.is_river(x, row.river_margin):
            x += row.size * 0.5
            continue
        what = dice.random()
        if what < 0.16:
            yield tree(
                x + row.size * 0.4,
                row.y + row.size * 0.5,
                row.size * dice.uniform(1.2, 1.8),
                row.color,
            )
            x += row.size * 0.9
        elif what < 0.16 + row.gap:
            x += row.size * dice.uniform(0.8, 2.4)
        else:
            y = row.y + dice.uniform(-0.12, 0.12) * row.size
            width, drawn = house(dice, x, y, row.size * dice.uniform(0.8, 1.2), row.color)
            yield drawn
            x += width + row.size * dice.uniform(-0.12, 0.35)


def tree(x: float, y: float, height: float, color: str) -> str:
    """Return a round tree that stands at `x`, `y`."""
    a, b, c, d = (f"{height * share:.1f}" for share in (0.34, 0.36, 0.9, 0.8))
    return (
        f'<path d="M{x:.0f},{y:.0f} c-{a},-{height * 0.1:.1f} -{b},-{d} 0,-{height:.1f}'
        f" c{b},{height * 0.2:.1f} {a},{c} 0,{height:.1f} Z"
        f'" fill="{color}"/>'
    )


def house(dice: Random, x: float, y: float, size: float, color: str) -> tuple[float, str]:
    """Return how wide a new house is, and the house: most of its windows have the light on."""
    width, roof = size * dice.uniform(1.05, 1.7), size * dice.uniform(0.42, 0.72)
    wall = f"{size * 1.7:.1f}"
    drawn = (
        f'<path d="M{x:.1f},{y + size * 0.9:.1f} v-{wall} l{width / 2:.1f},-{roof:.1f}'
        f' l{width / 2:.1f},{roof:.1f} v{wall} Z" fill="{color}"/>'
    )
    if dice.random() < 0.5:
        drawn += (
            f'<rect x="{x + width * 0.68:.1f}" y="{y - size * 0.8 - roof * 0.8:.1f}"'
            f' width="{width * 0.11:.1f}" height="{roof * 0.7:.1f}" fill="{color}"/>'
        )
    pair = width > size * 1.25
    pane = width * (0.2 if pair else 0.26)
    for left in (0.2, 0.58) if pair else (0.36,):
        light = "#f9c95f" if dice.random() < 0.8 else "#34565f"
        drawn += window(x + width * left, y - size * 0.05, pane, size * 0.5, light)
    return width, drawn


def window(x: float, sill: float, width: float, height: float, light: str) -> str:
    """Return an arched window that stands on its `sill`."""
    side, arch = f"{height * 0.6:.1f}", f"{width / 2:.1f}"
    return (
        f'<path d="M{x:.1f},{sill:.1f} v-{side} a{arch},{arch} 0 0 1 {width:.1f},0 v{side} Z"'
        f' fill="{light}"/>'
    )


def sky(dice: Random) -> str:
    """Return stars and a little grain; the grain keeps the long gradient from showing bands."""
    stars = "\n".join(
        f'<circle cx="{dice.uniform(1, 99):.1f}%" cy="{dice.uniform(2, 44):.1f}%"'
        f' r="{dice.choice([0.7, 0.8, 1.1])}" fill="#f4e6c8" opacity="{dice.uniform(0.3, 0.75):.2f}"/>'
        for _ in range(30)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg">\n<filter id="grain"><feTurbulence type="fractalNoise"'
        ' baseFrequency=".85" numOctaves="2" seed="3"/><feColorMatrix values="0 0 0 0 1  0 0 0 0 .95'
        '  0 0 0 0 .85  0 0 0 .16 0"/></filter>\n'
        f'<rect width="100%" height="100%" filter="url(#grain)" opacity=".5"/>\n{stars}\n</svg>\n'
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))

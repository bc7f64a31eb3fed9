"""Make the small fonts that kith serves out of the full ones.

    python tools/subset_fonts.py SOURCE

SOURCE is any folder that holds, at any depth, the `.woff2` files of the npm packages
`@fontsource-variable/vollkorn`, `@fontsource-variable/atkinson-hyperlegible-next` and
`@fontsource-variable/figtree` (unpack them with `npm pack`). The versions in use, and their
licences, are in `src/kith/web/kit/static/kit/fonts/SOURCE.md`.
"""

import sys
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.TupleVariation import (
    TupleVariation,
)
from fontTools.varLib import instancer

TARGET = Path(__file__).parents[1] / "src/kith/web/kit/static/kit/fonts"

DIGITS = frozenset(map(ord, "0123456789"))
# English, Spanish, French, German and their neighbors, and the marks the design writes with.
LATIN = frozenset(range(0x20, 0x7F)) | frozenset(range(0xA0, 0x100))
LATIN |= {0x131, 0x152, 0x153, 0x2013, 0x2014, *range(0x2018, 0x201F), 0x2022, 0x2026}
LATIN |= {0x2039, 0x203A, 0x20AC}
# Latin Extended-A: Māori, Polish, Czech, Hungarian, Turkish ... and the two Romanian letters.
LATIN_EXT = (frozenset(range(0x100, 0x180)) | frozenset(map(ord, "ȘșȚțẞ"))) - LATIN

# What the style sheets ask for by name, and what the scripts themselves need.
FEATURES = ["kern", "liga", "lnum", "tnum", "ccmp", "locl", "mark", "mkmk"]


@dataclass(frozen=True, slots=True)
class Cut:
    """One font file to make: where from, which characters, and one weight or a range of them."""

    name: str
    source: str
    characters: frozenset[int]
    weight: float | tuple[float, float]


# Headings are only ever set at 500 and what people say at 400: one weight is half the bytes.
CUTS = (
    Cut("vollkorn-latin", "vollkorn-latin-wght-normal", LATIN, 500),
    Cut("vollkorn-latin-ext", "vollkorn-latin-ext-wght-normal", LATIN_EXT, 500),
    Cut("vollkorn-italic-latin", "vollkorn-latin-wght-italic", LATIN, 400),
    Cut("vollkorn-italic-latin-ext", "vollkorn-latin-ext-wght-italic", LATIN_EXT, 400),
    Cut(
        "atkinson-latin",
        "atkinson-hyperlegible-next-latin-wght-normal",
        LATIN - DIGITS,
        (400, 700),
    ),
    Cut(
        "atkinson-latin-ext",
        "atkinson-hyperlegible-next-latin-ext-wght-normal",
        LATIN_EXT,
        (400, 700),
    ),
    Cut(
        "atkinson-italic-latin",
        "atkinson-hyperlegible-next-latin-wght-italic",
        LATIN - DIGITS,
        400,
    ),
    Cut(
        "atkinson-italic-latin-ext",
        "atkinson-hyperlegible-next-latin-ext-wght-italic",
        LATIN_EXT,
        400,
    ),
    Cut("figtree-digits", "figtree-latin-wght-normal", DIGITS, (400, 700)),
)


def cut(font: TTFont, wanted: Cut) -> TTFont:
    """Return `font` with only the characters and weights that `wanted` names."""
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted.characters)
    subsetter.subset(font)
    return instancer.instantiateVariableFont(font, {"wght": wanted.weight})


def add_o_macron(font: TTFont) -> None:
    """Give Atkinson its ō and Ō, without which te reo Māori cannot be written.

    Upstream holds every other macron (its issue 3 asks for these two). They are made as it makes
    its own: the plain letter and its own macron. Where the macron sits on an o, at every weight,
    follows from the marks that upstream does set on both u and o.
    """
    glyphs, variations = font["glyf"], font["gvar"].variations
    for letter, name, code in (("o", "omacron", 0x14D), ("O", "Omacron", 0x14C)):
        u = "u" if letter == "o" else "U"
        on_o, on_u, macron = f"{letter}hungarumlaut", f"{u}hungarumlaut", f"{u}macron"
        glyph = deepcopy(glyphs[on_o])
        mark, model = glyph.components[1], glyphs[macron].components[1]
        mark.glyphName = model.glyphName
        mark.x += model.x - glyphs[on_u].components[1].x
        mark.y = model.y
        glyphs[name] = glyph
        variations[name] = [
            TupleVariation(one.axes, [_moved(*points) for points in zip(*deltas, strict=True)])
            for one, deltas in _at_each_weight(
                variations[on_o], variations[macron], variations[on_u]
            )
        ]
        font["hmtx"][name] = font["hmtx"][on_o]
        font["HVAR"].table.AdvWidthMap.mapping[name] = font["HVAR"].table.AdvWidthMap.mapping[on_o]
        for table in font["cmap"].tables:
            table.cmap[code] = name
    font.setGlyphOrder(glyphs.glyphOrder)


def _at_each_weight(
    *glyphs: list[TupleVariation],
) -> Iterator[tuple[TupleVariation, list[list[tuple[int, int] | None]]]]:
    """Yield the first glyph's variation at each weight, and what moves in all of them there."""
    for at_weight in zip(*glyphs, strict=True):
        if any(one.axes != at_weight[0].axes for one in at_weight):
            raise SystemExit("Upstream no longer varies these letters at the same weights.")
        yield at_weight[0], [one.coordinates for one in at_weight]


def _moved(
    on_o: tuple[int, int] | None, macron: tuple[int, int] | None, on_u: tuple[int, int] | None
) -> tuple[int, int]:
    (x, y), (xm, ym), (xu, yu) = (point or (0, 0) for point in (on_o, macron, on_u))
    return x + xm - xu, y + ym - yu


def main(source: Path) -> None:
    """Write every cut into the kit's static folder and print what each one weighs."""
    TARGET.mkdir(parents=True, exist_ok=True)
    total = 0
    for wanted in CUTS:
        (original,) = source.rglob(f"{wanted.source}.woff2")
        # The same input must give the same bytes, or every run would look like a change.
        font = TTFont(original, recalcTimestamp=False)
        if wanted.name in ("atkinson-latin-ext", "atkinson-italic-latin-ext"):
            add_o_macron(font)
        font = cut(font, wanted)
        font.flavor = "woff2"
        path = TARGET / f"{wanted.name}.woff2"
        font.save(path)
        total += path.stat().st_size
        print(f"{path.stat().st_size:>7}  {path.name}")
    print(f"{total:>7}  in all")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

import re
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from kith.web.kit.pictures import STATIC_DIR

FONTS = STATIC_DIR / "fonts"
TOKENS = (STATIC_DIR / "tokens.css").read_text()
# (family, style) as tokens.css declares them, with the file and the characters it is asked for.
FACE = re.compile(r"@font-face {(.*?)}", re.DOTALL)

ALPHABETS = {
    "english": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "spanish": "áéíóúüñÁÉÍÓÚÜÑ¿¡ªº",
    "maori": "āēīōūĀĒĪŌŪ",
    "french": "àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ«»",
    "german": "äöüßÄÖÜẞ",
    "polish": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",
    "marks": "\u2018\u2019\u201a\u201c\u201d\u201e\u2039\u203a\u2013\u2014\u2026\u2022\u20ac·\xd7°£.,:;!?()[]'\"@#%&*+-/=",
}


def faces() -> list[dict[str, Any]]:
    found = []
    for text in FACE.findall(TOKENS):
        said = dict(re.findall(r"([\w-]+): ([^;]+);", text))
        characters: set[int] = set()
        for part in said["unicode-range"].replace("U+", "").split(", "):
            first, _, last = part.partition("-")
            characters.update(range(int(first, 16), int(last or first, 16) + 1))
        found.append(
            {
                "family": said["font-family"].strip('"'),
                "italic": "font-style" in said,
                "file": re.findall(r'url\("fonts/([^"]+)"\)', said["src"])[0],
                "characters": characters,
            }
        )
    return found


def covered(family: str, *, italic: bool) -> set[int]:
    """Return the characters that a browser will find in our files for this family."""
    return {
        character
        for face in faces()
        if face["family"] == family and face["italic"] is italic
        for character in face["characters"] & set(TTFont(FONTS / face["file"]).getBestCmap())
    }


def test_all_fonts_together_weigh_at_most_120_kilobytes():
    assert sum(path.stat().st_size for path in FONTS.glob("*.woff2")) <= 120_000


@pytest.mark.parametrize("language", ALPHABETS)
@pytest.mark.parametrize("italic", [False, True], ids=["upright", "italic"])
@pytest.mark.parametrize("family", ["Vollkorn", "Atkinson"])
def test_family_has_every_letter_of_the_language(family, italic, language):
    missing = set(map(ord, ALPHABETS[language])) - covered(family, italic=italic)

    assert "".join(map(chr, missing)) == ""


def test_digits_come_from_figtree_and_its_zero_has_no_slash():
    figures = covered("Kith Figures", italic=False)

    assert figures == set(map(ord, "0123456789"))
    assert covered("Atkinson", italic=False) & figures == set()


def test_english_page_never_fetches_the_letters_of_others():
    extended = [face for face in faces() if face["file"].endswith("-ext.woff2")]

    for face in extended:
        assert min(face["characters"]) >= 0x100


def test_every_font_file_is_used_and_every_family_has_its_license():
    assert {face["file"] for face in faces()} == {path.name for path in FONTS.glob("*.woff2")}
    for family in ("Vollkorn", "Atkinson", "Figtree"):
        assert "SIL OPEN FONT LICENSE" in (FONTS / f"OFL-{family}.txt").read_text().upper()

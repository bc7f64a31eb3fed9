"""A picture as one page that stands by itself: no script, no other file, no other address."""

import base64
import re
from html import escape
from importlib.resources import files

from kith.core.picture import Picture, sheet

_KIT = files("kith") / "web" / "kit" / "static" / "kit"
# The same rules as for the page in an instance.
_RULES = files("kith") / "web" / "simulator" / "static" / "simulator" / "picture.css"

# A page by itself is as wide as its curves can be read.
_PAGE = ".lab main{max-width:940px}.lab h1{margin:0}.lab .sub{margin:10px 0 24px;max-width:62ch;color:var(--ink-2)}"


def page(picture: Picture) -> str:
    """Return the page as HTML."""
    about = picture.scenario.about
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(about.title)} · kith lab</title><style>{style()}</style></head>"
        '<body class="lab"><main><h1>Tried on a made-up town</h1><p class="sub">'
        f"{escape(about.title)}. {escape(about.question)}. Each simulated person learns by repetition,"
        f" gets hungry for company, and meets cues.</p>{sheet(picture)}</main></body></html>"
    )


def style() -> str:
    """Return kith's tokens with their letters inside, and the rules of the figures."""
    tokens = (_KIT / "tokens.css").read_text(encoding="utf-8")

    def inside(found: re.Match[str]) -> str:
        data = (_KIT / found[1]).read_bytes()
        return f"url(data:font/woff2;base64,{base64.b64encode(data).decode()})"

    tokens = re.sub(r'url\("?(fonts/[^")]+)"?\)', inside, tokens)
    own = (files("kith.lab") / "report.css").read_text(encoding="utf-8")
    return tokens + own + _RULES.read_text(encoding="utf-8") + _PAGE

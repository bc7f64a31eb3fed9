"""Three simulated people whom whoever tries kith may be: a member, a host, a researcher."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from kith.web.people.actions import written
from kith.web.people.choices import Written
from kith.web.people.models import Person

FILE: Final = "demo-town"


class Words(NamedTuple):
    """The six words of each of the three."""

    member: str
    host: str
    researcher: str


def keep_words(folder: Path, people: Mapping[str, Person]) -> Words:
    """Draw six words for each of the three, and keep them in `folder` for whoever runs the demo."""
    drawn = Words(*(written.new_words("en") for _ in Words._fields))
    for name, words in drawn._asdict().items():
        written.keep(people[name], [words], Written.WORDS)
    path = folder / FILE
    path.write_text(json.dumps(drawn._asdict(), indent=1), encoding="utf-8")
    path.chmod(0o600)
    return drawn


def words_kept(folder: Path) -> Words | None:
    """Return the words that were kept, if all are still somebody's here."""
    try:
        kept = Words(**json.loads((folder / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return kept if all(written.written_key(words) for words in kept) else None

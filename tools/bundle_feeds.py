"""Make the feeds that kith comes with from copies of the real ones: facts only, nothing personal.

Usage: python -m tools.bundle_feeds FOLDER, where FOLDER holds the files that SOURCE.md names.
Left out: free text, contacts, links to join, phone numbers. Kept as they are: names, places,
times, codes, and everything about them that is dirty.
"""

import csv
import gzip
import io
import json
import sys
from pathlib import Path
from typing import Any

from tools.steps import ROOT

BUNDLE = ROOT / "src/kith/web/gatherings/data/feeds"

MEETING_GUIDE = (
    "name", "slug", "updated", "url", "day", "time", "end_time", "timezone", "types", "location",
    "formatted_address", "approximate", "latitude", "longitude", "region", "regions", "sub_region",
    "attendance_option",
)  # fmt: skip
BMLT_WITHOUT = ("comments", "location_info", "virtual_meeting_additional_info")
BMLT_WITHOUT_PREFIX = ("contact_", "email_contact", "phone_meeting", "virtual_meeting_link")
UK_WITHOUT = ("Note", "What3Words")
SMART = ("days", "times", "address", "latitude", "longitude", "program", "audiences", "languages", "meeting_number", "online", "recurrence", "schedule_line", "name", "title")  # fmt: skip
# Greater London and Dublin: enough for a demo to be quick, and a town to be real.
UK_BOXES = ((51.25, 51.72, -0.55, 0.32), (53.2, 53.45, -6.5, -6.0))


def main(folder: Path) -> None:
    """Write the bundle from the files in `folder`."""
    BUNDLE.mkdir(parents=True, exist_ok=True)
    _json(folder / "mg-orange-county-ca.json", lambda r: {k: r[k] for k in MEETING_GUIDE if k in r})
    _json(
        folder / "mg-eating-disorders-anon.json",
        lambda r: {k: r[k] for k in MEETING_GUIDE if k in r},
    )
    _json(folder / "bmlt-greater-newyork-GetSearchResults.json", _bmlt)
    _json(folder / "bmlt-formats-en.json", lambda r: r)
    _json(folder / "smart-recovery-us.json", lambda r: {k: r[k] for k in SMART if k in r})
    _json(folder / "y12sr-recovery-yoga.json", lambda r: {k: r[k] for k in SMART if k in r})
    _uk(folder / "uk-ireland-2026-08-05.csv")


def _json(path: Path, stripped: Any) -> None:
    records = [stripped(record) for record in json.loads(path.read_text(encoding="utf-8"))]
    lines = ",\n".join(json.dumps(r, ensure_ascii=False, separators=(",", ":")) for r in records)
    _write(path.name, f"[\n{lines}\n]\n")


def _bmlt(record: dict[str, str]) -> dict[str, str]:
    return {
        key: "" if key in BMLT_WITHOUT or key.startswith(BMLT_WITHOUT_PREFIX) else value
        for key, value in record.items()
    }


def _uk(path: Path) -> None:
    text = io.StringIO()
    reader = csv.DictReader(path.open(encoding="utf-8-sig", newline=""))
    writer = csv.DictWriter(text, list(reader.fieldnames or []), lineterminator="\n")
    writer.writeheader()
    # The columns stay, so that the list is still recognized by them.
    writer.writerows(row | dict.fromkeys(UK_WITHOUT, "") for row in reader if _is_kept(row))
    _write("uk-ireland-cities.csv", text.getvalue())


def _is_kept(row: dict[str, str]) -> bool:
    try:
        lat, lon = float(row["Latitude"]), float(row["Longitude"])
    except ValueError:
        return True
    return any(s <= lat <= n and w <= lon <= e for s, n, w, e in UK_BOXES)


def _write(name: str, text: str) -> None:
    # No time and no name inside: the same feed gives the same bytes.
    packed = gzip.compress(text.encode(), mtime=0)
    (BUNDLE / f"{name}.gz").write_bytes(packed)
    print(f"{name}.gz {len(packed):,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

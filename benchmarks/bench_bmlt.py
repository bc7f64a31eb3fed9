"""The questions BMLT was measured with, on the same 9,738 meetings: CPU time of one answer.

python benchmarks/bench_bmlt.py [--feed FILE] [--smoke]
BMLT 3.1.0's figures: Apache, mod_php and MariaDB on such a machine, one client, CPU of PHP and
database together. Rows differ a little: a gathering that stands twice in the lists is one here.
"""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import ground

FEED = ground.ROOT / "benchmarks/data/bmlt-9738-GetSearchResults.json.gz"
NEW_YORK = "lat_val=40.7128&long_val=-74.0060"
LONDON = "lat_val=51.5074&long_val=-0.1278"
# (what, query, CPU ms of BMLT 3.1.0, its rows)
QUERIES = (
    ("nearest 10, New York", f"{NEW_YORK}&geo_width=-10&sort_results_by_distance=1", 23.6, 10),
    ("nearest 10, London", f"{LONDON}&geo_width=-10&sort_results_by_distance=1", 25.6, 21),
    ("1 km, London", f"{LONDON}&geo_width_km=1&sort_results_by_distance=1", 38.4, 58),
    ("Friday + 5 km, New York", f"{NEW_YORK}&geo_width_km=5&weekdays=6", 21.0, 17),
    ("5 km, New York", f"{NEW_YORK}&geo_width_km=5&sort_results_by_distance=1", 58.3, 103),
    ("5 km, London", f"{LONDON}&geo_width_km=5&sort_results_by_distance=1", 88.0, 302),
    ("full list", "", 3_628.0, 9_738),
)


def main() -> None:
    """Measure and note."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feed", type=Path, default=FEED)
    parser.add_argument("--smoke", action="store_true")
    choice = parser.parse_args()
    folder = ground.instance("bmlt", [choice.feed], "--country", "US", fresh=False)
    with ground.server(folder) as server:
        for what, query, peer_ms, peer_rows in QUERIES:
            path = f"/client_interface/json/?switcher=GetSearchResults&{query}"
            rows = len(json.loads(server.get(path)))
            times = 3 if choice.smoke or not query else 300
            before = server.cpu_s()
            for _ in range(times):
                server.get(path)
            spent_ms = (server.cpu_s() - before) / times * 1000
            ground.note("bmlt", f"{what} ({rows} rows; BMLT {peer_rows})", spent_ms, "ms CPU")
            ground.note("bmlt", f"{what}: share of BMLT 3.1.0's CPU", spent_ms / peer_ms, "ratio")


if __name__ == "__main__":
    main()

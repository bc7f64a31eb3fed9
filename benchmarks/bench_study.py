"""A large study: 100,000 people with ten million momentary answers, from files to a report.

    python benchmarks/bench_study.py [--people 100000] [--answers 10000000] [--smoke]

The study is made up (`town_study.py`, seeded) and written once as the Parquet files that
`read_records` reads. Each step then runs in a fresh process, whose time, CPU time and peak of
memory are noted: importing the files; the full analysis with its report, which imports them too
(the aim: 5 minutes and 4 GB on two cores); and an export, which is not in the aim.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from benchmarks import ground

SEED = 1
AIM_S, AIM_MB = 300.0, 4_096.0
PLAN = """
[study]
title = "A made-up study of many"
question = "Are people in circles less lonely than people with listings?"
summary = "Made up by a program to measure how long an analysis takes."
contact = "nobody@example.org"
ethics = "none: nobody is real"
weeks = 12

[population]
who = "made-up people"
minimum_age = 18

[[arms]]
key = "listing"
name = "Listings"
features = { circle = 12 }

[[arms]]
key = "circle"
name = "Circles"
features = { circle = true }

[randomisation]
unit = "circles"
mechanism = "simple"

[[measures]]
key = "loneliness"
instrument = "ucla3"
schedule = { every_weeks = 4 }

[[measures]]
key = "moment_lonely"
instrument = "records"
kind = "number"

[[measures]]
key = "moment_craving"
instrument = "records"
kind = "number"

[[measures]]
key = "moment_cue"
instrument = "records"
kind = "yes_no"

[[measures]]
key = "moment_did"
instrument = "records"
kind = "words"

[[outcomes]]
key = "lonely_at_12"
measure = "loneliness"
role = "primary"
estimator = "difference"
contrast = ["circle", "listing"]
at_week = 12
direction = "lower"
covariates = ["loneliness"]
settings = { cluster = true }

[[outcomes]]
key = "lonely_moments"
measure = "moment_lonely"
role = "secondary"
estimator = "mixed"
contrast = ["circle", "listing"]
direction = "lower"
settings = { cluster = true }

[[outcomes]]
key = "craving_moments"
measure = "moment_craving"
role = "secondary"
estimator = "mixed"
contrast = ["circle", "listing"]
direction = "lower"
settings = { cluster = true }

[analysis]
alpha = 0.05
multiplicity = "none"
missing = { rule = "complete_cases", range = [-1.0, 1.0] }

[power]
people = 100000
effect = -0.1
sd = 1.5
target = 0.8
cluster_size = 6
icc = 0.05

[stopping]
harm = "nobody is real, so nobody can be harmed"
"""


def main() -> None:
    """Measure, print and append."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--smoke", action="store_true", help="briefly, to see that it works")
    asked.add_argument("--people", type=int, default=100_000)
    asked.add_argument("--answers", type=int, default=10_000_000)
    asked.add_argument("--step", help=argparse.SUPPRESS)
    asked.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.step:
        print(json.dumps(_measured(given.step, given.folder)))
        return
    people, answers = (600, 60_000) if given.smoke else (given.people, given.answers)
    print(f"load before: {os.getloadavg()}, cores: {os.cpu_count()}")
    folder = made(people, answers)
    for step in STEPS:
        done = subprocess.run([sys.executable, __file__, "--step", step, "--folder", str(folder)], stdout=subprocess.PIPE, check=True, env={**os.environ, "OMP_NUM_THREADS": "2"})  # fmt: skip
        for name, value, unit in json.loads(done.stdout.splitlines()[-1]):
            what = f"{people} people, {answers} momentary answers, {step}{name}"
            ground.note("study", what, value, unit, is_kept=not given.smoke)


def made(people: int, answers: int) -> Path:
    """Return the folder of a study, made if it is not there yet."""
    from benchmarks import town_study
    from kith.lab.consent_files import write_consents
    from kith.lab.records_files import Names
    from kith.lab.records_writing import write_records

    folder = ground.KEPT / f"study-{people}-{answers}"
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        began = time.monotonic()
        ids = np.array([f"p{n:07}" for n in range(people)])
        facts = {key: np.array(said) for key, said in town_study.about(people, SEED).items()}
        study = town_study.study(people, answers, SEED)
        write_records(folder / "data", study, Names(ids, facts))
        write_consents(town_study.agreed(people, SEED), ids.tolist(), folder / "data")
        (folder / "made").touch()
        print(f"made in {time.monotonic() - began:.1f} s")
    (folder / "study.toml").write_text(PLAN)
    return folder


def _measured(step: str, folder: Path) -> list[tuple[str, float, str]]:
    began, cpu = time.monotonic(), time.process_time()
    STEPS[step](folder)
    used = resource.getrusage(resource.RUSAGE_SELF)
    return [
        ("", time.monotonic() - began, "s wall"),
        ("", time.process_time() - cpu, "s CPU"),
        (", peak of memory", used.ru_maxrss / 1024, "MB"),
    ]


def _import(folder: Path) -> None:
    from kith.lab.records_files import read_records

    read_records(folder / "data")


def _analyze(folder: Path) -> None:
    analyze = import_module("kith.lab.analyze").analyze
    options = [str(folder / "study.toml"), str(folder / "data"), "--out", str(folder / "report")]
    analyze.main(options, standalone_mode=False)


def _export(folder: Path) -> None:
    from kith.lab.exporting import export

    where = [str(folder / name) for name in ("study.toml", "data", "export")]
    export.main([*where, "--replace", "--no-fhir"], standalone_mode=False)


STEPS = {"import": _import, "export": _export}
# The analysis is another part's; it is measured as soon as it is there.
if find_spec("kith.lab.analyze"):
    STEPS["analysis and report"] = _analyze


if __name__ == "__main__":
    main()

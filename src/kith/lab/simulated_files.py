"""What a simulation leaves in a folder: days as NetCDF, an account, and a study ready to be analysed.

simulation.nc     daily (arm, replicate, day, metric) and outcome (arm, replicate, measure); where
                  every replicate has its own draw of the calibration, drawn (replicate, number)
account.json      what `kith simulate --json` prints
scenario.toml     what was asked for
study.toml        the study that it is, where there are two arms or more
records/          its records: `kith analyze DIR/study.toml DIR/records`
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import xarray as xr

from kith import __version__
from kith.core.model.calibration import PRIORS, kept_draw
from kith.core.model.outcomes import OUTCOMES
from kith.core.model.planning import plan_of
from kith.core.model.scenario import Scenario
from kith.lab.records_files import Names, write_records
from kith.lab.simulating import METRICS, Lived, study_of


def write(
    out: Path, scenario: Scenario, text: str, lived: Sequence[Lived], account: Mapping[str, Any]
) -> None:
    """Write all of it into the folder `out`."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "scenario.toml").write_text(text, encoding="utf-8")
    (out / "account.json").write_bytes(orjson.dumps(account, option=orjson.OPT_INDENT_2))
    dataset(scenario, lived).to_netcdf(out / "simulation.nc", engine="scipy")
    if len(scenario.arms) < 2:
        return
    records, ours = study_of(scenario)
    names = Names(np.arange(ours.people).astype(str), {"place": ours.home})
    write_records(out / "records", records, names)
    people = len(records.assignments.person)
    (out / "study.toml").write_text(plan_of(scenario, people), encoding="utf-8")


def dataset(scenario: Scenario, lived: Sequence[Lived]) -> xr.Dataset:
    """Return days and outcomes by name, with all that is needed to make them again."""
    arms = [arm.key for arm in scenario.arms]
    found = xr.Dataset(
        {
            "daily": (
                ("arm", "replicate", "day", "metric"),
                np.stack([one.daily for one in lived], axis=1).astype(np.float64),
            ),
            "outcome": (
                ("arm", "replicate", "measure"),
                np.stack([one.outcomes for one in lived], axis=1),
            ),
        },
        coords={
            "arm": arms,
            "replicate": np.arange(len(lived), dtype=np.int32),
            "day": np.arange(scenario.run.days, dtype=np.int32),
            "metric": list(METRICS),
            "measure": list(OUTCOMES),
        },
        attrs={
            "title": scenario.about.title,
            "seed": scenario.run.seed,
            "people": scenario.town.people,
            "kith": __version__,
            "changed_parameters": orjson.dumps(dict(scenario.changed)).decode(),
        },
    )
    if not scenario.run.posterior:
        return found
    drawn = [kept_draw(scenario.run.seed, replicate) for replicate in range(len(lived))]
    return found.assign(drawn=(("replicate", "number"), np.array(drawn))).assign_coords(
        number=list(PRIORS)
    )

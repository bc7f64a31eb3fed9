"""A mapping and its tables in, records out."""

from pathlib import Path
from typing import Any

import numpy as np

from kith.core.records import Prompts, StudyRecords
from kith.errors import InvalidInputError
from kith.lab.importing.drawn import (
    assignments_of,
    decisions_of,
    fact_of,
    follow_up_of,
    ids_of,
    no_assignments,
)
from kith.lab.importing.mapping import MappingError, read_mapping
from kith.lab.importing.seen import acts_of, chairs_of, observations_of
from kith.lab.importing.tables import Tables
from kith.lab.records_columns import Names


def import_records(mapping: Path, source: Path) -> tuple[StudyRecords, Names]:
    """Return the records that a mapping finds in the CSV tables of a folder.

    Raises:
        MappingError: If the mapping or a table is not right: the table, row, column and reason.
    """
    asked = read_mapping(mapping)
    missing, separator = asked.get("missing", []), asked.get("separator", "")
    tables = Tables(source, missing=missing, separator=separator)
    try:
        records, ids = _records(tables, asked, mapping.name)
        facts = {name: fact_of(tables, one, ids) for name, one in asked["people"].get("facts", {}).items()}  # fmt: skip
    except InvalidInputError as error:
        raise MappingError(f"{mapping.name}: {error}") from error
    except (AttributeError, TypeError, ValueError) as error:
        # A key holds another kind of value than it may: the libraries say of which.
        raise MappingError(f"{mapping.name} cannot be followed: {error}") from error
    return records, Names(np.array(ids, object), facts, is_dated=tables.is_dated)


def _records(tables: Tables, asked: dict[str, Any], name: str) -> tuple[StudyRecords, list[str]]:
    ids = ids_of(tables, asked["people"])
    decisions = decisions_of(tables, asked.get("decisions"), ids)
    assignments = (
        assignments_of(tables, asked["assignments"], ids, name)
        if "assignments" in asked
        else no_assignments(asked["decisions"], len(ids))
    )
    observations = observations_of(tables, asked, ids, assignments)
    follow_up = follow_up_of(tables, asked["follow_up"], assignments, decisions, ids)
    acts, chairs = (
        acts_of(tables, asked.get("acts"), ids),
        chairs_of(tables, asked.get("chairs"), ids),
    )
    return StudyRecords(
        len(ids), acts, assignments, decisions, Prompts.none(len(ids)), observations, follow_up, chairs
    ), ids  # fmt: skip

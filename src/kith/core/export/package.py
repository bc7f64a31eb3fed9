"""A Frictionless data package: what the files are, for people and for programs.

Data Package and Table Schema, version 1 (https://specs.frictionlessdata.io).
"""

from collections.abc import Sequence
from typing import Any

from kith.core.export.tables import Field, Table

# Of tables, beside each other, in the same folder.
FORMATS = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


def package(
    name: str, title: str, description: str, tables: Sequence[Table], *, version: str = "1"
) -> dict[str, Any]:
    """Return a datapackage.json for `tables` as CSV, with the Parquet of each named beside it.

    Args:
        name: Lower-case letters, digits, dots, dashes and underscores.
        title: For people.
        description: For people, longer.
        tables: What is in it.
        version: Of the export.
    """
    return {
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "description": description,
        "version": version,
        "resources": [_resource(table, {one.name for one in tables}) for table in tables],
    }


def _resource(table: Table, known: set[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(field) for field in table.fields],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = table.key
    keys = [
        {"fields": column, "reference": {"resource": other, "fields": column}}
        for column, other in table.belongs_to
        if other in known
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": FORMATS["csv"],
        "encoding": "utf-8",
        "schema": schema,
        "sameAs": f"{table.name}.parquet",
    }


def _field(field: Field) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    if not field.may_be_empty:
        limits["required"] = True
    if field.least is not None:
        limits["minimum"] = int(field.least) if field.kind == "integer" else field.least
    if field.most is not None:
        limits["maximum"] = int(field.most) if field.kind == "integer" else field.most
    if field.words and field.kind == "string":
        limits["enum"] = list(field.words)
    said: dict[str, Any] = {"name": field.name, "type": field.kind, "title": field.title}
    if field.kind == "boolean":
        said |= {"trueValues": ["true"], "falseValues": ["false"]}
    if field.unit:
        said["unit"] = field.unit
    return said | ({"constraints": limits} if limits else {})

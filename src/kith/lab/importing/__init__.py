"""Data from elsewhere as kith's records, by a mapping file in TOML.

docs/science/analysis.md says what may stand in one. Every rule of it is in the file, none in here,
so that another data set needs another file and no other code.
"""

from kith.lab.importing.mapping import MappingError
from kith.lab.importing.whole import import_records

__all__ = ["MappingError", "import_records"]

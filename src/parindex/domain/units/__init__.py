"""The bodies that are assessed: as a cycle ranks them, and as a tree whose names and parents change with time."""

from parindex.domain.units.records import Decision, Succession, UnitRecord
from parindex.domain.units.unit import Unit, UnitGroup

__all__ = [
    "Decision",
    "Succession",
    "Unit",
    "UnitGroup",
    "UnitRecord",
]

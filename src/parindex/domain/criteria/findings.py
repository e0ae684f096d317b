"""What a check of a criteria set finds: kind, severity, place, the stated and the found figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from parindex.domain.errors import Place


class Severity(StrEnum):
    """``error``: cannot be right; ``warning``: confirm it; ``note``: good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction or doubt. ``kind`` names its sentence and remedy in :mod:`parindex.wording`; ``facts`` fill
    them.

    ``table`` says which of several checked sets (by position) it belongs to.
    """

    kind: str
    severity: Severity
    place: Place
    code: str = ""
    stated: str | None = None
    found: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    table: int = 0

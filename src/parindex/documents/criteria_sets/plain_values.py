"""Any value of a criteria set as plain JSON data, for those who compare and print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from parindex.domain.errors import Place
from parindex.domain.values import number_text


def plain(value: Any) -> Any:
    """Any value of a set as JSON data; numbers as decimals with a point; places in papers are left out."""
    if isinstance(value, Fraction):
        return number_text(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        named = {field.name: getattr(value, field.name) for field in fields(value) if field.compare}
        return {name: plain(one) for name, one in named.items() if not isinstance(one, Place)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value

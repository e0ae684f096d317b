"""Enumerations of the domain as choices of a column: the code is stored, words are made in ``wording``."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.db import models


def code_field(codes: type[StrEnum], **settings: Any) -> models.CharField[str, str]:
    """A column that holds one code of ``codes``."""
    longest = max(len(code) for code in codes)
    return models.CharField(
        max_length=max(longest, 24), choices=[(code.value, code.value) for code in codes], **settings
    )

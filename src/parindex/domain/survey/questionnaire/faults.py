"""A fault of a questionnaire: kind, where it stands (as a path into its data), facts for the sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

#: A way into the data of a questionnaire: keys and positions (``("sections", 0, "questions", 2, "relevant")``).
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class QuestionnaireFault:
    """Something that makes a questionnaire unusable."""

    kind: str
    path: Path
    facts: dict[str, Any] = field(default_factory=dict)

"""What an operation of the separate process gives: facts and bytes, or the reason why the file cannot be used."""

from __future__ import annotations

from typing import Any

Reply = tuple[dict[str, Any], bytes]


class Refused(Exception):
    """The file cannot be used: the kind of the problem and its facts."""

    def __init__(self, kind: str, **facts: Any) -> None:
        super().__init__(kind)
        self.facts = {"problem": kind, **facts}

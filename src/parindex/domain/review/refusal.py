"""A refusal: why somebody may not do something now. The page shows the reason; nothing is hidden or mute."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec

from parindex.domain.errors import ParindexError

P = ParamSpec("P")


class Refusal(ParindexError):
    """``code`` names the reason, ``facts`` what its sentence says (see ``wording/refusals.py``)."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


def refusal(check: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> Refusal | None:
    """The reason why ``check`` refuses, None where it allows: ``refusal(check_can_submit, actor, sheet)``."""
    try:
        check(*args, **kwargs)
    except Refusal as reason:
        return reason
    return None

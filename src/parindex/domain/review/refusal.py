"""A refusal: why somebody may not do something now. The page shows the reason; nothing is hidden or mute."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ParamSpec

from parindex.domain.errors import ParindexError

P = ParamSpec("P")


class Refusal(ParindexError):
    """``code`` names the reason, ``facts`` what its sentence says (see ``wording/refusals.py``)."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


class Refusals(Refusal):
    """Several reasons at once, each told where it belongs; for who tells only one it is the first of them."""

    def __init__(self, reasons: Sequence[Refusal]) -> None:
        super().__init__(reasons[0].code, **reasons[0].facts)
        self.reasons = tuple(reasons)


def reasons_of(refused: Refusal) -> tuple[Refusal, ...]:
    """The reasons of a refusal: mostly one."""
    return refused.reasons if isinstance(refused, Refusals) else (refused,)


def require_nothing_against(reasons: Sequence[Refusal]) -> None:
    """Refuse with all ``reasons`` where there are any."""
    if reasons:
        raise reasons[0] if len(reasons) == 1 else Refusals(reasons)


def refusal(check: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> Refusal | None:
    """The reason why ``check`` refuses, None where it allows: ``refusal(check_can_submit, actor, sheet)``."""
    try:
        check(*args, **kwargs)
    except Refusal as reason:
        return reason
    return None

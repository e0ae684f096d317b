"""What is told of a change that its two values do not make: another size, another direction."""

from __future__ import annotations

from parindex.documents.arithmetic.figures import TextFigure, in_full
from parindex.documents.arithmetic.findings import StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.prose.marked_text import MarkedText
from parindex.documents.arithmetic.prose.statements import finding

#: A value is higher than another one, or lower: each word, and what it is turned round.
_COMPARED = {
    "cao hơn": "thấp hơn",
    "nhiều hơn": "ít hơn",
    "lớn hơn": "nhỏ hơn",
    "nhỉnh hơn": "thấp hơn",
    "thấp hơn": "cao hơn",
    "ít hơn": "nhiều hơn",
    "nhỏ hơn": "lớn hơn",
    "kém hơn": "cao hơn",
}
#: The old value and the new one, as printed.
_Values = tuple[str, str]


def printed(old: TextFigure, new: TextFigure) -> _Values:
    """Two values with their scales and signs of per cent."""
    return in_full(old, old.digits), in_full(new, new.digits)


def change_apart(
    text: MarkedText, span: tuple[int, int], at: int, values: _Values, right: str, sure: Sure = Sure.LIKELY
) -> StatementFinding:
    """The change at ``at`` is another one from the old of ``values`` to the new: ``right``, in its form."""
    by = text.figure(at)
    unit = in_full(by, "")
    if unit == "%" and all(value.endswith("%") for value in values):
        unit = " điểm %"
    facts = {"old": values[0], "new": values[1]} | ({"unit": unit} if unit else {})
    return finding(
        text, *span, StatementKind.DIFFERENCE, "change_apart_in_unit" if unit else "change_apart", at=at, sure=sure,
        stated=by.digits, found=right, facts=facts,
    )  # fmt: skip


def change_turned(
    text: MarkedText, span: tuple[int, int], at: int, values: _Values, *, up: bool, word: str = ""
) -> StatementFinding:
    """The change at ``at``, told as a rise (``up``) or a fall, goes the other way from the old of ``values`` to the
    new; ``word``: how the text says it, where that may compare the new with the old ("cao hơn").
    """
    old, new = values
    is_compared = word in _COMPARED
    return finding(
        text, *span, StatementKind.DIFFERENCE, "value_turned" if is_compared else "change_turned", at=at,
        sure=Sure.LIKELY, stated=word if is_compared else _direction(up), found=turned(word) or _direction(not up),
        facts={"old": new, "new": old} if is_compared else {"old": old, "new": new},
    )  # fmt: skip


def turned(word: str) -> str:
    """The word that compares two values the other way round; "" of a word that compares none."""
    return _COMPARED.get(word, "")


def _direction(up: bool) -> str:
    return "tăng" if up else "giảm"

"""The parameters of rules in words: targets, edges of bands, options, amounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from parindex.domain.criteria.criteria_set import Measure
from parindex.domain.errors import InvalidValue
from parindex.domain.scoring.trace import ChoiceTrace
from parindex.domain.values import parse_number
from parindex.wording.language import text
from parindex.wording.numbers import number, percent_text, points_text

_BAND_WORDS = {"from": "≥", "above": ">", "below": "<", "up_to": "≤"}


def parameters_words(
    parameters: Iterable[tuple[str, str]], measures: Mapping[str, Measure], *, is_share: bool, choice: str
) -> str:
    """The parameters of a kind as one reads them: targets and edges in per cent where the quantity is a share, options
    by their labels in the measure ``choice``.
    """
    found = []
    for name, value in parameters:
        if name == "target":
            found.append(text("mức đạt tối đa {value}", value=as_share(value, is_share)))
        elif name == "floor":
            found.append(text("mức tối thiểu {value}", value=as_share(value, is_share)))
        elif name == "each":
            found.append(text("mỗi đơn vị {value}", value=exact(value)))
        elif name == "mode":
            found.append(
                text("trừ một lần, theo mức nặng nhất") if value == "worst" else text("trừ theo từng trường hợp")
            )
        elif name.startswith("class "):
            found.append(text("mức trừ {value}", value=exact(value)))
        elif name.startswith("band "):
            found.append(band_words(value, is_share))
        else:
            found.append(f"{option_label(choice, name, measures)}: {exact(value)}")
    return "; ".join(found)


def band_words(written: str, is_share: bool) -> str:
    """A band as the trace writes it (``from 0.8, below 1, points 0.5``) as ``≥ 80%, < 100% → 0,5 điểm``."""
    *edges, gives = written.split(", ")
    words = []
    for edge in edges:
        name, _, value = edge.partition(" ")
        words.append(f"{_BAND_WORDS[name]} {as_share(value, is_share)}")
    result = text("theo quy tắc riêng") if gives == "rule" else exact(gives)
    return f"{', '.join(words) or text('còn lại')} → {result}"


def as_share(written: str, is_share: bool) -> str:
    """A number that stands beside a quantity: in per cent where that is a share."""
    value = _number(written)
    if value is None:
        return written
    return percent_text(value * 100) if is_share else number(value)


def exact(written: str) -> str:
    """A number or an amount (``points 0.5``, ``share 50%``) as one reads it."""
    name, _, amount = written.partition(" ")
    if name == "share":
        value = _number(amount)
        return text("{share} điểm tối đa", share=amount if value is None else percent_text(value * 100))
    if name == "points":
        return text("{points} điểm", points=exact(amount))
    if written.endswith("%"):
        value = _number(written[:-1])
        return written if value is None else percent_text(value)
    value = _number(written)
    return written if value is None else points_text(value)


def _number(written: str) -> Fraction | None:
    try:
        return parse_number(written)
    except InvalidValue:
        return None


def option_label(measure: str, key: str, measures: Mapping[str, Measure] | None) -> str:
    """The label of an option of a choice measure; its key where the set declares none."""
    declared = (measures or {}).get(measure)
    return declared.choices.get(key, key) if declared is not None else key


def chosen_words(choice: ChoiceTrace, measures: Mapping[str, Measure] | None) -> str:
    """The label of what was chosen, in quotation marks."""
    return f"“{option_label(choice.measure, choice.chosen, measures)}”"

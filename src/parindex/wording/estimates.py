"""What points of a survey were made of, in words: the estimate, and how many answers it rests on."""

from __future__ import annotations

from parindex.domain.criteria.survey_points import ESTIMATE_PLACES
from parindex.domain.values import exact_number
from parindex.wording.language import text
from parindex.wording.numbers import number, points_text


def estimate_text(estimate: str) -> str:
    """An estimate (exact text, from 0 to 1) with all its decimals; "–" for none."""
    return points_text(exact_number(estimate), ESTIMATE_PLACES) if estimate else "–"


def estimate_words(estimate: str, answers: int | None) -> str:
    """The estimate and how many answers it rests on, whichever is known; "" where neither is."""
    if not estimate:
        return "" if answers is None else text("{answers} câu trả lời", answers=number(answers))
    shown = estimate_text(estimate)
    if answers is None:
        return text("ước lượng {estimate}", estimate=shown)
    return text("ước lượng {estimate} từ {answers} câu trả lời", estimate=shown, answers=number(answers))

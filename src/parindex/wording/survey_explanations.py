"""An estimate of a survey explained in sentences, down to its strata."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import isnan

from parindex.domain.survey.estimation.explanation import Explanation
from parindex.domain.survey.estimation.tabulation import Figure
from parindex.domain.survey.questionnaire.variables import Variables
from parindex.domain.survey.sample.design import EstimationDesign, Lonely
from parindex.wording import numbers
from parindex.wording.language import mark, text
from parindex.wording.survey_words import category_words, statistic_word, turned_words, value_text, variable_words

_FORMULAS = {
    Figure.MEAN: mark("trung bình có quyền số: Σ w·y / Σ w = {sum} / {base}"),
    Figure.SHARE: mark("tỷ lệ có quyền số: Σ w của người chọn / Σ w = {sum} / {base}"),
    Figure.INDEX: mark("trung bình có quyền số của giá trị quy đổi từ 0 đến 1: Σ w·y / Σ w = {sum} / {base}"),
    Figure.TOTAL: mark("tổng ước lượng: Σ w·y = {sum}"),
    Figure.RATIO: mark("tỷ số hai tổng: Σ w·y / Σ w·x = {sum} / {base}"),
}
_LONELY = {
    Lonely.FAIL: mark("không có tầng nào chỉ một cụm"),
    Lonely.CERTAINTY: mark("tầng chỉ một cụm coi như chắc chắn được chọn: không cộng vào phương sai"),
    Lonely.AVERAGE: mark("tầng chỉ một cụm lấy phương sai bình quân của các tầng khác"),
    Lonely.ADJUST: mark("tầng chỉ một cụm so với trung bình chung của mẫu"),
}


def sentences(
    found: Explanation, variables: Variables, design: EstimationDesign, wanted: Mapping[str, str], turned: Sequence[str]
) -> Iterator[str]:
    """The estimate in sentences, from its value down to the sum of the strata; ``turned`` are the negative questions
    in it.
    """
    statistic = found.figure.value
    cells = (f"{column} = {category_words(value)}" for column, value in wanted.items())
    where = ", ".join(cells) or text("cả mẫu")
    yield text(
        "{variable}, {statistic}, {where}: {value}.",
        variable=variable_words(variables, found.variable),
        statistic=statistic_word(statistic),
        where=where,
        value=_value(statistic, found.estimate),
    )
    if not found.n:
        yield text(
            "Nhóm có {asked} phiếu, không ai trả lời: không có giá trị, sai số hay khoảng tin cậy.", asked=found.asked
        )
        return
    lightest, heaviest, mean = (figure(one) for one in found.weights)
    yield text(
        "{n} người trả lời trong {asked} người của nhóm; quyền số từ {lightest} đến {heaviest}, trung bình {mean}.",
        n=found.n,
        asked=found.asked,
        lightest=lightest,
        heaviest=heaviest,
        mean=mean,
    )
    if turned:
        yield turned_words(variables, turned)
    if found.mean_of:
        yield text("Giá trị là trung bình giản đơn các ước lượng của từng câu hỏi trong nhóm (tổng hợp theo câu hỏi).")
    else:
        formula = text(_FORMULAS[found.figure], sum=figure(found.weighted_sum), base=figure(found.base))
        yield text("Công thức: {formula}.", formula=formula)
    yield text(
        "Mẫu có {clusters} cụm giai đoạn đầu trong {strata} tầng, nên {df} bậc tự do; {lonely}.",
        clusters=found.clusters,
        strata=found.strata,
        df=figure(found.df),
        lonely=text(_LONELY[design.lonely]),
    )
    yield from _error(found, statistic)


def _error(found: Explanation, statistic: str) -> Iterator[str]:
    if isnan(found.se):
        yield text("Không tính được sai số chuẩn: không có tầng nào có hai cụm để so sánh.")
        return
    yield text(
        "Sai số chuẩn {se} là căn bậc hai của phương sai {variance}: tổng phương sai tuyến tính hóa của các tầng.",
        se=figure(found.se),
        variance=figure(found.se**2),
    )
    if isnan(found.low):
        yield text("Không có khoảng tin cậy: {why}.", why=text(_no_interval(found)))
    else:
        yield text(
            "Khoảng tin cậy {low} – {high}; hệ số thiết kế {deff} (so với chọn ngẫu nhiên đơn giản cùng số phiếu).",
            low=_value(statistic, found.low),
            high=_value(statistic, found.high),
            deff=_value("deff", found.deff),
        )


def _no_interval(found: Explanation) -> str:
    """Why there is none although there is an error."""
    if not found.df > 0:
        return mark("nhóm không có bậc tự do (mỗi tầng chỉ một cụm có người của nhóm)")
    return mark("mọi người trả lời như nhau, nên mẫu không nói tỷ lệ có thể lệch bao nhiêu")


def strata_rows(found: Explanation, labels: Sequence[str]) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the table of strata."""
    heads = [
        text("Tầng"),
        text("Cụm chọn / tổng thể"),
        text("Cụm có trả lời"),
        text("Người"),
        text("Σ w"),
        text("Σ w·y"),
        text("Phương sai"),
        text("Tỷ trọng"),
    ]
    whole = sum(part.variance for part in found.parts)
    rows = [
        [
            labels[part.stratum] or text("toàn mẫu"),
            f"{part.drawn} / {'∞' if part.population is None else figure(part.population)}",
            str(part.clusters),
            str(part.respondents),
            figure(part.weight),
            figure(part.weighted_sum),
            figure(part.variance),
            value_text("share", part.variance / whole) if whole > 0 else "–",
        ]
        for part in found.parts
    ]
    return heads, rows


def figure(value: float) -> str:
    """A figure with about six significant digits: ``1234,57``, ``0,000123456``; "–" where there is none."""
    if value != value or value in (float("inf"), float("-inf")):
        return "–"
    digits = Fraction(format(value, ".6g"))
    places = max(0, -_exponent(value) + 5) if value else 0
    return numbers.number(digits, min(places, 12))


def _exponent(value: float) -> int:
    return int(format(abs(value), ".0e").partition("e")[2])


def _value(statistic: str, value: float) -> str:
    return value_text(statistic, None if value != value else value)

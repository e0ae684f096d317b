"""The estimates of a survey for a reader: the whole with its items, then every cell with the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from parindex.cli import terminal
from parindex.cli.survey.asked_remarks import unasked_words
from parindex.documents.surveys.estimates_file import Row
from parindex.documents.surveys.joined_years import JointYears
from parindex.documents.surveys.responses import Responses
from parindex.domain.survey.comparison.stacked_years import YearsMethod
from parindex.domain.survey.estimation.non_response import ItemNonResponse
from parindex.domain.survey.estimation.tabulation import CellNote
from parindex.domain.survey.points.surveyed_points import turned_round
from parindex.domain.survey.questionnaire.variables import ALL
from parindex.wording.language import mark, text
from parindex.wording.survey_words import (
    category_words,
    interval,
    rollup_words,
    statistic_word,
    turned_words,
    value_text,
    variable_words,
)

#: Cells that are printed; the other formats always have all.
PRINTED = 80
#: What the design leaves out of what the data have, and what it puts together.
_REMARKS = {
    "weight_unused": mark(
        "Dữ liệu có cột quyền số (`weight`) nhưng thiết kế không nêu: mỗi phiếu được tính như nhau. Nếu phải dùng, "
        "thêm `weight: weight`."
    ),
    "calibration_undeclared": mark(
        "Quyền số đã hiệu chỉnh theo các tổng đã biết nhưng thiết kế không nêu (`calibration`): sai số tính lớn hơn, "
        "như thể chưa hiệu chỉnh."
    ),
    "clusters_alike": mark(
        "Hai năm có cụm giai đoạn đầu cùng mã, nhưng mã đánh lại từ đầu ở mỗi tầng hoặc số giai đoạn khác nhau nên "
        "không nói được cụm nào là một: hai năm được coi là chọn độc lập. Nếu là cùng những cụm ấy, thêm `overlap` với "
        "cột cụm."
    ),
    "population_unused": mark(
        "Thiết kế ghi `population` hoặc `fraction` ở một giai đoạn mà giai đoạn trên không ghi: giai đoạn trên được "
        "coi như chọn có hoàn lại, nên con số ghi ở dưới không dùng đến."
    ),
    "version_unchecked": mark(
        "Cột phiên bản phiếu không được đối chiếu: thiết kế không nói phiếu có những phiên bản nào. Thêm `versions`, "
        "hoặc `questionnaire` có phiên bản."
    ),
    "by_question": mark(
        "Có cột chia (--by) chính là câu hỏi được ước lượng: mỗi nhóm gồm những người trả lời câu đó như nhau, nên ước "
        "lượng của câu đó (và của nhóm câu hỏi có nó) trong nhóm không nói lên điều gì."
    ),
    "scales_mixed": mark(
        "Có nhóm, phần hoặc phần chung gộp các câu hỏi khác thang: trung bình ở đó không có nghĩa, hãy dùng tỷ lệ hoặc "
        "chỉ số."
    ),
}
#: How the errors of differences between years came about.
_YEARS = {
    YearsMethod.INDEPENDENT: mark("Hai năm được coi là chọn độc lập: phương sai của chênh lệch là V₁ + V₂."),
    YearsMethod.STACKED: mark(
        "Hai năm được tính như một mẫu nối cả hai năm (cách của gói `survey` trong R): {count} cụm giai đoạn đầu có ở "
        "cả hai năm. Cách khác: `overlap: {{method: covariance}}`; không phải cùng những cụm: "
        "`overlap: {{method: independent}}`."
    ),
    YearsMethod.COVARIANCE: mark(
        "Phương sai của chênh lệch giữa hai năm là V₁ + V₂ − 2·Cov, với {count} cụm giai đoạn đầu có ở cả hai năm."
    ),
}


def estimate_words(
    responses: Responses,
    by: Sequence[str],
    rows: Sequence[Row],
    unanswered: Sequence[ItemNonResponse],
    notes: Sequence[CellNote],
    unasked: Sequence[Mapping[str, Any]] = (),
    checked: str = "",
    joint: JointYears | None = None,
) -> str:
    """The result in tables; ``checked`` is what the replicated errors say of the linearised ones, ``joint`` what two
    years that are compared have in common, ``unasked`` answers to questions that were not to be asked.
    """
    survey = responses.survey
    blocks = [terminal.heading(survey.title or text("Kết quả khảo sát"))]
    blocks.append(
        text(
            "{count} phiếu; tổng hợp {rollup}; khoảng tin cậy {level}.",
            count=len(responses),
            rollup=rollup_words(survey.variables.rollup),
            level=value_text("share", survey.confidence),
        )
    )
    if responses.numbered_anew:
        blocks.append(text("Mã cụm đánh số lại từ 1 ở mỗi tầng: cụm 1 của hai tầng là hai cụm (`nested: true`)."))
    blocks.extend(text(_REMARKS[kind]) for kind in responses.remarks)
    turned = turned_round(survey.variables, [ALL])
    if turned:
        blocks.append(terminal.wrapped(turned_words(survey.variables, turned), terminal.width()))
    whole = [row for row in rows if all(name == ALL for name in row["by"].values())]
    blocks.append(_whole(survey.variables, whole))
    if checked:
        blocks.append(terminal.wrapped(checked, terminal.width()))
    if by:
        blocks.extend(_cells(by, rows))
    withheld = sum(row["suppressed"] for row in rows if row["statistic"] != "difference")
    if withheld:
        blocks.append(
            text(
                "{count} ước lượng không công bố: nhóm có dưới {minimum} người trả lời, hoặc cho phép suy ra nhóm đó.",
                count=withheld,
                minimum=survey.minimum_cell,
            )
        )
        whole_cells = [one for one in notes if one.kind == "withheld" and ALL in one.variables]
        if whole_cells:
            blocks.append(text("Không công bố phần chung của: {cells}.", cells=_named(whole_cells)))
    empty = [one for one in notes if one.kind == "empty"]
    if empty:
        blocks.append(text("Nhóm không có phiếu nào: {cells}.", cells=_named(empty)))
    same = without_variation(rows)
    if same:
        words = text(
            "{count} ước lượng không có khoảng tin cậy vì mọi người trả lời như nhau: sai số 0 ở đó không nói được kết "
            "quả có thể lệch bao nhiêu.",
            count=same,
        )
        blocks.append(terminal.wrapped(words, terminal.width()))
    if joint:
        blocks.append(terminal.wrapped(text(_YEARS[joint.method], count=joint.clusters), terminal.width()))
    blocks.extend(_differences(rows))
    blocks.extend(terminal.wrapped(unasked_words(one), terminal.width()) for one in unasked)
    blocks.extend(_unanswered(unanswered, weighted=bool(np.ptp(responses.sample.weight) > 0)))
    return "\n\n".join(blocks)


def _whole(variables: Any, rows: Sequence[Row]) -> str:
    replicated = any("se_replicated" in row for row in rows)
    heads = [
        text("Biến"),
        text("Ước lượng"),
        "n",
        text("Giá trị"),
        text("Sai số"),
        *([text("Sai số lặp")] if replicated else []),
        text("Khoảng tin cậy"),
        "deff",
    ]
    cells = [
        [
            variable_words(variables, row["variable"]),
            statistic_word(row["statistic"]),
            "–" if row["n"] is None else str(row["n"]),
            value_text(row["statistic"], row["estimate"]),
            value_text(row["statistic"], row["se"]),
            *([value_text(row["statistic"], row["se_replicated"])] if replicated else []),
            interval(row),
            value_text("deff", row["deff"]),
        ]
        for row in rows
        if row["statistic"] != "difference" and (row["statistic"] != "total" or row["variable"] in variables.numbers)
    ]
    return terminal.table(heads, cells, "<<" + ">" * (len(heads) - 2))


def _cells(by: Sequence[str], rows: Sequence[Row]) -> Iterator[str]:
    """One line a cell: the roll-up over all items."""
    lines = [row for row in rows if row["variable"] == ALL and row["statistic"] in ("mean", "share", "index")]
    cells: dict[tuple[str, ...], dict[str, Row]] = {}
    for row in lines:
        cells.setdefault(tuple(row["by"][name] for name in by), {})[row["statistic"]] = row
    if not cells:
        return
    said = text("khoảng tin cậy")
    heads = [*by, "n", *(f"{statistic_word(one)} ({said})" for one in ("share", "index"))]
    table = []
    for key, found in list(cells.items())[:PRINTED]:
        n = found["share"]["n"]
        names = [category_words(name) for name in key]
        table.append(
            [*names, "–" if n is None else str(n), *(_with_interval(found[one]) for one in ("share", "index"))]
        )
    yield terminal.table(heads, table, "<" * len(by) + ">>>")
    if len(cells) > PRINTED:
        yield text("… và {count} nhóm khác (xem đủ bằng --format json, csv hoặc xlsx).", count=len(cells) - PRINTED)


def _with_interval(row: Row) -> str:
    return f"{value_text(row['statistic'], row['estimate'])} ({interval(row)})"


def _named(notes: Sequence[CellNote]) -> str:
    shown = [
        "; ".join(f"{column} = {category_words(name)}" for column, name in one.by.items()) or text("cả mẫu")
        for one in notes[:PRINTED]
    ]
    return ", ".join(shown) + (" …" if len(notes) > PRINTED else "")


def _differences(rows: Sequence[Row]) -> Iterator[str]:
    """Differences of the roll-up over all items, the index only; the other formats have all."""
    found = [
        row
        for row in rows
        if row["statistic"] == "difference"
        and row["variable"] == ALL
        and row["of"] == "index"
        and not row["suppressed"]
    ]
    if not found:
        return
    heads = [
        text("So sánh"),
        text("Chỉ số"),
        text("Với"),
        text("Chênh lệch"),
        text("Khoảng tin cậy"),
        "p",
        text("p (Holm)"),
    ]
    table = [
        [
            " / ".join(map(category_words, row["by"].values())) or text("cả mẫu"),
            value_text("index", row["value"]),
            value_text("index", row["value_against"])
            + (
                ""
                if "year" in row["against"]
                else " (" + " / ".join(map(category_words, row["against"].values())) + ")"
            ),
            value_text("index", row["estimate"]),
            interval({**row, "statistic": "index"}),
            value_text("p", row["p"]),
            value_text("p", row["p_holm"]),
        ]
        for row in found[:PRINTED]
    ]
    yield text("Chênh lệch của chỉ số chung (điểm phần trăm):") + "\n" + terminal.table(heads, table, "<>>>>>>")


def without_variation(rows: Sequence[Row]) -> int:
    """How many estimates have an error of 0 and no interval because all answers are alike."""
    found = (row for row in rows if row["statistic"] != "difference" and row["se"] == 0 and row["low"] is None)
    return sum(row["df"] > 0 for row in found)


def _unanswered(unanswered: Sequence[ItemNonResponse], *, weighted: bool) -> Iterator[str]:
    gaps = [one for one in unanswered if one.share]
    if not gaps:
        return
    heads = [
        text("Câu hỏi"),
        text("Được hỏi"),
        text("Trả lời"),
        text("Không biết"),
        text("Từ chối"),
        text("Để trống"),
        text("Tỷ lệ thiếu (theo quyền số)") if weighted else text("Tỷ lệ thiếu"),
    ]
    rows = [
        [
            one.variable,
            str(one.asked),
            str(one.answered),
            str(one.unknown),
            str(one.refused),
            str(one.blank),
            value_text("share", one.share),
        ]
        for one in gaps
    ]
    yield text("Câu hỏi không được trả lời đủ:") + "\n" + terminal.table(heads, rows, "<>>>>>>")

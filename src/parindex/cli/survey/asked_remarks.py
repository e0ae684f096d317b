"""Remarks about what may be a slip in the answers: answers of those who were not to be asked, conditions that cannot be
checked, cluster codes that lie in two clusters above.

No fault, because the data do not say which answer is wrong: told by every command that reads answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parindex.documents.surveys.response_columns import NAMED
from parindex.documents.surveys.responses import Responses
from parindex.domain.survey.questionnaire.asked_questions import unasked_answers, unchecked_conditions
from parindex.domain.survey.sample.design_check import shared_below
from parindex.wording.language import mark, text

#: Rows that are named of one remark.
ROWS = 10
_UNASKED = {
    "relevant": mark("người không được hỏi theo điều kiện hỏi"),
    "respondents": mark("người thuộc nhóm không được hỏi"),
}


def unasked_data(responses: Responses) -> list[dict[str, Any]]:
    """Answers to questions that were not to be asked, conditions that cannot be checked, and cluster codes that lie in
    two clusters of the stage above, for machines.
    """
    file = responses.table.file
    found = [
        {
            "kind": "answered_unasked",
            "variable": one.question,
            "reason": "respondents" if one.by_group else "relevant",
            "file": file,
            "count": len(one.rows),
            "rows": [responses.table.place(int(row)).row for row in one.rows[:NAMED]],
        }
        for one in unasked_answers(responses.given)
    ]
    unchecked = unchecked_conditions(responses.given).items()
    labels = [one.labels for one in responses.clusters]
    return [
        *found,
        *({"kind": "condition_unchecked", "variable": one, "missing": lost} for one, lost in unchecked),
        *(
            {
                "kind": one.kind,
                "column": responses.survey.stages[one.stage].cluster,
                "stage": one.stage + 1,
                "file": file,
                **one.facts,
            }
            for one in shared_below(responses.drawn, labels)
        ),
    ]


def unasked_words(one: Mapping[str, Any]) -> str:
    """One question that was answered by who was not to be asked, or whose condition cannot be checked."""
    if one["kind"] == "condition_unchecked":
        return text(
            "Không đối chiếu được điều kiện hỏi của câu {question}: dữ liệu không có {missing}.",
            question=one["variable"],
            missing=", ".join(one["missing"]),
        )
    if one["kind"] == "clusters_shared_below":
        codes = ", ".join(one["codes"][:ROWS]) + (" …" if one["count"] > min(len(one["codes"]), ROWS) else "")
        return text(
            "Giai đoạn {stage}, cột {column}: {count} mã cụm nằm ở nhiều cụm cấp trên ({codes}); mỗi nơi được tính là "
            "một cụm khác. Mã đánh lại trong từng cụm cấp trên thì không sao; nếu ghi nhầm, sửa mã.",
            stage=one["stage"],
            column=one["column"],
            count=one["count"],
            codes=codes,
        )
    rows = ", ".join(map(str, one["rows"][:ROWS])) + (" …" if one["count"] > min(len(one["rows"]), ROWS) else "")
    why = text(_UNASKED[one["reason"]])
    return text(
        "Câu {question}: {count} câu trả lời của {why} (dòng {rows}). Các câu này vẫn được tính; hãy để trống chúng, "
        "hoặc sửa câu trả lời hay nhóm mà việc hỏi dựa vào.",
        question=one["variable"],
        count=one["count"],
        why=why,
        rows=rows,
    )

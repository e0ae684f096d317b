"""The kinds of rules in words."""

from __future__ import annotations

from parindex.wording.language import mark, text

KINDS = {
    "ratio": mark("điểm theo tỷ lệ"),
    "bands": mark("điểm theo khoảng"),
    "option": mark("điểm theo phương án"),
    "count": mark("điểm cho từng đơn vị đếm được"),
    "deduction": mark("điểm tối đa trừ dần"),
    "sum": mark("tổng nhiều phần"),
    "best": mark("phương án có lợi nhất"),
    "given": mark("điểm do nơi khác cho"),
}


def kind_text(kind: str) -> str:
    """The kind of a rule in words."""
    return text(KINDS[kind])

"""Why a rule gives no points, in words."""

from __future__ import annotations

from parindex.domain.scoring.outcome import NoPoints
from parindex.wording.language import mark, text

_NO_POINTS = {
    NoPoints.NOT_GIVEN: mark("điểm do điều tra, cơ quan khác hoặc hội đồng cho, chưa có"),
    NoPoints.NOT_ASSESSED: mark("không phát sinh, theo quy tắc thì mục này không đánh giá; chờ chấp thuận"),
    NoPoints.MISSING: mark("thiếu số liệu"),
    NoPoints.NO_EARLIER: mark("thiếu số liệu của năm trước"),
    NoPoints.UNDECIDED: mark("không phát sinh hoặc mẫu số bằng 0, quy tắc không nói cho bao nhiêu điểm"),
    NoPoints.UNKNOWN_OPTION: mark("phương án đã chọn không có điểm trong quy tắc"),
    NoPoints.OUTSIDE: mark("giá trị không rơi vào khoảng điểm nào"),
    NoPoints.OVER: mark("tỷ lệ vượt 100% mà quy tắc không cho phép"),
    NoPoints.IMPOSSIBLE: mark("số liệu không thể có: có phần mà không có tổng, mẫu số âm, hoặc số lượng âm"),
}


def no_points(reason: NoPoints) -> str:
    """The reason as part of a sentence."""
    return text(_NO_POINTS[reason])

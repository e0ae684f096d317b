"""What of a bundle was compared, and what was not and why, in words; for the command line and for pages."""

from __future__ import annotations

from collections.abc import Iterable

from parindex.domain.errors import Problem
from parindex.domain.publication.bundle import BundlePart
from parindex.wording import problems
from parindex.wording.language import mark, text

_PARTS = {
    BundlePart.FILES: mark("từng tệp so với bản kê"),
    BundlePart.SIGNATURE: mark("chữ ký trên bản kê và trên cách đóng gói"),
    BundlePart.KEY: mark("khóa ký so với khóa của người kiểm tra"),
    BundlePart.KEY_DAYS: mark("ngày công bố so với hiệu lực của khóa"),
    BundlePart.RESULTS: mark("điểm, chỉ số, xếp loại, thứ hạng tính lại từ số liệu"),
    BundlePart.YARDSTICKS: mark("bộ tiêu chí dạng chuẩn"),
    BundlePart.LISTS: mark("danh sách ý kiến, ước lượng, tài liệu so với dữ liệu đóng băng"),
    BundlePart.ESTIMATES: mark("điểm khảo sát tính lại từ ước lượng"),
    BundlePart.ORIGINS: mark("bản kê và chữ ký của các gói nguồn"),
    BundlePart.WORKBOOK: mark("bảng tính results.xlsx, từng phần"),
    BundlePart.PAGES: mark("trang kiểm chứng và hướng dẫn trong gói"),
}


def part_words(part: BundlePart) -> str:
    """What was compared with what."""
    return text(_PARTS[part])


def compared_words(parts: Iterable[BundlePart]) -> str:
    """Everything that was compared and agrees, in one sentence."""
    return text("Đã so và khớp: {parts}.", parts="; ".join(map(part_words, parts)))


def not_compared_words(parts: Iterable[BundlePart]) -> str:
    """Everything that was not compared, in one sentence, below the reasons."""
    return text("Chưa so, vì lý do ở các dòng có dấu ! trên đây: {parts}.", parts="; ".join(map(part_words, parts)))


def why_not_compared(part: BundlePart, why: Problem) -> str:
    """What was not compared, and why."""
    return text("{part}: {why}", part=part_words(part), why=problems.message(why))

"""What stands in a bundle, as its page lists it."""

from __future__ import annotations

from parindex.wording.language import mark, text

#: In the order in which somebody opens them.
_FILES = (
    ("DOC-TRUOC.txt", mark("cách kiểm tra, đọc trước")),
    ("results.xlsx", mark("kết quả với công thức còn sống: mọi điểm, tổng, tỷ lệ, xếp loại, thứ hạng")),
    ("verify.html", mark("trang kiểm chứng, mở bằng trình duyệt, không cần mạng")),
    ("snapshot.json", mark("dữ liệu đã chốt: số liệu, điểm đã cho, lý do không đánh giá, kết quả")),
    ("criteria_sets/…", mark("bộ tiêu chí với quy tắc viết đủ từng tham số")),
    ("estimates.json", mark("điểm điều tra với ước lượng, sai số chuẩn")),
    ("opinions.json", mark("ý kiến thẩm định, không có tên người")),
    ("manifest.json", mark("lần công bố, phiên bản phần mềm, đầu chuỗi nhật ký, mã SHA-256 của từng tệp")),
    ("signature.json", mark("chữ ký Ed25519 lên manifest.json; để trống ở gói chưa ký")),
)


def files_of_bundle() -> list[tuple[str, str]]:
    """Each file and what stands in it."""
    return [(name, text(words)) for name, words in _FILES]

"""Titles that end with the first half of a word, as the other titles show it."""

from __future__ import annotations

import pytest

from parindex.domain.criteria.coherence.half_words import HalfWords

TITLES = (
    "Tỷ lệ cơ quan công khai hồ sơ",
    "Số cơ quan được kiểm tra, xử lý vi phạm",
    "Đánh giá cơ quan tiếp nhận hồ sơ",
    "Thực hiện kế hoạch xử lý văn bản",
    "Công bố kế hoạch xử lý phản ánh",
    "Nội dung kế hoạch xử lý kiến nghị",
    "Kết quả xử lý hồ sơ",
    "Theo dõi, xử lý hồ sơ",
    "Giải quyết hồ sơ",
    "Tiếp nhận và trả kết quả",
    "Hài lòng về kết quả",
    "Công khai kết quả",
)


@pytest.mark.parametrize(
    ("title", "half"),
    [
        ("Mức độ hoàn thành của các cơ", "cơ"),  # after a word that joins
        ("Kiểm tra, xử", "xử"),  # after a mark
        ("Giải quyết đúng hạn hồ", None),  # "hạn hồ" stands nowhere else: it may be a word
        ("Đơn vị công khai hồ", "hồ"),  # "khai hồ" goes on elsewhere
        ("Rà soát theo kế hoạch", None),  # the second half of a word, whatever follows it
        ("Mức độ xử lý", None),  # "lý" is followed by many
        ("Thông báo bằng văn", None),  # seen once
        ("Công khai kết quả", None),  # ends other titles
        ("Cơ", None),
        ("Công khai 5", None),
        ("Nơi nào cũng không", None),  # seen nowhere
    ],
)
def test_half_words(title: str, half: str | None) -> None:
    assert HalfWords((*TITLES, title)).cut_ending(title) == half


def test_a_syllable_before_one_that_others_precede_too_is_a_word() -> None:
    """ "ký" is always followed by "số" here, but "số" follows many: "được ký" is whole."""
    others = ("chuyển đổi số", "kinh tế số", "xã hội số", "hạ tầng số", "nhân lực số", "dữ liệu số", "nền tảng số")
    signing = ("Văn bản của Sở được ký số nội bộ", "Hồ sơ ký số chuyên dùng", "Tỷ lệ ký số cá nhân")
    many = (f"{other} {at}" for at in range(2) for other in others)
    assert HalfWords((*signing, *many, "Văn bản được ký")).cut_ending("Văn bản được ký") is None
    assert HalfWords((*signing, "Văn bản được ký")).cut_ending("Văn bản được ký") == "ký"

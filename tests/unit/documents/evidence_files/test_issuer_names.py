"""Headings in capitals as sentences write them."""

from __future__ import annotations

import pytest

from parindex.documents.evidence_files.issuer_names import in_sentence_case


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH ĐIỆN BIÊN", "Ủy ban nhân dân tỉnh Điện Biên"),
        ("SỞ NỘI VỤ", "Sở Nội vụ"),
        ("SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "Sở Thông tin và Truyền thông"),
        ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Sở Văn hóa, Thể thao và Du lịch"),
        ("UBND TỈNH ĐẮK NÔNG", "UBND tỉnh Đắk Nông"),
        ("BỘ NỘI VỤ", "Bộ Nội vụ"),
        ("THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ"),
        ("HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ ĐIỆN BIÊN PHỦ", "Hội đồng nhân dân thành phố Điện Biên Phủ"),
        ("ỦY BAN NHÂN DÂN THỊ XÃ MƯỜNG LAY", "Ủy ban nhân dân thị xã Mường Lay"),
        ("BẢO HIỂM XÃ HỘI TỈNH ĐIỆN BIÊN", "Bảo hiểm xã hội tỉnh Điện Biên"),
        ("KHO BẠC NHÀ NƯỚC ĐIỆN BIÊN", "Kho bạc Nhà nước Điện Biên"),
        ("BAN CHỈ ĐẠO CCHC TỈNH", "Ban Chỉ đạo CCHC tỉnh"),
        ("", ""),
    ],
)
def test_capitals_stand_where_names_have_them(heading: str, name: str) -> None:
    assert in_sentence_case(heading) == name

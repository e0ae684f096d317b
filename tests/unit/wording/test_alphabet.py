"""Vietnamese names in the order of the dictionaries."""

from __future__ import annotations

from random import Random

from parindex.wording.alphabet import alphabet_key

IN_ORDER = [
    "Bản Cáp", "Ban Dân tộc", "Chuyên viên", "Công an tỉnh", "Cục Thuế", "Dân vận", "Điện Biên", "Điện Biên Đông",
    "Mường Ảng", "Mường Chà", "Mường Lay", "Mường Nhé", "Nậm Pồ", "Sở Nội vụ", "Sở Tư pháp", "Sở Y tế", "Tủa Chùa",
    "Tuần Giáo", "Ứng Hòa",
]  # fmt: skip


def test_letters_come_before_tones() -> None:
    assert sorted(["ma", "mạ", "mã", "mả", "má", "mà"], key=alphabet_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert sorted(["ân", "ăn", "an", "ãn"], key=alphabet_key) == ["an", "ãn", "ăn", "ân"]
    assert sorted(["Đông", "Dũng", "đa", "da"], key=alphabet_key) == ["da", "Dũng", "đa", "Đông"]


def test_names_of_units() -> None:
    mixed = Random(1).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(mixed, key=alphabet_key) == IN_ORDER


def test_a_composed_and_a_decomposed_name_stand_together() -> None:
    assert alphabet_key("Mường Ảng")[:2] == alphabet_key("Mu\u031bo\u031b\u0300ng A\u0309ng")[:2]

"""Rules and the properties of a set in plain words, as `diff` prints them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from parindex.domain.criteria.criteria_set import (
    Declared,
    Grade,
    Identity,
    IndexDeclaration,
    Measure,
    MeasureKind,
    RoundingSteps,
)
from parindex.domain.values import Rounding, RoundingMode
from parindex.wording import set_properties
from parindex.wording.rule_words import rule_data_words

MEASURES = {
    "x": Measure("x", "Đúng hạn"),
    "y": Measure("y", "Đã giải quyết"),
    "c": Measure("c", "Kế hoạch", MeasureKind.CHOICE, choices={"co": "Có", "khong": "Không"}),
}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            {"kind": "ratio", "of": [{"measure": "x", "weight": 3}, "y"], "to": "y", "target": 3},
            "điểm theo tỷ lệ: (3 × “Đúng hạn” + “Đã giải quyết”) ÷ “Đã giải quyết”; mức đạt tối đa 3",
        ),
        (
            {"kind": "ratio", "of": "x", "to": "y", "floor": "50%", "target": "80%"},
            "điểm theo tỷ lệ: “Đúng hạn” ÷ “Đã giải quyết”; mức đạt tối đa 80%; mức tối thiểu 50%",
        ),
        (
            {"kind": "ratio", "of": "x", "to": {"measure": "x", "year": -1}, "over": "cap",
             "zero_base": {"points": 1}, "round": {"places": 2}},
            "điểm theo tỷ lệ: “Đúng hạn” ÷ “Đúng hạn” (năm trước) (lấy tối đa 100%); mẫu số bằng 0: 1 điểm; làm tròn "
            "đến 2 chữ số thập phân",
        ),
        (
            {"kind": "ratio", "of": [{"measure": "y", "year": 2015}, {"measure": "y", "weight": -1}], "to": ["x", "y"],
             "over": "allow"},
            "điểm theo tỷ lệ: (“Đã giải quyết” (năm 2015) − “Đã giải quyết”) ÷ (“Đúng hạn” + “Đã giải quyết”)",
        ),
        (
            {"kind": "bands", "of": {"measure": "x", "within_group": "rank"},
             "bands": [{"up_to": 3, "points": 2}, {"above": 3, "points": 1}]},
            "điểm theo khoảng: “Đúng hạn” (thứ hạng trong nhóm); ≤ 3 → 2 điểm; > 3 → 1 điểm",
        ),
        (
            {"kind": "option", "of": "c", "options": {"co": {"share": "100%"}, "khong": {"points": 0}}},
            "điểm theo phương án: “Kế hoạch”; Có: 100% điểm tối đa; Không: 0 điểm",
        ),
        (
            {"kind": "sum", "parts": [{"kind": "count", "of": "x", "each": "0.5", "max_points": 1},
                                      {"kind": "given", "max_points": 1}]},
            "tổng nhiều phần; (1) điểm cho từng đơn vị đếm được: “Đúng hạn”; mỗi đơn vị 0,5; (2) điểm do nơi khác cho",
        ),
        (
            {"kind": "count", "of": {"quantity": {"of": "x", "to": "y"}, "year": -3}, "each": "1",
             "nothing_when": "y", "nothing_arose": "not_assessed"},
            "điểm cho từng đơn vị đếm được: (“Đúng hạn” ÷ “Đã giải quyết”) (3 năm trước); mỗi đơn vị 1; "
            "không phát sinh (“Đã giải quyết” bằng 0): không đánh giá",
        ),
    ],
)  # fmt: skip
def test_a_rule_in_words(data: dict[str, Any], words: str) -> None:
    assert rule_data_words(data, Fraction(2), 2024, MEASURES) == words


def test_a_rule_that_cannot_be_used_has_no_words() -> None:
    assert rule_data_words({"kind": "ratio"}, Fraction(2), 2024, MEASURES) == ""


@pytest.mark.parametrize(
    ("of", "old", "new", "words"),
    [
        ("year", 2023, 2024, ("2023", "2024")),
        ("title", "", "Bộ 2024", ("–", "Bộ 2024")),
        ("printed_total", None, Fraction(100), ("–", "100")),
        ("grades", (), (Grade("Tốt", Fraction(80)), Grade("Yếu", Fraction(0))), ("–", "Tốt ≥ 80%; Yếu ≥ 0%")),
        (
            "rounding",
            RoundingSteps(),
            RoundingSteps(Rounding(4), Rounding(2, RoundingMode.TRUNCATED)),
            ("không làm tròn", "từng mục làm tròn đến 4 chữ số thập phân; chỉ số cắt ở 2 chữ số thập phân"),
        ),
        (
            "declared",
            Declared(areas=7, max_points=Fraction(100), parts={"report": Fraction(80), "khac": Fraction(20)}),
            Declared(),
            ("7 lĩnh vực, 100 điểm, báo cáo 80, khac 20", "–"),
        ),
        (
            "index",
            IndexDeclaration(bonus_cap=Fraction(5), absent_parts=("survey",)),
            IndexDeclaration(tie_tolerance=Fraction(1, 100)),
            ("điểm thưởng tối đa 5; không đo phần: survey", "đồng hạng khi chênh không quá 0,01%"),
        ),
        ("identities", (Identity(("a", "b"), ("c",)),), (Identity(("a",), ("c",), True),), ("a + b = c", "a ≤ c")),
        ("measures", MEASURES, {"x": MEASURES["x"]}, ("“Đã giải quyết”; “Kế hoạch”", "–")),
        (
            "measures",
            {},
            {f"m{n}": Measure(f"m{n}", f"Số {n}") for n in range(10)},
            ("–", "; ".join(f"“Số {n}”" for n in range(8)) + " và 2 nữa"),
        ),
    ],
)
def test_properties_of_a_set_in_words(of: str, old: Any, new: Any, words: tuple[str, str]) -> None:
    assert set_properties.values(of, old, new) == words


def test_a_property_without_a_name_of_its_own_keeps_its_key() -> None:
    assert (set_properties.name("grades"), set_properties.name("other")) == ("xếp loại", "other")

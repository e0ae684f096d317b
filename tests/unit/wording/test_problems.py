"""Every kind of problem that the package can raise has a sentence and a remedy."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

import parindex
from parindex.domain.errors import Place, Problem
from parindex.wording import mends, problems, typed_values
from parindex.wording.places import place_text

PACKAGE = Path(parindex.__file__).parent
#: Calls that take the kind of a problem, and at which position.
_CALLS = {"Problem": 0, "InvalidValue": 0, "refused": 1, "_report": 0, "add": 0, "rows": 1}
_METHODS = {"problem": 0}
_KIND = re.compile(r"[a-z]+(_[a-z0-9]+)+")


def kinds() -> Iterator[tuple[str, str]]:
    """Every kind written in the sources, with the file."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            position = _CALLS.get(name) if name in _CALLS else _METHODS.get(name)
            if position is None or len(node.args) <= position:
                continue
            kind = node.args[position]
            if isinstance(kind, ast.Constant) and isinstance(kind.value, str) and _KIND.fullmatch(kind.value):
                yield kind.value, str(path.relative_to(PACKAGE))


def test_every_kind_has_a_sentence_and_a_remedy() -> None:
    """What is said beside a field of a page is a sentence of its own, with the remedy in it."""
    beside_fields = {*typed_values.WORDED, *mends.REFUSED}
    missing = {kind: file for kind, file in kinds() if kind not in {*problems.SENTENCES, *beside_fields}}
    assert missing == {}


def test_sentences_say_what_and_what_to_do() -> None:
    for kind, (message, remedy) in problems.SENTENCES.items():
        assert message.endswith("."), kind
        assert remedy.endswith((".", "?")), kind


def test_facts_are_worded_and_a_missing_one_is_no_error() -> None:
    problem = Problem(
        "rule_differs", Place(code="5.6"),
        {"unit": "dien-bien", "item": "5.6", "origin": "appraised", "points": "0.9", "rule_points": "2/3"},
    )  # fmt: skip
    assert problems.message(problem) == (
        "Mục 5.6 của dien-bien: điểm thẩm định ghi 0,9, quy tắc tính từ số liệu được 0,66667."
    )
    assert "…" in problems.message(Problem("rule_differs"))


def test_a_near_name_is_proposed_where_there_is_one() -> None:
    assert problems.remedy(Problem("key_unknown", facts={"key": "tittle", "near": "title"})).startswith(
        "Có phải “tên” (`title`)?"
    )
    assert problems.remedy(Problem("key_unknown", facts={"key": "x", "near": ""})) == "Bỏ khóa này."


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"kind_of": 1, "item": "1.1", "unit": "a", "reason": "over"}, "tỷ lệ vượt 100%"),
        ({"item": "1.1", "unit": "a", "reason": "missing"}, "thiếu số liệu"),
    ],
)
def test_reasons_of_rules_are_worded(facts: dict[str, object], words: str) -> None:
    assert words in problems.message(Problem("rule_undecided", facts=facts))


def test_numbers_lists_and_truth_are_printed_as_words() -> None:
    assert problems.message(
        Problem("file_too_large", Place(file="a.pdf"), {"bytes": 70_000_000, "limit": 67_108_864})
    ) == ("Tệp a.pdf có 70.000.000 byte, tối đa 67.108.864 byte.")
    assert problems.remedy(Problem("unknown_group", facts={"known": ["a", "b"]})) == "Dùng một trong: a, b."
    assert "…" in problems.remedy(Problem("unknown_group", facts={"known": [str(n) for n in range(20)]}))
    limit = problems.message(Problem("below_minimum", facts={"value": "-1", "limit": Fraction(1, 2), "measure": "x"}))
    assert "0,5" in limit


def test_an_unknown_kind_is_named_rather_than_hidden() -> None:
    assert problems.message(Problem("never_seen")) == "Vấn đề “never_seen”."


def test_places_are_worded_in_reading_order() -> None:
    place = Place(file="a.xlsx", sheet="Bảng 1", row=3, cell="C5", code="1.1")
    assert place_text(place) == "a.xlsx, trang tính Bảng 1, ô C5"
    assert place_text(place, file=False) == "trang tính Bảng 1, ô C5"
    assert place_text(Place(code="1.1")) == "mã 1.1"
    assert place_text(Place()) == ""


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        ("areas/2/2.1/max_points", "2.1", "dòng 34, mục 2.1, “điểm tối đa” (`max_points`)"),
        ("areas/2/2.1", "2.1", "dòng 34, mục 2.1"),
        (
            "areas/2/2.1/rule/bands/1/from", "2.1",
            "dòng 34, mục 2.1, “cách tính điểm” (`rule`), “các mức” (`bands`) thứ 2, “từ” (`from`)",
        ),
        (
            "areas/2/2.1/rule/options/1/points", "2.1",
            "dòng 34, mục 2.1, “cách tính điểm” (`rule`), “các phương án” (`options`), “1”, “điểm” (`points`)",
        ),
        ("areas/0/title", None, "dòng 34, “lĩnh vực” (`areas`) thứ 1, “tên” (`title`)"),
        (
            "declared/parts/opinion_survey", None,
            "dòng 34, “văn bản nêu” (`declared`), “các phần điểm” (`parts`), “điều tra xã hội học”",
        ),
        ("measures/x1/minimum", None, "dòng 34, “số liệu” (`measures`), “x1”, “giá trị nhỏ nhất” (`minimum`)"),
        ("rule/target/2024", None, "dòng 34, “cách tính điểm” (`rule`), “mức đạt điểm tối đa” (`target`), “2024”"),
    ],
)  # fmt: skip
def test_a_path_into_a_set_is_worded(path: str, code: str | None, words: str) -> None:
    assert place_text(Place(line=34, path=path, code=code)) == words


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (
            Problem(
                "trim_limit_too_low",
                facts={"of": "median", "label": "a", "upper": Fraction(6, 5), "middle": 10, "found": 12, "value": 13},
            ),
            "Mức cắt 12 (1,2 × trung vị 10) của nhóm “a” thấp hơn quyền số trung bình 13: không còn chỗ cho phần bị "
            "cắt.",
        ),
        (
            Problem("trim_limit_too_low", facts={"of": "value", "upper": 12, "middle": 1, "found": 12, "value": 13}),
            "Mức cắt 12 (con số ghi ở `upper`) thấp hơn quyền số trung bình 13: không còn chỗ cho phần bị cắt.",
        ),
        (Problem("key_missing", facts={"key": "max_points"}), "Thiếu khóa “điểm tối đa” (`max_points`)."),
        (Problem("key_missing", facts={"key": "mode_of"}), "Thiếu khóa `mode_of`."),
        (
            Problem("term_names_several", facts={"keys": ["measure", "number"]}),
            "Một số hạng chỉ nêu một trong các khóa “số liệu” (`measure`), “số” (`number`).",
        ),
        (
            Problem("column_missing", facts={"columns": ["value", "entry"], "known": []}),
            "Thiếu cột “giá trị” (`value`) hoặc “mục liệt kê” (`entry`).",
        ),
        (Problem("column_twice", facts={"column": "unit_group"}), "Cột “nhóm đối tượng” (`unit_group`) có hai lần."),
        (
            Problem("points_missing", facts={"code": "1", "column": "self_points"}),
            "Mục 1 không có số ở cột điểm tự đánh giá.",
        ),
        (Problem("column_guessed", facts={"column": "Ý"}), "Cột “Ý” được đoán từ nội dung, đầu bảng không nói rõ."),
        (
            Problem("unknown_part", facts={"part": "x", "known": []}),
            "Không có phần điểm “x”: bộ tiêu chí không khai báo phần điểm nào.",
        ),
    ],
)  # fmt: skip
def test_names_that_must_be_written_stand_beside_their_words(problem: Problem, words: str) -> None:
    assert problems.message(problem) == words


def test_rows_of_a_sheet_are_counted_as_the_sheet_counts_them() -> None:
    assert place_text(Place(file="a.xlsx", sheet="S", row=2, line=3)) == "a.xlsx, trang tính S, dòng 3 của trang tính"
    assert place_text(Place(file="a.parquet", row=2)) == "a.parquet, dòng 2"


def test_codes_that_are_near_are_named_only_where_there_are_any() -> None:
    assert problems.remedy(Problem("unknown_code", facts={"code": "9", "near": []})) == "Xem các mã trong bộ tiêu chí."
    assert problems.remedy(Problem("unknown_code", facts={"code": "9", "near": ["8"]})) == "Các mã gần đó: 8."


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (
            Problem("figures_unused", facts={"of_year": 2019, "year": 2024, "rows": 1200, "measures": ["x", "y"]}),
            "1.200 dòng số liệu năm 2019 của x, y không được dùng: không mục nào cần số liệu năm đó.",
        ),
        (
            Problem("figures_unused", facts={"of_year": 2024, "of_cycle": True, "rows": 1, "measures": ["x"]}),
            "1 dòng số liệu của x không được dùng: không mục nào cần.",
        ),
        (
            Problem("measure_of_other_kind", facts={"measure": "x", "found": "choice", "expected": "number"}),
            "Số liệu x là số liệu lựa chọn, ở đây cần số liệu dạng số.",
        ),
        (
            Problem("unknown_item", facts={"item": "9.9", "total": "Cá nhân"}),
            "Tổng “Cá nhân” cộng mục 9.9, nhưng bộ tiêu chí không chấm mục nào có mã đó.",
        ),
        (
            Problem("code_qualified", facts={"printed": list("123456"), "qualified": [f"I.{n}" for n in range(1, 7)]}),
            "6 mã được thêm phần trước theo lĩnh vực (1 → I.1, 2 → I.2, 3 → I.3, 4 → I.4 …).",
        ),
        (
            Problem("rule_proposed", facts={"rule": "option", "options": ["Có: 1", "Không: 0"]}),
            "Đề xuất quy tắc “điểm theo phương án” từ các phương án: Có: 1, Không: 0.",
        ),
        (
            Problem("code_unreadable", facts={"code": "1.1", "title": "Kế hoạch", "cell": "", "printed": "1-1"}),
            "Mã “1-1” không hợp lệ; mục “Kế hoạch” được đọc là 1.1.",
        ),
        (Problem("yaml_syntax", facts={"detail": "x"}), "Tệp không đúng cú pháp YAML ở dòng này."),
        (Problem("unknown_item", facts={"item": "9.9"}), "Không có mục “9.9” trong bộ tiêu chí."),
    ],
)
def test_the_fullest_sentence_that_the_facts_allow(problem: Problem, words: str) -> None:
    assert problems.message(problem) == words


def test_no_kind_is_worded_in_two_tables() -> None:
    """The later table would win, and the other kind be said in its words."""
    source = ast.parse(Path(problems.__file__).read_text("utf-8"))
    tables = next(
        one.value
        for one in source.body
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and one.target.id == "SENTENCES"
    )
    assert isinstance(tables, ast.Dict)
    worded = [kind for one in tables.values if isinstance(one, ast.Name) for kind in getattr(problems, one.id)]
    assert len(worded) >= len(problems.SENTENCES)
    assert {kind for kind, times in Counter(worded).items() if times > 1} == set()


def test_a_fact_may_be_called_kind() -> None:
    facts = {"number": "73/QĐ-UBND", "stated": "Báo cáo", "kind": "Quyết định"}
    told = problems.message(Problem("citation_kind_differs", Place(), facts))
    assert told == "Văn bản số 73/QĐ-UBND được gọi là Báo cáo, nhưng ký hiệu là của Quyết định."

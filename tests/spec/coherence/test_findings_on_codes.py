"""What the check says of codes."""

from __future__ import annotations

from tests.builders import criteria_set, node
from tests.spec.coherence.checked import found_in, only

from parindex.domain.criteria.findings import Severity
from parindex.domain.errors import Place


def test_duplicate_code() -> None:
    """Two rows with the same code are an error. The row out of turn gets the next free code as a proposal.

    Decision 2270, Bảng 1: 2.3.1 stands on rows 37 and 38; as 2.3.2 the second makes 1,75 + 0,75 = 2,5 come out.
    """
    made = criteria_set(
        node("1", "2.5", node("1.1", "2.5",
            node("1.1.1", "1.75", title="Hoạt động", place=Place(row=37)),
            node("1.1.1", "0.75", title="Xử lý kết quả", place=Place(row=38)),
        )),
    )  # fmt: skip
    finding = only(made)
    assert (finding.kind, finding.severity, finding.code) == ("duplicate_code", Severity.ERROR, "1.1.1")
    assert finding.place.row == 37
    assert [row["place"].row for row in finding.facts["rows"]] == [37, 38]
    assert (finding.facts["wrong"].row, finding.facts["proposal"], finding.facts["sum_fits"]) == (38, "1.1.2", True)


def test_duplicate_code_where_the_first_row_is_the_wrong_one() -> None:
    """1.2, 1.2, 1.3: the code that is due first tells that the first 1.2 should be 1.1."""
    made = criteria_set(
        node("1", "3", node("1.2", title="Kế hoạch", place=Place(row=2)), node("1.2", place=Place(row=3)), node("1.3"))
    )
    finding = only(made)
    assert finding.kind == "duplicate_code"
    assert (finding.facts["wrong"].row, finding.facts["proposal"]) == (2, "1.1")


def test_duplicate_code_that_was_stored_as_a_number() -> None:
    """1.9, 1.1, 1.11: a spreadsheet took 1.10 for a number."""
    children = [node(f"1.{number}") for number in range(1, 10)]
    finding = only(criteria_set(node("1", "11", *children, node("1.1", title="Kết quả"), node("1.11"))))
    assert finding.kind == "duplicate_code"
    assert (finding.facts["proposal"], finding.facts["stored_as_number"]) == ("1.10", True)


def test_duplicate_code_of_a_row_too_many() -> None:
    """1.1, 1.1, 1.2: the numbering goes on without the second 1.1; it gets the first code that no row has."""
    made = criteria_set(node("1", "3", node("1.1"), node("1.1", title="Kết quả"), node("1.2")))
    assert only(made).facts["proposal"] == "1.3"


def test_duplicate_code_among_letters() -> None:
    """a, a and a, a, b: the next letter that no row has. Without an "a" (i, i, ii) the letters are no sequence."""
    for codes, proposal in ((("1.a", "1.a"), "1.b"), (("1.a", "1.a", "1.b"), "1.c"), (("1.i", "1.i", "1.ii"), None)):
        rows = (node(code, title=f"Việc {at}") for at, code in enumerate(codes))
        finding = only(criteria_set(node("1", len(codes), *rows)))
        assert (finding.kind, finding.code, finding.facts["proposal"]) == ("duplicate_code", codes[0], proposal)


def test_missing_dot() -> None:
    """231, 2.31 and 23.1 after 2.3 are 2.3.1; the rows below are counted and summed as if the dot were there."""
    for printed in ("111", "1.11", "11.1"):
        finding = only(criteria_set(node("1", "2", node("1.1", "2"), node(printed), node("1.1.2"))))
        assert (finding.kind, finding.severity, finding.code) == ("missing_dot", Severity.ERROR, printed)
        assert finding.facts["proposal"] == "1.1.1"


def test_wrong_parent() -> None:
    """A code with the prefix of another group: 1.2.2 among the children of 1.1."""
    made = criteria_set(
        node("1", "4", node("1.1", "2", node("1.1.1"), node("1.3.2")), node("1.2", "1"), node("1.3", "1"))
    )
    finding = only(made)
    assert (finding.kind, finding.severity, finding.code) == ("wrong_parent", Severity.ERROR, "1.3.2")
    assert (finding.facts["parent"], finding.facts["printed_parent"]) == ("1.1", "1.3")
    assert finding.facts["proposal"] == "1.1.2"


def test_wrong_parent_that_another_row_has_too() -> None:
    """Where only the prefix is wrong, that is the finding, even if another row has the code: it names that row."""
    first = node("1.1", "2", node("1.1.1"), node("1.1.2", place=Place(row=4)))
    finding = only(criteria_set(node("1", "4", first, node("1.2", "2", node("1.2.1"), node("1.1.2")))))
    assert (finding.kind, finding.code, finding.facts["proposal"]) == ("wrong_parent", "1.1.2", "1.2.2")
    assert finding.facts["duplicate_of"].row == 4


def test_parent_missing() -> None:
    """The children of 1.2 without a row 1.2: the row is lost."""
    made = criteria_set(
        node("1", "4", node("1.1", "2", node("1.1.1"), node("1.1.2")), node("1.2.1"), node("1.2.2")), year=2024
    )
    findings = found_in(made)
    assert [(one.kind, one.code) for one in findings] == [("parent_missing", "1.2.1")]
    assert findings[0].facts["missing"] == ("1.2",)


def test_numbering_gap() -> None:
    """1.1, 1.2, 1.5: 1.3 and 1.4 are missing. A warning, since numbers may be skipped on purpose."""
    finding = only(criteria_set(node("1", "3", node("1.1"), node("1.2"), node("1.5"))))
    assert (finding.kind, finding.severity, finding.code) == ("numbering_gap", Severity.WARNING, "1.5")
    assert (finding.facts["missing"], finding.facts["proposal"]) == (("1.3", "1.4"), None)


def test_numbering_gap_before_rows_that_go_on() -> None:
    """1.1, 1.7, 1.3: the row between should be 1.2; nothing else is wrong with 1.3."""
    finding = only(criteria_set(node("1", "3", node("1.1"), node("1.7"), node("1.3"))))
    assert (finding.kind, finding.code, finding.facts["proposal"]) == ("numbering_gap", "1.7", "1.2")


def test_numbering_gap_among_roman_areas() -> None:
    """Areas I, II, IV: III is missing."""
    made = criteria_set(*(node(code, "1", node(f"{code}.1")) for code in ("I", "II", "IV")))
    finding = only(made)
    assert (finding.kind, finding.code, finding.facts["missing"]) == ("numbering_gap", "IV", ("III",))


def test_numbering_gap_above_children_of_another() -> None:
    """Area 4 above 2.1 and 2.2, and no area 2: an error on the code of the area, and nothing about its children."""
    areas = [node(code, "2", node(f"{below}.1"), node(f"{below}.2")) for code, below in (("1", 1), ("4", 2), ("3", 3))]
    finding = only(criteria_set(*areas))
    assert (finding.kind, finding.severity, finding.code) == ("numbering_gap", Severity.ERROR, "4")
    assert (finding.facts["proposal"], finding.facts["children"]) == ("2", "2.1")
    assert [one.kind for one in found_in(criteria_set(*areas, excerpt=True))] == ["numbering_gap"]


def test_numbering_gap_among_letters() -> None:
    """a, c: b is missing. đ is one of the letters where the table uses it; i, ii, iii are none."""
    finding = only(criteria_set(node("1", "2", node("1.a"), node("1.c"))))
    assert (finding.kind, finding.code, finding.facts["missing"]) == ("numbering_gap", "1.c", ("1.b",))
    for letters in ("abcdegh", "abcdđe", "abcdefg", ("i", "ii", "iii")):
        assert found_in(criteria_set(node("1", len(letters), *(node(f"1.{letter}") for letter in letters)))) == ()


def test_numbering_that_goes_on_through_the_areas() -> None:
    """I: 1, 2; II: 3, 4: nothing is missing before 3; where 3 is, it is named."""
    first = node("I", "2", node("I.1"), node("I.2"))
    assert found_in(criteria_set(first, node("II", "2", node("II.3"), node("II.4")))) == ()
    third = node("III", "2", node("III.6"), node("III.7"))
    finding = only(criteria_set(first, node("II", "2", node("II.3"), node("II.4")), third))
    assert (finding.code, finding.facts["missing"]) == ("III.6", ("III.5",))


def test_tree_flat() -> None:
    """1, 1.1, 1.2 all listed as areas: scoring would count their points twice. One finding for the whole set."""
    finding = only(criteria_set(node("1", "2"), node("1.1"), node("1.2")))
    assert (finding.kind, finding.severity, finding.found) == ("tree_flat", Severity.ERROR, "3")
    assert (finding.facts["below"], finding.facts["above"]) == ("1.1", "1")
    assert found_in(criteria_set(node("1"), node("2"))) == ()


def test_numbering_order() -> None:
    """1.1, 1.3, 1.2: one finding at the row that goes back."""
    finding = only(criteria_set(node("1", "3", node("1.1"), node("1.3"), node("1.2"))))
    assert (finding.kind, finding.severity, finding.code) == ("numbering_order", Severity.WARNING, "1.2")
    assert finding.facts["before"] == "1.3"


def test_options_as_subcriteria() -> None:
    """Options that carry codes: the best is worth the whole item, and they read like options."""
    options = (node("1.1.1", "2", title="Đạt từ 80% trở lên"), node("1.1.2", "1", title="Từ 50% đến dưới 80%"))
    finding = only(criteria_set(node("1", "2", node("1.1", "2", *options))))
    assert (finding.kind, finding.severity, finding.code) == ("options_as_subcriteria", Severity.ERROR, "1.1")
    assert [option["code"] for option in finding.facts["options"]] == ["1.1.1", "1.1.2"]


def test_options_as_subcriteria_with_nothing_for_the_last() -> None:
    """ "Đạt yêu cầu: 2, không đạt: 0" sums to the whole and still is a choice; a zero among real parts is not."""
    yes_no = (node("1.1.1", "2", title="Đạt yêu cầu"), node("1.1.2", "0", title="Không đạt yêu cầu"))
    assert only(criteria_set(node("1", "2", node("1.1", "2", *yes_no)))).kind == "options_as_subcriteria"
    parts = (node("1.1.1", "2", title="Kế hoạch năm"), node("1.1.2", "0", title="Số phản ánh"))
    assert only(criteria_set(node("1", "2", node("1.1", "2", *parts)))).kind == "points_zero"


def test_code_as_number() -> None:
    """A reader that settled on 1.10 where the file stores the number 1.1 says so."""
    children = [node(f"1.{number}") for number in range(1, 10)]
    finding = only(criteria_set(node("1", "10", *children, node("1.10", printed_code="1.1"))))
    assert (finding.kind, finding.severity, finding.code) == ("code_as_number", Severity.WARNING, "1.10")
    assert (finding.stated, finding.found) == ("1.1", "1.10")


def test_printed_code() -> None:
    """A settled set remembers what the paper prints. A code that the layout only broke over lines is no other code."""
    made = criteria_set(node("1", "2", node("1.1", printed_code="1.\n1"), node("1.2", printed_code="1.1")))
    finding = only(made)
    assert (finding.kind, finding.severity, finding.code) == ("printed_code", Severity.NOTE, "1.2")


def test_codes_that_do_not_begin_with_their_parents() -> None:
    """Codes may be free of those above them, but no code may stand twice, in whatever groups: points go by code."""
    assert found_in(criteria_set(node("A", "2", node("1"), node("2")), node("B", "2", node("3"), node("4")))) == ()
    twice = only(criteria_set(node("A", "2", node("1"), node("2")), node("B", "2", node("3"), node("1", title="Khác"))))
    assert (twice.kind, twice.code, twice.facts["proposal"]) == ("duplicate_code", "1", "2")


def test_an_area_code_used_twice_has_no_parent_to_compare_with() -> None:
    finding = next(
        one
        for one in found_in(criteria_set(node("1", "1", node("1.1", "1")), node("1", "2"), node("3", "1")))
        if one.kind == "duplicate_code"
    )
    assert (finding.code, finding.facts["proposal"]) == ("1", "2")
    assert "parent" not in finding.facts


def test_codes_that_begin_anew_below_each_area_are_no_finding() -> None:
    """A paper with areas I and II prints "1" for II.1 on every row."""
    made = criteria_set(node("I", "1", node("I.1", printed_code="1")), node("II", "1", node("II.1", printed_code="1")))
    assert found_in(made) == ()

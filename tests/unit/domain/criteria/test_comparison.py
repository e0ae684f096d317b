"""Two sets side by side."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import criteria_set, node, rule
from tests.unit.domain.criteria.planting import changed, shapes, sound_set

from parindex.domain.criteria.comparison import Aspect, SetComparison, compare_sets, likeness
from parindex.domain.criteria.criteria_set import CriteriaSet, Node, Outside, Source
from parindex.domain.criteria.survey_points import SurveyPoints
from parindex.domain.errors import Place

PLAN = "Mức độ hoàn thành kế hoạch cải cách hành chính"
REPORT = "Thực hiện công tác báo cáo định kỳ"
DOSSIERS = "Tỷ lệ hồ sơ thủ tục hành chính được giải quyết đúng hạn"


def base() -> CriteriaSet:
    return criteria_set(
        node("1", "3", node("1.1", "2", title=PLAN), node("1.2", "1", title=REPORT), title="Chỉ đạo, điều hành"),
        node("2", "2", node("2.1", "2", title=DOSSIERS), title="Cải cách thủ tục hành chính"),
    )


def with_item(at: str, /, **changes: object) -> CriteriaSet:
    return changed(base(), at, lambda one: replace(one, **changes))  # type: ignore[arg-type]


def said(comparison: SetComparison) -> tuple[list[str], list[str], list[tuple[str, str, list[str]]]]:
    """Added, gone and changed, by code and aspect."""
    return (
        [side.node.code for side in comparison.added],
        [side.node.code for side in comparison.gone],
        [
            (pair.old.node.code, pair.new.node.code, [one.aspect.value for one in pair.differences])
            for pair in comparison.changed
        ],
    )


def test_a_set_and_itself_have_no_difference() -> None:
    comparison = compare_sets(base(), base())
    assert comparison.is_empty
    assert len(comparison.pairs) == 5


def test_added_and_gone() -> None:
    more = changed(base(), "2", lambda one: replace(one, children=(*one.children, node("2.2", title="Sáng kiến mới"))))
    assert said(compare_sets(base(), more)) == (["2.2"], [], [])
    assert said(compare_sets(more, base())) == ([], ["2.2"], [])


def test_moved_under_the_same_title() -> None:
    comparison = compare_sets(base(), with_item("2.1", code="2.7", place=Place(row=9)))
    assert said(comparison) == ([], [], [("2.1", "2.7", ["code"])])
    assert (comparison.moved[0].old.place.row, comparison.moved[0].new.place.row) == (None, 9)
    assert comparison.renamed == ()


def test_renamed_under_the_same_code() -> None:
    comparison = compare_sets(base(), with_item("2.1", title="Tỷ lệ hồ sơ được giải quyết đúng hạn trong năm"))
    assert said(comparison) == ([], [], [("2.1", "2.1", ["title"])])
    assert [pair.new.node.code for pair in comparison.renamed] == ["2.1"]


def test_moved_and_renamed() -> None:
    comparison = compare_sets(base(), with_item("2.1", code="2.7", title=DOSSIERS + " quy định"))
    assert said(comparison) == ([], [], [("2.1", "2.7", ["code", "title"])])


def test_a_code_that_means_something_else_is_gone_and_added() -> None:
    """8.2 of one year is not 8.2 of another."""
    assert said(compare_sets(base(), with_item("2.1", title="Thu hút vốn đầu tư"))) == (["2.1"], ["2.1"], [])


def test_two_nodes_that_change_places() -> None:
    """Titles decide before codes."""
    swapped = changed(with_item("1.1", title=REPORT), "1.2", lambda one: replace(one, title=PLAN))
    assert said(compare_sets(base(), swapped)) == (
        [],
        [],
        [("1.2", "1.1", ["code", "max_points"]), ("1.1", "1.2", ["code", "max_points"])],
    )


def test_titles_that_stand_more_than_once_are_paired_by_code() -> None:
    """Bonus lines share their title: each stays where its code is; one that moved takes the nearest place."""

    def bonus(*places: str) -> CriteriaSet:
        return criteria_set(*(node(code, "1", title="Điểm thưởng sự hiệu quả") for code in places))

    assert said(compare_sets(bonus("1", "2", "3"), bonus("1", "2", "4"))) == ([], [], [("3", "4", ["code"])])
    assert said(compare_sets(bonus("1", "2"), bonus("3"))) == ([], ["2"], [("1", "3", ["code"])])
    assert said(compare_sets(bonus("1", "1", "2"), bonus("1", "1", "2"))) == ([], [], [])


def test_every_aspect() -> None:
    other: dict[str, object] = {
        "max_points": Fraction(1, 2),
        "rule": rule(kind="given", by="council"),
        "survey": SurveyPoints(("g1",)),
        "source": Source.EXTERNAL,
        "part": "report",
        "evidence": ("Báo cáo",),
        "bonus": True,
        "outside": Outside.BONUS,
    }
    comparison = compare_sets(base(), with_item("2.1", **other))
    assert said(comparison)[2] == [
        ("2.1", "2.1", ["max_points", "rule", "survey", "source", "part", "evidence", "bonus", "outside"])
    ]
    assert [pair.new.node.code for pair in comparison.changed_in(Aspect.RULE)] == ["2.1"]
    difference = comparison.changed[0].differences[0]
    assert (difference.old, difference.new) == (2, Fraction(1, 2))


def test_the_clause_of_a_rule_is_no_other_rule() -> None:
    one, two = (with_item("2.1", rule=rule(clause, kind="given", by="council")) for clause in ("Điều 1", "Điều 2"))
    assert compare_sets(one, two).is_empty


def test_the_clause_of_a_survey_is_no_other_survey() -> None:
    one, two = (with_item("2.1", survey=SurveyPoints(("g1",), clause=clause)) for clause in ("Điều 1", "Điều 2"))
    assert compare_sets(one, two).is_empty


def test_properties_of_the_set() -> None:
    later = replace(base(), year=2025, id="khac", printed_total=Fraction(100))
    comparison = compare_sets(base(), later)
    assert [(one.name, one.old, one.new) for one in comparison.set_differences] == [
        ("year", 2024, 2025),
        ("printed_total", None, Fraction(100)),
    ]
    assert not comparison.is_empty


def test_likeness_counts_words_in_order() -> None:
    assert likeness(("a", "b"), ("a", "b")) == 1
    assert likeness(("a", "b", "c"), ("a", "c")) == Fraction(4, 5)
    assert likeness(("a",), ("b",)) == 0


# --- properties ----------------------------------------------------------------------------------------------------

_titles = st.sampled_from([PLAN, REPORT, DOSSIERS, PLAN + " năm", DOSSIERS + " quy định", "Sáng kiến", "Điểm thưởng"])


@st.composite
def altered(draw: st.DrawFn) -> tuple[CriteriaSet, CriteriaSet]:
    """A set and what a new year made of it: rows dropped, renamed, numbered anew, other points."""
    made = sound_set(draw(shapes))  # type: ignore[arg-type]

    def visit(one: Node) -> Node | None:
        what = draw(st.sampled_from(["keep", "keep", "keep", "drop", "title", "points", "code"]))
        if what == "drop":
            return None
        change = {"title": {"title": draw(_titles)}, "points": {"max_points": Fraction(9)}, "code": {"code": "9.9"}}
        children = tuple(child for child in map(visit, one.children) if child is not None)
        return replace(one, children=children, **change.get(what, {}))  # type: ignore[arg-type]

    return made, replace(made, areas=tuple(area for area in map(visit, made.areas) if area is not None))


@given(altered())
@settings(max_examples=60, deadline=None)
def test_a_difference_is_the_mirror_of_the_other_way(sets: tuple[CriteriaSet, CriteriaSet]) -> None:
    forth, back = compare_sets(*sets), compare_sets(*reversed(sets))
    assert (forth.added, forth.gone) == (back.gone, back.added)
    pairs = {(id(pair.old.node), id(pair.new.node)) for pair in forth.pairs}
    assert pairs == {(id(pair.new.node), id(pair.old.node)) for pair in back.pairs}
    mirrored = {
        (id(pair.new.node), one.aspect, repr(one.new), repr(one.old))
        for pair in back.changed
        for one in pair.differences
    }
    assert mirrored == {
        (id(pair.old.node), one.aspect, repr(one.old), repr(one.new))
        for pair in forth.changed
        for one in pair.differences
    }


@given(altered())
@settings(max_examples=40, deadline=None)
def test_every_node_is_paired_or_added_or_gone(sets: tuple[CriteriaSet, CriteriaSet]) -> None:
    comparison = compare_sets(*sets)
    old = [id(pair.old.node) for pair in comparison.pairs] + [id(side.node) for side in comparison.gone]
    new = [id(pair.new.node) for pair in comparison.pairs] + [id(side.node) for side in comparison.added]
    assert sorted(old) == sorted(id(one) for one in sets[0].walk())
    assert sorted(new) == sorted(id(one) for one in sets[1].walk())


@given(shapes)
@settings(max_examples=20, deadline=None)
def test_a_set_of_any_shape_is_equal_to_itself(shape: list[object]) -> None:
    made = sound_set(shape)  # type: ignore[arg-type]
    assert compare_sets(made, made).is_empty

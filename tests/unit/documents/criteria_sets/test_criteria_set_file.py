"""The YAML file of a criteria set: strict reading, round trip, canonical form and fingerprint."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parindex.documents.criteria_sets.criteria_set_file import (
    canonical,
    criteria_set_data,
    dump_criteria_set,
    fingerprint,
    load_criteria_set,
    parse_criteria_set,
)
from parindex.documents.criteria_sets.from_data import criteria_set_from_data
from parindex.domain.criteria.criteria_set import (
    AreaDeclaration,
    CriteriaSet,
    Declared,
    Grade,
    Identity,
    IndexDeclaration,
    LegalBasis,
    Measure,
    MeasureKind,
    Node,
    Outside,
    Part,
    Phase,
    RoundingSteps,
    RuleData,
    Source,
    Total,
)
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.units import UnitGroup
from parindex.domain.values import Rounding, RoundingMode

SMALL = """\
format: parindex/criteria-set/1
id: thu
year: 2024
areas:
  - code: "1"
    title: Lĩnh vực một
    max_points: 2,5
    children:
      - code: "1.1"
        title: Tiêu chí
        max_points: 1.5
        rule: {kind: ratio, of: n, to: d, target: "80%", clause: "Điều 3"}
      - code: 1.10
        title: Tiêu chí mười
        max_points: 1
"""

FULL = CriteriaSet(
    id="day-du",
    title="Bộ tiêu chí: đầy đủ",
    year=2024,
    level="department",
    areas=(
        Node(
            "1",
            "LĨNH VỰC",
            Fraction(3),
            children=(
                Node(
                    "1.1",
                    "Mục báo cáo",
                    Fraction(3, 2),
                    source=Source.REPORT,
                    rule=RuleData(
                        {"kind": "bands", "of": ["n", {"measure": "n", "year": "-1"}], "bands": [{"from": "3/4"}]},
                        clause="Khoản 2",
                        assumed=True,
                        proposed=True,
                    ),
                    evidence=("Kế hoạch", "Báo cáo: số 1"),
                    options=("Đạt: 1", "Không đạt: 0"),
                    printed_code="1.l",
                    display_title="Mục",
                    reference="Bảng 1, dòng 2",
                ),
                Node("1.2", "Mục thưởng", Fraction(1, 3), bonus=True, part="khac", note="ĐTXHH"),
                Node("1.3", "Ngoài", None, outside=Outside.PENALTY),
            ),
        ),
    ),
    legal_basis=(LegalBasis("1/QĐ-UBND", date(2024, 12, 13), "UBND tỉnh", "Phê duyệt"), LegalBasis("2/NQ")),
    declared=Declared(
        1, 3, 0, 3, Fraction(3), {"report": Fraction(3, 2)}, (AreaDeclaration("Lĩnh vực", 3, 0, Fraction(3)),)
    ),
    parts=(Part("report", "Báo cáo", (Source.REPORT, Source.EXTERNAL)), Part("khac", "")),
    rounding=RoundingSteps(Rounding(4), Rounding(2, RoundingMode.TRUNCATED)),
    grades=(Grade("Tốt", Fraction(85)), Grade("Kém", Fraction(0))),
    unit_groups=(UnitGroup("departments", "Sở"),),
    measures={
        "n": Measure("n", "Số", unit="hồ sơ", sum_of_children=True, integer=True, minimum=Fraction(0)),
        "format": Measure("format", "Hình thức", MeasureKind.CHOICE, choices={"reference": "Có", "2": "Không"}),
        "ds": Measure("ds", "Danh mục", MeasureKind.LIST, maximum=Fraction(5), provided_by="Sở Nội vụ"),
    },
    index=IndexDeclaration(Fraction(5), Fraction(3), Fraction(100), ("khac",), Fraction(1, 100)),
    identities=(Identity(("n",), ("ds",), at_most=True),),
    totals=(Total("chung", "Điểm chung", ("1.1", "1.2")),),
    timetable=(Phase("Tự chấm", date(2025, 1, 1), date(2025, 1, 31), "mục IV"), Phase("Công bố")),
    reference="Bảng 1",
    printed_total=Fraction(3),
)


def problems(text: str) -> list[Problem]:
    with pytest.raises(InvalidInput) as refused:
        parse_criteria_set(text, "set.yaml")
    return refused.value.problems


# --- reading ---


def test_codes_stay_text_and_points_take_comma_or_point() -> None:
    read = parse_criteria_set(SMALL)
    assert [(node.code, node.max_points) for node in read.walk()] == [
        ("1", Fraction(5, 2)),
        ("1.1", Fraction(3, 2)),
        ("1.10", Fraction(1)),
    ]


def test_a_rule_keeps_its_data_beside_its_clause() -> None:
    rule = parse_criteria_set(SMALL).node("1.1").rule
    assert rule == RuleData({"kind": "ratio", "of": "n", "to": "d", "target": "80%"}, clause="Điều 3")


def test_nodes_know_their_place_in_the_file() -> None:
    assert [node.place for node in parse_criteria_set(SMALL, "set.yaml").walk()] == [
        Place("set.yaml", line=5, code="1", path="areas/1"),
        Place("set.yaml", line=9, code="1.1", path="areas/1/1.1"),
        Place("set.yaml", line=13, code="1.10", path="areas/1/1.10"),
    ]


def test_declared_figures_know_their_place_in_the_file() -> None:
    text = SMALL + "declared: {areas: 7, parts: {report: 80}, by_area: [{title: A}]}\n"
    declared = parse_criteria_set(text).declared
    assert declared.places == {
        "areas": Place(line=16, path="declared/areas"),
        "report": Place(line=16, path="declared/parts/report"),
    }
    assert declared.by_area[0].place == Place(line=16, path="declared/by_area/0")


def test_a_set_with_contradictions_loads_so_that_they_can_all_be_found() -> None:
    twice = SMALL.replace("1.10", '"1.1"').replace("max_points: 1\n", "max_points: -1\n")
    assert [(node.code, node.max_points) for node in parse_criteria_set(twice).items()] == [
        ("1.1", Fraction(3, 2)),
        ("1.1", Fraction(-1)),
    ]


def test_every_problem_of_a_file_is_reported_at_once() -> None:
    text = """\
format: parindex/criteria-set/2
id: 1x
year: 24
colour: red
grades: [{title: Tốt}]
rounding: {item: {places: 13}}
legal_basis: [{number: 1, date: 2024-02-30}]
declared: {areas: 1.5}
measures: {"số": {kind: text}}
areas:
  - code: "2"
    title: [A]
    max_point: 3
    source: survey
    bonus: no
    children:
      - code: "2.1"
        title: B
        max_points: 1.000,5
        rule: {of: x}
        children: []
"""
    assert [(one.kind, one.place.line, one.place.path, one.facts) for one in problems(text)] == [
        (
            "value_not_allowed",
            1,
            "format",
            {"found": "parindex/criteria-set/2", "allowed": ["parindex/criteria-set/1"]},
        ),
        ("value_not_understood", 2, "id", {"found": "1x", "expected": "identifier"}),
        ("value_not_understood", 3, "year", {"found": "24", "expected": "year"}),
        ("key_unknown", 4, "colour", {"key": "colour", "near": ""}),
        ("key_missing", 5, "grades/0", {"key": "lower"}),
        ("value_not_understood", 6, "rounding/item/places", {"found": "13", "expected": "rounding"}),
        ("value_not_understood", 7, "legal_basis/0/date", {"found": "2024-02-30", "expected": "date"}),
        ("value_not_understood", 8, "declared/areas", {"found": "1.5", "expected": "count"}),
        ("value_not_understood", 9, "measures/số", {"found": "số", "expected": "identifier"}),
        ("value_not_allowed", 9, "measures/số/kind", {"found": "text", "allowed": ["number", "choice", "list"]}),
        ("value_wrong_type", 12, "areas/2/title", {"found": "[…]", "expected": "string"}),
        ("key_unknown", 13, "areas/2/max_point", {"key": "max_point", "near": "max_points"}),
        (
            "value_not_allowed",
            14,
            "areas/2/source",
            {"found": "survey", "allowed": ["report", "opinion_survey", "satisfaction_index", "external"]},
        ),
        ("value_wrong_type", 15, "areas/2/bonus", {"found": "no", "expected": "boolean"}),
        ("value_not_understood", 19, "areas/2/2.1/max_points", {"found": "1.000,5", "expected": "number"}),
        ("key_missing", 20, "areas/2/2.1/rule", {"key": "kind"}),
        ("list_empty", 21, "areas/2/2.1/children", {}),
    ]


def test_problems_name_the_code_that_they_stand_under() -> None:
    [found] = problems(SMALL.replace("max_points: 1.5", "max_points: viết"))
    assert found.place == Place("set.yaml", line=11, code="1.1", path="areas/1/1.1/max_points")


@pytest.mark.parametrize("text", ["[]", "chữ"])
def test_a_file_that_is_no_mapping_is_refused(text: str) -> None:
    assert [one.kind for one in problems(text)] == ["value_wrong_type"]


@pytest.mark.parametrize("shown", [("{}", "{}"), ("{a: b}", "{…}"), ("[]", "[]"), ("true", "true"), ("false", "false")])
def test_what_was_found_is_shown_shortly(shown: tuple[str, str]) -> None:
    [found] = problems(SMALL.replace("max_points: 1.5", f"max_points: {shown[0]}"))
    assert found.facts == {"found": shown[1], "expected": "string"}


def test_long_texts_are_cut_in_problems() -> None:
    [found] = problems(SMALL.replace("max_points: 1.5", f"max_points: {'x' * 90}"))
    assert found.facts["found"] == "x" * 80 + "…"


# --- writing ---


def test_a_full_set_survives_the_round_trip() -> None:
    assert parse_criteria_set(dump_criteria_set(FULL)) == FULL


def test_data_alone_makes_the_same_set() -> None:
    assert criteria_set_from_data(criteria_set_data(FULL)) == FULL


def test_a_file_is_loaded_from_disk(tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    path.write_text(dump_criteria_set(FULL), "utf-8")
    assert load_criteria_set(path) == FULL


def test_the_file_keeps_one_order_and_quotes_codes() -> None:
    assert dump_criteria_set(parse_criteria_set(SMALL)) == (
        "format: parindex/criteria-set/1\n"
        "id: thu\n"
        "year: 2024\n"
        "areas:\n"
        '  - code: "1"\n'
        '    title: "Lĩnh vực một"\n'
        "    max_points: 2.5\n"
        "    children:\n"
        '      - code: "1.1"\n'
        '        title: "Tiêu chí"\n'
        "        max_points: 1.5\n"
        "        rule:\n"
        "          kind: ratio\n"
        "          of: n\n"
        "          to: d\n"
        "          target: 80%\n"
        '          clause: "Điều 3"\n'
        '      - code: "1.10"\n'
        '        title: "Tiêu chí mười"\n'
        "        max_points: 1\n"
    )


def test_what_says_the_default_is_left_out() -> None:
    assert criteria_set_data(CriteriaSet("x", "", None, "", (Node("1", "", None),))) == {
        "format": "parindex/criteria-set/1",
        "id": "x",
        "areas": [{"code": "1", "title": ""}],
    }


# --- identity ---


def test_layout_and_order_of_keys_do_not_change_the_fingerprint() -> None:
    other = """
# the same set, written otherwise
areas: [{max_points: "5/2", title: "Lĩnh  vực
      một", code: '1', reference: "Bảng 9", children: [
   {title: Tiêu chí, code: "1.1", max_points: "150%",
    rule: {clause: Điều 3, target: 0.80, to: d, of: n, kind: ratio}},
   {title: Tiêu chí mười, code: "1.10", max_points: 1.0, printed_code: "1.1O"}]}]
year: "2024"
id: thu
format: parindex/criteria-set/1
"""
    assert canonical(parse_criteria_set(other)) == canonical(parse_criteria_set(SMALL))
    assert fingerprint(parse_criteria_set(other)) == fingerprint(parse_criteria_set(SMALL))


def test_the_canonical_form_is_sorted_json_with_exact_numbers() -> None:
    assert canonical(parse_criteria_set(SMALL)).decode() == (
        '{"areas":[{"children":[{"code":"1.1","max_points":"1.5",'
        '"rule":{"clause":"Điều 3","kind":"ratio","of":"n","target":"0.8","to":"d"},"title":"Tiêu chí"},'
        '{"code":"1.10","max_points":"1","title":"Tiêu chí mười"}],'
        '"code":"1","max_points":"2.5","title":"Lĩnh vực một"}],"id":"thu","year":"2024"}'
    )


def test_letters_composed_otherwise_are_the_same_letters() -> None:
    decomposed = SMALL.replace("Tiêu", "Tie\u0302u")
    assert decomposed != SMALL
    assert canonical(parse_criteria_set(decomposed)) == canonical(parse_criteria_set(SMALL))


def test_codes_and_option_keys_are_never_taken_for_numbers() -> None:
    made = replace(FULL, areas=(Node("1.10", "2,50", None, note="1,0", options=("0,50",)),))
    text = canonical(made).decode()
    assert '"code":"1.10","note":"1,0","options":["0,50"],"title":"2,50"' in text
    assert '"choices":{"2":"Không","reference":"Có"}' in text


CHANGES = {
    "points": lambda s: replace(s, areas=(replace(s.areas[0], max_points=Fraction(4)),)),
    "title": lambda s: replace(s, areas=(replace(s.areas[0], title="Khác"),)),
    "rule": lambda s: _with_first_item(s, rule=RuleData({"kind": "ratio"})),
    "clause": lambda s: _with_first_item(s, rule=replace(s.node("1.1").rule, clause="Khoản 3")),
    "assumed": lambda s: _with_first_item(s, rule=replace(s.node("1.1").rule, assumed=False)),
    "source": lambda s: _with_first_item(s, source=Source.EXTERNAL),
    "grade": lambda s: replace(s, grades=s.grades[:1]),
    "rounding": lambda s: replace(s, rounding=RoundingSteps(Rounding(3), s.rounding.index)),
    "cap": lambda s: replace(s, index=replace(s.index, cap=None)),
    "measure": lambda s: replace(s, measures={k: m for k, m in s.measures.items() if k != "format"}),
    "declared": lambda s: replace(s, declared=replace(s.declared, criteria=2)),
    "year": lambda s: replace(s, year=2025),
}


def _with_first_item(made: CriteriaSet, **changes: object) -> CriteriaSet:
    area = made.areas[0]
    return replace(made, areas=(replace(area, children=(replace(area.children[0], **changes), *area.children[1:])),))


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_of_meaning_changes_the_fingerprint(change: str) -> None:
    assert fingerprint(CHANGES[change](FULL)) != fingerprint(FULL)


def test_places_and_references_into_the_paper_do_not() -> None:
    moved = _with_first_item(FULL, reference="Bảng 2, dòng 9", printed_code="", place=Place("other.yaml", line=3))
    assert fingerprint(replace(moved, reference="Công báo")) == fingerprint(FULL)


WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=15)
POINTS = st.fractions(min_value=-5, max_value=100, max_denominator=10**4)


@st.composite
def sets(draw: st.DrawFn) -> CriteriaSet:
    codes = draw(st.lists(st.sampled_from(["1.1", "1.2", "1.10", "2.3.1"]), min_size=1, max_size=4))
    items = tuple(
        Node(
            code,
            draw(WORDS),
            draw(st.none() | POINTS),
            source=draw(st.none() | st.sampled_from(Source)),
            bonus=draw(st.booleans()),
            note=draw(WORDS),
            evidence=tuple(draw(st.lists(WORDS, max_size=2))),
        )
        for code in codes
    )
    area = Node("1", draw(WORDS), draw(st.none() | POINTS), children=items)
    return CriteriaSet("x", draw(WORDS), draw(st.none() | st.integers(1945, 2200)), draw(WORDS), (area,))


@settings(max_examples=120, deadline=None)
@given(sets())
def test_every_set_survives_the_round_trip_with_its_fingerprint(made: CriteriaSet) -> None:
    back = parse_criteria_set(dump_criteria_set(made))
    assert back == made
    assert fingerprint(back) == fingerprint(made)


@settings(max_examples=120, deadline=None)
@given(sets(), POINTS)
def test_other_points_always_give_another_fingerprint(made: CriteriaSet, points: Fraction) -> None:
    changed = replace(made, areas=(replace(made.areas[0], max_points=points),))
    assert (fingerprint(changed) == fingerprint(made)) == (points == made.areas[0].max_points)

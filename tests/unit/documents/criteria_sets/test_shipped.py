"""The criteria sets that ship: structure, points, sources and rules as the decisions print them."""

from fractions import Fraction

import pytest

from parindex.documents.criteria_sets.criteria_set_file import (
    dump_criteria_set,
    fingerprint,
    load_criteria_set,
    parse_criteria_set,
)
from parindex.documents.criteria_sets.shipped import shipped_ids, shipped_set_path
from parindex.domain.criteria.criteria_set import CriteriaSet, Node, Source
from parindex.domain.criteria.findings import Severity
from parindex.domain.scoring.check import check
from parindex.domain.scoring.usable import require_usable

IDS = (
    "dien-bien-2020-province",
    "dien-bien-2024-departments",
    "dien-bien-2024-districts",
    "dien-bien-2024-province-extract",
    "nine-indicators-2018",
    "nine-indicators-2018-officials",
    "nine-indicators-2018-two-places",
    "service-index-2022",
)


def shipped(set_id: str) -> CriteriaSet:
    path = shipped_set_path(set_id)
    assert path is not None
    return load_criteria_set(path)


def points_by_part(made: CriteriaSet) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for item in made.items():
        part = made.part_of(item)
        found[part] = found.get(part, Fraction(0)) + (item.max_points or 0)
    return found


def test_the_shipped_sets_are_known_by_id() -> None:
    assert shipped_ids() == IDS


@pytest.mark.parametrize("unknown", ["dien-bien-2019", "../schemas/criteria-set.schema", ""])
def test_an_unknown_id_has_no_path(unknown: str) -> None:
    assert shipped_set_path(unknown) is None


@pytest.mark.parametrize(
    ("set_id", "areas", "criteria", "subcriteria", "items"),
    [
        ("dien-bien-2020-province", 8, 43, 102, 114),
        ("dien-bien-2024-departments", 7, 47, 99, 113),
        ("dien-bien-2024-districts", 8, 50, 107, 123),
    ],
)
def test_each_set_has_the_structure_of_its_decision(
    set_id: str, areas: int, criteria: int, subcriteria: int, items: int
) -> None:
    made = shipped(set_id)
    levels = [level for level, _ in made.walk_with_depth()]
    counts = (*map(levels.count, (1, 2, 3)), len(list(made.items())))
    assert counts == (areas, criteria, subcriteria, items)
    assert (made.declared.areas, made.declared.criteria, made.declared.subcriteria) == (areas, criteria, subcriteria)
    assert sum((item.max_points or Fraction(0) for item in made.items()), Fraction(0)) == made.printed_total == 100


@pytest.mark.parametrize(
    ("set_id", "declared", "found"),
    [
        (
            "dien-bien-2020-province",
            {"report": "66.5", "opinion_survey": "23.5", "satisfaction_index": "10"},
            {"report": "66.5", "opinion_survey": "23.5", "satisfaction_index": "10"},
        ),
        (
            "dien-bien-2024-departments",
            {"report": "80", "opinion_survey": "20"},
            {"report": "81", "opinion_survey": "19"},
        ),
        (
            "dien-bien-2024-districts",
            {"report": "75", "opinion_survey": "10", "satisfaction_index": "15"},
            {"report": "75", "opinion_survey": "10", "satisfaction_index": "15"},
        ),
    ],
)
def test_parts_are_kept_as_declared_beside_what_the_table_sums_to(
    set_id: str, declared: dict[str, str], found: dict[str, str]
) -> None:
    made = shipped(set_id)
    assert made.declared.parts == {part: Fraction(value) for part, value in declared.items()}
    assert points_by_part(made) == {part: Fraction(value) for part, value in found.items()}


@pytest.mark.parametrize("set_id", IDS)
def test_every_parent_is_the_sum_of_its_children(set_id: str) -> None:
    for node in shipped(set_id).walk():
        if node.children and node.max_points is not None:
            assert (node.code, sum(child.max_points or 0 for child in node.children)) == (node.code, node.max_points)


@pytest.mark.parametrize("set_id", IDS)
def test_every_node_names_its_source_and_every_item_who_gives_its_points(set_id: str) -> None:
    made = shipped(set_id)
    assert [node.code for node in made.walk() if not node.reference] == []
    assert [item.code for item in made.items() if item.source is None] == []


@pytest.mark.parametrize("set_id", IDS)
def test_every_rule_can_be_evaluated_and_says_where_it_comes_from(set_id: str) -> None:
    made = shipped(set_id)
    require_usable(made)
    ruled = [item for item in made.items() if item.rule is not None]
    assert [item.code for item in ruled if not (item.rule.clause or item.rule.assumed)] == []
    assert [item.code for item in ruled if item.rule.proposed] == []


@pytest.mark.parametrize("set_id", IDS)
def test_the_file_is_written_as_the_program_writes_it(set_id: str) -> None:
    path = shipped_set_path(set_id)
    assert path is not None
    made = load_criteria_set(path)
    assert path.read_text("utf-8") == dump_criteria_set(made)
    assert fingerprint(parse_criteria_set(dump_criteria_set(made))) == fingerprint(made)


def test_sets_share_their_measures() -> None:
    seen: dict[str, object] = {}
    for set_id in IDS:
        for key, measure in shipped(set_id).measures.items():
            assert seen.setdefault(key, measure) == measure


@pytest.mark.parametrize(
    ("set_id", "title", "points"),
    [
        ("dien-bien-2024-departments", "Xử lý kết quả theo dõi thi hành pháp luật", "0.75"),
        ("dien-bien-2024-districts", "Xử lý kết quả theo dõi thi hành pháp luật", "0.5"),
    ],
)
def test_the_code_printed_twice_is_settled_and_kept(set_id: str, title: str, points: str) -> None:
    node = shipped(set_id).node("2.3.2")
    assert (node.title, node.max_points, node.printed_code) == (title, Fraction(points), "2.3.1")


def test_row_38_of_table_1_is_the_code_printed_twice() -> None:
    node = shipped("dien-bien-2024-departments").node("2.3.2")
    assert node.reference == "Quyết định số 2270/QĐ-UBND, Bảng 1, dòng 38"


def test_satisfaction_items_keep_their_note_beside_their_source() -> None:
    items = list(shipped("dien-bien-2024-districts").node("8.3").items())
    assert [item.code for item in items] == [f"8.3.{number}" for number in range(1, 10)]
    assert {(item.note, item.source) for item in items} == {("ĐTXHH", Source.SATISFACTION_INDEX)}


@pytest.mark.parametrize("set_id", IDS[1:3])
def test_a_sentence_that_the_paper_cut_is_completed_for_display_only(set_id: str) -> None:
    node = shipped(set_id).node("7.1.1")
    assert node.title.endswith("phòng, chống mã độc trung")
    assert node.display_title.endswith("phòng, chống mã độc tập trung")


@pytest.mark.parametrize(("set_id", "bonus"), [(IDS[1], "4.5"), (IDS[2], "4")])
def test_bonus_items_are_inside_the_hundred(set_id: str, bonus: str) -> None:
    items = [item for item in shipped(set_id).items() if item.bonus]
    assert {item.title for item in items} == {"Điểm thưởng sự hiệu quả"}
    assert sum(item.max_points or 0 for item in items) == Fraction(bonus)


@pytest.mark.parametrize("set_id", IDS[1:3])
def test_the_timetable_and_grades_of_2270_ship(set_id: str) -> None:
    made = shipped(set_id)
    assert [(str(phase.starts), str(phase.ends)) for phase in made.timetable] == [
        ("None", "2024-12-31"),
        ("2025-01-01", "2025-03-31"),
        ("2025-01-01", "2025-01-31"),
        ("2025-02-01", "2025-02-28"),
        ("2025-04-01", "2025-06-30"),
    ]
    assert [(grade.title, grade.lower) for grade in made.grades] == [
        ("Tốt", 85),
        ("Khá", 75),
        ("Trung bình", 50),
        ("Yếu", 40),
        ("Kém", 0),
    ]


def test_the_prose_is_kept_where_the_table_contradicts_it() -> None:
    by_area = shipped("dien-bien-2024-districts").declared.by_area
    assert [(area.criteria, area.subcriteria) for area in by_area] == [
        (9, 15),
        (5, 11),
        (6, 13),
        (5, 12),
        (11, 19),
        (6, 11),
        (4, 17),
        (3, 9),
    ]


def errors(set_id: str) -> list[tuple[str, str | None, str | None]]:
    found = check(shipped(set_id))
    return [(one.kind, one.stated, one.found) for one in found if one.severity is Severity.ERROR]


def test_only_the_contradictions_of_the_papers_are_left_in_the_shipped_sets() -> None:
    assert {set_id: errors(set_id) for set_id in IDS} == {
        "dien-bien-2020-province": [],
        "dien-bien-2024-departments": [("parts_points", "20", "19")],
        "dien-bien-2024-districts": [],
        "dien-bien-2024-province-extract": [("count_items", "19", "18")],
        "nine-indicators-2018": [],
        "nine-indicators-2018-officials": [],
        "nine-indicators-2018-two-places": [],
        "service-index-2022": [],
    }


def rule_of(node: Node) -> tuple[str, bool]:
    assert node.rule is not None
    return str(node.rule.data["kind"]), node.rule.assumed


@pytest.mark.parametrize(
    ("set_id", "codes"),
    [
        (
            "dien-bien-2020-province",
            "1.3.1 3.3.2 3.4.5 4.1.3 4.2.3 6.2.3 6.2.4 7.1.4 7.2.2 7.3.2 7.3.3 8.6",
        ),
        ("dien-bien-2024-province-extract", "7.3.4 8.4"),
    ],
)
def test_figures_without_a_printed_rule_get_a_plain_proportion_that_claims_no_clause(set_id: str, codes: str) -> None:
    made = shipped(set_id)
    rules = [made.node(code).rule for code in codes.split()]
    assert {(rule.data["kind"], rule.assumed, rule.clause) for rule in rules if rule is not None} == {
        ("ratio", True, "")
    }
    assert None not in rules
    assert {str(rule.data.get("target")) for rule in rules if rule is not None} == {"None", "100"}  # 100: a percentage
    assert [rule for rule in rules if rule is not None and "floor" in rule.data] == []
    ratios = [rule.data for rule in rules if rule is not None and "to" in rule.data]
    assert {data.get("nothing_arose") for data in ratios} == {"not_assessed"}


@pytest.mark.parametrize(
    ("set_id", "code"), [("dien-bien-2020-province", "7.1.11"), ("dien-bien-2024-province-extract", "7.1.4")]
)
def test_the_two_flagged_items_say_why_they_are_flagged(set_id: str, code: str) -> None:
    rule = shipped(set_id).node(code).rule
    assert rule is not None
    assert rule.assumed
    assert "mâu thuẫn" in rule.clause


def test_what_a_text_states_is_told_from_what_was_assumed() -> None:
    made = shipped("dien-bien-2020-province")
    codes = ("3.4.1", "6.1.1", "7.1.3", "7.1.9", "7.2.1", "5.6", "7.1.11", "8.5", "2.4.1")
    assert {code: rule_of(made.node(code)) for code in codes} == {
        "3.4.1": ("ratio", False),
        "6.1.1": ("ratio", False),
        "7.1.3": ("ratio", False),
        "7.1.9": ("ratio", False),
        "7.2.1": ("ratio", False),
        "5.6": ("bands", True),
        "7.1.11": ("ratio", True),
        "8.5": ("bands", True),
        "2.4.1": ("given", False),
    }

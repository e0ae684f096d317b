"""The tree of units on a day: what holds, what is below what, and that no unit gets lost."""

from __future__ import annotations

from datetime import date

from parindex.domain.units import UnitRecord, ancestors_on, records_on, subtree_on, tree_on

ABOLISHED, AFTER = date(2025, 6, 30), date(2025, 7, 1)

RECORDS = (
    UnitRecord("tinh", "Tỉnh A"),
    UnitRecord("huyen", "Huyện B", parent="tinh", valid_to=ABOLISHED),
    UnitRecord("xa", "Xã C", parent="huyen", valid_to=ABOLISHED),
    UnitRecord("xa", "Xã C mới", parent="tinh", valid_from=AFTER),
    UnitRecord("so", "Sở D", parent="tinh", valid_from=date(2010, 1, 1)),
)


def outline(day: date) -> list[tuple[int, str]]:
    return [(node.depth, node.record.name) for node in tree_on(RECORDS, day)]


def test_the_tree_is_that_of_the_day() -> None:
    assert outline(ABOLISHED) == [(0, "Tỉnh A"), (1, "Huyện B"), (2, "Xã C"), (1, "Sở D")]
    assert outline(AFTER) == [(0, "Tỉnh A"), (1, "Xã C mới"), (1, "Sở D")]
    assert outline(date(2009, 12, 31)) == [(0, "Tỉnh A"), (1, "Huyện B"), (2, "Xã C")]


def test_a_node_names_its_children() -> None:
    assert [(node.record.code, node.children) for node in tree_on(RECORDS, ABOLISHED)] == [
        ("tinh", ("huyen", "so")), ("huyen", ("xa",)), ("xa", ()), ("so", ()),
    ]  # fmt: skip


def test_the_subtree_is_the_unit_and_all_below_it() -> None:
    assert [record.code for record in subtree_on(RECORDS, "huyen", ABOLISHED)] == ["huyen", "xa"]
    assert subtree_on(RECORDS, "huyen", AFTER) == ()
    assert [record.code for record in subtree_on(RECORDS, "tinh", AFTER)] == ["tinh", "xa", "so"]


def test_the_units_above_come_nearest_first() -> None:
    assert [record.code for record in ancestors_on(RECORDS, "xa", ABOLISHED)] == ["huyen", "tinh"]
    assert [record.code for record in ancestors_on(RECORDS, "xa", AFTER)] == ["tinh"]
    assert ancestors_on(RECORDS, "tinh", AFTER) == ()
    assert ancestors_on(RECORDS, "huyen", AFTER) == ()


def test_a_unit_whose_parent_does_not_hold_is_a_root() -> None:
    records = (UnitRecord("a", "A", parent="gone"), UnitRecord("gone", "G", valid_to=ABOLISHED))
    assert [(node.depth, node.record.code) for node in tree_on(records, AFTER)] == [(0, "a")]


def test_a_circle_is_shown_once_and_ends() -> None:
    records = (
        UnitRecord("root", "R"),
        UnitRecord("a", "A", parent="b"),
        UnitRecord("b", "B", parent="a"),
        UnitRecord("under", "U", parent="b"),
        UnitRecord("own", "O", parent="own"),
    )
    assert [(node.depth, node.record.code, node.children) for node in tree_on(records, AFTER)] == [
        (0, "root", ()), (0, "a", ("b",)), (1, "b", ("under",)), (2, "under", ()), (0, "own", ()),
    ]  # fmt: skip
    assert [record.code for record in subtree_on(records, "b", AFTER)] == ["b", "a", "under"]
    assert [record.code for record in ancestors_on(records, "under", AFTER)] == ["b", "a"]
    assert [record.code for record in ancestors_on(records, "a", AFTER)] == ["b"]


def test_of_versions_that_overlap_the_first_holds() -> None:
    records = (UnitRecord("a", "A"), UnitRecord("a", "A hai"))
    assert records_on(records, AFTER) == {"a": records[0]}


def test_a_tree_of_thousands_of_levels_needs_no_recursion() -> None:
    chain = [UnitRecord(str(n), "X", parent=str(n - 1) if n else None) for n in range(5_000)]
    assert tree_on(chain, AFTER)[-1].depth == 4_999

"""A snapshot gives the result that the method gives; what differs between two outcomes is found, exactly."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.small_snapshot import ITEMS, LEFT, NO, group, outcome, text_of

from parindex.documents.results.publication_differences import difference_json, parse_difference
from parindex.documents.results.snapshots import packed, parse_snapshot, snapshot_fingerprint, unpacked
from parindex.domain.errors import InvalidInput, InvalidValue
from parindex.domain.publication.difference import difference
from parindex.domain.publication.recomputation import GroupOutcome, recomputed
from parindex.domain.scoring.score_sheet import EntryState

POINTS = st.sampled_from(("0", "0.25", "1/3", "2/7", "1", "0.999"))


@given(st.lists(st.tuples(POINTS, POINTS), max_size=5))
def test_a_snapshot_that_was_stored_gives_the_same_result(points: list[tuple[str, str]]) -> None:
    made = group(tuple(points))
    text = unpacked(packed(text_of(made)))
    stored = parse_snapshot(text)
    [again] = stored.snapshot.groups
    assert (stored.fingerprint, stored.outcomes) == (snapshot_fingerprint(text), (outcome(made),))
    assert difference(stored.outcomes, [outcome(again)]) == ()
    assert text_of(again) == text


@given(st.lists(st.tuples(POINTS, POINTS), max_size=5), st.lists(st.tuples(POINTS, POINTS), max_size=5))
def test_a_difference_names_what_differs_and_nothing_else(
    first: list[tuple[str, str]], second: list[tuple[str, str]]
) -> None:
    before, after = outcome(group(tuple(first))), outcome(group(tuple(second)))
    found = {one.code: one for one in difference([before], [after])}
    for row, unit in enumerate(("a", "b")):
        items = {code for code in ITEMS if _cell(before, code, row) != _cell(after, code, row)}
        named = {one.code for one in found[unit].items} if unit in found else set()
        assert named == items
        assert (unit in found) == bool(items or before.units[row] != after.units[row])
        if unit in found:
            assert bool(found[unit].fields) == (before.units[row] != after.units[row])
    assert parse_difference(difference_json(tuple(found.values()))) == tuple(found.values())


def _cell(of: GroupOutcome, code: str, row: int) -> tuple[str, str]:
    return of.items[code].states[row], of.items[code].points[row]


def test_what_is_not_assessed_leaves_the_maximum() -> None:
    [first, second] = outcome(group(states=(LEFT, NO))).units
    assert (first.max_points, second.max_points) == ("8", "10")


def test_a_unit_alone_in_its_group_has_no_rank_and_no_other_loses_one() -> None:
    both = group()
    cut = {code: replace(one, states=(NO,), typed={name: of[:1] for name, of in one.typed.items()})
           for code, one in both.items.items()}  # fmt: skip
    figures = {key: of[:1] for key, of in both.figures.items()}
    alone = replace(both, units=both.units[:1], figures=figures, items=cut)
    assert [one.rank for one in outcome(both).units] == [1, 1]
    (unit,) = outcome(alone).units
    assert (unit.rank, unit.ranked, unit.index) == (None, True, outcome(both).units[0].index)


def test_a_unit_of_one_side_alone_is_named() -> None:
    both = outcome(group())
    alone = replace(
        both, units=both.units[:1],
        items={code: replace(one, states=one.states[:1], points=one.points[:1]) for code, one in both.items.items()},
    )  # fmt: skip
    [gone] = difference([both], [alone])
    assert (gone.code, gone.after, gone.fields, len(gone.items)) == ("b", None, (), 5)
    [new] = difference([alone], [both])
    assert (new.code, new.before) == ("b", None)
    assert [one.code for one in difference([both], [])] == ["a", "b"]
    assert parse_difference("") == ()


def test_a_final_result_refuses_what_is_pending() -> None:
    with pytest.raises(InvalidInput):
        recomputed(group(states=(EntryState.PENDING, NO)))
    assert recomputed(group(states=(EntryState.PENDING, NO)), final=False).provisional.tolist() == [True, False]


def test_a_figure_that_the_set_does_not_name_changes_nothing() -> None:
    made = group()
    more = replace(made, figures={**made.figures, ("elsewhere", 2025): ("1", "2")})
    assert outcome(more) == outcome(made)


def test_columns_and_items_that_do_not_fit_are_refused() -> None:
    made = group()
    with pytest.raises(InvalidValue, match="column_length"):
        replace(made, figures={("received", 2025): ("1",)})
    with pytest.raises(InvalidValue, match="items_of_other_set"):
        replace(made, items={})


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ('"format":"parindex/snapshot/1"', '"format":"x"', "not_a_snapshot"),
        ('"states":["no_entry"', '"states":["gone"', "not_a_snapshot"),
        ('"rank":1', '"rank":"x"', "not_a_snapshot"),
        ('"appraised_points":["0.5",', '"appraised_points":[1,', "not_a_snapshot"),
        ('"appraised_points":["0.5",', '"appraised_points":[', "column_length"),
        ('"ranked":true', '"ranked":1', "snapshot_field"),
        ('"title":"Kỳ"', '"title":"Kỳ"}', "json_not_readable"),
        ("max_points: 3", "max_points: 4", "snapshot_set_changed"),
    ],
)
def test_a_text_that_was_tampered_with_is_refused(old: str, new: str, kind: str) -> None:
    text = text_of(group())
    assert old in text
    with pytest.raises(InvalidInput) as found:
        parse_snapshot(text.replace(old, new, 1))
    assert [one.kind for one in found.value.problems] == [kind]

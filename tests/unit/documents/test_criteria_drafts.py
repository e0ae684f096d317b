"""Drafts of criteria sets: kept and read again as they were; every act can be undone, in any order that makes sense."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import parindex
from parindex.documents.checked_papers import read_sets
from parindex.documents.criteria_drafts.draft import Draft, draft_data, draft_from_data, draft_of_paper, stored_draft
from parindex.documents.criteria_drafts.patches import Patch, patches, patches_from_data, undone
from parindex.documents.criteria_drafts.stored_findings import finding_data, finding_from_data
from parindex.documents.read_paper import read_paper
from parindex.documents.stored_facts import problem_data, problem_from_data
from parindex.domain.criteria.criteria_set import RuleData, Source
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.criteria.mends import AddGroup, EditRow, EditSet, mended
from parindex.domain.errors import InvalidValue, Place, Problem

PAPER = Path(parindex.__file__).parent / "data" / "papers" / "2270-QD-UBND.txt"


@cache
def drafts() -> tuple[Draft, ...]:
    return tuple(draft_of_paper(one) for one in read_sets(read_paper(PAPER)))


def test_a_draft_is_read_again_as_it_was_kept() -> None:
    both = drafts()
    kept = [stored_draft(one.content, one.reading) for one in both]
    for at, (one, two) in enumerate(zip(both, kept, strict=True)):
        others = tuple(other.criteria_set for other in both if other is not one)
        assert one.findings(others) == two.findings(tuple(o.criteria_set for k, o in enumerate(kept) if k != at))
        assert [node.place for node in one.criteria_set.walk()] == [node.place for node in two.criteria_set.walk()]
        assert two.content == one.content
        assert two.reading == one.reading
    counted = [one for at, one in enumerate(kept) for one in one.findings() if one.severity is Severity.ERROR]
    assert len(counted) == 3


def test_a_set_without_a_paper_has_no_reading() -> None:
    draft = Draft(stored_draft(drafts()[0].content, "").criteria_set)
    assert draft.reading == ""
    assert draft.open_doubts(draft.findings()) == ()


def after(draft: Draft, *steps: object) -> Draft:
    return replace(draft, criteria_set=mended(draft.criteria_set, steps))  # type: ignore[arg-type]


def between(old: Draft, new: Draft) -> tuple[Patch, ...]:
    found = tuple(patches(draft_data(old), draft_data(new)))
    return patches_from_data([one.as_data() for one in found])


def back(draft: Draft, done: tuple[Patch, ...]) -> Draft:
    return draft_from_data(undone(draft_data(draft), done), draft)


@given(
    row=st.integers(0, 152),
    values=st.fixed_dictionaries(
        {},
        optional={
            "code": st.sampled_from(["9.9", "1.1.7", "A"]),
            "title": st.text("abc ", min_size=1),
            "max_points": st.none() | st.fractions(0, 9, max_denominator=8),
            "source": st.none() | st.sampled_from(list(Source)),
            "bonus": st.booleans(),
            "evidence": st.lists(st.text("xy", min_size=1), max_size=3).map(tuple),
            "rule": st.none() | st.just(RuleData({"kind": "ratio", "of": "a", "to": "b"}, "Điều 1")),
        },
    ),
)
def test_every_edit_of_a_row_can_be_undone(row: int, values: dict[str, object]) -> None:
    old = drafts()[0]
    new = after(old, EditRow(row, values))
    done = between(old, new)
    assert bool(done) is (draft_data(old) != draft_data(new))
    assert back(new, done) == old


def test_an_older_act_is_undone_beneath_newer_ones_though_the_row_has_moved() -> None:
    old = drafts()[0]
    renamed = after(old, EditRow(37, {"code": "2.3.2"}))
    first = between(old, renamed)
    grouped = after(renamed, AddGroup(1, 1, "1.0", "Nhóm", Fraction(1)), EditSet({"title": "Khác"}))
    assert [node.code for node in back(grouped, first).criteria_set.walk()].count("2.3.1") == 2
    assert back(back(grouped, between(renamed, grouped)), first) == old


def test_what_something_was_built_on_cannot_be_undone() -> None:
    old = drafts()[0]
    renamed = after(old, EditRow(37, {"code": "2.3.2"}))
    again = after(renamed, EditRow(37, {"code": "2.3.5"}))
    with pytest.raises(InvalidValue) as error:
        back(again, between(old, renamed))
    assert error.value.kind == "changed_since"
    gone = after(renamed, EditSet({"declared": replace(old.criteria_set.declared, parts={})}))
    parts = between(
        old, after(old, EditSet({"declared": replace(old.criteria_set.declared, parts={"report": Fraction(1)})}))
    )
    with pytest.raises(InvalidValue):
        back(gone, parts)


@pytest.mark.parametrize(
    ("data", "path"),
    [({"a": 1}, ("b", "c")), ({"a": [1]}, ("a", 5, "x")), ({"a": [{"code": "1"}]}, ("a", (0, "2"), "title"))],
)
def test_a_path_that_is_gone_is_said(data: object, path: tuple[object, ...]) -> None:
    with pytest.raises(InvalidValue):
        undone(data, [Patch(path, 1, 2)])  # type: ignore[arg-type]


def test_facts_keep_numbers_and_places() -> None:
    place = Place(table="Bảng 1", row=3)
    facts = {
        "points": Fraction(3, 7),
        "places": (place,),
        "source": Source.REPORT,
        "rows": [{"place": place}],
        "n": None,
    }
    finding = Finding("x", Severity.WARNING, place, "1.1", "2", None, facts)
    again = finding_from_data(finding_data(finding))
    assert again.facts == {
        "points": Fraction(3, 7), "places": [place], "source": "report", "rows": [{"place": place}], "n": None,
    }  # fmt: skip
    assert replace(again, facts=facts) == finding
    problem = Problem("y", place, {"at": place})
    assert problem_from_data(problem_data(problem)) == problem

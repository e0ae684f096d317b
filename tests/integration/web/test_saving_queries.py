"""What an autosave costs in queries, and that what is counted quickly is what a plain count gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from fractions import Fraction

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.parts_world import PartsWorld, parts_world
from tests.factories.world import SMALL_SET, World

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import Entry, Figure
from parindex.database.queries.score_sheets import EntryLine
from parindex.documents.criteria_sets.criteria_set_file import load_criteria_set
from parindex.domain.review.entry_marks import EntryMark
from parindex.domain.scoring.usable import require_usable
from parindex.domain.values import exact_number
from parindex.usecases.sheet_counts import counts_of, mark_of
from parindex.usecases.typed_values import digest

pytestmark = pytest.mark.both

Person = Callable[[str], Client]
SCRIPT = {"HX-Request": "true"}
SET = FrozenSet(load_criteria_set(SMALL_SET), require_usable(load_criteria_set(SMALL_SET)))


def typed(value: str, before: str, measure: str = "online") -> dict[str, str]:
    return {f"figure.{measure}": value, f"read.figure.{measure}": digest(before)}


def queries(client: Client, where: str, form: dict[str, str]) -> list[str]:
    with CaptureQueriesContext(connection) as found:
        assert client.post(where, form, headers=SCRIPT).status_code == 200
    return [one["sql"] for one in found.captured_queries if one["sql"].startswith(("SELECT", "UPDATE", "INSERT"))]


def test_an_autosave_is_fourteen_queries(made: World, as_person: Person) -> None:
    """Session, account, rights; sheets, entry, figures; figure, entry; lines, counts; and the log: its head,
    whether the rights still stand, the record, the head.
    """
    client = as_person("owner")
    where = f"/sheets/{made.sheet.pk}/items/2.2/"
    client.post(where, typed("1", ""), headers=SCRIPT)
    few = queries(client, where, typed("2", "1"))
    assert len(few) == 14
    assert [sql.split()[0] for sql in few].count("UPDATE") == 4
    for year in (2019, 2020, 2021):
        Figure.objects.create(unit=made.department, measure="received", year=year, value="5")
    for number in range(60):
        Entry.objects.create(
            sheet=made.other_sheet, part=made.other_sheet.parts.get(), item_code=f"x{number}", position=number
        )
    assert len(queries(client, where, typed("3", "2"))) == 14


def test_rights_are_read_before_anything_is_held(made: World, as_person: Person) -> None:
    """While a transaction that writes is open, nobody else writes to SQLite."""
    client = as_person("owner")
    read = [sql.split(" FROM ")[-1].split()[0] for sql in queries(client, f"/sheets/{made.sheet.pk}/items/2.2/", {})]
    assert read[:4] == ['"django_session"', '"parindex_user"', '"parindex_rolegrant"', '"parindex_scoresheet"']


def test_a_figure_that_two_items_share_costs_three_more_whatever_stands_there(made: World, as_person: Person) -> None:
    client = as_person("owner")
    where = f"/sheets/{made.sheet.pk}/items/2.1/"
    client.post(where, typed("10", "", "received"), headers=SCRIPT)
    # Whether a part of the other item is signed, the other entry, and its points.
    assert len(queries(client, where, typed("20", "10", "received"))) == 17


def test_an_autosave_of_what_stands_there_already_writes_nothing(made: World, as_person: Person) -> None:
    client = as_person("owner")
    where = f"/sheets/{made.sheet.pk}/items/2.2/"
    client.post(where, typed("1", ""), headers=SCRIPT)
    assert not [sql for sql in queries(client, where, typed("1", "")) if not sql.startswith("SELECT")]


@pytest.fixture
def parts(db: None) -> PartsWorld:
    return parts_world()


def test_the_answer_counts_what_the_reader_enters(parts: PartsWorld) -> None:
    """The sheet of the province is led by two departments; each sees how far its own part has come."""
    parts.fill("1.1", "1.2")
    client = Client()
    client.force_login(parts.people["owner"], backend="allauth.account.auth_backends.AuthenticationBackend")
    where = f"/sheets/{parts.sheet.pk}/items/1.2/"
    form = {"explanation": "Hai sáng kiến", "read.explanation": digest("")}
    answer = client.post(where, form, headers=SCRIPT)
    assert "2 trên 2 mục đã xong" in answer.text
    assert "2 trên 2 mục đã xong" in client.get(where).text
    assert parts.now().items > 2


# --- counting --------------------------------------------------------------------------------------------------------

STATES = ("unanswered", "answered", "not_assessed_requested", "not_assessed", "pending")
POINTS = st.one_of(
    st.just(""), st.fractions(0, 3, max_denominator=700).map(str), st.sampled_from(["0", "0.5", "1.264"])
)


@st.composite
def sheets_of_lines(draw: st.DrawFn) -> list[EntryLine]:
    return [
        EntryLine(code, draw(st.sampled_from(STATES)), draw(POINTS), draw(st.booleans()), draw(st.booleans()), 1, None)
        for code in SET.items
        if draw(st.booleans())
    ]


@settings(max_examples=300)
@given(sheets_of_lines())
def test_a_count_of_alike_entries_together_is_the_count_of_each(lines: list[EntryLine]) -> None:
    marks: Counter[EntryMark] = Counter(mark_of(line) for line in lines)
    points = most = Fraction(0)
    for line in lines:
        if mark_of(line) in (EntryMark.NOT_ASSESSED, EntryMark.PENDING):
            continue
        most += SET.items[line.item_code].max_points
        if line.points and line.state != "not_assessed_requested":
            points += exact_number(line.points)
    found = counts_of(lines, SET)
    assert (found.marks, found.points, found.max_points) == (marks, points, most)
    assert list(found.marks) == list(marks)  # pages name the marks in the order in which they are met


def test_items_outside_the_hundred_are_not_in_the_maximum() -> None:
    outside = FrozenSet(SET.criteria_set, require_usable(SET.criteria_set))
    object.__setattr__(outside.plan, "outside", {"1.2": None})
    lines = [EntryLine(code, "answered", "1", True, False, 1, None) for code in ("1.1", "1.2")]
    found = counts_of(lines, outside)
    assert (found.points, found.max_points) == (Fraction(2), Fraction(1))

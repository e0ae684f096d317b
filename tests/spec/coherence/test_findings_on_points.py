"""What the check says of points and sums."""

from __future__ import annotations

from fractions import Fraction

from tests.builders import criteria_set, node
from tests.spec.coherence.checked import found_in, only

from parindex.domain.criteria.coherence import structure
from parindex.domain.criteria.criteria_set import Declared, Outside
from parindex.domain.criteria.findings import Severity
from parindex.domain.errors import Place


def test_children_sum() -> None:
    """A group is worth the sum of its parts, exactly; which of them is wrong the table does not say."""
    finding = only(criteria_set(node("1", "3", node("1.1", "1.5"), node("1.2", "1.25"))))
    assert (finding.kind, finding.severity, finding.code) == ("children_sum", Severity.ERROR, "1")
    assert (finding.stated, finding.found) == ("3", "2.75")
    assert (finding.facts["difference"], finding.facts["proposal"]) == (Fraction(-1, 4), None)


def test_children_sum_where_the_level_above_tells_which_is_right() -> None:
    """1.1 prints 2 over 1 + 0,5, and 1 prints 4 = 1,5 + 2,5: then 1.1 should be 1,5, and 1 is not reported."""
    first = node("1.1", "2", node("1.1.1", "1"), node("1.1.2", "0.5"))
    finding = only(criteria_set(node("1", "4", first, node("1.2", "2.5"))))
    assert (finding.code, finding.facts["proposal"]) == ("1.1", Fraction(3, 2))


def test_children_sum_of_an_area_where_the_total_tells() -> None:
    """The same for an area under the declared total."""
    areas = (node("1", "3", node("1.1", "2")), node("2", "8"))
    finding = only(criteria_set(*areas, declared=Declared(max_points=Fraction(10))))
    assert (finding.kind, finding.code, finding.facts["proposal"]) == ("children_sum", "1", Fraction(2))


def test_children_sum_twice_in_one_group() -> None:
    """Two wrong groups whose sums together fit the area are two findings, not three."""
    first = node("1.1", "2", node("1.1.1", "1"), node("1.1.2", "0.5"))
    second = node("1.2", "1", node("1.2.1", "1"), node("1.2.2", "1"))
    findings = found_in(criteria_set(node("1", "3.5", first, second)))
    assert [(one.kind, one.code) for one in findings] == [("children_sum", "1.1"), ("children_sum", "1.2")]
    assert [one.facts["proposal"] for one in findings] == [Fraction(3, 2), Fraction(2)]


def test_points_missing() -> None:
    """A row without points; its group tells what is left for it, and then adds up."""
    finding = only(criteria_set(node("1", "3", node("1.1", None), node("1.2", "1"))))
    assert (finding.kind, finding.severity, finding.code) == ("points_missing", Severity.ERROR, "1.1")
    assert finding.facts["proposal"] == 2


def test_points_missing_of_a_group() -> None:
    """A group without points among groups with points is to be confirmed; it is the sum of its parts."""
    areas = (node("1", None, node("1.1", "1")), node("2", "3", node("2.1", "3")))
    finding = only(criteria_set(*areas, printed_total=Fraction(4)))
    assert (finding.kind, finding.severity, finding.code) == ("points_missing", Severity.WARNING, "1")


def test_points_missing_at_a_whole_level_is_the_way_of_the_table() -> None:
    """Where no area prints points, the areas are the sums of their criteria and nothing is missing."""
    areas = (node("1", None, node("1.1", "1")), node("2", None, node("2.1", "3")))
    made = criteria_set(*areas, printed_total=Fraction(4))
    assert found_in(made) == ()
    assert structure(made).max_points == 4


def test_points_negative() -> None:
    """Negative points are an error. A penalty is written as what it takes at most: a positive maximum of its items."""
    finding = only(criteria_set(node("1", "3", node("1.1", "-2"), node("1.2", "1"))))
    assert (finding.kind, finding.severity, finding.code) == ("points_negative", Severity.ERROR, "1.1")
    assert (finding.stated, finding.facts["proposal"]) == ("-2", Fraction(2))
    penalty = node("2", "-5", node("2.1", "-5"), outside=Outside.PENALTY)
    finding = only(criteria_set(node("1", "1"), penalty, printed_total=Fraction(1)))
    assert (finding.kind, finding.severity, finding.code) == ("points_negative", Severity.ERROR, "2.1")
    assert (finding.stated, finding.facts["proposal"]) == ("-5", Fraction(5))


def test_points_zero() -> None:
    """Zero is a warning: an item may be tracked and not scored. Where the group leaves something, its sum is wrong.

    Then zero is the error, and what is left is proposed.
    """
    tracked = only(criteria_set(node("1", "1", node("1.1", "0"), node("1.2", "1"))))
    assert (tracked.kind, tracked.severity, tracked.facts["proposal"]) == ("points_zero", Severity.WARNING, None)
    wrong = only(criteria_set(node("1", "3", node("1.1", "0"), node("1.2", "1"))))
    assert (wrong.kind, wrong.code, wrong.facts["proposal"]) == ("points_zero", "1.1", Fraction(2))
    assert wrong.severity is Severity.ERROR


def test_total_declared() -> None:
    """The prose says 100, the areas are 99; what counts outside the hundred is not counted."""
    declared = Declared(max_points=Fraction(100), places={"max_points": Place(line=7)})
    bonus = node("3", "5", outside=Outside.BONUS)
    finding = only(criteria_set(node("1", "60"), node("2", "39"), bonus, declared=declared))
    assert (finding.kind, finding.severity, finding.place.line) == ("total_declared", Severity.ERROR, 7)
    assert (finding.stated, finding.found) == ("100", "99")


def test_total_with_outside() -> None:
    """A total row that counts bonus (and penalty) too is no contradiction: a note says what it counts."""
    bonus, penalty = node("3", "5", outside=Outside.BONUS), node("4", "2", outside=Outside.PENALTY)
    areas = (node("1", "60"), node("2", "40"))
    for total, more in (("105", (5, 0)), ("103", (5, -2)), ("98", (0, -2)), ("107", (5, 2)), ("102", (0, 2))):
        finding = only(criteria_set(*areas, bonus, penalty, printed_total=Fraction(total)))
        assert (finding.kind, finding.severity) == ("total_with_outside", Severity.NOTE)
        assert (finding.stated, finding.found, finding.facts["of"]) == (total, "100", "total_printed")
        assert (finding.facts["bonus"], finding.facts["penalty"]) == more
    declared = only(
        criteria_set(*areas, bonus, printed_total=Fraction(105), declared=Declared(max_points=Fraction(105)))
    )
    assert (declared.kind, declared.facts["of"]) == ("total_with_outside", "total_declared")
    assert found_in(criteria_set(*areas, bonus, penalty, printed_total=Fraction(100))) == ()
    assert only(criteria_set(*areas, bonus, penalty, printed_total=Fraction(104))).kind == "total_printed"


def test_a_bonus_inside_an_area_and_a_total_that_counts_it() -> None:
    """Only the topmost node outside the hundred counts, and what it tells of a wrong area is heard too."""
    bonus = node("2.2", "3", node("2.2.1", "3", outside=Outside.BONUS), outside=Outside.BONUS)
    areas = (node("1", "3", node("1.1", "2")), node("2", "8", node("2.1", "8"), bonus))
    finding, note = found_in(criteria_set(*areas, printed_total=Fraction(13)))
    assert (finding.kind, finding.code, finding.facts["proposal"]) == ("children_sum", "1", Fraction(2))
    assert (note.kind, note.stated, note.found) == ("total_with_outside", "13", "10")


def test_total_printed() -> None:
    """The total row of the table against the areas; if the prose says the same as the row, one finding is enough."""
    areas = (node("1", "60"), node("2", "39"))
    finding = only(criteria_set(*areas, printed_total=Fraction(100)))
    assert (finding.kind, finding.stated, finding.found) == ("total_printed", "100", "99")
    both = criteria_set(*areas, printed_total=Fraction(100), declared=Declared(max_points=Fraction(100)))
    assert only(both).kind == "total_declared"

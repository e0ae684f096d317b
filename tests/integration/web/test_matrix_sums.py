"""Sums of the matrix: exact whatever the points are, and each unit called by its own name though cells are shared."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import CriteriaSetVersion
from parindex.database.queries.appraisal_matrix import StandingCell
from parindex.documents.criteria_sets.criteria_set_file import dump_criteria_set, fingerprint, load_criteria_set
from parindex.documents.criteria_sets.shipped import shipped_set_path
from parindex.domain.values import number_text
from parindex.web.appraisal_matrix.cells import Cell, cell_of, joint, sum_of

SHARES = st.tuples(st.integers(0, 60), st.integers(1, 60)).map(lambda pair: Fraction(min(pair), max(pair)))


def _set() -> FrozenSet:
    path = shipped_set_path("dien-bien-2024-districts")
    assert path is not None
    made = load_criteria_set(path)
    return frozen_set(CriteriaSetVersion(content=dump_criteria_set(made), fingerprint=fingerprint(made)))


FROZEN = _set()


def _cell(share: Fraction | None, code: str = "1.1.2", state: str = "waiting") -> Cell:
    claim = "" if share is None else number_text(share * FROZEN.items[code].max_points)
    return cell_of(StandingCell(code, state, 1, "", 0, claim), FROZEN, claim, sees=True, is_sent=False)


@given(st.lists(st.tuples(SHARES | st.none(), st.sampled_from(["1.1.2", "3.4.1", "8.2"])), max_size=12))
def test_sums_are_those_of_exact_fractions(rows: list[tuple[Fraction | None, str]]) -> None:
    cells = [_cell(share, code) for share, code in rows]
    most = sum((FROZEN.items[code].max_points for _, code in rows), Fraction(0))
    points = sum(((share or 0) * FROZEN.items[code].max_points for share, code in rows), Fraction(0))
    wanted = points * 100 / most if most else None
    assert sum_of(cells).per_cent == wanted
    assert joint((sum_of(cells[:4]), sum_of(cells[4:]))).per_cent == wanted


def test_what_is_not_assessed_is_in_no_sum() -> None:
    assert sum_of([_cell(Fraction(1, 3), state="not_assessed")]).per_cent is None
    assert sum_of([_cell(Fraction(1, 3), state="not_assessed"), _cell(Fraction(1, 3))]).per_cent == Fraction(100, 3)


def test_units_of_which_the_same_is_said_share_a_cell_with_their_own_names() -> None:
    cell = _cell(Fraction(1, 2))
    assert cell is _cell(Fraction(1, 2))
    assert cell.label("Sở Y tế").startswith("Sở Y tế, 1.1.2: ")
    assert cell.label("Xã {code}").startswith("Xã {code}, 1.1.2: ")
    assert cell.inside == "<i>0,5</i>"

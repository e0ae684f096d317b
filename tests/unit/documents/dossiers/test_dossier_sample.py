"""The dossiers to check: the same from the same forms and seed, whatever order they stand in."""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import pytest
from tests.unit.documents.dossiers.test_dossier_file import OFFICES, OFFICIALS, forms

from parindex.documents.cycles.data_tables import read_form_cycle
from parindex.documents.dossiers.dossier_file import Forms
from parindex.documents.dossiers.dossier_sample import draw_dossiers, sample_table
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.errors import InvalidInput

ROWS = [f"so,cv{k % 2},H{k:02},2\n" for k in range(40)] + [f"ban,cv1,H{k:02},1\n" for k in range(3)]


def read(folder: Path, rows: list[str], made: CriteriaSet = OFFICES) -> Forms:
    return read_form_cycle(made, forms(folder, "unit,official,dossier,i1\n" + "".join(rows)))


def test_a_share_of_every_unit_rounded_up(tmp_path: Path) -> None:
    sample = draw_dossiers(read(tmp_path, ROWS), Fraction("0.1"), "2026")
    assert [(one.unit.id, one.of, len(one.dossiers)) for one in sample.units] == [("so", 40, 4), ("ban", 3, 1)]
    assert all(set(one.dossiers) <= {f"H{k:02}" for k in range(one.of)} for one in sample.units)


def test_the_draw_is_the_same_everywhere(tmp_path: Path) -> None:
    """These dossiers follow from SHA-256 of seed and list, not from a generator."""
    sample = draw_dossiers(read(tmp_path, ROWS), Fraction("0.1"), "2026")
    assert sample == draw_dossiers(read(tmp_path, ROWS), Fraction("0.1"), "2026")
    other = draw_dossiers(read(tmp_path, ROWS[::-1]), Fraction("0.1"), "2026")
    assert {one.unit.id: one.dossiers for one in other.units} == {one.unit.id: one.dossiers for one in sample.units}
    assert other.fingerprint == sample.fingerprint
    assert {one.unit.id: one.dossiers for one in sample.units} == {"so": ("H01", "H14", "H20", "H37"), "ban": ("H00",)}


def test_the_lowest_hashes_are_drawn(tmp_path: Path) -> None:
    sample = draw_dossiers(read(tmp_path, ROWS), Fraction("0.1"), "2026")
    for one in sample.units:
        before = f"2026|{sample.fingerprint}|dossier|{one.unit.id}|"
        lots = {f"H{k:02}": sha256(f"{before}H{k:02}".encode()).hexdigest() for k in range(one.of)}
        assert one.dossiers == tuple(sorted(sorted(lots, key=lots.__getitem__)[: len(one.dossiers)]))


def test_another_seed_or_list_draws_others(tmp_path: Path) -> None:
    sample = draw_dossiers(read(tmp_path, ROWS), Fraction("0.1"), "2026")
    assert draw_dossiers(read(tmp_path, ROWS), Fraction("0.1"), "2027").units != sample.units
    longer = draw_dossiers(read(tmp_path, [*ROWS, "ban,cv1,H99,2\n"]), Fraction("0.1"), "2026")
    assert longer.fingerprint != sample.fingerprint


def test_the_sample_is_a_table_of_forms_to_be_filled_in(tmp_path: Path) -> None:
    found = read(tmp_path, ROWS)
    sample = draw_dossiers(found, Fraction(1, 20), "1")
    frame = sample_table(found, sample).frame
    assert frame.columns == ["unit", "dossier", "i1", "i2", "i3", "i4", "i6", "i7"]
    assert frame["unit"].to_list() == ["so", "so", "ban"]
    assert frame["i1"].null_count() == 3


def test_officials_have_samples_of_their_own(tmp_path: Path) -> None:
    found = read(tmp_path, ROWS, OFFICIALS)
    sample = draw_dossiers(found, Fraction("0.1"), "1")
    assert [(one.unit.id, len(one.dossiers)) for one in sample.units] == [("so/cv0", 2), ("so/cv1", 2), ("ban/cv1", 1)]
    frame = sample_table(found, sample).frame
    assert frame.select("unit", "official").rows() == [("so", "cv0")] * 2 + [("so", "cv1")] * 2 + [("ban", "cv1")]


@pytest.mark.parametrize(
    ("rows", "share", "kind"), [(ROWS, "0", "not_a_share"), (["so,cv1,H1,\n"], "0.1", "form_without_scores")]
)
def test_what_cannot_be_drawn(rows: list[str], share: str, kind: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        draw_dossiers(read(tmp_path, rows), Fraction(share), "1")
    assert [problem.kind for problem in refused.value.problems] == [kind]


def test_forms_of_units_as_a_whole_are_no_dossiers(tmp_path: Path) -> None:
    found = read_form_cycle(OFFICES, forms(tmp_path, "unit,date,i5\nso,2026-Q1,2\n"))
    with pytest.raises(InvalidInput) as refused:
        draw_dossiers(found, Fraction("0.1"), "1")
    assert [problem.kind for problem in refused.value.problems] == ["no_dossiers"]

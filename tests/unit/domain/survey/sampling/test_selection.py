"""The draw: lots from hashes, every method, replacements, certainty, and lists that are missing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

import pytest
from tests.unit.domain.survey.frames import HOUSEHOLDS, household_frame, household_rows, one_stage, table_of

from parindex.domain.errors import InvalidInput
from parindex.domain.survey.sampling.frame import Frame, frame_of
from parindex.domain.survey.sampling.frame_rows import escaped
from parindex.domain.survey.sampling.sampling_design import Method, SamplingDesign, SamplingStage, Take
from parindex.domain.survey.sampling.selection import Draw, certainties, draw, pps_systematic, variance_units

HALF = 1 << 255


def people(design: SamplingDesign, count: int = 12, **columns: Iterable[object]) -> Frame:
    """One unit ``u`` with persons 00, 01 … and further columns."""
    rows = [["u", f"{k:02d}"] for k in range(count)]
    table = table_of(rows, ("unit", "person"))
    for name, values in columns.items():
        table |= table_of([[str(value)] for value in values], (name,))
    return frame_of(design, [table])


def lots(frame: Frame, stage: str, seed: str) -> dict[str, int]:
    """Every person's lot, as the documentation says it."""
    start = f"{seed}|{frame.levels[0].fingerprint}|{stage}|u"
    return {one: int.from_bytes(hashlib.sha256(f"{start}|{one}".encode()).digest()) for one in frame.levels[0].ids}


def drawn_ids(drawn: Draw, *, reserve: bool = False) -> list[str]:
    """The ids of the last stage: the sample, or its replacements in their order."""
    return [unit.id for unit in drawn.stages[-1] if bool(unit.reserve) == reserve]


def test_a_simple_draw_takes_the_smallest_lots_and_then_the_replacements() -> None:
    design = one_stage(Take(number=4), reserve=3)
    frame = people(design)
    drawn = draw(design, frame, "2024")
    ranked = sorted((lot, one) for one, lot in lots(frame, "person", "2024").items())
    assert drawn_ids(drawn) == sorted(one for _, one in ranked[:4])
    assert drawn_ids(drawn, reserve=True) == [one for _, one in ranked[4:7]]
    assert [unit.reserve for unit in drawn.stages[0]] == [0, 0, 0, 0, 1, 2, 3]
    assert {(unit.listed, unit.taken, unit.probability, unit.certain) for unit in drawn.stages[0]} == {
        (12, 4, Fraction(1, 3), False)
    }


def test_another_seed_or_another_frame_gives_another_draw() -> None:
    design = one_stage(Take(number=4))
    seeds = {tuple(drawn_ids(draw(design, people(design), str(seed)))) for seed in range(20)}
    frames = {tuple(drawn_ids(draw(design, people(design, count), "1"))) for count in range(12, 32)}
    assert (len(seeds) > 15, len(frames) > 15) == (True, True)


def test_a_systematic_draw_walks_through_the_declared_order_with_one_interval() -> None:
    design = one_stage(Take(number=3), method=Method.SYSTEMATIC, order=("day",), reserve=2)
    frame = people(design, day=[12 - k for k in range(12)])  # 12 down to 1: as numbers, not as text
    drawn = draw(design, frame, "7")
    ordered = list(frame.levels[0].ids)[::-1]
    start = int.from_bytes(hashlib.sha256(f"7|{frame.levels[0].fingerprint}|person/start|u".encode()).digest())
    points = [(start + j * 2**256) * 12 // (3 * 2**256) for j in range(3)]
    assert drawn_ids(drawn) == sorted(ordered[point] for point in points)
    assert {b - a for a, b in zip(points, points[1:], strict=False)} == {4}
    left = sorted((lot, one) for one, lot in lots(frame, "person", "7").items() if one not in drawn_ids(drawn))
    assert drawn_ids(drawn, reserve=True) == [one for _, one in left[:2]]


def test_without_a_declared_order_a_systematic_draw_follows_the_lots() -> None:
    design = one_stage(Take(number=3), method=Method.SYSTEMATIC)
    frame = people(design)
    start = int.from_bytes(hashlib.sha256(f"7|{frame.levels[0].fingerprint}|person/start|u".encode()).digest())
    ranked = [one for _, one in sorted((lot, one) for one, lot in lots(frame, "person", "7").items())]
    assert drawn_ids(draw(design, frame, "7")) == sorted(
        ranked[(start + j * 2**256) * 12 // (3 * 2**256)] for j in range(3)
    )


def test_texts_are_put_in_order_as_texts() -> None:
    design = one_stage(Take(number=6), method=Method.SYSTEMATIC, order=("street",))
    frame = people(design, street=["x" if k % 2 else "y" for k in range(12)])
    taken = drawn_ids(draw(design, frame, "1"))
    assert [sum(1 for one in taken if int(one) % 2 == odd) for odd in (0, 1)] == [3, 3]


def test_sizes_give_the_probabilities() -> None:
    sizes = [Fraction(1), Fraction(2), Fraction(3), Fraction(4)]
    assert pps_systematic(sizes, 2, HALF) == [(1, Fraction(2, 5)), (3, Fraction(4, 5))]
    assert pps_systematic(sizes, 2, 0) == [(0, Fraction(1, 5)), (2, Fraction(3, 5))]
    assert pps_systematic([size / 3 for size in sizes], 2, HALF) == [(1, Fraction(2, 5)), (3, Fraction(4, 5))]


def test_units_as_large_as_the_interval_are_certain_again_and_again() -> None:
    # interval 33⅓: 60 is certain; among the rest 20, 10, 5, 5 the interval is 20: 20 is certain too
    assert certainties([60, 20, 10, 5, 5], 3) == {0, 1}
    assert certainties([1, 1, 1, 1], 2) == set()
    assert certainties([1, 2, 3], 3) == {0, 1, 2}
    found = pps_systematic([Fraction(size) for size in (60, 20, 10, 5, 5)], 3, HALF)
    assert found == [(0, Fraction(1)), (1, Fraction(1)), (3, Fraction(1, 4))]


def test_certain_units_alone_need_no_start() -> None:
    assert pps_systematic([Fraction(90), Fraction(1)], 2, 5) == [(0, Fraction(1)), (1, Fraction(1))]


def test_a_draw_with_sizes_uses_those_of_the_units() -> None:
    design = one_stage(Take(number=3), method=Method.SYSTEMATIC_PPS, size="size", order=("size",))
    frame = people(design, 6, size=[100, 5, 4, 3, 2, 1])
    drawn = draw(design, frame, "1")
    chances = {unit.id: unit.probability for unit in drawn.stages[0]}
    assert chances.pop("00") == 1
    assert chances == {one: Fraction(2 * (6 - int(one)), 15) for one in chances}


def test_all_are_taken_with_certainty() -> None:
    design = one_stage(Take(), method=Method.ALL)
    assert {(unit.probability, unit.taken) for unit in draw(design, people(design, 3), "1").stages[0]} == {(1, 3)}
    design = one_stage(Take(number=3), reserve=1)
    assert [unit.reserve for unit in draw(design, people(design, 3), "1").stages[0]] == [0, 0, 0]


def test_every_stage_is_drawn_inside_what_was_drawn_above() -> None:
    drawn = draw(HOUSEHOLDS, household_frame(), "1")
    assert [len(stage) for stage in drawn.stages] == [4, 8, 24, 24]
    for unit in drawn.stages[-1]:
        way = drawn.ancestors(unit)
        assert unit.path == escaped(drawn.frame.strata[way[0].parent][0], *(one.id for one in way))
        assert [one.listed for one in way][:3] == [4, 3, 5]
        assert unit.listed == 1 + int(way[2].id) % 3
        assert 1 <= int(unit.id) <= unit.listed
        assert unit.reserve == way[2].reserve
        assert [one.reserve for one in way[:2]] == [0, 0]


def test_stages_above_stay_when_a_list_is_added_below() -> None:
    heads = ("province", "district", "commune", "size")
    upper = table_of([[*row[:3], row[4]] for row in household_rows(households=1)], heads)
    first = draw(HOUSEHOLDS, frame_of(HOUSEHOLDS, [upper]), "1")
    assert len(first.stages) == 2
    chosen = {unit.id for unit in first.stages[1]}
    lower = [[*row[:4], row[5]] for row in household_rows() if row[2] in chosen]
    tables = [upper, table_of(lower, ("province", "district", "commune", "household", "adults"))]
    second = draw(HOUSEHOLDS, frame_of(HOUSEHOLDS, tables), "1")
    assert second.stages[:2] == first.stages
    assert len(second.stages) == 4


def test_a_drawn_unit_without_a_list_is_named() -> None:
    heads = ("province", "district", "commune", "size")
    upper = table_of([[*row[:3], row[4]] for row in household_rows("A", 2, 2, 1)], heads)
    lower = table_of(
        [["A", "A0", "A00", str(k), "1"] for k in range(3)], ("province", "district", "commune", "household", "adults")
    )
    with pytest.raises(InvalidInput) as caught:
        draw(HOUSEHOLDS, frame_of(HOUSEHOLDS, [upper, lower]), "1")
    assert [(one.kind, one.facts) for one in caught.value.problems] == [
        ("cluster_not_listed", {"stage": "household", "unit": path}) for path in ("A|A0|A01", "A|A1|A10", "A|A1|A11")
    ]


def test_a_certain_unit_is_a_stratum_of_the_variance() -> None:
    rows = [[*row[:4], "1000" if row[1] == "A0" else row[4], row[5]] for row in household_rows()]
    drawn = draw(HOUSEHOLDS, household_frame(rows), "1")
    found = {variance_units(drawn, unit) for unit in drawn.stages[-1]}
    certain = sorted(cluster for stratum, cluster in found if stratum == "A|A0")
    assert len(certain) == 2
    assert all(cluster.startswith("A|A0|A0") for cluster in certain)
    assert {stratum for stratum, _ in found} == {"A", "A|A0", "B"}
    assert sum(1 for stratum, _ in found if stratum == "A") == 1


def test_where_all_are_certain_every_respondent_is_a_cluster() -> None:
    design = one_stage(Take(), method=Method.ALL)
    drawn = draw(design, people(design, 2), "1")
    assert [variance_units(drawn, unit) for unit in drawn.stages[0]] == [("u|00", "u|00"), ("u|01", "u|01")]


def test_a_frame_without_strata_is_drawn_as_a_whole() -> None:
    design = SamplingDesign("d", "D", (SamplingStage("person", take=Take(number=2)),))
    drawn = draw(design, frame_of(design, [table_of([[name] for name in "abcd"], ("person",))]), "1")
    assert [(unit.path, unit.parent) for unit in drawn.stages[0]] == [(unit.id, 0) for unit in drawn.stages[0]]


def test_bars_in_seeds_and_ids_are_escaped() -> None:
    design = one_stage(Take(number=1))
    rows = [["u", "a|b"], ["u", "c"]]
    frame = frame_of(design, [table_of(rows, ("unit", "person"))])
    paths = {unit.path for seed in range(20) for unit in draw(design, frame, f"{seed}|x").stages[0]}
    assert paths == {"u|a\\|b", "u|c"}


def test_a_stage_may_be_numbered_where_only_its_parents_are_listed() -> None:
    design = replace(HOUSEHOLDS, stages=HOUSEHOLDS.stages[2:], strata=())
    rows = [[str(k), "3"] for k in range(5)]
    drawn = draw(design, frame_of(design, [table_of(rows, ("household", "adults"))]), "1")
    assert [(unit.listed, unit.taken, unit.probability) for unit in drawn.stages[1]] == [(3, 1, Fraction(1, 3))] * 3

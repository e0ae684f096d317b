"""Codes as text."""

from __future__ import annotations

from parindex.domain.criteria import codes


def test_parts_depth_and_parent() -> None:
    assert codes.parts("1.10") == ("1", "10")
    assert [codes.depth(code) for code in ("1", "1.10", "1.10.1")] == [1, 2, 3]
    assert [codes.parent(code) for code in ("1", "1.10", "8.3.9")] == [None, "1", "8.3"]


def test_below_is_a_matter_of_parts_and_not_of_letters() -> None:
    assert codes.is_below("1.10.2", "1.10")
    assert not codes.is_below("1.10", "1.1")
    assert not codes.is_below("1.1", "1.1")


def test_order_is_by_number() -> None:
    shuffled = ["1.10", "2", "1.9", "1.1", "1", "1.a", "10"]
    assert sorted(shuffled, key=codes.sort_key) == ["1", "1.1", "1.9", "1.10", "1.a", "2", "10"]


def test_next_sibling() -> None:
    assert [codes.next_sibling(code) for code in ("2.3.1", "1.9", "7", "1.a")] == ["2.3.2", "1.10", "8", None]

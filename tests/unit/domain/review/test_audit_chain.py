"""A chain of records: whatever is done to it shows, at the place where it was done."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from parindex.domain.review.audit_chain import START, Break, Broken, Link, broken_links, link_hash

Content = dict[str, str | int | None]

contents = st.lists(
    st.fixed_dictionaries({"action": st.text(max_size=5), "actor": st.none() | st.integers(0, 9)}),
    min_size=1,
    max_size=8,
)


def chain(records: list[Content]) -> list[Link]:
    """An honest chain over ``records``."""
    links: list[Link] = []
    for number, content in enumerate(records, start=1):
        previous = links[-1].hash if links else START
        links.append(Link(number, previous, link_hash(number, previous, content), content))
    return links


def head(links: list[Link]) -> tuple[int, str]:
    return links[-1].sequence, links[-1].hash


def found(links: list[Link], end: tuple[int, str]) -> list[Broken]:
    return list(broken_links(links, end))


def test_an_empty_chain_holds() -> None:
    assert found([], (0, START)) == []


@given(contents)
def test_an_honest_chain_holds(records: list[Content]) -> None:
    links = chain(records)
    assert found(links, head(links)) == []


@given(contents, st.data())
def test_a_changed_record_is_named(records: list[Content], data: st.DataObject) -> None:
    links = chain(records)
    at = data.draw(st.integers(0, len(links) - 1))
    changed = {**links[at].content, "reason": "khác"}
    spoilt = [*links[:at], replace(links[at], content=changed), *links[at + 1 :]]
    assert found(spoilt, head(links)) == [Broken(Break.CHANGED, at + 1)]


@given(contents, st.data())
def test_a_changed_record_with_a_hash_of_its_own_breaks_the_link_after_it(
    records: list[Content], data: st.DataObject
) -> None:
    links = chain(records)
    assume(len(links) > 1)
    at = data.draw(st.integers(0, len(links) - 2))
    changed = {**links[at].content, "reason": "khác"}
    forged = replace(links[at], content=changed, hash=link_hash(at + 1, links[at].previous, changed))
    assert found([*links[:at], forged, *links[at + 1 :]], head(links)) == [Broken(Break.UNLINKED, at + 2)]


@given(contents, st.data())
def test_removed_records_are_named(records: list[Content], data: st.DataObject) -> None:
    links = chain(records)
    kept = data.draw(st.sets(st.integers(1, len(links))))
    missing = set(range(1, len(links) + 1)) - kept
    last = max(kept, default=0)
    expected = [Broken(Break.MISSING if number < last else Break.TRUNCATED, number) for number in sorted(missing)]
    assert found([link for link in links if link.sequence in kept], head(links)) == expected


@given(contents, st.data())
def test_two_records_that_changed_places_are_named(records: list[Content], data: st.DataObject) -> None:
    links = chain(records)
    assume(len(links) > 1)
    first, second = sorted(data.draw(st.sets(st.integers(0, len(links) - 1), min_size=2, max_size=2)))
    swapped = list(links)
    swapped[first] = replace(links[second], sequence=first + 1)
    swapped[second] = replace(links[first], sequence=second + 1)
    named = {one.sequence for one in found(swapped, head(links))}
    assert {first + 1, second + 1} <= named


def test_records_after_the_head_are_named() -> None:
    links = chain([{"action": "a"}, {"action": "b"}])
    assert found(links, head(links[:1])) == [Broken(Break.UNLINKED, 2)]


def test_the_hash_does_not_depend_on_the_order_of_the_content() -> None:
    assert link_hash(1, START, {"a": "1", "b": None}) == link_hash(1, START, {"b": None, "a": "1"})


def test_a_number_is_not_the_text_of_it() -> None:
    assert link_hash(1, START, {"a": 1}) != link_hash(1, START, {"a": "1"})

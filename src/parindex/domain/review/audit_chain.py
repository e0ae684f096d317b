"""The chain of the audit log: each record's hash covers its content and the hash before it.

A record that was changed no longer has its hash; a record that was removed or swapped leaves a hole in the numbers or
a link that does not hold. The head of a chain is kept outside it (with the cycle, in each receipt and publication), so
that cutting off its end shows as well.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

#: The chain of what belongs to no cycle.
INSTALLATION = "installation"
#: What the first record of every chain links to.
START = "0" * 64


@dataclass(frozen=True, slots=True)
class Link:
    """One record as the chain sees it; ``content`` is everything that the hash covers beside number and link."""

    sequence: int
    previous: str
    hash: str
    content: Mapping[str, str | int | None]


class Break(StrEnum):
    """What is wrong at one place of a chain."""

    CHANGED = "changed"  # the content does not give the hash
    MISSING = "missing"  # a number is not there
    UNLINKED = "unlinked"  # the record before it is another one: swapped, or put in
    TRUNCATED = "truncated"  # the chain ends before its head
    NOT_AS_NOTED = "not_as_noted"  # a record whose hash was noted elsewhere is another one now, or gone
    NOT_AS_SIGNED = "not_as_signed"  # a record that a submission names by number and hash is another one, or gone
    CLAIM_CHANGED = "claim_changed"  # what a leader signed no longer gives the fingerprint that the record holds
    NO_SUBMISSION = "no_submission"  # the record of a signature whose submission is gone
    SUBMISSION_CHANGED = "submission_changed"  # who signed what, when, under which number, is not as recorded
    WITHDRAWAL_CHANGED = "withdrawal_changed"  # whether, when, by whom or why a signature ended is not as recorded
    STATE_CHANGED = "state_changed"  # a sheet or part stands elsewhere than where its last record put it
    STATE_NOT_RECORDED = "state_not_recorded"  # a sheet or part that no record has moved stands elsewhere
    SET_CHANGED = "set_changed"  # a frozen set no longer gives the fingerprint of its record
    SET_NOT_RECORDED = "set_not_recorded"  # a frozen set that no record says was frozen
    NO_SET = "no_set"  # the record of freezing a set that is gone, or no longer frozen
    FINALISATION_NOT_RECORDED = "finalisation_not_recorded"  # a finalisation whose snapshot no record names
    NO_FINALISATION = "no_finalisation"  # the record of a finalisation that is gone
    SNAPSHOT_CHANGED = "snapshot_changed"  # a snapshot no longer gives the fingerprint of its record
    RESULTS_CHANGED = "results_changed"  # the results that pages show are not those of the snapshot
    PUBLICATION_CHANGED = "publication_changed"  # what is published, when, by which decision, is not as recorded
    NO_PUBLICATION = "no_publication"  # the record of a publication that is gone
    BUNDLE_CHANGED = (
        "bundle_changed"  # the fingerprint or the key of a bundle is not as recorded, or the bundle is gone
    )
    NO_CHAIN = "no_chain"  # what must have records has none at all


@dataclass(frozen=True, slots=True)
class Broken:
    """One place where a chain does not hold; ``name`` is what the object is called that is not as recorded."""

    kind: Break
    sequence: int
    name: str = ""


def link_hash(sequence: int, previous: str, content: Mapping[str, str | int | None]) -> str:
    """SHA-256 over number, link and content in canonical JSON."""
    data = json.dumps([sequence, previous, dict(content)], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(data.encode()).hexdigest()


def broken_links(links: Iterable[Link], head: tuple[int, str]) -> Iterator[Broken]:
    """Every place where a chain, in the order of its numbers, does not hold; ``head``: its last number and hash."""
    sequence, previous = 0, START
    for link in links:
        for number in range(sequence + 1, link.sequence):
            yield Broken(Break.MISSING, number)
        if link.hash != link_hash(link.sequence, link.previous, link.content):
            yield Broken(Break.CHANGED, link.sequence)
        if link.sequence == sequence + 1 and link.previous != previous:
            yield Broken(Break.UNLINKED, link.sequence)
        sequence, previous = link.sequence, link.hash
    if (sequence, previous) != head:
        if sequence < head[0]:
            yield from (Broken(Break.TRUNCATED, number) for number in range(sequence + 1, head[0] + 1))
        else:
            yield Broken(Break.UNLINKED, sequence)

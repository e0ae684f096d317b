"""What an entry looks like to people: not entered, being entered, without evidence, done, not assessed, waiting; and
to a unit that answers the council: asked about.

One function decides it for every screen, count and export.
"""

from __future__ import annotations

from enum import StrEnum


class EntryMark(StrEnum):
    """The mark of an entry; each looks and counts differently."""

    UNANSWERED = "unanswered"
    STARTED = "started"
    LACKS_EVIDENCE = "lacks_evidence"
    DONE = "done"
    NOT_ASSESSED_REQUESTED = "not_assessed_requested"
    NOT_ASSESSED = "not_assessed"
    PENDING = "pending"
    ASKED = "asked"


#: Marks that leave something to do before a leader can sign.
TO_DO = frozenset({EntryMark.UNANSWERED, EntryMark.STARTED, EntryMark.LACKS_EVIDENCE})
#: Marks of what is done. A request not to assess is neither: nobody is kept from signing, but until it is approved
#: the item counts as unanswered.
FINISHED = frozenset({EntryMark.DONE, EntryMark.NOT_ASSESSED})


def entry_mark(state: str, *, has_points: bool, is_touched: bool, lacks_evidence: bool) -> EntryMark:
    """The mark of an entry in ``state`` (a code of the entry's states).

    ``is_touched``: a figure, points or an explanation have been entered; ``has_points``: the claim has points, 0
    included.
    """
    if state in (EntryMark.NOT_ASSESSED, EntryMark.NOT_ASSESSED_REQUESTED, EntryMark.PENDING):
        return EntryMark(state)
    if not has_points:
        return EntryMark.STARTED if is_touched else EntryMark.UNANSWERED
    return EntryMark.LACKS_EVIDENCE if lacks_evidence else EntryMark.DONE

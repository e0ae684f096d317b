"""What was said of one item, as far as the reader may know it, and how the claim has changed since."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import (
    Entry,
    GivenPoints,
    Opinion,
    Question,
    ScoreSheet,
    SetReplacement,
    Submission,
    WithheldText,
)
from parindex.database.queries.appraisal_pages import Paper, QueueRow
from parindex.domain.review.assignment_plans import Plan
from parindex.domain.review.item_standings import Said, decision_of, granted_below
from parindex.domain.review.opinions import Capacity, GivenOpinion, OpinionKind
from parindex.domain.values import exact_number
from parindex.usecases.entry_points import points_of
from parindex.usecases.withheld_texts import public_words_of, withheld_of
from parindex.web.appraisals.claim_view import ClaimView, SignedClaim, signed_claim
from parindex.web.appraisals.reader import Reader, is_given
from parindex.web.score_sheets.word_changes import Piece, word_changes
from parindex.wording.language import text
from parindex.wording.numbers import points_text


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """One opinion: the title of its level, whether it is the reader's, the question that came of it; ``ended``: the set
    that was replaced, so that it no longer counts; ``outdated``: an agency gave other points than those it was about.
    """

    opinion: Opinion
    level: str
    is_mine: bool
    question: Question | None
    can_undo: bool
    ended: SetReplacement | None = None
    outdated: bool = False

    @property
    def is_public(self) -> bool:
        """Whether words of it are public, or will be."""
        return bool(public_words_of(self.opinion))

    @property
    def withheld(self) -> WithheldText | None:
        """That its words are withheld from the public."""
        return withheld_of(self.opinion)


@dataclass(frozen=True, slots=True)
class SaidView:
    """The opinions that the reader may see, oldest first; ``hidden``: what others say, if anything, is not shown yet;
    ``replaced``: the replacements of the set with which opinions ended, shown or not; ``granted_below``: what the level
    below has granted, with which agrees who accepts; ``known``: the mark of what is shown to who may not see what
    others say, "" for who may; ``decided``: chair or council have decided, which everybody sees.
    """

    lines: Sequence[OpinionLine]
    hidden: bool
    last_mine: Opinion | None
    asked: Question | None
    replaced: Sequence[SetReplacement] = ()
    granted_below: Fraction | None = None
    known: str = ""
    decided: bool = False

    @property
    def last_shown(self) -> Opinion | None:
        """The last word that the reader may see and that stands; None where there is none."""
        standing = (one.opinion for one in reversed(self.lines) if one.opinion.withdrawn_at is None)
        return next(standing, None)


def question_of(opinion: Opinion) -> Question | None:
    """The question that an opinion made, which was read with it."""
    return getattr(opinion, "question", None)


def said_view(reader: Reader, row: QueueRow, plan: Plan, opinions: Sequence[Opinion], sheet: ScoreSheet) -> SaidView:
    """What the reader may see of ``opinions``. A question that was sent is known to everybody. Two queries where
    something was taken back, or ended when the set was replaced or an agency gave other points.
    """
    standing = [one for one in opinions if one.withdrawn_at is None]
    mine = [one for one in standing if one.author_id == reader.user and one.capacity == Capacity.MEMBER]
    spoken, answers = {one.level for one in mine}, _answers(opinions)
    last = opinions[-1] if opinions else None
    ended, regiven = _ended(row, opinions), _regiven(row, opinions)
    lines, hidden = [], False
    for one in opinions:
        question = question_of(one)
        own = one.author_id == reader.user
        is_sent = question is not None and question.sent_at is not None
        sees = own or is_sent or one.capacity != Capacity.MEMBER or reader.sees_level(
            one.level, plan, row.item_code, has_spoken=_has_spoken(mine, one, answers)
        )  # fmt: skip
        if not sees:
            hidden = hidden or one.withdrawn_at is None
            continue
        can_undo = own and one is last and one.withdrawn_at is None and not is_sent
        with_set = ended.get(one.withdrawn_at) if one.withdrawn_at is not None else None
        level, outdated = reader.table.titles.get(one.level, ""), one.withdrawn_at in regiven
        lines.append(OpinionLine(one, level, own, question, can_undo, with_set, outdated))
    asked = next((question for one in reversed(standing) if (question := _open(one)) is not None), None)
    said = [_as_said(one) for one in standing]
    levels = reader.levels_of(row, plan)
    # Who may accept what the level below has granted sees it.
    sees_below = reader.appraises(row, plan) or reader.sees_level(
        row.level - 1, plan, row.item_code, has_spoken=row.level - 1 in spoken
    )
    blind = not reader.sees_level(row.level, plan, row.item_code, has_spoken=row.mine is not None)
    return SaidView(
        lines, hidden or (blind and not is_given(row)), mine[-1] if mine else None, asked, list(ended.values()),
        granted_below(said, levels, row.level) if sees_below else None,
        reader.mark_of(row, plan, said, sheet.group.set_version_id) if blind else "",
        decision_of(said) is not None,
    )  # fmt: skip


def _answers(opinions: Sequence[Opinion]) -> list[datetime]:
    """When the unit answered questions about the item."""
    questions = (question_of(one) for one in opinions)
    return [one.answered_at for one in questions if one is not None and one.answered_at is not None]


def _has_spoken(mine: Sequence[Opinion], other: Opinion, answers: Sequence[datetime]) -> bool:
    """Whether the reader has said something at the level of another's word, of the claim that this is about: what one
    said before the unit answered was said of another claim.
    """
    since = max((one for one in answers if one <= other.at), default=None)
    return any(one.level == other.level and (since is None or one.at > since) for one in mine)


def _as_said(one: Opinion) -> Said:
    """An opinion as it counts, with what became of its question."""
    question = question_of(one)
    ends = (question.answered_at, question.closed_at or question.withdrawn_at) if question else (None, None)
    given = GivenOpinion(one.author_id, OpinionKind(one.kind), points_of(one.points), Capacity(one.capacity))
    return Said(one.level, given, one.at, *ends)


def _ended(row: QueueRow, opinions: Sequence[Opinion]) -> dict[datetime, SetReplacement]:
    """The replacements of the set with which opinions ended, by their moment, oldest first."""
    moments = {one.withdrawn_at for one in opinions if one.withdrawn_at is not None}
    if not moments:
        return {}
    rows = SetReplacement.objects.filter(group=row.group, replaced_at__in=moments).order_by("replaced_at")
    return {one.replaced_at: one for one in rows}


def _regiven(row: QueueRow, opinions: Sequence[Opinion]) -> set[datetime]:
    """The moments at which opinions ended because an agency gave other points, or none any more."""
    moments = {one.withdrawn_at for one in opinions if one.withdrawn_at is not None}
    if not moments:
        return set()
    rows = GivenPoints.objects.filter(entry=row.entry).order_by().values_list("recorded_at", "withdrawn_at")
    return moments & {moment for given in rows for moment in given if moment is not None}


def _open(opinion: Opinion) -> Question | None:
    """The question of an opinion that the unit has and has not answered."""
    one = question_of(opinion)
    if one is None or one.sent_at is None or one.answered_at or one.closed_at or one.withdrawn_at:
        return None
    return one


# --- what has changed since ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was: both texts in pieces, the words that differ marked."""

    label: str
    before: Sequence[Piece]
    now: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that has changed in a claim since ``since``; ``papers`` were added."""

    since: datetime
    texts: Sequence[Change]
    papers: Sequence[Paper]

    @property
    def is_empty(self) -> bool:
        """Whether nothing has changed."""
        return not (self.texts or self.papers)


def changes_since(
    said: SaidView, claim: ClaimView, entry: Entry, frozen: FrozenSet, papers: Sequence[Paper]
) -> Changes | None:
    """What the unit changed after the reader's last opinion; None where it has answered nothing since.

    One query where that opinion asked nothing itself: what was signed then.
    """
    last = said.last_mine
    answered = [one.question.answered_at for one in said.lines if one.question and one.question.answered_at]
    if last is None or claim.signed or not answered or max(answered) < last.at:
        return None
    before = signed_claim(question_of(last), frozen.year) or _submitted(last, entry.item_code)
    texts: list[Change] = []
    if before is not None:
        _add(texts, text("Điểm tự chấm"), _points(before.points), _points(claim.points))
        for row in claim.rows:
            old = before.figures.get((row.measure.id, frozen.year), "")
            _add(texts, row.measure.title, row.shown(old), row.shown(row.value))
        _add(texts, text("Giải trình"), before.explanation, claim.explanation)
    return Changes(last.at, texts, [one for one in papers if one.added_at > last.at])


def _points(value: str) -> str:
    return points_text(exact_number(value)) if value else ""


def _add(found: list[Change], label: str, before: str, now: str) -> None:
    if before.strip() != now.strip():
        old, new = word_changes(before, now)
        found.append(Change(label, old, new))


def _submitted(opinion: Opinion, code: str) -> SignedClaim | None:
    """What stood in the submission that an opinion was about."""
    content = Submission.objects.filter(pk=opinion.submission_id or 0).values_list("claim", flat=True).first()
    if content is None:
        return None
    claim = json.loads(content)
    item = next((one for one in claim["items"] if one["code"] == code), None)
    if item is None:
        return None
    figures = {(one["measure"], int(one["year"])): one["value"] for one in claim["figures"]}
    return SignedClaim(item["points"], item["explanation"], figures)

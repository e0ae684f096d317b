"""What the page of one item shows, gathered for its template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from parindex.database.mapping.figures import values_of
from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Entry, ScoreSheet, SheetPart, User
from parindex.database.queries.item_pages import entry_of_item
from parindex.database.queries.score_sheets import entry_lines, part_facts, parts_of, sheet_facts
from parindex.domain.criteria.criteria_set import SURVEYED, MeasureKind, Node, Source
from parindex.domain.review.permissions import check_can_edit_part, check_can_read_sheet
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.values import exact_number
from parindex.usecases.actors import Session
from parindex.usecases.asked_items import asked_now, check_asked, unasked_readers
from parindex.usecases.child_figures import child_figures
from parindex.usecases.entries import EXPLANATION_LENGTH, Saved
from parindex.usecases.entry_points import takes_points
from parindex.usecases.shared_figures import readers_of
from parindex.usecases.sheet_scoring import reading_of
from parindex.usecases.typed_values import digest
from parindex.web.evidence.item_evidence import ItemEvidence, item_evidence
from parindex.web.further_explanations.item_council import CouncilBeside, council_beside
from parindex.web.score_sheets.item_beside import Beside, beside
from parindex.web.score_sheets.measure_rows import MeasureRow, figures_of_item, measure_rows
from parindex.web.score_sheets.noticed import noticed_words
from parindex.web.score_sheets.rule_view import Computed, RuleView, computed, is_shown_placed, rule_view
from parindex.web.score_sheets.tree import Leaf, Tree, leaves_of, tree_of
from parindex.web.score_sheets.typed_form import FIGURE, TEXTS, TypedForm
from parindex.web.score_sheets.word_changes import Piece, word_changes
from parindex.wording import numbers
from parindex.wording.typed_fields import typed_label
from parindex.wording.typed_values import value_text

#: Fields of prose: two texts of one fit under each other.
_PROSE = ("explanation", "kept_warning")


@dataclass(frozen=True, slots=True)
class ConflictView:
    """A field with two texts: the words that differ are marked, both texts are kept whole."""

    field: str
    label: str
    theirs: str
    raw: str
    their_pieces: Sequence[Piece]
    my_pieces: Sequence[Piece]
    digest: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class News:
    """What somebody else has written meanwhile into a field that was not sent: ``shown`` in words, ``raw`` as the field
    holds it; ``by`` is "" where only the log knows.
    """

    shown: str
    raw: str
    digest: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a sent form: both texts of conflicts, why fields were refused, what was typed, by field.

    ``news`` are fields that others have changed since the page was made, and that this page did not send.
    """

    saved: Saved | None = None
    conflicts: Mapping[str, ConflictView] = field(default_factory=dict)
    rejected: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    reads: Mapping[str, str] = field(default_factory=dict)
    refused: Refusal | None = None
    news: Mapping[str, News] = field(default_factory=dict)

    @property
    def moves(self) -> bool:
        """Whether a figure was stored, so that the unit stands elsewhere on the rule than its picture shows."""
        return self.saved is not None and self.saved.has_figures

    @property
    def is_whole(self) -> bool:
        """Whether everything that was typed has been stored."""
        return not (self.conflicts or self.rejected or self.refused or self.reads)


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Everything on the page of one item; ``asked`` are the only items that the unit may change, None for all."""

    sheet: ScoreSheet
    entry: Entry
    part: SheetPart
    leaf: Leaf
    tree: Tree
    frozen: FrozenSet
    deadline: datetime | None
    refused: Refusal | None
    rows: Sequence[MeasureRow]
    rule: RuleView | None
    computed: Computed | None
    noticed: str
    before: Leaf | None
    after: Leaf | None
    parts: Mapping[int, SheetPart]
    beside: Beside | None
    evidence: ItemEvidence | None
    asked: frozenset[str] | None
    council: CouncilBeside | None
    answer: Answer

    @property
    def node(self) -> Node:
        """The item in the set."""
        return self.frozen.items[self.entry.item_code].node

    @property
    def above(self) -> tuple[Node, ...]:
        """The nodes above the item, from the area down."""
        return self.frozen.ancestors[self.entry.item_code]

    @property
    def by_survey(self) -> bool:
        """Whether a survey gives the points."""
        return self.node.source in SURVEYED

    @property
    def by_others(self) -> bool:
        """Whether another agency gives the points."""
        return self.node.source is Source.EXTERNAL

    @property
    def types_points(self) -> bool:
        """Whether the unit types points itself, because no rule gives them."""
        return takes_points(self.frozen.items[self.entry.item_code]) and not (self.by_survey or self.by_others)

    @property
    def jumps(self) -> list[MeasureRow]:
        """The figures that moved by more than half."""
        return [row for row in self.rows if row.jumps]

    @property
    def explanation_left(self) -> int:
        """How many characters the explanation may still grow by."""
        return EXPLANATION_LENGTH - len(self.shown("explanation"))

    @property
    def explanation_length(self) -> int:
        """How long an explanation may be."""
        return EXPLANATION_LENGTH

    def shown(self, name: str) -> str:
        """What a field shows: what was typed where that is not stored, else what is stored."""
        if name in self.answer.typed:
            return self.answer.typed[name]
        if not name.startswith(FIGURE):
            value = str(getattr(self.entry, name))
            return numbers.points_text(exact_number(value)) if name == "self_points" and value else value
        row = next(one for one in self.rows if one.name == name)
        return row.value if row.is_choice or not row.value else numbers.exact_figure(exact_number(row.value))

    @property
    def unsaved(self) -> list[tuple[str, str, str]]:
        """What was typed and not stored: the name of the field, what it is called, and what stood there, a choice as
        it is read.
        """
        rows = {row.name: row.measure for row in self.rows}
        found = []
        for name, typed in self.answer.typed.items():
            measure = rows.get(name)
            label, choices = (measure.title or measure.id, measure.choices) if measure else (typed_label(name), {})
            found += [(name, label, choices.get(typed, typed))] if typed else []
        return found

    @property
    def is_asked(self) -> bool:
        """Whether the council waits for an answer about this item."""
        return self.asked is not None and self.entry.item_code in self.asked

    def is_fixed(self, row: MeasureRow) -> bool:
        """Whether a figure stays as it was submitted, because an item reads it that nobody has asked about."""
        readers = readers_of(self.frozen, row.measure.id, self.frozen.year)
        return bool(unasked_readers(self.asked, self.frozen, readers))

    @property
    def is_drawn(self) -> bool:
        """Whether the page shows where the unit stands on the rule: by a picture, or by the option that is chosen."""
        rule = self.frozen.items[self.entry.item_code].rule
        return rule is not None and is_shown_placed(rule)

    def read(self, name: str) -> str:
        """The digest of what this page knows of a field."""
        if name in self.answer.reads:
            return self.answer.reads[name]
        return digest(str(getattr(self.entry, name)))


def item_page(
    session: Session, sheet: ScoreSheet, code: str, at: datetime, *, only: str = "", sent: TypedForm | None = None,
    saved: Saved | None = None, refused: Refusal | None = None,
) -> ItemPage | None:  # fmt: skip
    """The page of item ``code``; None where the sheet has no such item. Raises the refusal to who may not read it.

    ``sent``, ``saved`` and ``refused`` are what was sent before and what became of it.
    """
    entry = next(iter(entry_of_item(sheet=sheet.pk, code=code)), None)
    if entry is None:
        check_can_read(session, sheet)
        return None
    lines = entry_lines(sheet)
    parts = parts_of(sheet, {line.part_id for line in lines}, entry.part)
    facts = sheet_facts(sheet, parts.values())
    check_can_read_sheet(session.actor, facts)
    frozen = frozen_set(sheet.group.set_version)
    mine = frozenset(
        part.pk
        for part in parts.values()
        if refusal(check_can_edit_part, session.actor, part_facts(part, sheet, parts.values()), at) is None
    )
    reader = session.user.pk
    asked = asked_now(sheet)
    leaves = leaves_of(lines, frozen, mine=mine, reader=reader, asked=asked)
    tree = tree_of(lines, frozen, mine=mine, only=only, leaves=leaves, asked=asked)
    before, after = _neighbours(tree, leaves, code)
    part = part_facts(entry.part, sheet, parts.values())
    figures = figures_of_item(sheet.unit_id, frozen, code)
    values = values_of(figures.values())
    reading = reading_of(sheet, frozen, values)
    sums = child_figures(sheet, [frozen.criteria_set.measures[one] for one in frozen.measures_of[code]])
    rows = measure_rows(frozen, code, figures, values, sums)
    closed = refusal(check_can_edit_part, session.actor, part, at) or refusal(check_asked, asked, code)
    return ItemPage(
        sheet=sheet,
        entry=entry,
        part=entry.part,
        leaf=next(one for one in leaves if one.code == code),
        tree=tree,
        frozen=frozen,
        deadline=facts.deadline,
        refused=closed,
        rows=rows,
        rule=rule_view(sheet, frozen, code, values),
        computed=computed(frozen, entry, reading),
        noticed=noticed_words(frozen, entry, reading),
        before=before,
        after=after,
        parts=parts,
        beside=beside(session, sheet, part, entry, lines, frozen, at),
        evidence=item_evidence(session, sheet, entry, entry.part, frozen, at),
        asked=asked,
        council=council_beside(session, sheet, part, entry, frozen, at),
        answer=answer_of(frozen, sent, saved, refused),
    )


def check_can_read(session: Session, sheet: ScoreSheet) -> None:
    """Who may not read the sheet does not learn either that it has no such item."""
    parts = list(SheetPart.objects.filter(sheet=sheet, entries__isnull=False).distinct())
    check_can_read_sheet(session.actor, sheet_facts(sheet, parts))


def _neighbours(tree: Tree, leaves: Sequence[Leaf], code: str) -> tuple[Leaf | None, Leaf | None]:
    """The items before and after this one among those that the filter shows; this one itself may not be among them."""
    shown = {leaf.code for leaf in tree.leaves} | {code}
    row = [leaf for leaf in leaves if leaf.code in shown]
    at = next(position for position, leaf in enumerate(row) if leaf.code == code)
    return row[at - 1] if at else None, row[at + 1] if at + 1 < len(row) else None


def answer_of(
    frozen: FrozenSet, sent: TypedForm | None, saved: Saved | None = None, refused: Refusal | None = None
) -> Answer:
    """What became of a sent form."""
    if sent is None:
        return Answer()
    if saved is None:
        return Answer(typed=sent.texts, refused=refused)
    conflicts = {}
    for one in saved.conflicts:
        theirs, mine = _printed(frozen, one.field, one.theirs), sent.texts[one.field]
        raw = one.theirs if _is_choice(frozen, one.field) else theirs
        their_pieces, my_pieces = word_changes(theirs, _chosen(frozen, one.field, mine))
        conflicts[one.field] = ConflictView(
            one.field, _label(frozen, one.field), theirs, raw, their_pieces, my_pieces, digest(one.theirs), one.by,
            one.at,
        )  # fmt: skip
    rejected = {name: value_text(error) for name, error in saved.rejected.items()}
    open_fields = conflicts.keys() | rejected.keys() | sent.both.keys()
    typed = {name: text for name, text in sent.texts.items() if name in open_fields}
    typed |= {name: _joined(typed[name], str(getattr(saved.entry, name))) for name in sent.both if name in _PROSE}
    reads = {name: one.digest for name, one in conflicts.items()} | dict(sent.both)
    return Answer(saved, conflicts, rejected, typed, reads)


def _joined(mine: str, theirs: str) -> str:
    """A text that is edited on from both: the other one stands under the own one, where it does not stand yet."""
    return mine if theirs in mine else f"{mine}\n{theirs}"


def news_of(frozen: FrozenSet, sent: TypedForm, saved: Saved) -> dict[str, News]:
    """What others have changed in the fields that were not sent. No query, but one for the names of who did."""
    figures = {f"{FIGURE}{one.measure}": one for one in saved.figures.values() if one.year == frozen.year}
    names = [f"{FIGURE}{measure}" for measure in frozen.measures_of[saved.entry.item_code]]
    now = {name: figures[name].value if name in figures else "" for name in names}
    now |= {name: str(getattr(saved.entry, name)) for name in TEXTS}
    changed = [name for name, value in now.items() if sent.reads.get(name, digest(value)) != digest(value)]
    wrote = {name: who for name in changed if name in figures and (who := figures[name].updated_by_id) is not None}
    people = dict(User.objects.filter(pk__in=wrote.values()).values_list("pk", "full_name")) if wrote else {}
    found = {}
    for name in changed:
        one = figures.get(name)
        shown = _printed(frozen, name, now[name])
        raw = now[name] if _is_choice(frozen, name) else shown
        by = people.get(wrote.get(name, 0), "")
        found[name] = News(shown, raw, digest(now[name]), by, one.updated_at if one is not None else None)
    return found


def _printed(frozen: FrozenSet, name: str, value: str) -> str:
    """A stored value as its field prints it."""
    if _is_choice(frozen, name):
        return _chosen(frozen, name, value)
    if name.startswith(FIGURE):
        return numbers.exact_figure(exact_number(value)) if value else ""
    return numbers.points_text(exact_number(value)) if name == "self_points" and value else value


def _is_choice(frozen: FrozenSet, name: str) -> bool:
    measure = frozen.criteria_set.measures.get(name.removeprefix(FIGURE)) if name.startswith(FIGURE) else None
    return measure is not None and measure.kind is MeasureKind.CHOICE


def _chosen(frozen: FrozenSet, name: str, value: str) -> str:
    """The label of a chosen option; of every other field, what was typed."""
    if not _is_choice(frozen, name):
        return value
    return frozen.criteria_set.measures[name.removeprefix(FIGURE)].choices.get(value, value)


def _label(frozen: FrozenSet, name: str) -> str:
    return frozen.criteria_set.measures[name.removeprefix(FIGURE)].title if name.startswith(FIGURE) else ""

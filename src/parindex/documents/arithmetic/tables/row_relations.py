"""Figures of a row against each other: differences, ratios, sums and means that a column is of others.

Which column follows from which is seen from the rows themselves, with the words of the head for less proof: where
nearly all rows hold, those that do not are wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.tables import relations
from parindex.documents.arithmetic.tables.amounts import Amount, printed_like
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.labels import RowRole
from parindex.documents.arithmetic.tables.named_columns import named_relations
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.relations import Candidate, Relation
from parindex.documents.arithmetic.tables.rounding_habits import Fit, are_exact, habit_of
from parindex.documents.arithmetic.tables.slips import CellAt, Slip, Statement, TableChecks

_SUPPORT = {
    Relation.DIFFERENCE: (ColumnKind.DIFFERENCE,),
    Relation.GROWTH: (ColumnKind.DIFFERENCE, ColumnKind.RATIO),
    Relation.RATIO: (ColumnKind.RATIO,),
    Relation.SHARE: (ColumnKind.RATIO,),
    Relation.LEFT: (ColumnKind.RATIO,),
    Relation.SUM: (ColumnKind.SUM,),
    Relation.MEAN: (ColumnKind.MEAN,),
}
_KINDS = {
    Relation.DIFFERENCE: StatementKind.DIFFERENCE,
    Relation.GROWTH: StatementKind.DIFFERENCE,
    Relation.RATIO: StatementKind.RATIO,
    Relation.SHARE: StatementKind.RATIO,
    Relation.LEFT: StatementKind.RATIO,
    Relation.PRODUCT: StatementKind.FORMULA,
    Relation.SUM: StatementKind.TABLE_SUM,
    Relation.MEAN: StatementKind.TABLE_SUM,
}
_COUNTED = {StatementKind.DIFFERENCE: "differences", StatementKind.RATIO: "ratios", StatementKind.TABLE_SUM: "sums"}
_COUNTED |= {StatementKind.FORMULA: "formulas"}
_QUOTIENT_OF_TWO = (Relation.RATIO, Relation.SHARE, Relation.LEFT, Relation.GROWTH)
_OF_BOTH = (Relation.SHARE, Relation.LEFT)
#: Rows that must hold: under words that say what the column is, and without them.
_WITH_WORDS = 2
_RATE = re.compile(r"(?<!\w)(?:tỷ lệ|tỉ lệ|tỷ suất|bình quân|trung bình|mức độ|năng suất)(?!\w)|(?<![\d])\s?%(?=\s|$)")
_WITHOUT_WORDS = 5
#: Heads of so much for each of something; rows that must hold for each that does not.
_FOR_EACH = re.compile(r"[a-z)] ?/ ?(?:1 |mot )?[a-z]")
_QUOTIENTS = 3
#: Rows that must show that a column is the share of one in two others together, or what one leaves of another; what is
#: off by less than so many of the last place follows in another way, which is nearly the same.
_SHARES, _FAR = 4, 10
#: Rows of figures of so many units that hold to the last digit prove as much in a smaller number.
_LARGE = 20
_LARGE_ROWS = 3
#: What rounding may leave open of any share, in per cents.
_LOOSE = Fraction(1)
#: Below this chance rows hold by the figures that are printed, and not by what these were rounded from.
_LUCK, _OFF = Fraction(1, 2000), 2
#: Rows looked at before a relation is tried on all.
_FIRST_ROWS = 8


@dataclass(slots=True)
class Tried:
    """A relation tried on every row: the rows with how they fit."""

    made: Candidate
    fits: dict[int, Fit] = field(default_factory=dict)
    telling: set[int] = field(default_factory=set)

    @property
    def holding(self) -> int:
        """Telling rows that hold."""
        return sum(self.fits[at].holds for at in self.telling)

    @property
    def broken(self) -> list[int]:
        """Rows that do not hold."""
        return [at for at, fit in self.fits.items() if not fit.holds]


class RowFigures:
    """The figures of a table by column and row, with the habit of each column."""

    def __init__(self, table: PrintedTable) -> None:
        self.table = table
        rows = [at for at, row in enumerate(table.rows) if row.role in (RowRole.DATA, RowRole.TOTAL)]
        self.by_column: dict[int, dict[int, Amount]] = {}
        for column in range(table.width):
            first = column == 0 and table.width > 1 and table.kind(column) is not ColumnKind.RANK
            if first or table.kind(column) in (ColumnKind.NUMBER, ColumnKind.YEAR):
                continue
            amounts = {at: one for at in rows if (one := table.amount(at, column)) is not None}
            if len(amounts) >= 3:
                self.by_column[column] = amounts
        self.columns = sorted(self.by_column)
        self.habits = {at: habit_of(list(one.values()), table.heads[at]) for at, one in self.by_column.items()}
        self.kinds = {at: table.kind(at) for at in self.columns}
        self.percents = {at: self._wholes(at) for at in self.columns if self._is_percent(at)}
        self.quotients = frozenset(at for at in self.columns if at not in self.percents and self._is_quotient(at))
        self.percents |= dict.fromkeys(self.quotients, (1,))

    def _is_percent(self, column: int) -> bool:
        amounts = self.by_column[column].values()
        shown = 2 * sum(one.percent for one in amounts) > len(amounts)
        return shown or "%" in self.table.heads[column] or self.kinds[column] is ColumnKind.RATIO

    def _is_quotient(self, column: int) -> bool:
        """Whether a column tells so much for each of something: "Vốn bình quân", "Học sinh/lớp"."""
        named = self.kinds[column] is ColumnKind.MEAN or (
            self.kinds[column] is ColumnKind.PLAIN and _FOR_EACH.search(self.table.heads[column]) is not None
        )
        return named and any(one.places for one in self.by_column[column].values())

    def _wholes(self, column: int) -> tuple[int, ...]:
        """What one whole may be printed as in a column of shares: as 100, and where none is large, as 1."""
        amounts = self.by_column[column].values()
        fractions = all(abs(one.value) <= _MOST_FRACTION and not one.percent for one in amounts)
        return (100, 1) if fractions and any(one.places >= 2 for one in amounts) else (100,)

    def operands(self, made: Candidate, row: int) -> list[Amount] | None:
        """The operands of a row; for sums an empty cell counts nothing."""
        found = [self.by_column[at].get(row) for at in made.operands]
        if any(self.table.is_unknown(row, at) for at in made.columns):
            return None
        if made.relation in (Relation.SUM,):
            kept = [one or _NOTHING for one in found]
            return kept if any(one is not None for one in found) else None
        return None if None in found else [one for one in found if one is not None]


_NOTHING = Amount(Fraction(0), 0, "")
#: Shares that are printed as fractions of one are no larger.
_MOST_FRACTION = 5


def check_rows(checks: TableChecks) -> None:
    """Finds the rows in which a relation between columns does not hold that the others show."""
    figures = RowFigures(checks.table)
    if len(figures.columns) < 3:
        return
    accepted = accepted_relations(figures)
    for tried in accepted:
        kind = _KINDS[tried.made.relation]
        checks.checked[_COUNTED[kind]] += len(tried.fits)
        wrong = list(_slips(figures, tried))
        checks.slips += wrong
        said = {one.row for one in wrong}
        checks.holding += [
            _statement(figures, tried, row) for row, fit in tried.fits.items() if fit.holds and row not in said
        ]


def accepted_relations(figures: RowFigures) -> list[Tried]:
    """The relations that rows and heads show, the best proven first; one for each target and each set of columns."""
    shown = [tried for made in _candidates(figures) if (tried := _tried(figures, made)) is not None]
    shown.sort(key=lambda one: (len(one.broken), -one.holding, not _is_supported(figures, one.made), -one.made.target))
    finest: dict[frozenset[int], int] = {}
    for one in shown:
        places = figures.habits[one.made.target].places
        finest[one.made.columns] = max(places, finest.get(one.made.columns, 0))
    out: list[Tried] = []
    for one in shown:
        # Of a = b - c and b = a + c the one is held against whose figure shows most.
        if figures.habits[one.made.target].places < finest[one.made.columns]:
            continue
        taken = any(one.made.target == other.made.target or one.made.columns == other.made.columns for other in out)
        if not taken and not any(_is_echo(figures, one, other) for other in out):
            out.append(one)
    return out


def _is_echo(figures: RowFigures, one: Tried, other: Tried) -> bool:
    """Whether a relation holds only where a column has the figures of another one, whose relation holds in all rows:
    points that were appraised as claimed.
    """
    apart = [one.made.columns - other.made.columns, other.made.columns - one.made.columns]
    if not one.broken or other.broken or [len(each) for each in apart] != [1, 1]:
        return False
    own, theirs = (figures.by_column[next(iter(each))] for each in apart)
    held = [row for row, fit in one.fits.items() if fit.is_exact and row in own and row in theirs]
    return len(held) >= _WITH_WORDS and all(own[row].value == theirs[row].value for row in held)


def fit_of_row(figures: RowFigures, made: Candidate, target: Amount, operands: Sequence[Amount]) -> Fit | None:
    """How a figure of a row stands to those it follows from; None where nothing follows."""
    habits = [figures.habits[at] for at in made.operands]
    return relations.fit(made, target, operands, habits, figures.habits[made.target])


def _candidates(figures: RowFigures) -> Iterator[Candidate]:
    """What the head writes down, and what else the columns may be of each other."""
    known = set(figures.columns)
    yield from (one for one in named_relations(figures.table.heads) if one.columns <= known)
    yield from relations.candidates(figures.columns, figures.kinds, figures.percents, figures.table.heads)


def _is_supported(figures: RowFigures, made: Candidate) -> bool:
    # A product is tried only under words that say so.
    named = made.named or made.relation is Relation.PRODUCT or _is_quotient(figures, made)
    if made.relation in _QUOTIENT_OF_TWO and "%" in figures.table.heads[made.target]:
        return True
    return named or figures.kinds[made.target] in _SUPPORT[made.relation]


def _is_quotient(figures: RowFigures, made: Candidate) -> bool:
    return made.relation is Relation.RATIO and made.target in figures.quotients


def _tried(figures: RowFigures, made: Candidate) -> Tried | None:
    """The relation on all rows; None where they do not show it."""
    out = Tried(made)
    targets = figures.by_column[made.target]
    misses = 0
    for row, target in targets.items():
        operands = figures.operands(made, row)
        if operands is None or (made.relation is Relation.SUM and _is_rate(figures, made.target, row)):
            continue
        fit = fit_of_row(figures, made, target, operands)
        if fit is None:
            continue
        out.fits[row] = fit
        misses += not fit.holds
        if relations.tells(made, target, operands) and not _is_loose(fit, target):
            out.telling.add(row)
        if misses * 2 > _FIRST_ROWS and misses * 2 > len(out.fits):
            return None
    supported = _is_supported(figures, made)
    if made.relation is Relation.MEAN and not supported:
        return None
    if made.relation in _QUOTIENT_OF_TWO and not out.broken:
        _hold_to_printed(figures, out)
    return out if _is_shown(figures, out, supported=supported) else None


def _hold_to_printed(figures: RowFigures, tried: Tried) -> None:
    """Holds the rows to the quotients of their printed figures, where all but one are these though rounding leaves so
    much open that this is no chance. A total may be made of figures that were not rounded yet.
    """
    made, luck, apart = tried.made, Fraction(1), {}
    for row, fit in tried.fits.items():
        target, operands = figures.by_column[made.target][row], figures.operands(made, row)
        printed = relations.fit_of_printed(made, target, operands) if operands is not None else None
        if printed is None or figures.table.rows[row].role is RowRole.TOTAL:
            continue
        if not printed.holds:
            apart[row] = printed
        elif row in tried.telling and fit.allowed:
            luck *= min(Fraction(1), printed.allowed / fit.allowed)
    if len(apart) == 1 and luck < _LUCK:
        far = {at: one for at, one in apart.items() if abs(one.gap) > _OFF * figures.by_column[made.target][at].unit}
        tried.fits |= far


def _is_loose(fit: Fit, target: Amount) -> bool:
    """Whether rounding leaves nearly any figure open: shares of "1" that may be anything from 0,5 to 1,5."""
    return fit.allowed > max(_LOOSE, abs(target.value) / 2)


def _is_shown(figures: RowFigures, tried: Tried, *, supported: bool) -> bool:
    """Whether the rows that hold are more than chance: many different ones; fewer of large figures or under words that
    say the same. Rows that are alike prove as much as one.
    """
    rows = {
        tuple(
            figures.by_column[at][row].value if row in figures.by_column[at] else None
            for at in sorted(tried.made.columns)
        ): row
        for row in tried.telling
        if tried.fits[row].holds
    }
    broken = len(tried.broken)
    if _is_quotient(figures, tried.made):
        return len(rows) >= _QUOTIENTS * max(1, broken)
    if tried.made.relation in _OF_BOTH:
        target = figures.by_column[tried.made.target]
        nearly = any(abs(tried.fits[at].gap) < _FAR * target[at].unit for at in tried.broken)
        return len(rows) >= max(_SHARES, 3 * broken) and not nearly
    if len(tried.made.operands) > 2 and tried.made.relation is Relation.RATIO:
        return len(rows) >= max(_SHARES, 3 * broken)
    if supported:
        return len(rows) >= max(_WITH_WORDS, 2 * broken)
    target = figures.by_column[tried.made.target]
    unit = figures.habits[tried.made.target].unit(_NOTHING)
    large = sum(tried.fits[at].is_exact and abs(target[at].value) >= _LARGE * unit for at in rows.values())
    return len(rows) >= 3 * broken and (len(rows) >= _WITHOUT_WORDS or large >= _LARGE_ROWS)


def _slips(figures: RowFigures, tried: Tried) -> Iterator[Slip]:
    """The rows that do not hold; where all others hold to the last digit, those that rounding would excuse, too."""
    made = tried.made
    exact = made.relation in (Relation.SUM, Relation.DIFFERENCE) and are_exact([tried.fits[at] for at in tried.telling])
    for row, fit in tried.fits.items():
        if fit.holds and (fit.is_exact or not exact):
            continue
        target = figures.by_column[made.target][row]
        if figures.table.rows[row].role is RowRole.TOTAL and _is_own_total(figures, made.target, row):
            continue
        if made.relation is Relation.DIFFERENCE and _is_unsigned(figures, tried, row):
            continue
        operands = figures.operands(made, row) or []
        yield _slip(figures, tried, row, target, operands)


def _is_rate(figures: RowFigures, target: int, row: int) -> bool:
    """Whether a row tells a rate or a mean, which no total adds up: "Tỷ lệ hồ sơ trực tuyến", "%"."""
    words = " ".join(cell.text for cell in figures.table.rows[row].cells[:target]).lower()
    return _RATE.search(words) is not None


def _is_own_total(figures: RowFigures, column: int, row: int) -> bool:
    """Whether the figure of a total is the sum or the mean of its own column."""
    amounts = figures.by_column[column]
    parts = [one for at, one in amounts.items() if figures.table.rows[at].role is RowRole.DATA]
    total = amounts[row]
    whole = sum((one.value for one in parts), Fraction(0))
    reach = total.unit * (len(parts) + 1) / 2
    return bool(parts) and (
        abs(total.value - whole) <= reach or abs(total.value - whole / len(parts)) <= 2 * total.unit
    )


def _is_unsigned(figures: RowFigures, tried: Tried, row: int) -> bool:
    """Whether the column prints differences without a sign: it has no sign anywhere, and the size is right."""
    amounts = figures.by_column[tried.made.target]
    if any(one.value < 0 or one.text[:1] in "-+−–" for one in amounts.values()):
        return False
    fit = tried.fits[row]
    stated = amounts[row].value
    return abs(stated + (stated - fit.gap)) <= fit.allowed


def _slip(figures: RowFigures, tried: Tried, row: int, target: Amount, operands: Sequence[Amount]) -> Slip:
    made, kind = tried.made, _KINDS[tried.made.relation]
    found = relations.expected(made, operands)
    several = made.relation is Relation.RATIO and len(operands) > 2
    swapped = made.relation is Relation.RATIO and not several and operands[0].value and _is_swapped(target, operands)
    kind = StatementKind.SWAPPED_RATIO if swapped else kind
    places = None if made.relation in (Relation.SUM, Relation.DIFFERENCE) else max(target.places, 1)
    shown = printed_like(found, target, places=places)
    facts = {
        "operands": [one.text for one in operands if one.text],
        "relation": made.relation.value,
        "rows": tried.holding,
        "count": len(operands) - 1,
    }
    facts["names"] = [figures.table.titles[at] for at in made.operands]
    sure = Sure.LIKELY if tried.fits[row].holds or not _is_supported(figures, made) else Sure.CERTAIN
    statement = _statement(figures, tried, row)
    why = f"row_{(Relation.RATIO if made.relation in _OF_BOTH else made.relation).value}_differs"
    why = "row_ratio_of_several_differs" if several else why
    return Slip(row, made.target, kind, sure, target.text, shown, why, facts, None, statement, tried.fits[row].gap)


def _statement(figures: RowFigures, tried: Tried, row: int) -> Statement:
    """The figures of a row that follow from each other, as one of them would have to be."""
    made = tried.made
    target, operands = figures.by_column[made.target][row], figures.operands(made, row) or []
    cells = tuple((row, at) for at in (made.target, *made.operands))

    def holds(cell: CellAt, amount: Amount) -> bool:
        first, *others = (amount if at == cell else one for at, one in zip(cells, (target, *operands), strict=True))
        fit = fit_of_row(figures, made, first, others)
        return fit is not None and fit.holds

    def asks(cell: CellAt) -> Fraction | None:
        if cell == cells[0]:
            return relations.expected(made, operands)
        return relations.asked(made, operands, target, cells.index(cell) - 1)

    linear = made.relation in (Relation.SUM, Relation.DIFFERENCE, Relation.MEAN)
    return Statement(cells, holds, asks, exactly=linear)


def _is_swapped(target: Amount, operands: Sequence[Amount]) -> bool:
    turned = operands[1].value / operands[0].value * 100
    return abs(turned - target.value) <= target.unit

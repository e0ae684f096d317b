"""All checkers of running text over a paper, and what the habits of the paper decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from parindex.documents.arithmetic.figures import readings_of
from parindex.documents.arithmetic.findings import StatementFinding
from parindex.documents.arithmetic.passages import Passage, with_what_goes_on
from parindex.documents.arithmetic.prose.changes.against_first import changes_of_values_before
from parindex.documents.arithmetic.prose.changes.compared import compared_values
from parindex.documents.arithmetic.prose.changes.differences import changes, gaps
from parindex.documents.arithmetic.prose.changes.directions import directions
from parindex.documents.arithmetic.prose.changes.distant import distant_changes
from parindex.documents.arithmetic.prose.changes.growths import told_growths
from parindex.documents.arithmetic.prose.changes.multiples import multiples
from parindex.documents.arithmetic.prose.changes.pairs import paired_changes
from parindex.documents.arithmetic.prose.changes.proven import proven_changes
from parindex.documents.arithmetic.prose.changes.told_directions import told_directions
from parindex.documents.arithmetic.prose.coded_points import coded_points
from parindex.documents.arithmetic.prose.complements import complements
from parindex.documents.arithmetic.prose.distant_ranks import distant_ranks
from parindex.documents.arithmetic.prose.each_of_many import each_of_many
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.formulas import formulas
from parindex.documents.arithmetic.prose.hundreds import hundreds
from parindex.documents.arithmetic.prose.item_maxima import item_maxima
from parindex.documents.arithmetic.prose.lists import in_line, lists, numbered
from parindex.documents.arithmetic.prose.marked_text import MarkedText, marked
from parindex.documents.arithmetic.prose.means import means
from parindex.documents.arithmetic.prose.named_lists import named_lists
from parindex.documents.arithmetic.prose.named_things import named_in_words, named_things
from parindex.documents.arithmetic.prose.open_rests import open_rests
from parindex.documents.arithmetic.prose.order_of_scores import order_of_scores
from parindex.documents.arithmetic.prose.parts.find import parts_of_wholes
from parindex.documents.arithmetic.prose.plain_rests import plain_rests
from parindex.documents.arithmetic.prose.points_of_maxima import points_of_maxima
from parindex.documents.arithmetic.prose.rank_limits import rank_limits
from parindex.documents.arithmetic.prose.ranks import ranks
from parindex.documents.arithmetic.prose.rests import rests
from parindex.documents.arithmetic.prose.rules.find import told_rules
from parindex.documents.arithmetic.prose.rules.told_grades import told_grades
from parindex.documents.arithmetic.prose.scores import scores
from parindex.documents.arithmetic.prose.shares.beside import shares
from parindex.documents.arithmetic.prose.shares.in_words import in_words
from parindex.documents.arithmetic.prose.shares.passed_plans import passed_plans
from parindex.documents.arithmetic.prose.shares.quotients import told_quotients
from parindex.documents.arithmetic.prose.shares.ratios import ratios
from parindex.documents.arithmetic.prose.shares.repeated_rates import repeated_rates
from parindex.documents.arithmetic.prose.statements import Checked
from parindex.documents.arithmetic.prose.states import states
from parindex.documents.arithmetic.prose.two_units import two_units
from parindex.documents.arithmetic.prose.wrong_scales import wrong_scales
from parindex.domain.errors import Place

_CHECKERS: tuple[Callable[[MarkedText], Iterator[Checked]], ...] = (
    ratios, formulas, scores, points_of_maxima, changes, gaps, told_growths, paired_changes, proven_changes,
    directions, told_directions, compared_values, multiples, told_quotients, passed_plans, in_words, ranks, in_line,
    numbered, named_lists, two_units, named_things, each_of_many, coded_points, means,
)  # fmt: skip
#: What may stand in one paragraph and go on in the next ("Trong đó, …").
_CHECKERS_OF_SUMS: tuple[Callable[[MarkedText], Iterator[Checked]], ...] = (
    parts_of_wholes,
    rests,
    open_rests,
    plain_rests,
    wrong_scales,
    hundreds,
    complements,
)
#: Per cents that fit the printed points to the last place, before one that does not is taken for wrong; and how many
#: of them there must be for each that does not.
_FEWEST_EXACT, _FOR_EACH_INEXACT = 4, 3

#: A sum that is said to be wrong, in whatever words.
_SUMS = ("parts_apart", "parts_apart_in_unit")


def find(passages: Sequence[Passage]) -> tuple[list[StatementFinding], Counter[str]]:
    """What does not add up in the running text of a paper, in reading order, and how many statements of each sort
    (ratios, formulas, sums, differences, ranks, counts, points) were checked.
    """
    texts = [marked(passage) for passage in passages if any(letter.isdigit() for letter in passage.text)]
    joined = _joined(passages, texts)
    every = [(text, checked) for text in texts for checker in _CHECKERS for checked in checker(text)]
    every += shares(texts)
    every += repeated_rates(texts)
    every += [(text, checked) for text in joined for checker in _CHECKERS_OF_SUMS for checked in checker(text)]
    with_neighbours = _with_neighbours(passages, texts)
    every += lists(with_neighbours)
    every += [(text, checked) for text in with_neighbours for checked in named_in_words(text)]
    every += distant_changes(texts)
    every += changes_of_values_before(texts)
    every += distant_ranks(texts)
    every += states(texts)
    every += rank_limits(texts)
    every += order_of_scores(texts)
    every += told_rules(with_neighbours)
    every += item_maxima(with_neighbours)
    every += told_grades(texts)
    counts = Counter(checked.sort for _, checked in every)
    statements = [checked for _, checked in every]
    from_print, rounds = _computed_from_print(statements), _rounds_half_up(statements)
    told = [(text, checked) for text, checked in every if _is_told(checked, from_print=from_print, rounds=rounds)]
    return _once(told), counts


def _joined(passages: Sequence[Passage], texts: Sequence[MarkedText]) -> list[MarkedText]:
    """The marked texts, those that go on with the one before joined to it."""
    known = {id(text.passage): text for text in texts}
    return [
        known.get(id(passage)) or marked(passage)
        for passage in with_what_goes_on(passages)
        if any(letter.isdigit() for letter in passage.text)
    ]


def _with_neighbours(passages: Sequence[Passage], texts: Sequence[MarkedText]) -> list[MarkedText]:
    """The marked texts with those without figures between them: entries of lists need none."""
    known = {id(text.passage): text for text in texts}
    return [known.get(id(passage)) or marked(passage) for passage in passages]


def _computed_from_print(every: Sequence[Checked]) -> bool:
    """Whether this paper computes its per cents from the points that it prints, so that one which only fits unrounded
    points is wrong. Per cents of counts say nothing of that.
    """
    ratios_told = [checked.fit for checked in every if checked.of_rounded]
    exact, inexact = ratios_told.count(Fit.RIGHT), ratios_told.count(Fit.ROUNDED_BEFORE)
    return exact >= _FEWEST_EXACT and exact >= _FOR_EACH_INEXACT * inexact


def _rounds_half_up(every: Sequence[Checked]) -> bool:
    """Whether this paper rounds its per cents half up, so that a lone one that is cut off is odd."""
    habits = [checked.is_cut for checked in every if checked.is_cut is not None]
    rounded, cut = habits.count(False), habits.count(True)
    return rounded >= _FEWEST_EXACT and rounded >= _FOR_EACH_INEXACT * cut


def _is_told(checked: Checked, *, from_print: bool, rounds: bool) -> bool:
    """Whether the habits of the paper leave a statement no excuse."""
    if checked.finding is None or checked.fit is Fit.WRONG:
        return checked.finding is not None
    if checked.fit is Fit.ROUNDED_BEFORE:
        return from_print and checked.of_rounded
    return rounds and checked.is_cut is True


def _once(told: Sequence[tuple[MarkedText, Checked]]) -> list[StatementFinding]:
    """One finding a figure: where two checkers meet over the same stated figure, the first said it; a sum that is said
    to be wrong is said so once, whatever parts are tried, and what is computed from the same figures is said once.
    """
    kept: list[tuple[int, int, int, StatementFinding]] = []
    seen: set[tuple[Place, str, object]] = set()
    for _, checked in told:
        found = checked.finding
        if found is None:
            continue
        keys: set[tuple[Place, str, object]] = {
            (found.place, found.stated, "parts_apart" if found.why in _SUMS else _as_value(found.found)),
            (found.place, found.stated, _as_value(found.found)),
        }
        basis = tuple(found.facts.get(name) for name in ("parts", "part", "whole"))
        if any(basis):
            keys.add((found.place, found.kind.value, basis))
        if not keys & seen:
            seen |= keys
            kept.append((found.place.page or 0, found.place.line or 0, checked.start, found))
    found_once = [found for _, _, _, found in sorted(kept, key=lambda each: each[:3])]
    return [found for found in found_once if not any(_follows_from(found, other) for other in found_once)]


def _as_value(printed: str) -> str:
    """A printed figure without the zeros behind its decimals: "3,50" is "3,5"."""
    return printed.rstrip("0").rstrip(",") if "," in printed else printed


def _follows_from(found: StatementFinding, other: StatementFinding) -> bool:
    """Whether parts do not come to their whole only because one of them is misprinted, as its per cent shows; or what
    is left is one of the parts that were told not to come to their whole.
    """
    if found.why == "rest_apart" and other.why == "parts_apart":
        parts = str(other.facts.get("parts", "")).split(" + ")
        return other.stated == found.facts.get("whole") and found.stated in parts
    if found.why not in _SUMS or other.why != "count_of_share":
        return False
    if other.stated not in str(found.facts.get("parts", "")).split(" + "):
        return False
    read = [readings_of(digits) for digits in (found.stated, found.found, other.stated, other.found)]
    if not all(read):
        return False
    whole, total, stated, meant = (each[0][0] for each in read)
    return whole - total == meant - stated

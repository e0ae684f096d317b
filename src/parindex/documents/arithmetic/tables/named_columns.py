"""What the numbers under a head say of its columns: "(3)=(1)-(2)", "5=4/3x100", "6=(4-3)/3"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parindex.documents.arithmetic.tables.relations import Candidate, Relation

_OWN = re.compile(r"(?:^|\s)\(?(?P<own>\d{1,2})\)?(?:\s?=\s?(?P<formula>[\d()+\-–−x×*/:%\s]{3,40}))?$")
_HUNDRED = re.compile(r"[x×*]100|%")
_SHAPES = (
    (Relation.SUM, re.compile(r"\d{1,2}(?:\+\d{1,2})+")),
    (Relation.DIFFERENCE, re.compile(r"\d{1,2}(?:-\d{1,2})+")),
    (Relation.RATIO, re.compile(r"\d{1,2}[/:]\d{1,2}")),
    (Relation.PRODUCT, re.compile(r"\d{1,2}[x×*]\d{1,2}")),
)
_GROWTH = re.compile(r"\((?P<now>\d{1,2})-(?P<before>\d{1,2})\)[/:](?P=before)")
_FEWEST = 3


def named_relations(heads: Sequence[str]) -> Iterator[Candidate]:
    """The relations that the folded heads of a table write down, where numbers stand under most of them."""
    told = {at: found for at, head in enumerate(heads) if (found := _OWN.search(head)) is not None}
    columns = {int(found["own"]): at for at, found in told.items()}
    numbers = [int(found["own"]) for found in told.values()]
    if len(numbers) < _FEWEST or numbers != sorted(set(numbers)):
        return
    for at, found in told.items():
        made = _read(found["formula"] or "")
        if made is not None and all(one in columns and columns[one] != at for one in made[1]):
            relation, operands = made[0], tuple(columns[one] for one in made[1])
            for scale in (100, 1) if relation in (Relation.RATIO, Relation.GROWTH, Relation.PRODUCT) else (1,):
                yield Candidate(relation, at, operands, scale, named=True)


def missing_operand(heads: Sequence[str]) -> tuple[int, int, str] | None:
    """The column whose formula names a number that the run of numbers under the heads skips, that number, and the
    formula; None where nothing is skipped.
    """
    told = {at: found for at, head in enumerate(heads) if (found := _OWN.search(head)) is not None}
    numbers = [int(found["own"]) for found in told.values()]
    if len(numbers) < _FEWEST or numbers != sorted(set(numbers)):
        return None
    skipped = set(range(numbers[0], numbers[-1] + 1)) - set(numbers)
    for at, found in told.items():
        made = _read(found["formula"] or "")
        if len(skipped) == 1 and made is not None and skipped & set(made[1]):
            return at, skipped.pop(), found[0].strip()
    return None


def _read(formula: str) -> tuple[Relation, tuple[int, ...]] | None:
    """The relation that a formula is, and the numbers of its columns in their order."""
    plain = _HUNDRED.sub("", re.sub(r"\s", "", formula).replace("–", "-").replace("−", "-"))
    growth = _GROWTH.fullmatch(plain)
    if growth:
        return Relation.GROWTH, (int(growth["now"]), int(growth["before"]))
    bare = plain.replace("(", "").replace(")", "")
    for relation, shape in _SHAPES:
        if shape.fullmatch(bare):
            return relation, tuple(int(one) for one in re.findall(r"\d+", bare))
    return None

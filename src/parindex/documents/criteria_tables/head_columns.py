"""The columns of a head after the contents had their say: one maximum, one of each kind, codes and points by level.

Words of heads leave it open where a column has no head, is called only "Điểm", or where two columns could be the
maximum; what the contents then decide is a guess and named as one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from parindex.documents.criteria_tables import head_times
from parindex.documents.criteria_tables.column_contents import Contents
from parindex.documents.criteria_tables.head_words import Column, column_of_words
from parindex.documents.printed_text import folded

#: The words of a column that nothing is read from, and those of the column that is read in its place ("" for none).
Unread = tuple[str, str]

_TELLING_MAX = re.compile(r"toi da|chuan|max|quy dinh|cao nhat")


@dataclass(frozen=True, slots=True)
class SettledColumns:
    """The kind of each column, those that the contents decided (``guessed``), and filled ones that nothing is read from
    (``unread``: their words, or "cột 5" where they have none).
    """

    columns: Mapping[int, Column]
    guessed: tuple[Column, ...]
    unread: tuple[Unread, ...]


def settled_columns(named: Mapping[int, Column], texts: Mapping[int, str], shares: Contents) -> SettledColumns:
    """One maximum, and the code, title and points columns where no words named them; ``texts`` are the words of
    the head by column.
    """
    columns = dict(named)
    guessed: list[Column] = []
    _titles_in_words(columns, texts, shares)
    _of_this_time(columns, texts)
    _points_by_level(columns, shares)
    if _one_maximum(columns, texts, shares):
        guessed.append(Column.MAX_POINTS)
    if _one_appraisal(columns, texts):
        guessed.append(Column.APPRAISED_POINTS)
    _codes_by_level(columns, shares)
    guessed.extend(_by_contents(columns, shares))
    _second_explanation(columns, shares)
    kept = _first_of_each(columns, by_level=_by_level(columns, shares))
    return SettledColumns(kept, tuple(guessed), _unread(kept, named, texts, shares))


def _titles_in_words(columns: dict[int, Column], texts: Mapping[int, str], shares: Contents) -> None:
    """A head that names titles and points together is that of the points where numbers stand below it."""
    for at, column in columns.items():
        named = column_of_words(texts.get(at, ""))
        if column is Column.TITLE and named not in (Column.TITLE, None) and shares.numbers(at) >= 0.5:
            columns[at] = named


def _by_contents(columns: dict[int, Column], shares: Contents) -> list[Column]:
    """Give codes, titles and points their columns by what stands in them, where no words did; returns these kinds."""
    guessed: list[Column] = []
    free = [at for at in range(shares.width) if at not in columns]
    if Column.CODE not in columns.values():
        at = max((at for at in free if shares.codes(at) >= 0.5), key=shares.codes, default=None)
        if at is not None:
            columns[at] = Column.CODE
            guessed.append(Column.CODE)
    if Column.TITLE not in columns.values():
        texts = [at for at in free if at not in columns and shares.is_text(at)]
        at = max(texts, key=shares.length, default=None)
        if at is None or not (shares.length(at) > 8 or len(texts) == 1):
            at = _titles_in_options(columns, shares)
        if at is not None:
            columns[at] = Column.TITLE
            guessed.append(Column.TITLE)
    if Column.MAX_POINTS not in columns.values():
        at = next((at for at in free if at not in columns and shares.numbers(at) >= 0.7), None)
        if at is not None:
            columns[at] = Column.MAX_POINTS
            guessed.append(Column.MAX_POINTS)
    if Column.NOTE not in columns.values():
        at = max(
            (at for at in free if at not in columns and shares.sources(at) >= 0.5), key=shares.sources, default=None
        )
        if at is not None:
            columns[at] = Column.NOTE
            guessed.append(Column.NOTE)
    return guessed


def _titles_in_options(columns: Mapping[int, Column], shares: Contents) -> int | None:
    """The column of options that holds the titles, where nothing else can: it is filled wherever a code stands."""
    codes = max((shares.filled(at) for at, column in columns.items() if column is Column.CODE), default=0)
    options = [at for at, column in columns.items() if column is Column.OPTIONS and shares.is_text(at)]
    return next((at for at in options if codes and shares.filled(at) >= codes), None)


def _of_this_time(columns: dict[int, Column], texts: Mapping[int, str]) -> None:
    """Points claimed or appraised last year, or in a year before another one that a head of points names, are not
    those of this sheet.
    """
    kinds = (Column.MAX_POINTS, Column.SELF_POINTS, Column.APPRAISED_POINTS)
    years = {at: head_times.year_of(texts.get(at, "")) for at, column in columns.items() if column in kinds}
    latest = max((year for year in years.values() if year is not None), default=0)
    for at, year in years.items():
        past = head_times.is_past(texts.get(at, "")) or (year or latest) < latest
        if past and columns[at] is not Column.MAX_POINTS:
            columns[at] = Column.OTHER


def _by_level(columns: Mapping[int, Column], shares: Contents) -> frozenset[Column]:
    """The kinds that stand in several columns, one a level: hardly a row fills two of them."""
    kinds = (Column.CODE, Column.MAX_POINTS)
    return frozenset(
        kind for kind in kinds if shares.take_turns([at for at, column in columns.items() if column is kind])
    )


def _codes_by_level(columns: dict[int, Column], shares: Contents) -> None:
    """Columns of codes left of the titles, one a level ("Lĩnh vực", "Tiêu chí", "TCTP"), are all columns of codes."""
    titles = [at for at, column in columns.items() if column is Column.TITLE and shares.is_text(at)]
    if not titles:
        return
    codes = [
        at
        for at in range(titles[0])
        if columns.get(at, Column.TITLE) in (Column.TITLE, Column.CODE) and shares.codes(at) >= 0.8
    ]
    if shares.take_turns(codes):
        columns.update(dict.fromkeys(codes, Column.CODE))


def _points_by_level(columns: dict[int, Column], shares: Contents) -> None:
    """Columns of numbers without a name that take turns with the maximum are its columns for other levels."""
    known = [at for at, column in columns.items() if column is Column.MAX_POINTS]
    titles = [at for at, column in columns.items() if column is Column.TITLE]
    first = min(titles, default=0)  # what stands left of the titles may be codes
    free = [at for at in range(first, shares.width) if at not in columns and shares.numbers(at) == 1]
    for at in free if known else ():
        if shares.take_turns([*known, at]):
            columns[at] = Column.MAX_POINTS
            known.append(at)


def _one_maximum(columns: dict[int, Column], texts: Mapping[int, str], shares: Contents) -> bool:
    """Of several columns of points the telling one is the maximum; a "Thang điểm" in words holds the options.

    True where no word told and the first was taken.
    """
    candidates = [at for at, column in columns.items() if column is Column.MAX_POINTS]
    for at in list(candidates):
        if shares.filled(at) and shares.numbers(at) < 0.5:
            columns[at] = Column.OPTIONS
            candidates.remove(at)
    telling = [at for at in candidates if _TELLING_MAX.search(folded(texts.get(at, "")))]
    for at in candidates if telling else candidates[1:]:
        if columns.get(at - 1) is Column.OPTIONS and at not in telling:
            columns[at] = Column.OPTION_POINTS
    candidates = [at for at in candidates if columns[at] is Column.MAX_POINTS]
    if shares.take_turns(candidates):
        return False
    told = telling or candidates
    newest = [told[at] for at in head_times.newest([texts.get(at, "") for at in told])]
    for at in candidates:
        if at != newest[0]:
            columns[at] = Column.OTHER
    only = len(candidates) == 1 and head_times.is_past(texts.get(candidates[0], ""))
    return only or (len(candidates) > 1 and len(newest) != 1)


def _second_explanation(columns: dict[int, Column], shares: Contents) -> None:
    """Of two filled columns of explanations the second holds the further ones, whatever it is called."""
    explained = sorted(at for at, column in columns.items() if column is Column.EXPLANATION and shares.filled(at))
    if len(explained) > 1 and Column.FURTHER_EXPLANATION not in columns.values():
        columns[explained[1]] = Column.FURTHER_EXPLANATION


def _one_appraisal(columns: dict[int, Column], texts: Mapping[int, str]) -> bool:
    """Of several columns of appraised points the council's stands, else the last; True where no word told."""
    candidates = [at for at, column in columns.items() if column is Column.APPRAISED_POINTS]
    councils = [at for at in candidates if "hoi dong" in folded(texts.get(at, ""))]
    chosen = next(reversed(councils or candidates), None)
    for at in candidates:
        if at != chosen:
            columns[at] = Column.OTHER_APPRAISAL
    return len(candidates) > 1 and len(councils) != 1


def _first_of_each(columns: Mapping[int, Column], *, by_level: frozenset[Column]) -> dict[int, Column]:
    """Each kind once; notes, options, explanations and opinions may have several columns."""
    several = {Column.NOTE, Column.OPTIONS, Column.OTHER, Column.EXPLANATION, Column.OPINION, Column.EVIDENCE}
    several |= {Column.OTHER_APPRAISAL, *by_level}
    seen: set[Column] = set()
    out: dict[int, Column] = {}
    for at in sorted(columns):
        column = columns[at]
        out[at] = Column.OTHER if column in seen and column not in several else column
        seen.add(column)
    return out


def _unread(
    kept: Mapping[int, Column],
    named: Mapping[int, Column],
    texts: Mapping[int, str],
    shares: Contents,
) -> tuple[Unread, ...]:
    """The filled columns that are no part of what is read, except those whose words say so."""
    ends = [at for at, column in kept.items() if column in (Column.CODE, Column.TITLE)]
    within_title = range(min(ends, default=0), max(ends, default=0))  # merged title cells stand at their left
    lost = [
        at
        for at in range(shares.width)
        if shares.filled(at)
        and (
            (at not in kept and (at not in within_title or bool(texts.get(at))))
            or kept.get(at) is Column.OTHER is not named.get(at)
        )
    ]
    maximum = next((texts.get(at, "") for at, column in kept.items() if column is Column.MAX_POINTS), "")
    return tuple(
        (texts.get(at) or f"cột {at + 1}", maximum if named.get(at) is Column.MAX_POINTS else "") for at in lost
    )

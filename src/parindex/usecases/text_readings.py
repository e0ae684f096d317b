"""Explanations are read once: what was read is kept, and asked for wherever flags are made of many items."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable

from django.db import transaction
from django.utils import timezone

from parindex.database.models import Entry, ScoreSheet
from parindex.database.queries.text_readings import keep_readings, kept_readings
from parindex.documents.explanation_readings import READER, figures_of, reading_text
from parindex.documents.printed_explanations import PrintedFigures, printed_figures, prints_figures
from parindex.domain.review.stages import UNSIGNED, CycleState

_NOTHING = PrintedFigures()


class Readings:
    """What saved explanations print of figures, of many sheets one after the other.

    What had not been read yet is kept in the end (:meth:`keep`). Only for texts that are stored: what somebody types
    and does not save is nobody's business.
    """

    def __init__(self) -> None:
        self._read: dict[str, str] = {}

    def of(self, texts: Iterable[str]) -> dict[str, PrintedFigures]:
        """What each of ``texts`` prints, by text; a query for every 500 different ones that print figures."""
        wanted = set(texts)
        digests = {text: hashlib.sha256(text.encode()).hexdigest() for text in wanted if prints_figures(text)}
        kept = kept_readings([one for one in digests.values() if one not in self._read], READER) if digests else {}
        found = dict.fromkeys(wanted, _NOTHING)
        for text, digest in digests.items():
            reading = kept.get(digest, self._read.get(digest))
            if reading is None:
                reading = self._read[digest] = reading_text(printed_figures(text))
            if reading:
                found[text] = figures_of(reading)
        return found

    def keep(self) -> None:
        """Keep what was read for the first time, once the act that asked for it is done.

        A store that cannot be written (somebody else holds the database) keeps no page and no act from being made.
        """
        read, self._read = self._read, {}
        if read:
            # When it was read, whatever the moment of the act: it only says how long a reading is kept.
            transaction.on_commit(lambda: keep_readings(read, READER, timezone.now()), robust=True)


def read_ahead(rest: Callable[[float], object] = time.sleep) -> int:
    """Read what nobody has read of signed sheets whose cycles go on, so that no act waits for it; how many sheets.

    Units have it read when they are shown the flags before they sign; this is for what an earlier version kept, or
    read. Sheet by sheet, each kept at once, and ``rest`` for as long as each took: whoever works goes first.
    """
    sheets = ScoreSheet.objects.filter(cycle__state__in=(CycleState.OPEN, CycleState.APPRAISAL))
    keys = list(sheets.exclude(state__in=sorted(UNSIGNED)).order_by("pk").values_list("pk", flat=True))
    for key in keys:
        began = time.monotonic()
        readings = Readings()
        readings.of(Entry.objects.filter(sheet=key).exclude(explanation="").values_list("explanation", flat=True))
        readings.keep()
        rest(time.monotonic() - began)
    return len(keys)

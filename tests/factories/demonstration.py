"""The demonstration as tests look at it: loaded once, then written back."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from parindex.usecases.demonstration import load_demonstration
from tests.factories.kept import kept
from tests.factories.world import now


@partial(kept, fresh=timedelta(hours=1))
def loaded() -> None:
    """The demonstration; nobody who uses this asks when it was loaded."""
    load_demonstration(at=now())

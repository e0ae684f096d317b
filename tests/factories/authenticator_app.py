"""The app on a telephone that shows the six digits of a second factor."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal import auth


def code_for(secret: str) -> str:
    """The six digits that are shown now."""
    half_minute = next(iter(auth.yield_hotp_counters_from_time()))
    return str(auth.format_hotp_value(auth.hotp_value(secret, half_minute)))


def stop_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes change with every half minute of the clock, and none of the half minute before is taken: one that is read
    at its end and sent a moment later is wrong. For this test it stays the half minute that it is.
    """
    at = time.time()
    monkeypatch.setattr(auth, "time", SimpleNamespace(time=lambda: at))

"""The picture of the README shows what ``parindex demo`` prints; else: ``python -m docs.terminal_picture``."""

from __future__ import annotations

from docs.terminal_picture import PICTURE, picture, printed


def test_the_picture_is_what_the_demonstration_prints() -> None:
    lines = printed()
    assert "84,68919" in "\n".join(lines)
    assert PICTURE.read_text(encoding="utf-8") == picture(lines)

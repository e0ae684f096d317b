"""Which language is spoken, and how sentences are filled."""

from __future__ import annotations

import pytest

from parindex.wording import language
from parindex.wording.language import Language, choose, text


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, Language.VIETNAMESE),
        ({"LANG": "C.UTF-8"}, Language.VIETNAMESE),
        ({"LANG": "fr_FR.UTF-8"}, Language.VIETNAMESE),
        ({"LANG": "en_US.UTF-8"}, Language.ENGLISH),
        ({"LANG": "en"}, Language.ENGLISH),
        ({"LANG": "en-GB"}, Language.ENGLISH),
        ({"LC_ALL": "vi_VN.UTF-8", "LANG": "en_US.UTF-8"}, Language.VIETNAMESE),
        ({"LC_MESSAGES": "en_US.UTF-8", "LANG": "vi_VN"}, Language.ENGLISH),
        ({"LC_ALL": "", "LANG": "en_US"}, Language.ENGLISH),
        ({"PARINDEX_LANGUAGE": "en", "LC_ALL": "vi_VN"}, Language.ENGLISH),
        ({"PARINDEX_LANGUAGE": "vi", "LC_ALL": "en_US"}, Language.VIETNAMESE),
        ({"LANG": "enochian"}, Language.VIETNAMESE),
    ],
)
def test_vietnamese_unless_the_locale_is_english(environment: dict[str, str], wanted: Language) -> None:
    assert choose(environment) is wanted


def test_a_sentence_is_translated_and_filled() -> None:
    before = language.current()
    try:
        language.use(Language.ENGLISH)
        assert text("Không có mã {code}.", code="1.10") == "There is no code 1.10."
        language.use(Language.VIETNAMESE)
        assert text("Không có mã {code}.", code="{x}") == "Không có mã {x}."
    finally:
        language.use(before)


def test_nothing_to_say_is_nothing() -> None:
    assert text("") == ""

"""Which language is spoken, and how sentences are filled."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from parindex.web.templating import rich
from parindex.wording import language
from parindex.wording.language import Language, choose, mark_in, text, text_in


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


@pytest.fixture
def english() -> Iterator[None]:
    """English for a test."""
    before = language.current()
    language.use(Language.ENGLISH)
    yield
    language.use(before)


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 items"), (1, "1 item"), ("1", "1 item"), (2, "2 items"), ("1,000", "1,000 items")]
)
@pytest.mark.usefixtures("english")
def test_english_has_two_numbers(count: object, said: str) -> None:
    assert text("{count} mục", count=count) == said
    assert str(rich("{count} mục", count=count)) == said


def test_a_number_that_is_not_given_takes_the_plural() -> None:
    assert language.numbered("{count|it|they}", {}) == "they"


@pytest.mark.usefixtures("english")
def test_one_word_is_translated_as_it_is_meant() -> None:
    assert (text("hệ thống"), text_in("actor", "hệ thống")) == ("systematic", "the system")
    assert (text("Kỳ đánh giá"), text_in("menu", "Kỳ đánh giá")) == ("Cycle", "Cycles")


def test_vietnamese_needs_no_context() -> None:
    assert text_in("menu", mark_in("menu", "Kỳ đánh giá")) == "Kỳ đánh giá"

"""Help is for everybody, in both languages."""

from __future__ import annotations

import pytest
from django.test import Client

from parindex.web.help.glossary import glossary
from parindex.wording.language import Language, use


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/help/", "/help/keys/", "/help/accessibility/"])
def test_help_needs_no_account(address: str) -> None:
    assert Client().get(address).status_code == 200


@pytest.mark.django_db
def test_every_word_has_its_anchor() -> None:
    page = Client().get("/help/").text
    assert all(f'<dt id="{key}">' in page for key, _, _ in glossary())


def test_words_come_in_the_order_of_the_language() -> None:
    use(Language.VIETNAMESE)
    words = [word for _, word, _ in glossary()]
    assert words == sorted(words, key=str.lower)

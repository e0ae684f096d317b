"""What is given back of a form that was not taken: what a person typed, under the name of its field, and no secret."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import parindex.web
from parindex.wording.typed_fields import is_typed, is_worth_keeping, typed_label

TAG = re.compile(r"<(input|textarea)\b((?:[^<>{]|\{\{.*?\}\}|\{%.*?%\}|\{)*)>")
NOT_TYPED = ("hidden", "radio", "checkbox", "file", "submit", "search", "password")
#: Typed, and not worth giving back: filters, marks that are copied, who somebody is, numbers that are short.
WITHOUT_LABEL = {
    "actor", "since", "on", "code", "email", "fingerprint", "login", "username", "password", "index", "rank", "of",
    "year", "item", "items", "nodes", "maximum", "minimum", "opinions_needed", "digits", "key_days",
}  # fmt: skip


def written_fields() -> set[str]:
    """The names of all fields of all templates that somebody writes into; those made by a loop left out."""
    found = set()
    for path in Path(parindex.web.__file__).parent.rglob("*.html"):
        for tag, rest in TAG.findall(path.read_text("utf-8")):
            name, kind = re.search(r'\bname="([^"{]+)"', rest), re.search(r'\btype="([^"]*)"', rest)
            if name and (tag == "textarea" or kind is None or kind[1] not in NOT_TYPED):
                found.add(name[1])
    return found


def test_every_field_that_somebody_writes_into_has_its_label() -> None:
    fields = written_fields()
    assert len(fields) > 60
    assert {one for one in fields if not typed_label(one)} == WITHOUT_LABEL & fields


@pytest.mark.parametrize(
    ("name", "value", "refused", "lost"),
    [
        ("reason", "Muộn", True, True),
        ("reason", "x", False, False),
        ("reason", "12", False, False),
        ("number", "12/BC-SYT", True, True),
        ("basis.0.issuer", "UBND", True, True),
        ("no_such_field", "Chưa có số liệu", True, True),
        ("no_such_field", "chua", False, False),
        ("kind", "accept", False, False),  # picked in another form
        ("kind", "Báo cáo", True, True),
        ("self_points", "1,5", False, True),
        ("due", "22/11/2026", True, True),
        ("points", "0,25", True, True),
        ("points", " ", False, False),
        ("known", "a1 b2", False, False),
        ("figure.on_time", "900", False, True),
        ("sum.figure.on_time", "900", False, True),
        ("figure.key_projects", "12", False, True),
        ("figure.title", "dung", False, True),
        ("figure.on_time", " ", False, False),
        ("read.explanation", "3fe1 ab94", False, False),
        ("take.figure.on_time", "3fe1ab94", False, False),
        ("next", "/sheets/ noi khac", False, False),
        ("seen", "3fe1ab94c2", False, False),
    ],
)
def test_what_is_kept_of_a_refusal_and_of_a_form_that_was_lost(
    name: str, value: str, refused: bool, lost: bool
) -> None:
    assert (is_worth_keeping(name, value), is_typed(name, value)) == (refused, lost)


@pytest.mark.parametrize(
    "name", ["password", "oldpassword", "password1", "code", "csrfmiddlewaretoken", "token", "row.key", "credential"]
)
def test_no_secret_is_shown_again_however_it_is_written(name: str) -> None:
    for value in ("matkhau", "mật khẩu dài bốn từ", "ab12 cd34"):
        assert not is_worth_keeping(name, value)
        assert not is_typed(name, value)


def test_a_field_is_called_as_on_its_page() -> None:
    names = ("explanation", "basis.0.issuer", "figure.on_time", "sum.figure.on_time", "no_such_field")
    assert [typed_label(one) for one in names] == [
        "Giải trình", "Cơ quan ban hành", "Số liệu on_time", "Số liệu on_time", "",
    ]  # fmt: skip

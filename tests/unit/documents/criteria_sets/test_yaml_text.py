"""YAML read as text, and what is refused."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parindex.documents.criteria_sets.yaml_text import OneLine, Quoted, parse_yaml, read_yaml_file, write_yaml
from parindex.domain.errors import InvalidInput, Place, Problem

TEXTS = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
DATA = st.recursive(
    st.one_of(TEXTS, st.booleans(), st.sampled_from(["1.10", "no", "null", "~", "0x1F", "2024-12-13", "80%", "1_0"])),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=8,
)


def problems(text: str) -> list[Problem]:
    with pytest.raises(InvalidInput) as refused:
        parse_yaml(text, "set.yaml")
    return refused.value.problems


@pytest.mark.parametrize(
    "written", ["1.10", "010", "0x1F", "1e3", "2024-12-13", "12:30", "no", "Yes", "null", "~", "True", "1,5", "80%"]
)
def test_every_scalar_is_the_text_that_was_written(written: str) -> None:
    assert parse_yaml(f"value: {written}").data == {"value": written}


def test_only_a_bare_true_or_false_is_a_truth_value() -> None:
    assert parse_yaml("a: true\nb: false\nc: 'true'\ntrue: x").data == {"a": True, "b": False, "c": "true", "true": "x"}


def test_an_empty_value_is_an_empty_text() -> None:
    assert parse_yaml("a:\nb: ''").data == {"a": "", "b": ""}


def test_an_empty_file_holds_nothing() -> None:
    assert parse_yaml("").data is None


def test_lines_are_known_for_every_path() -> None:
    read = parse_yaml("a: 1\nb:\n  - c: 2\n  -\n    d: 3\n")
    assert read.lines == {
        (): 1,
        ("a",): 1,
        ("b",): 3,
        ("b", 0): 3,
        ("b", 0, "c"): 3,
        ("b", 1): 5,
        ("b", 1, "d"): 5,
    }


def test_every_duplicate_key_is_reported_with_both_lines() -> None:
    assert problems("a: 1\nb: {x: 1, x: 2}\na: 3\n") == [
        Problem("yaml_duplicate_key", Place("set.yaml", line=2, path="b/x"), {"key": "x", "first_line": 2}),
        Problem("yaml_duplicate_key", Place("set.yaml", line=3, path="a"), {"key": "a", "first_line": 1}),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "facts"),
    [
        ("a: &x 1\n", "yaml_anchor", {"name": "x"}),
        ("a: *x\n", "yaml_alias", {"name": "x"}),
        ("a: !!int 3\n", "yaml_tag", {"tag": "tag:yaml.org,2002:int"}),
        ("a: !secret 3\n", "yaml_tag", {"tag": "!secret"}),
        ("? [a]\n: 3\n", "yaml_syntax", {"detail": "a mapping key must be text"}),
        ("a: 1\n---\nb: 2\n", "yaml_several_documents", {}),
        ("[" * 61, "yaml_too_deep", {"limit": 60}),
    ],
)
def test_what_hides_or_repeats_content_is_refused(text: str, kind: str, facts: dict[str, object]) -> None:
    assert [(one.kind, one.facts) for one in problems(text)] == [(kind, facts)]


def test_an_anchored_loop_ends() -> None:
    assert [one.kind for one in problems("a: &x [*x]")] == ["yaml_anchor", "yaml_alias"]


@pytest.mark.parametrize(("text", "line"), [("a: [1\nb: 2", 2), ("a: b: c", 1), ("\t- x", 1), ("a: \x00", None)])
def test_broken_syntax_names_the_line(text: str, line: int | None) -> None:
    [found] = problems(text)
    assert (found.kind, found.place.line) == ("yaml_syntax", line)


def test_a_file_may_start_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    path.write_bytes("a: Điện Biên".encode("utf-8-sig"))
    assert read_yaml_file(path).data == {"a": "Điện Biên"}


def test_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    path.write_bytes("a: 1\nb: é".encode("latin-1"))
    with pytest.raises(InvalidInput) as refused:
        read_yaml_file(path)
    assert refused.value.problems == [Problem("not_utf8", Place(str(path), line=2), {"byte": 8})]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_yaml_file(tmp_path / "none.yaml")
    assert [one.kind for one in refused.value.problems] == ["file_unreadable"]


def test_numbers_and_dates_are_written_bare_and_codes_in_quotes() -> None:
    data = {"code": Quoted("1.10"), "max_points": "1.5", "date": "2024-12-13", "one": OneLine({"a": "0,5", "b": "no"})}
    assert write_yaml(data) == "code: \"1.10\"\nmax_points: 1.5\ndate: 2024-12-13\none: {a: '0,5', b: 'no'}\n"


@settings(max_examples=150)
@given(st.dictionaries(TEXTS, DATA, max_size=4))
def test_what_is_written_reads_back_equal(data: dict[str, object]) -> None:
    assert parse_yaml(write_yaml(data)).data == data

"""YAML as text: every scalar is the text that was written, so ``1.10`` stays ``1.10`` and ``no`` stays ``no``.

Only an unquoted ``true`` or ``false`` is a truth value. Anchors, aliases, tags, duplicate keys and several documents in
a file are refused: a criteria set says each thing once, where it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from parindex.domain.errors import InvalidInput, InvalidValue, Place, Problem
from parindex.domain.values import parse_number

#: A way into a YAML file: keys of mappings and positions in lists.
YamlPath = tuple[str | int, ...]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEPTH_LIMIT = 60


@dataclass(frozen=True, slots=True)
class YamlText:
    """The content of a YAML file (texts, truth values, lists, mappings) and the line on which each path starts."""

    data: Any
    lines: Mapping[YamlPath, int]


def read_yaml_file(path: Path) -> YamlText:
    """Read a YAML file in UTF-8.

    Raises :class:`InvalidInput`: ``file_unreadable`` (facts: ``reason``), ``not_utf8`` (``byte``) and every problem of
    :func:`parse_yaml`.
    """
    file = str(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        problem = Problem("file_unreadable", Place(file=file), {"reason": error.strerror or type(error).__name__})
        raise InvalidInput([problem]) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InvalidInput([Problem("not_utf8", Place(file=file, line=line), {"byte": error.start})]) from error
    return parse_yaml(text, file)


def parse_yaml(text: str, file: str | None = None) -> YamlText:
    """Parse one YAML document as text.

    Raises :class:`InvalidInput` with every problem at once: ``yaml_syntax`` (facts: ``detail``, ``at``: which letter),
    ``yaml_duplicate_key`` (``key``, ``first_line``), ``yaml_alias`` and ``yaml_anchor`` (``name``), ``yaml_tag``
    (``tag``), ``yaml_several_documents``, ``yaml_too_deep`` (``limit``).
    """
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.YAMLError as error:
        builder.problems.append(_syntax_problem(error, file))
    except _TooDeepError:
        pass
    if builder.problems:
        raise InvalidInput(builder.problems)
    return YamlText(builder.root, builder.lines)


def _syntax_problem(error: yaml.YAMLError, file: str | None) -> Problem:
    mark = getattr(error, "problem_mark", None)
    detail = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    where = {"at": mark.column + 1} if mark else {}
    return Problem(
        "yaml_syntax", Place(file=file, line=mark.line + 1 if mark else None), {"detail": str(detail), **where}
    )


class _TooDeepError(Exception):
    """Nesting beyond the limit: nothing after it can be read."""


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being filled; ``key`` is the mapping key that waits for its value."""

    content: dict[str, Any] | list[Any]
    path: YamlPath
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    """Builds the content from parser events without recursion, so that no input can exhaust the stack."""

    file: str | None
    root: Any = None
    lines: dict[YamlPath, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    documents: int = 0

    def take(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.ScalarEvent):
            self._check_properties(event, line)
            self._scalar(event, line)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._check_properties(event, line)
            self._open({} if isinstance(event, yaml.MappingStartEvent) else [], line)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._report("yaml_alias", line, name=event.anchor)
            self._place_value("", line)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents == 2:
                self._report("yaml_several_documents", line)

    def _check_properties(self, event: Any, line: int) -> None:
        if event.anchor:
            self._report("yaml_anchor", line, name=event.anchor)
        if event.tag and event.tag != "!":
            self._report("yaml_tag", line, tag=event.tag)

    def _report(self, kind: str, line: int, **facts: Any) -> None:
        path = "/".join(map(str, self._path())) or None
        self.problems.append(Problem(kind, Place(file=self.file, line=line, path=path), facts))

    def _path(self) -> YamlPath:
        if not self.stack:
            return ()
        top = self.stack[-1]
        if isinstance(top.content, list):
            return (*top.path, len(top.content))
        return top.path if top.key is None else (*top.path, top.key)

    def _scalar(self, event: Any, line: int) -> None:
        if self.stack and isinstance(self.stack[-1].content, dict) and self.stack[-1].key is None:
            self._key(event.value, line)
            return
        plain = event.style in (None, "")
        self._place_value(event.value == "true" if plain and event.value in ("true", "false") else event.value, line)

    def _key(self, key: str, line: int) -> None:
        top = self.stack[-1]
        top.key = key
        if isinstance(top.content, dict) and key in top.content:
            self._report("yaml_duplicate_key", line, key=key, first_line=self.lines[(*top.path, key)])

    def _open(self, content: dict[str, Any] | list[Any], line: int) -> None:
        path = self._path()
        if len(self.stack) >= _DEPTH_LIMIT:
            self._report("yaml_too_deep", line, limit=_DEPTH_LIMIT)
            raise _TooDeepError
        self._place_value(content, line)
        self.stack.append(_Open(content, path))

    def _place_value(self, value: Any, line: int) -> None:
        if not self.stack:
            self.root, self.lines[()] = value, line
            return
        top = self.stack[-1]
        if isinstance(top.content, list):
            self.lines[(*top.path, len(top.content))] = line
            top.content.append(value)
        elif top.key is None:
            self._report("yaml_syntax", line, detail="a mapping key must be text")
            top.key = ""
        else:
            self.lines[(*top.path, top.key)] = line
            top.content[top.key] = value
            top.key = None


# --- writing -------------------------------------------------------------------------------------------------------


class OneLine(dict[str, Any]):
    """A mapping that is written on one line."""


class Quoted(str):
    """Text that is always written in double quotes: codes, titles."""

    __slots__ = ()


class _Writer(yaml.SafeDumper):
    """Writes numbers and dates bare, codes and titles in double quotes, and never an alias."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 (signature of PyYAML)
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


def _write_text(writer: _Writer, text: str) -> yaml.ScalarNode:
    if _is_bare(text):
        # The tag that bare text would be given anyway: then the writer adds neither quotes nor a tag.
        tag = writer.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
        return writer.represent_scalar(tag, text)
    return writer.represent_scalar("tag:yaml.org,2002:str", text)


def _is_bare(text: str) -> bool:
    """Whether text is a number or a date, which read better without quotes (our reader takes everything as text)."""
    if len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdecimal():
        return True
    try:
        parse_number(text)
    except InvalidValue:
        return False
    return text == text.strip()


def _write_quoted(writer: _Writer, text: str) -> yaml.ScalarNode:
    return writer.represent_scalar("tag:yaml.org,2002:str", str(text), style='"')


def _write_one_line(writer: _Writer, content: Mapping[str, Any]) -> yaml.MappingNode:
    return writer.represent_mapping("tag:yaml.org,2002:map", content, flow_style=True)


_Writer.add_representer(str, _write_text)
_Writer.add_representer(Quoted, _write_quoted)
_Writer.add_representer(OneLine, _write_one_line)


def write_yaml(data: Mapping[str, Any]) -> str:
    """YAML text of ``data`` (texts, truth values, lists, mappings) in the order given.

    :func:`parse_yaml` reads the same data back.
    """
    text = yaml.dump(data, Dumper=_Writer, allow_unicode=True, sort_keys=False, default_flow_style=False, width=10_000)
    return str(text)

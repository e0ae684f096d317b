"""The marks of a web page, cut in one pass: tags with their attributes, and the text between them.

Every repetition is bounded or stops at the next "<", so that the time grows with the length of the page and with
nothing else, whatever the page is. Nothing that a page refers to is ever asked for: no script, no picture, no entity
but those of the language itself.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,15})(?P<rest>(?:[\s/][^<>]{0,4000})?)>")
_ATTRIBUTE = re.compile(
    r"(?P<name>[a-zA-Z][a-zA-Z-]{0,19})\s{0,3}=\s{0,3}(?:\"(?P<double>[^\"]{0,400})\"|'(?P<single>[^']{0,400})'|(?P<bare>[^\s\"'>]{1,40}))"
)
_HIDDEN = re.compile(r"(?:^|\s)hidden(?=[\s=/]|$)", re.IGNORECASE)
#: Elements whose contents are no text of the page; they end at their own closing tag and at nothing else.
_RAW = frozenset({"script", "style", "textarea", "xmp", "noembed", "noframes", "iframe", "title"})
#: A number of a character has at most seven digits; a longer one stays as it is printed.
_LONG_NUMBER = re.compile(r"&(?=#x?[0-9a-fA-F]{8})")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag in small letters; ``attributes`` are those with a value, ``hidden`` is one without."""

    name: str
    closes: bool
    attributes: dict[str, str] = field(default_factory=dict)


#: A tag or a piece of text, with the line that it begins on.
Mark = tuple[Tag | str, int]


def marks_of(page: str) -> Iterator[Mark]:
    """The tags and texts of ``page`` in their order; comments, declarations and scripts are left out."""
    at, line = 0, 1
    while at < len(page):
        start = page.find("<", at)
        start = len(page) if start < 0 else start
        if start > at:
            yield _text(page[at:start]), line
            line += page.count("\n", at, start)
        if start == len(page):
            return
        found = _TAG.match(page, start)
        if found is not None:
            end = found.end()
            tag = Tag(found["name"].lower(), bool(found["close"]), _attributes(found["rest"]))
            yield tag, line
            if tag.name in _RAW and not tag.closes:
                end = _end_of_raw(page, end, tag.name)
        elif page.startswith(("<!", "<?"), start):
            end = _end_of_declaration(page, start)
        else:  # "< 5": no tag
            end = page.find("<", start + 1)
            end = len(page) if end < 0 else end
            yield _text(page[start:end]), line
        line += page.count("\n", start, end)
        at = end


def _text(printed: str) -> str:
    return html.unescape(_LONG_NUMBER.sub("&amp;", printed)) if "&" in printed else printed


def _attributes(rest: str) -> dict[str, str]:
    if not rest.strip(" /"):
        return {}
    found = {
        one["name"].lower(): html.unescape(
            _LONG_NUMBER.sub("&amp;", one["double"] or one["single"] or one["bare"] or "")
        )
        for one in _ATTRIBUTE.finditer(rest)
    }
    return {"hidden": ""} | found if _HIDDEN.search(rest) else found


def _end_of_raw(page: str, start: int, name: str) -> int:
    """Where the element ends that holds no marks; at the end of the page where nothing closes it."""
    found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(page, start)
    return found.start() if found is not None else len(page)


def _end_of_declaration(page: str, start: int) -> int:
    """After a comment, a document type, an instruction; at the end of the page where nothing closes it."""
    closing = "-->" if page.startswith("<!--", start) else "]]>" if page.startswith("<![CDATA[", start) else ">"
    end = page.find(closing, start + 2)
    return end + len(closing) if end >= 0 else len(page)

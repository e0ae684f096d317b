"""What a machine can see of a page: what axe finds, what overflows, what is too small, what a page weighs."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.journeys import axe
from tests.journeys.conftest import DESKTOP, PHONE

#: The least width of a phone, a phone, and the narrowest of each layout that the stylesheet has above.
WIDTHS = (1366, 1024, 800, 390, 320)
#: Where axe looks, and a finger presses.
JUDGED = (DESKTOP[0], PHONE[0])
SMALLEST_TARGET = 24
#: Bytes over the wire.
FIRST_VISIT, LATER_VISIT = 60 * 1024, 12 * 1024

#: What can be pressed and is not at least 24 px in both directions. Links inside a sentence are as high as their line.
_SMALL = """(smallest) => {
  const seen = (e) => { const s = getComputedStyle(e), r = e.getBoundingClientRect();
    return s.visibility !== 'hidden' && r.width > 1 && r.height > 1 && !e.closest('.vh, .skip'); };
  const inSentence = (e) => e.tagName === 'A' && getComputedStyle(e).display === 'inline'
    && [...e.parentElement.childNodes].some(n => n.nodeType === 3 && n.textContent.trim().length > 1);
  return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter(e => seen(e) && !inSentence(e))
    .map(e => { const row = e.matches('input[type=checkbox], input[type=radio]') ? e.closest('label') : null;
      const r = (row || e).getBoundingClientRect();
      return [r.width, r.height, e.outerHTML.slice(0, 120)]; })
    .filter(([w, h]) => Math.min(w, h) < smallest - 0.5)
    .map(([w, h, html]) => `${Math.round(w)}×${Math.round(h)} ${html}`);
}"""

#: What reaches over the right edge, where the page can be pushed sideways.
_WIDE = """() => { const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const out = [...document.body.querySelectorAll('*')]
    .filter(e => e.getBoundingClientRect().right > root.clientWidth + 1 && !e.closest('.tablewrap, .vh'))
    .map(e => `${Math.round(e.getBoundingClientRect().right)} ${e.outerHTML.slice(0, 100)}`);
  return [`page ${root.scrollWidth} of ${root.clientWidth}`, ...out.slice(-3)]; }"""

_TABLES = """() => [...document.querySelectorAll('table')].filter(t => !t.caption || !t.caption.textContent.trim())
  .map(t => t.outerHTML.slice(0, 100))"""

#: Everything that somebody reads or hears: text, titles, labels, placeholders, values of buttons.
_WORDS = """() => { const found = [document.title];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) { const text = walk.currentNode.textContent.replace(/\\s+/g, ' ').trim();
    if (text && !walk.currentNode.parentElement.closest('script')) found.push(text); }
  for (const e of document.body.querySelectorAll('[title], [aria-label], [placeholder], [alt], [data-l]'))
    for (const name of ['title', 'aria-label', 'placeholder', 'alt', 'data-l'])
      if (e.getAttribute(name)) found.push(e.getAttribute(name).replace(/\\s+/g, ' ').trim());
  return found; }"""


def at_every_width(page: Page, widths: Iterable[int] = WIDTHS) -> Iterator[int]:
    """Every width in turn, while the window has it; as high as that of a phone, or of a desk."""
    for width in widths:
        resize(page, width, PHONE[1] if width <= PHONE[0] else DESKTOP[1])
        yield width


def sideways(page: Page) -> list[str]:
    """Where the page is wider than the window, at every width; the window is as that of a desk afterwards."""
    found = [one for _ in at_every_width(page) for one in too_wide(page)]
    resize(page, *DESKTOP)
    return found


def too_wide(page: Page) -> list[str]:
    """Where the page is wider than the window as it is now."""
    return list(page.evaluate(_WIDE))


def faults(page: Page) -> list[str]:
    """What a machine finds of a page that only comes after something was done: at every width, and of what takes long
    at desk and phone size.
    """
    found = tables_without_caption(page)
    for width in at_every_width(page):
        found += too_wide(page)
        if width in JUDGED:
            found += axe.findings(page, colours=width == DESKTOP[0]) + small_targets(page)  # the same colours
    resize(page, *DESKTOP)
    return found


def resize(page: Page, width: int, height: int) -> None:
    """Give the window a size that it does not have."""
    if page.viewport_size != {"width": width, "height": height}:
        page.set_viewport_size({"width": width, "height": height})


def small_targets(page: Page) -> list[str]:
    """Controls that are smaller than a fingertip."""
    return list(page.evaluate(_SMALL, SMALLEST_TARGET))


def tables_without_caption(page: Page) -> list[str]:
    """Tables that do not say what they show."""
    return list(page.evaluate(_TABLES))


def words(page: Page) -> list[str]:
    """Every piece of text of the page."""
    return list(page.evaluate(_WORDS))


@dataclass
class Markup(HTMLParser):
    """What the content policy forbids, found in the source of a page."""

    host: str
    found: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at every tag."""
        given = dict(attrs)
        if tag == "style" or (tag == "script" and not given.get("src")):
            self.found.append(f"inline <{tag}>")
        for name, value in attrs:
            if name == "style" or (name.startswith("on") and len(name) > 2):
                self.found.append(f"<{tag} {name}={value!r}>")
            loads = name in ("src", "action", "formaction") or (tag in ("link", "use") and name == "href")
            if loads and urlsplit(value or "").netloc not in ("", self.host):
                self.found.append(f"<{tag} {name}={value!r}>")


def forbidden_markup(source: str, host: str) -> list[str]:
    """``style`` attributes, inline scripts and styles, handlers in attributes, things of other hosts."""
    reader = Markup(host)
    reader.feed(source)
    return reader.found


@cache  # the same files come with every page
def wire_size(body: bytes, content_type: str) -> int:
    """What a body weighs on the wire: text is sent compressed."""
    is_text = content_type.startswith("text/") or any(part in content_type for part in ("javascript", "svg", "json"))
    return len(gzip.compress(body, 6)) if is_text else len(body)

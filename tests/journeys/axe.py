"""axe-core in the pages of a browser: what it finds of accessibility."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Page

_SOURCE = (Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
#: A script that every document of a browser begins with. The source stays a text until a page is judged: to send half
#: a megabyte to a page takes longer than to judge it, and as a program it would be read by pages that nobody judges.
IN_EVERY_PAGE = f"window.axeSource = {json.dumps(_SOURCE)}"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

#: Only what is said of it leaves the page: all that axe has looked at takes as long to bring out as to find.
_RUN = """async ([tags, colours]) => {
  if (!window.axe) (0, eval)(window.axeSource);
  const found = await window.axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'],
    selectors: false, rules: {'color-contrast': {enabled: colours}}});
  return found.violations.map(({id, nodes}) => [id, nodes.length, nodes[0].html, nodes[0].failureSummary || '']);
}"""


def findings(page: Page, *, colours: bool = True) -> list[str]:
    """What axe finds: rule, first places, why. ``colours``: contrast too, which takes as long as all other rules."""
    return [
        f"{rule} ({count}×): {html[:160]} | {' '.join(why.split())[:200]}"
        for rule, count, html, why in page.evaluate(_RUN, [TAGS, colours])
    ]

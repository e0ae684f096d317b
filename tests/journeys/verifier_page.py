"""The page that verifies a bundle, opened from the disk: asked for what it finds, and for all that it computes."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

import parindex
from tests.journeys import axe

PAGE = Path(parindex.__file__).parent / "documents" / "bundles" / "verifier" / "verify.html"

#: Numbers of the page as texts: item → (state, points); sum → (points, maximum); what a result says of the unit.
_ASK = """async (bundles) => Promise.all(bundles.map(async (content) => {
  const {verify, exact} = window.parindex;
  const report = await verify(Uint8Array.from(atob(content), (one) => one.charCodeAt(0)));
  const text = (number) => (number ? exact(number) : "");
  const units = (group) => group.made.map((one) => ({
    items: Object.fromEntries([...one.items].map(([code, of]) => [code, [of.state, text(of.points)]])),
    sums: Object.fromEntries([...one.sums].map(([name, of]) => [name, [exact(of.points), exact(of.max)]])),
    whole: [one.index, one.points, one.max_points, one.grade, one.rank],
  }));
  return {...report, groups: report.groups.map((group) => ({code: group.stored.code, units: units(group)})),
    differences: report.differences.map((one) => [one.unit.code, one.item, one.what, one.stated, one.found])};
}))"""


@dataclass(frozen=True, slots=True)
class Report:
    """What the page answers for one bundle; ``findings`` as (part, kind, path), ``differences`` as (unit, item, what,
    stated, found).
    """

    findings: tuple[tuple[str, str, str], ...]
    differences: tuple[tuple[Any, ...], ...]
    notes: tuple[str, ...]
    counts: Mapping[str, int]
    fingerprint: str
    groups: Sequence[Mapping[str, Any]]


def opened(browser: Browser, requests: list[str], size: tuple[int, int] = (1366, 768)) -> Page:
    """The page from the disk; ``requests`` takes every address that it asks for, and every error."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, locale="vi-VN")
    page.add_init_script(axe.IN_EVERY_PAGE)
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: requests.append(f"error: {error}"))
    page.on("console", lambda message: requests.append(f"console: {message.text}"))
    page.goto(PAGE.as_uri())
    return page


def asked(page: Page, bundles: Sequence[bytes]) -> list[Report]:
    """What the page says of each bundle."""
    answers = page.evaluate(_ASK, [base64.b64encode(one).decode() for one in bundles])
    return [
        Report(
            tuple((each["part"], each["kind"], each["path"]) for each in one["findings"]),
            tuple(tuple(each) for each in one["differences"]),
            tuple(one["notes"]),
            one["counts"],
            one.get("fingerprint", ""),
            one["groups"],
        )
        for one in answers
    ]

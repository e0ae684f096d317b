"""Every form of every page can be sent by a browser that runs no script.

The pages and who sees them come from ``rights.yaml``: a new page is looked at as soon as it has its rights.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from tests.factories.rights_given import rights_after
from tests.integration.web.rights import Row
from tests.integration.web.test_page_language import PAGES, viewer
from tests.integration.web.test_rights_matrix import ask, logged_in

_VOID = {"meta", "link", "input", "br", "hr", "img", "source", "wbr", "col"}
_TYPED = {"input", "select", "textarea"}
_SENDS = {"submit", "image"}
#: The gallery of components shows controls that do nothing; the verifier is a program that comes with bundles.
WITHOUT_FORMS = {"components", "public_verifier"}

Given = dict[str, str | None]


@dataclass
class Form:
    """What a form has."""

    given: Given
    buttons: int = 0
    names: set[str] = field(default_factory=set)
    has_file: bool = False


class Forms(HTMLParser):
    """The forms of a page as a browser without script has them, and what stands in none."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.by_id: dict[str, Form] = {}
        self.ids: set[str] = set()
        self.wrong: list[str] = []
        self._open: list[tuple[str, bool, Form | None]] = []
        self._later: list[tuple[str, Given, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note forms and controls; what is hidden only a script can show."""
        given = dict(attrs)
        self.ids.add(given.get("id") or "")
        hidden = "hidden" in given or any(one[1] for one in self._open)
        form = next((one[2] for one in reversed(self._open) if one[2] is not None), None)
        if tag == "form":
            form = Form(given)
            self.forms.append(form)
            self.by_id[given.get("id") or ""] = form
        elif tag in _TYPED or tag == "button":
            if "form" in given:
                self._later.append((tag, given, hidden))
            else:
                self._control(tag, given, form, hidden=hidden)
        if tag not in _VOID:
            self._open.append((tag, hidden, form if tag == "form" else None))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        while self._open and tag not in _VOID:
            if self._open.pop()[0] == tag:
                break

    def close(self) -> None:
        """Controls that name a form which comes later."""
        super().close()
        for tag, given, hidden in self._later:
            form = self.by_id.get(given["form"] or "")
            if form is None:
                self.wrong.append(f"no form {given['form']} for {tag} {given.get('name')}")
            else:
                self._control(tag, given, form, hidden=hidden)

    def _control(self, tag: str, given: Given, form: Form | None, *, hidden: bool) -> None:
        kind = given.get("type") or ("submit" if tag == "button" else "text")
        if kind == "button":
            if not hidden and given.get("aria-disabled") != "true":
                self.wrong.append(f"only a script can use the button {given}")
        elif form is None:
            if not hidden and "readonly" not in given and given.get("aria-disabled") != "true":
                self.wrong.append(f"{tag} {given.get('name') or given.get('id')} stands in no form")
        elif kind in _SENDS:
            form.buttons += not hidden
        else:
            form.names.add(given.get("name") or "")
            form.has_file |= kind == "file"

    def faults(self) -> list[str]:
        """Everything that keeps a form from being sent."""
        found = list(self.wrong)
        for form in self.forms:
            called = f"{form.given.get('method', 'get')} {form.given.get('action', '')}"
            method = (form.given.get("method") or "get").lower()
            shut = "data-readonly" in form.given
            if not form.buttons and not shut:
                found.append(f"{called}: no button")
            if method == "post" and "csrfmiddlewaretoken" not in form.names and not shut:
                found.append(f"{called}: no token")
            if form.has_file and form.given.get("enctype") != "multipart/form-data":
                found.append(f"{called}: files are not sent")
        return found


@pytest.mark.django_db
@pytest.mark.parametrize("row", [row for row in PAGES if row.url not in WITHOUT_FORMS], ids=lambda row: row.name)
def test_every_form_can_be_sent_without_script(row: Row) -> None:
    rights = rights_after(*row.given)
    answer = ask(rights, logged_in(rights, viewer(row)), row)
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        list(answer.streaming_content if answer.streaming else ())
        return
    page = Forms()
    page.feed(answer.text)
    page.close()
    assert page.faults() == []


def test_what_is_looked_for_is_found() -> None:
    page = Forms()
    page.feed(
        "<form method=post action=/a/><input name=x></form>"
        "<form method=post action=/b/><input name=csrfmiddlewaretoken><input type=file name=f><button>B</button></form>"
        "<button type=button>C</button><input name=lonely><button form=none>D</button>"
        "<div hidden><button type=button>E</button></div><form action=/g/><div hidden><button>F</button></div></form>"
    )
    page.close()
    assert page.faults() == [
        "only a script can use the button {'type': 'button'}",
        "input lonely stands in no form",
        "no form none for button None",
        "post /a/: no button",
        "post /a/: no token",
        "post /b/: files are not sent",
        "get /g/: no button",
    ]

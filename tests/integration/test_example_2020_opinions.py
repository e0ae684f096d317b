"""The words of the sheet of 2020, explanations and opinions, against the paper and against the points beside them."""

from __future__ import annotations

import csv
import html
import re
import unicodedata
from collections import Counter
from datetime import datetime
from fractions import Fraction
from functools import cache
from importlib.resources import files
from pathlib import Path

from parindex.documents.papers import PaperRow, Paragraph
from parindex.documents.score_sheets.text import read_score_sheet_text
from parindex.domain.errors import Place

EXAMPLE = Path(str(files("parindex"))) / "data" / "examples" / "dien-bien-2020"
SHEET = Path(__file__).parents[1] / "golden" / "score_sheets" / "dien-bien-2020.txt"
#: What stands for the name of a person: in the example, and in the text of the paper that the tests keep.
MASK = "[tên]"
MASKED = re.compile("…+(?: +…+)+")
#: Letters that the PDF lost and that are put back; what could not be restored is "[…]" in the example.
RESTORED = 75


def example(name: str) -> list[dict[str, str]]:
    with (EXAMPLE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def printed() -> dict[str, PaperRow]:
    lines = SHEET.read_text(encoding="utf-8").split("\n")
    found = read_score_sheet_text([Paragraph(text, Place(line=at)) for at, text in enumerate(lines, 1)])
    assert found is not None
    return {row.code: row for row in found.rows}


def bare(text: str) -> str:
    """The letters of a text: without spaces, marks of what is lost, and names."""
    masked = MASKED.sub(MASK, unicodedata.normalize("NFC", html.unescape(text)))
    return "".join(masked.replace("[…]", "").split())


def put_back(text: str, paper: str) -> int:
    """How many letters ``text`` has more than the paper; all of the paper's are there, in their order."""
    letters = iter(bare(text))
    assert all(letter in letters for letter in bare(paper)), text
    return len(bare(text)) - len(bare(paper))


def test_every_explanation_is_the_papers_but_for_lost_letters() -> None:
    first = {code: row.explanations[0] for code, row in printed().items() if row.explanations}
    further = {code: row.explanations[1] for code, row in printed().items() if len(row.explanations) > 1}
    more = 0
    for name, paper in (("explanations", first), ("further_explanations", further)):
        rows = example(name)
        assert [row["item"] for row in rows] == list(paper)
        more += sum(put_back(row["explanation"], paper[row["item"]]) for row in rows)
    more += sum(put_back(row["opinion"], printed()[row["item"]].opinions[0].text) for row in example("opinions"))
    more += sum(put_back(row["body"], printed()[row["item"]].opinions[0].unit) for row in example("opinions"))
    assert (len(first), len(further), more) == (87, 8, RESTORED)


def test_every_reported_item_has_an_opinion_and_its_points_are_those_granted() -> None:
    opinions = example("opinions")
    granted = {row["item"]: row["points"] for row in opinions if row["kind"] != "survey"}
    appraised = {row["item"]: row["appraised_points"] for row in example("entries") if row["appraised_points"]}
    assert granted == appraised
    assert sum(map(Fraction, granted.values())) == Fraction("56.9527")
    assert Counter(row["kind"] for row in opinions) == {
        "accept": 83, "accept_provisionally": 1, "adjust": 4, "survey": 5,
    }  # fmt: skip
    surveyed = {row["item"]: row["points"] for row in example("points") if row["source"] == "satisfaction_index"}
    assert {row["item"]: row["points"] for row in opinions if row["kind"] == "survey"} == surveyed


def test_four_are_adjusted_and_one_is_provisional() -> None:
    claimed = {row["item"]: row["self_points"] for row in example("entries")}
    opinions = example("opinions")
    assert {
        row["item"]: (claimed[row["item"]], row["points"]) for row in opinions if row["kind"] == "adjust"
    } == {"1.5": ("2", "1.5"), "1.6": ("0", "1.28"), "5.6": ("1", "0.9"), "6.1.1": ("0.7904", "0.7664")}  # fmt: skip
    assert [row["item"] for row in opinions if row["kind"] == "accept_provisionally"] == ["1.3.2"]
    assert all(row["points"] == claimed[row["item"]] for row in opinions if row["kind"].startswith("accept"))


def test_level_body_and_time_are_as_printed() -> None:
    opinions = example("opinions")
    assert {row["level"] for row in opinions} == {"2"}
    stamped = [row for row in opinions if row["body"] or row["given_at"]]
    assert [(row["item"], row["body"]) for row in stamped] == [("5.6", "Vụ Đào tạo bồi dưỡng CBCCVC")]
    assert datetime.fromisoformat(stamped[0]["given_at"]) == datetime(2021, 4, 7, 13, 39)
    assert printed()["5.6"].opinions[0].at == stamped[0]["given_at"]


def test_no_person_is_named() -> None:
    texts = [row["explanation"] for name in ("explanations", "further_explanations") for row in example(name)]
    texts += [row["opinion"] + row["body"] for row in example("opinions")]
    assert sum(text.count(MASK) for text in texts) == 9
    authors = [found for text in texts for found in re.findall(r"Tác giả sáng kiến: (.*?) -", text)]
    assert len(authors) == 4
    assert {name for one in authors for name in one.split(", ")} == {MASK}
    assert not any(re.search(r"@|\b0\d{9}\b|\b(?:Ông|Bà|ông|bà|đồng chí) [A-ZĐ]", text) for text in texts)
    assert all(text == unicodedata.normalize("NFC", text) and "  " not in text for text in texts)

"""What a member may not know yet: the same on every page that shows where an item stands."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.asked_world import send
from tests.factories.world import now
from tests.integration.web.appraisers import address, browser

from parindex.database.models import AppraisalAssignment, AppraisalLevel, Flag, ItemAppraisal
from parindex.domain.review.flags import FlagKind, Severity
from parindex.domain.review.opinions import Blindness, Combination, OpinionKind
from parindex.usecases.opinions import Said

REASON = "Thiếu văn bản"
SAID = "Đã có ý kiến"


@pytest.fixture
def world(db: None) -> AppraisalWorld:
    """An item needs the opinions of both appraisers."""
    return appraisal_world(needed=0)


def head(world: AppraisalWorld, client: Client, code: str) -> str:
    """What the page of an item says beside its title."""
    shown = client.get(address(world, code)).text
    return shown[shown.index('<h1 class="h-item"') : shown.index('id="item-text"')]


def places(world: AppraisalWorld, client: Client, code: str) -> Iterator[tuple[str, str]]:
    """Each page with what it says of an item of Sở Y tế."""
    yield "item", head(world, client, code)
    queue = client.get(address(world, code) + "?only=all").text
    start = queue.index("data-search")
    yield "queue", queue[start : queue.index("</li>", start)]
    for name, where, key in (
        ("sheet", f"/appraisals/{world.made.sheet.pk}/?only=all", f'<span class="code">{code}</span>'),
        ("units", f"/appraisals/items/{world.made.sheet.group_id}/{code}/?only=all", "Sở Y tế</a></th>"),
        ("list", matrix(world, "?view=list&area=" + code[0]), f"Sở Y tế, {code}</a>"),
        ("matrix", matrix(world, "?area=" + code[0]), f"cell={world.made.sheet.pk}-{code}#picked"),
    ):
        shown = client.get(where).text
        start = shown.index(key)
        yield name, shown[start : shown.index("</tr>" if name != "matrix" else "</td>", start)]
    yield "workbook", workbook(world, client, code)


def matrix(world: AppraisalWorld, query: str) -> str:
    return f"/cycles/{world.cycle.pk}/matrix/{query}"


def workbook(world: AppraisalWorld, client: Client, code: str) -> str:
    content = client.post(matrix(world, "export/")).content
    book, found = CalamineWorkbook.from_filelike(io.BytesIO(content)), []
    for name in ("Điểm thẩm định", "Tình trạng"):
        rows = book.get_sheet_by_name(name).to_python()
        row = next(one for one in rows if one[0] == "Sở Y tế")
        at = rows[0].index(code)
        found.append(str(row[at]) if at < len(row) else "")
    return " ".join(found).replace(".", ",")


def test_who_may_never_know_does_not_learn_it_by_speaking(world: AppraisalWorld) -> None:
    """The median of two opinions gives the other one away."""
    AppraisalLevel.objects.update(blindness=Blindness.NEVER, combination=Combination.MEDIAN)
    world.say("second_appraiser", "1.1", Said(OpinionKind.ADJUST, points="0,5", reason=REASON))
    world.say("appraiser", "1.1", Said(OpinionKind.ADJUST, points="0,25", reason=REASON))
    assert world.appraisal("1.1").points == "0.375"
    for name, shown in places(world, browser(world, "appraiser"), "1.1"):
        assert ("0,375" in shown, "iều chỉnh" in shown, SAID.lower() in shown.lower()) == (False, False, True), name
    for name, shown in places(world, browser(world, "chair"), "1.1"):
        assert "0,375" in shown or name == "queue", name


@pytest.mark.parametrize(
    ("kind", "words"),
    [(OpinionKind.ACCEPT_PROVISIONALLY, "tạm thời đồng ý"), (OpinionKind.ASK, "yêu cầu giải trình")],
)
def test_what_a_colleague_has_said_is_not_told_before_the_own_word(
    world: AppraisalWorld, kind: OpinionKind, words: str
) -> None:
    AppraisalLevel.objects.update(opinions_needed=1)
    world.say("second_appraiser", "2.2", kind)
    for name, shown in places(world, browser(world, "appraiser"), "2.2"):
        assert (words in shown.lower(), SAID.lower() in shown.lower()) == (False, True), name
    for name, shown in places(world, browser(world, "second_appraiser"), "2.2"):
        assert words in shown.lower(), name


def test_a_question_that_was_sent_is_known_to_everybody(world: AppraisalWorld) -> None:
    client = browser(world, "appraiser")
    world.say("second_appraiser", "2.2", OpinionKind.ASK)
    lists = (f"/appraisals/{world.made.sheet.pk}/?only=all", "/appraisals/")
    assert "Đã hỏi 1" not in client.get(lists[0]).text
    assert asked_of(client.get(lists[1]).text) == "0"
    send(world)
    assert "Đã hỏi 1" in client.get(lists[0]).text
    assert asked_of(client.get(lists[1]).text) == "1"
    for name, shown in places(world, client, "2.2"):
        assert "yêu cầu giải trình" in shown.lower(), name


def asked_of(page: str) -> str:
    """How many questions the table of queues counts for Sở Y tế."""
    row = page[page.index("Sở Y tế</a></th>") :]
    start = row.index('data-l="Đã hỏi">') + len('data-l="Đã hỏi">')
    return row[start : row.index("</td>", start)]


def test_that_opinions_differ_is_told_to_who_may_know_them(world: AppraisalWorld) -> None:
    AppraisalLevel.objects.update(blindness=Blindness.NEVER)
    world.say("second_appraiser", "1.1", Said(OpinionKind.ADJUST, points="0,5", reason=REASON))
    world.say("appraiser", "1.1", Said(OpinionKind.ACCEPT, reason="Đủ văn bản"))
    client = browser(world, "appraiser")
    for name, shown in places(world, client, "1.1"):
        assert ("khác nhau" in shown, "≠" in shown) == (False, False), name
    where = f"/appraisals/{world.made.sheet.pk}/?only=chair"
    assert '<span class="code">1.1</span>' not in client.get(where).text
    assert '<span class="code">1.1</span>' in browser(world, "chair").get(where).text


def test_what_the_level_below_has_granted_is_not_told_while_the_next_one_waits(world: AppraisalWorld) -> None:
    AppraisalLevel.objects.update(blindness=Blindness.NEVER, combination=Combination.MEDIAN)
    above = AppraisalLevel.objects.create(
        council=world.council, number=2, title="Cấp 2", opinions_needed=1, blindness=Blindness.ALWAYS
    )
    AppraisalAssignment.objects.create(level=above, member=world.members["secretary"], assigned_at=now())
    for name, points in (("appraiser", "0,25"), ("second_appraiser", "0,5")):
        world.say(name, "1.1", Said(OpinionKind.ADJUST, points=points, reason=REASON))
    assert (world.appraisal("1.1").level, world.appraisal("1.1").points) == (2, "0.375")
    for name, shown in places(world, browser(world, "appraiser"), "1.1"):
        assert "0,375" not in shown, name


def test_a_flag_that_says_what_was_granted_is_shown_to_who_may_know_it(world: AppraisalWorld) -> None:
    flag = Flag.objects.create(
        entry=world.entry("1.1"), kind=FlagKind.JUDGED_DIFFERENTLY, severity=Severity.WARN, raised_at=now(),
        facts=json.dumps({"granted": "0.5", "alike": 1, "others": 1, "named": [{"unit": "Sở X", "points": "0.25"}]}),
    )  # fmt: skip
    ItemAppraisal.objects.update(flags=0, worst="")
    ItemAppraisal.objects.filter(pk=flag.entry_id).update(flags=1, worst="warn")
    world.say("second_appraiser", "1.1", Said(OpinionKind.ADJUST, points="0,5", reason=REASON))
    AppraisalAssignment.objects.filter(member=world.members["appraiser"]).delete()
    ItemAppraisal.objects.filter(pk=flag.entry_id).update(flags=1, worst="warn")
    seen = {}
    for name in ("appraiser", "chair"):
        client = browser(world, name)
        seen[name] = (
            "Sở X" in client.get(address(world, "1.1")).text,
            "1 cảnh báo" in client.get(matrix(world, "")).text,
        )
    listed = browser(world, "appraiser").get(f"/appraisals/{world.made.sheet.pk}/?only=all").text
    assert "khác đơn vị" not in listed
    assert seen == {"appraiser": (False, False), "chair": (True, True)}

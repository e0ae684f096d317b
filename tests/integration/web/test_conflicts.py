"""Two people in one item: nobody's text is lost, nobody's untouched field disturbs the other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.world import World, now

from parindex.database.models import AuditRecord, Entry, Figure
from parindex.usecases.entries import Change, Saved, save_entry
from parindex.usecases.typed_values import Typed, digest
from parindex.web.score_sheets.word_changes import word_changes

pytestmark = pytest.mark.both

Person = Callable[[str], Client]
SCRIPT = {"HX-Request": "true"}


def item(made: World) -> str:
    return f"/sheets/{made.sheet.pk}/items/2.1/"


def explanation(made: World) -> str:
    return Entry.objects.get(sheet=made.sheet, item_code="2.1").explanation


def save(made: World, name: str, change: Change) -> Saved:
    return save_entry(by=made.session(name), at=now(), sheet_id=made.sheet.pk, item_code="2.1", change=change)


def written(text: str, read: str = "", *tried: str) -> Change:
    return Change(explanation=Typed(text, digest(read), tried))


def both(made: World, as_person: Person, **more: str) -> tuple[Client, dict[str, str]]:
    """The colleague has written; the owner's form was made before."""
    save(made, "colleague", written("Có 188 hồ sơ"))
    return as_person("owner"), {"explanation": "Có 178 hồ sơ", "read.explanation": digest(""), **more}


def test_the_conflict_comes_in_the_place_of_the_field(made: World, as_person: Person) -> None:
    client, form = both(made, as_person)
    answer = client.post(item(made), form, headers=SCRIPT)
    assert answer.status_code == 409
    assert 'id="slot.explanation" hx-swap-oob="true"' in answer.text
    assert "<mark>188</mark>" in answer.text
    assert "<mark>178</mark>" in answer.text
    assert "Colleague đã sửa ô này lúc" in answer.text
    assert 'name="read.explanation"' not in answer.text  # what the page knows of the field does not move
    assert "Đã lưu lúc" not in answer.text
    assert explanation(made) == "Có 188 hồ sơ"


def test_the_other_fields_of_the_form_are_stored(made: World, as_person: Person) -> None:
    client, form = both(made, as_person)
    more = {"figure.received": "1.200", "read.figure.received": digest("")}
    assert client.post(item(made), form | more, headers=SCRIPT).status_code == 409
    assert Figure.objects.get(measure="received").value == "1200"


def test_without_script_the_page_has_both_texts_and_a_way_out(made: World, as_person: Person) -> None:
    client, form = both(made, as_person)
    answer = client.post(item(made), form)
    assert answer.status_code == 409
    assert ">Có 178 hồ sơ</textarea>" in answer.text
    assert "Chưa lưu được 1 ô, các ô khác đã lưu" in answer.text
    assert f'name="take.explanation" value="{digest("Có 188 hồ sơ")}"' in answer.text
    assert client.post(item(made), form | {"take.explanation": digest("Có 188 hồ sơ")}).status_code == 302
    assert explanation(made) == "Có 178 hồ sơ"


def test_keeping_the_servers_text_gives_the_own_one_up(made: World, as_person: Person) -> None:
    client, form = both(made, as_person)
    assert client.post(item(made), form | {"keep.explanation": "1"}).status_code == 302
    assert explanation(made) == "Có 188 hồ sơ"


def test_editing_on_from_both(made: World, as_person: Person) -> None:
    client, form = both(made, as_person)
    again = client.post(item(made), form | {"both.explanation": digest("Có 188 hồ sơ")})
    assert again.status_code == 200
    assert ">Có 178 hồ sơ\nCó 188 hồ sơ</textarea>" in again.text  # neither text is lost, whichever is edited on
    known = {"explanation": "Có 178 hoặc 188 hồ sơ", "read.explanation": digest("Có 188 hồ sơ")}
    assert client.post(item(made), known).status_code == 302
    assert explanation(made) == "Có 178 hoặc 188 hồ sơ"


def test_a_third_text_meanwhile_is_a_conflict_again(made: World, as_person: Person) -> None:
    client, form = both(made, as_person)
    save(made, "leader", written("Có 200 hồ sơ", "Có 188 hồ sơ"))
    answer = client.post(item(made), form | {"take.explanation": digest("Có 188 hồ sơ")})
    assert answer.status_code == 409
    assert "<mark>200</mark>" in answer.text
    assert "Leader đã sửa" in answer.text


def test_a_field_that_was_not_touched_is_no_conflict(made: World, as_person: Person) -> None:
    """The whole form is sent without script: a field that stands as it was read is not meant."""
    client = as_person("owner")
    client.post(item(made), {"figure.received": "1000", "read.figure.received": digest("")})
    change = Change(figures={"received": Typed("1100", digest("1000"))})
    save(made, "colleague", change)
    form = {
        "figure.received": "1.000", "read.figure.received": digest("1000"),
        "explanation": "Chỉ sửa ô này", "read.explanation": digest(""),
    }  # fmt: skip
    assert client.post(item(made), form).status_code == 302
    assert Figure.objects.get(measure="received").value == "1100"
    assert explanation(made) == "Chỉ sửa ô này"


def test_the_same_text_twice_is_no_conflict_and_no_second_line_in_the_log(made: World) -> None:
    first = save(made, "owner", written("Một câu"))
    again = save(made, "owner", written("Một câu"))
    assert [*first.conflicts, *again.conflicts] == []
    assert AuditRecord.objects.filter(action="edit_entry").count() == 1


def test_what_arrived_although_its_answer_was_lost(made: World) -> None:
    save(made, "owner", written("Một"))
    again = save(made, "owner", written("Một hai", "", "Một"))
    assert not again.conflicts
    assert explanation(made) == "Một hai"
    # Somebody else wrote the very text that this page had tried: theirs, so both are shown.
    theirs = save(made, "colleague", written("Ba", "Một hai"))
    assert not theirs.conflicts
    assert save(made, "owner", written("Một hai bốn", "Một hai", "Ba")).conflicts


def test_who_changed_the_field_is_named_not_who_changed_another(made: World) -> None:
    save(made, "colleague", written("Của đồng nghiệp"))
    save(made, "leader", Change(kept_warning=Typed("Lý do", digest(""))))
    conflict = save(made, "owner", written("Của tôi")).conflicts[0]
    assert conflict.by == "Colleague"


def test_a_choice_in_conflict_shows_its_words(made: World, as_person: Person) -> None:
    where = f"/sheets/{made.sheet.pk}/items/1.1/"
    as_person("colleague").post(where, {"figure.plan": "late", "read.figure.plan": digest("")})
    answer = as_person("owner").post(where, {"figure.plan": "timely", "read.figure.plan": digest("")})
    assert answer.status_code == 409
    assert "<mark>Chậm</mark>" in answer.text
    assert "<textarea hidden data-theirs>late</textarea>" in answer.text


def test_text_of_somebody_is_never_markup(made: World, as_person: Person) -> None:
    save(made, "colleague", written("<script>alert(1)</script>"))
    answer = as_person("owner").post(item(made), {"explanation": "<b>tôi</b>", "read.explanation": digest("")})
    assert "<script>alert" not in answer.text
    assert "<b>tôi" not in answer.text


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_letter_is_lost_in_a_comparison(one: str, other: str) -> None:
    left, right = word_changes(one, other)
    assert "".join(piece.text for piece in left) == one
    assert "".join(piece.text for piece in right) == other
    if one == other:
        assert not any(piece.differs for piece in (*left, *right))


def test_texts_of_the_full_length_are_compared_at_once() -> None:
    one = " ".join(f"câu {number} của tôi" for number in range(1500))
    left, _ = word_changes(one, one.replace("tôi", "bạn"))
    assert "".join(piece.text for piece in left) == one

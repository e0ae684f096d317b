"""Whatever an act was about has a name in the log."""

from __future__ import annotations

from django.apps import apps

from parindex.database.queries import audit_log
from parindex.domain.review.audit_chain import Break, Broken
from parindex.usecases.audit_log import target
from parindex.wording.audit_log import KINDS, object_text
from parindex.wording.log_breaks import break_text


def test_every_table_has_a_word() -> None:
    models = [one for one in apps.get_app_config("parindex").get_models() if not one.__name__.startswith("Audit")]
    assert {target(one()).kind for one in models} <= KINDS.keys()


def test_what_is_named_by_its_row_has_a_word() -> None:
    assert audit_log._NAMED_BY.keys() <= KINDS.keys()


def test_an_object_is_named_with_its_kind() -> None:
    assert object_text("entry", "7.2.1, Sở Y tế") == "mục 7.2.1, Sở Y tế"
    assert object_text("unit_table", "") == "bảng đơn vị"


def test_every_break_is_said_with_its_place() -> None:
    for kind in Break:
        said = break_text(Broken(kind, 7, "Sở Y tế"))
        assert "7" in said or "Sở Y tế" in said
        assert "{" not in said

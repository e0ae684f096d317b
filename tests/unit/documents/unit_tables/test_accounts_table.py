"""The table of accounts: identity, roles by word or code, every error at its cell, and what would change."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.documents.unit_tables.table_files_made import csv_file, told, workbook

from parindex.documents.unit_tables.accounts_table import read_accounts
from parindex.documents.unit_tables.preview import ChangeKind, Difference
from parindex.documents.unit_tables.role_words import OFFICIAL, roles_of
from parindex.documents.unit_tables.rows import AccountRow
from parindex.domain.errors import InvalidInput, Problem
from parindex.domain.review.roles import Role
from parindex.wording import problems

UNITS = {"snv": "Sở Nội vụ", "stc": "Sở Tài chính", "p1": "Phòng Tổng hợp", "p2": "Phòng Tổng hợp"}
OFFICER = AccountRow("Cán bộ A", "a@x.gov.vn", "cba", "snv", (Role.UNIT_OFFICER,), "0912 345 678", "Chuyên viên")


def refused(path: Path, *existing: AccountRow) -> list[Problem]:
    with pytest.raises(InvalidInput) as found:
        read_accounts(path, existing, units=UNITS)
    assert all(one.kind in problems.SENTENCES for one in found.value.problems)
    return found.value.problems


def test_heads_stand_in_any_order_in_both_languages(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        ["Role", "Họ và tên", "Chức danh", "Đơn vị", "Email", "Số điện thoại", "User name"],
        ["Lãnh đạo đơn vị; cán bộ đơn vị", "Lãnh đạo  B", "Giám đốc", "stc", "b@x.gov.vn", 912345678, None],
    )
    found = read_accounts(path, units=UNITS)
    roles = (Role.UNIT_LEADER, Role.UNIT_OFFICER)
    assert found.rows == (AccountRow("Lãnh đạo B", "b@x.gov.vn", "", "stc", roles, "0912345678", "Giám đốc"),)
    (note,) = found.notes
    assert (note.kind, note.place.cell) == ("phone_zero_restored", "F2")
    assert problems.message(note).startswith("Số điện thoại 912345678 được đọc là 0912345678")


def test_a_unit_is_written_by_code_or_by_a_name_that_it_alone_has(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    head = "Họ và tên,Email,Đơn vị,Vai trò\n"
    path.write_text(f"{head}A,a@x.vn,Sở  tài chính,auditor\nB,b@x.vn,STC,auditor\n", encoding="utf-8")
    assert [row.unit for row in read_accounts(path, units=UNITS).rows] == ["stc", "stc"]
    path.write_text(f"{head}A,a@x.vn,Phòng Tổng hợp,auditor\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        read_accounts(path, units=UNITS)
    assert [(one.kind, one.facts["unit"]) for one in refused.value.problems] == [("unknown_unit", "Phòng Tổng hợp")]


def test_an_account_is_known_by_its_username_or_its_address(tmp_path: Path) -> None:
    other = AccountRow("Người C", "c@x.gov.vn", "c", "snv", (Role.AUDITOR,))
    path = csv_file(
        tmp_path,
        "tên đăng nhập,thư điện tử,họ tên,đơn vị,vai trò",
        "CBA,,Cán bộ A,stc,unit_officer",
        ",C@X.gov.vn,Người C,snv,Kiểm toán, thanh tra",
    )
    path.write_text(path.read_text(encoding="utf-8").replace("Kiểm toán, thanh tra", '"Kiểm toán, thanh tra"'), "utf-8")
    found = read_accounts(path, [OFFICER, other], units=UNITS)
    first, second = found.changes
    assert first.before == OFFICER
    assert first.differences == (Difference("username", "cba", "CBA"), Difference("unit", "snv", "stc"))
    assert (first.row.email, first.row.phone, first.row.position) == (OFFICER.email, OFFICER.phone, OFFICER.position)
    assert (second.before, second.row.username) == (other, "c")
    assert found.untouched == ()


def test_an_equal_row_changes_nothing(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path,
        "họ tên,thư điện tử,tên đăng nhập,đơn vị,vai trò,điện thoại,chức vụ",
        "Cán bộ A,a@x.gov.vn,cba,snv,cán bộ đơn vị,0912 345 678,Chuyên viên",
    )
    assert [change.kind for change in read_accounts(path, [OFFICER], units=UNITS).changes] == [ChangeKind.UNCHANGED]


def test_every_error_is_said_at_its_cell_at_once(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        ["Họ tên", "Thư điện tử", "Tên đăng nhập", "Đơn vị", "Vai trò", "Điện thoại"],
        [None, "a@x", "người a", "sxd", "trưởng phòng", "gọi sau"],
        ["B", None, None, None, None],
        ["C", "c@x.gov.vn", "c", "snv", "auditor"],
        ["D", "C@x.gov.vn", "d", "snv", "auditor; giám đốc"],
        ["E", "e@x.gov.vn", "C", "snv", "auditor"],
    )
    assert told(refused(path)) == [
        ("cell_missing", "A2"), ("email_malformed", "B2"), ("username_malformed", "C2"), ("unknown_unit", "D2"),
        ("role_unknown", "E2"), ("phone_malformed", "F2"),
        ("cell_missing", "D3"), ("cell_missing", "E3"), ("account_without_login", "B3"),
        ("role_unknown", "E5"), ("account_twice", "B5"),
        ("account_twice", "C6"),
    ]  # fmt: skip


def test_a_row_may_not_speak_of_two_accounts(tmp_path: Path) -> None:
    other = AccountRow("B", "b@x.gov.vn", "cbb", "snv", (Role.AUDITOR,))
    path = csv_file(tmp_path, "họ tên,thư điện tử,tên đăng nhập,đơn vị,vai trò", "A,b@x.gov.vn,cba,snv,auditor")
    (problem,) = refused(path, OFFICER, other)
    assert problem.kind == "account_matches_two"
    assert "“cba”" in problems.message(problem)
    assert "“cbb”" in problems.message(problem)


def test_an_account_needs_a_way_to_log_in(tmp_path: Path) -> None:
    assert told(refused(csv_file(tmp_path, "họ tên,đơn vị,vai trò", "A,snv,auditor"))) == [("column_missing", "1")]
    without = csv_file(tmp_path, "họ tên,tên đăng nhập,đơn vị,vai trò", "A,,snv,auditor")
    assert told(refused(without)) == [("account_without_login", "2")]


@pytest.mark.parametrize("role", list(Role))
def test_every_role_is_known_by_word_and_code(role: Role) -> None:
    assert roles_of(OFFICIAL[role].upper()) == ((role,), ())
    assert roles_of(role.value) == ((role,), ())


def test_roles_stand_apart_by_semicolon_line_or_comma() -> None:
    assert roles_of("thanh tra\nthư ký") == ((Role.AUDITOR, Role.SECRETARY), ())
    assert roles_of("unit-officer, unit_leader") == ((Role.UNIT_OFFICER, Role.UNIT_LEADER), ())
    assert roles_of("thư ký; thư ký;") == ((Role.SECRETARY,), ())
    assert roles_of("thư ký, lái xe") == ((Role.SECRETARY,), ("thư ký, lái xe",))
    assert roles_of("") == ((), ())


def test_what_roles_there_are_is_said_with_the_unknown_one(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "họ tên,tên đăng nhập,đơn vị,vai trò", "A,a,snv,trưởng phòng")
    (problem,) = refused(path)
    assert problems.message(problem) == "Không có vai trò trưởng phòng."
    assert "cơ quan thường trực" in problems.remedy(problem)

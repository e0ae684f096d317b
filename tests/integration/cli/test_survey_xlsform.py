"""``parindex survey xlsform``: out, in, answers."""

from __future__ import annotations

from pathlib import Path

from tests.integration.cli.running import ENGLISH, run
from tests.unit.documents.surveys.xlsform_books import FOREIGN, write_book

from parindex.documents.surveys.questionnaire_file import fingerprint, load_questionnaire, questionnaire_path


def test_out_and_in_again(tmp_path: Path) -> None:
    form, back = tmp_path / "form.xlsx", tmp_path / "back.yaml"
    done = run("survey", "xlsform", "out", "satisfaction-2024", "-o", str(form))
    assert (done.code, done.err) == (0, "")
    assert done.out == f"Đã ghi {form}: phiếu satisfaction-2024, phiên bản 2024.1, 45 câu hỏi.\n"
    done = run("survey", "xlsform", "in", str(form), "-o", str(back))
    assert (done.code, done.err) == (0, "")
    assert back.read_bytes() == questionnaire_path("satisfaction-2024").read_bytes()


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    form = tmp_path / "form.xlsx"
    form.write_text("mine")
    done = run("survey", "xlsform", "out", "satisfaction-2024", "-o", str(form))
    assert (done.code, form.read_text()) == (2, "mine")
    assert run("survey", "xlsform", "out", "satisfaction-2024", "-o", str(form), "--force").code == 0
    assert form.read_bytes().startswith(b"PK")


def test_everything_left_out_is_said_with_a_remedy(tmp_path: Path) -> None:
    book = write_book(tmp_path / "kobo.xlsx", **FOREIGN)
    out = tmp_path / "q.yaml"
    done = run("survey", "xlsform", "in", str(book), "-o", str(out), "--scale", "hai_long=4")
    assert done.code == 0
    assert done.err.startswith("20 chỗ không nhập nguyên vẹn hoặc cần xem lại:\n")
    assert done.err.count("  • ") == done.err.count("    → ") == 20
    assert "“gps” loại `geopoint` không được nhập" in done.err
    assert load_questionnaire(out).scales[0].code == "hai_long"


def test_json_has_every_doubt_and_the_fingerprint(tmp_path: Path) -> None:
    book = write_book(tmp_path / "kobo.xlsx", **FOREIGN)
    out = tmp_path / "q.yaml"
    done = run("survey", "xlsform", "in", str(book), "-o", str(out), "--format", "json")
    assert done.err == ""
    assert done.data["fingerprint"] == fingerprint(load_questionnaire(out))
    assert (done.data["questions"], done.data["written"]) == (6, str(out))
    assert {"kind", "place", "message", "remedy"} == set(done.data["doubts"][0])


def test_an_ending_that_does_not_fit_and_a_scale_that_says_nothing(tmp_path: Path) -> None:
    done = run("survey", "xlsform", "out", "satisfaction-2024", "-o", str(tmp_path / "form.csv"))
    assert (done.code, list(tmp_path.iterdir())) == (2, [])
    book = write_book(tmp_path / "kobo.xlsx", **FOREIGN)
    done = run("survey", "xlsform", "in", str(book), "-o", str(tmp_path / "q.yaml"), "--scale", "x", "--scale", "y=z")
    assert done.code == 2
    assert done.err.count("không phải DANH_SÁCH=MỨC") == 2


def test_the_example_of_the_guide_is_a_questionnaire(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[3] / "docs" / "huong-dan" / "phieu-khao-sat.md").read_text("utf-8")
    lines = guide.partition("## 1.")[2].partition("## 2.")[0].splitlines()
    example = tmp_path / "q.yaml"
    example.write_text("\n".join(line[4:] for line in lines if line.startswith("    ")), encoding="utf-8")
    done = run("survey", "xlsform", "out", str(example), "-o", str(tmp_path / "q.xlsx"))
    assert (done.code, done.err) == (0, "")


def test_answers_become_a_data_file_without_formulas(tmp_path: Path) -> None:
    questionnaire = Path(__file__).parents[2] / "golden" / "questionnaires" / "valid.yaml"
    answers = tmp_path / "odk.csv"
    head = "respondent_group,s1-used,s1-age,s1-q01,s1-q02,s2-q03,s2-wishes,s2-other,KEY"
    answers.write_text(f"{head}\ncitizens,1,44,4,8,3,1 2,=1+1,a\n", encoding="utf-8")
    out = tmp_path / "data.csv"
    done = run("survey", "xlsform", "answers", str(questionnaire), str(answers), "-o", str(out), environment=ENGLISH)
    assert (done.code, done.err) == (0, "")
    assert out.read_text("utf-8") == (
        "respondent,respondent_group,used,age,q01,q02,q03,wishes,other\na,citizens,1,44,4,8,3,1;2,'=1+1\n"
    )


def test_items_that_the_criteria_set_does_not_have_are_doubted(tmp_path: Path) -> None:
    known = 'groups:\n  - {code: g1, label: {vi: Nhóm}, items: [q01], feeds: ["8.3.1", "99.9"]}\n'
    form = (
        'format: parindex/questionnaire/1\nid: thu\nversion: "1"\ntitle: {vi: Thử}\nlanguages: [vi]\n'
        "criteria_set: dien-bien-2024-districts\nscales:\n  - {code: s, satisfied_from: 2, points: "
        "[{code: 1, label: {vi: Kém}}, {code: 2, label: {vi: Khá}}, {code: 3, label: {vi: Tốt}}]}\n"
        "sections:\n  - code: p\n    label: {vi: Phần}\n    questions:\n"
        "      - {code: q01, kind: scale, scale: s, label: {vi: Câu}}\n"
    )
    path = tmp_path / "q.yaml"
    path.write_text(form + known, "utf-8")
    done = run("survey", "xlsform", "out", str(path), "-o", str(tmp_path / "q.xlsx"))
    assert done.code == 0
    assert done.err.count("mục") == 2
    assert "mục 99.9 (g1), mà bộ tiêu chí dien-bien-2024-districts không có" in " ".join(done.err.split())
    path.write_text(form.replace("dien-bien-2024-districts", "cua-tinh-khac") + known, "utf-8")
    assert run("survey", "xlsform", "out", str(path), "-o", str(tmp_path / "r.xlsx")).err == ""
    path.write_text(form.replace("criteria_set: dien-bien-2024-districts\n", "") + known, "utf-8")
    assert run("survey", "xlsform", "out", str(path), "-o", str(tmp_path / "s.xlsx")).err == ""

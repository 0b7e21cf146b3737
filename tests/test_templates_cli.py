"""Templates listed, copied, checked and used instead of the shipped ones; PDFs beside the documents."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from checklists.documents.catalogue import DOCUMENTS, PAPERS, documents_named, usual_documents
from checklists.documents.plate import make_plate, read_parts, stamp
from checklists.documents.templates import check_template_file, document_of, own_templates
from checklists.problems import Problem, Refused
from tests.sample import ROOT, finished, sample_checklist

TEMPLATES = ROOT / "templates"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "checklists", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, **environment},
        check=False,
    )


def changed(folder: Path, name: str, change: Callable[[str], str], part: str = "word/document.xml") -> Path:
    """A copy of a shipped template with one part changed; fails when the change changes nothing."""
    parts = read_parts((TEMPLATES / name).read_bytes())
    before = parts[part].decode()
    parts[part] = change(before).encode()
    assert parts[part] != before.encode()
    path = folder / name
    path.write_bytes(stamp(make_plate(parts), {}))
    return path


def problems_of(path: Path) -> list[Problem]:
    return check_template_file(path, sample_checklist(12, asks=2, most=8))[1]


def body_of(package: bytes) -> str:
    return read_parts(package)["word/document.xml"].decode()


# ---------------------------------------------------------------- list and copy


def test_every_kind_has_a_shipped_template_that_passes_its_own_check() -> None:
    for kind in DOCUMENTS.values():
        path = TEMPLATES / kind.file
        found, problems = check_template_file(path, sample_checklist(30, asks=3, most=20))
        assert problems == [], kind.name
        assert found.name == kind.name.removesuffix("（横版）")


def test_the_list_names_every_template_and_those_of_a_type(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    shutil.copytree(TEMPLATES, folder)
    (folder / "加油站").mkdir()
    shutil.copy(TEMPLATES / "现场检查表.docx", folder / "加油站")

    told = json.loads(run("templates", "list", "--templates", str(folder), "--json").stdout)

    assert {row["name"] for row in told} == set(DOCUMENTS)
    assert [(row["name"], row["type"]) for row in told if row["type"]] == [("现场检查表", "加油站")]


def test_a_template_is_copied_and_one_that_was_changed_is_not_written_over(tmp_path: Path) -> None:
    copied = tmp_path / "现场检查方案.docx"
    first = run("templates", "copy", "现场检查方案.docx", "企业自查工作簿", "--out", str(tmp_path))
    shipped = copied.read_bytes()
    same = run("templates", "copy", "现场检查方案", "--out", str(tmp_path))
    copied.write_bytes(b"changed")
    refused = run("templates", "copy", "现场检查方案", "--out", str(tmp_path))

    assert (first.returncode, same.returncode, refused.returncode) == (0, 0, 1)
    assert shipped == (TEMPLATES / "现场检查方案.docx").read_bytes()
    assert (tmp_path / "企业自查工作簿.xlsx").exists()
    assert "file-kept" in refused.stderr and copied.read_bytes() == b"changed"
    assert run("templates", "copy", "现场检查方案", "--out", str(tmp_path), "--overwrite").returncode == 0
    assert copied.read_bytes() == shipped
    assert [path.read_bytes() for path in (tmp_path / "旧件").iterdir()] == [b"changed"]


def test_a_name_that_is_no_template_gets_the_nearest_ones() -> None:
    with pytest.raises(Refused) as refused:
        documents_named(["检查方案"])

    assert refused.value.exit_code == 2
    assert "「现场检查方案」" in refused.value.problems[0].remedy


# ---------------------------------------------------------------- which kind a file is


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_known_by_what_it_says_of_itself_whatever_its_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "我局的.docx"
    shutil.copy(TEMPLATES / f"{name}.docx", path)

    assert document_of(path).name == name


def test_a_paper_whose_properties_are_lost_is_known_by_its_name_or_its_table(tmp_path: Path) -> None:
    def lost(name: str, new: str) -> Path:
        parts = read_parts((TEMPLATES / f"{name}.docx").read_bytes())
        del parts["docProps/custom.xml"]
        parts["_rels/.rels"] = re.sub(rb'<Relationship Id="rId4"[^>]*/>', b"", parts["_rels/.rels"])
        path = tmp_path / new
        path.write_bytes(stamp(make_plate(parts), {}))
        return path

    assert document_of(lost("现场检查记录", "现场检查记录（某局）.docx")).name == "现场检查记录"
    assert document_of(lost("安全风险告知卡", "海报.docx")).name == "安全风险告知卡"
    with pytest.raises(Refused) as refused:
        document_of(lost("现场检查记录", "我局的.docx"))
    assert "现场检查方案、现场检查记录" in refused.value.problems[0].message


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("说明.txt", b"x", "template-ending"),
        ("表.doc", b"\xd0\xcf\x11\xe0", "template-ending"),
        ("表.docx", b"\xd0\xcf\x11\xe0", "template-legacy"),
        ("表.docx", b"x", "template-damaged"),
    ],
)
def test_a_file_that_is_no_template_is_refused(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(Refused) as refused:
        document_of(path)

    assert refused.value.problems[0].code == code


def test_a_word_file_without_fields_is_refused(tmp_path: Path) -> None:
    from docx import Document

    Document().save(str(tmp_path / "空.docx"))

    with pytest.raises(Refused) as refused:
        document_of(tmp_path / "空.docx")

    assert refused.value.problems[0].code == "template-no-fields"


# ---------------------------------------------------------------- what is wrong with it


def test_all_mistyped_fields_are_named_at_once_with_their_places(tmp_path: Path) -> None:
    path = changed(
        tmp_path,
        "现场检查表.docx",
        lambda xml: (
            xml.replace("row.content", "row.contnet")
            .replace("section.title", "section.titel")
            .replace("{{ source.quote }}", "{{ source.qoute }}")
            .replace("checklist.known", "checklist.knwon")
        ),
    )

    messages = [found.message for found in problems_of(path)]

    for name in ("checklist.knwon", "section.titel", "row.contnet", "source.qoute"):
        assert any(f"没有的字段「{name}」" in message for message in messages), name
    assert any("正文第3个表格" in message and "row.contnet" in message for message in messages)
    assert any(found.remedy.startswith("最接近的：「content」") for found in problems_of(path))


def test_a_field_in_a_row_of_batches_is_known_by_what_the_batches_hold(tmp_path: Path) -> None:
    def in_threes(field: str) -> Path:
        few = f"{{% for few in checklist.rows|batch(3) %}}{{% for one in few %}}{{{{ one.{field} }}}}{{% endfor %}}{{% endfor %}}"
        return changed(
            tmp_path,
            "现场检查表.docx",
            lambda xml: xml.replace("{{ checklist.title }}", few + "{{ checklist.title }}"),
        )

    assert any("one.contnet" in found.message for found in problems_of(in_threes("contnet")))
    assert problems_of(in_threes("content")) == []


def test_a_loop_may_call_its_row_what_it_likes(tmp_path: Path) -> None:
    def rename(xml: str) -> str:
        return xml.replace("for row in section.rows", "for 项 in section.rows").replace(
            "row.content }}", "项.content }}"
        )

    path = changed(tmp_path, "现场检查表.docx", lambda xml: rename(xml))
    found = problems_of(path)

    assert not any("项.content" in one.message for one in found)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("现场检查表.docx", "row.marks"),
        ("现场检查表.docx", "checklist.disclaimer"),
        ("现场检查方案.docx", "paper.disclaimer"),
        ("现场检查方案.docx", "paper.stops"),
        ("班组日查卡.docx", "paper.cards"),
    ],
)
def test_a_missing_field_is_named(tmp_path: Path, name: str, field: str) -> None:
    other = {"row.marks": "row.title", "checklist.disclaimer": "checklist.known"}.get(field, "paper.bases")
    path = changed(tmp_path, name, lambda xml: xml.replace(field, other))

    missing = [found for found in problems_of(path) if found.code == "template-field-unused"]

    assert [field in found.message for found in missing] == [True]


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "told"),
    [
        ("现场检查表.docx", "{{ checklist.disclaimer }}", "{% if checklist.count == 99 %}{{ checklist.disclaimer }}{% endif %}", "template-field-unprinted", "checklist.disclaimer"),
        ("现场检查表.docx", "{{ checklist.disclaimer }}", "{{ checklist.disclaimer|truncate(9) }}", "template-field-unprinted", "checklist.disclaimer"),
        ("现场检查表.docx", "{{ row.content }}", "{{ row.content|truncate(9) }}", "template-rows-unprinted", "8 项检查内容有"),
        ("现场检查表.docx", "{{ row.marks }}", "{{ row.marks if row.number == 1 else '' }}", "template-rows-unprinted", "项没有印全"),
        ("现场检查表.docx", "{%tr for row in section.rows %}", "{%tr for row in section.rows if row.major %}", "template-rows-unprinted", "项没有印全"),
        ("现场检查方案.docx", "{{ paper.disclaimer }}", "{{ paper.disclaimer[:5] }}", "template-field-unprinted", "用途声明 paper.disclaimer"),
        ("班组日查卡.docx", "{{ paper.disclaimer }}", "{{ paper.disclaimer if paper.cards|length == 999 else '' }}", "template-field-unprinted", "用途声明 paper.disclaimer"),
    ],
)  # fmt: skip
def test_what_shows_only_when_it_is_filled_is_told(
    tmp_path: Path, name: str, old: str, new: str, code: str, told: str
) -> None:
    path = changed(tmp_path, name, lambda xml: xml.replace(old, new))

    found = problems_of(path)

    assert [one.code for one in found] == [code]
    assert told in found[0].message


def test_a_workbook_template_is_checked_sheet_by_sheet(tmp_path: Path) -> None:
    workbook = load_workbook(TEMPLATES / "企业自查工作簿.xlsx", rich_text=True)
    workbook["厂矿月查"]["C5"] = "{{ row.contnet }}"
    workbook.save(tmp_path / "簿.xlsx")

    kind, found = check_template_file(tmp_path / "簿.xlsx", sample_checklist(5))

    assert kind.name == "企业自查工作簿"
    assert any(one.position.sheet == "厂矿月查" and one.position.cell == "C5" for one in found)


@pytest.mark.parametrize(
    ("sheet", "cell", "text", "code"),
    [
        ("厂矿月查", "C5", "{{ row.marks }}{{ row.content|truncate(5) }}", "template-rows-unreadable"),
        ("厂矿月查", "D5", "{{ row.standard if row.number == 1 else '' }}", "template-rows-unreadable"),
        (
            "说明",
            "B11",
            "{% if checklist.total == 999 %}{{ checklist.edition }}{% endif %}",
            "template-field-unprinted",
        ),
    ],
)
def test_a_workbook_template_is_tried(tmp_path: Path, sheet: str, cell: str, text: str, code: str) -> None:
    workbook = load_workbook(TEMPLATES / "企业自查工作簿.xlsx", rich_text=True)
    workbook[sheet][cell] = text
    if sheet == "说明":
        workbook[sheet]["F6"] = None  # where the program itself would find it
    workbook.save(tmp_path / "簿.xlsx")

    found = check_template_file(tmp_path / "簿.xlsx", sample_checklist(12))[1]

    assert [one.code for one in found] == [code]


def test_the_check_command_fails_and_prints_places(tmp_path: Path) -> None:
    path = changed(tmp_path, "现场检查方案.docx", lambda xml: xml.replace("stop.where", "stop.wher"))

    told = run("templates", "check", str(path), str(TEMPLATES / "现场检查记录.docx"))

    assert told.returncode == 1
    assert "没有的字段「stop.wher」" in told.stderr
    assert "正文第2个表格" in told.stderr
    assert "“现场检查记录”的模板，可以使用" in told.stdout
    assert "Traceback" not in told.stderr


# ---------------------------------------------------------------- using one's own


def test_ones_own_template_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    checklist = sample_checklist(5)
    word = changed(tmp_path, "现场检查表.docx", lambda xml: xml.replace("检查单位：", "某县应急管理局　"))
    paper = changed(tmp_path, "现场检查方案.docx", lambda xml: xml.replace("检查单位：", "某县应急管理局　"))

    made = finished(checklist, own=own_templates([word], usual_documents()))
    plan = DOCUMENTS["现场检查方案"]
    papers = finished(checklist, names=[plan.name], own=own_templates([paper], [plan]))

    assert "某县应急管理局" in body_of(next(iter(made.values())))
    assert "某县应急管理局" in body_of(next(iter(papers.values())))


def test_a_types_own_paper_takes_the_place_of_the_common_one(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    shutil.copytree(TEMPLATES, folder)
    (folder / "餐饮用气单位").mkdir()
    changed(folder / "餐饮用气单位", "现场检查方案.docx", lambda xml: xml.replace("检查单位：", "燃气专班　"))
    paper = ["现场检查方案"]

    own = finished(sample_checklist(5), folder, names=paper)
    other = finished(sample_checklist(5, types=("九小场所",)), folder, names=paper)

    assert "燃气专班" in body_of(next(iter(own.values())))
    assert "燃气专班" not in body_of(next(iter(other.values())))


def test_a_template_for_another_document_or_a_second_one_is_refused(tmp_path: Path) -> None:
    copy = tmp_path / "又一份.docx"
    shutil.copy(TEMPLATES / "现场检查表.docx", copy)

    with pytest.raises(Refused) as other:
        own_templates([TEMPLATES / "现场检查方案.docx"], [DOCUMENTS["现场检查表"]])
    with pytest.raises(Refused) as second:
        own_templates([TEMPLATES / "现场检查表.docx", copy], [DOCUMENTS["现场检查表"]])

    assert other.value.problems[0].code == "template-not-made"
    assert second.value.problems[0].code == "template-twice"


def test_nothing_is_generated_from_a_wrong_template(tmp_path: Path) -> None:
    path = changed(tmp_path, "现场检查表.docx", lambda xml: xml.replace("row.content", "row.contnet"))
    out = tmp_path / "out"

    told = run("generate", "--type", "九小场所", "--template", str(path), "--out", str(out))

    assert told.returncode == 1
    assert "没有的字段「row.contnet」" in told.stderr
    assert not out.exists()

"""Word templates a person wrote or changed: what works in them, and what is refused with its place."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as OpenedDocument

from checklists.checklist.build import Checklist
from checklists.checklist.printed import PrintedRow, PrintedSection, PrintedTerm, Reference
from checklists.documents.fields import FIELD_NAMES, field_values
from checklists.documents.plate import make_plate, read_parts, stamp
from checklists.documents.templates import check_template_file
from checklists.documents.views import ListView
from checklists.problems import Refused
from tests.sample import ROOT, filled_parts, sample_checklist

PORTRAIT = ROOT / "templates" / "现场检查表.docx"
LANDSCAPE = ROOT / "templates" / "现场检查表（横版）.docx"


def opened(checklist: Checklist, template: Path) -> OpenedDocument:
    parts = filled_parts("现场检查表", checklist, template)
    return Document(io.BytesIO(stamp(make_plate(parts), field_values(checklist))))


def own_template(folder: Path, *texts: str, table: tuple[str, ...] = ()) -> Path:
    """A template as a person writes it in Word: paragraphs, then a table of one column."""
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    if table:
        rows = document.add_table(len(table), 1).rows
        for row, text in zip(rows, table, strict=True):
            row.cells[0].text = text
    path = folder / "自制.docx"
    document.save(str(path))
    return path


def refusal(template: Path) -> str:
    with pytest.raises(Refused) as refused:
        filled_parts("现场检查表", sample_checklist(3), template)
    return str(refused.value)


def test_a_template_of_ones_own_prints_fields_rows_and_paragraphs(tmp_path: Path) -> None:
    template = own_template(
        tmp_path,
        "{{ checklist.title }}：{{ enterprise.name }}",
        "{%p for row in checklist.rows %}",
        "{{ row.number }}.{{ row.title }}",
        "{%p endfor %}",
        table=("{%tr for row in checklist.rows %}", "{{ row.content }}", "{%tr endfor %}"),
    )
    checklist = sample_checklist(3)

    document = opened(checklist, template)

    titles = [f"{row.number}.{row.item.title}" for row in checklist.rows]
    assert [one.text for one in document.paragraphs] == [
        "安全生产现场检查表（餐饮用气单位）：阳城县某某商贸有限公司某某饭店",
        *titles,
    ]
    assert [row.cells[0].text for row in document.tables[0].rows] == [row.content for row in checklist.rows]


def test_a_tag_that_word_cut_into_runs_and_whose_quotes_it_curled_still_works(tmp_path: Path) -> None:
    document = Document()
    written = document.add_paragraph("见：{")
    for piece in ("{ checklist.count if chec", "klist.title != “无” el", "se ‘’ }", "}项"):
        written.add_run(piece)
    document.save(str(tmp_path / "cut.docx"))

    assert opened(sample_checklist(3), tmp_path / "cut.docx").paragraphs[0].text == "见：3项"


def test_a_changed_template_is_read_again(tmp_path: Path) -> None:
    checklist = sample_checklist(3)
    before = opened(checklist, own_template(tmp_path, "旧")).paragraphs[0].text

    after = opened(checklist, own_template(tmp_path, "改过的：{{ checklist.count }}")).paragraphs[0].text

    assert (before, after) == ("旧", "改过的：3")


def test_a_missing_template_is_named(tmp_path: Path) -> None:
    assert "没有.docx: 错误 file-missing" in refusal(tmp_path / "没有.docx")


def test_a_folder_is_no_template(tmp_path: Path) -> None:
    assert "file-unreadable" in refusal(tmp_path)


def test_a_damaged_template_is_refused_whatever_is_broken(tmp_path: Path) -> None:
    whole = PORTRAIT.read_bytes()
    broken = {
        "text.docx": b"not a document",
        "empty.docx": b"",
        "half.docx": whole[: len(whole) // 2],
        "bits.docx": whole[:2000] + b"\x00" * 200 + whole[2200:],
    }
    for name, content in broken.items():
        (tmp_path / name).write_bytes(content)

        assert f"{name}: 错误 template-damaged" in refusal(tmp_path / name)


def test_a_template_with_broken_xml_is_refused(tmp_path: Path) -> None:
    parts = read_parts(PORTRAIT.read_bytes()) | {"word/document.xml": b"<w:document>"}
    (tmp_path / "xml.docx").write_bytes(stamp(make_plate(parts), {}))

    assert "word/document.xml" in refusal(tmp_path / "xml.docx")


def test_an_old_doc_file_and_a_workbook_are_told_apart_from_a_docx(tmp_path: Path) -> None:
    (tmp_path / "旧.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    (tmp_path / "表.docx").write_bytes(stamp(make_plate({"xl/workbook.xml": b"<workbook/>"}), {}))

    assert "旧格式 .doc" in refusal(tmp_path / "旧.docx")
    assert "模板是改了名的 .xlsx" in refusal(tmp_path / "表.docx")


def test_an_unknown_field_is_named_with_its_place_and_the_nearest_name(tmp_path: Path) -> None:
    told = refusal(own_template(tmp_path, "好", table=("好", "{{ checklist.titel }}")))

    assert "正文第1个表格第2行的标记「{{ checklist.titel }}」" in told
    assert "最接近的：「title」" in told


def test_an_unknown_field_is_found_where_it_would_not_be_printed(tmp_path: Path) -> None:
    template = own_template(tmp_path, "{% if checklist.count == 99 %}{{ checklist.nothing }}{% endif %}")

    assert "没有的字段「checklist.nothing」" in refusal(template)


def test_an_unknown_field_of_a_row_is_found_when_the_row_is_printed(tmp_path: Path) -> None:
    template = own_template(tmp_path, "好", "{% for row in checklist.rows %}{{ row.titel }}{% endfor %}")

    told = refusal(template)

    assert "正文表格外第2段的标记「{{ row.titel }}」" in told
    assert "没有的字段「row.titel」" in told


@pytest.mark.parametrize(
    "tag",
    [
        "{% if enterprise.name %}有{% endif %}",
        "{{ enterprise.name|upper }}",
        "{{ enterprise }}",
        "{{ enterprise['name'] }}",
        "{{ enterprise.name ~ '店' }}",
    ],
)
def test_enterprise_fields_can_only_be_printed_bare(tmp_path: Path, tag: str) -> None:
    assert "template-enterprise-not-bare" in refusal(own_template(tmp_path, tag))


def test_an_unknown_enterprise_field_is_named(tmp_path: Path) -> None:
    told = refusal(own_template(tmp_path, "{{ enterprise.nmae }}"))

    assert "没有的字段「enterprise.nmae」" in told
    assert "「name」" in told


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("{% for row in checklist.rows %}", "word-tag-pair"),
        ("{{ checklist. }}", "word-tag-syntax"),
        ("{% endif %}", "word-tag-pair"),
        ("{% fro x in y %}", "word-tag-syntax"),
        ("{{ checklist.title|nothing }}", "word-tag-syntax"),
    ],
)
def test_a_tag_that_is_not_jinja_is_named_with_its_place(tmp_path: Path, tag: str, code: str) -> None:
    told = refusal(own_template(tmp_path, "好", tag))

    assert code in told
    assert f"正文表格外第2段的标记「{tag}」" in told


def test_a_row_tag_outside_a_table_is_refused(tmp_path: Path) -> None:
    assert "word-tag-misplaced" in refusal(own_template(tmp_path, "{%tr for row in checklist.rows %}"))


def test_a_loop_that_opens_and_closes_on_different_levels_is_refused(tmp_path: Path) -> None:
    template = own_template(
        tmp_path, table=("{%tr for row in checklist.rows %}", "{{ row.title }}{% endfor %}")
    )

    assert "与开头不在同一层" in refusal(template)


@pytest.mark.parametrize(
    "tag", ["{{ ''.__class__.__mro__ }}", "{{ checklist.rows.__class__.__init__.__globals__ }}"]
)
def test_a_template_cannot_leave_the_sandbox(tmp_path: Path, tag: str) -> None:
    assert "template-forbidden" in refusal(own_template(tmp_path, tag))


def test_a_tag_that_fails_is_named(tmp_path: Path) -> None:
    assert "正文表格外第1段的标记「{{ 1 / 0 }}」填写时出错" in refusal(own_template(tmp_path, "{{ 1 / 0 }}"))


def test_the_shipped_templates_have_no_problems() -> None:
    checklist = sample_checklist(3)
    for template in (PORTRAIT, LANDSCAPE):
        assert check_template_file(template, checklist)[1] == []


@pytest.mark.parametrize(
    ("spoken_of_as", "names"),
    [
        ("enterprise", list(FIELD_NAMES)),
        ("checklist", list(ListView.__dataclass_fields__)),
        ("section", list(PrintedSection.__dataclass_fields__)),
        ("row", list(PrintedRow.__dataclass_fields__)),
        ("reference", list(Reference.__dataclass_fields__)),
        ("term", list(PrintedTerm.__dataclass_fields__)),
    ],
)
def test_every_field_is_explained_to_template_authors(spoken_of_as: str, names: list[str]) -> None:
    explained = (ROOT / "docs" / "templates.md").read_text("utf-8")

    assert [name for name in names if f"`{spoken_of_as}.{name}`" not in explained] == []

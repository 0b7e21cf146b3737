"""Forms that an office makes itself, from nothing: what they need, what they may leave out, and what they print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as OpenedDocument

from checklists.documents.catalogue import DOCUMENTS, PAPERS
from checklists.documents.templates import check_template_file, document_of
from checklists.problems import Problem
from tests.clerk import W, holding, logo, made, restyled, text_of
from tests.command import command
from tests.filling import PIXEL
from tests.sample import ROOT, sample_checklist

IDENTITY = ("{{ enterprise.name }}", "{{ enterprise.serial }}", "{{ checklist.edition }}", "{{ checklist.fingerprint }}")  # fmt: skip
LIST = (*IDENTITY, "{{ checklist.disclaimer }}")
NOTICE = "此表不能读回：各项没有三个方框 □（符合、不符合、不涉及）；没有用字符样式「检查内容」「怎样算符合」「依据代号」"
GOLDEN = ROOT / "tests" / "golden" / "underground-coal-mine_山西省_2026-11-22.txt"


def ten_lines(folder: Path) -> Path:
    """The form that docs/templates.md tells how to make."""
    page = (ROOT / "docs" / "templates.md").read_text("utf-8")
    lines = page.partition("### 十分钟做一张自己的表")[2].split("```")[1].strip().splitlines()
    document, table = Document(), None
    for line in lines:
        if line.startswith("|"):
            table = table or document.add_table(0, 3, "Table Grid")
            for cell, text in zip(table.add_row().cells, line.strip("|").split("|"), strict=True):
                cell.text = text.strip()
        elif line.startswith("页脚："):
            document.sections[0].footer.add_paragraph(line.removeprefix("页脚："))
        else:
            document.add_paragraph(line)
    assert len(lines) == 10
    document.save(str(folder / "某县检查表.docx"))
    return folder / "某县检查表.docx"


def generated(template: Path, out: Path, *more: str) -> OpenedDocument:
    """The list of a mine, made with the form."""
    told = command(
        "generate", "--type", "井工煤矿", "--name", "某某煤矿", "--on", "2026-11-22", "--template", template,
        "--out", out, *more,
    )  # fmt: skip
    assert told.code == 0, told.err
    return Document(str(next(out.glob("*检查表*.docx"))))


def written(folder: Path, name: str, *lines: str) -> Path:
    """A form of paragraphs."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(folder / name))
    return folder / name


def problems_of(path: Path) -> list[Problem]:
    return check_template_file(path, sample_checklist(12, asks=2, most=8))[1]


# ---------------------------------------------------------------- ten lines


def test_a_form_of_ten_lines_is_accepted_with_a_notice(tmp_path: Path) -> None:
    path = ten_lines(tmp_path)

    told = command("templates", "check", path)

    assert told.code == 0
    assert "“现场检查表”的模板，可以使用" in told.out
    assert told.err.count("提醒") == 1 and "错误" not in told.err
    assert NOTICE in told.err


def test_a_form_of_ten_lines_prints_the_list_of_a_mine(tmp_path: Path) -> None:
    document = generated(ten_lines(tmp_path), tmp_path / "out")

    kept = GOLDEN.read_text("utf-8").partition("\n未列入")[0]
    listed = [line.split("\t")[:2] for line in kept.splitlines() if "\t" in line]
    head, *rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert head == ["序号", "检查内容", "查过"]
    assert [row[:2] for row in rows] == listed and f"纸面 {len(rows)} 项" in kept
    assert {row[2] for row in rows} == {"□"}
    title, firm, _ = (one.text for one in document.paragraphs)
    assert (title, firm) == ("某县井工煤矿检查表", "被检查单位：某某煤矿")
    _, serial, fingerprint, disclaimer = (one.text for one in document.sections[0].footer.paragraphs)
    edition = (ROOT / "rules" / "VERSION").read_text("utf-8").strip()
    assert re.fullmatch(f"编号 20261122-[0-9a-f]{{6}}　规则版 {re.escape(edition)}", serial)
    assert re.fullmatch("指纹 [0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}", fingerprint)
    assert disclaimer.startswith("本表依据政府安全生产工作通知编制")


def test_every_fact_of_the_ten_lines_is_needed(tmp_path: Path) -> None:
    """Each of them replaced by something else in its turn: one message names it."""
    for field in ("enterprise.name", "enterprise.serial", "checklist.edition", "checklist.fingerprint",
                  "checklist.disclaimer", "row.number", "row.marks", "row.content"):  # fmt: skip
        document = Document(str(ten_lines(tmp_path)))
        for part in (document.element, document.sections[0].footer._element):
            for text in part.iter(f"{W}t"):
                text.text = text.text.replace(f"{{{{ {field} }}}}", "{{ checklist.on }}")
        document.save(str(tmp_path / "缺.docx"))

        (slip,) = problems_of(tmp_path / "缺.docx")

        assert slip.code == "template-field-unused"
        assert field in slip.message and slip.message.count("「") == 1


def test_what_is_missing_is_told_in_one_message(tmp_path: Path) -> None:
    (slip,) = problems_of(written(tmp_path, "检查表.docx", "{{ checklist.title }}"))

    assert slip.code == "template-field-unused"
    assert [name for name in ("单位名称", "编号", "规则版", "指纹", "用途声明", "项号", "标记", "检查内容") if f"「{name} " not in slip.message] == []  # fmt: skip


def test_numbers_of_other_tables_are_no_numbers_of_rows(tmp_path: Path) -> None:
    others = "{% for row in checklist.criteria %}{{ row.number }}{{ row.text }}{% endfor %}"
    rows = "{% for row in checklist.rows %}{{ row.marks }}{{ row.content }}{% endfor %}"

    (slip,) = problems_of(written(tmp_path, "检查表.docx", *LIST, others, rows))

    assert "「项号 row.number」" in slip.message


# ---------------------------------------------------------------- other shapes


def test_a_line_to_write_on_may_stand_for_the_name(tmp_path: Path) -> None:
    document = Document(str(ten_lines(tmp_path)))
    for text in document.element.iter(f"{W}t"):
        text.text = text.text.replace("enterprise.name", "enterprise.name_or_line")
    document.save(str(tmp_path / "空白.docx"))

    assert [one.code for one in problems_of(tmp_path / "空白.docx")] == ["template-not-read-back"]


@pytest.mark.parametrize(
    "lines",
    [
        ("{%p for row in checklist.rows %}", "{{ row.number }}. {{ row.marks }}{{ row.content }}　□", "{%p endfor %}"),
        ("{%p for 项 in checklist.rows %}", "第{{ 项.number }}项{{ 项.marks }}", "{{ 项.content }}", "{%p endfor %}"),
        ("{% for section in checklist.sections %}{% for row in section.rows %}{{ row.number }}{{ row.marks }}{{ row.content }}；{% endfor %}{% endfor %}",),
    ],
)  # fmt: skip
def test_rows_need_no_table(tmp_path: Path, lines: tuple[str, ...]) -> None:
    path = written(tmp_path, "检查表.docx", *LIST, *lines)

    assert [one.code for one in problems_of(path)] == ["template-not-read-back"]
    text = "\n".join(one.text for one in generated(path, tmp_path / "out", "--max-items", "9").paragraphs)
    assert [n for n in range(1, 10) if str(n) not in text] == []


def test_a_form_with_three_boxes_and_the_styles_of_the_original_can_be_read_back(tmp_path: Path) -> None:
    document = Document(str(ROOT / "templates" / "现场检查表.docx"))
    table = holding(document, "tbl", "{{ row.content }}")
    for block in list(document.element.body):
        if block is not table and block.tag != f"{W}sectPr":
            document.element.body.remove(block)
    for text in LIST:
        table.addprevious(made(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"))
    document.save(str(tmp_path / "表.docx"))

    assert problems_of(tmp_path / "表.docx") == []


def test_a_picture_in_head_and_body_stays(tmp_path: Path) -> None:
    document = Document(str(ten_lines(tmp_path)))
    logo(document)
    document.save(str(tmp_path / "徽.docx"))

    made_of = generated(tmp_path / "徽.docx", tmp_path / "out", "--max-items", "3")

    head = made_of.sections[0].header
    for part, element in ((made_of.part, made_of.element), (head.part, head._element)):
        (shown,) = element.xpath(".//a:blip/@r:embed")
        assert part.related_parts[shown].blob == PIXEL


def test_the_page_for_authors_names_every_field_that_has_to_be_printed() -> None:
    page = (ROOT / "docs" / "templates.md").read_text("utf-8")
    told = page.partition("## 必须有什么")[2].partition("### ")[0]
    word = [one for one in DOCUMENTS.values() if one.ending == ".docx"]

    assert {name for one in word for name in one.prints if f"`{name}`" not in told} == set()


@pytest.mark.parametrize("kind", PAPERS)
def test_a_paper_needs_what_identifies_it_and_its_table(tmp_path: Path, kind: str) -> None:
    table = DOCUMENTS[kind].prints[-1]
    whose = ("{{ paper.edition }}",) if kind == "自查表发放回收登记" else IDENTITY
    loop = ("{%p for one in " + table + " %}", "第{{ loop.index }}", "{%p endfor %}")
    path = written(tmp_path, f"{kind}.docx", *whose, "{{ paper.disclaimer }}", *loop)

    assert document_of(path).name == kind
    assert problems_of(path) == []
    for line in (*whose, "{{ paper.disclaimer }}"):
        short = written(
            tmp_path,
            f"{kind}.docx",
            *(one for one in (*whose, "{{ paper.disclaimer }}") if one != line),
            *loop,
        )
        (slip,) = problems_of(short)
        assert slip.code == "template-field-unused" and line.strip("{ }") in slip.message


def test_an_own_form_is_restyled_by_its_styles(tmp_path: Path) -> None:
    document = Document(str(ten_lines(tmp_path)))
    restyled(document)
    document.save(str(tmp_path / "样式.docx"))

    made_of = generated(tmp_path / "样式.docx", tmp_path / "out", "--max-items", "3")

    assert {one.get(f"{W}val") for one in made_of.styles.element.iter(f"{W}sz")} == {"26"}
    assert not list(made_of.element.iter(f"{W}sz", f"{W}rFonts"))
    assert "检查内容" in text_of(made_of.element)

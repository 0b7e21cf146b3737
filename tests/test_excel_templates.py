"""Workbook templates that people restyle: what is kept, and what is refused with sheet, cell and remedy."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.utils import range_boundaries
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from checklists.documents.excel.reach import stretched
from checklists.documents.excel.rows import ROW_TYPES
from checklists.documents.excel.template import open_workbook_template
from checklists.documents.excel.view import WorkbookView
from checklists.documents.plate import read_parts
from checklists.documents.templates import check_template_file
from checklists.problems import Refused
from tests.sample import ROOT, filled_parts, sample_checklist
from tests.test_excel import FIRST, LARGE, LEDGER, MONTH, TEMPLATE, column, opened, stamped, texts


def changed(tmp_path: Path, change: Callable[[Workbook], object]) -> Path:
    """The shipped template with a change made by hand."""
    book = load_workbook(TEMPLATE)
    change(book)
    path = tmp_path / "模板.xlsx"
    book.save(path)
    return path


def with_part(tmp_path: Path, part: str, old: str, new: str, **more: str) -> Path:
    """The shipped template with a text of one of its parts replaced, and with further parts."""
    path = tmp_path / "模板.xlsx"
    with zipfile.ZipFile(TEMPLATE) as given, zipfile.ZipFile(path, "w") as made:
        for name in given.namelist():
            content = given.read(name)
            if name == part:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode(), 1)
            made.writestr(name, content)
        for name, text in more.items():
            made.writestr(name, text)
    return path


def refused(path: Path) -> list[tuple[str, str | None, str | None]]:
    """Code, sheet and cell of everything the template is refused for; the texts must be whole."""
    with pytest.raises(Refused) as caught:
        filled_parts("企业自查工作簿", sample_checklist(6), path)
    assert all(
        found.message and found.remedy and "{hint}" not in str(found) for found in caught.value.problems
    )
    return [(found.code, found.position.sheet, found.position.cell) for found in caught.value.problems]


def test_a_template_is_checked_without_a_checklist(tmp_path: Path) -> None:
    wrong = changed(tmp_path, lambda book: book["说明"].__setitem__("B3", "{{ enterprise.tax }}"))

    assert open_workbook_template(TEMPLATE)
    with pytest.raises(Refused) as refused:
        open_workbook_template(wrong)
    assert [found.code for found in refused.value.problems] == ["template-field-unknown"]


def test_every_field_is_explained_to_those_who_restyle() -> None:
    explained = (ROOT / "docs" / "workbook-templates.md").read_text("utf-8")

    for name in WorkbookView.__dataclass_fields__:
        assert f"`checklist.{name}`" in explained
    for name in {field for kind in ROW_TYPES.values() for field in kind.__dataclass_fields__}:
        assert f"`row.{name}`" in explained


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"not a workbook")
    assert refused(path) == [("template-damaged", None, None)]

    path.write_bytes(TEMPLATE.read_bytes()[:-900])
    assert refused(path) == [("template-damaged", None, None)]

    with zipfile.ZipFile(path, "w") as made:
        made.writestr("word/document.xml", "<w/>")
    assert refused(path) == [("template-form", None, None)]

    assert (
        refused(with_part(tmp_path, "xl/worksheets/sheet4.xml", "<sheetData>", "<sheetData"))[0][0]
        == "template-damaged"
    )


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "没有.xlsx") == [("file-missing", None, None)]


@pytest.mark.parametrize("name", ["说明", MONTH, LEDGER])
def test_a_missing_sheet_that_is_always_needed_is_refused_by_name(tmp_path: Path, name: str) -> None:
    path = changed(tmp_path, lambda book: book.remove(book[name]))

    with pytest.raises(Refused) as caught:
        filled_parts("企业自查工作簿", sample_checklist(6), path)

    assert f"模板缺少工作表「{name}」" in str(caught.value)


@pytest.mark.parametrize(
    "name", ["班组日查", "车间周查", "集团季查", "重大隐患判定", "备查资料", "统计", "其余检查项", "依据"]
)
def test_any_other_sheet_may_be_left_out_and_no_formula_fails(tmp_path: Path, name: str) -> None:
    path = changed(tmp_path, lambda book: book.remove(book[name]))
    checklist = sample_checklist(60, asks=2, types=("主体企业（集团公司）",))

    book = load_workbook(io.BytesIO(stamped(checklist, path)), data_only=True)

    assert name not in book.sheetnames
    shown = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert not [cell for cell in shown if isinstance(cell, str) and cell.startswith("#")]
    assert not any(name in str(defined.attr_text) for defined in book.defined_names.values())
    assert check_template_file(path, sample_checklist(60))[1] == []


@pytest.mark.parametrize(
    ("sheet", "words", "other"),
    [
        (MONTH, "符合,不符合,不涉及", "合格,不合格,不涉及"),
        ("班组日查", "√,×,／", "是,否"),
        ("重大隐患判定", "未发现,疑似,不涉及", "无,有,不涉及"),
        (LEDGER, "一般,重大", "一般,较大,重大"),
        ("说明", "有,无", "是,否"),
    ],
)
def test_other_words_to_choose_from_are_refused_by_name(
    tmp_path: Path, sheet: str, words: str, other: str
) -> None:
    def change(book: Workbook) -> None:
        rules = book[sheet].data_validations.dataValidation
        next(rule for rule in rules if rule.formula1 == f'"{words}"').formula1 = f'"{other}"'

    path = changed(tmp_path, change)

    with pytest.raises(Refused) as caught:
        filled_parts("企业自查工作簿", sample_checklist(6), path)

    (found,) = caught.value.problems
    assert (found.code, found.position.sheet) == ("template-list-words", sheet)
    assert other.replace(",", "、") in found.message and words.replace(",", "、") in found.message


@pytest.mark.parametrize(
    ("sheet", "cell", "text", "code"),
    [
        (MONTH, "C5", "{{ row.contents }}{{ row.content }}{{ row.marks }}", "template-field-unknown"),
        (MONTH, "A2", "{{ row.where }}", "template-model-rows-several"),
        ("说明", "B2", "{{ enterprise.name }}{{ enterprise.serial }}{{ row.number }}", "template-field-unknown"),
        ("说明", "B3", "{{ enterprise.tax }}", "template-field-unknown"),
        ("说明", "B3", "{{ company }}", "template-field-unknown"),
        ("说明", "B3", "{% if enterprise.code %}有{% endif %}", "template-enterprise-not-bare"),
        ("说明", "B3", "{{ enterprise.code|upper }}", "template-enterprise-not-bare"),
        ("说明", "B3", "{% set e = enterprise %}{{ e.code }}", "template-forbidden"),
        ("说明", "B3", "{% filter upper %}{{ enterprise.code }}{% endfilter %}", "template-forbidden"),
        ("说明", "B3", "{# {{ checklist.disclaimer }} #}", "template-forbidden"),
        ("说明", "B3", "{% raw %}{{ checklist.title }}{% endraw %}", "template-forbidden"),
        ("说明", "B3", "{{ checklist.title.upper() }}", "template-forbidden"),
        ("说明", "B3", "｛｛ checklist.title ｝｝", "template-stray"),
        ("说明", "B3", "{ { checklist.title } }", "template-stray"),
        ("说明", "B3", "单位：enterprise.name", "template-stray"),
        ("说明", "B3", "{{ checklist.title|upperr }}", "template-syntax"),
        ("说明", "B3", "见{{ checklist.title|safe }}", "template-syntax"),
        ("说明", "B3", "{{ checklist }}", "template-syntax"),
        ("说明", "B3", "见{{ checklist }}", "template-syntax"),
        ("说明", "B3", r'{{ "\x07" }}', "template-syntax"),
        ("说明", "B3", r'{{ "\ue000nothing\ue001" }}', "template-syntax"),
        ("说明", "B3", "{% for a in range(9000) %}甲乙丙丁{% endfor %}", "template-syntax"),
        ("说明", "B3", "见{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "template-syntax"),
        ("说明", "B3", "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}", "template-forbidden"),
        ("说明", "B3", "{{ 9 ** 9 ** 9 }}", "template-forbidden"),
        ("说明", "B3", "{{ enterprise['code'] }}", "template-enterprise-not-bare"),
        ("说明", "B3", "{{ checklist.type_names", "template-stray"),
        ("说明", "B3", "{{ 1 / 0 }}", "template-syntax"),
        ("说明", "B3", "{{ ''.__class__.__mro__ }}", "template-forbidden"),
        ("说明", "B3", "={{ checklist.total }}+1", "template-field-in-formula"),
        ("统计", "B13", "=COUNTA(班组日查!A:A)", "template-refers-to-absent"),
        ("统计", "B13", "=COUNTA('集团季查'!A:A)", "template-refers-to-absent"),
    ],
)  # fmt: skip
def test_a_text_that_cannot_be_filled_is_refused_with_its_cell(
    tmp_path: Path, sheet: str, cell: str, text: str, code: str
) -> None:
    found = refused(changed(tmp_path, lambda book: book[sheet].__setitem__(cell, text)))

    where = None if code == "template-model-rows-several" else cell
    assert (code, sheet, where) in found


def test_a_name_over_a_sheet_that_is_left_out_counts_nothing(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book.defined_names["日查结果"] = DefinedName("日查结果", attr_text="班组日查!$D$5:$AH$900")
        book["统计"]["B13"] = '=COUNTIF(日查结果,"×")'

    book = load_workbook(io.BytesIO(stamped(sample_checklist(6), changed(tmp_path, change))), data_only=True)

    assert "班组日查" not in book.sheetnames and book["统计"]["B13"].value == 0


def test_a_misspelt_field_is_told_with_the_nearest(tmp_path: Path) -> None:
    path = changed(tmp_path, lambda book: book["说明"].__setitem__("B3", "{{ checklist.edition2 }}"))

    with pytest.raises(Refused, match="最接近的：「edition」"):
        filled_parts("企业自查工作簿", sample_checklist(6), path)


def test_a_table_without_model_row_or_with_text_below_it_is_refused(tmp_path: Path) -> None:
    def without(book: Workbook) -> None:
        for cell in book["备查资料"][FIRST]:
            cell.value = None

    assert ("template-model-row-missing", "备查资料", None) in refused(changed(tmp_path, without))
    below = changed(tmp_path, lambda book: book["依据"].__setitem__("A9", "完"))
    assert refused(below) == [("template-model-row-not-last", "依据", None)]


def test_a_template_that_lost_ids_or_the_closing_sentence_is_refused(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book[MONTH].delete_cols(column(book[MONTH], "检查项编号"))
        for row in book["说明"].iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and "disclaimer" in cell.value:
                    cell.value = "随便查查"

    found = refused(changed(tmp_path, change))

    assert ("template-field-missing", MONTH, None) in found and (
        "template-field-missing",
        "说明",
        None,
    ) in found


def test_the_enterprises_name_in_a_header_is_refused(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book[MONTH].oddHeader.left.text = "{{ enterprise.name }}"

    assert refused(changed(tmp_path, change)) == [("template-header-field", MONTH, None)]


def test_an_ampersand_of_the_checklist_in_a_footer_is_no_code(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book[MONTH].oddFooter.left.text = "{{ checklist.edition }}"

    path = changed(tmp_path, change)
    sheet = opened(replace(sample_checklist(6), edition="甲&P乙"), path)[MONTH]

    assert sheet.oddFooter.left.text == "甲&&P乙"


SPARKLINES = (
    '<extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:sparklineGroups '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:sparklineGroup><x14:sparklines><x14:sparkline>'
    "<xm:f>统计!B5:B8</xm:f><xm:sqref>C13</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup>"
    "</x14:sparklineGroups></ext></extLst>"
)
TEXT_BOX = (
    '<xdr:twoCellAnchor xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"><xdr:from>'
    "<xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>25</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to>"
    "<xdr:col>5</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>27</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
    "<xdr:sp/><xdr:clientData/></xdr:twoCellAnchor>"
)


def counts_part() -> str:
    """Part of the sheet 统计, which has the chart."""
    with zipfile.ZipFile(TEMPLATE) as given:
        return next(
            name
            for name in given.namelist()
            if name.startswith("xl/worksheets/sheet") and b"<drawing" in given.read(name)
        )


def test_what_would_be_lost_is_refused_by_name_and_cell(tmp_path: Path) -> None:
    sparklines = with_part(tmp_path, counts_part(), "</worksheet>", f"{SPARKLINES}</worksheet>")
    with pytest.raises(Refused, match=r"工作表「统计」 单元格 C13.*模板里有迷你图"):
        filled_parts("企业自查工作簿", sample_checklist(6), sparklines)

    box = with_part(tmp_path, "xl/drawings/drawing1.xml", "</xdr:wsDr>", f"{TEXT_BOX}</xdr:wsDr>")
    with pytest.raises(Refused, match=r"工作表「统计」 单元格 D26.*模板里有文本框或形状"):
        filled_parts("企业自查工作簿", sample_checklist(6), box)

    background = with_part(tmp_path, counts_part(), "</worksheet>", "<picture/></worksheet>")
    assert refused(background) == [("template-would-lose", "统计", None)]
    macros = with_part(tmp_path, counts_part(), "</worksheet>", "</worksheet>", **{"xl/vbaProject.bin": "x"})
    assert refused(macros) == [("template-carries", None, None)]


LOGO = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
DRAWING = "xl/drawings/drawing1.xml"


def with_logo(path: Path, ending: str) -> None:
    """The shipped template with a picture beside its chart, as Excel puts one."""
    anchor = (
        '<xdr:twoCellAnchor xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><xdr:from><xdr:col>7</xdr:col>'
        "<xdr:colOff>0</xdr:colOff><xdr:row>0</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>8</xdr:col>"
        "<xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:pic><xdr:nvPicPr>"
        '<xdr:cNvPr id="9" name="徽标"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId9"/></xdr:blipFill>'
        '<xdr:spPr><a:prstGeom prst="rect"/></xdr:spPr></xdr:pic><xdr:clientData/></xdr:twoCellAnchor>'
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    relation = f'<Relationship Id="rId9" Type="{kind}" Target="/xl/media/image7.{ending}"/>'
    edits = {
        DRAWING: ("</xdr:wsDr>", f"{anchor}</xdr:wsDr>"),
        "xl/drawings/_rels/drawing1.xml.rels": ("</Relationships>", f"{relation}</Relationships>"),
        "[Content_Types].xml": (
            "<Override",
            f'<Default Extension="{ending}" ContentType="image/{ending}"/><Override',
        ),
    }
    with zipfile.ZipFile(TEMPLATE) as given, zipfile.ZipFile(path, "w") as made:
        for name in given.namelist():
            old, new = edits.get(name, ("", ""))
            content = given.read(name)
            assert old.encode() in content
            made.writestr(name, content.replace(old.encode(), new.encode(), 1) if old else content)
        made.writestr(f"xl/media/image7.{ending}", LOGO)


def test_a_logo_stays_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "徽标.xlsx"
    with_logo(path, "png")
    package = stamped(sample_checklist(6), path)

    parts = read_parts(package)
    (drawing,) = (
        content.decode() for name, content in parts.items() if name.startswith("xl/drawings/drawing")
    )
    assert [content for name, content in parts.items() if name.startswith("xl/media/")] == [LOGO]
    assert "徽标" in drawing and "<xdr:graphicFrame" in drawing
    assert "<xdr:col>7</xdr:col>" in drawing
    assert len([content for content in parts.values() if b"/xl/media/image1.png" in content]) == 1


def test_a_picture_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "徽标.xlsx"
    with_logo(path, "emf")

    assert refused(path) == [("template-would-lose", "统计", "H1")]


def test_a_field_that_changes_its_font_half_way_is_refused(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        runs = CellRichText("{{ checklist", TextBlock(InlineFont(b=True), ".type_names }}"))
        book["说明"]["B6"] = runs

    assert refused(changed(tmp_path, change)) == [("template-field-cut", "说明", "B6")]


@pytest.mark.parametrize(
    "runs",
    [
        ("{", "{ checklist.type_names }}"),
        ("{{ checklist.type_names }", "}"),
        ("{% if checklist.total %}有", "{% endif %}"),
    ],
)
def test_a_tag_or_a_pair_over_several_fonts_is_refused(tmp_path: Path, runs: tuple[str, str]) -> None:
    def change(book: Workbook) -> None:
        book["说明"]["B6"] = CellRichText(runs[0], TextBlock(InlineFont(b=True), runs[1]))

    assert refused(changed(tmp_path, change)) == [("template-field-cut", "说明", "B6")]


FETCHING = [
    "=[1]表!A1",
    "='C:\\a\\[b.xlsx]表'!A1",
    "=cmd|'/c calc'!A0",
    '=_xlfn.IMAGE("http://a/b.png")',
    '=WEBSERVICE("http://a/b")',
    '=RTD("a",,"b")',
]


@pytest.mark.parametrize("formula", FETCHING)
def test_a_formula_that_fetches_from_elsewhere_is_refused_wherever_it_stands(
    tmp_path: Path, formula: str
) -> None:
    def change(book: Workbook) -> None:
        book["统计"]["B13"] = formula
        book["说明"].data_validations.dataValidation[0].formula1 = formula[1:]
        paint(book["厂矿月查"], "F5", formula[1:])
        book.defined_names["某"] = DefinedName("某", attr_text=formula[1:])

    found = refused(changed(tmp_path, change))

    assert set(found) == {
        ("template-remote-formula", "统计", "B13"),
        ("template-remote-formula", "说明", "B8"),
        ("template-remote-formula", "厂矿月查", "F5"),
        ("template-remote-formula", None, None),
    }


def paint(sheet: Worksheet, cells: str, formula: str) -> None:
    sheet.conditional_formatting.add(cells, FormulaRule([formula]))


def test_words_that_only_look_like_fetching_are_left_alone(tmp_path: Path) -> None:
    path = changed(tmp_path, lambda book: book["统计"].__setitem__("B13", '=IF(TRUE,"见[1]表!A|b!","CALL(")'))

    assert open_workbook_template(path)


def test_a_sheet_nobody_can_unhide_is_refused(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book.create_sheet("底稿").sheet_state = "veryHidden"

    assert refused(changed(tmp_path, change)) == [("template-sheet-hidden", "底稿", None)]


def note(book: Workbook) -> None:
    book["说明"]["B3"].comment = Comment("{{ enterprise.name }}", "a")


def hint(book: Workbook) -> None:
    book["说明"].data_validations.dataValidation[0].prompt = "{{ checklist.title }}"


def head_of_a_chart(book: Workbook) -> None:
    book["统计"]._charts[0].title = "{{ checklist.title }}"


def name_of_a_sheet(book: Workbook) -> None:
    book.create_sheet("{{ checklist.on }}")


def address(book: Workbook) -> None:
    book["说明"]["B3"].hyperlink = "http://a/{{ checklist.edition }}"


@pytest.mark.parametrize("change", [note, hint, head_of_a_chart, name_of_a_sheet, address])
def test_a_field_where_nothing_is_filled_is_refused(
    tmp_path: Path, change: Callable[[Workbook], None]
) -> None:
    assert {code for code, _, _ in refused(changed(tmp_path, change))} == {"template-field-outside"}


def test_an_excel_table_would_not_grow_and_is_refused(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book.create_sheet("培训")
        for number, head in enumerate(("甲", "乙"), start=1):
            sheet.cell(1, number).value = head
        sheet.add_table(Table(displayName="培训表", ref="A1:B3"))

    assert ("template-would-lose", None, None) in refused(changed(tmp_path, change))


def test_restyling_is_kept(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book[MONTH]
        sheet["C5"].font = Font(name="楷体", size=14)
        sheet["A1"] = CellRichText("月查", TextBlock(InlineFont(b=True), "{{ checklist.type_names }}"))
        own = book.create_sheet("培训记录")
        own["A1"] = "{{ enterprise.name }}"

    book = opened(sample_checklist(9), changed(tmp_path, change))

    assert (
        book.sheetnames[-1] == "培训记录" and book["培训记录"]["A1"].value == "阳城县某某商贸有限公司某某饭店"
    )
    assert {book[MONTH].cell(row, 3).font.name for row in range(5, 22)} == {"楷体"}
    assert str(book[MONTH]["A1"].value) == "月查餐饮用气单位"
    assert book[MONTH].row_dimensions[6].height > opened(sample_checklist(9))[MONTH].row_dimensions[6].height


def test_blanks_and_line_ends_between_fonts_stay(tmp_path: Path) -> None:
    """LibreOffice saves Chinese and Latin letters of one cell as stretches of two fonts."""
    latin = InlineFont(rFont="Times New Roman")

    def change(book: Workbook) -> None:
        book["说明"]["B6"] = CellRichText("共 ", TextBlock(latin, "{{ checklist.total }} "), "项\n", TextBlock(latin, "{{ checklist.edition }}\n"), "完")  # fmt: skip

    value = opened(sample_checklist(9), changed(tmp_path, change))["说明"]["B6"].value

    assert str(value) == "共 9 项\n2026.11.22\n完"


def _without_digests(cells: list[list[str]]) -> list[list[str]]:
    """Without what tells which file the template was."""
    return [row for row in cells if row[0] not in ("模板", "文字摘要", "摘要不计")]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_a_template_saved_by_libreoffice_gives_the_same_workbook(tmp_path: Path) -> None:
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "xlsx",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(TEMPLATE)], check=True, capture_output=True, timeout=120
    )
    checklist = sample_checklist(30, asks=3, most=12, types=("主体企业（集团公司）",))
    saved, shipped = (opened(checklist, path) for path in (tmp_path / TEMPLATE.name, TEMPLATE))

    assert saved.sheetnames == shipped.sheetnames
    for sheet in shipped:
        cells = [[str(cell.value) for cell in row] for row in sheet.iter_rows()]
        again = [[str(cell.value) for cell in row] for row in saved[sheet.title].iter_rows()]
        assert _without_digests(again) == _without_digests(cells), sheet.title
        assert saved[sheet.title].protection.sheet == sheet.protection.sheet
    assert {name: one.attr_text for name, one in saved.defined_names.items()} == {
        name: one.attr_text for name, one in shipped.defined_names.items()
    }


def test_a_model_row_lower_down_is_found_and_stretched_from_there(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["备查资料"]
        sheet.move_range("A5:E5", rows=2)
        for cell in sheet[5]:
            sheet.cell(7, cell.column)._style = cell._style
        sheet.conditional_formatting = type(sheet.conditional_formatting)()
        sheet.data_validations.dataValidation = []
        book.defined_names["资料"] = DefinedName("资料", attr_text="备查资料!$A$7:$E$7")
        sheet.merge_cells("C7:D7")

    book = opened(sample_checklist(9, facts=LARGE), changed(tmp_path, change))
    sheet = book["备查资料"]

    assert sheet["A6"].value is None and "承诺书" in "".join(texts(sheet))
    assert book.defined_names["资料"].attr_text == f"备查资料!$A$7:$E${sheet.max_row}"
    assert f"C{sheet.max_row}:D{sheet.max_row}" in sheet.merged_cells


@given(top=st.integers(1, 40), height=st.integers(0, 5), model=st.integers(1, 40), more=st.integers(0, 300))
def test_a_range_that_holds_the_model_row_reaches_the_last(
    top: int, height: int, model: int, more: int
) -> None:
    bottom, last = top + height, model + more

    left, first, right, end = range_boundaries(
        stretched(f"$B${top}:$D${bottom}", model, last).replace("$", "")
    )

    assert (left, first, right) == (2, top, 4)
    assert end == (max(bottom, last) if top <= model <= bottom else bottom)

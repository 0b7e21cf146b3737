"""The tools, one function each: so many documents into a folder, the way the tool is meant to be used.

Every function runs in a process of its own (``run.py`` starts it); a document is written to a file of its own.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from copy import copy, deepcopy
from pathlib import Path
from typing import Any

import work

from checklists.checklist.printed import printed
from checklists.documents.views import list_view

Maker = Callable[[Path, int, int], None]
"""Folder for the files, number of documents, items a list."""


def each(count: int, items: int) -> Iterator[tuple[int, dict[str, Any], list[dict[str, str]]]]:
    """Number, enterprise and rows of each document."""
    library = work.made_up_library(items)
    told = work.enterprises(count)
    kinds = {one["list"] for one in told}
    rows = {kind: work.plain_rows(work.checklist_of(library, kind)) for kind in kinds}
    for number, one in enumerate(told):
        yield number, one, rows[one["list"]]


# ---------------------------------------------------------------- Word, a plain table


def docxtpl(out: Path, count: int, items: int) -> None:
    """docxtpl: the template is opened anew for each document, as it has to be."""
    from docxtpl import DocxTemplate

    template = work.plain_docx(out / "template.docx", "jinja")
    for number, enterprise, rows in each(count, items):
        document = DocxTemplate(str(template))
        document.render({"enterprise": enterprise, "rows": rows}, autoescape=True)
        document.save(str(out / f"{number}.docx"))


def python_docx(out: Path, count: int, items: int) -> None:
    """python-docx: the model row copied for each row, texts put in."""
    import docx
    from docx.table import _Row

    template = work.plain_docx(out / "template.docx", "copy")
    for number, enterprise, rows in each(count, items):
        document = docx.Document(str(template))
        for paragraph in document.paragraphs:
            for name in work.FIELDS:
                if f"{{{name}}}" in paragraph.text:
                    paragraph.runs[0].text = paragraph.text.replace(f"{{{name}}}", str(enterprise[name]))
        table = document.tables[0]
        model = table.rows[1]._tr
        for row in rows:
            made = deepcopy(model)
            model.addprevious(made)
            for cell, text in zip(_Row(made, table).cells, row.values(), strict=True):
                cell.paragraphs[0].runs[0].text = text
        model.getparent().remove(model)
        document.save(str(out / f"{number}.docx"))


def word_plate(out: Path, count: int, items: int) -> None:
    """Ours, one process: the same plain template, a plate a list, a stamp an enterprise."""
    from checklists.documents.plate import make_plate, stamp
    from checklists.documents.word.fill import fill_word
    from checklists.files.writing import move_whole

    template = work.plain_docx(out / "template.docx", "jinja")
    plates: dict[int, Any] = {}
    for number, enterprise, rows in each(count, items):
        if enterprise["list"] not in plates:
            plates[enterprise["list"]] = make_plate(fill_word(template, {"rows": rows}, work.DAY))
        values = {name: str(enterprise[name]) for name in work.FIELDS}
        move_whole(str(out / f"{number}.docx"), stamp(plates[enterprise["list"]], values))


def word_zipfile(out: Path, count: int, items: int) -> None:
    """zipfile of ready XML: nothing is filled, each document is only compressed anew."""
    _zip_ready(out, count, _ready_word(out, items), "docx")


def word_bytes(out: Path, count: int, items: int) -> None:
    """Writing the bytes of ready documents."""
    _write_ready(out, count, _zipped(_ready_word(out, items)), "docx")


def _ready_word(out: Path, items: int) -> dict[str, bytes]:
    from checklists.documents.plate import read_parts

    word_plate(out, 1, items)
    return read_parts((out / "0.docx").read_bytes())


# ---------------------------------------------------------------- Excel, a plain table


def openpyxl_from_template(out: Path, count: int, items: int) -> None:
    """openpyxl: the template opened anew, rows written under the model row with its styles."""
    template = work.plain_xlsx(out / "template.xlsx", "copy")
    for number, enterprise, rows in each(count, items):
        (out / f"{number}.xlsx").write_bytes(_plain_workbook(template, enterprise, rows))


def _plain_workbook(template: Path, enterprise: dict[str, Any], rows: list[dict[str, str]]) -> bytes:
    import openpyxl

    book = openpyxl.load_workbook(template)
    sheet = book.worksheets[0]
    for cell in (sheet["A1"], sheet["A2"]):
        for name in work.FIELDS:
            cell.value = cell.value.replace(f"{{{name}}}", str(enterprise[name]))
    styles = [copy(sheet.cell(4, column)._style) for column in range(1, 9)]
    for number, row in enumerate(rows, start=4):
        for column, text in enumerate(row.values(), start=1):
            cell = sheet.cell(number, column, text)
            cell._style = copy(styles[column - 1])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def xlsxwriter(out: Path, count: int, items: int) -> None:
    """xlsxwriter: no template, the same sheet written from nothing."""
    import xlsxwriter as library

    for number, enterprise, rows in each(count, items):
        book = library.Workbook(str(out / f"{number}.xlsx"))
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"})
        plain = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
        sheet.write(0, 0, enterprise["name"])
        sheet.write(1, 0, "；".join(str(enterprise[name]) for name in work.FIELDS[1:]))
        for column, (title, width) in enumerate(zip(work.TITLES, work.WIDTHS, strict=True)):
            sheet.write(2, column, title, bold)
            sheet.set_column(column, column, width / 2)
        for line, row in enumerate(rows, start=3):
            for column, text in enumerate(row.values()):
                sheet.write_string(line, column, text, plain)
        book.close()


def excel_plate(out: Path, count: int, items: int) -> None:
    """Ours, one process: the same plain template filled by openpyxl once a list, a stamp an enterprise."""
    from checklists.documents.excel.parts import parts_of
    from checklists.documents.fields import mark
    from checklists.documents.plate import make_plate, stamp
    from checklists.files.writing import move_whole

    template = work.plain_xlsx(out / "template.xlsx", "copy")
    marks = {name: mark(name) for name in work.FIELDS}
    plates: dict[int, Any] = {}
    for number, enterprise, rows in each(count, items):
        if enterprise["list"] not in plates:
            plates[enterprise["list"]] = make_plate(
                parts_of(_opened(_plain_workbook(template, marks, rows)), work.DAY)
            )
        values = {name: str(enterprise[name]) for name in work.FIELDS}
        move_whole(str(out / f"{number}.xlsx"), stamp(plates[enterprise["list"]], values))


def _opened(content: bytes) -> Any:
    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(content))


def excel_zipfile(out: Path, count: int, items: int) -> None:
    """zipfile of ready XML."""
    _zip_ready(out, count, _ready_excel(out, items), "xlsx")


def excel_bytes(out: Path, count: int, items: int) -> None:
    """Writing the bytes of ready workbooks."""
    _write_ready(out, count, _zipped(_ready_excel(out, items)), "xlsx")


def _ready_excel(out: Path, items: int) -> dict[str, bytes]:
    from checklists.documents.plate import read_parts

    excel_plate(out, 1, items)
    return read_parts((out / "0.xlsx").read_bytes())


# ---------------------------------------------------------------- limits


def _zip_ready(out: Path, count: int, parts: dict[str, bytes], ending: str) -> None:
    for number in range(count):
        (out / f"{number}.{ending}").write_bytes(_zipped(parts))


def _zipped(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name, content)
    return written.getvalue()


def _write_ready(out: Path, count: int, content: bytes, ending: str) -> None:
    for number in range(count):
        (out / f"{number}.{ending}").write_bytes(content)


# ---------------------------------------------------------------- the shipped templates


def shipped_docxtpl(out: Path, count: int, items: int) -> None:
    """docxtpl on the shipped template, given all that ours is given."""
    from docxtpl import DocxTemplate

    library = work.made_up_library(items)
    contexts = [list_view(printed(work.checklist_of(library, kind))) for kind in range(work.TYPES)]
    for number, enterprise in enumerate(work.enterprises(count)):
        document = DocxTemplate(str(work.ROOT / "templates/现场检查表.docx"))
        told = {**enterprise, "name_or_line": enterprise["name"]}
        document.render({"enterprise": told, "checklist": contexts[enterprise["list"]]}, autoescape=True)
        document.save(str(out / f"{number}.docx"))


def shipped_openpyxl(out: Path, count: int, items: int) -> None:
    """openpyxl on the shipped template: opened anew, every cell of every table written with its model's style."""
    from checklists.documents.excel.rows import tables_of
    from checklists.documents.excel.view import workbook_view

    library = work.made_up_library(items)
    told = []
    for kind in range(work.TYPES):
        shown = printed(work.checklist_of(library, kind))
        tables = tables_of(shown)
        told.append((workbook_view(shown, tables), {table.sheet: table for table in tables}))
    for number, enterprise in enumerate(work.enterprises(count)):
        view, tables = told[enterprise["list"]]
        names = {"checklist": view, "enterprise": {**enterprise, "name_or_line": enterprise["name"]}}
        (out / f"{number}.xlsx").write_bytes(_shipped_workbook(names, tables))


def _shipped_workbook(names: dict[str, Any], tables: dict[str, Any]) -> bytes:
    import openpyxl
    from jinja2.sandbox import SandboxedEnvironment

    filled = SandboxedEnvironment().from_string
    book = openpyxl.load_workbook(work.ROOT / "templates/企业自查工作簿.xlsx")
    for sheet in book.worksheets:
        table = tables.get(sheet.title)
        if sheet.title in ("班组日查", "车间周查", "集团季查") and table is None:
            continue
        model = [(copy(cell._style), cell.value) for cell in sheet[sheet.max_row]] if table else []
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and "{{" in cell.value and "row." not in cell.value:
                    cell.value = filled(cell.value).render(names)
        compiled = [
            filled(value).render if isinstance(value, str) and "{{" in value else None for _, value in model
        ]
        first = sheet.max_row
        for number, row in enumerate([*table.rows, *table.own, *table.under] if table else [], start=first):
            for column, ((style, value), render) in enumerate(zip(model, compiled, strict=True), start=1):
                cell = sheet.cell(number, column)
                if not isinstance(cell, openpyxl.cell.cell.MergedCell):
                    cell.value = render({**names, "row": row}) if render else value
                    cell._style = copy(style)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


MAKERS: dict[str, Maker] = {
    maker.__name__: maker
    for maker in (
        docxtpl, python_docx, word_plate, word_zipfile, word_bytes,
        openpyxl_from_template, xlsxwriter, excel_plate, excel_zipfile, excel_bytes,
        shipped_docxtpl, shipped_openpyxl,
    )
}  # fmt: skip

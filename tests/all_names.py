"""Templates that print every name a template may use, drawn by program, and values that are found again in print."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, get_args, get_origin

import openpyxl
from docx import Document

from checklists.documents.catalogue import CHECKLIST, DOCUMENTS, WORKBOOK
from checklists.documents.excel.rows import GUIDE, ROW_TYPES
from checklists.documents.fields import EnterpriseFields
from checklists.documents.names import fields_of
from checklists.documents.views import APPENDIX
from tests.sample import TEMPLATES

YES, NO = "有此情形", "无此情形"


def all_names(folder: Path) -> Path:
    """Write the three templates into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for title in (CHECKLIST, APPENDIX):
        document = Document()
        for name, kind in {**DOCUMENTS[title].kinds, "enterprise": EnterpriseFields}.items():
            for line in _paragraphs(name, kind):
                document.add_paragraph(line)
        document.save(str(folder / DOCUMENTS[title].file))
    _workbook(folder / DOCUMENTS[WORKBOOK].file)
    return folder


def _held(kind: Any) -> Any:
    """X of ``tuple[X, ...]``; None of anything else."""
    return get_args(kind)[0] if get_origin(kind) is tuple else None


def _paragraphs(path: str, kind: Any) -> Iterator[str]:
    """A paragraph a text, loops around what there are several of."""
    held = _held(kind)
    if fields := fields_of(kind):
        for name, of_field in fields.items():
            yield from _paragraphs(f"{path}.{name}", of_field)
    elif kind is bool:  # the only thing that a template may ask and not print
        yield f"{path.replace('.', '／')}：{{% if {path} %}}{YES}{{% else %}}{NO}{{% endif %}}"
    elif held is None:
        yield f"{path.replace('.', '／')}：{{{{ {path} }}}}"
    else:
        one = f"one_of_{path.replace('.', '_')}"
        yield f"{{%p for {one} in {path} %}}"
        yield from _paragraphs(one, held)
        yield "{%p endfor %}"


def _workbook(path: Path) -> None:
    """The shipped workbook with every name beside the form on its first sheet, and beside every model row every field of the row."""
    book = openpyxl.load_workbook(TEMPLATES / DOCUMENTS[WORKBOOK].file, rich_text=True)
    guide = book[GUIDE]
    kinds = {**DOCUMENTS[WORKBOOK].kinds, "enterprise": EnterpriseFields}
    names = [f"{name}.{field}" for name, kind in kinds.items() for field in fields_of(kind)]
    for at, name in enumerate(names):
        guide.cell(1 + at % 25, 9 + at // 25, f"{name.replace('.', '／')}：{{{{ {name} }}}}")
    for title, kind in ROW_TYPES.items():
        sheet = book[title]
        model = max(cell.row for row in sheet.iter_rows() for cell in row if "row." in str(cell.value))
        for column, field in enumerate(fields_of(kind), start=sheet.max_column + 1):
            sheet.cell(model, column, f"{field}：{{{{ row.{field} }}}}")
    book.save(path)


def sentinels(kind: Any, numbers: Iterator[int] | None = None) -> Any:
    """A value of a type in which every text and number is another, so that each is found again where it is printed."""
    numbers = numbers or count(70001)
    if fields := fields_of(kind):
        return kind(**{name: sentinels(of_field, numbers) for name, of_field in fields.items()})
    if (held := _held(kind)) is not None:
        return (sentinels(held, numbers),)
    number = next(numbers)
    if kind is bool:
        return number % 2 == 0
    if kind is datetime.date:
        return datetime.date(2031, 7, 9)
    return number if kind in (int, int | str) else f"甲{number}乙"


def printed_of(value: Any) -> Iterator[str]:
    """How every text and number in a value is printed."""
    fields = fields_of(type(value))
    if fields:
        for name in fields:
            yield from printed_of(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from printed_of(one)
    elif isinstance(value, bool):
        yield YES if value else NO
    else:
        yield str(value)

"""A template tried on an example: whether what it must print is really there, and its rows can be read back."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from checklists.checklist.build import Checklist
from checklists.checklist.printed import PrintedRow, printed
from checklists.documents.catalogue import EXCEL, SAME_AS, Document, Names, spoken
from checklists.documents.excel.fill import CLAIMS_HEAD, rows_held
from checklists.documents.excel.sheets import GUIDE, MONTH, REST
from checklists.documents.fields import ENTERPRISE, FIELD_NAMES, field_values, mark
from checklists.documents.make import filled, printing_of
from checklists.documents.plate import make_plate, stamp
from checklists.documents.reading import Line
from checklists.documents.word.reading import printed_rows
from checklists.documents.word.shown import shown_lines, shown_text
from checklists.documents.word.tags import MAIN
from checklists.documents.word.template import DOCUMENT
from checklists.files.package import parse_xml
from checklists.problems import Position, Problem, problem

WORDING = ("检查内容", "怎样算符合", "依据代号")
"""Character styles by which reading knows the wording of a row."""
STYLES = "word/styles.xml"


def tried(document: Document, template: Path, example: Checklist) -> list[Problem]:
    """What shows when the template is filled: texts that a condition swallowed, rows that are not printed whole.

    A list that prints well and cannot be read back is a notice. Raises Refused when it cannot be filled.
    """
    printing, position = printing_of(document, printed(example), template), Position(str(template))
    names, parts = dict(printing.names), filled(printing)
    if document.ending == EXCEL:
        return _tried_workbook(document, names, parts, example, position)
    return _tried_word(document, names, parts, position)


def _wanted(
    document: Document, names: Names, enterprise: Mapping[str, str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Fields that the document has to print, with the text of each; of a name also what may stand for it."""
    for field in document.prints:
        first, _, name = field.partition(".")
        if first == ENTERPRISE:
            alike = (name, *(one.partition(".")[2] for one in SAME_AS.get(field, ())))
            texts = tuple(enterprise[one] for one in alike if one in enterprise)
        else:
            value = getattr(names.get(first), name, None)
            texts = (value,) if isinstance(value, str) else ()
        if texts:
            yield field, texts


def _unprinted(text: str, wanted: Iterable[tuple[str, tuple[str, ...]]], position: Position) -> list[Problem]:
    lost = [field for field, texts in wanted if not any(one in text for one in texts)]
    return [problem("template-field-unprinted", position, fields=spoken(lost))] if lost else []


# ---------------------------------------------------------------- Word


def _tried_word(
    document: Document, names: Names, parts: Mapping[str, bytes], position: Position
) -> list[Problem]:
    text = shown_text(parts)
    found = _unprinted(text, _wanted(document, names, {name: mark(name) for name in FIELD_NAMES}), position)
    if "row.content" not in document.prints:
        return found
    rows: Sequence[PrintedRow] = names["checklist"].rows
    lost = _lost_rows(rows, text)
    if lost:
        told = {"count": len(rows), "lost": len(lost), "first": lost[0].number}
        found.append(problem("template-rows-unprinted", position, **told))
    why = [*_lacks_boxes(rows, shown_lines(parts)), *_lacks_wording(rows, parts)] if not found else []
    return [*found, problem("template-not-read-back", position, why="；".join(why))] if why else found


def _lost_rows(rows: Sequence[PrintedRow], text: str) -> list[PrintedRow]:
    """Rows whose content does not stand whole in the text with number and marks between it and its neighbours."""
    contents = sorted((row.content for row in rows), key=len, reverse=True)
    places = list(re.finditer("|".join(map(re.escape, contents)), text))
    ends, starts = [0, *(one.end() for one in places)], [*(one.start() for one in places), len(text)]
    beside: dict[str, list[str]] = {}
    for one, before, after in zip(places, ends[:-1], starts[1:], strict=True):
        beside.setdefault(one[0], []).append(f"{text[before : one.start()]}\n{text[one.end() : after]}")
    return [row for row in rows if not any(_tells(row, told) for told in beside.get(row.content, ()))]


def _tells(row: PrintedRow, text: str) -> bool:
    has_number = re.search(rf"(?<![0-9]){row.number}(?![0-9])", text)
    return has_number is not None and all(sign in text for sign in row.marks)


def _lacks_boxes(rows: Sequence[PrintedRow], lines: Sequence[Line]) -> Iterator[str]:
    in_tables = ["\n".join(line.texts.values()) for line in lines if "个表格" in line.at]
    for row in rows:
        boxes = max((told.count("□") for told in in_tables if row.content in told), default=0)
        if boxes < (2 if row.advice else 3):
            yield "各项没有三个方框 □（符合、不符合、不涉及）"
            return


def _lacks_wording(rows: Sequence[PrintedRow], parts: Mapping[str, bytes]) -> Iterator[str]:
    """Why the wording of rows is not known again by its character styles."""
    digests = {row.digest for row in printed_rows(parts) if row.content}
    if any(row.digest not in digests for row in rows):
        lost = [f"「{name}」" for name in WORDING if not _is_used(name, parts)]
        yield f"没有用字符样式{''.join(lost)}" if lost else "措辞有截短、替换或加进去的字"


def _is_used(style: str, parts: Mapping[str, bytes]) -> bool:
    """Whether runs of the body carry a character style, which programs rename but for its name."""
    named = parse_xml(parts.get(STYLES, b"<none/>")).iterfind(
        f"{{{MAIN}}}style/{{{MAIN}}}name[@{{{MAIN}}}val='{style}']"
    )
    ids = {one.getparent().get(f"{{{MAIN}}}styleId") for one in named}
    return any(
        one.get(f"{{{MAIN}}}val") in ids for one in parse_xml(parts[DOCUMENT]).iter(f"{{{MAIN}}}rStyle")
    )


# ---------------------------------------------------------------- Excel


def _tried_workbook(
    document: Document, names: Names, parts: Mapping[str, bytes], example: Checklist, position: Position
) -> list[Problem]:
    content = stamp(make_plate(parts), field_values(example))
    workbook = load_workbook(io.BytesIO(content), rich_text=True)
    guide = "\n".join(map(str, _values(workbook[GUIDE], CLAIMS_HEAD)))
    found = _unprinted(guide, _wanted(document, names, {"serial": example.serial}), position)
    lines = {str(value).partition("\n")[0].lstrip("★▲") for value in _checked(workbook)}
    held = {row.id for row in rows_held(names, workbook.sheetnames)}
    rows = [row for row in example.rows if row.item.id in held]
    read = sum({row.item.id, row.content, row.standard, row.code} <= lines for row in rows)
    if read < len(rows):
        found.append(problem("template-rows-unreadable", position, count=len(rows), read=read))
    return found


def _checked(workbook: Workbook) -> Iterator[object]:
    """Values of the sheets that between them hold every row."""
    for name in (MONTH, REST):
        if name in workbook.sheetnames:
            yield from _values(workbook[name])


def _values(sheet: Worksheet, until: str = "") -> Iterator[object]:
    """All values, or those above the row that begins with ``until``."""
    for row in sheet.iter_rows(values_only=True):
        if until and row[0] == until:
            return
        yield from (value for value in row if value is not None)

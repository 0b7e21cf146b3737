"""One change of a workbook that a reader would see, or that changes what it reckons."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.attacks import ground
from tests.attacks.word_tampering import NOT_DONE, OTHERS, TAMPERINGS, Parts

Book = Any
Tampering = Callable[[random.Random, bytes], tuple[bytes, str]]
"""The file changed, and what was done; nothing said when there was nothing to change."""


def opened(package: bytes) -> Book:
    """The workbook with openpyxl."""
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(package))


def saved(book: Book) -> bytes:
    """The workbook written by openpyxl."""
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _locked_texts(book: Book, least: int = 1) -> list[Any]:
    return [
        cell
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
        and not cell.value.startswith("=")
        and cell.protection.locked
        and sum(map(str.isalnum, cell.value)) >= least
    ]


def _by_openpyxl(change: Callable[[random.Random, Book], str]) -> Tampering:
    def made(chance: random.Random, package: bytes) -> tuple[bytes, str]:
        book = opened(package)
        told = change(chance, book)
        return saved(book), told

    return made


def _where(cell: Any) -> str:
    return f"{cell.parent.title}!{cell.coordinate}"


def _letter(chance: random.Random, book: Book) -> str:
    cell = chance.choice(_locked_texts(book))
    at = chance.choice([number for number, letter in enumerate(cell.value) if letter.isalnum()])
    other = chance.choice([one for one in OTHERS if one != cell.value[at]])
    told = f"{_where(cell)} 改一个字（{cell.value[:30]}）"
    cell.value = cell.value[:at] + other + cell.value[at + 1 :]
    return told


def _emptied(chance: random.Random, book: Book) -> str:
    cell = chance.choice(_locked_texts(book))
    told = f"{_where(cell)} 删去（{cell.value[:30]}）"
    cell.value = None
    return told


def _second_line(chance: random.Random, book: Book) -> str:
    cell = chance.choice(_locked_texts(book, 8))
    cell.value += chance.choice(["\n以上免查", "（免查）", "\n\n\n\n不检查"])
    return f"{_where(cell)} 加第二行"


def _format(chance: random.Random, book: Book) -> str:
    cell = chance.choice(_locked_texts(book, 6))
    cell.number_format = chance.choice(['"本项免查"', ';;;"本项免查"', ";;;", '@"（免查）"'])
    return f"{_where(cell)} 数字格式 {cell.number_format}"


def _formula(chance: random.Random, book: Book) -> str:
    cell = chance.choice(_locked_texts(book, 6))
    cell.value = chance.choice(['="本项免查"', f'="{cell.value[:20]}"&"不"', "=1+1"])
    return f"{_where(cell)} 换成公式 {cell.value}"


def _formula_cells(book: Book) -> list[Any]:
    return [
        cell
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=") and cell.protection.locked
    ]


def _formula_changed(chance: random.Random, book: Book) -> str:
    if not (cells := _formula_cells(book)):
        return NOT_DONE
    cell = chance.choice(cells)
    cell.value = chance.choice(["=0", '="符合"', cell.value + "+1", 0, "符合"])
    return f"{_where(cell)} 的公式换成 {cell.value}"


def _row_gone(chance: random.Random, book: Book) -> str:
    cell = chance.choice(_locked_texts(book, 6))
    cell.parent.delete_rows(cell.row)
    return f"{_where(cell)} 删一行"


def _row_more(chance: random.Random, book: Book) -> str:
    cell = chance.choice(_locked_texts(book, 6))
    sheet, row = cell.parent, cell.row
    sheet.insert_rows(row)
    for column in range(1, sheet.max_column + 1):
        sheet.cell(row, column).value = sheet.cell(row + 1, column).value
    return f"{sheet.title} 第 {row} 行插入一行"


def _wordings_swapped(chance: random.Random, book: Book) -> str:
    cell = chance.choice(_locked_texts(book, 8))
    beside = [one for one in cell.parent[cell.column_letter] if one in _same_kind(cell)]
    if not beside:
        return NOT_DONE
    other = chance.choice(beside)
    cell.value, other.value = other.value, cell.value
    return f"{_where(cell)} 与 {other.coordinate} 对调"


def _same_kind(cell: Any) -> list[Any]:
    found = cell.parent[cell.column_letter]
    return [
        one for one in found if isinstance(one.value, str) and len(one.value) > 8 and one.value != cell.value
    ]


def _sheet_gone(chance: random.Random, book: Book) -> str:
    sheet = chance.choice(book.worksheets)
    book.remove(sheet)
    return f"删去工作表 {sheet.title}"


def _sheet_hidden(chance: random.Random, book: Book) -> str:
    sheet = chance.choice([one for one in book.worksheets if one.sheet_state == "visible"])
    sheet.sheet_state = chance.choice(["hidden", "veryHidden"])
    return f"隐藏工作表 {sheet.title}"


def _sheet_more(chance: random.Random, book: Book) -> str:
    book.create_sheet("补充规定", 0)["A1"] = "本簿各项免查"
    return "加一张工作表"


def _sheet_renamed(chance: random.Random, book: Book) -> str:
    sheet = chance.choice(book.worksheets)
    sheet.title = f"{sheet.title[:20]}（免）"
    return f"工作表改名 {sheet.title}"


def _page_head(chance: random.Random, book: Book) -> str:
    sheet = chance.choice(book.worksheets)
    sheet.oddHeader.center.text = "本表免查"
    return f"{sheet.title} 的打印页眉"


def _beside(chance: random.Random, book: Book) -> str:
    empty = [
        cell
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is None and cell.protection.locked and type(cell).__name__ == "Cell"
    ]
    if not empty:
        return NOT_DONE
    cell = chance.choice(empty)
    cell.value = "免查"
    return f"{_where(cell)} 锁定的空格里写字"


def _merged(chance: random.Random, book: Book) -> str:
    cell = chance.choice(_locked_texts(book, 8))
    sheet = cell.parent
    area = f"{cell.coordinate}:{sheet.cell(cell.row, cell.column + 1).coordinate}"
    if any(area.split(":")[1] in one or cell.coordinate in one for one in sheet.merged_cells.ranges):
        return NOT_DONE
    if sheet.cell(cell.row, cell.column + 1).value is None:
        return NOT_DONE
    sheet.merge_cells(area)
    return f"{sheet.title}!{area} 合并，盖住右边的字"


# ---------------------------------------------------------------- in the XML itself


def _in_parts(change: Callable[[random.Random, Parts], str]) -> Tampering:
    def made(chance: random.Random, package: bytes) -> tuple[bytes, str]:
        parts = ground.parts_of(package)
        told = change(chance, parts)
        return ground.packed(parts), told

    return made


def _sheets(parts: Parts) -> list[str]:
    return sorted(name for name in parts if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name))


_RESULT = re.compile(rb"(</f>|<f[^>]*/>)<v>([^<]*)</v>")
_TEXT_CELL = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"([^>]*) t="(?:s|inlineStr)"([^>]*)>(?:(?!</c>).)*</c>', re.DOTALL
)


def _old_result(chance: random.Random, parts: Parts) -> str:
    """A formula's stored result changed: programs that do not reckon anew show it."""
    places = [(name, found) for name in _sheets(parts) for found in _RESULT.finditer(parts[name])]
    if not places:
        return NOT_DONE
    name, found = chance.choice(places)
    other = b"7" if found[2] != b"7" else b"8"
    parts[name] = parts[name][: found.start(2)] + other + parts[name][found.end(2) :]
    return f"{name} 公式的旧结果 {found[2].decode()} 改为 {other.decode()}"


def _formula_with_result(chance: random.Random, parts: Parts) -> str:
    """A text cell becomes a formula that says something else when it is reckoned; its stored result is the text."""
    name = chance.choice(_sheets(parts))
    cells = list(_TEXT_CELL.finditer(parts[name]))
    if not cells:
        return NOT_DONE
    found = chance.choice(cells)
    told = f"{name} {found[1].decode()} 换成公式，带着旧文字"
    cell = b'<c r="%s"%s%s t="str"><f>"%s"</f><v>%s</v></c>'
    parts[name] = (
        parts[name][: found.start()]
        + cell % (found[1], found[2], found[3], "本项免查".encode(), "旧".encode())
        + parts[name][found.end() :]
    )
    return told


TAMPERINGS_OF_BOOKS: Mapping[str, Tampering] = {
    "改字": _by_openpyxl(_letter),
    "删字": _by_openpyxl(_emptied),
    "加第二行": _by_openpyxl(_second_line),
    "数字格式": _by_openpyxl(_format),
    "字换公式": _by_openpyxl(_formula),
    "改公式": _by_openpyxl(_formula_changed),
    "删行": _by_openpyxl(_row_gone),
    "加行": _by_openpyxl(_row_more),
    "对调": _by_openpyxl(_wordings_swapped),
    "删表": _by_openpyxl(_sheet_gone),
    "藏表": _by_openpyxl(_sheet_hidden),
    "加表": _by_openpyxl(_sheet_more),
    "表改名": _by_openpyxl(_sheet_renamed),
    "打印页眉": _by_openpyxl(_page_head),
    "空格写字": _by_openpyxl(_beside),
    "合并": _by_openpyxl(_merged),
    "旧结果": _in_parts(_old_result),
    "带旧文字的公式": _in_parts(_formula_with_result),
    "改资料": _in_parts(TAMPERINGS["改资料"]),
    "删资料": _in_parts(TAMPERINGS["删资料"]),
}

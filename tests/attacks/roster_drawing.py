"""Writes the rows of a roster into a file of one of the formats, with messes; says which row is where."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Rows = list[list[str]]
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no workbook can hold."""


@dataclass
class Drawn:
    """A roster written: its file, what was made messy, and for each firm the rows or lines that may be named."""

    path: Path
    messes: list[str] = field(default_factory=list)
    rows: list[list[int]] = field(default_factory=list)


Writer = Callable[[random.Random, Path, list[str], Rows], Drawn]


# ---------------------------------------------------------------- workbooks


def xlsx(chance: random.Random, folder: Path, heads: list[str], firms: Rows) -> Drawn:
    """A workbook with up to four messes."""
    from openpyxl import Workbook

    drawn = Drawn(folder / chance.choice(["名录.xlsx", "名录（1）.XLSX", "a b.xlsx"]))
    book = Workbook()
    sheet = book.active
    sheet.title = chance.choice(["企业名录", "Sheet1", "名录 "])
    before = [mess for mess in BEFORE if chance.random() < 0.15]
    for mess in before:
        mess(chance, sheet)
        drawn.messes.append(mess.__name__.strip("_"))
    sheet.append(_heads(chance, heads, drawn))
    for cells in firms:
        if chance.random() < 0.1:
            sheet.append([None])
            sheet.append([" ", None])
        sheet.append([ILLEGAL.sub("", cell) for cell in cells])
        _as_text(sheet, sheet.max_row)
        drawn.rows.append([sheet.max_row])
    for mess in WITHIN:
        if chance.random() < 0.12:
            mess(chance, book, drawn)
            drawn.messes.append(mess.__name__.strip("_"))
    book.save(drawn.path)
    return drawn


def _as_text(sheet: Any, row: int) -> None:
    for cell in sheet[row]:
        if isinstance(cell.value, str):
            cell.data_type = "s"


def _heads(chance: random.Random, heads: list[str], drawn: Drawn) -> list[str]:
    if chance.random() < 0.3:
        drawn.messes.append("表头写法")
        others = {
            "单位名称": "企业名称*",
            "企业类型": "类型（必填）",
            "所在地": " 所在地\n",
            "统一社会信用代码": "信用代码：",
        }
        return [others[head] for head in heads]
    return heads


def _title(chance: random.Random, sheet: Any) -> None:
    sheet.append(["某县企业名录（2026年）"])
    if chance.random() < 0.5:
        sheet.merge_cells("A1:D1")


def _empty_above(chance: random.Random, sheet: Any) -> None:
    for _ in range(chance.randint(1, 4)):
        sheet.append([])
    sheet.append(["填表单位：某某镇", None, "日期：2026年"])


BEFORE = (_title, _empty_above)


def _foot(chance: random.Random, book: Any, drawn: Drawn) -> None:
    for words in chance.sample(
        ["合计", "填表人：张三", "注：以上为全部企业", "审核人：", "第1页共1页", "小计"], 2
    ):
        book.active.append([words, None, chance.choice([None, str(len(drawn.rows))])])


def _hidden_rows(chance: random.Random, book: Any, drawn: Drawn) -> None:
    for rows in chance.sample(drawn.rows, 1):
        book.active.row_dimensions[rows[0]].hidden = True


def _hidden_column(chance: random.Random, book: Any, drawn: Drawn) -> None:
    book.active.column_dimensions[chance.choice("ABCD")].hidden = True


def _merged_down(chance: random.Random, book: Any, drawn: Drawn) -> None:
    column, first, last = chance.choice("BCC"), drawn.rows[0][0], drawn.rows[-1][0]
    if last > first:
        book.active.merge_cells(f"{column}{first}:{column}{min(last, first + chance.randint(1, 3))}")


def _merged_names(chance: random.Random, book: Any, drawn: Drawn) -> None:
    """Names merged across: A and B of one row are one cell, so that the type is gone."""
    row = chance.choice(drawn.rows)[0]
    book.active.merge_cells(f"A{row}:B{row}")


def _head_again(chance: random.Random, book: Any, drawn: Drawn) -> None:
    sheet = book.active
    heads = [
        cell.value for cell in next(row for row in sheet.iter_rows() if len([c for c in row if c.value]) > 2)
    ]
    sheet.append(heads)


def _second_sheet(chance: random.Random, book: Any, drawn: Drawn) -> None:
    other = book.create_sheet(chance.choice(["Sheet2", "旧名录", "说明"]), chance.choice([0, 1]))
    other.append(["单位名称", "企业类型"])
    other.append(["他处饭店", "加油站"])
    if chance.random() < 0.3:
        other.sheet_state = "hidden"
    book.active = book.worksheets.index(next(one for one in book.worksheets if one is not other))


def _formula(chance: random.Random, book: Any, drawn: Drawn) -> None:
    """A name that is a formula: openpyxl stores no result, as a program does that does not calculate."""
    row = chance.choice(drawn.rows)[0]
    book.active.cell(row, chance.choice([1, 2, 3])).value = chance.choice(
        ['="甲"&"乙"', "=1/0", "=VLOOKUP(1,A:B,2)"]
    )


def _error(chance: random.Random, book: Any, drawn: Drawn) -> None:
    cell = book.active.cell(chance.choice(drawn.rows)[0], chance.choice([1, 2, 3, 4]))
    cell.value, cell.data_type = chance.choice(["#N/A", "#REF!", "#NAME?"]), "e"


def _stray(chance: random.Random, book: Any, drawn: Drawn) -> None:
    reference = chance.choice(["XFD2", "A1048576", "XFD1048576", "F3", "AA5"])
    book.active[reference] = chance.choice(["x", " ", "备注"])


def _extra_columns(chance: random.Random, book: Any, drawn: Drawn) -> None:
    sheet = book.active
    for row in range(1, sheet.max_row + 1):
        sheet.cell(row, 6).value = chance.choice([None, row, "备注", "是"])


WITHIN: tuple[Callable[[random.Random, Any, Drawn], None], ...] = (
    _foot, _hidden_rows, _hidden_column, _merged_down, _merged_names, _head_again, _second_sheet, _formula, _error,
    _stray, _extra_columns,
)  # fmt: skip


# ---------------------------------------------------------------- CSV


def csv(chance: random.Random, folder: Path, heads: list[str], firms: Rows) -> Drawn:
    """A CSV file in one of the encodings, with one or more messes in its lines."""
    drawn = Drawn(folder / chance.choice(["名录.csv", "名录.CSV"]))
    separator = chance.choice([",", ",", ",", "\t", ";"])
    end = chance.choice(["\n", "\r\n", "\r\n", "\r"])
    lines: list[str] = []
    for mess in (_csv_title, _csv_blank):
        if chance.random() < 0.15:
            lines += mess(chance)
            drawn.messes.append(mess.__name__.strip("_"))
    lines.append(separator.join(heads))
    for cells in firms:
        first = len(lines) + 1
        text, mess = _record(chance, cells, separator, end)
        lines += text.split(end)
        drawn.rows.append(list(range(first, len(lines) + 1)))
        drawn.messes += [mess] if mess else []
        if chance.random() < 0.1:
            lines.append(chance.choice(["", separator * 3, " "]))
    encoding = chance.choice(["utf-8", "utf-8-sig", "gb18030", "gb18030", "utf-16", "big5", "utf-16-be"])
    drawn.messes += [encoding, repr(end), repr(separator)]
    last = chance.choice([end, "", end * 3, "\x1a", f"合计{separator}{separator}{end}"])
    drawn.path.write_bytes((end.join(lines) + last).encode(encoding, "replace"))
    return drawn


def _csv_title(chance: random.Random) -> list[str]:
    return [chance.choice(["某县企业名录", "sep=,", '"名录"', "# 名录"])]


def _csv_blank(chance: random.Random) -> list[str]:
    return [""] * chance.randint(1, 3)


def _record(chance: random.Random, cells: list[str], separator: str, end: str) -> tuple[str, str]:
    """A line of the file, and what is wrong with its quotes."""
    kept = [_quoted(cell, separator) for cell in cells]
    at = chance.randrange(len(kept))
    kind = chance.random()
    if kind < 0.08:
        kept[0] = f'"{kept[0]}'
        return separator.join(kept), "引号没有收尾"
    if kind < 0.14:
        kept[0] = (
            f'{cells[0][:2]}"{cells[0][2:]}"' if not set(cells[0]) & set('"\r\n' + separator) else kept[0]
        )
        return separator.join(kept), "中间的引号"
    if kind < 0.2:
        kept[at] = f'{kept[at]}"' if not kept[at].endswith('"') else kept[at]
        return separator.join(kept), "多出的引号"
    if kind < 0.26:
        kept[-1] = f'"甲{end}乙"'
        return separator.join(kept), "引号内换行"
    if kind < 0.32:
        return separator.join([*kept, "多", "出"]), "多出的列"
    if kind < 0.38:
        return separator.join(kept[:-1]), "缺列"
    return separator.join(kept), ""


def _quoted(cell: str, separator: str) -> str:
    if set(cell) & {'"', separator, "\n", "\r"}:
        return '"' + cell.replace('"', '""') + '"'
    return cell


# ---------------------------------------------------------------- YAML


def yaml(chance: random.Random, folder: Path, heads: list[str], firms: Rows) -> Drawn:
    """A YAML list; now and then an entry that is none."""
    import json

    drawn = Drawn(folder / chance.choice(["名录.yaml", "名录.yml"]))
    lines: list[str] = []
    for cells in firms:
        first = len(lines) + 1
        told = dict(zip(heads, cells, strict=True))
        if chance.random() < 0.1:
            lines += chance.choice([["- 甲"], ["- [1, 2]"], ["-"], ["- {}"], ["- {备注: x}"]])
            first = len(lines) + 1
        lines += [
            f"{'- ' if number == 0 else '  '}{head}: {json.dumps(value, ensure_ascii=False)}"
            for number, (head, value) in enumerate(told.items())
        ]
        drawn.rows.append(list(range(first, len(lines) + 1)))
    encoding = chance.choice(["utf-8", "utf-8", "utf-8-sig", "gb18030"])
    drawn.messes.append(encoding)
    drawn.path.write_bytes("\n".join(lines).encode(encoding, "replace"))
    return drawn


WRITERS: Mapping[str, Writer] = {"xlsx": xlsx, "csv": csv, "yaml": yaml}

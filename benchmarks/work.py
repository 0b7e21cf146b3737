"""The work that all contenders are given: made-up checklists of a given length, rosters, and plain templates.

Nothing here stands in the rules: the items are words of the right length and nothing else.
"""

from __future__ import annotations

import csv
import dataclasses
import datetime
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.shared import Mm
from openpyxl.styles import Alignment, Border, Font, Side

from checklists.checklist.build import Checklist, build_checklist
from checklists.models import Basis, Enterprise, EnterpriseType, Fact, Industry, Item
from checklists.rules.library import Library, open_library
from checklists.selection.select import select

ROOT = Path(__file__).resolve().parent.parent
DAY = datetime.date(2026, 11, 22)
TYPES = 10
LISTS = TYPES
"""How many of the ten lists the documents of one contender are made of."""
FACTS = 20
"""Facts of the roster in which half of them are filled in."""
PLACE = "阳城县"
_LETTERS = "检查设备用电安全管理人员培训制度记录现场消防通道应急演练报警装置阀门管道仓库车间作业许可监护合格证书台账隐患整改责任"
_EVERY = ("shift", "week", "month", "month", "month", "week")


def words(seed: str, length: int) -> str:
    """The same text each time."""
    draw = random.Random(seed)
    return "".join(draw.choice(_LETTERS) for _ in range(length))


def made_up_library(
    items_a_list: int, *, with_facts: bool = False, shipped: Library | None = None
) -> Library:
    """The shipped library with ten made-up types of so many made-up items each in place of the shipped ones.

    With facts, each type asks twenty of them and each of its items hangs on one.
    """
    shipped = shipped or open_library(ROOT / "rules", ROOT / "seeds")[0]
    facts = {f"fact-{n}": Fact(name=f"属性{n}", kind="yes-no", question=f"有属性{n}") for n in range(FACTS)}
    asks = tuple(facts) if with_facts else ()
    industries = {f"made-up-{n}": Industry(name=f"行业{n}") for n in range(TYPES)}
    types = {
        f"type-{n}": EnterpriseType.model_validate(
            {"id": f"type-{n}", "name": f"类型{n}", "industries": [f"made-up-{n}"], "facts": {"asks": asks}}
        )
        for n in range(TYPES)
    }
    vocabulary = shipped.vocabulary.model_copy(
        update={"industries": industries, "facts": facts, "types": types}
    )
    items = tuple(
        made_up_item(kind, number, shipped, with_facts=with_facts)
        for kind in range(TYPES)
        for number in range(items_a_list)
    )
    return dataclasses.replace(shipped, vocabulary=vocabulary, items=items, terms=())


def made_up_item(kind: int, number: int, shipped: Library, *, with_facts: bool) -> Item:
    """As long as a shipped item; its basis is a clause of the newest notice."""
    seed = f"{kind}/{number}"
    clauses = list(shipped.clauses["shanxi-2026"].values())
    clause = clauses[number % len(clauses)]
    where = shipped.vocabulary.where
    return Item(
        id=f"made-up-{kind}-{number}",
        industry=f"made-up-{kind}",
        title=words(f"t{seed}", 8),
        content=words(f"c{seed}", 26),
        standard=words(f"s{seed}", 42),
        where=where[number % 9],
        how=("看现场",),
        evidence=words(f"e{seed}", 14),
        rectify=words(f"r{seed}", 20),
        support=words(f"u{seed}", 18),
        category="现场管理",
        departments=("应急",),
        every=_EVERY[number % len(_EVERY)],
        applies={f"fact-{number % FACTS}": True} if with_facts else {},
        basis=(Basis(notice="shanxi-2026", clause=clause.path, says="requires", quote=clause.text[:60]),),
    )


def checklist_of(library: Library, kind: int) -> Checklist:
    """The list of one made-up type, all of it on the paper."""
    told = Enterprise(name="某某企业", types=(f"type-{kind}",), place=PLACE)
    selection = select(library, told, DAY)
    return build_checklist(library, selection, edition=library.edition, most=0)


# ---------------------------------------------------------------- enterprises


HEADS = ["单位名称", "统一社会信用代码", "地址", "所在地", "企业类型", "主要负责人", "电话"]


def enterprise_rows(count: int, facts: str = "none") -> Iterator[list[str]]:
    """Rows of a roster. ``facts``: none; half: each filled in with even odds; own: no two rows alike."""
    draw = random.Random(count)
    for n in range(count):
        row = [f"阳城县第{n}号某某有限公司", _code(n), f"凤城镇新建路{n}号", PLACE, f"类型{n % TYPES}"]
        row += [f"张{n % 97}", f"1380013{n % 10_000:04d}"]
        if facts == "half":
            row += [draw.choice(["是", "否"]) if draw.random() < 0.5 else "" for _ in range(FACTS)]
        elif facts == "own":
            row += ["是" if n // TYPES + 1 >> bit & 1 else "否" for bit in range(FACTS)]
        yield row


def _code(number: int) -> str:
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = f"91140522MA{number:07d}"
    total = sum(letters.index(letter) * pow(3, place, 31) for place, letter in enumerate(body))
    return body + letters[-total % 31]


def write_roster(path: Path, count: int, facts: str = "none") -> Path:
    """A roster as .xlsx or .csv, by the ending of ``path``."""
    heads = HEADS if facts == "none" else [*HEADS, *(f"属性{n}" for n in range(FACTS))]
    rows = [heads, *enterprise_rows(count, facts)]
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as opened:
            csv.writer(opened).writerows(rows)
    else:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("企业名录")
        for row in rows:
            sheet.append(row)
        book.save(path)
    return path


def enterprises(count: int) -> list[dict[str, Any]]:
    """The same enterprises as plain values, with the number of their list."""
    fields = ("name", "code", "address", "place", "type", "person", "phone")
    return [
        {**dict(zip(fields, row, strict=True)), "list": n % LISTS, "serial": f"20261122-{n:06d}"}
        for n, row in enumerate(enterprise_rows(count))
    ]


# ---------------------------------------------------------------- plain templates: a head and a table of eight columns


COLUMNS = ("number", "content", "standard", "code", "yes", "no", "none", "remark")
TITLES = ("序号", "检查内容", "怎样算符合", "依据", "符合", "不符合", "不涉及", "现场情况")
WIDTHS = (8, 45, 45, 17, 9, 9, 9, 38)
FIELDS = ("name", "code", "address", "place", "person", "phone", "serial")
TAGS = {
    "jinja": ("{{{{ enterprise.{0} }}}}", "{{%tr for row in rows %}}", "{{{{ row.{0} }}}}", "{{%tr endfor %}}"),
    "docxtemplater": ("{{enterprise_{0}}}", "", "{{{0}}}", ""),
    "carbone": ("{{d.enterprise.{0}}}", "", "{{d.rows[i].{0}}}", ""),
    "copy": ("{{{0}}}", "", "{{{0}}}", ""),
}  # fmt: skip
"""How each tool writes an enterprise's field, the beginning of the rows, a row's field, their end."""


def plain_rows(checklist: Checklist) -> list[dict[str, str]]:
    """Eight texts a row."""
    return [
        {
            "number": str(row.number),
            "content": f"{row.marks}{row.content}",
            "standard": row.standard,
            "code": row.code,
            "yes": "□",
            "no": "□",
            "none": "□",
            "remark": "",
        }
        for row in checklist.rows
    ]


def plain_docx(path: Path, style: str) -> Path:
    """A template for one of the tools, all alike but for their tags."""
    field, begin, cell, end = TAGS[style]
    document = docx.Document()
    for name in FIELDS:
        document.add_paragraph(f"{name}：{field.format(name)}")
    table = document.add_table(rows=1, cols=8, style="Table Grid")
    table.autofit = False
    _fill_cells(table.rows[0], TITLES)
    if begin:
        table.add_row().cells[0].text = begin.format()
    _fill_cells(table.add_row(), _row_tags(style, cell))
    if style == "carbone":
        _fill_cells(table.add_row(), [text.replace("[i]", "[i+1]") for text in _row_tags(style, cell)])
    if end:
        table.add_row().cells[0].text = end.format()
    for row in table.rows:
        for one, width in zip(row.cells, WIDTHS, strict=True):
            one.width = Mm(width)
    document.save(str(path))
    return path


def _row_tags(style: str, cell: str) -> list[str]:
    tags = [cell.format(name) for name in COLUMNS]
    if style == "docxtemplater":
        tags[0], tags[-1] = "{#rows}" + tags[0], tags[-1] + "{/rows}"
    return tags


def _fill_cells(row: Any, texts: Any) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        cell.text = text


def plain_xlsx(path: Path, style: str) -> Path:
    """A workbook template: a head of three rows, and in row 4 the model row."""
    field, _, cell, _ = TAGS[style]
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    line = Side(style="thin")
    sheet["A1"] = field.format("name")
    sheet["A2"] = "；".join(field.format(name) for name in FIELDS[1:])
    for column, (title, name, width) in enumerate(zip(TITLES, COLUMNS, WIDTHS, strict=True), start=1):
        sheet.cell(3, column, title).font = Font(bold=True)
        sheet.cell(4, column, cell.format(name))
        if style == "carbone":
            sheet.cell(5, column, cell.format(name).replace("[i]", "[i+1]"))
        for row in (3, 4, 5):
            sheet.cell(row, column).border = Border(left=line, right=line, top=line, bottom=line)
            sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[sheet.cell(3, column).column_letter].width = width / 2
    book.save(path)
    return path


def values_for_node(library: Library, count: int) -> Mapping[str, Any]:
    """What the tools for node are given."""
    lists = [{"rows": plain_rows(checklist_of(library, kind))} for kind in range(TYPES)]
    return {"lists": lists, "enterprises": enterprises(count)}

"""Tables whose rows are lines (｜1｜压实责任｜…｜): task lists with who is responsible and until when, and any other table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from checklists.notices.furniture import TABLE
from checklists.notices.lines import unwrap
from checklists.notices.marks import COLUMN, NONE, NUMERAL, ROW, Stretch, has_mark, sector_label, stretch
from checklists.notices.parts import BREAK, CELLS, Line
from checklists.text import squeeze

DITTO = "〃"
"""Stands in a cell that is one with the cell above it."""

_ROLES = (
    ("number", re.compile(r"序号|编号|项号|序$")),
    ("responsible", re.compile(r"责任|牵头|配合|负责|落实单位|承办|主管|实施单位|参与|单位$|部门$")),
    ("deadline", re.compile(r"时限|时间|期限|节点|频次|完成")),
    ("content", re.compile(r"内容|措施|要求|标准|做法|举措|描述|要点")),
    ("task", re.compile(r"任务|项目|事项|类别|重点|领域|名称|环节|目标")),
)
_LONGEST_HEAD, _LONGEST_NAME = 14, 24
_NUMBER = re.compile(rf"[（(]?({NUMERAL}|\d{{1,3}})[）)、.．]?$")
_ENDED = ("。", "；", ";", "：", ":", "！", "？")


@dataclass
class _Table:
    """A table being read: what its columns are, and what the rows so far said."""

    roles: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    number: str = ""
    task: str = ""
    count: int = 0
    ended: bool = True
    """Whether the content so far ended with a full stop: what does not goes on in the next row."""

    def cell(self, cells: Sequence[str], role: str) -> str:
        told = [cells[index] for index, one in enumerate(self.roles) if one == role and index < len(cells)]
        return "".join(one for one in told if one != DITTO) or (DITTO if DITTO in told else "")


def cells_of(line: str) -> list[str]:
    """The cells of a row."""
    return [cell.strip() for cell in line[1:-1].split(CELLS)]


def row_line(cells: Sequence[str]) -> str:
    """A row as one line; a cell's own lines are parted by ⏎."""
    told = (BREAK.join(" ".join(one.split()) for one in cell.split("\n") if one.strip()) for cell in cells)
    return CELLS + CELLS.join(one.replace(CELLS, "|") for one in told) + CELLS


def table_rows(lines: Sequence[Line], number: int) -> tuple[list[Stretch], list[Line]]:
    """Stretches of the rows in their order, and what is set aside: heads and dates."""
    table = _Table()
    found: list[Stretch] = []
    aside: list[Line] = []
    heads = _heads([cells_of(line.text) for line in lines])
    for index, line in enumerate(lines):
        cells = cells_of(line.text)
        if (
            index < heads
            or (table.roles and heads_columns(cells))
            or (not index and _role(cells[0]) == "number")
        ):
            _take_head(table, cells)
            aside.append(replace(line, text=_plain(cells), aside=TABLE))
            continue
        told = list(
            _task_row(table, cells, line.number) if table.roles else _plain_row(table, cells, line.number)
        )
        deadline = _plain([table.cell(cells, "deadline")])
        if deadline:
            aside.append(Line(line.number, deadline, TABLE, line.part))
        found += told
        table.above = [
            above if cell == DITTO and index < len(table.above) else cell
            for index, (cell, above) in enumerate(zip(cells, [*table.above, *cells], strict=False))
        ]
    return [replace(one, table=number) for one in found], aside


def _plain(cells: Sequence[str]) -> str:
    return "".join(cell for cell in cells if cell != DITTO).replace(BREAK, "")


# ---------------------------------------------------------------- heads


def _role(cell: str) -> str:
    text = squeeze(cell.replace(BREAK, ""))
    if not text or len(text) > _LONGEST_HEAD:
        return ""
    return next((role for role, pattern in _ROLES if pattern.search(text)), "")


def heads_columns(cells: Sequence[str]) -> bool:
    """Whether the cells head the columns of a task list: its content, who is responsible, or until when."""
    texts = [cell for cell in cells if cell and cell != DITTO]
    short = all(len(cell) <= _LONGEST_HEAD and "。" not in cell and not has_mark(cell) for cell in texts)
    roles = [_role(cell) for cell in texts]
    known = {*roles} - {""}
    tells = bool(known & {"content", "responsible", "deadline"})
    return short and tells and len(known) > 1 and sum(map(bool, roles)) * 2 >= len(texts)


def _heads(rows: Sequence[Sequence[str]]) -> int:
    """Rows at the top up to the last that heads the columns; 0 when none among the first four does."""
    first = next((index for index, cells in enumerate(rows[:4]) if heads_columns(cells)), None)
    if first is None or any(sum(map(bool, cells)) > 1 for cells in rows[:first]):
        return 0
    last = first
    while last + 1 < len(rows) and _is_second_head(rows[last + 1]):
        last += 1
    return last + 1


def _is_second_head(cells: Sequence[str]) -> bool:
    texts = [cell for cell in cells if cell and cell != DITTO]
    return bool(texts) and DITTO in cells and all(_role(cell) for cell in texts)


def _take_head(table: _Table, cells: Sequence[str]) -> None:
    if not heads_columns(cells) and not _is_second_head(cells):
        return
    roles = [_role(cell) for cell in cells]
    if not table.roles or len(table.roles) != len(roles):
        table.roles, table.heads = roles, [squeeze(cell.replace(BREAK, "")) for cell in cells]
    else:
        for index, cell in enumerate(cells):
            if cell and cell != DITTO:
                table.roles[index], table.heads[index] = roles[index], squeeze(cell.replace(BREAK, ""))
    _fill_gaps(table)


def _fill_gaps(table: _Table) -> None:
    """A head over two columns stands over the first; a column without a role holds content."""
    for index, head in enumerate(table.heads):
        if not head and index:
            table.roles[index], table.heads[index] = table.roles[index - 1], table.heads[index - 1]
    if "task" in table.roles and "content" not in table.roles and table.roles.count("task") > 1:
        last = len(table.roles) - 1 - table.roles[::-1].index("task")
        table.roles[last] = "content"
    table.roles = [role or "content" for role in table.roles]


# ---------------------------------------------------------------- rows


def _task_row(table: _Table, cells: list[str], at: int) -> Iterator[Stretch]:
    """The stretches of a row of a task list, each with who is responsible and until when."""
    cells = [*cells, *[""] * (len(table.roles) - len(cells))]
    if _is_title(table, cells):
        table.number = table.task = ""
        yield _title("".join(cells).replace(BREAK, ""), at)
        return
    named, until = _filled(table, cells, "responsible", "、"), _filled(table, cells, "deadline", "，")
    printed = "".join(
        cell.replace(BREAK, "")
        for cell, role in zip(cells, table.roles, strict=False)
        if role == "responsible" and cell != DITTO
    )
    told = [*_opening(table, cells, at), *_contents(table, cells, at)] or [Stretch("", at, at)]
    told = [replace(one, also=named, deadline=until) for one in told]
    yield from (*told[:-1], replace(told[-1], departments=printed))


def _is_title(table: _Table, cells: Sequence[str]) -> bool:
    """One cell over all columns: 「一、压实责任」."""
    filled = [index for index, cell in enumerate(cells) if cell]
    return (
        filled == [0]
        and len(cells) > 1
        and not _NUMBER.match(cells[0])
        and (table.roles[0] != "content" or has_mark(cells[0]))
    )


def _title(text: str, at: int) -> Stretch:
    found = stretch(text, at, at)
    if found.level != NONE:
        return replace(found, level=ROW - 1)
    return Stretch(text, at, at, ROW - 1, "", text[:_LONGEST_NAME].replace("/", "／"))


def _filled(table: _Table, cells: Sequence[str], role: str, between: str) -> str:
    """The cells of a role as one text, those that are one with the cell above them from there."""
    told = []
    for index, one in enumerate(table.roles):
        if one == role and index < len(cells):
            cell = cells[index]
            if cell == DITTO:
                cell = table.above[index] if index < len(table.above) else ""
            told.append(cell.replace(BREAK, between if between == "、" else ""))
    return between.join(one for one in told if one)


def _opening(table: _Table, cells: Sequence[str], at: int) -> Iterator[Stretch]:
    """What opens the row's clause: its number with the task, or the task, or its place in the table."""
    number, task = table.cell(cells, "number").replace(BREAK, ""), _joined(table.cell(cells, "task"))
    table.count += 1
    numbered = _NUMBER.match(squeeze(number))
    has_content = any(cell and cell != DITTO for cell in _content_cells(table, cells))
    if numbered and squeeze(number) != table.number:
        table.number, table.task = squeeze(number), ""
        name = str(int(numbered[1])) if numbered[1].isdigit() else numbered[1]
        said = "" if task in ("", DITTO, table.task) else task
        table.task, table.ended = said, True
        yield Stretch(said, at, at, ROW, number, name)
        return
    mark = number if numbered else ""
    rest = "" if numbered or number == DITTO else number
    if task and task not in (DITTO, table.task):
        table.task, table.ended = task, True
        found = stretch(task, at, at)
        level = ROW + 1 if table.number else ROW
        name = found.name or task[:_LONGEST_NAME].replace("/", "／")
        yield replace(found, level=level, name=name, mark=mark + rest + found.mark)
    elif mark or rest or task not in ("", DITTO):
        again = task if task not in ("", DITTO) else ""
        yield Stretch("", at, at, NONE, mark + rest + again)
    if task in ("", DITTO, table.task) and has_content and _opens_nothing(table, cells):
        yield Stretch("", at, at, ROW + 1, "", f"第{table.count}行")


def _opens_nothing(table: _Table, cells: Sequence[str]) -> bool:
    """A row without number or task of its own, whose content neither goes on nor is numbered."""
    content = next((cell for cell in _content_cells(table, cells) if cell), "")
    mine = table.cell(cells, "task")
    return table.ended and mine in ("", DITTO) and not has_mark(content) and not sector_label(content)


def _content_cells(table: _Table, cells: Sequence[str]) -> list[str]:
    return [
        cell if role == "content" else ""
        for cell, role in zip(cells, table.roles, strict=False)
        if role == "content"
    ]


def _contents(table: _Table, cells: Sequence[str], at: int) -> Iterator[Stretch]:
    columns = [
        (cell, table.heads[index])
        for index, (cell, role) in enumerate(zip(cells, table.roles, strict=False))
        if role == "content" and cell and cell != DITTO
    ]
    for cell, head in columns:
        told = [stretch(unwrap([text]), at, at) for text in cell.split(BREAK) if text.strip()]
        if len(columns) > 1:
            yield Stretch("", at, at, COLUMN, "", head.replace("/", "／") or "内容")
        yield from told
        table.ended = cell.endswith(_ENDED)
    extra = "".join(cells[len(table.roles) :])
    if extra:
        yield Stretch(extra.replace(BREAK, ""), at, at)


def _joined(cell: str) -> str:
    return unwrap(cell.split(BREAK))


def _plain_row(table: _Table, cells: Sequence[str], at: int) -> Iterator[Stretch]:
    """A row of another table is one clause: its cells as they stand."""
    filled = [cell.replace(BREAK, "") for cell in cells if cell and cell != DITTO]
    table.count += 1
    if not filled:
        return
    numbered = _NUMBER.match(squeeze(filled[0])) if len(filled) > 1 else None
    if len(filled) == 1 and has_mark(filled[0]):
        yield stretch(filled[0], at, at)
    elif numbered:
        name = str(int(numbered[1])) if numbered[1].isdigit() else numbered[1]
        yield Stretch(CELLS.join(filled[1:]), at, at, ROW, filled[0], name)
    else:
        yield Stretch(CELLS.join(filled), at, at, ROW, "", f"第{table.count}行")

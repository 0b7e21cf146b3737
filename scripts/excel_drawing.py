"""How the drawn workbook template looks and behaves: cells, pages, protection, drop-downs, colours, names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

TITLE_ROW, NOTE_ROW, UNIT_ROW, HEAD_ROW, MODEL_ROW, FAR_ROW = 1, 2, 3, 4, 5, 5000

SONG, HEI = "宋体", "黑体"
LINE = Border(*(Side("thin", color="808080"),) * 4)
GREY, PALE, RED, PINK = "E6E6E6", "F5F5F5", "C00000", "FFD9D9"
DAY_FORMAT, MONTH_FORMAT = "yyyy-mm-dd", 'yyyy"年"m"月";;;@'
LEDGER_FORMAT, COUNT_FORMAT = '0;-0;"已登记";@', "0;;;@"
PERIOD_WIDTH = 11
A3, A4 = 8, 9

FIRST_DAY, LAST_DAY = 36526, 73050
"""1 January 2000 and 31 December 2099 as Excel counts days: what is outside is no date of a hazard."""
DAY_HINT = "按 2026-11-5 的样子填写日期。"
FOOT = "编号 {{ enterprise.serial }}　指纹 {{ checklist.fingerprint }}"
FOOT_RIGHT = "规则版 {{ checklist.edition }}　第 &P 页 共 &N 页"


@dataclass(frozen=True)
class Column:
    """One column of a table: head, width in characters, what its model cell holds, and what it is for."""

    head: str
    width: float
    value: str = ""
    kind: str = "wording"
    """wording: locked text; answer, day: for people to fill in; computed: a formula; hidden: for the program."""
    centred: bool = False
    points: int = 10
    form: str | None = None
    """Number format."""


# ---------------------------------------------------------------- cells and sheets


def write(sheet: Worksheet, at: str, value: str | None, *, points: float = 10, font: str = SONG,
          bold: bool = False, fill: str | None = None, line: bool = True, centred: bool = False,
          locked: bool = True, form: str | None = None) -> None:  # fmt: skip
    """Write and style one cell; ``at`` may be a range, which is merged."""
    first, _, end = at.partition(":")
    for row in sheet[at] if end else ((sheet[first],),):
        for cell in row:
            cell.border = LINE if line else Border()
            cell.fill = PatternFill("solid", fgColor=fill) if fill else PatternFill()
            cell.protection = Protection(locked=locked)
    if end:
        sheet.merge_cells(at)
    cell = sheet[first]
    cell.value = value
    cell.font = Font(name=font, size=points, bold=bold)
    cell.alignment = Alignment("center" if centred else "left", "center", wrap_text=True)
    if form:
        cell.number_format = form


def protect(sheet: Worksheet) -> None:
    """Lock the wording, without a password; filtering, sorting and formatting stay allowed."""
    sheet.protection.sheet = True
    for name in ("autoFilter", "sort", "formatCells", "formatColumns", "formatRows"):
        setattr(sheet.protection, name, False)


def page(sheet: Worksheet, *, landscape: bool, paper: int = A4, tall: int = 0) -> None:
    """Paper, margins in inches, one page wide, foot."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = paper
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, tall
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = 0.5, 0.4, 0.5, 0.65
    margins.header, margins.footer = 0.25, 0.3
    sheet.print_options.horizontalCentered = True
    foot = sheet.oddFooter
    foot.left.text, foot.center.text, foot.right.text = FOOT, "检查提示用，不作处罚依据", FOOT_RIGHT
    for part in (foot.left, foot.center, foot.right):
        part.size = 9


def table_sheet(book: Workbook, name: str, title: str, note: str, columns: Sequence[Column], *,
                landscape: bool = True, paper: int = A4, hidden: Sequence[Column] = (),
                height: float = 30, frozen: str = "D5", protected: bool = True) -> Worksheet:  # fmt: skip
    """A sheet with title, note, line of the unit, head and model row."""
    sheet = book.create_sheet(name)
    last = get_column_letter(len(columns))
    write(sheet, f"A{TITLE_ROW}:{last}{TITLE_ROW}", title, points=16, font=HEI, line=False, centred=True)
    write(sheet, f"A{NOTE_ROW}:{last}{NOTE_ROW}", note, points=9, line=False)
    sheet.row_dimensions[TITLE_ROW].height = 26
    unit_line(sheet, [column.width for column in columns])
    for number, column in enumerate([*columns, *hidden], start=1):
        draw_column(sheet, number, column)
    for row, value in (
        (1, "{{ checklist.fingerprint }}"),
        (2, "{{ checklist.edition }}"),
        (3, "{{ enterprise.serial }}"),
    ):
        if hidden:
            sheet.cell(row, len(columns) + len(hidden)).value = value
    sheet.row_dimensions[HEAD_ROW].height = 30
    sheet.row_dimensions[MODEL_ROW].height = height
    sheet.freeze_panes = frozen
    sheet.print_title_rows = f"{UNIT_ROW}:{HEAD_ROW}"
    sheet.print_area = f"A1:{last}{MODEL_ROW}"
    page(sheet, landscape=landscape, paper=paper)
    if protected:
        protect(sheet)
    return sheet


def unit_line(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Who and when; repeated on every page. The month stands over as many last columns as it needs."""
    first = len(widths)
    while sum(widths[first - 1 :]) < PERIOD_WIDTH:
        first -= 1
    unit = "单位：{{ enterprise.name_or_line }}　基准日 {{ checklist.on }}"
    write(sheet, f"A{UNIT_ROW}:{get_column_letter(first - 1)}{UNIT_ROW}", unit, line=False)
    at = f"{get_column_letter(first)}{UNIT_ROW}"
    if first < len(widths):
        at += f":{get_column_letter(len(widths))}{UNIT_ROW}"
    write(sheet, at, "=检查期间", line=False, centred=True, form=MONTH_FORMAT)
    sheet.row_dimensions[UNIT_ROW].height = 18


def draw_column(sheet: Worksheet, number: int, column: Column) -> None:
    """Head cell and model cell of one column."""
    letter = get_column_letter(number)
    hidden, open_ = column.kind == "hidden", column.kind in ("answer", "day")
    sheet.column_dimensions[letter].width = column.width
    sheet.column_dimensions[letter].hidden = hidden
    write(
        sheet,
        f"{letter}{HEAD_ROW}",
        column.head,
        font=HEI,
        points=10 if column.width >= 6 else 9,
        fill=GREY,
        centred=True,
    )
    write(sheet, f"{letter}{MODEL_ROW}", column.value or None, points=column.points,
          fill=None if open_ else PALE, centred=column.centred, locked=not open_,
          form=DAY_FORMAT if column.kind == "day" else column.form)  # fmt: skip


# ---------------------------------------------------------------- rules


def choice(sheet: Worksheet, cells: str, words: Sequence[str] | str, hint: str = "") -> None:
    """A drop-down: of the words, or of a defined name."""
    formula = words if isinstance(words, str) else f'"{",".join(words)}"'
    rule = DataValidation(
        "list", formula1=formula, allow_blank=True, showErrorMessage=True, showInputMessage=bool(hint)
    )
    rule.errorTitle, rule.error = "请从清单中选", "只能填清单里的词；要清空请按 Delete。"
    if hint:
        rule.promptTitle, rule.prompt = "填写提示", hint
    rule.sqref = MultiCellRange(cells)
    sheet.add_data_validation(rule)


def days(sheet: Worksheet, cells: str) -> None:
    """Only dates of this century."""
    rule = DataValidation(
        "date",
        operator="between",
        formula1=str(FIRST_DAY),
        formula2=str(LAST_DAY),
        allow_blank=True,
        showErrorMessage=True,
        showInputMessage=True,
    )
    rule.errorTitle, rule.error, rule.promptTitle, rule.prompt = "不是日期", DAY_HINT, "填写提示", DAY_HINT
    rule.sqref = MultiCellRange(cells)
    sheet.add_data_validation(rule)


def amounts(sheet: Worksheet, cells: str) -> None:
    """Only numbers from nought up."""
    rule = DataValidation(
        "decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True, showErrorMessage=True
    )
    rule.errorTitle, rule.error = "不是数字", "请填金额数字，单位元，不要写“万元”。"
    rule.sqref = MultiCellRange(cells)
    sheet.add_data_validation(rule)


def paint(sheet: Worksheet, cells: str, formula: str, *, hatched: bool = False) -> None:
    """Red and bold where the formula holds; hatched where the cell itself is empty, to be seen in black and white."""
    fill = (
        PatternFill("lightUp", fgColor=RED, bgColor=PINK)
        if hatched
        else PatternFill("solid", fgColor=PINK, bgColor=PINK)
    )
    sheet.conditional_formatting.add(
        cells, FormulaRule([formula], font=Font(bold=True, color=RED), fill=fill)
    )


def own(letter: str) -> str:
    """The cell of the formula's own row: cutting or dragging another cell does not turn it elsewhere."""
    return f"INDEX(${letter}:${letter},ROW())"


def names(book: Workbook, sheet: str, letters: dict[str, str], *, far: bool = True) -> None:
    """Names over columns of a table; ``far`` from its head to FAR_ROW, so that a row put in anywhere is within."""
    for name, letter in letters.items():
        cells = f"${letter}${HEAD_ROW}:${letter}${FAR_ROW}" if far else f"${letter}${MODEL_ROW}"
        book.defined_names[name] = DefinedName(name, attr_text=f"{sheet}!{cells}")

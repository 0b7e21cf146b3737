"""The two sheets of the workbook template that are read rather than filled in: 说明 and 统计."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from excel_drawing import (
    DAY_FORMAT,
    FIRST_DAY,
    GREY,
    HEI,
    LAST_DAY,
    MONTH_FORMAT,
    PALE,
    Column,
    days,
    page,
    paint,
    protect,
    unit_line,
    write,
)
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.styles import Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from checklists.documents.excel import rows as told

# ---------------------------------------------------------------- 统计

CONTENT = '月查_内容,"?*"'
MONTH_FIGURES = [
    ("符合", f'=COUNTIFS(月查_结果,"符合",{CONTENT})', "=IF($B$9=0,0,B5/$B$9)"),
    ("不符合", f'=COUNTIFS(月查_结果,"不符合",{CONTENT})', "=IF($B$9=0,0,B6/$B$9)"),
    ("不涉及", f'=COUNTIFS(月查_结果,"不涉及",{CONTENT})', "=IF($B$9=0,0,B7/$B$9)"),
    ("未检查", "=B9-B5-B6-B7", "=IF($B$9=0,0,B8/$B$9)"),
    ("应查合计（含已填写的自加项）", f"=COUNTIFS({CONTENT})-1", None),  # the head of the column is no item
    ("其中：★ 必查项未检查", '=COUNTIFS(月查_内容,"★*")-COUNTIFS(月查_内容,"★*",月查_结果,"*符合")-COUNTIFS(月查_内容,"★*",月查_结果,"不涉及")', None),
    ("其中：▲ 项不符合（须判定是否重大）", '=COUNTIFS(月查_内容,"*▲*",月查_结果,"不符合")', None),
    ("其中：不符合而未登记台账", '=COUNTIFS(月查_台账号,"未登记")', None),
    ("其中：不涉及而未写理由", '=COUNTIFS(月查_结果,"不涉及")-COUNTIFS(月查_结果,"不涉及",月查_情况,"<>")', None),
]  # fmt: skip

TYPED = {
    "台账_来源": "B", "台账_来源项号": "C", "台账_发现日期": "G", "台账_具体部位": "H", "台账_描述": "I", "台账_级别": "J",
    "台账_措施": "K", "台账_责任人": "L", "台账_资金": "M", "台账_时限": "N", "台账_预案": "O", "台账_报部门": "P",
    "台账_报职代会": "Q", "台账_公示": "R", "台账_整改完成": "S", "台账_验收人": "T", "台账_验收日期": "U", "台账_状态": "V",
}  # fmt: skip
"""Columns of the ledger that people write in, by the names the figures use."""
LOOKED_UP = {"台账_自动部位": "D", "台账_自动内容": "E", "台账_自动整改": "F"}
"""Columns that formulas fill; people write over them all the same, and then the row counts."""
DAYS = (
    "台账_发现日期",
    "台账_时限",
    "台账_报部门",
    "台账_报职代会",
    "台账_公示",
    "台账_整改完成",
    "台账_验收日期",
)


def filled(typed: Iterable[str], looked_up: Iterable[str]) -> str:
    """1 for every row in which one of the columns holds or shows anything, 0 for the others."""
    told = [f"(1-ISBLANK({name}))" for name in typed]
    shown = [f"ISNUMBER(1/LEN({name}))" for name in looked_up]
    return f"SIGN({'+'.join([*told, *shown])})"


def is_(name: str, word: str) -> str:
    """Whether the column says the word, row by row; a cell that holds an error does not."""
    return f'ISNUMBER(MATCH({name},{{"{word}"}},0))'


def is_day(name: str) -> str:
    """Whether the column holds a day of this century, row by row; a text is none, an error neither."""
    return f"ISNUMBER(1/(({name}>={FIRST_DAY})*({name}<={LAST_DAY})))"


def wrong_day(name: str) -> str:
    """1 where the column holds something that is no such day."""
    return f"(1-ISBLANK({name}))*(1-{is_day(name)})"


MAJOR = is_("台账_级别", "重大")
OPEN = f"(1-{is_day('台账_整改完成')})*(1-{is_('台账_状态', '已验收销号')})"
OVERDUE = f"{is_day('台账_时限')}*ISNUMBER(1/(台账_时限<TODAY()))*{OPEN}"
LEDGER_FIGURES = [
    ("登记隐患（填了任何一格就算一条）", f"=SUMPRODUCT({filled(TYPED, LOOKED_UP)})-1", None),  # without the head
    ("企业自查发现（占比＝企业自查发现占比）", '=COUNTIFS(台账_来源,"企业自查")', "=IF($B$15=0,0,B16/$B$15)"),
    ("重大事故隐患", '=COUNTIFS(台账_级别,"重大")', "=IF($B$15=0,0,B17/$B$15)"),
    ("重大中企业自查发现（占比＝占重大）", '=COUNTIFS(台账_来源,"企业自查",台账_级别,"重大")', "=IF($B$17=0,0,B18/$B$17)"),
    ("重大未双报告（两报缺一即算）", f"=B17-SUMPRODUCT({MAJOR}*{is_day('台账_报部门')}*{is_day('台账_报职代会')})", None),
    ("重大未公示", f"=B17-SUMPRODUCT({MAJOR}*{is_day('台账_公示')})", None),
    ("整改中（含未填状态）", "=B15-B22-B23", "=IF($B$15=0,0,B21/$B$15)"),
    ("已整改待验收", '=COUNTIFS(台账_状态,"已整改")', "=IF($B$15=0,0,B22/$B$15)"),
    ("已验收销号", '=COUNTIFS(台账_状态,"已验收销号")', "=IF($B$15=0,0,B23/$B$15)"),
    ("逾期未整改", f"=SUMPRODUCT({OVERDUE})", None),
    ("日期有误的条数（写成文字或不可能）", f"=SUMPRODUCT(SIGN({'+'.join(map(wrong_day, DAYS))}))-1", None),
]  # fmt: skip
PLACES_ROW = 28
"""Row of 统计 from which the places are counted, the model row of that sheet; their head stands over it."""
BY_PLACE = [
    Column("部位", 38, "{{ row.where }}"),
    Column("应查", 9, f"=COUNTIFS(月查_部位,$A28,{CONTENT})", "computed", centred=True),
    Column("符合", 9, f'=COUNTIFS(月查_部位,$A28,月查_结果,"符合",{CONTENT})', "computed", centred=True),
    Column("不符合", 13, f'=COUNTIFS(月查_部位,$A28,月查_结果,"不符合",{CONTENT})', "computed", centred=True),
    Column("不涉及", 13, f'=COUNTIFS(月查_部位,$A28,月查_结果,"不涉及",{CONTENT})', "computed", centred=True),
    Column("未检查", 13, "=B28-C28-D28-E28", "computed", centred=True),
]  # fmt: skip


def draw_counts(book: Workbook) -> None:
    """统计: figures that follow the answers, one chart."""
    sheet = book.create_sheet(told.COUNTS)
    write(sheet, "A1:F1", "自查统计", points=16, font=HEI, line=False, centred=True)
    write(
        sheet,
        "A2:F2",
        "随填随算，不用填写。企业自查发现占比、重大未双报告数供上报时用。",
        points=9,
        line=False,
    )
    unit_line(sheet, [column.width for column in BY_PLACE])
    figures(sheet, 4, "厂矿月查", "项数", MONTH_FIGURES)
    figures(sheet, 14, "隐患台账", "条数", LEDGER_FIGURES)
    for number, column in enumerate(BY_PLACE, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        write(sheet, f"{letter}{PLACES_ROW - 1}", column.head, font=HEI, fill=GREY, centred=True)
        write(sheet, f"{letter}{PLACES_ROW}", column.value, centred=column.centred)
    for row in range(4, PLACES_ROW + 1):
        sheet.row_dimensions[row].height = 18
    for cells, formula in (
        ("B10:B13", "B10>0"),
        ("B19:B20", "B19>0"),
        ("B24:B25", "B24>0"),
        (f"D{PLACES_ROW}", f"D{PLACES_ROW}>0"),
    ):
        paint(sheet, cells, formula)
    sheet.add_chart(results_chart(sheet), "D4")
    sheet.freeze_panes = "A4"
    sheet.print_title_rows = f"{PLACES_ROW - 1}:{PLACES_ROW - 1}"
    page(sheet, landscape=False)
    protect(sheet)


def figures(
    sheet: Worksheet, row: int, head: str, unit: str, lines: Sequence[tuple[str, str, str | None]]
) -> None:
    """A block of label, figure, share."""
    for letter, text in zip("ABC", (head, unit, "占比"), strict=True):
        write(sheet, f"{letter}{row}", text, font=HEI, fill=GREY, centred=True)
    for number, (label, formula, share) in enumerate(lines, start=row + 1):
        write(sheet, f"A{number}", label)
        write(sheet, f"B{number}", formula, centred=True, form="0")
        write(sheet, f"C{number}", share, centred=True, form="0.0%")


def results_chart(sheet: Worksheet) -> BarChart:
    """Bars of the four results; one grey, so that it prints as it looks."""
    chart = BarChart()
    chart.type, chart.legend, chart.gapWidth = "col", None, 60
    heading = Paragraph(pPr=ParagraphProperties(defRPr=CharacterProperties(sz=1100, b=True)),
                        r=[RegularTextRun(CharacterProperties(sz=1100, b=True), "厂矿月查结果（项）")])  # fmt: skip
    chart.title = Title(tx=Text(rich=RichText(p=[heading])), overlay=False)
    chart.add_data(Reference(sheet, min_col=2, min_row=5, max_row=8))
    chart.set_categories(Reference(sheet, min_col=1, min_row=5, max_row=8))
    chart.series[0].graphicalProperties = GraphicalProperties(solidFill="7F7F7F")
    chart.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.majorGridlines = None
    chart.y_axis.scaling.min = 0
    chart.y_axis.number_format = "0"
    chart.width, chart.height = 7.4, 12.5
    return chart


# ---------------------------------------------------------------- 说明

GRID = [
    ("单位名称", "{{ enterprise.name_or_line }}", None, None),
    ("统一社会信用代码", "{{ enterprise.code }}", "所在地", "{{ enterprise.place_in_full }}"),
    ("地址", "{{ enterprise.address }}", None, None),
    ("主要负责人", "{{ enterprise.person }}", "电话", "{{ enterprise.phone }}"),
    ("企业类型", "{{ checklist.type_names }}", None, None),
    ("本单位情况", "{{ checklist.particulars }}", None, None),
    ("检查期间", None, "填表人", None),
    ("编号", "{{ enterprise.serial }}", "指纹", "{{ checklist.fingerprint }}"),
    ("规则版", "{{ checklist.edition }}", "基准日", "{{ checklist.on }}"),
    ("检查项", "共 {{ checklist.total }} 项（★ {{ checklist.key_count }} 项，▲ {{ checklist.major_count }} 项）：{{ checklist.scope }}", None, None),
    ("已知情况", "{{ checklist.known }}", None, None),
    ("先问", "{{ checklist.questions }}", None, None),
    ("通知说到的程度", "{{ checklist.own_clauses }}{{ checklist.notes }}", None, None),
]  # fmt: skip
OPEN_CELLS = {"检查期间", "填表人", "本单位情况"}
STEPS = [
    "一、先填上面的“检查期间”：填本月任意一天，如 2026-11-1。一个工作簿只记一个企业、一个月。",
    "二、班组每班填“班组日查”（可打印贴在岗位上），车间每周填“车间周查”，厂矿每月把“厂矿月查”全部查一遍；没有的表不用填。",
    "三、月查“结果”选 符合、不符合、不涉及：不符合的写清部位、数量、事实；不涉及的写理由。空着就是未检查。",
    "四、凡不符合的，到“隐患台账”登一行，在“来源项号”选该项序号；月查“台账号”随即由红色“未登记”变成编号。",
    "五、按措施、责任人、资金、时限、预案落实整改；重大事故隐患报部门、报职代会、在企业内公示，填上三个日期。整改完成后验收，状态改为“已验收销号”。",
    "六、看“统计”：未检查、未登记、未双报告、逾期都为零，再打印签字存档，或按要求报送本文件。",
]
LEGEND = (
    "★ 本次必查　▲ 疑似重大：不符合时对照本行业重大事故隐患判定标准现行版，由人判定　〔历年〕最新依据已满三年"
    "\n√ 符合　× 不符合　／ 不涉及（日查用）　白格由人填写，灰格锁定（无密码，需要时可在“审阅”中撤销保护）；台账全表和月查末尾自加项可随意填写"
)
NEXT_MONTH = "“另存为”一个新文件，改“检查期间”，清空日查、周查、月查、季查的白格；隐患台账不要清，接着往下登，未销号的继续整改。"


def draw_guide(book: Workbook) -> None:
    """说明: one page to begin with."""
    sheet = book.create_sheet(told.GUIDE)
    for letter, width in zip("ABCD", (17, 32, 11, 28), strict=True):
        sheet.column_dimensions[letter].width = width
    write(sheet, "A1:D1", "{{ checklist.title }}", points=18, font=HEI, line=False, centred=True)
    sheet.row_dimensions[1].height = 34
    row = 2
    for label, value, second, other in GRID:
        grid_line(sheet, row, label, value, second, other)
        row += 1
    for head, texts in (
        ("六步填写", STEPS),
        ("符号", [LEGEND]),
        ("下个月", [NEXT_MONTH]),
        ("效力", ["{{ checklist.disclaimer }}"]),
    ):
        write(
            sheet,
            f"A{row}:A{row + len(texts) - 1}" if len(texts) > 1 else f"A{row}",
            head,
            font=HEI,
            fill=GREY,
            centred=True,
        )
        for text in texts:
            write(sheet, f"B{row}:D{row}", text, points=11)
            row += 1
    identity(sheet)
    period_cell(book, sheet)
    page(sheet, landscape=False, tall=1)
    sheet.print_area = f"A1:D{row - 1}"
    protect(sheet)


def grid_line(
    sheet: Worksheet, row: int, label: str, value: str | None, second: str | None, other: str | None
) -> None:
    """One line of the grid: one or two pairs of label and value."""
    write(sheet, f"A{row}", label, points=11, font=HEI, fill=GREY, centred=True)
    at = f"B{row}" if second else f"B{row}:D{row}"
    write(
        sheet,
        at,
        value,
        points=11,
        locked=label not in OPEN_CELLS,
        fill=None if label in OPEN_CELLS else PALE,
    )
    if second:
        write(sheet, f"C{row}", second, points=11, font=HEI, fill=GREY, centred=True)
        write(
            sheet,
            f"D{row}",
            other,
            points=11,
            locked=second not in OPEN_CELLS,
            fill=None if second in OPEN_CELLS else PALE,
        )
    sheet[f"D{row}" if second == "基准日" else f"B{row}"].number_format = DAY_FORMAT
    sheet.row_dimensions[row].height = 24


def period_cell(book: Workbook, sheet: Worksheet) -> None:
    """检查期间, where the cursor waits, and the first day of its month beside it for the formulas."""
    cell = sheet["B8"]
    cell.number_format, cell.font, cell.border = (
        MONTH_FORMAT,
        Font(name=HEI, size=12),
        Border(*(Side("medium"),) * 4),
    )
    days(sheet, "B8")
    sheet["G1"].value = "=IF(N($B$8)=0,0,DATE(YEAR($B$8),MONTH($B$8),1))"
    book.defined_names["检查期间"] = DefinedName("检查期间", attr_text=f"{told.GUIDE}!$B$8")
    book.defined_names["检查月初"] = DefinedName("检查月初", attr_text=f"{told.GUIDE}!$G$1")
    sheet.sheet_view.selection[0].activeCell = sheet.sheet_view.selection[0].sqref = "B8"


IDENTITY = [
    ("单位名称", "{{ enterprise.name }}"),
    ("统一社会信用代码", "{{ enterprise.code }}"),
    ("地址", "{{ enterprise.address }}"),
    ("所在地", "{{ enterprise.place }}"),
    ("企业类型", "{{ checklist.type_names }}"),
    ("规则版", "{{ checklist.edition }}"),
    ("基准日", "{{ checklist.on }}"),
    ("编号", "{{ enterprise.serial }}"),
    ("指纹", "{{ checklist.fingerprint }}"),
]


def identity(sheet: Worksheet) -> None:
    """Hidden, locked: who and what this workbook is, for the program that reads it back."""
    for letter in "EFG":
        sheet.column_dimensions[letter].hidden = True
    for row, (label, value) in enumerate(IDENTITY, start=1):
        sheet[f"E{row}"].value, sheet[f"F{row}"].value = label, value

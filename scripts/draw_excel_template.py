"""Draw templates/企业自查工作簿.xlsx from nothing.

The drawn file is an ordinary workbook: restyle it in Excel or WPS and keep that. Run this only to begin again:
``python scripts/draw_excel_template.py``.
"""

from __future__ import annotations

import datetime
from pathlib import Path

from excel_drawing import (
    A3,
    COUNT_FORMAT,
    FAR_ROW,
    FIRST_DAY,
    LAST_DAY,
    LEDGER_FORMAT,
    MODEL_ROW,
    SONG,
    Column,
    amounts,
    choice,
    days,
    names,
    own,
    paint,
    table_sheet,
    write,
)
from excel_front import LOOKED_UP, TYPED, draw_counts, draw_guide
from openpyxl import Workbook
from openpyxl.styles import Font, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from checklists.documents.excel import rows as told
from checklists.documents.excel.parts import parts_of
from checklists.documents.plate import make_plate, stamp

HERE = Path(__file__).resolve().parent.parent
FILE = HERE / "templates" / "企业自查工作簿.xlsx"
WRONG_DEADLINE = "时限有误"
RESULT_HINT = "符合；不符合（写清部位、数量、事实，并登隐患台账）；不涉及（写理由）。空着就是未检查。"

ID = Column("检查项编号（隐藏，勿改）", 12, "{{ row.id }}", "hidden")
NUMBER = Column("序号", 5, "{{ row.number }}", centred=True)
WHERE = Column("部位", 10, "{{ row.where }}")
STANDARD = Column("怎样算符合（标准与方法）", 46, "{{ row.standard }}")


def content(width: float) -> Column:
    """检查内容 with its marks before it and what to ask first beneath."""
    return Column("检查内容", width, "{{ row.marks }}{{ row.content }}{{ row.ask }}")


def check_columns(closed_before: str) -> list[Column]:
    """Columns of 月查 and 季查; F holds the result, H the day, J the ledger's number."""
    return [
        NUMBER, WHERE, content(34), STANDARD,
        Column("依据（通知）", 14, "{{ row.code }}{{ row.remark }}", points=9),
        Column("结果", 9, kind="answer", centred=True),
        Column("不符合情况（部位、数量、事实）；不涉及的写理由", 36, kind="answer"),
        Column("检查日期", 11, kind="day", centred=True),
        Column("检查人", 9, kind="answer", centred=True),
        Column("台账号", 8, registered(f'{own("F")}<>"不符合"', closed_before), "computed", centred=True, form=LEDGER_FORMAT),
    ]  # fmt: skip


def registered(nothing_to_do: str, closed_before: str) -> str:
    """Number of the ledger row that names the item and was not closed before the day; else 未登记.

    Of several such rows the last one counts.
    """
    still_open = f'(台账_验收日期="")+(台账_验收日期>={closed_before})>0'
    found = f'LOOKUP(2,1/((台账_来源项号&""={own("A")}&"")*({still_open})),台账_编号)'
    return f'=IF({nothing_to_do},"",IFERROR({found},"未登记"))'


def looked_up(name: str) -> str:
    """The item's text beside its number in the ledger."""
    number = own("C")
    by_number = f"INDEX({name},MATCH({number},月查_序号,0))"
    by_text = f"INDEX({name},MATCH(VALUE({number}),月查_序号,0))"
    return f'=IF({number}="","",IFERROR({by_number}&"",IFERROR({by_text}&"","无此项号")))'


def overdue() -> str:
    """Days over the deadline of a hazard not put right; a deadline that is no day is said to be wrong."""
    deadline, done, state = own("N"), own("S"), own("V")
    settled = f'OR(AND(N({done})>={FIRST_DAY},N({done})<={LAST_DAY}),{state}="已验收销号")'
    days_over = f"MAX(0,TODAY()-INT({deadline}))"
    wrong = f"OR(N({deadline})<{FIRST_DAY},N({deadline})>{LAST_DAY})"
    return f'=IF(LEN({deadline})=0,"",IF({wrong},"{WRONG_DEADLINE}",IF({settled},"",{days_over})))'


LEDGER = [
    Column("编号", 5, "{{ row.number }}", "answer", centred=True),
    Column("来源", 9, kind="answer", centred=True),
    Column("来源项号", 8, kind="answer", centred=True),
    Column("项目部位（自动）", 9, looked_up("月查_部位"), "computed", points=9),
    Column("检查内容（自动）", 20, looked_up("月查_内容"), "computed", points=9),
    Column("整改要求（自动）", 20, looked_up("月查_整改"), "computed", points=9),
    Column("发现日期", 11, kind="day", centred=True),
    Column("具体部位", 10, kind="answer"),
    Column("隐患描述", 30, kind="answer"),
    Column("级别", 6, kind="answer", centred=True),
    Column("措施", 24, kind="answer"),
    Column("责任人", 9, kind="answer", centred=True),
    Column("资金（元）", 10, kind="answer", centred=True),
    Column("时限", 11, kind="day", centred=True),
    Column("预案／临时防范", 14, kind="answer"),
    Column("报部门日期", 11, kind="day", centred=True),
    Column("报职代会日期", 12, kind="day", centred=True),
    Column("公示日期", 11, kind="day", centred=True),
    Column("整改完成", 11, kind="day", centred=True),
    Column("验收人", 8, kind="answer", centred=True),
    Column("验收日期", 11, kind="day", centred=True),
    Column("状态", 11, kind="answer", centred=True),
    Column("逾期天数", 6, overdue(), "computed", centred=True, form=COUNT_FORMAT),
]  # fmt: skip

BASES = [
    Column("项号", 6, "{{ row.number }}", centred=True),
    Column("文号", 25, "{{ row.reference }}", points=9),
    Column("条款", 16, "{{ row.clause }}", points=9),
    Column("原文", 70, "{{ row.quote }}", points=9),
    Column("性质", 6, "{{ row.says }}", centred=True),
    Column("年份", 6, "{{ row.year }}", centred=True),
    Column("适用地", 8, "{{ row.place }}", centred=True, points=9),
    Column("完成期限", 12, "{{ row.due }}", centred=True, points=9),
]
PAPERS = [
    Column("资料名称", 34, "{{ row.name }}"),
    Column("对应项号", 14, "{{ row.numbers }}", centred=True),
    Column("有／无", 7, kind="answer", centred=True),
    Column("存放处", 18, kind="answer"),
    Column("更新日期", 11, kind="day", centred=True),
]


# ---------------------------------------------------------------- the sheets


def draw_day(book: Workbook) -> None:
    """日查: a matrix of 31 days."""
    columns = [NUMBER, WHERE, content(36), *(Column(str(day), 3.2, kind="answer", centred=True) for day in range(1, 32)),
               Column("本月×数", 6, '=COUNTIF(INDEX($D:$D,ROW()):INDEX($AH:$AH,ROW()),"×")', "computed", centred=True, form=COUNT_FORMAT)]  # fmt: skip
    note = "√ 符合　× 不符合（当班处置，并登隐患台账）　／ 不涉及或当日未开工　空着就是未查。★ 每班必查　▲ 疑似重大，报负责人判定。"
    sheet = table_sheet(book, told.DAY, "班组日查表", note, columns, hidden=[ID], height=26)
    choice(sheet, "D5:AH5", told.DAILY_SIGNS)
    paint(sheet, "D5:AH5", 'D5="×"')
    paint(sheet, "AI5", "N($AI5)>0")


def draw_week(book: Workbook) -> None:
    """周查: five weeks."""
    columns = [NUMBER, WHERE, content(34), STANDARD,
               *(Column(f"第{week}周", 8, kind="answer", centred=True) for week in range(1, 6)),
               Column("检查人", 10, kind="answer", centred=True),
               Column("台账号", 8, registered('COUNTIF(INDEX($E:$E,ROW()):INDEX($I:$I,ROW()),"不符合")=0', "检查月初"), "computed", centred=True, form=LEDGER_FORMAT)]  # fmt: skip
    note = "包含班组日查的项目。每周选一次结果；不符合的登隐患台账，在“来源项号”选本表序号。"
    sheet = table_sheet(book, told.WEEK, "车间周查表", note, columns, hidden=[ID])
    choice(sheet, "E5:I5", told.RESULTS, RESULT_HINT)
    paint(sheet, "E5:I5", 'E5="不符合"')
    paint(sheet, "A5:K5", '$K5="未登记"')
    sheet.auto_filter.ref = "A4:K5"


def draw_check(book: Workbook, name: str, title: str, note: str) -> Worksheet:
    """月查 and 季查: one result an item."""
    rectify = Column("整改要求（隐藏）", 12, "{{ row.rectify }}", "hidden")
    closed_before = f"IF(N({own('H')})>0,{own('H')},检查月初)"
    sheet = table_sheet(book, name, title, note, check_columns(closed_before), hidden=[rectify, ID])
    choice(sheet, "F5", told.RESULTS, RESULT_HINT)
    days(sheet, "H5")
    paint(sheet, "F5", '$F5="不符合"')
    paint(sheet, "G5", 'AND(OR($F5="不符合",$F5="不涉及"),$G5="")', hatched=True)
    paint(sheet, "A5:J5", '$J5="未登记"')
    sheet.auto_filter.ref = "A4:J5"
    return sheet


def draw_month(book: Workbook) -> None:
    """月查, which the ledger and the figures lean on."""
    note = ("包含日查、周查的全部项目。结果三选一：不符合的写清部位、数量、事实并登隐患台账，否则“台账号”显示“未登记”；不涉及的写理由。"
            "末尾20行为本单位自加项。★ 本次必查　▲ 不符合时对照本行业重大事故隐患判定标准现行版，由人判定。")  # fmt: skip
    draw_check(book, told.MONTH, "厂矿月查表", note)
    names(book, told.MONTH, {"项号": "A"}, far=False)
    names(book, told.MONTH, {"月查_序号": "A", "月查_部位": "B", "月查_内容": "C", "月查_结果": "F",
                             "月查_情况": "G", "月查_台账号": "J", "月查_整改": "K"})  # fmt: skip


def draw_quarter(book: Workbook) -> None:
    """季查: ★ and ▲ items, with how many of the subsidiaries were visited."""
    note = "只列 ★、▲ 项目，主体企业（集团公司）每季到所属企业检查时用；一家一行情况写在“不符合情况”里。"
    sheet = draw_check(book, told.QUARTER, "集团季查表", note)
    sheet.unmerge_cells("A2:J2")
    write(sheet, "A2:F2", note, points=9, line=False)
    write(sheet, "G2:J2", "所属企业＿＿家，已查＿＿家", line=True, locked=False)


def draw_ledger(book: Workbook) -> None:
    """台账: typed by people, not protected; nothing in it hangs on an answer that next month changes."""
    note = ("有隐患就登一行，隐患销号后也不删。来自检查表的选“来源项号”，部位、内容、整改要求自动带出；级别选“重大”后，五落实、报部门、报职代会、公示缺哪格哪格变红。"
            "日期写成文字、早于发现日期的变红。行不够时点最后一行左边的“＋”展开，共500行；再多的往下接着写，统计照算。")  # fmt: skip
    sheet = table_sheet(
        book, told.LEDGER, "隐患排查治理台账", note, LEDGER, paper=A3, height=42, protected=False
    )
    for words, letter in ((told.SOURCES, "B"), (told.LEVELS, "J"), (told.STATES, "V"), ("项号", "C")):
        choice(sheet, down(letter), words)
    days(sheet, down(*"GNPQRSU"))
    amounts(sheet, down("M"))
    paint(sheet, down(*"GNPQRSU"), f"AND(LEN(G5)>0,OR(N(G5)<{FIRST_DAY},N(G5)>{LAST_DAY}))")
    paint(sheet, down(*"NPQRSU"), "AND(N($G5)>0,N(N5)>0,N(N5)<N($G5))")
    paint(sheet, down("U"), "AND(N($S5)>0,N($U5)>0,N($U5)<N($S5))")
    paint(sheet, down(*"KLMNOPQR"), 'AND($J5="重大",K5="")', hatched=True)
    paint(sheet, down("W"), f'OR(N($W5)>0,$W5="{WRONG_DEADLINE}")')
    paint(sheet, down("V"), 'AND($V5="已验收销号",OR($T5="",$U5=""))')
    sheet.auto_filter.ref = "A4:W5"
    for letter in map(get_column_letter, range(1, len(LEDGER) + 1)):
        sheet.column_dimensions[letter].protection = Protection(locked=False)
        sheet[f"{letter}{MODEL_ROW}"].protection = Protection(locked=False)
    names(book, told.LEDGER, {"台账_编号": "A", **TYPED, **LOOKED_UP})


def down(*letters: str) -> str:
    """Cells of these columns from the model row far down."""
    return " ".join(f"{letter}{MODEL_ROW}:{letter}{FAR_ROW}" for letter in letters)


def draw_papers(book: Workbook) -> None:
    """备查资料."""
    note = "检查前备齐，放在一处。末尾空行可添本单位资料。"
    sheet = table_sheet(
        book, told.PAPERS, "备查资料清单", note, PAPERS, landscape=False, height=24, frozen="A5"
    )
    choice(sheet, "C5", ("有", "无"))
    days(sheet, "E5")
    paint(sheet, "C5", '$C5="无"')
    sheet.auto_filter.ref = "A4:E5"


def draw_bases(book: Workbook) -> None:
    """依据."""
    note = ("{{ checklist.disclaimer }}\n性质：要求＝通知提出的要求；推动＝通知推动的工作；整治＝通知列为整治的问题；禁止＝通知禁止或查处的行为。"
            "\n检查表“依据”栏代号：{{ checklist.key }}")  # fmt: skip
    sheet = table_sheet(
        book, told.BASES, "检查项依据（政府安全生产工作通知原文）", note, BASES, height=16, frozen="B5"
    )
    sheet.auto_filter.ref = "A4:H5"


def draw() -> bytes:
    """The whole template."""
    book = Workbook()
    book.remove(book.worksheets[0])
    normal = book._named_styles["Normal"]
    normal.font = Font(name=SONG, size=10)
    book._fonts[0] = normal.font
    for part in (
        draw_guide,
        draw_day,
        draw_week,
        draw_month,
        draw_quarter,
        draw_ledger,
        draw_papers,
        draw_counts,
        draw_bases,
    ):
        part(book)
    book.properties.creator = "checklists"
    return stamp(make_plate(parts_of(book, datetime.date(2026, 1, 1))), {})


if __name__ == "__main__":
    FILE.write_bytes(draw())

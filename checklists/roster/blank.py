"""An empty roster to fill in: drop-downs for types, places and facts, and a sheet that explains every column."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from checklists.documents.excel.parts import in_order
from checklists.heads import AGENCY, CARDS, COLUMNS, INSPECTORS, NUMBER, PURPOSES, TOWN
from checklists.models import PURPOSES as ALL_PURPOSES
from checklists.models import Fact, Vocabulary
from checklists.places import place_examples
from checklists.roster.header import OFFICE
from checklists.roster.sheet import OPTIONS, SHEET, SHEET_GUIDE, letters

ASKED_BY = 4
"""A fact gets a column of its own when so many types ask it; the others are named on the explaining sheet."""
LAST_ROW = 10_000
"""Drop-downs reach so far down."""

_HEAD = Font(name="黑体", size=11, bold=True)
_BODY = Font(name="宋体", size=11)
_REQUIRED = PatternFill("solid", fgColor="F4D9A8")
_OPTIONAL = PatternFill("solid", fgColor="DDE6EE")
_THIN = Side(style="thin", color="999999")
_LINE = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAPPED = Alignment(wrap_text=True, vertical="center", horizontal="center")


@dataclass(frozen=True)
class Column:
    """A column of the empty roster."""

    head: str
    width: float
    how: str
    """How it is filled in, for the explaining sheet and the prompt beside the cell."""
    example: str = ""
    required: bool = False
    options: tuple[str, ...] = ()
    strict: bool = True
    """Whether only the options may be entered; types may be several, with a 、 between."""
    number: bool = False
    as_text: bool = False


def new_roster(vocabulary: Vocabulary) -> bytes:
    """The workbook."""
    facts = (_fact_column(vocabulary, name) for name in common_facts(vocabulary))
    columns = [*_fields(vocabulary), *_office_fields(), *facts]
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    _write_head(sheet, columns)
    options = book.create_sheet(OPTIONS)
    _write_drop_downs(sheet, options, columns)
    options.sheet_state = "hidden"
    _write_guide(book.create_sheet(SHEET_GUIDE, 1), columns, vocabulary)
    written = io.BytesIO()
    book.save(written)
    return in_order(written.getvalue())


def common_facts(vocabulary: Vocabulary) -> list[str]:
    """Facts that many types ask, those most often asked first."""
    asked = Counter(name for kind in vocabulary.types.values() for name in kind.facts.asks)
    return [name for name, count in asked.most_common() if count >= ASKED_BY]


# ---------------------------------------------------------------- columns


def _fields(vocabulary: Vocabulary) -> list[Column]:
    heads = {field: names[0] for field, names in COLUMNS.items()}
    types = tuple(kind.name for kind in vocabulary.types.values())
    county = place_examples(vocabulary.places)[0]
    return [
        Column(heads["name"], 32, "营业执照上的全称。", f"{county}某某饭店", required=True),
        Column(
            heads["types"],
            26,
            "从下拉中选；一家有几种的，手写几个，中间用顿号隔开。全部类型见说明表。",
            "餐饮用气单位、酒店",
            required=True,
            options=types,
            strict=False,
        ),
        Column(
            heads["place"],
            16,
            "市或县（市、区），从下拉中选。不填的只列省级要求。",
            county,
            required=True,
            options=place_names(vocabulary),
        ),
        Column(heads["code"], 24, "18 位。填了它，编号以它为准；会核对末位校验码。", as_text=True),
        Column(heads["address"], 36, "生产经营地址。", "新建路1号"),
        Column(heads["person"], 14, "主要负责人姓名。"),
        Column(heads["phone"], 16, "手机或座机。", as_text=True),
    ]


def _office_fields() -> list[Column]:
    heads = {field: COLUMNS[field][0] for field in OFFICE}
    return [
        Column(heads[TOWN], 14, "印在文书上。"),
        Column(heads[AGENCY], 24, f"印在文书上。{_SAME_FOR_ALL}"),
        Column(heads[INSPECTORS], 18, f"至多两名，中间用顿号隔开。{_SAME_FOR_ALL}", "张三、李四"),
        Column(
            heads[CARDS],
            22,
            f"检查人员的证号，一人一个，次序相同。{_SAME_FOR_ALL}",
            "甲001、甲002",
            as_text=True,
        ),
        Column(heads[NUMBER], 22, "本机关的文书编号，一家一个；与软件的编号是两回事。", as_text=True),
        Column(
            heads[PURPOSES],
            14,
            f"从下拉中选；几种的，手写，中间用顿号隔开。{_SAME_FOR_ALL}",
            options=ALL_PURPOSES,
            strict=False,
        ),
    ]


_SAME_FOR_ALL = "每家都一样的，不必逐行写：写在名录旁边的 office.yaml 里。"


def place_names(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Cities and counties as they are written in a roster: a name that means several places with its city before it."""
    cities = {
        city: counties for province in vocabulary.places.values() for city, counties in province.items()
    }
    seen = Counter(county for counties in cities.values() for county in counties)
    seen.update(list(vocabulary.places_called))
    return tuple(
        name
        for city, counties in cities.items()
        for name in (
            city,
            *(county if seen[county] == 1 and county not in cities else city + county for county in counties),
        )
    )


def _fact_column(vocabulary: Vocabulary, name: str) -> Column:
    fact = vocabulary.facts[name]
    options = ("是", "否") if fact.kind == "yes-no" else fact.choices
    return Column(fact.name, 12, how_to_fill(fact), options=options, number=fact.kind == "number")


def how_to_fill(fact: Fact) -> str:
    """使用燃气（管道或瓶装）：填 是 或 否."""
    kinds = {
        "yes-no": "填 是 或 否",
        "number": f"填数字{f'，单位{fact.unit}' if fact.unit else ''}",
        "choice": f"填 {'、'.join(fact.choices)} 之一",
    }
    return f"{fact.question or fact.name}：{kinds[fact.kind]}。"


# ---------------------------------------------------------------- sheets


def _write_head(sheet: Worksheet, columns: Sequence[Column]) -> None:
    for number, column in enumerate(columns, start=1):
        cell = sheet.cell(1, number, column.head)
        cell.font, cell.border, cell.alignment = _HEAD, _LINE, _WRAPPED
        cell.fill = _REQUIRED if column.required else _OPTIONAL
        shape = sheet.column_dimensions[letters(number - 1)]
        shape.width, shape.font = column.width, _BODY
        if column.as_text:
            shape.number_format = "@"
    sheet.row_dimensions[1].height = 48
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{letters(len(columns) - 1)}1"


def _write_drop_downs(sheet: Worksheet, options: Worksheet, columns: Sequence[Column]) -> None:
    for number, column in enumerate(columns, start=1):
        letter = letters(number - 1)
        rule = DataValidation(allow_blank=True, showInputMessage=True, showErrorMessage=column.strict)
        if column.options:
            _write_list(options, number, (column.head, *column.options))
            rule.type, rule.showDropDown = "list", False
            rule.formula1 = f"'{OPTIONS}'!${letter}$2:${letter}${len(column.options) + 1}"
        elif column.number:
            rule.type, rule.operator, rule.formula1 = "decimal", "greaterThanOrEqual", "0"
        rule.promptTitle, rule.prompt = column.head[:32], column.how[:255]
        rule.errorTitle, rule.error = "填写有误", column.how[:255]
        rule.add(f"{letter}2:{letter}{LAST_ROW}")
        sheet.add_data_validation(rule)


def _write_list(sheet: Worksheet, column: int, texts: Iterable[str]) -> None:
    for row, text in enumerate(texts, start=1):
        sheet.cell(row, column, text).font = _BODY


def _write_guide(sheet: Worksheet, columns: Sequence[Column], vocabulary: Vocabulary) -> None:
    rows: list[tuple[str, ...]] = [
        ("企业名录怎么填",),
        ("一行一家企业，填在「企业名录」表里。橙色的列必填；属性不清楚的空着：空着的照样检查，在检查表上先问。",),
        ("填好后运行 checklists roster check 名录.xlsx，逐格指出问题；再运行 checklists batch 名录.xlsx --out 文件夹。",),
        (),
        ("列", "怎么填", "举例"),
        *((column.head, column.how, column.example) for column in columns),
        (),
        ("企业类型", "别名（也可以填）", "分组"),
        *((kind.name, "、".join(kind.aliases), kind.group) for kind in vocabulary.types.values()),
        (),
        ("其他属性", "要填时，在名录最右边加一列，列名照写", "问它的企业类型"),
        *_other_facts(vocabulary),
    ]  # fmt: skip
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(number, column, text)
            cell.alignment = Alignment(wrap_text=len(row) > 1, vertical="top")
            cell.font = _HEAD if number == 1 or row[:1] in (("列",), ("企业类型",), ("其他属性",)) else _BODY
    for letter, width in (("A", 30), ("B", 60), ("C", 44)):
        sheet.column_dimensions[letter].width = width


def _other_facts(vocabulary: Vocabulary) -> list[tuple[str, str, str]]:
    common = set(common_facts(vocabulary))
    asking: dict[str, list[str]] = {}
    for kind in vocabulary.types.values():
        for name in kind.facts.asks:
            asking.setdefault(name, []).append(kind.name)
    return [
        (vocabulary.facts[name].name, how_to_fill(vocabulary.facts[name]), "、".join(types))
        for name, types in asking.items()
        if name not in common
    ]

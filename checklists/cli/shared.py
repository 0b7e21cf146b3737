"""Options and small services that several commands share."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from checklists.data import data_folder
from checklists.problems import Position, Problem, Refused, errors, problem

if TYPE_CHECKING:
    from checklists.checklist.build import Appendix, Checklist, Order
    from checklists.models import Enterprise, FactValue, Office, Vocabulary
    from checklists.roster.office import OfficeTold
    from checklists.rules.library import Library

COMMAND_LINE = Position("命令行")

RulesOption = Annotated[
    Path | None,
    typer.Option(
        "--rules", metavar="文件夹", help="规则文件夹（默认用随软件安装的规则）", show_default=False
    ),
]
SeedsOption = Annotated[
    Path | None,
    typer.Option(
        "--seeds", metavar="文件夹", help="通知文件夹（默认用随软件安装的通知）", show_default=False
    ),
]
TemplatesOption = Annotated[
    Path | None,
    typer.Option(
        "--templates", metavar="文件夹", help="模板文件夹（默认用随软件安装的模板）", show_default=False
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取")]
TypeOption = Annotated[
    list[str], typer.Option("--type", metavar="类型", help="企业类型：编号、名称或别名；可写多次")
]
PlaceOption = Annotated[
    str | None,
    typer.Option(
        "--place",
        metavar="地方",
        help="企业所在市、县（市、区）；不写则按全省处理，市、县的要求不列入",
        show_default=False,
    ),
]
OnOption = Annotated[
    str | None,
    typer.Option("--on", metavar="日期", help="检查日，如 2026-11-22（默认今天）", show_default=False),
]
FactOption = Annotated[
    list[str] | None,
    typer.Option("--fact", metavar="属性=值", help="企业属性，如 使用燃气=是；可写多次", show_default=False),
]
DepartmentOption = Annotated[
    str | None,
    typer.Option("--department", metavar="部门", help="只列一个部门的检查项，如 消防", show_default=False),
]
BasisOption = Annotated[
    str,
    typer.Option(
        "--basis", metavar="范围", help="standing：历年要求仍有效的都列；current：只列各机关最新通知的"
    ),
]

NameOption = Annotated[
    str, typer.Option("--name", metavar="名称", help="单位名称；不写则生成空白表", show_default=False)
]
CodeOption = Annotated[
    str, typer.Option("--code", metavar="代码", help="统一社会信用代码", show_default=False)
]
AddressOption = Annotated[str, typer.Option("--address", metavar="地址", help="地址", show_default=False)]
PersonOption = Annotated[str, typer.Option("--person", metavar="姓名", help="主要负责人", show_default=False)]
PhoneOption = Annotated[str, typer.Option("--phone", metavar="号码", help="电话", show_default=False)]
OfficeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--office",
        metavar="栏目=内容",
        help="检查单位、检查人员、证号、乡镇／街道、用途、文书编号，如 用途=执法检查；可写多次；每次一样的写在 office.yaml 里",
        show_default=False,
    ),
]
OutOption = Annotated[Path, typer.Option("--out", metavar="文件夹", help="存到哪个文件夹")]
MostOption = Annotated[
    int | None,
    typer.Option(
        "--max-items",
        metavar="项数",
        min=1,
        help="检查表最多列几项（默认 40，九小场所 15）",
        show_default=False,
    ),
]
OwnTemplatesOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--template",
        metavar="文件",
        help="用自己改过的模板文件：是哪种文书的模板，看文件自己会知道；可写多次",
        show_default=False,
    ),
]
PdfOption = Annotated[bool, typer.Option("--pdf", help="同时生成 PDF（用本机的 LibreOffice）")]
AppendixOption = Annotated[
    str,
    typer.Option(
        "--appendix",
        metavar="怎样",
        help="企业留存部分（不符合怎么改、依据原文等）：apart 另成一个文件；with 附在检查表后面；none 不要",
    ),
]
LandscapeOption = Annotated[bool, typer.Option("--landscape", help="检查表用横版")]
DocumentOption = Annotated[
    list[str] | None,
    typer.Option(
        "--document",
        help="生成哪种文书，如 整改通知；可写多次；全部 表示其他文书都要（默认：现场检查表和企业自查工作簿）",
        show_default=False,
    ),
]
OverwriteOption = Annotated[
    bool,
    typer.Option("--overwrite", help="有人改过的同名文件也换成新的：原来的先移到旁边的“旧件”，不删除"),
]
SheetsOption = Annotated[
    str | None,
    typer.Option(
        "--sheets",
        metavar="表名",
        help="工作簿只要哪些表，顿号隔开，如 周查、依据；精简：判定和统计；全部。说明、月查、台账和判定总有",
        show_default=False,
    ),
]
FullOption = Annotated[bool, typer.Option("--full", help="检查表列出全部检查项")]


_warned: list[Problem] = []
"""Warnings that this command has told."""


def forget_warnings() -> None:
    """Begin a command."""
    _warned.clear()


def warnings() -> list[dict[str, Any]]:
    """Warnings that were told so far, for output that a program reads."""
    return [found.as_json() for found in _warned]


def tell(problems: Iterable[Problem]) -> None:
    """Print problems where they do not mix with output that a program reads."""
    for found in problems:
        print(found, file=sys.stderr)
        if found.level == "warning":
            _warned.append(found)


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def sound(rules: Path | None, seeds: Path | None) -> Library:
    """The library for lists, fully checked: errors in rules stop a command before it does anything."""
    from checklists.rules.kept import library_for_lists

    return library_for_lists(rules or data_folder("rules"), seeds or data_folder("seeds"))


def opened(rules: Path | None, seeds: Path | None) -> tuple[Library, list[Problem]]:
    from checklists.rules.library import open_library

    return open_library(rules or data_folder("rules"), seeds or data_folder("seeds"))


def closed_lists(rules: Path | None, seeds: Path | None = None) -> Vocabulary:
    """Industries, facts, types and places alone, those beside the notices too; raises Refused when something is wrong."""
    from checklists.rules.vocabulary import load_vocabulary

    vocabulary, problems = load_vocabulary(rules or data_folder("rules"), seeds)
    if vocabulary is None or errors(problems):
        raise Refused(problems)
    return vocabulary


def day_of(text: str | None) -> datetime.date:
    """A day as people write it; today when nothing is written. Raises Refused."""
    from checklists.days import day_written

    return day_written(text, COMMAND_LINE)


def appendix_named(given: str) -> Appendix:
    """The value of --appendix. Raises Refused for another."""
    from checklists.roster.asked import appendix_written

    return appendix_written(given, COMMAND_LINE)


def order_of(
    library: Library,
    on: str | None,
    basis: str,
    department: str | None,
    most: int | None = None,
    landscape: bool = False,
    sheets: str | None = None,
    appendix: str = "apart",
) -> Order:
    """What the options want beside the enterprise; what is odd about it is told. Raises Refused."""
    from checklists.roster.asked import order_asked

    order, odd = order_asked(
        library,
        day_of(on),
        COMMAND_LINE,
        basis=basis,
        department=department,
        most=most,
        landscape=landscape,
        sheets=sheets,
        appendix=appendix,
    )
    tell(odd)
    return order


def office_told(pairs: list[str] | None, *folders: Path, of_many: bool = False) -> OfficeTold:
    """What --office and the ``office.yaml`` in the first of the folders that has one tell. Raises Refused.

    ``of_many``: of every enterprise of a roster.
    """
    from checklists.roster.office import OfficeTold, find_office, read_office, read_options

    options = read_options(pairs or [], of_many=of_many)
    path = find_office(*folders)
    return OfficeTold(read_office(path) if path else {}, options, path)


def print_office(told: OfficeTold) -> None:
    """Which ``office.yaml`` was found, and what it tells."""
    if told.path:
        print(f"用了 {told.path}：{'、'.join(told.columns)}")


def enterprise_of(
    library: Library,
    kind: list[str],
    place: str | None,
    fact: list[str] | None,
    office: Office | None = None,
    **told: str,
) -> Enterprise:
    """The enterprise that the options describe; what is odd about them is told. Raises Refused."""
    from checklists.models import NO_OFFICE
    from checklists.roster.asked import Asked, enterprise_asked

    asked = Asked(kind, place, facts_of(library, fact), office or NO_OFFICE, **told)
    enterprise, odd = enterprise_asked(library, asked, COMMAND_LINE)
    tell(odd)
    return enterprise


def facts_of(library: Library, pairs: list[str] | None) -> dict[str, FactValue]:
    """Facts of the option, by id. Raises Refused."""
    from checklists.rules.fact_words import facts_typed

    return facts_typed(library.vocabulary, pairs or [], COMMAND_LINE)


def types_of(vocabulary: Vocabulary, names: list[str]) -> tuple[str, ...]:
    """Ids of the types that the options name, each once. Raises Refused."""
    from checklists.rules.words import types_asked

    kinds, odd = types_asked(vocabulary, names, COMMAND_LINE)
    tell(odd)
    return kinds


def checklist_of(
    library: Library,
    order: Order,
    kind: list[str],
    place: str | None,
    fact: list[str] | None,
    office: Office | None = None,
    **told: str,
) -> Checklist:
    """The checklist of the enterprise that the options describe. Raises Refused, also when it would be empty."""
    from checklists.checklist.build import checklist_for

    tell_edition(library)
    return checklist_for(library, enterprise_of(library, kind, place, fact, office, **told), order)


def tell_edition(library: Library) -> None:
    """Say that what is made now will print 未发布, as the rules were changed since their last edition."""
    from checklists.rules.editions import is_unreleased

    if is_unreleased(library.edition):
        position = Position(str(library.folder))
        tell([problem("edition-unreleased", position, edition=library.edition)])


def finish(problems: list[Problem], failed: bool = False) -> None:
    tell(problems)
    if failed or errors(problems):
        raise typer.Exit(1)

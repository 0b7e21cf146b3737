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
from checklists.problems import Place, Problem, Refused, errors, problem

if TYPE_CHECKING:
    from checklists.checklist import Checklist
    from checklists.generate import Order
    from checklists.models import Enterprise, FactValue
    from checklists.workshop import Workshop

COMMAND_LINE = Place("命令行")

RulesOption = Annotated[
    Path | None, typer.Option("--rules", help="规则文件夹（默认用随软件安装的规则）", show_default=False)
]
SeedsOption = Annotated[
    Path | None, typer.Option("--seeds", help="通知文件夹（默认用随软件安装的通知）", show_default=False)
]
TemplatesOption = Annotated[
    Path | None, typer.Option("--templates", help="模板文件夹（默认用随软件安装的模板）", show_default=False)
]
JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取")]
TypeOption = Annotated[list[str], typer.Option("--type", help="企业类型：编号、名称或别名；可写多次")]
PlaceOption = Annotated[str, typer.Option("--place", help="企业所在市、县（市、区）")]
OnOption = Annotated[
    str | None, typer.Option("--on", help="检查日，如 2026-11-22（默认今天）", show_default=False)
]
FactOption = Annotated[
    list[str] | None, typer.Option("--fact", help="企业属性，如 使用燃气=是；可写多次", show_default=False)
]
DepartmentOption = Annotated[
    str | None, typer.Option("--department", help="只列一个部门的检查项，如 消防", show_default=False)
]
BasisOption = Annotated[
    str, typer.Option("--basis", help="standing：历年要求仍有效的都列；current：只列各机关最新通知的")
]

NameOption = Annotated[str, typer.Option("--name", help="单位名称；不写则生成空白表", show_default=False)]
CodeOption = Annotated[str, typer.Option("--code", help="统一社会信用代码", show_default=False)]
AddressOption = Annotated[str, typer.Option("--address", help="地址", show_default=False)]
PersonOption = Annotated[str, typer.Option("--person", help="主要负责人", show_default=False)]
PhoneOption = Annotated[str, typer.Option("--phone", help="电话", show_default=False)]
OutOption = Annotated[Path, typer.Option("--out", help="存到哪个文件夹")]
MostOption = Annotated[
    int | None,
    typer.Option("--max-items", min=1, help="检查表最多列几项（默认 40，九小场所 15）", show_default=False),
]
OwnTemplatesOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--template",
        help="用自己改过的模板文件：是哪种文书的模板，看文件自己会知道；可写多次",
        show_default=False,
    ),
]
PdfOption = Annotated[bool, typer.Option("--pdf", help="同时生成 PDF（用本机的 LibreOffice）")]
LandscapeOption = Annotated[bool, typer.Option("--landscape", help="检查表用横版")]
FullOption = Annotated[bool, typer.Option("--full", help="检查表列出全部检查项")]


def tell(problems: Iterable[Problem]) -> None:
    """Print problems where they do not mix with output that a program reads."""
    for found in problems:
        print(found, file=sys.stderr)


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def sound(rules: Path | None, seeds: Path | None) -> Workshop:
    """The library, fully checked: errors in rules stop a command before it does anything."""
    from checklists.checks import sound_workshop

    return sound_workshop(rules or data_folder("rules"), seeds or data_folder("seeds"))


def opened(rules: Path | None, seeds: Path | None) -> tuple[Workshop, list[Problem]]:
    from checklists.workshop import open_workshop

    return open_workshop(rules or data_folder("rules"), seeds or data_folder("seeds"))


def day_of(text: str | None) -> datetime.date:
    if text is None:
        return datetime.datetime.now().astimezone().date()
    try:
        return datetime.date.fromisoformat(text.strip())
    except ValueError:
        raise Refused([problem("day-wrong", COMMAND_LINE, day=text)], exit_code=2) from None


def facts_of(workshop: Workshop, pairs: list[str] | None) -> dict[str, FactValue]:
    from checklists.vocabulary import fact_named, fact_value

    told: dict[str, FactValue] = {}
    for pair in pairs or []:
        name, equals, value = pair.partition("=")
        if not equals:
            raise Refused([problem("fact-form", COMMAND_LINE, given=pair)], exit_code=2)
        fact = fact_named(workshop.vocabulary, name.strip(), COMMAND_LINE)
        told[fact] = fact_value(workshop.vocabulary.facts[fact], value, COMMAND_LINE)
    return told


def order_of(
    workshop: Workshop,
    on: str | None,
    basis: str,
    department: str | None,
    most: int | None = None,
    landscape: bool = False,
) -> Order:
    from checklists.generate import Order
    from checklists.nearest import nearest

    if basis not in ("standing", "current"):
        raise Refused([problem("basis-wrong", COMMAND_LINE, given=basis)], exit_code=2)
    known = workshop.vocabulary.departments
    if department and department not in known:
        hint = nearest(department, known) or f"可用：{'、'.join(known)}。"
        raise Refused(
            [problem("word-unknown", COMMAND_LINE, field="部门", word=department, hint=hint)], exit_code=2
        )
    return Order(day_of(on), most, department, basis == "current", landscape)


def enterprise_of(
    workshop: Workshop, kind: list[str], place: str, fact: list[str] | None, **told: str
) -> Enterprise:
    from checklists.models import Enterprise
    from checklists.selection import contradictions
    from checklists.vocabulary import find_type, place_chain

    ids = tuple(dict.fromkeys(find_type(workshop.vocabulary, name, COMMAND_LINE).id for name in kind))
    place_chain(workshop.vocabulary, place, COMMAND_LINE)
    enterprise = Enterprise(types=ids, place=place, facts=facts_of(workshop, fact), **told)
    tell(contradictions(workshop.vocabulary, enterprise, lambda fact: COMMAND_LINE))
    return enterprise


def checklist_of(
    workshop: Workshop, order: Order, kind: list[str], place: str, fact: list[str] | None, **told: str
) -> Checklist:
    """The checklist of the enterprise that the options describe."""
    from checklists.generate import checklist_for

    tell_edition(workshop)
    return checklist_for(workshop, enterprise_of(workshop, kind, place, fact, **told), order)


def tell_edition(workshop: Workshop) -> None:
    """Say that what is made now will print 未发布, as the rules were changed since their last edition."""
    from checklists.editions import is_unreleased

    if is_unreleased(workshop.edition):
        place = Place(str(workshop.folder))
        tell([problem("edition-unreleased", place, edition=workshop.edition)])


def finish(problems: list[Problem], failed: bool = False) -> None:
    tell(problems)
    if failed or errors(problems):
        raise typer.Exit(1)


def tell_made(paths: Iterable[Path]) -> None:
    """What was written, a line each."""
    for path in paths:
        print(f"已生成 {path}")


def with_pdfs(paths: list[Path], wanted: bool) -> list[Path]:
    """The paths, and those of their PDFs where they are wanted; without LibreOffice the documents stay."""
    from checklists.pdf import find_office, make_pdfs

    if not wanted:
        return paths
    try:
        return [*paths, *make_pdfs(paths, find_office())]
    except Refused:
        for path in paths:
            print(f"已生成 {path}", file=sys.stderr)
        raise

"""checklists select, explain"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checklists.cli.shared import (
    COMMAND_LINE,
    BasisOption,
    DepartmentOption,
    FactOption,
    JsonOption,
    OnOption,
    PlaceOption,
    RulesOption,
    SeedsOption,
    TypeOption,
    enterprise_of,
    order_of,
    print_json,
    sound,
    warnings,
)
from checklists.problems import Refused, problem

if TYPE_CHECKING:
    from checklists.rules.library import Library
    from checklists.selection.select import Selection


def select_items(
    kind: TypeOption,
    place: PlaceOption = None,
    on: OnOption = None,
    fact: FactOption = None,
    department: DepartmentOption = None,
    basis: BasisOption = "standing",
    rules: RulesOption = None,
    seeds: SeedsOption = None,
    as_json: JsonOption = False,
) -> None:
    """列出一个企业要查的项和不查的项，各有理由。"""
    _, selection = _selection(kind, place, on, fact, department, basis, rules, seeds)
    if as_json:
        print_json({**selection.as_json(), "warnings": warnings()})
        return
    for decision in selection.asked:
        print(f"查\t{decision.item.id}\t{decision.item.content}\t{decision.reason}")
    for decision in selection.not_asked:
        print(f"不查\t{decision.item.id}\t{decision.item.content}\t{decision.reason}")
    print(f"要查 {len(selection.asked)} 项，不查 {len(selection.not_asked)} 项。")


def _selection(
    kind: list[str],
    place: str | None,
    on: str | None,
    fact: list[str] | None,
    department: str | None,
    basis: str,
    rules: Path | None,
    seeds: Path | None,
) -> tuple[Library, Selection]:
    from checklists.selection.select import select

    library = sound(rules, seeds)
    order = order_of(library, on, basis, department)
    enterprise = enterprise_of(library, kind, place, fact)
    department, current = order.department, order.current
    return library, select(library, enterprise, order.on, department=department, current=current)


def explain_item(
    kind: TypeOption,
    item: Annotated[
        str | None,
        typer.Argument(
            metavar="编号",
            help="检查项编号，或表上的项号（同样的类型、地方、日期、属性才是同一个项号）；不写则逐项说明",
            show_default=False,
        ),
    ] = None,
    place: PlaceOption = None,
    on: OnOption = None,
    fact: FactOption = None,
    department: DepartmentOption = None,
    basis: BasisOption = "standing",
    rules: RulesOption = None,
    seeds: SeedsOption = None,
) -> None:
    """说明一个检查项（或全部）对一个企业为什么查、为什么不查。"""
    from checklists.nearest import nearest
    from checklists.selection.core import core_of
    from checklists.selection.explain import explanation

    library, selection = _selection(kind, place, on, fact, department, basis, rules, seeds)
    if item is not None and item.isdecimal():
        item = _numbered(library, selection, int(item))
    wanted = [decision for decision in selection.decisions if item in (None, decision.item.id)]
    if item is not None and not wanted and item in library.retired:
        entry, position = library.retired[item]
        into = f"现在由 {'、'.join(entry.into)} 问。" if entry.into else "没有接着问的检查项。"
        raise Refused(
            [problem("item-retired", position, item=item, reason=entry.reason, into=into)], exit_code=2
        )
    if not wanted:
        hint = nearest(item or "", [decision.item.id for decision in selection.decisions])
        raise Refused([problem("item-unknown", COMMAND_LINE, item=item, hint=hint)], exit_code=2)
    core = core_of(library.vocabulary, selection)
    for decision in wanted:
        print(explanation(library, selection, decision, core))
        print()


def _numbered(library: Library, selection: Selection, number: int) -> str:
    """Id of the item that has the number on the enterprise's list. Raises Refused for a number that no row has."""
    from checklists.checklist.build import build_checklist

    rows = build_checklist(library, selection, edition=library.edition).rows
    if not 1 <= number <= len(rows):
        raise Refused([problem("item-number", COMMAND_LINE, number=number, last=len(rows))], exit_code=2)
    row = rows[number - 1]
    print(f"第 {number} 项：")
    return row.item.id


def register(root: typer.Typer) -> None:
    """Commands that stand at the top level."""
    root.command("select")(select_items)
    root.command("explain")(explain_item)

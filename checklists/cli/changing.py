"""checklists rules diff, impact"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checklists.cli.shared import (
    COMMAND_LINE,
    FactOption,
    JsonOption,
    PlaceOption,
    RulesOption,
    SeedsOption,
    day_of,
    enterprise_of,
    office_told,
    print_json,
    sound,
    tell,
)
from checklists.problems import Problem, errors

if TYPE_CHECKING:
    from checklists.rules.library import Library
    from checklists.selection.impact import Impact

_SHOWN = 5
"""Items that a line of an enterprise names."""
FromOption = Annotated[str, typer.Option("--from", metavar="日期", help="原来的检查日，如 2026-12-31")]
ToOption = Annotated[str, typer.Option("--to", metavar="日期", help="后来的检查日，如 2027-02-01")]


def rules_diff(
    before: Annotated[str, typer.Argument(metavar="原日期", help="如 2026-12-31")],
    after: Annotated[str, typer.Argument(metavar="现日期", help="如 2027-02-01")],
    kind: Annotated[
        list[str] | None,
        typer.Option("--type", metavar="类型", help="只看这些企业类型；不写就是全部类型", show_default=False),
    ] = None,
    place: PlaceOption = None,
    fact: FactOption = None,
    rules: RulesOption = None,
    seeds: SeedsOption = None,
    as_json: JsonOption = False,
) -> None:
    """两个检查日的名单对照：各类型多了哪些检查项、少了哪些、哪些换了依据，各有理由。"""
    from checklists.rules.words import find_type
    from checklists.selection.impact import impact

    library, days = sound(rules, seeds), _days(before, after)
    kinds = library.vocabulary.types
    chosen = [find_type(library.vocabulary, name, COMMAND_LINE).id for name in kind or []] or list(kinds)
    found: dict[str, Impact] = {}
    where = place or library.vocabulary.province
    for name in chosen:
        found[kinds[name].name] = impact(library, enterprise_of(library, [name], where, fact), *days)
    if as_json:
        print_json([{"type": name, **one.as_json()} for name, one in found.items()])
        return
    for name, one in found.items():
        print(f"{name}：原 {one.asked_before} 项，现 {one.asked_after} 项{_counted(one)}")
        for moved in one.moved:
            print(f"  {moved.what}\t{moved.item.id}\t{moved.item.content}\t{moved.why}")
    print(f"{len(found)} 个类型，名单有变化的 {sum(one.changes_list for one in found.values())} 个。")


@dataclass(frozen=True)
class _Firm:
    """One row of the roster: how its list changes; None where the row cannot be used."""

    name: str
    place: str
    impact: Impact | None
    problems: tuple[Problem, ...]


def impact_of_roster(
    roster: Annotated[Path, typer.Argument(metavar="名录", help="企业名录：.xlsx、.csv 或 .yaml")],
    before: FromOption,
    after: ToOption,
    rules: RulesOption = None,
    seeds: SeedsOption = None,
    as_json: JsonOption = False,
) -> None:
    """名录里哪些企业的检查项变了：多了哪些、少了哪些、为什么；只换了依据的另计。"""
    library, days = sound(rules, seeds), _days(before, after)
    firms = list(_firms(roster, library, *days))
    for firm in firms:
        tell(errors(firm.problems))
    usable = [firm for firm in firms if firm.impact]
    if as_json:
        print_json(
            [
                {"name": firm.name, "place": firm.place, **firm.impact.as_json()}
                for firm in usable
                if firm.impact
            ]
        )
    else:
        _print_firms(usable)
    raise typer.Exit(1 if len(usable) < len(firms) or not usable else 0)


def _firms(roster: Path, library: Library, before: datetime.date, after: datetime.date) -> Iterator[_Firm]:
    from checklists.roster.read import read_roster
    from checklists.selection.impact import impact

    opened = read_roster(
        roster, library.vocabulary, told=office_told(None, roster.parent, Path(), of_many=True)
    )
    tell(opened.problems)
    for entry in opened.entries:
        one = entry.enterprise
        found = impact(library, one, before, after) if one else None
        yield _Firm(one.name if one else "", one.place if one else "", found, entry.problems)


def _print_firms(firms: list[_Firm]) -> None:
    items: Counter[tuple[str, str, str]] = Counter()
    for firm in firms:
        if firm.impact and firm.impact.changes_list:
            changed = [one for one in firm.impact.moved if one.what != "依据变"]
            print(f"{firm.name}　{firm.place}{_counted(firm.impact)}")
            for moved in changed[:_SHOWN]:
                print(f"  {moved.what}\t{moved.item.content}\t{moved.why}")
            if len(changed) > _SHOWN:
                print(f"  ……另有 {len(changed) - _SHOWN} 项")
            items.update((one.what, one.item.id, one.item.content) for one in changed)
    if items:
        print("\n涉及的检查项：")
        for (what, name, content), count in items.most_common():
            print(f"  {what}\t{name}\t{content}\t{count} 家")
    listed = sum(bool(firm.impact and firm.impact.changes_list) for firm in firms)
    only = sum(bool(firm.impact and firm.impact.moved and not firm.impact.changes_list) for firm in firms)
    print(
        f"{len(firms)} 家：检查项有变化的 {listed} 家，只换了依据的 {only} 家，没有变化的 {len(firms) - listed - only} 家。"
    )


def _counted(found: Impact) -> str:
    counted = Counter(one.what for one in found.moved)
    told = "、".join(f"{what} {count} 项" for what, count in counted.items())
    return f"：{told}" if told else "，没有变化"


def _days(before: str, after: str) -> tuple[datetime.date, datetime.date]:
    from checklists.selection.impact import in_order

    first, second = day_of(before), day_of(after)
    in_order(first, second, COMMAND_LINE)
    return first, second


def register(root: typer.Typer, rules: typer.Typer) -> None:
    """impact stands at the top level, diff beside the commands of the rules."""
    root.command("impact")(impact_of_roster)
    rules.command("diff")(rules_diff)

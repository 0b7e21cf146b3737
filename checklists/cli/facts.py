"""checklists facts"""

from __future__ import annotations

from typing import Annotated

import typer

from checklists.cli.shared import COMMAND_LINE, JsonOption, RulesOption, closed_lists, print_json, types_of

KindsOption = Annotated[
    list[str] | None,
    typer.Option("--type", metavar="类型", help="只列一种企业的；可写多次", show_default=False),
]


def facts_list(kind: KindsOption = None, rules: RulesOption = None, as_json: JsonOption = False) -> None:
    """列出企业属性：名称、怎么问、能填什么；加 --type，说明哪些要问清、哪些通常如此（可改）、哪些由类型已定。"""
    from checklists.rules.asked_facts import told_facts
    from checklists.rules.words import find_type

    vocabulary = closed_lists(rules)
    kinds = [find_type(vocabulary, one, COMMAND_LINE) for one in types_of(vocabulary, kind or [])]
    listed = list(told_facts(vocabulary, kinds))
    if as_json:
        print_json([one.as_json() for one in listed])
        return
    for one in listed:
        state = f"\t{one.state}" if kinds else ""
        print(f"{one.name}\t{one.question}\t{one.values}{state}")
    print(f"属性 {len(listed)} 个；用法：--fact 名称=值，名录里加一列，列名照写。")


def register(root: typer.Typer) -> None:
    """The command stands at the top level."""
    root.command("facts")(facts_list)

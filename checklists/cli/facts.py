"""checklists facts"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from checklists.cli.shared import COMMAND_LINE, JsonOption, RulesOption, closed_lists, print_json, types_of

if TYPE_CHECKING:
    from checklists.models import EnterpriseType, Fact, Vocabulary

KindsOption = Annotated[
    list[str] | None,
    typer.Option("--type", metavar="类型", help="只列一种企业的；可写多次", show_default=False),
]
_ASKED, _USUAL, _FIXED = "要问清", "通常", "已定"


def facts_list(kind: KindsOption = None, rules: RulesOption = None, as_json: JsonOption = False) -> None:
    """列出企业属性：名称、怎么问、能填什么；加 --type，说明哪些要问清、哪些通常如此（可改）、哪些由类型已定。"""
    from checklists.rules.words import find_type

    vocabulary = closed_lists(rules)
    kinds = [find_type(vocabulary, one, COMMAND_LINE) for one in types_of(vocabulary, kind or [])]
    listed = list(_listed(vocabulary, kinds))
    if as_json:
        print_json(listed)
        return
    for one in listed:
        state = f"\t{one['state']}" if kinds else ""
        print(f"{one['name']}\t{one['question']}\t{one['values']}{state}")
    print(f"属性 {len(listed)} 个；用法：--fact 名称=值，名录里加一列，列名照写。")


def _listed(vocabulary: Vocabulary, kinds: list[EnterpriseType]) -> Iterator[dict[str, Any]]:
    for name, fact in vocabulary.facts.items():
        state = _state(name, fact, kinds)
        if kinds and not state:
            continue
        told = {"id": name, "name": fact.name, "kind": fact.kind, "question": fact.question or fact.name}
        yield {**told, "values": _values(fact), "unit": fact.unit, "state": state}


def _values(fact: Fact) -> str:
    if fact.kind == "yes-no":
        return "是／否"
    return "／".join(fact.choices) if fact.choices else f"数字{f'（{fact.unit}）' if fact.unit else ''}"


def _state(name: str, fact: Fact, kinds: list[EnterpriseType]) -> str:
    """What the types make of a fact: to be found out, usual, settled; nothing where they have nothing to do with it."""
    from checklists.rules.conditions import value_words

    states = []
    for kind in kinds:
        if name in kind.facts.asks:
            states.append(_ASKED)
        for word, values in ((_FIXED, kind.facts.fixed), (_USUAL, kind.facts.default)):
            if name in values:
                states.append(f"{word}：{value_words(values[name], fact.unit)}")
    return "；".join(dict.fromkeys(states))


def register(root: typer.Typer) -> None:
    """The command stands at the top level."""
    root.command("facts")(facts_list)

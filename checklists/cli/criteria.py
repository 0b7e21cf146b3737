"""checklists criteria …"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from checklists.cli.chinese import App
from checklists.cli.shared import (
    COMMAND_LINE,
    FactOption,
    JsonOption,
    OnOption,
    PlaceOption,
    RulesOption,
    SeedsOption,
    day_of,
    enterprise_of,
    print_json,
    sound,
)
from checklists.problems import Refused, problem

if TYPE_CHECKING:
    from checklists.models import Criterion, Standard
    from checklists.rules.criteria import Coverage
    from checklists.selection.criteria import BoundStandard

app = App(help="重大事故隐患判定标准：一个企业适用哪些、有哪些情形，各标准收录了多少。")

TypesOption = Annotated[
    list[str] | None,
    typer.Option("--type", metavar="类型", help="企业类型：编号、名称或别名；可写多次", show_default=False),
]


@app.callback(invoke_without_command=True)
def criteria_of(
    context: typer.Context,
    kind: TypesOption = None,
    place: PlaceOption = None,
    on: OnOption = None,
    fact: FactOption = None,
    rules: RulesOption = None,
    seeds: SeedsOption = None,
    as_json: JsonOption = False,
) -> None:
    """重大事故隐患判定标准：列出一个企业在检查日适用的标准和其中的情形；coverage 列出各标准收录了多少。"""
    from checklists.rules.criteria import standard_words
    from checklists.selection.criteria import bound_standards
    from checklists.selection.profile import profile_of

    if context.invoked_subcommand:
        return
    if not kind:
        raise Refused([problem("criteria-no-type", COMMAND_LINE)], exit_code=2)
    library, day = sound(rules, seeds), day_of(on)
    enterprise = enterprise_of(library, kind, place, fact)
    bound = bound_standards(library, profile_of(library.vocabulary, enterprise), day)
    if as_json:
        print_json([entry for one in bound for entry in _entries(one)])
        return
    for one in bound:
        print(f"{standard_words(one.standard)}：{one.count_words}")
        for line in (*_note(one.standard), *map(_line, one.criteria)):
            print(f"  {line}")
    print(f"检查日 {day} 适用标准 {len(bound)} 份，情形 {sum(len(one.criteria) for one in bound)} 条。")


def _entries(bound: BoundStandard) -> Iterator[dict[str, Any]]:
    """One entry a criterion; of a standard whose text is not held one entry with nothing but its name."""
    standard = bound.standard
    head = {
        "standard": standard.standard,
        "number": standard.number,
        "from": standard.since,
        "held": standard.held,
    }
    empty: dict[str, Any] = {"article": "", "text": "", "see": "", "where": "", "items": [], "applies": {}}
    for criterion in bound.criteria:
        value = criterion.model_dump(by_alias=True, exclude_none=True, mode="json")
        yield {**head, **{name: value[name] for name in empty}}
    if not bound.criteria:
        yield {**head, **empty}


def _note(standard: Standard) -> list[str]:
    return [f"说明：{standard.note}"] if standard.note else []


def _line(criterion: Criterion) -> str:
    items = "、".join(criterion.items) or f"无对应检查项（{criterion.no_item}）"
    return f"{criterion.article}\t{criterion.text}\t怎么看：{criterion.see}\t{criterion.where}\t{items}"


@app.command("coverage")
def criteria_coverage(
    rules: RulesOption = None, seeds: SeedsOption = None, as_json: JsonOption = False
) -> None:
    """列出各标准收录了几条、几种情形，多少有对应的检查项，没有的为什么。"""
    from checklists.rules.criteria import coverage_of, standard_words

    covered = [coverage_of(one.standard) for one in sound(rules, seeds).standards]
    if as_json:
        print_json(list(map(_coverage_json, covered)))
        return
    for one in covered:
        if one.standard.held == "none":
            print(f"{standard_words(one.standard)}：条文未收录")
            continue
        held = "全文" if one.standard.held == "whole" else "部分"
        print(
            f"{standard_words(one.standard)}：{held}，条款 {one.articles} 项，情形 {one.entries} 条，"
            f"有对应检查项 {one.with_items} 条，没有 {len(one.without)} 条"
        )
        for line in _reasons(one):
            print(f"  {line}")
    entries = sum(one.entries for one in covered)
    print(
        f"标准 {len(covered)} 份，情形 {entries} 条，有对应检查项 {sum(one.with_items for one in covered)} 条。"
    )


_MOST_REASONS = 3
"""Of one standard that are told one by one."""


def _reasons(coverage: Coverage) -> Iterator[str]:
    """Why criteria have no item, the most frequent reasons first."""
    counts = Counter(criterion.no_item for criterion in coverage.without).most_common()
    for why, count in counts[:_MOST_REASONS]:
        yield f"没有 {count} 条：{why}"
    if rest := sum(count for _, count in counts[_MOST_REASONS:]):
        yield f"没有 {rest} 条：另有理由，逐条见 --json"


def _coverage_json(coverage: Coverage) -> dict[str, Any]:
    standard = coverage.standard
    return {
        "standard": standard.standard,
        "number": standard.number,
        "from": standard.since,
        "until": standard.until,
        "held": standard.held,
        "articles": coverage.articles,
        "entries": coverage.entries,
        "with_items": coverage.with_items,
        "without": [
            {"article": one.article, "text": one.text, "why": one.no_item} for one in coverage.without
        ],
    }

"""checklists rules …, items, types"""

from __future__ import annotations

from typing import Annotated

import typer

from checklists.cli.chinese import App
from checklists.cli.shared import (
    COMMAND_LINE,
    JsonOption,
    OnOption,
    RulesOption,
    SeedsOption,
    day_of,
    opened,
    print_json,
    sound,
)
from checklists.data import data_folder
from checklists.problems import Refused, errors, problem

app = App(help="规则：检查、版本、更新记录。")


@app.command("check")
def rules_check(rules: RulesOption = None, seeds: SeedsOption = None, as_json: JsonOption = False) -> None:
    """检查全部规则：写法、引文、用词、长度、逐句交代；有错误时退出码为 1。"""
    from checklists.rules.checking import check_rules

    checked = check_rules(rules or data_folder("rules"), seeds or data_folder("seeds"))
    wrong = len(errors(checked.problems))
    if as_json:
        print_json([found.as_json() for found in checked.problems])
    else:
        for found in checked.problems:
            print(found)
        if checked.left:
            print(f"还没有检查：{'、'.join(checked.left)}；请先改正以上错误。")
        print(f"检查项 {checked.items} 个；错误 {wrong} 处，提醒 {len(checked.problems) - wrong} 处。")
    raise typer.Exit(1 if wrong else 0)


@app.command("release")
def rules_release(rules: RulesOption = None, seeds: SeedsOption = None, on: OnOption = None) -> None:
    """发布新版规则：按改动推算版本号，写 VERSION、edition.json 和 CHANGELOG.md。"""
    from checklists.rules.checks import sound_library
    from checklists.rules.editions import release
    from checklists.rules.editions_record import ITEMS, KIND_NAMES

    folder = rules or data_folder("rules")
    library = sound_library(folder, seeds or data_folder("seeds"))
    version, changes = release(folder, library.record, day_of(on), library.retired)
    counts = [
        f"{'' if kind == ITEMS else KIND_NAMES[kind]}{word} {len(names)} 项"
        for kind, found in changes.items()
        for word, names in found.by_name.items()
    ]
    if fresh := [KIND_NAMES[kind] for kind, found in changes.items() if found.unrecorded]:
        counts.append(f"从这一版起也记入{'、'.join(fresh)}")
    print(f"规则版 {version}：{'，'.join(counts) or '没有改动'}。")


@app.command("upgrade")
def rules_upgrade(rules: RulesOption = None, seeds: SeedsOption = None) -> None:
    """去掉检查项里已经取消的字段（weight、major），并列出各类型少了哪些★、▲；不代写 core。"""
    from checklists.rules.upgrade import upgrade

    done = upgrade(rules or data_folder("rules"), seeds or data_folder("seeds"))
    for one, aside in done.files:
        print(f"{one.path}：去掉 {one.count} 处，原来的文件在 {aside}")
    for loss in done.losses:
        lost = [f"{mark} {'、'.join(ids)}" for mark, ids in (("★", loss.key), ("▲", loss.major)) if ids]
        print(f"{loss.type}　不再有{'；不再有'.join(lost)}")
    print(
        "还要★的，写进 types.yaml、vocabulary.yaml 的 core；▲由 criteria 里的判定标准决定。"
        if done.files
        else "没有要去掉的字段。"
    )


@app.command("consent")
def rules_consent(
    item: Annotated[str, typer.Argument(metavar="检查项", help="检查项的编号，一次一个", show_default=False)],
    about: Annotated[
        str,
        typer.Option(
            "--about",
            metavar="哪一种",
            help="risky：要人动手的；paper：通知没有说到的资料；qualifier：句子前面限定的对象",
            show_default=False,
        ),
    ],
    why: Annotated[str, typer.Option("--why", metavar="理由", help="为什么可以这样写", show_default=False)],
    rules: RulesOption = None,
    seeds: SeedsOption = None,
) -> None:
    """记下一个检查项已由人读过、可以这样写；检查项一改，记录作废。"""
    from checklists.rules.checks.consents import consent

    library, problems = opened(rules, seeds)
    if errors(problems):
        raise Refused(errors(problems))
    read = consent(library, item, about, why)
    print(f"{read.content}\n{read.standard}\n已记入 consents.yaml：{why}")


@app.command("schema")
def rules_schema() -> None:
    """输出规则文件的 JSON Schema，供编辑器补全和检查 YAML。"""
    from checklists.rules.schema import rules_schema as schema

    print_json(schema())


def items_list(
    rules: RulesOption = None,
    seeds: SeedsOption = None,
    industry: Annotated[
        str | None, typer.Option("--industry", metavar="行业", help="只列一个行业领域", show_default=False)
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """列出全部检查项。"""
    library = sound(rules, seeds)
    names = library.vocabulary.industries
    chosen = [
        item
        for item in library.items
        if not industry or industry in (item.industry, names[item.industry].name)
    ]
    if industry and not chosen:
        from checklists.nearest import nearest

        hint = nearest(industry, [*names, *(one.name for one in names.values())])
        raise Refused(
            [problem("word-unknown", COMMAND_LINE, field="行业领域", word=industry, hint=hint)], exit_code=2
        )
    if as_json:
        print_json([item.model_dump(by_alias=True, exclude_none=True, mode="json") for item in chosen])
        return
    for item in chosen:
        print(f"{item.id}\t{names[item.industry].name}\t{item.content}")


def types_list(rules: RulesOption = None, seeds: SeedsOption = None, as_json: JsonOption = False) -> None:
    """列出全部企业类型，以及各有多少单列的检查项。"""
    from checklists.rules.checks.reach import own_items

    library, problems = opened(rules, seeds)
    if errors(problems):
        raise Refused(errors(problems))
    kinds = library.vocabulary.types.values()
    own = {kind.id: len(own_items(kind, library)) for kind in kinds}
    if as_json:
        fields = {kind.id: kind.model_dump(mode="json", exclude={"group", "most"}) for kind in kinds}
        print_json([{**fields[name], "own_items": count} for name, count in own.items()])
        return
    names = library.vocabulary.industries
    for kind in kinds:
        industries = "、".join(names[name].name for name in kind.industries)
        known_as = f"\t又称 {'、'.join(kind.aliases)}" if kind.aliases else ""
        print(f"{kind.id}\t{kind.name}\t单列 {own[kind.id]} 项\t{industries}{known_as}")


def register(root: typer.Typer) -> None:
    """Commands that stand at the top level."""
    root.command("items")(items_list)
    root.command("types")(types_list)

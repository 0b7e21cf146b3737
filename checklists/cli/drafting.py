"""checklists rules draft, rules adopt"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from checklists.cli.notices import OWN_SEEDS, OwnSeedsOption, notice_id
from checklists.cli.shared import opened
from checklists.problems import Refused, errors

OWN_RULES = "我的规则"
"""Folder of one's own rules where no other is named."""

NoticeArgument = Annotated[str, typer.Argument(metavar="编号", help="通知编号，如 jincheng-2027")]
OwnRulesOption = Annotated[
    Path | None,
    typer.Option(
        "--rules",
        metavar="文件夹",
        help=f"自己的规则文件夹；不写就是当前文件夹里的“{OWN_RULES}”；起草时没有就新建，并抄一份自带的规则进去",
        show_default=False,
    ),
]


def rules_draft(notice: NoticeArgument, rules: OwnRulesOption = None, seeds: OwnSeedsOption = None) -> None:
    """起草：一份通知的每一句，又说到哪些检查项、哪些数字期限变了、哪些没有说过、哪些是部门的事。"""
    from checklists.rules.drafts.making import make_draft, rules_or_copied

    folder = rules or Path(OWN_RULES)
    own_seeds = seeds or Path(OWN_SEEDS)
    base = rules_or_copied(folder)
    library, problems = opened(base, own_seeds)
    if errors(problems):
        raise Refused(errors(problems))
    drafted = make_draft(library, notice_id(library, notice), folder)
    if base != folder:
        print(f"新建了规则文件夹 {folder}，自带的规则已抄在里面；以后各条命令都加 --rules {folder}。")
    duties = [one.duty for one in drafted.proposed]
    again, new = sum(len(one.again) for one in duties), sum(len(one.new) for one in duties)
    changed = sum(bool(item.change) for one in duties for item in one.new)
    aside = sum(bool(one.aside) for one in duties)
    print(f"{drafted.path}：{len(duties)} 句。")
    print(
        f"又说到已有检查项 {again} 处，没有说过 {new - changed} 处，数字、期限变了 {changed} 处，对企业没有要求 {aside} 句。"
    )
    print(f"请逐句定稿，再运行 checklists rules check --rules {folder} --seeds {own_seeds}，看还缺什么。")


def rules_adopt(notice: NoticeArgument, rules: OwnRulesOption = None, seeds: OwnSeedsOption = None) -> None:
    """把写完的草稿并入规则：加依据、加检查项、加处置说明；草稿移到“旧件”。没有写完的，说出缺什么，什么都不改。"""
    from checklists.rules.drafts.adopt import adopt

    library, problems = opened(rules or Path(OWN_RULES), seeds or Path(OWN_SEEDS))
    if errors(problems):
        raise Refused(errors(problems))
    done = adopt(library, notice_id(library, notice))
    print(
        f"已并入：依据 {done.bases} 条，新检查项 {done.items} 个，处置说明 {done.dispositions} 条。草稿在 {done.kept}。"
    )
    for path in done.files:
        print(f"  改了 {path}")


def register(group: typer.Typer) -> None:
    """Commands that stand beside those of the rules."""
    group.command("draft")(rules_draft)
    group.command("adopt")(rules_adopt)

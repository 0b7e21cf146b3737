"""A draft as a file that a person reads and fills: every proposal on a line of its own, with why it was made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from checklists.models import CitedNotice
from checklists.rules.drafts.model import Again, Aside, NewItem
from checklists.rules.drafts.propose import Proposed
from checklists.rules.folder import DRAFTS

_HEAD = """\
# yaml-language-server: $schema=schema.json
# {title}：草稿，一句一条，由人定稿。程序按文字相近提出，每一条都要对照原文读一遍。
#   bound   谁来做：企业、部门、未定；industries、types 是可能的行业领域和企业类型，只供参考，不并入规则；near 是也有点像的检查项
#   again   又说到的检查项：各加一条依据。# 后面是以前怎样说、有多相近（1 是一样）、检查项查什么；“把握不大”的只是
#           最像的一个；不是同一件事的，删去那一行
#   new     没有说过的，或数字、期限变了的：新的检查项，填好空白（写法见 rules/README.md）；不必写的，整条删去。
#           near 是相近的检查项：同一件事的，改写到 again 里；并入时不带 near、change
#   aside   对企业没有要求的：写入处置说明；其实有要求的，改成 again 或 new
# 一句话里 again、new、aside 至少留一样。写完运行 checklists rules check，再运行 checklists rules adopt {notice}
notice: {notice}
duties:
"""
_BLANK = (
    "id",
    "industry",
    "title",
    "content",
    "standard",
    "where",
    "how",
    "evidence",
    "rectify",
    "category",
    "departments",
    "every",
)
"""Fields that are written even when nothing stands in them: these a person fills."""
_BLANK_TEXT = '""'
_EMPTY = {"how": "[]", "departments": "[]"}
_MORE = ("standard-small", "support", "season", "applies", "replaces", "says", "quote", "near", "change")


def draft_path(rules: Path, notice: str) -> Path:
    """Where the draft of a notice stands."""
    return rules / DRAFTS / f"{notice}.yaml"


def draft_text(notice: CitedNotice, proposed: Iterable[Proposed]) -> str:
    """The whole file."""
    head = _HEAD.format(title=notice.title, notice=notice.id)
    return head + "\n".join("\n".join(_duty(one)) for one in proposed) + "\n"


def _duty(one: Proposed) -> Iterator[str]:
    duty = one.duty
    yield f"  - clause: {flow(duty.clause)}"
    yield f"    sentence: {flow(duty.sentence)}"
    yield f"    bound: {duty.bound}"
    for name in ("industries", "types", "near"):
        if value := getattr(duty, name):
            yield f"    {name}: {flow(list(value))}"
    if duty.again:
        yield "    again:"
        told = zip(duty.again, one.why_again, one.figures, strict=True)
        yield from (_again(again, why, figures) for again, why, figures in told)
    if duty.new:
        yield "    new:"
        for new, why in zip(duty.new, one.why_new, strict=True):
            yield from _new(new, why)
    if duty.aside:
        yield "    aside:"
        yield from (f"      - {flow(_told(aside))}" for aside in duty.aside)


def _again(again: Again, why: str, figures: str) -> str:
    written = again.model_dump(by_alias=True, exclude_none=True, mode="json")
    told = {name: value for name, value in written.items() if value}
    return f"      - {flow(told)}  # {remark(why)}{f'；数字不同：{remark(figures)}' if figures else ''}"


def _new(new: NewItem, why: str) -> Iterator[str]:
    if why:
        yield f"      # {remark(why)}"
    told = new.model_dump(by_alias=True, exclude_none=True, mode="json")
    names = [*_BLANK, *(name for name in _MORE if told.get(name))]
    for number, name in enumerate(names):
        value = told.get(name)
        lead = "      - " if number == 0 else "        "
        yield f"{lead}{name}: {flow(value) if value else _EMPTY.get(name, _BLANK_TEXT)}"


def _told(aside: Aside) -> dict[str, Any]:
    return aside.model_dump()


def flow(value: Any) -> str:
    """A value on one line, as YAML reads it back."""
    text = yaml.safe_dump(
        value, default_flow_style=True, allow_unicode=True, width=float("inf"), sort_keys=False
    )
    return text.removesuffix("\n").removesuffix("\n...")


def remark(text: str) -> str:
    """A text behind #: one line."""
    return " ".join(text.split())

"""A library on the closed lists as shipped in which every fact, type, industry and place tells: an item hangs on each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import cycle
from typing import Any

from checklists.data import data_folder
from checklists.models import Fact, FactValue, Item, Term
from checklists.problems import Position
from checklists.rules.checks import sound_library
from checklists.rules.library import Library

PROVINCE = "shanxi-2026"
_SHADES = cycle(
    {
        "where": where,
        "how": how,
        "every": every,
        "category": category,
    }
    for where, how, every, category in (
        ("资料", ["查资料"], "shift", "基础管理"),
        ("厨房", ["看现场", "测试"], "week", "现场管理"),
        ("车间", ["问人员"], "month", "现场管理"),
    )
)


@cache
def installed() -> Library:
    """As shipped."""
    return sound_library(data_folder("rules"), data_folder("seeds"))


@cache
def telling_library() -> Library:
    """The closed lists and notices as shipped; items and terms of its own."""
    shipped = installed()
    terms = tuple(
        (Term(term=term, notice=PROVINCE, clause="一/（三）", quote=term, meaning=meaning), Position("术语"))
        for term, meaning in (("五落实", "责任、措施、资金、时限、预案"), ("双报告", ""))
    )
    return Library(
        tuple(_items(shipped)),
        shipped.notices,
        shipped.vocabulary,
        terms=terms,
        papers=shipped.papers,
        edition=shipped.edition,
    )


def answers(fact: Fact) -> tuple[FactValue, ...]:
    """Answers of which each makes another list."""
    if fact.kind == "yes-no":
        return (True, False)
    return fact.choices if fact.kind == "choice" else (0, 3, 2.5, 40)


def _items(shipped: Library) -> Iterator[Item]:
    for industry in shipped.vocabulary.industries:
        yield _item(f"industry-{industry}", industry, "看五落实")
    for notice in shipped.notices.values():
        yield _item(f"notice-{notice.id}", "general", "看双报告", notice=notice.id)
    for name, fact in shipped.vocabulary.facts.items():
        values: tuple[Any, ...] = answers(fact)
        if fact.kind == "number":
            values = ({"at-least": 0}, {"more-than": 2.7}, {"at-least": 30})
        elif fact.kind == "yes-no" and len(name) % 8:
            values = (True,)  # an item on 否 is asked of everybody who is not asked for the fact
        for number, value in enumerate(values):
            yield _item(f"fact-{name}-{number}", "general", f"看{fact.name}", applies={name: value})


def _item(name: str, industry: str, content: str, notice: str = PROVINCE, **more: Any) -> Item:
    number = len(name)
    basis = {"notice": notice, "clause": f"一/（{number}）", "says": "requires", "quote": f"必须{name}"}
    if number % 2:
        basis["due"] = "2026-12-31"
    told = {
        "id": name[:60],
        "industry": industry,
        "title": f"标题{name}",
        "content": f"{content}（{name}）",
        "standard": f"标准{name}",
        "evidence": f"证据{name}",
        "rectify": f"整改{name}",
        "support": f"保障{name}",
        "departments": ["应急", "消防"][: 1 + number % 2],
        "basis": [basis, {**basis, "notice": "shanxi-2009", "quote": f"应当{name}"}],
    }
    return Item.model_validate({**told, **next(_SHADES), **more})

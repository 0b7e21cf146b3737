"""A choice as the JSON interface is asked for it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import Path, Query

from checklists.checklist.build import Order
from checklists.days import today
from checklists.models import NO_OFFICE, Enterprise, FactValue, Office
from checklists.problems import Position, Problem
from checklists.roster.asked import Asked, enterprise_asked, order_asked
from checklists.rules.fact_words import facts_typed
from checklists.rules.library import Library
from checklists.rules.vocabulary import fact_named, fact_value
from checklists.web.api.answers import DocumentsAsked, Named, Short
from checklists.web.choice import FIRM

REQUEST = Position("请求")
Types = Annotated[
    list[Named],
    Query(min_length=1, max_length=20, description="企业类型：编号、名称或别名；可写多个"),
]
SomeTypes = Annotated[tuple[Named, ...], Query(max_length=20, description="企业类型；不写是全部")]
Place = Annotated[Short, Query(description="所在市、县；不写按全省")]
Facts = Annotated[
    tuple[Short, ...],
    Query(max_length=200, description="企业情况：名称=值；可写多个"),
]
NoticeId = Annotated[str, Path(description="通知编号")]
NoticeQuery = Annotated[Short, Query(description="通知编号")]
Day = Annotated[datetime.date | None, Query(description="检查日；不写就是今天")]
Department = Annotated[Short, Query(description="只列一个部门的")]
BasisChoice = Annotated[Literal["standing", "current"], Query(description="current：只列各机关最新通知的")]
Most = Annotated[int | None, Query(ge=0, le=9999, description="检查表列几项；0 是全部，不写是通常的项数")]


def enterprise_of(
    library: Library, types: Sequence[str], place: str, facts: Sequence[str]
) -> tuple[Enterprise, list[Problem]]:
    """The enterprise of a query, and what is odd about it. Raises Refused."""
    told = facts_typed(library.vocabulary, facts, REQUEST)
    return enterprise_asked(library, Asked(types, place or None, told), REQUEST)


def order_of(
    library: Library, on: datetime.date | None, department: str, basis: str, most: int | None
) -> tuple[Order, list[Problem]]:
    """Day and cut of a list, and what is odd about them. Raises Refused."""
    return order_asked(library, on or today(), REQUEST, basis=basis, department=department or None, most=most)


def enterprise_told(library: Library, asked: DocumentsAsked, office: Office = NO_OFFICE) -> Enterprise:
    """The enterprise of a body. Raises Refused."""
    facts = {fact_named(library.vocabulary, name, REQUEST): value for name, value in asked.facts.items()}
    known = library.vocabulary.facts
    told: dict[str, FactValue] = {
        name: fact_value(known[name], _text(value), REQUEST) for name, value in facts.items()
    }
    firm = {name: getattr(asked, name) for name in FIRM}
    enterprise, _ = enterprise_asked(
        library, Asked(asked.types, asked.place or None, told, office, **firm), REQUEST
    )
    return enterprise


def _text(value: FactValue) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return value if isinstance(value, str) else f"{value:g}"

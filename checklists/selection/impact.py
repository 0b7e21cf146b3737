"""What becomes of an enterprise's list from one day to another: which items come, go, or rest on other words, and why."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from checklists.models import Basis, Enterprise, Item
from checklists.problems import Position, Refused, problem
from checklists.rules.citation import clause_words
from checklists.rules.library import Library
from checklists.selection.select import Decision, select

What = Literal["新增", "不再问", "依据变"]


@dataclass(frozen=True)
class Moved:
    """One item that is not asked as it was."""

    item: Item
    what: What
    why: str


@dataclass(frozen=True)
class Impact:
    """How one list changes between two days."""

    moved: tuple[Moved, ...]
    asked_before: int
    asked_after: int

    @property
    def changes_list(self) -> bool:
        """Whether items come or go; that they rest on other words changes no list."""
        return any(one.what != "依据变" for one in self.moved)

    def as_json(self) -> dict[str, Any]:
        """How many items were and are asked, whether the list changes, and each item that moved."""
        moved = [{"item": one.item.id, "what": one.what, "why": one.why} for one in self.moved]
        counts = {"before": self.asked_before, "after": self.asked_after}
        return {**counts, "list_changes": self.changes_list, "moved": moved}


def in_order(before: datetime.date, after: datetime.date, position: Position) -> None:
    """Refuse two days of which the first is not the earlier."""
    if before >= after:
        raise Refused([problem("days-order", position, before=before, after=after)], exit_code=2)


def impact(library: Library, enterprise: Enterprise, before: datetime.date, after: datetime.date) -> Impact:
    """Compare what the enterprise is asked on both days. Raises Refused for an unknown type or place."""
    first, second = select(library, enterprise, before), select(library, enterprise, after)
    moved = [
        told
        for old, new in zip(first.decisions, second.decisions, strict=True)
        if (told := _moved(library, old, new))
    ]
    return Impact(tuple(moved), len(first.asked), len(second.asked))


def _moved(library: Library, old: Decision, new: Decision) -> Moved | None:
    if old.asked != new.asked:
        if old.asked:
            return Moved(new.item, "不再问", new.reason)
        return Moved(new.item, "新增", _words(library, _since(old.basis, new.basis)) or new.reason)
    come, gone = _since(old.basis, new.basis), _since(new.basis, old.basis)
    if not new.asked or not (come or gone):
        return None
    told = [f"增加 {_words(library, come)}" if come else "", f"去掉 {_words(library, gone)}" if gone else ""]
    return Moved(new.item, "依据变", "；".join(one for one in told if one))


def _since(old: Sequence[Basis], new: Sequence[Basis]) -> list[Basis]:
    return [basis for basis in new if basis not in old]


def _words(library: Library, bases: Sequence[Basis]) -> str:
    """晋26 三、（十一）6「…」."""
    return "、".join(
        f"{library.notices[one.notice].code} {clause_words(one.clause)}「{one.quote}」" for one in bases
    )

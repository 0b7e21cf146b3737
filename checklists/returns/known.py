"""What the rules know of returned rows: items by exact wording, titles, clauses, industries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from checklists.models import Item
from checklists.problems import Position, problem
from checklists.returns.checks import NO_ID, OWN
from checklists.returns.files import Filed
from checklists.returns.returned import Answer, Aside, Count, Firm, Return
from checklists.rules.citation import clause_words, notice_reference
from checklists.rules.library import Library
from checklists.text import squeeze


@dataclass(frozen=True)
class Known:
    """The rules, as the ledger asks them."""

    library: Library

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Items by id."""
        return {item.id: item for item in self.library.items}

    @cached_property
    def ids(self) -> Mapping[str, str]:
        """Id by wording; a wording that two items share has none."""
        found: dict[str, str] = {}
        for item in self.library.items:
            text = squeeze(item.content)
            found[text] = "" if text in found else item.id
        return found

    def title(self, item: str) -> str:
        """What an item is called; of one that there is no more, its id."""
        known = self.items.get(item)
        return known.title if known else ("自加项" if item.startswith(OWN) else item)

    def clause(self, item: str) -> str:
        """The first clause that an item comes from, as it is cited; empty for an unknown item."""
        known = self.items.get(item)
        if known is None or not known.basis:
            return ""
        first = known.basis[0]
        notice = self.library.notices.get(first.notice)
        return f"{notice_reference(notice)} {clause_words(first.clause)}" if notice else ""

    def industry(self, firm: Firm) -> str:
        """The group of an enterprise's first type."""
        kinds = self.library.vocabulary.types
        return next((kinds[name].group for name in firm.types if name in kinds), "")


def with_rules(filed: Filed, known: Known) -> Filed:
    """The file with rows known by their wording, and what its edition means today."""
    if filed.returned is None:
        return filed
    returned = _by_wording(filed.returned, known)
    problems = list(filed.problems)
    gone = {one.item for one in returned.answers if _is_gone(one.item, known)}
    now = known.library.edition
    if returned.edition and returned.edition != now and gone:
        told = {"edition": returned.edition, "now": now, "gone": len(gone)}
        problems.append(problem("returns-edition", Position(filed.path), **told))
    count = returned.count
    if count.unclear or count.rejected:
        told = {"unclear": count.unclear, "rejected": count.rejected, "seen": count.seen}
        problems.append(problem("returns-rows", Position(filed.path), **told))
    return replace(filed, returned=returned, problems=tuple(problems))


def _is_gone(item: str, known: Known) -> bool:
    return bool(item) and not item.startswith(OWN) and item not in known.items


def _by_wording(returned: Return, known: Known) -> Return:
    """Answers whose row has lost its id get it back by the exact wording of an item."""
    found = {
        (one.sheet, one.cell): known.ids[squeeze(one.content)]
        for one in returned.answers
        if not one.item and one.kind != "situations" and known.ids.get(squeeze(one.content))
    }
    if not found:
        return returned
    asides = tuple(_without_reason(returned.asides, found.keys()))
    unclear = sum(1 for one in asides if one.verdict == "unclear")
    before = returned.count
    count = Count(before.seen - unclear - before.rejected, unclear, before.rejected, before.blank)
    answers = tuple(_named(one, found) for one in returned.answers)
    return replace(returned, answers=answers, asides=asides, count=count)


def _named(answer: Answer, found: Mapping[tuple[str, str], str]) -> Answer:
    item = found.get((answer.sheet, answer.cell))
    return answer._replace(item=item, content="") if item else answer


def _without_reason(asides: Iterable[Aside], cells: Iterable[tuple[str, str]]) -> Iterable[Aside]:
    known = set(cells)
    for aside in asides:
        if (aside.sheet, aside.cell) in known:
            reason = "；".join(one for one in aside.reason.split("；") if one != NO_ID)
            if not reason:
                continue
            aside = aside._replace(reason=reason)
        yield aside

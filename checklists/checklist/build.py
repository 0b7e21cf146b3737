"""The checklist: the asked items in walking order, numbered, in sections, with everything a paper prints.

The numbers are the same on every document of one enterprise: first the rows of the paper, in the order of the
walk, then the rows the paper leaves out, in the same order; the workbook shows them all.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from checklists.checklist.budget import Budget, budget_of
from checklists.checklist.choice import Whose, out_of_season, paper_choice
from checklists.checklist.identity import fingerprint_of, serial_of
from checklists.checklist.rows import Question, Row, Section, questions_of, sections_of
from checklists.models import (
    Condition,
    Enterprise,
    EnterpriseType,
    Item,
    Term,
    Vocabulary,
    is_advice,
    is_only_named,
)
from checklists.places import binds_at
from checklists.problems import Problem, Refused, problem
from checklists.rules.citation import basis_code, is_old, key_of_codes
from checklists.rules.conditions import condition_words, value_words
from checklists.rules.library import Library
from checklists.selection.core import core_of
from checklists.selection.criteria import BoundStandard, bound_standards, major_items
from checklists.selection.profile import COMMAND_LINE, Profile, is_small
from checklists.selection.select import Decision, Selection, progress, select
from checklists.text import same_form

FAILING, NOTED = "即不符合", "的记下"


Appendix = Literal["apart", "with", "none"]
"""What stays with the enterprise: in a file of its own, behind the list in the same file, or not printed."""


@dataclass(frozen=True)
class Order:
    """What is wanted beside the enterprise itself."""

    on: datetime.date
    most: int | None = None
    department: str | None = None
    current: bool = False
    landscape: bool = False
    sheets: tuple[str, ...] | None = None
    appendix: Appendix = "apart"


@dataclass(frozen=True)
class Checklist:
    """Everything the documents of one enterprise are made of. No clock, no other enterprise in it."""

    enterprise: Enterprise
    profile: Profile
    on: datetime.date
    edition: str
    rows: tuple[Row, ...]
    """All asked rows by number."""
    on_paper: int
    """How many of them the paper shows; the rest stands in its appendix and in the workbook."""
    known: str
    terms: tuple[Term, ...]
    own_clauses: int
    """Clauses that single this type out; few means that the notices say little of it."""
    notes: tuple[str, ...]
    particulars: tuple[str, ...]
    library: Library = field(repr=False, compare=False)
    standards: tuple[BoundStandard, ...] = ()
    """Those that bind the enterprise on the day, with the criteria that can concern it."""
    most: int | None = None
    """Rows on the paper as they were asked for: None for the usual number, 0 for all."""
    department: str | None = None
    current: bool = False
    sheets: tuple[str, ...] | None = None
    """Sheets of the workbook as they were asked for; None for those that the enterprise usually gets."""

    @property
    def paper_rows(self) -> tuple[Row, ...]:
        """Rows of the paper."""
        return self.rows[: self.on_paper]

    @property
    def left_out(self) -> tuple[Row, ...]:
        """Rows the paper leaves out."""
        return self.rows[self.on_paper :]

    @property
    def sections(self) -> tuple[Section, ...]:
        """The paper's rows under their headings, in order."""
        return sections_of(self.paper_rows)

    @property
    def questions(self) -> tuple[Question, ...]:
        """What the head of the paper asks first."""
        return questions_of(self.paper_rows)

    @property
    def key(self) -> str:
        """Key of the codes of the paper's rows."""
        return key_of(self.paper_rows, self.library)

    @property
    def fingerprint(self) -> str:
        """12 hex digits over the asked rows in order."""
        return fingerprint_of(row.digest for row in self.rows)

    @property
    def serial(self) -> str:
        """See :func:`serial_of`."""
        return serial_of(self.enterprise, self.on, self.edition)


# ---------------------------------------------------------------- making it


def checklist_for(library: Library, enterprise: Enterprise, order: Order) -> Checklist:
    """The enterprise's checklist on the day. Raises Refused for unknown types, places, facts."""
    selection = select(library, enterprise, order.on, department=order.department, current=order.current)
    terms = [term for term, _ in library.terms]
    return build_checklist(
        library, selection, edition=library.edition, terms=terms, most=order.most, sheets=order.sheets
    )


def build_checklist(
    library: Library,
    selection: Selection,
    *,
    edition: str,
    terms: Sequence[Term] = (),
    most: int | None = None,
    sheets: tuple[str, ...] | None = None,
) -> Checklist:
    """Order, cut, number and word the asked items.

    ``most`` rows on the paper; None: the usual number of the types (40, 九小场所 15); 0: all (``--full``).
    Raises Refused when nothing is asked: an empty list would say that nothing need be looked at.
    """
    profile, kinds = selection.profile, selection.profile.types
    if not selection.asked:
        raise Refused([why_empty(library, selection)])
    budget = budget_of(library.vocabulary, profile, most)
    standards = bound_standards(library, profile, selection.on)
    numbered, on_paper = _numbered(library, selection, standards, budget)
    return Checklist(
        enterprise=profile.enterprise,
        profile=profile,
        on=selection.on,
        edition=edition,
        rows=numbered,
        on_paper=on_paper,
        known=_known(library.vocabulary, selection),
        terms=terms_used(terms_at(terms, library, profile.places, selection.on), numbered),
        own_clauses=_own_clauses(numbered, kinds, library.vocabulary),
        notes=(*_grown(numbered, budget.rows), *(kind.note for kind in kinds if kind.note)),
        particulars=tuple(dict.fromkeys(name for kind in kinds for name in kind.particulars)),
        library=library,
        standards=standards,
        most=most,
        department=selection.department,
        current=selection.current,
        sheets=sheets,
    )


def _rows(library: Library, selection: Selection, major: Mapping[str, int]) -> list[Row]:
    """All asked rows, not yet numbered: by 部位 in the order of the walk, in each of them the core first."""
    core = core_of(library.vocabulary, selection)
    rank = {name: index for index, name in enumerate(core)}
    order = {name: index for index, name in enumerate(library.vocabulary.where)}
    rows = [_row(library, decision, selection, core, major) for decision in selection.asked]
    return sorted(
        rows,
        key=lambda row: (
            order[row.item.where],
            rank.get(row.item.id, len(rank)),
            out_of_season(row.item, selection.on),
        ),
    )


def whose_matter(profile: Profile, vocabulary: Vocabulary) -> Callable[[Row], Whose]:
    """Whose matter a row is: by the industries of the types, by what they fix, and by what they call their own."""
    common = vocabulary.shared_industries - {name for kind in profile.types for name in kind.own}
    fixed = {name for kind in profile.types for name, value in kind.facts.fixed.items() if value is True}
    own = {name for kind in profile.types for name in kind.industries} | brought_by(vocabulary, fixed)
    told = {name for name in profile.enterprise.facts if profile.facts.get(name) is True}
    brought = brought_by(vocabulary, {*told, *profile.unknown})

    def whose(row: Row) -> Whose:
        if row.item.industry in common:
            return "common"
        if row.item.industry in own:
            return "own"
        return "brought" if row.item.industry in brought else "supposed"

    return whose


def brought_by(vocabulary: Vocabulary, facts: Iterable[str]) -> set[str]:
    """Industries that the facts bring."""
    return {name for fact in facts for name in vocabulary.facts[fact].brings}


def _numbered(
    library: Library, selection: Selection, standards: Sequence[BoundStandard], budget: Budget
) -> tuple[tuple[Row, ...], int]:
    """All rows with their numbers, those of the paper first, and how many these are."""
    rows = _rows(library, selection, major_items(standards))
    whose = whose_matter(selection.profile, library.vocabulary)
    chosen = paper_choice(rows, selection.on, budget, whose)
    kept = _in_sections([row for row in rows if row.item.id in chosen])
    rest = _in_sections([row for row in rows if row.item.id not in chosen])
    numbered = tuple(replace(row, number=number) for number, row in enumerate([*kept, *rest], start=1))
    return numbered, len(kept)


def _in_sections(rows: Sequence[Row]) -> list[Row]:
    """The rows of one question together, behind the other rows of the 部位 in which the first of them is met."""
    places = {name: index for index, name in enumerate(dict.fromkeys(row.where for row in rows))}
    met: dict[str, int] = {}
    for row in rows:
        if row.question:
            met.setdefault(row.question, places[row.where])
    groups = list(met)

    def section(row: Row) -> tuple[int, int]:
        if row.question:
            return met[row.question], groups.index(row.question)
        return places[row.where], -1

    return sorted(rows, key=section)


def _grown(rows: Sequence[Row], most: int) -> list[str]:
    """That the core did not fit, where it did not."""
    core = sum(row.key for row in rows)
    return [f"必查项{core}项，多于本表的{most}行，已全部列入。"] if 0 < most < core else []


def why_empty(library: Library, selection: Selection) -> Problem:
    """Why nothing is asked of the enterprise on the day."""
    first = min((notice.since for notice in library.notices.values()), default=selection.on)
    if selection.on < first:
        return problem("day-early", COMMAND_LINE, day=selection.on, first=first)
    reasons = Counter(decision.reason.partition("，")[0] for decision in selection.not_asked)
    return problem(
        "list-empty",
        COMMAND_LINE,
        types="、".join(selection.profile.type_names),
        where=selection.profile.places[-1],
        day=selection.on,
        why="；".join(f"{reason}（{count} 项）" for reason, count in reasons.most_common(3))
        or "规则里没有检查项",
    )


def key_of(rows: Sequence[Row], library: Library) -> str:
    """Key of the codes that the rows print, the newest notice first."""
    cited = {library.notices[row.basis[0].notice].id: library.notices[row.basis[0].notice] for row in rows}
    return key_of_codes(sorted(cited.values(), key=lambda notice: (-notice.year, notice.id)))


def _row(
    library: Library,
    decision: Decision,
    selection: Selection,
    core: Container[str],
    major: Mapping[str, int],
) -> Row:
    item = decision.item
    return Row(
        number=0,
        item=item,
        where=selection.profile.heading(item.where),
        on_papers=item.where == library.vocabulary.papers,
        content=item.content,
        standard=_standard(library, decision, selection),
        code=basis_code(decision.basis, library.notices),
        basis=decision.basis,
        old=is_old(decision.basis, library.notices, selection.on),
        progress=progress(decision.basis, selection.on),
        advice=is_advice(decision.basis),
        named=is_only_named(decision.basis),
        key=item.id in core,
        major=item.id in major,
        judged=major.get(item.id, 0),
        question=_question_of(library.vocabulary, decision),
    )


def _standard(library: Library, decision: Decision, selection: Selection) -> str:
    """In the words of a small place where there are some; nobody fails what the notices only name."""
    item, small = decision.item, is_small(library.vocabulary, selection.profile)
    standard = (item.standard_small if small else "") or item.standard
    return _not_failing(standard) if is_only_named(decision.basis) else standard


def _not_failing(standard: str) -> str:
    kept = [part for part in standard.split("；") if FAILING not in part]
    return "；".join(kept) or standard.replace(FAILING, NOTED)


def standards_of(item: Item) -> tuple[str, ...]:
    """Every wording of an item's standard that some list prints: of a small place, of what is only named, as it is."""
    told = [standard for standard in (item.standard, item.standard_small) if standard]
    return (*told, *map(_not_failing, told))


def _question_of(vocabulary: Vocabulary, decision: Decision) -> str:
    if not decision.unknown:
        return ""
    name = decision.unknown[0]
    fact = vocabulary.facts[name]
    condition: Condition = decision.item.conditions.get(name, True)
    if condition is True:
        return fact.question or fact.name
    return (
        f"{fact.name}为“{condition_words(condition, fact.unit)}”"
        if condition is not False
        else f"{fact.name}为“否”"
    )


def _conditions(decision: Decision) -> Iterator[str]:
    """Facts that the item, or what is cited for it here, asks for."""
    yield from decision.item.applies
    for basis in decision.basis:
        yield from basis.applies


def _known(vocabulary: Vocabulary, selection: Selection) -> str:
    """Facts that switched items on and that the type does not settle by itself, in words."""
    profile = selection.profile
    used = dict.fromkeys(name for decision in selection.asked for name in _conditions(decision))
    settled = {name for kind in profile.types for name in kind.facts.fixed}
    words = []
    for name in used:
        told_false = profile.facts.get(name) is False and name not in profile.enterprise.facts
        if name in profile.facts and name not in settled and not told_false:
            fact = vocabulary.facts[name]
            told = "" if name in profile.enterprise.facts else "（按通常情况）"
            words.append(f"{fact.name}：{value_words(profile.facts[name], fact.unit)}{told}")
    return "；".join(words)


def terms_at(
    terms: Sequence[Term], library: Library, places: Sequence[str], on: datetime.date
) -> tuple[Term, ...]:
    """Each term once, by the first of its notices that binds at the place and had been given on the day."""
    told: dict[str, Term] = {}
    for term in terms:
        notice = library.notices[term.notice]
        if binds_at(notice.place, places, library.vocabulary.nation) and notice.since <= on:
            told.setdefault(same_form(term.term), term)
    return tuple(told.values())


def terms_used(terms: Sequence[Term], rows: Sequence[Row]) -> tuple[Term, ...]:
    """The terms that the rows print."""
    printed = "\n".join(f"{row.content}{row.standard}{row.item.rectify}{row.item.support}" for row in rows)
    return tuple(term for term in terms if term.term in printed)


def _own_clauses(rows: Sequence[Row], kinds: Sequence[EnterpriseType], vocabulary: Vocabulary) -> int:
    own_industries = {name for kind in kinds for name in kind.industries} - vocabulary.shared_industries
    own_facts = {name for kind in kinds for name in kind.facts.fixed} - vocabulary.shared_facts
    return len(
        {
            (basis.notice, basis.clause)
            for row in rows
            for basis in row.basis
            if row.item.industry in own_industries or own_facts & {*row.item.applies, *basis.applies}
        }
    )

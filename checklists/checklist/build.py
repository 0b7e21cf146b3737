"""The checklist: the asked items in walking order, numbered, in sections, with everything a paper prints.

The numbers are the same on every document of one enterprise: first the rows of the paper, in the order of the
walk, then the rows the paper leaves out, in the same order; the workbook shows them all.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from checklists.models import Basis, Condition, Enterprise, EnterpriseType, Item, Term, Vocabulary
from checklists.problems import Problem, Refused, problem
from checklists.rules.citation import basis_code, is_old, key_of_codes
from checklists.rules.conditions import condition_words, value_words
from checklists.rules.library import Library
from checklists.selection.profile import COMMAND_LINE, Profile
from checklists.selection.select import Decision, Selection, progress

MOST_ROWS = 40
GENERAL_SHARE = 5
"""One row in five of the paper at most is general (8 of 40), two in five at most hang on an unanswered question."""
SECTION_NUMBERS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Row:
    """One asked item as it is printed."""

    number: int
    item: Item
    where: str
    content: str
    standard: str
    code: str
    basis: tuple[Basis, ...]
    old: bool
    progress: str
    on_papers: bool = False
    """Whether it is seen on papers, at the table, and not on the walk."""
    question: str = ""
    """The group of an unknown fact: 涉粉作业人数 3人及以上; empty for a row that is asked anyway."""

    @property
    def marks(self) -> str:
        """★ 本次必查, ▲ 疑似重大."""
        return ("★" if self.item.weight == "key" else "") + ("▲" if self.item.major else "")

    @property
    def digest(self) -> str:
        """SHA-256 (hex) over id, content, standard and code as printed."""
        return row_digest(self.item.id, self.content, self.standard, self.code)


@dataclass(frozen=True)
class Section:
    """Rows under one heading: a 部位, or the question of an unknown fact."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Question:
    """One box of 「先问」."""

    text: str
    numbers: tuple[int, ...]

    @property
    def line(self) -> str:
        """涉粉作业人数 3人及以上？ □是 □否，否则划去第31—33项."""
        return f"{self.text}？ □是 □否，否则划去第{number_ranges(self.numbers)}项"


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
    questions: tuple[Question, ...]
    known: str
    key: str
    terms: tuple[Term, ...]
    own_clauses: int
    """Clauses that single this type out; few means that the notices say little of it."""
    notes: tuple[str, ...]
    particulars: tuple[str, ...]
    library: Library = field(repr=False, compare=False)
    most: int | None = None
    """Rows on the paper as they were asked for: None for the usual number, 0 for all."""
    department: str | None = None
    current: bool = False

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
    def fingerprint(self) -> str:
        """12 hex digits over the asked rows in order."""
        return fingerprint_of(row.digest for row in self.rows)

    @property
    def serial(self) -> str:
        """See :func:`serial_of`."""
        return serial_of(self.enterprise, self.on, self.edition)


def serial_of(told: Enterprise, on: datetime.date, edition: str) -> str:
    """Day and a short hash of enterprise, types, facts and edition: 20261122-3f9a2c."""
    who = told.code or [told.name, told.place, told.address]
    parts = [who, list(told.types), sorted(told.facts.items()), edition]
    return f"{on:%Y%m%d}-{_sha(json.dumps(parts, ensure_ascii=False))[:6]}"


def row_digest(item_id: str, content: str, standard: str, code: str) -> str:
    """SHA-256 (hex) of a row's wording; what `verify` recomputes from a document."""
    return _sha("\n".join((item_id, content, standard, code)))


def fingerprint_of(digests: Iterable[str]) -> str:
    """First 12 hex digits of the SHA-256 over the rows' digests in order."""
    return _sha("\n".join(digests))[:12]


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


# ---------------------------------------------------------------- making it


def build_checklist(
    library: Library,
    selection: Selection,
    *,
    edition: str,
    terms: Sequence[Term] = (),
    most: int | None = None,
) -> Checklist:
    """Order, cut, number and word the asked items.

    ``most`` rows on the paper; None: the default of the types (40, 九小场所 15); 0: all (``--full``).
    Raises Refused when nothing is asked: an empty list would say that nothing need be looked at.
    """
    profile, asked_for = selection.profile, most
    if not selection.asked:
        raise Refused([why_empty(library, selection)])
    kinds = profile.types
    if most is None:
        most = min((kind.most for kind in kinds if kind.most), default=MOST_ROWS)
    numbered, on_paper = _numbered(library, selection, most)
    return Checklist(
        enterprise=selection.profile.enterprise,
        profile=profile,
        on=selection.on,
        edition=edition,
        rows=numbered,
        on_paper=on_paper,
        questions=_questions(numbered[:on_paper]),
        known=_known(library.vocabulary, selection),
        key=_key(numbered[:on_paper], library),
        terms=_terms_used(terms, numbered),
        own_clauses=_own_clauses(numbered, kinds, library.vocabulary),
        notes=tuple(kind.note for kind in kinds if kind.note),
        particulars=tuple(dict.fromkeys(name for kind in kinds for name in kind.particulars)),
        library=library,
        most=asked_for,
        department=selection.department,
        current=selection.current,
    )


def _numbered(library: Library, selection: Selection, most: int) -> tuple[tuple[Row, ...], int]:
    """All rows with their numbers, those of the paper first, and how many these are."""
    rows = _in_walking_order(library, selection)
    shown = _paper_choice(rows, selection, most, library.vocabulary)
    kept = [row for row in rows if row.item.id in shown]
    rest = [row for row in rows if row.item.id not in shown]
    numbered = tuple(replace(row, number=number) for number, row in enumerate([*kept, *rest], start=1))
    return numbered, len(kept)


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


def _key(rows: Sequence[Row], library: Library) -> str:
    """Key of the codes that the rows print, the newest notice first."""
    cited = {library.notices[row.basis[0].notice].id: library.notices[row.basis[0].notice] for row in rows}
    return key_of_codes(sorted(cited.values(), key=lambda notice: (-notice.year, notice.id)))


def _in_walking_order(library: Library, selection: Selection) -> list[Row]:
    order = {name: index for index, name in enumerate(library.vocabulary.where)}
    rows = [_row(library, decision, selection) for decision in selection.asked]
    asked_anyway = [row for row in rows if not row.question]
    in_question = [row for row in rows if row.question]

    def walk(row: Row) -> tuple[int, bool, bool]:
        return order[row.where], _out_of_season(row.item, selection.on), row.item.weight != "key"

    groups = list(dict.fromkeys(row.question for row in in_question))
    return sorted(asked_anyway, key=walk) + sorted(
        in_question, key=lambda row: (groups.index(row.question), *walk(row))
    )


def _row(library: Library, decision: Decision, selection: Selection) -> Row:
    item = decision.item
    return Row(
        number=0,
        item=item,
        where=item.where,
        content=item.content,
        standard=item.standard,
        code=basis_code(decision.basis, library.notices),
        basis=decision.basis,
        old=is_old(decision.basis, library.notices, selection.on),
        progress=progress(decision.basis, selection.on),
        on_papers=item.where == library.vocabulary.papers,
        question=_question_of(library.vocabulary, decision),
    )


def _question_of(vocabulary: Vocabulary, decision: Decision) -> str:
    if not decision.unknown:
        return ""
    name = decision.unknown[0]
    fact = vocabulary.facts[name]
    condition: Condition = decision.item.applies.get(name, True)
    if condition is True:
        return fact.question or fact.name
    return (
        f"{fact.name}为“{condition_words(condition, fact.unit)}”"
        if condition is not False
        else f"{fact.name}为“否”"
    )


SEASON_MONTHS = {"汛期": (6, 7, 8, 9), "冬季": (11, 12, 1, 2, 3)}


def _out_of_season(item: Item, on: datetime.date) -> bool:
    """A seasonal item sorts behind the others outside its months; 节前 and 复工复产 have no months."""
    return item.season in SEASON_MONTHS and on.month not in SEASON_MONTHS[item.season or ""]


def _paper_choice(rows: Sequence[Row], selection: Selection, most: int, vocabulary: Vocabulary) -> set[str]:
    """Ids of the rows the paper keeps: ★ first, 历年 last; general and questionable rows have limited room."""
    if not most or len(rows) <= most:
        return {row.item.id for row in rows}
    room = {"everyone": max(most // GENERAL_SHARE, 1), "question": max(most * 2 // GENERAL_SHARE, 1)}
    chosen: set[str] = set()
    shared = vocabulary.shared_industries
    for row in sorted(rows, key=lambda row: _leaves(row, selection.on, shared)):
        general = vocabulary.is_general(row.item.industry)
        kind = "everyone" if general else "question" if row.question else "own"
        if len(chosen) == most or not room.get(kind, most):
            continue
        if kind in room:
            room[kind] -= 1
        chosen.add(row.item.id)
    return chosen


def _leaves(row: Row, on: datetime.date, shared: frozenset[str]) -> tuple[bool, ...]:
    """Sort key: what stays longest comes first; among equals the type's own part, and what is seen on the walk."""
    return (
        row.item.weight != "key",
        row.old,
        _out_of_season(row.item, on),
        not row.item.major,
        row.item.industry in shared,
        row.on_papers,
    )


def _questions(rows: Sequence[Row]) -> tuple[Question, ...]:
    numbers: dict[str, list[int]] = {}
    for row in rows:
        if row.question:
            numbers.setdefault(row.question, []).append(row.number)
    return tuple(Question(text, tuple(found)) for text, found in numbers.items())


def _known(vocabulary: Vocabulary, selection: Selection) -> str:
    """Facts that switched items on and that the type does not settle by itself, in words."""
    profile = selection.profile
    used = dict.fromkeys(name for decision in selection.asked for name in decision.item.applies)
    settled = {name for kind in profile.types for name in kind.facts.fixed}
    words = []
    for name in used:
        told_false = profile.facts.get(name) is False and name not in profile.enterprise.facts
        if name in profile.facts and name not in settled and not told_false:
            fact = vocabulary.facts[name]
            told = "" if name in profile.enterprise.facts else "（按通常情况）"
            words.append(f"{fact.name}：{value_words(profile.facts[name], fact.unit)}{told}")
    return "；".join(words)


def _terms_used(terms: Sequence[Term], rows: Sequence[Row]) -> tuple[Term, ...]:
    printed = "\n".join(f"{row.content}{row.standard}{row.item.rectify}{row.item.support}" for row in rows)
    return tuple(term for term in terms if term.term in printed)


def _own_clauses(rows: Sequence[Row], kinds: Sequence[EnterpriseType], vocabulary: Vocabulary) -> int:
    own_industries = {name for kind in kinds for name in kind.industries} - vocabulary.shared_industries
    own_facts = {name for kind in kinds for name in kind.facts.fixed} - vocabulary.shared_facts
    return len(
        {
            (basis.notice, basis.clause)
            for row in rows
            if row.item.industry in own_industries or own_facts & set(row.item.applies)
            for basis in row.basis
        }
    )


# ---------------------------------------------------------------- sections and numbers


def sections_of(rows: Sequence[Row]) -> tuple[Section, ...]:
    """Group consecutive rows: 一 资料（会议室一次看完）, then 部位 by 部位, then what has to be asked first."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(_heading(row), []).append(row)
    return tuple(
        Section(f"{chinese_number(index)}　{heading}", tuple(found))
        for index, (heading, found) in enumerate(groups.items(), start=1)
    )


def _heading(row: Row) -> str:
    if row.question:
        return f"先问：{row.question}（否则划去本节）"
    return f"{row.where}（会议室一次看完）" if row.on_papers else row.where


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese: 一, 十一, 二十三."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{SECTION_NUMBERS[tens - 1]}十"
    return head + (SECTION_NUMBERS[ones - 1] if ones else "")


def number_ranges(numbers: Sequence[int]) -> str:
    """1, 2, 3, 7 -> 1—3、7."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 1 else str(run[0]) for run in parts)


def counts(rows: Sequence[Row]) -> Mapping[str, int]:
    """How many rows, and how many of them carry ★ and ▲."""
    return {
        "rows": len(rows),
        "key": sum(row.item.weight == "key" for row in rows),
        "major": sum(row.item.major for row in rows),
    }

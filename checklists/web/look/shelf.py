"""What was read, laid out for looking things up: what asks what, and everything by its address."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote

from checklists.models import Clause, Criterion, Item
from checklists.notices.comparing import Change
from checklists.notices.likeness import Weights
from checklists.rules.checks.reach import Reach, own_items, reach_of
from checklists.rules.citation import clause_words, notice_reference
from checklists.rules.comparing import library_weights, notices_compared
from checklists.rules.coverage import Part, coverage
from checklists.rules.criteria import WrittenStandard, standard_words
from checklists.rules.library import Library
from checklists.web.finding import types_to_find
from checklists.web.look.index import Entry

_MOST_COMPARED = 40
"""Pairs of notices whose comparison is kept."""


@dataclass(frozen=True)
class CoreUse:
    """That an item is core for a type, or where a fact is true."""

    of: str
    id: str
    is_type: bool
    why: str
    rank: int


@dataclass(frozen=True)
class CriterionUse:
    """A criterion of a standard, and its number there from 1."""

    standard: WrittenStandard
    number: int
    criterion: Criterion

    @property
    def address(self) -> str:
        """Where it is shown."""
        return f"/criteria/{quote(self.standard.name, safe='')}#{self.number}"


@dataclass
class Shelf:
    """The library from all sides."""

    library: Library
    _compared: dict[tuple[str, str], tuple[Change, ...]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def read(self) -> None:
        """Work out everything that is worked out when it is first looked at."""
        for name, value in vars(Shelf).items():
            if isinstance(value, cached_property):
                getattr(self, name)

    @cached_property
    def items(self) -> dict[str, Item]:
        """By id."""
        return {item.id: item for item in self.library.items}

    @cached_property
    def coverage(self) -> dict[str, list[tuple[Clause, list[Part]]]]:
        """Notice -> its clauses with their sentences."""
        return coverage(self.library)

    @cached_property
    def core(self) -> dict[str, list[CoreUse]]:
        """Item -> whose core it is."""
        found: dict[str, list[CoreUse]] = defaultdict(list)
        vocabulary = self.library.vocabulary
        for kind in vocabulary.types.values():
            for rank, row in enumerate(kind.core, start=1):
                found[row.id].append(CoreUse(kind.name, kind.id, True, row.why, rank))
        for name, fact in vocabulary.facts.items():
            for rank, row in enumerate(fact.core, start=1):
                found[row.id].append(CoreUse(fact.name, name, False, row.why, rank))
        return dict(found)

    @cached_property
    def criteria(self) -> dict[str, list[CriterionUse]]:
        """Item -> criteria that name it."""
        found: dict[str, list[CriterionUse]] = defaultdict(list)
        for standard in self.library.standards:
            for number, criterion in enumerate(standard.standard.criteria, start=1):
                for item in criterion.items:
                    found[item].append(CriterionUse(standard, number, criterion))
        return dict(found)

    @cached_property
    def newer(self) -> dict[str, list[str]]:
        """Item -> items that take its place where they are asked."""
        found: dict[str, list[str]] = defaultdict(list)
        for item in self.library.items:
            for old in item.replaces:
                found[old].append(item.id)
        return dict(found)

    @cached_property
    def former(self) -> dict[str, list[str]]:
        """Item -> ids that are no longer used, and that it follows."""
        found: dict[str, list[str]] = defaultdict(list)
        for old, (entry, _) in self.library.retired.items():
            for item in entry.into:
                found[item].append(old)
        return dict(found)

    @cached_property
    def own(self) -> dict[str, int]:
        """Type -> how many items single it out."""
        return {
            kind.id: len(own_items(kind, self.library)) for kind in self.library.vocabulary.types.values()
        }

    @cached_property
    def reaches(self) -> tuple[Reach, ...]:
        """How far questions to each type may go."""
        vocabulary = self.library.vocabulary
        return tuple(reach_of(kind, vocabulary) for kind in vocabulary.types.values())

    @cached_property
    def weights(self) -> Weights:
        """How much words tell when notices are compared."""
        return library_weights(self.library)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Everything that is found by words."""
        made = tuple(_entries(self.library))
        for entry in made:
            entry.forms  # noqa: B018 -- worked out before somebody waits
        return made

    def compared(self, before: str, after: str) -> tuple[Change, ...]:
        """What became of each duty of a notice in another one. Raises KeyError."""
        with self._lock:
            found = self._compared.get((before, after))
            if found is None:
                found = notices_compared(self.library, before, after, self.weights)
                while len(self._compared) >= _MOST_COMPARED:
                    self._compared.pop(next(iter(self._compared)))
                self._compared[before, after] = found
            return found


def clause_address(notice: str, path: str) -> str:
    """The clause within its notice."""
    return f"/notices/{quote(notice, safe='')}#{quote(path, safe='')}"


def clause_page(notice: str, path: str) -> str:
    """The page of the clause alone."""
    return f"/notices/{quote(notice, safe='')}/{quote(path, safe='/')}"


# ---------------------------------------------------------------- what is found by words


def _entries(library: Library) -> Iterator[Entry]:
    for kind in types_to_find(library.vocabulary):
        yield Entry("类型", f"/types/{quote(kind.id)}", kind.name, "", kind.group, tuple(kind.words.split()))
    yield from _items(library)
    yield from _notices(library)
    yield from _terms(library)
    for standard in library.standards:
        yield from _criteria(standard)
    for name, (entry, _) in library.retired.items():
        yield Entry("停用的检查项", f"/items/{quote(name)}", name, entry.reason)


def _items(library: Library) -> Iterator[Entry]:
    for item in library.items:
        quotes = [basis.quote for basis in item.basis]
        text = "\n".join([item.content, item.standard, item.evidence, item.rectify, item.where, *quotes])
        industry = library.vocabulary.industries[item.industry].name
        yield Entry("检查项", f"/items/{quote(item.id)}", item.title, text, industry, (item.id,))


def _notices(library: Library) -> Iterator[Entry]:
    for notice in library.notices.values():
        words = (notice.id, notice.code)
        issued = f"{notice.issuer} {notice.number or ''}".strip()
        yield Entry("通知", f"/notices/{quote(notice.id)}", notice.title, "", issued, words, notice.year)
        for path, clause in library.clauses.get(notice.id, {}).items():
            title = f"{notice.code} {clause_words(path)}"
            address = clause_page(notice.id, path)
            named = notice_reference(notice)
            yield Entry(
                "条款", address, title, f"{clause.heading}\n{clause.text}", named, (path,), notice.year
            )


def _terms(library: Library) -> Iterator[Entry]:
    for term, _ in library.terms:
        code = library.notices[term.notice].code
        text = f"{term.meaning}\n{term.quote}"
        yield Entry("用词", f"/glossary#{quote(f'{term.term}@{term.notice}')}", term.term, text, code)


def _criteria(standard: WrittenStandard) -> Iterator[Entry]:
    named = standard_words(standard.standard)
    yield Entry("判定标准", f"/criteria/{quote(standard.name)}", named, standard.standard.note)
    for number, one in enumerate(standard.standard.criteria, start=1):
        use = CriterionUse(standard, number, one)
        yield Entry("判定标准", use.address, one.text, one.see, f"{named} {one.article}")

"""Everything the rules stand on, read once: notices with their clauses, closed lists, items, terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from checklists.models import CitedNotice, Clause, Disposition, Item, RetiredItem, Term, Vocabulary
from checklists.notices.catalogue import load_notices
from checklists.notices.clauses import read_clauses
from checklists.problems import Position, Problem, Refused, errors, problem
from checklists.rules.citation import cited
from checklists.rules.consents import Read, load_consents
from checklists.rules.criteria import WrittenStandard, load_criteria
from checklists.rules.editions import edition_of
from checklists.rules.editions_record import Record, record_of
from checklists.rules.items import Where, load_rules
from checklists.rules.papers import Papers, load_papers
from checklists.rules.vocabulary import CONSENTS, GLOSSARY, load_vocabulary
from checklists.yamlfile.entries import load_list

NOTICES = "notices"


@dataclass(frozen=True)
class Library:
    """What selection stands on first: items in file order, notices by id, closed lists. Then what checks need."""

    items: tuple[Item, ...]
    notices: Mapping[str, CitedNotice]
    vocabulary: Vocabulary
    clauses: Mapping[str, Mapping[str, Clause]] = field(default_factory=dict)
    """By notice and path."""
    terms: tuple[tuple[Term, Position], ...] = ()
    papers: Papers = field(default_factory=Papers)
    """What is written of the other papers."""
    dispositions: Mapping[str, tuple[tuple[Disposition, Position], ...]] = field(default_factory=dict)
    """By notice."""
    retired: Mapping[str, tuple[RetiredItem, Position]] = field(default_factory=dict)
    """Items there were, by id."""
    consents: Read = field(default_factory=dict)
    """What somebody has read and let stand."""
    positions: Mapping[str, Where] = field(default_factory=dict)
    """Where each item stands, by id."""
    standards: tuple[WrittenStandard, ...] = ()
    """判定标准, in the order of their files."""
    edition: str = ""
    """As documents print it: 1.0.1, or 1.0.2（未发布） where the rules were changed since; empty for damaged rules."""
    folder: Path = Path()
    """Of the rules."""
    seeds: Path = Path()
    lost: frozenset[str] = frozenset()
    """NOTICES, ITEMS, DISPOSITIONS, CONSENTS: of which some could not be read, so that nobody can say what is missing."""

    made_from: str = field(default="", init=False, compare=False)
    """A digest of all that it was read from; empty where that was not taken."""

    @property
    def record(self) -> Record:
        """What an edition of these rules remembers."""
        terms = [term for term, _ in self.terms]
        standards = {one.name: one.standard for one in self.standards}
        return record_of(self.items, self.notices, self.vocabulary, terms, self.papers.written, standards)


def open_library(rules: Path, seeds: Path) -> tuple[Library, list[Problem]]:
    """Read rules and seeds; raises Refused when the closed lists themselves cannot be read."""
    vocabulary, problems = load_vocabulary(rules, seeds)
    if vocabulary is None or errors(problems):
        raise Refused(problems)
    notices, wrong = load_notices(seeds, vocabulary.places)
    clauses, wrong_text = read_clauses(seeds, notices)
    loaded, wrong_rules = load_rules(rules, vocabulary)
    terms, wrong_terms = _load_terms(rules / GLOSSARY)
    papers, wrong_papers = load_papers(rules)
    standards, wrong_standards = load_criteria(rules)
    consents, wrong_consents = load_consents(rules)
    problems += [*wrong, *wrong_text, *wrong_rules, *wrong_terms, *wrong_papers, *wrong_standards]
    problems += wrong_consents
    library = Library(
        items=loaded.items,
        notices=cited(notices, vocabulary.short_names),
        vocabulary=vocabulary,
        clauses={name: {clause.path: clause for clause in found} for name, found in clauses.items()},
        terms=terms,
        papers=papers,
        dispositions=loaded.dispositions,
        retired=loaded.retired,
        consents=consents,
        positions=loaded.positions,
        standards=standards,
        folder=rules,
        seeds=seeds,
        lost=loaded.lost
        | ({NOTICES} if errors([*wrong, *wrong_text]) else frozenset())
        | ({CONSENTS} if errors(wrong_consents) else frozenset()),
    )
    return _with_edition(library, rules, problems)


def _with_edition(library: Library, rules: Path, problems: list[Problem]) -> tuple[Library, list[Problem]]:
    """The library with the edition its documents print; with errors there are no documents."""
    if errors(problems):
        return library, problems
    try:
        return replace(library, edition=edition_of(rules, library.record)), problems
    except Refused as refused:
        return library, [*problems, *refused.problems]


def _load_terms(path: Path) -> tuple[tuple[tuple[Term, Position], ...], list[Problem]]:
    if not path.exists():
        return (), [problem("glossary-missing", Position(str(path)))]
    terms, problems = load_list(Term, path)
    return tuple(terms), problems

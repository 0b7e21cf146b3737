"""Everything the rules stand on, read once: notices with their clauses, closed lists, items, terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from checklists.clauses import read_clauses
from checklists.editions import edition_of
from checklists.editions_record import Record, record_of
from checklists.models import Clause, Notice, Term, Vocabulary
from checklists.notices import load_notices
from checklists.problems import Place, Problem, Refused, errors, problem
from checklists.rules import Rules, load_list, load_rules
from checklists.selection import Library
from checklists.vocabulary import GLOSSARY, load_vocabulary

NOTICES = "notices"


@dataclass(frozen=True)
class Workshop:
    """Notices by id, clauses by notice and path, vocabulary, rules, terms with their places, edition."""

    notices: Mapping[str, Notice]
    clauses: Mapping[str, Mapping[str, Clause]]
    vocabulary: Vocabulary
    rules: Rules
    terms: tuple[tuple[Term, Place], ...]
    edition: str
    """As documents print it: 1.0.1, or 1.0.2（未发布） where the rules were changed since; empty for damaged rules."""
    folder: Path = Path()
    """Of the rules."""
    seeds: Path = Path()
    lost: frozenset[str] = frozenset()
    """NOTICES, ITEMS, DISPOSITIONS: of which some could not be read, so that nobody can say what is missing."""

    @property
    def library(self) -> Library:
        """What selection needs."""
        return Library(self.rules.items, self.notices, self.vocabulary)

    @property
    def record(self) -> Record:
        """What an edition of these rules remembers."""
        return record_of(self.library, (term for term, _ in self.terms))


def open_workshop(rules: Path, seeds: Path) -> tuple[Workshop, list[Problem]]:
    """Read rules and seeds; raises Refused when the closed lists themselves cannot be read."""
    vocabulary, problems = load_vocabulary(rules)
    if vocabulary is None or errors(problems):
        raise Refused(problems)
    notices, wrong = load_notices(seeds, vocabulary)
    clauses, wrong_text = read_clauses(seeds, notices)
    loaded, wrong_rules = load_rules(rules, vocabulary)
    terms, wrong_terms = _load_terms(rules / GLOSSARY)
    problems += [*wrong, *wrong_text, *wrong_rules, *wrong_terms]
    workshop = Workshop(
        notices={notice.id: notice for notice in notices},
        clauses={name: {clause.path: clause for clause in found} for name, found in clauses.items()},
        vocabulary=vocabulary,
        rules=loaded,
        terms=terms,
        edition="",
        folder=rules,
        seeds=seeds,
        lost=loaded.lost | ({NOTICES} if errors([*wrong, *wrong_text]) else frozenset()),
    )
    return _with_edition(workshop, rules, problems)


def _with_edition(workshop: Workshop, rules: Path, problems: list[Problem]) -> tuple[Workshop, list[Problem]]:
    """The workshop with the edition its documents print; with errors there are no documents."""
    if errors(problems):
        return workshop, problems
    try:
        return replace(workshop, edition=edition_of(rules, workshop.record)), problems
    except Refused as refused:
        return workshop, [*problems, *refused.problems]


def _load_terms(path: Path) -> tuple[tuple[tuple[Term, Place], ...], list[Problem]]:
    if not path.exists():
        return (), [problem("glossary-missing", Place(str(path)))]
    terms, problems = load_list(Term, path)
    return tuple(terms), problems

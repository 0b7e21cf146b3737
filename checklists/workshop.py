"""Everything the rules stand on, read once: notices with their clauses, closed lists, items, terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from checklists.clauses import read_clauses
from checklists.models import Clause, Notice, Term, Vocabulary
from checklists.notices import load_notices
from checklists.problems import Place, Problem, Refused, errors, problem
from checklists.rules import Rules, load_rules
from checklists.selection import Library
from checklists.vocabulary import load_vocabulary
from checklists.yamlfile import line_of, read_yaml, validated


@dataclass(frozen=True)
class Workshop:
    """Notices by id, clauses by notice and path, vocabulary, rules, terms with their places, edition."""

    notices: Mapping[str, Notice]
    clauses: Mapping[str, Mapping[str, Clause]]
    vocabulary: Vocabulary
    rules: Rules
    terms: tuple[tuple[Term, Place], ...]
    edition: str

    @property
    def library(self) -> Library:
        """What selection needs."""
        return Library(self.rules.items, self.notices, self.vocabulary)


def open_workshop(rules: Path, seeds: Path) -> tuple[Workshop, list[Problem]]:
    """Read rules and seeds; raises Refused when the closed lists themselves cannot be read."""
    vocabulary, problems = load_vocabulary(rules)
    if vocabulary is None or errors(problems):
        raise Refused(problems)
    notices, wrong = load_notices(seeds, vocabulary)
    clauses, wrong_text = read_clauses(seeds, notices)
    loaded, wrong_rules = load_rules(rules, vocabulary)
    terms, wrong_terms = _load_terms(rules / "glossary.yaml")
    edition, wrong_edition = _read_edition(rules / "VERSION")
    workshop = Workshop(
        notices={notice.id: notice for notice in notices},
        clauses={name: {clause.path: clause for clause in found} for name, found in clauses.items()},
        vocabulary=vocabulary,
        rules=loaded,
        terms=terms,
        edition=edition,
    )
    return workshop, [*problems, *wrong, *wrong_text, *wrong_rules, *wrong_terms, *wrong_edition]


def _load_terms(path: Path) -> tuple[tuple[tuple[Term, Place], ...], list[Problem]]:
    if not path.exists():
        return (), []
    value, lines, problems = read_yaml(path)
    terms: list[tuple[Term, Place]] = []
    for index, entry in enumerate(value or []):
        term, wrong = validated(Term, entry, lines, path, (index,))
        problems += wrong
        if term:
            terms.append((term, Place(str(path), line_of(lines, (index,)))))
    return tuple(terms), problems


def _read_edition(path: Path) -> tuple[str, list[Problem]]:
    try:
        return path.read_text(encoding="utf-8").strip(), []
    except FileNotFoundError:
        return "", [problem("file-missing", Place(str(path)))]

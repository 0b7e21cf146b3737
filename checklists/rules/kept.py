"""The library as lists need it, kept from one command to the next: reading and checking the rules takes a second.

What is kept was made from rules without an error. It is found by a digest of every file of the rules and the notices,
of the program's own source and of the year, so that nothing old is ever taken for what is there now. It is JSON, read
back by the same models that read the rules.
"""

from __future__ import annotations

import datetime
import hashlib
import sys
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from checklists.files.digests import contents_of, sources_of
from checklists.files.kept import keep, kept
from checklists.models import CitedNotice, Item, PapersFile, RetiredItem, Standard, Term, Vocabulary
from checklists.problems import Position
from checklists.rules.criteria import WrittenStandard
from checklists.rules.facts import Written
from checklists.rules.folder import CRITERIA
from checklists.rules.library import Library
from checklists.rules.papers import Papers
from checklists.rules.vocabulary import GLOSSARY, PAPERS, RETIRED

_KIND = "library-"


@dataclass(frozen=True)
class _Kept:
    """The parts of a library that lists are made from; lines are those of the entries in their files."""

    edition: str
    items: tuple[Item, ...]
    notices: dict[str, CitedNotice]
    vocabulary: Vocabulary
    terms: tuple[tuple[Term, int | None], ...]
    papers: PapersFile | None
    paper_lines: tuple[tuple[tuple[str | int, ...], int], ...]
    retired: dict[str, tuple[RetiredItem, int | None]]
    standards: dict[str, Standard]


def library_for_lists(rules: Path, seeds: Path) -> Library:
    """The library, fully checked, for making lists: without clauses, dispositions and positions if it was kept.

    Raises Refused with every problem, as :func:`checklists.rules.checks.sound_library` does.
    """
    name = _name(rules, seeds)
    told = kept(name) if name else None
    if told is not None:
        try:
            return _known(_library(_adapter().validate_json(told), rules, seeds), name)
        except ValidationError:
            pass  # somebody else's, or of another program: as good as none
    from checklists.rules.checks import sound_library

    library = sound_library(rules, seeds)
    if name and name == _name(rules, seeds):  # nothing was changed meanwhile
        written = _adapter().dump_json(_to_keep(library), by_alias=True, exclude_defaults=True)
        keep(name, written, kind=_KIND)
        return _known(library, name)
    return library


def _known(library: Library, name: str) -> Library:
    """The library, saying what it was made from; what is made of it by changing something does not say so."""
    object.__setattr__(library, "made_from", name)
    return library


def _adapter() -> TypeAdapter[_Kept]:
    return TypeAdapter(_Kept)


def _to_keep(library: Library) -> _Kept:
    return _Kept(
        edition=library.edition,
        items=library.items,
        notices=dict(library.notices),
        vocabulary=library.vocabulary,
        terms=tuple((term, position.line) for term, position in library.terms),
        papers=library.papers.written,
        paper_lines=tuple(library.papers.lines.items()),
        retired={name: (entry, position.line) for name, (entry, position) in library.retired.items()},
        standards={one.name: one.standard for one in library.standards},
    )


def _library(told: _Kept, rules: Path, seeds: Path) -> Library:
    glossary, retired = str(rules / GLOSSARY), str(rules / RETIRED)
    return Library(
        items=told.items,
        notices=told.notices,
        vocabulary=told.vocabulary,
        terms=tuple((term, Position(glossary, line)) for term, line in told.terms),
        papers=Papers(rules / PAPERS, dict(told.paper_lines), told.papers),
        retired={name: (entry, Position(retired, line)) for name, (entry, line) in told.retired.items()},
        standards=tuple(
            WrittenStandard(standard, Written(rules / CRITERIA / f"{name}.yaml", {}))
            for name, standard in told.standards.items()
        ),
        edition=told.edition,
        folder=rules,
        seeds=seeds,
    )


# ---------------------------------------------------------------- by what it is found


def _name(rules: Path, seeds: Path) -> str:
    """Name under which it is kept; empty where the folders hold what cannot be told by reading a few files."""
    digest = hashlib.sha256(f"{sys.version}\n{datetime.datetime.now().astimezone().year}\n".encode())
    try:
        for folder in (rules, seeds):
            digest.update(f"{folder.name}\n".encode("utf-8", "surrogateescape"))
            for name, content in contents_of(folder):
                digest.update(f"{len(name)}:{name}:{len(content)}\n".encode("utf-8", "surrogateescape"))
                digest.update(content)
        for name, content in sources_of():
            digest.update(f"{len(name)}:{name}:{len(content)}\n".encode())
            digest.update(content)
    except (OSError, ValueError):
        return ""
    return f"{_KIND}{digest.hexdigest()}.json"

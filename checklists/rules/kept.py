"""The library as lists need it, kept from one command to the next: reading and checking the rules takes a second.

What is kept was made from rules without an error. It is found by a digest of every file of the rules and the notices,
of the program's own source and of the year, so that nothing old is ever taken for what is there now. It is JSON, read
back by the same models that read the rules.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

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
_PACKAGE = Path(__file__).resolve().parent.parent
_SOURCES = ("", "files", "messages", "models", "notices", "rules", "rules/checks", "yamlfile")
"""Folders of the program that reading and checking the rules goes through."""
MOST_FILES, MOST_BYTES, DEEPEST = 2_000, 50_000_000, 4
"""Beyond, a folder is not what rules are, and nothing is kept of it."""


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
            return _library(_adapter().validate_json(told), rules, seeds)
        except ValidationError:
            pass  # somebody else's, or of another program: as good as none
    from checklists.rules.checks import sound_library

    library = sound_library(rules, seeds)
    if name and name == _name(rules, seeds):  # nothing was changed meanwhile
        written = _adapter().dump_json(_to_keep(library), by_alias=True, exclude_defaults=True)
        keep(name, written, kind=_KIND)
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
            for name, content in _contents(folder):
                digest.update(f"{len(name)}:{name}:{len(content)}\n".encode("utf-8", "surrogateescape"))
                digest.update(content)
        for source in _SOURCES:
            for path in sorted((_PACKAGE / source).glob("*.py")):
                digest.update(f"{path.name}\n".encode() + path.read_bytes())
    except (OSError, ValueError):
        return ""
    return f"{_KIND}{digest.hexdigest()}.json"


def _contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Name and content of everything in a folder. Raises ValueError for what is no folder of rules or notices."""
    yield str(folder.name), b""
    count = size = 0
    waiting = [(str(folder), "", 0)]
    while waiting:
        path, name, depth = waiting.pop()
        for entry in sorted(os.scandir(path), key=lambda one: one.name):
            found, told = entry.stat(), f"{name}/{entry.name}"
            count, size = count + 1, size + found.st_size
            if count > MOST_FILES or size > MOST_BYTES or depth > DEEPEST:
                raise ValueError(path)
            if entry.is_dir():
                waiting.append((entry.path, told, depth + 1))
                yield told, b""
            elif stat.S_ISREG(found.st_mode):
                yield told, Path(entry.path).read_bytes()
            else:
                raise ValueError(told)

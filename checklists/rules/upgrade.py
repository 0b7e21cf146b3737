"""Rules that somebody wrote for an earlier edition: fields that items no longer have are taken out of their files.

What decides in their stead (``core``, ``criteria``) is written by people; here it is only told what each type loses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checklists.files.text import read_text
from checklists.files.writing import moved_aside, write_file
from checklists.messages.core import GONE
from checklists.models import EnterpriseType, Item
from checklists.problems import Position, Refused, problem
from checklists.rules.checks.reach import reach_of, reaches
from checklists.rules.folder import topic_files
from checklists.rules.items import ITEMS
from checklists.rules.library import Library, open_library
from checklists.yamlfile.events import OF_RULES, Lines, built

KEY, MAJOR = "weight", "major"


@dataclass(frozen=True)
class Stripped:
    """A file without the fields that are gone."""

    path: Path
    text: str
    count: int
    """Fields taken out."""


@dataclass(frozen=True)
class Loss:
    """Ids of the items that a type may be asked and that no longer have their mark."""

    type: str
    key: tuple[str, ...]
    """★: they stand in no core of the type or of a fact that it may have."""
    major: tuple[str, ...]
    """▲: they stand in no criterion."""


@dataclass(frozen=True)
class Upgrade:
    """What was done: files with the places of the old ones, and what each type loses."""

    files: tuple[tuple[Stripped, str], ...]
    losses: tuple[Loss, ...]


def upgrade(rules: Path, seeds: Path) -> Upgrade:
    """Rewrite the files that need it, the old ones moved to 旧件 beside them.

    Raises Refused, and then nothing has been written, for files that cannot be read or changed.
    """
    library, _ = open_library(rules, seeds)
    marked: dict[str, set[str]] = {KEY: set(), MAJOR: set()}
    stripped = [one for path in topic_files(rules) if (one := _stripped(path, marked)).count]
    losses = tuple(_losses(library, marked)) if stripped else ()
    written = []
    for one in stripped:
        aside = moved_aside(str(one.path))
        write_file(one.path, one.text.encode())
        written.append((one, aside))
    return Upgrade(tuple(written), losses)


# ---------------------------------------------------------------- one file


def _stripped(path: Path, marked: dict[str, set[str]]) -> Stripped:
    """The file without the fields; ids that had ★ or ▲ are added to ``marked``."""
    text, problems = read_text(path, OF_RULES.bytes)
    value, lines, wrong = built(text, str(path), exact=True, most=OF_RULES.values) if not problems else _NONE
    if problems or wrong:
        raise Refused([*problems, *wrong])
    having = list(_fields(value))
    for index, name in having:
        item = value[ITEMS][index]
        if item[name] in ("key", True):
            marked[name].add(str(item.get("id")))
    new = _without(text, [(lines[(ITEMS, index, name)], name) for index, name in having])
    _check_same(path, new, value, lines, having)
    return Stripped(path, new, len(having))


_NONE: tuple[Any, Lines, list[Any]] = (None, {}, [])


def _fields(value: Any) -> Iterator[tuple[int, str]]:
    """Index of the item and name of every field that is gone."""
    entries = value.get(ITEMS) if isinstance(value, dict) else None
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        yield from ((index, name) for name in GONE if isinstance(entry, dict) and name in entry)


def _without(text: str, having: list[tuple[int, str]]) -> str:
    """The text without the fields, each of which stands in a line (from 1)."""
    rows = text.splitlines(keepends=True)
    for line, name in sorted(having, reverse=True):
        row = rows[line - 1]
        if re.match(rf"\s*{name}:", row):
            del rows[line - 1]
        elif first := re.match(rf"(\s*-\s+){name}:", row):
            below = rows[line] if line < len(rows) else ""
            rows[line - 1 : line + 1] = [first[1] + below.lstrip(" ")]
        else:
            rows[line - 1] = re.sub(
                rf"{name}:\s*[^,{{}}]+,\s*|,\s*{name}:\s*[^,{{}}]+(?=[,}}])", "", row, count=1
            )
    return "".join(rows)


def _check_same(path: Path, text: str, value: Any, lines: Lines, having: list[tuple[int, str]]) -> None:
    """Raise Refused where the new text says anything else than the old one without the fields."""
    if not having:
        return
    entries = [
        {name: told for name, told in entry.items() if name not in GONE} if isinstance(entry, dict) else entry
        for entry in value[ITEMS]
    ]
    now, _, problems = built(text, str(path), exact=True, most=OF_RULES.values)
    if problems or now != {**value, ITEMS: entries}:
        index, name = having[0]
        position = Position(str(path), lines[(ITEMS, index, name)])
        raise Refused([problem("upgrade-uneven", position, field=name)])


# ---------------------------------------------------------------- what types lose


def _losses(library: Library, marked: dict[str, set[str]]) -> Iterator[Loss]:
    judged = {
        name for one in library.standards for criterion in one.standard.criteria for name in criterion.items
    }
    for kind in library.vocabulary.types.values():
        asked = _asked(kind, library)
        core = _core(kind, library)
        key = tuple(item.id for item in asked if item.id in marked[KEY] - core)
        major = tuple(item.id for item in asked if item.id in marked[MAJOR] - judged)
        if key or major:
            yield Loss(kind.name, key, major)


def _asked(kind: EnterpriseType, library: Library) -> list[Item]:
    reach = reach_of(kind, library.vocabulary)
    return [item for item in library.items if reaches(reach, item)]


def _core(kind: EnterpriseType, library: Library) -> set[str]:
    """Of the type, and of the facts that it may have."""
    facts = {*kind.facts.asks, *kind.facts.default, *kind.facts.fixed}
    of_facts = {row.id for name in facts for row in library.vocabulary.facts[name].core}
    return of_facts | {row.id for row in kind.core}

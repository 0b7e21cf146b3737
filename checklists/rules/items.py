"""Read the rule files: items by topic, dispositions by notice, retired ids, and what else lies in the folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from checklists.messages.core import GONE
from checklists.models import Disposition, Item, Model, Retired, RetiredItem, Vocabulary, Word
from checklists.nearest import nearest
from checklists.problems import Position, Problem, errors, problem
from checklists.rules.folder import DISPOSITIONS, topic_files, unread_files, yaml_files
from checklists.rules.vocabulary import RETIRED
from checklists.yamlfile.entries import load_list, load_model, read_each
from checklists.yamlfile.reading import Lines, Location, line_of, read_yaml, validated

ITEMS = "items"


@dataclass(frozen=True)
class Where:
    """Where an item or a part of it stands, so that a check can name file and line."""

    file: Path
    lines: dict[Location, int] = field(repr=False)
    at: Location

    def position(self, *inside: str | int) -> Position:
        """Position of the field ``inside`` the entry, or of the nearest thing around it."""
        return Position(str(self.file), line_of(self.lines, (*self.at, *inside)))


@dataclass(frozen=True)
class Rules:
    """All items in file order, all dispositions by notice, retired ids, and where each of them stands."""

    items: tuple[Item, ...]
    positions: dict[str, Where]
    dispositions: dict[str, tuple[tuple[Disposition, Position], ...]]
    retired: dict[str, tuple[RetiredItem, Position]] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()
    """ITEMS, DISPOSITIONS: of which some could not be read, so that nobody can say which are missing."""


class Topic(Model):
    """A file of items."""

    industry: Word
    items: Annotated[list[Any], Field(min_length=1)]


Loaded = list[tuple[Item, Where]]


def load_rules(folder: Path, vocabulary: Vocabulary) -> tuple[Rules, list[Problem]]:
    """Read every ``*.yaml`` of the folder that holds items, ``dispositions/`` and ``retired.yaml``."""
    items: list[Item] = []
    positions: dict[str, Where] = {}
    problems = unread_files(folder)
    for path in topic_files(folder):
        found, wrong = _load_topic(path, vocabulary)
        problems += [*wrong, *_taken(found, positions, path)]
        for item, where in found:
            if item.id not in positions:
                items.append(item)
                positions[item.id] = where
    dispositions, wrong = _load_dispositions(folder / DISPOSITIONS)
    retired, wrong_retired = _load_retired(folder / RETIRED)
    lost = {ITEMS} if errors(problems) else set()
    lost |= {DISPOSITIONS} if errors(wrong) else set()
    rules = Rules(tuple(items), positions, dispositions, retired, frozenset(lost))
    return rules, [*problems, *wrong, *wrong_retired]


def _taken(loaded: Loaded, positions: dict[str, Where], path: Path) -> list[Problem]:
    """Ids of a file that an earlier place has; a file that was copied is one problem."""
    seen: dict[str, Where] = {}
    taken: list[Problem] = []
    others: set[str] = set()
    for item, where in loaded:
        first = seen.get(item.id) or positions.get(item.id)
        if first:
            other = first.position("id")
            taken.append(problem("item-duplicate", where.position("id"), item=item.id, other=other))
            others.add(other.file)
        else:
            seen[item.id] = where
    if 1 < len(taken) == len(loaded) and str(path) not in others:
        details = {"count": len(taken), "other": "、".join(sorted(others))}
        return [problem("file-copied", Position(str(path)), **details)]
    return taken


def _load_topic(path: Path, vocabulary: Vocabulary) -> tuple[Loaded, list[Problem]]:
    topic, lines, problems = load_model(Topic, path)
    if topic is None:
        return [], problems
    if topic.industry not in vocabulary.industries:
        position = Position(str(path), line_of(lines, ("industry",)))
        hint = nearest(topic.industry, vocabulary.industries)
        return [], [problem("word-unknown", position, field="行业领域", word=topic.industry, hint=hint)]
    problems = _gone_problems(topic.items, lines, path)
    entries, wrong = read_each(
        path,
        (((ITEMS, index), _without_gone(entry)) for index, entry in enumerate(topic.items)),
        lambda entry, at: _item(entry, topic.industry, lines, path, at),
    )
    return [(item, Where(path, lines, at)) for item, at in entries], [*problems, *wrong]


def _gone_problems(entries: list[Any], lines: Lines, path: Path) -> list[Problem]:
    """Fields that items had in earlier editions: one problem a field, at the first item that still has it."""
    found = []
    for name, instead in GONE.items():
        having = [index for index, entry in enumerate(entries) if isinstance(entry, dict) and name in entry]
        if having:
            position = Position(str(path), line_of(lines, (ITEMS, having[0], name)))
            told = {"count": len(having), "field": name, "instead": instead}
            found.append(problem("field-gone", position, **told))
    return found


def _without_gone(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return entry
    return {name: value for name, value in entry.items() if name not in GONE}


def _item(
    entry: Any, industry: str, lines: Lines, path: Path, at: Location
) -> tuple[Item | None, list[Problem]]:
    if isinstance(entry, dict) and "industry" in entry:
        position = Position(str(path), line_of(lines, (*at, "industry")))
        hint = "一个文件的检查项同属文件头的行业领域：请删去这一行，或把这一项移到该行业领域的文件里。"
        return None, [problem("field-unknown", position, field="industry", hint=hint)]
    filled = {"industry": industry, **entry} if isinstance(entry, dict) else entry
    return validated(Item, filled, lines, path, at)


def _load_dispositions(
    folder: Path,
) -> tuple[dict[str, tuple[tuple[Disposition, Position], ...]], list[Problem]]:
    found: dict[str, tuple[tuple[Disposition, Position], ...]] = {}
    problems = unread_files(folder, subfolder=True) if folder.is_dir() else []
    for path in yaml_files(folder):
        entries, wrong = load_list(Disposition, path)
        problems += wrong
        found[path.stem] = tuple(entries)
    return found, problems


def _load_retired(path: Path) -> tuple[dict[str, tuple[RetiredItem, Position]], list[Problem]]:
    """Ids that are no longer used, each with its reason; the file may be missing."""
    if not path.exists():
        return {}, []
    value, lines, problems = read_yaml(path, exact=True)
    old = [name for name, told in value.items() if isinstance(told, str)] if isinstance(value, dict) else []
    if old:
        position = Position(str(path), line_of(lines, (old[0],)))
        problems = [problem("retired-form", position, item=old[0], count=len(old))]
    if problems:
        return {}, problems
    retired, problems = validated(Retired, value, lines, path)
    entries = retired.root if retired else {}
    return {
        name: (entry, Position(str(path), line_of(lines, (name,)))) for name, entry in entries.items()
    }, problems

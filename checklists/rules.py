"""Read the rule files: items by topic, dispositions by notice."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checklists.models import Disposition, Item, Vocabulary
from checklists.nearest import nearest
from checklists.problems import Place, Problem, problem
from checklists.vocabulary import NOT_RULES
from checklists.yamlfile import Location, line_of, read_yaml, validated


@dataclass(frozen=True)
class Where:
    """Where an item or a part of it stands, so that a check can name file and line."""

    file: Path
    lines: dict[Location, int] = field(repr=False)
    at: Location

    def place(self, *inside: str | int) -> Place:
        """Place of the field ``inside`` the entry, or of the nearest thing around it."""
        return Place(str(self.file), line_of(self.lines, (*self.at, *inside)))


@dataclass(frozen=True)
class Rules:
    """All items in file order, all dispositions by notice, and where each of them stands."""

    items: tuple[Item, ...]
    places: dict[str, Where]
    dispositions: dict[str, tuple[tuple[Disposition, Place], ...]]


def load_rules(folder: Path, vocabulary: Vocabulary) -> tuple[Rules, list[Problem]]:
    """Read every ``*.yaml`` of the folder that holds items, and ``dispositions/``."""
    items: list[Item] = []
    places: dict[str, Where] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name in NOT_RULES:
            continue
        found, wrong = _load_topic(path, vocabulary)
        problems += wrong
        for item, where in found:
            if item.id in places:
                other = places[item.id].place("id")
                problems.append(problem("item-duplicate", where.place("id"), item=item.id, other=other))
                continue
            items.append(item)
            places[item.id] = where
    dispositions, wrong = _load_dispositions(folder / "dispositions")
    return Rules(tuple(items), places, dispositions), [*problems, *wrong]


def _load_topic(path: Path, vocabulary: Vocabulary) -> tuple[list[tuple[Item, Where]], list[Problem]]:
    value, lines, problems = read_yaml(path)
    if problems:
        return [], problems
    problems = _topic_problems(path, value, vocabulary)
    if problems:
        return [], problems
    loaded: list[tuple[Item, Where]] = []
    for index, entry in enumerate(value["items"]):
        at: Location = ("items", index)
        filled = {"industry": value["industry"], **entry} if isinstance(entry, dict) else entry
        item, wrong = validated(Item, filled, lines, path, at)
        problems += wrong
        if item:
            loaded.append((item, Where(path, lines, at)))
    return loaded, problems


def _topic_problems(path: Path, value: Any, vocabulary: Vocabulary) -> list[Problem]:
    place = Place(str(path), 1)
    if not isinstance(value, dict) or not isinstance(value.get("items"), list):
        return [problem("field-missing", place, field="items")]
    if "industry" not in value:
        return [problem("field-missing", place, field="industry")]
    for key in value:
        if key not in ("industry", "items"):
            hint = nearest(str(key), ("industry", "items")) or "规则文件只有 industry 和 items 两个字段。"
            return [problem("field-unknown", place, field=key, hint=hint)]
    if value["industry"] not in vocabulary.industries:
        hint = nearest(str(value["industry"]), vocabulary.industries)
        return [problem("word-unknown", place, field="行业领域", word=value["industry"], hint=hint)]
    return []


def _load_dispositions(
    folder: Path,
) -> tuple[dict[str, tuple[tuple[Disposition, Place], ...]], list[Problem]]:
    found: dict[str, tuple[tuple[Disposition, Place], ...]] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        value, lines, wrong = read_yaml(path)
        problems += wrong
        entries = []
        for index, entry in enumerate(value or []):
            disposition, wrong = validated(Disposition, entry, lines, path, (index,))
            problems += wrong
            if disposition:
                entries.append((disposition, Place(str(path), line_of(lines, (index,)))))
        found[path.stem] = tuple(entries)
    return found, problems

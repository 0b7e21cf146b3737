"""Editions of the rules: what changed since the last one, and the number that follows from it.

``rules/VERSION`` has three parts. The first grows when items are added or dropped, the second when what an item asks
of whom, when or why has changed, the third when only wording has. ``rules/edition.json`` holds two digests an item
of the last edition; ``rules/CHANGELOG.md`` is written from the comparison.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from checklists.files import read_file, write_file
from checklists.models import Item
from checklists.problems import Place, Problem, Refused, problem
from checklists.yamlfile import line_of, read_yaml

VERSION, SNAPSHOT, CHANGELOG, RETIRED = "VERSION", "edition.json", "CHANGELOG.md", "retired.yaml"
WORDING = ("title", "content", "standard", "evidence", "rectify", "support")

Digests = Mapping[str, list[str]]
"""Item id -> [title, digest of the wording, digest of all else]."""


@dataclass(frozen=True)
class Changes:
    """Item ids by what happened to them since the last edition."""

    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.dropped or self.changed or self.reworded)


def digests(items: Iterable[Item]) -> Digests:
    """What an edition remembers of its items."""
    return {item.id: [item.title, *_two_digests(item)] for item in sorted(items, key=lambda item: item.id)}


def _two_digests(item: Item) -> tuple[str, str]:
    value = item.model_dump(mode="json", by_alias=True)
    wording = [value.pop(name) for name in WORDING]
    return _short(wording), _short(value)


def _short(value: object) -> str:
    told = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def compare(last: Digests, now: Digests) -> Changes:
    """What happened to each item between two editions."""
    both = [name for name in now if name in last]
    return Changes(
        added=tuple(name for name in now if name not in last),
        dropped=tuple(name for name in last if name not in now),
        changed=tuple(name for name in both if now[name][2] != last[name][2]),
        reworded=tuple(
            name for name in both if now[name][2] == last[name][2] and now[name][1] != last[name][1]
        ),
    )


def next_version(version: str, changes: Changes) -> str:
    """The edition that follows ``version`` (three numbers with points) after these changes."""
    first, second, third = (int(part) for part in version.split("."))
    if changes.added or changes.dropped:
        return f"{first + 1}.0.0"
    if changes.changed:
        return f"{first}.{second + 1}.0"
    if changes.reworded:
        return f"{first}.{second}.{third + 1}"
    return version


def last_edition(folder: Path) -> tuple[str, Digests]:
    """Version and digests of the last edition; 0.0.0 and nothing before the first. Raises Refused when unreadable."""
    path = folder / SNAPSHOT
    if not path.exists():
        return "0.0.0", {}
    try:
        told = json.loads(read_file(path).decode("utf-8"))
        return str(told["version"]), dict(told["items"])
    except (ValueError, KeyError, TypeError) as failure:
        raise Refused([problem("edition-unreadable", Place(str(path)))]) from failure


def edition_problems(folder: Path, items: Iterable[Item], version: str) -> list[Problem]:
    """Rules that changed while the edition did not; ids that vanished without being retired or came back."""
    last_version, last = last_edition(folder)
    now = digests(items)
    changes = compare(last, now)
    wanted = next_version(last_version, changes)
    place = Place(str(folder / VERSION), 1)
    problems = [] if version == wanted else [problem("edition-stale", place, version=version, wanted=wanted)]
    retired, wrong = _retired(folder / RETIRED)
    problems += wrong
    problems += [
        problem("item-vanished", place, item=name) for name in changes.dropped if name not in retired
    ]
    problems += [problem("item-returned", retired[name], item=name) for name in now if name in retired]
    return problems


def _retired(path: Path) -> tuple[dict[str, Place], list[Problem]]:
    if not path.exists():
        return {}, []
    value, lines, problems = read_yaml(path)
    if problems or not isinstance(value, dict):
        return {}, problems
    return {name: Place(str(path), line_of(lines, (name,))) for name in value}, []


def release(folder: Path, items: Iterable[Item], on: datetime.date) -> tuple[str, Changes]:
    """Write the next edition: VERSION, snapshot, change log. Returns its number and what changed."""
    last_version, last = last_edition(folder)
    now = digests(items)
    changes = compare(last, now)
    version = next_version(last_version, changes)
    if changes:
        log = folder / CHANGELOG
        old = read_file(log).decode("utf-8") if log.exists() else ""
        write_file(log, change_log(old, version, on, changes, {**last, **now}).encode())
        write_file(folder / SNAPSHOT, snapshot(version, now).encode())
    write_file(folder / VERSION, f"{version}\n".encode())
    return version, changes


def snapshot(version: str, items: Digests) -> str:
    """One line an item, so that a change reviews as a diff."""
    rows = ",\n".join(
        f"  {json.dumps(name)}: {json.dumps(told, ensure_ascii=False)}" for name, told in items.items()
    )
    return f'{{"version": "{version}", "items": {{\n{rows}\n}}}}\n'


_HEAD = "# 规则更新记录\n\n由 `checklists rules release` 按检查项编号生成，不手改。版本号三段：增删检查项．改动检查项．只改措辞。\n"


def change_log(old: str, version: str, on: datetime.date, changes: Changes, titles: Digests) -> str:
    """The log with a new section on top."""
    kinds = {
        "新增": changes.added,
        "停用": changes.dropped,
        "改动": changes.changed,
        "改措辞": changes.reworded,
    }
    lines = [f"## {version}（{on}）", ""]
    for kind, names in kinds.items():
        if names:
            lines += [
                f"### {kind} {len(names)} 项",
                "",
                *(f"- `{name}` {titles[name][0]}" for name in names),
                "",
            ]
    return "\n".join([_HEAD, *lines, old.removeprefix(_HEAD).lstrip("\n")]).rstrip("\n") + "\n"

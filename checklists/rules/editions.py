"""Editions of the rules: what changed since the last one, and the number that follows from it.

``rules/VERSION`` has three parts. The first grows when items are added or dropped, the second when what decides a list
has changed (what an item asks of whom, when or why; a type, a fact, a place, a notice; the order), the third when only
wording has. ``rules/edition.json`` holds two digests an entry of the last edition; ``rules/CHANGELOG.md`` is written
from the comparison.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from checklists.files.text import read_text
from checklists.files.writing import read_file, write_file
from checklists.problems import Position, Problem, Refused, problem
from checklists.rules.editions_record import ITEMS, KIND_NAMES, Digests, Record
from checklists.text import shown

VERSION, SNAPSHOT, CHANGELOG = "VERSION", "edition.json", "CHANGELOG.md"
UNRELEASED = "未发布"
_FIRST = "0.0.0"
_MOST_BYTES_OF_LOG = 8_000_000
_MOST_GONE = 5
"""Ids that are named when they are gone."""
_VERSION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){1,3}")


@dataclass(frozen=True)
class Changes:
    """Ids of one kind of entry by what happened to them since the last edition."""

    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    unrecorded: bool = False
    """The last edition did not record this kind: what changed in it nobody can say."""

    def __bool__(self) -> bool:
        return bool(self.added or self.dropped or self.changed or self.reworded or self.unrecorded)

    @property
    def by_name(self) -> dict[str, tuple[str, ...]]:
        """What happened, in words, to which ids."""
        told = {
            "新增": self.added,
            "停用": self.dropped,
            "改动": self.changed,
            "改措辞": self.reworded,
        }
        return {word: ids for word, ids in told.items() if ids}


class Last(BaseModel):
    """The last edition as ``edition.json`` holds it; editions before 1.0.1 recorded items alone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Annotated[str, Field(pattern=r"^[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}$")] = _FIRST
    kinds: dict[str, dict[str, tuple[str, str, str]]] = Field(default_factory=dict)


def compare(last: Record, now: Record) -> dict[str, Changes]:
    """What happened to the entries of each kind between two editions; kinds without changes are left out."""
    found = {
        kind: _compared(last[kind], digests) if kind in last else Changes(unrecorded=bool(digests))
        for kind, digests in now.items()
    }
    return {kind: changes for kind, changes in found.items() if changes}


def _compared(last: Digests, now: Digests) -> Changes:
    both = [name for name in now if name in last]
    return Changes(
        added=tuple(name for name in now if name not in last),
        dropped=tuple(name for name in last if name not in now),
        changed=tuple(name for name in both if now[name][2] != last[name][2]),
        reworded=tuple(
            name for name in both if now[name][2] == last[name][2] and now[name][:2] != last[name][:2]
        ),
    )


def next_version(version: str, changes: Mapping[str, Changes]) -> str:
    """The edition that follows ``version`` (three numbers with points) after these changes."""
    first, second, third = (int(part) for part in version.split("."))
    items = changes.get(ITEMS, Changes())
    if items.added or items.dropped or items.unrecorded:
        return f"{first + 1}.0.0"
    if any(one.added or one.dropped or one.changed for one in changes.values()):
        return f"{first}.{second + 1}.0"
    if changes:
        return f"{first}.{second}.{third + 1}"
    return version


def last_edition(folder: Path) -> Last | None:
    """The last edition; None before the first. Raises Refused when it cannot be read."""
    path = folder / SNAPSHOT
    if not path.exists():
        return None
    try:
        told = _parsed(read_file(path))
        return Last(version=told.pop("version"), kinds=told)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as failure:
        raise Refused([problem("edition-unreadable", Position(str(path)))]) from failure


def _parsed(content: bytes) -> dict[str, Any]:
    told = json.loads(content.decode("utf-8"))
    if ITEMS not in told:
        raise KeyError(ITEMS)
    return dict(told)


def version_of(folder: Path) -> str:
    """What ``VERSION`` says; nothing where there is none. Raises Refused when it is no version."""
    path = folder / VERSION
    if not path.exists():
        return ""
    version = read_file(path).decode("utf-8", "replace").strip("\ufeff\r\n \t")
    if not _VERSION.fullmatch(version):
        raise Refused([problem("version-wrong", Position(str(path), 1), version=shown(version))])
    return version


def edition_of(folder: Path, now: Record) -> str:
    """What documents made from these rules print as their edition: 1.0.1, or 1.0.2（未发布） after edits.

    The number is the one that a release would give. A folder that never was released has at most its own version:
    2026.1（未发布） or 未发布. Raises Refused when the folder's record of its edition cannot be read.
    """
    last = last_edition(folder)
    if last is None:
        version = version_of(folder)
        return f"{version}（{UNRELEASED}）" if version else UNRELEASED
    version = next_version(last.version, compare(last.kinds, now))
    return last.version if version == last.version else f"{version}（{UNRELEASED}）"


def is_unreleased(edition: str) -> bool:
    """Whether a document with this edition was made from rules that were not released."""
    return UNRELEASED in edition


def vanished(folder: Path, now: Record, retired: Container[str]) -> list[Problem]:
    """Ids of the last edition that are gone without being retired. Raises Refused for an unreadable record."""
    position = Position(str(folder / SNAPSHOT))
    last = last_edition(folder) or Last()
    gone = [name for name in last.kinds.get(ITEMS, {}) if name not in now[ITEMS] and name not in retired]
    if len(gone) > 1:
        named = "、".join(gone[:_MOST_GONE]) + (" 等" if len(gone) > _MOST_GONE else "")
        return [problem("items-vanished", position, count=len(gone), items=named)]
    return [problem("item-vanished", position, item=name) for name in gone]


def stale(folder: Path, now: Record) -> list[Problem]:
    """Rules that changed while the edition did not, or that were never released. Raises Refused."""
    last, version = last_edition(folder), version_of(folder)
    position = Position(str(folder / VERSION), 1)
    if last is None:
        return [problem("edition-none", Position(str(folder)))]
    wanted = next_version(last.version, compare(last.kinds, now))
    if version == wanted:
        return []
    return [problem("edition-stale", position, version=version or "（没有 VERSION 文件）", wanted=wanted)]


def release(
    folder: Path, now: Record, on: datetime.date, retired: Container[str] = ()
) -> tuple[str, dict[str, Changes]]:
    """Write the next edition: VERSION, record, change log. Returns its number and what changed.

    Raises Refused when ids are gone without being retired: the next edition would not know of them.
    """
    if gone := vanished(folder, now, retired):
        raise Refused(gone)
    last = last_edition(folder)
    known: Record = last.kinds if last else {kind: {} for kind in now}
    changes = compare(known, now)
    version = next_version(last.version if last else _FIRST, changes)
    if changes:
        log = folder / CHANGELOG
        write_file(log, change_log(_log_text(log), version, on, changes, known, now).encode())
        write_file(folder / SNAPSHOT, snapshot(version, now).encode())
    write_file(folder / VERSION, f"{version}\n".encode())
    return version, changes


def _log_text(path: Path) -> str:
    text, problems = read_text(path, _MOST_BYTES_OF_LOG) if path.exists() else ("", [])
    if problems:
        raise Refused(problems)
    return text


def snapshot(version: str, record: Record) -> str:
    """One line an entry, so that a change reviews as a diff."""
    kinds = []
    for kind, digests in record.items():
        rows = ",\n".join(
            f"  {json.dumps(name, ensure_ascii=False)}: {json.dumps(told, ensure_ascii=False)}"
            for name, told in digests.items()
        )
        kinds.append(f'"{kind}": {{\n{rows}\n}}')
    return f'{{"version": "{version}", {", ".join(kinds)}}}\n'


_HEAD = "# 规则更新记录\n\n由 `checklists rules release` 按检查项编号生成，不手改。版本号三段：增删检查项．改动检查项．只改措辞。\n"
_MOST_NAMED = 30
"""Entries of one kind, other than items, that the log names one by one."""


def change_log(
    old: str, version: str, on: datetime.date, changes: Mapping[str, Changes], last: Record, now: Record
) -> str:
    """The log with a new section on top."""
    lines = [f"## {version}（{on}）", ""]
    for word, names in changes.get(ITEMS, Changes()).by_name.items():
        lines += [f"### {word} {len(names)} 项", ""]
        lines += [f"- `{name}` {_title(ITEMS, name, last, now)}" for name in names]
        lines += [""]
    others = [
        line
        for kind, found in changes.items()
        if kind != ITEMS
        for line in _other_lines(kind, found, last, now)
    ]
    if fresh := [KIND_NAMES[kind] for kind, found in changes.items() if found.unrecorded]:
        others.append(f"- 从这一版起也记入版本：{'、'.join(fresh)}")
    if others:
        lines += ["### 其他", "", *others, ""]
    return "\n".join([_HEAD, *lines, _before(old, version)]).rstrip("\n") + "\n"


def _before(old: str, version: str) -> str:
    """The sections of earlier editions; one of this version is of a release that did not come to its end."""
    rest = old.removeprefix(_HEAD).lstrip("\n")
    if not rest.startswith(f"## {version}（"):
        return rest
    _, following, earlier = rest[3:].partition("\n## ")
    return f"## {earlier}" if following else ""


def _other_lines(kind: str, changes: Changes, last: Record, now: Record) -> list[str]:
    lines = []
    for word, names in changes.by_name.items():
        titles = "、".join(_title(kind, name, last, now) for name in names[:_MOST_NAMED])
        more = f"等 {len(names)} 处" if len(names) > _MOST_NAMED else ""
        lines.append(f"- {KIND_NAMES[kind]}{word}：{titles}{more}")
    return lines


def _title(kind: str, name: str, last: Record, now: Record) -> str:
    entry = now[kind].get(name) or last[kind][name]
    return entry[0]

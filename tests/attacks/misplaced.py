"""Files of rules under another name, in another place, or with something else in them."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

Spoiled = tuple[str, str] | None
"""The file that was spoiled, and what was done."""


def topic(chance: random.Random, rules: Path) -> Path:
    """A file of items."""
    return chance.choice(
        sorted(path for path in rules.glob("*.yaml") if "\nitems:" in path.read_text("utf-8"))
    )


def _file_name(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    path = chance.choice(
        [topic(chance, rules), rules / "glossary.yaml", *sorted((rules / "dispositions").iterdir())[:3]]
    )
    new = chance.choice(
        [path.with_suffix(".yml"), path.with_suffix(".YAML"), path.with_name(path.name + ".txt")]
    )
    path.rename(new)
    return path.name.rpartition(".")[0], f"{path.name} → {new.name}"


def _file_gone(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    path = chance.choice(
        [
            rules / "glossary.yaml",
            rules / "VERSION",
            rules / "places.yaml",
            rules / "types.yaml",
            topic(chance, rules),
        ]
    )
    path.unlink()
    return path.stem, f"删去 {path.name}"


def _file_moved(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    path = topic(chance, rules)
    (rules / "新").mkdir()
    path.rename(rules / "新" / path.name)
    return path.name, f"移到 新/{path.name}"


def _whole_file(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    paths = [
        *sorted(rules.glob("*.yaml")),
        seeds / "notices.yaml",
        rules / "dispositions" / "shanxi-2026.yaml",
    ]
    path = chance.choice(paths)
    content = chance.choice(
        ["", "- 甲\n", "甲\n", "5\n", "甲: 1\n", "[]\n", "{}\n", "null\n", "---\n---\n", "[1, [2, [3]]]\n"]
    )
    path.write_text(content, "utf-8")
    return path.name, f"{path.name} 整个换成 {content!r}"


def _odd_file(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    """A file that does not belong there."""
    text = topic(chance, rules).read_text("utf-8")
    name = chance.choice(
        [
            "._甲.yaml",
            ".甲.yaml",
            "~$甲.yaml",
            "甲 (副本).yaml",
            "甲.yaml~",
            "甲.yaml.bak",
            "dispositions/甲.yaml",
        ]
    )
    (rules / name).write_text(text, "utf-8")
    return Path(name).name, f"多了一个 {name}"


SLIPS: tuple[Callable[[random.Random, Path, Path], Spoiled], ...] = (
    _file_name,
    _file_gone,
    _file_moved,
    _whole_file,
    _odd_file,
)

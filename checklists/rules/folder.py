"""Which files of a folder of rules are read, and which are not, so that nobody thinks they were."""

from __future__ import annotations

from itertools import chain, islice
from pathlib import Path

from checklists.files.writing import OLD, why
from checklists.problems import Position, Problem, problem
from checklists.rules.vocabulary import NOT_RULES

DISPOSITIONS, CRITERIA, DRAFTS = "dispositions", "criteria", "drafts"
SCHEMA = "schema.json"
"""What editors check a file of the folder by; drafts have one of their own."""
_KEPT_BESIDE = frozenset(
    {
        "VERSION",
        "edition.json",
        "CHANGELOG.md",
        "README.md",
        SCHEMA,
        DISPOSITIONS,
        CRITERIA,
        DRAFTS,
        OLD,
    }
)
_OF_THE_SYSTEM = frozenset({"Thumbs.db", "desktop.ini", "__pycache__"})
_ENDING = ".yaml"
_MOST_INSIDE = 10_000
"""Files of a folder below that are looked at."""
_YAML = (".yaml", ".yml")


def yaml_files(folder: Path) -> list[Path]:
    """Files of the folder that are read as YAML, in the order of their names."""
    return [path for path in sorted(folder.glob(f"*{_ENDING}")) if _is_read(path)]


def topic_files(folder: Path) -> list[Path]:
    """Files that hold items."""
    return [path for path in yaml_files(folder) if path.name not in NOT_RULES]


def _is_read(path: Path) -> bool:
    return path.name.endswith(_ENDING) and not path.name.startswith(".") and not path.is_dir()


def unread_files(folder: Path, *, subfolder: bool = False) -> list[Problem]:
    """Files that look like rules and are not read (errors), and others that are passed over (warnings).

    ``subfolder``: it is one of those within the folder of rules.
    """
    kept = _OF_THE_SYSTEM | ({SCHEMA} if subfolder else _KEPT_BESIDE)
    problems: list[Problem] = []
    for path in _listed(folder, problems):
        if _is_read(path) or path.name in kept or path.name.startswith(("._", ".#")):
            continue
        position = Position(str(path))
        if path.is_dir() and not path.is_symlink():
            inside = chain([path], islice(path.rglob("*"), _MOST_INSIDE))
            if not path.name.startswith(".") and any(_looks_like_rules(file) for file in inside):
                problems.append(problem("rules-unread", position, why="是文件夹，里面的文件也不读"))
        elif _looks_like_rules(path):
            why = "文件名以点开头" if path.name.startswith(".") else f"结尾是 {path.suffix}，不是 {_ENDING}"
            problems.append(problem("rules-unread", position, why=why))
        elif not path.name.startswith("."):
            problems.append(problem("rules-passed-over", position))
    return problems


def _listed(folder: Path, problems: list[Problem]) -> list[Path]:
    try:
        return sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError as failure:
        problems.append(problem("file-unreadable", Position(str(folder)), why=why(failure)))
        return []


def _looks_like_rules(path: Path) -> bool:
    return path.name.lower().endswith(_YAML)

"""Read ``criteria/``: the standards by which a hazard is a major one, one a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from checklists.models import Criterion, Standard
from checklists.problems import Position, Problem
from checklists.rules.facts import Written
from checklists.rules.folder import CRITERIA, unread_files, yaml_files
from checklists.yamlfile.entries import load_model


@dataclass(frozen=True)
class WrittenStandard:
    """A standard with the positions of its parts."""

    standard: Standard
    written: Written = field(repr=False)

    @property
    def name(self) -> str:
        """Of its file, without the ending."""
        return self.written.file.stem

    def position(self, *inside: str | int) -> Position:
        """Position of a field of the standard, as the file names it."""
        return self.written.position(*inside)


def load_criteria(folder: Path) -> tuple[tuple[WrittenStandard, ...], list[Problem]]:
    """Read every file of ``folder/criteria`` in the order of their names; a wrong one is left out and reported.

    A folder of rules may be without: then no row is a major one.
    """
    found: list[WrittenStandard] = []
    problems = unread_files(folder / CRITERIA, subfolder=True)
    for path in yaml_files(folder / CRITERIA):
        standard, lines, wrong = load_model(Standard, path)
        problems += wrong
        if standard is not None:
            found.append(WrittenStandard(standard, Written(path, lines)))
    return tuple(found), problems


def standard_words(standard: Standard) -> str:
    """Number and name, since when it is in force, what it replaced."""
    days = [f"{standard.since}起"] if standard.since else [f"{standard.dated}发布"] if standard.dated else []
    days += [f"此前{standard.replaces}"] if standard.replaces else []
    told = "；".join(days)
    return f"{standard.number} {standard.standard}{f'（{told}）' if told else ''}"


# ---------------------------------------------------------------- how much is there


@dataclass(frozen=True)
class Coverage:
    """How much of a standard the rules have, and which of its criteria no item asks."""

    standard: Standard
    articles: int
    """Different ones: an article may have several criteria."""
    entries: int
    with_items: int
    without: tuple[Criterion, ...]


def coverage_of(standard: Standard) -> Coverage:
    """Count a standard's criteria."""
    criteria = standard.criteria
    return Coverage(
        standard,
        articles=len({one.article for one in criteria}),
        entries=len(criteria),
        with_items=sum(bool(one.items) for one in criteria),
        without=tuple(one for one in criteria if not one.items),
    )

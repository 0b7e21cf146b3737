"""A YAML file of one kind of thing: a whole file as a model, or the entries of a list or map, each for itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from checklists.problems import Position, Problem, problem
from checklists.yamlfile.events import Lines, Location
from checklists.yamlfile.reading import line_of, read_yaml, validated

Model = TypeVar("Model", bound=BaseModel)
Entry = TypeVar("Entry")

MOST_PROBLEMS = 20
"""Of one file; a file with more has one slip that all of them follow from."""


def load_model(model: type[Model], path: Path) -> tuple[Model | None, Lines, list[Problem]]:
    """A file of the rules as one ``model``; None when something is wrong with it."""
    value, lines, problems = read_yaml(path, exact=True)
    if problems:
        return None, lines, problems
    found, problems = validated(model, value, lines, path)
    return found, lines, problems


def load_list(model: type[Model], path: Path) -> tuple[list[tuple[Model, Position]], list[Problem]]:
    """Entries of a file of the rules that is one list, with their positions; a wrong one is left out and reported."""
    value, lines, problems = read_yaml(path, exact=True)
    if problems:
        return [], problems
    if not isinstance(value, list):
        return [], [problem("file-no-list", Position(str(path), 1))]
    entries, problems = read_each(
        path,
        (((index,), written) for index, written in enumerate(value)),
        lambda written, at: validated(model, written, lines, path, at),
    )
    return [(entry, Position(str(path), line_of(lines, at))) for entry, at in entries], problems


def read_each(
    path: Path,
    written: Iterable[tuple[Location, Any]],
    read: Callable[[Any, Location], tuple[Entry | None, list[Problem]]],
) -> tuple[list[tuple[Entry, Location]], list[Problem]]:
    """What ``read`` makes of the values ``written`` in a file, with their locations.

    A wrong entry is left out and reported; behind MOST_PROBLEMS problems the rest of the file is not read.
    """
    entries: list[tuple[Entry, Location]] = []
    problems: list[Problem] = []
    for at, value in written:
        entry, wrong = read(value, at)
        problems += wrong
        if entry is not None:
            entries.append((entry, at))
        if len(problems) > MOST_PROBLEMS:
            more = problem("too-many-problems", Position(str(path)), most=MOST_PROBLEMS)
            return entries, [*problems[:MOST_PROBLEMS], more]
    return entries, problems

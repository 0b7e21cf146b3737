"""Read a YAML file into plain values and remember on which line each of them stands.

YAML's own guesses are narrowed to what a rule author expects: only ``true`` and ``false`` are booleans,
``on``, ``yes``, ``12:30`` and ``2026-01-01`` stay text, a key written twice is refused. What would be lost without a
word (a tag, a second document, a merge) is refused; what would take too long or too much room is bounded.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from checklists.files.text import read_text
from checklists.problems import Position, Problem, problem
from checklists.text import INVISIBLE
from checklists.yamlfile.events import OF_RULES, Limits, Lines, Location, built
from checklists.yamlfile.fields import field_problems, line_of

__all__ = ["Lines", "Location", "line_of", "read_yaml", "validated"]

Model = TypeVar("Model", bound=BaseModel)

MOST_SIGNS = 20
"""Lines with a letter that nobody sees, of which each is told."""
_STUMBLES = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What YAML does not allow or takes for the end of a line, comments included."""


def read_yaml(
    path: Path, *, exact: bool = False, any_encoding: bool = False, limits: Limits = OF_RULES
) -> tuple[Any, Lines, list[Problem]]:
    """Value of the file, the line (from 1) of every value by its location, and what is wrong with it.

    With problems the value is None. ``exact`` is for the files of the rules: it also refuses a name without a value
    and letters that nobody sees, which a roster may hold. ``any_encoding``: not UTF-8 alone. Beyond the ``limits`` reading ends.
    """
    file = str(path)
    text, problems = read_text(path, limits.bytes, any_encoding=any_encoding)
    if problems:
        return None, {}, problems
    wrong = [found for found in _signs(text, file) if exact or found[1]]
    if wrong:
        return None, {}, [found for found, _ in wrong]
    return built(text, file, exact=exact, most=limits.values)


def _signs(text: str, file: str) -> list[tuple[Problem, bool]]:
    """The first letter of each line that nobody sees, and whether the parser stumbles over it wherever it stands."""
    signs: list[tuple[Problem, bool]] = []
    if not INVISIBLE.search(text):
        return signs
    for number, line in enumerate(text.split("\n"), start=1):
        comment = line.lstrip().startswith("#")
        for match in INVISIBLE.finditer(line):
            stumbles = bool(_STUMBLES.match(match[0]))
            if stumbles or not comment:
                details = {"column": match.start() + 1, "sign": f"U+{ord(match[0]):04X}"}
                signs.append((problem("yaml-sign", Position(file, number), **details), stumbles))
                break
    if len(signs) > MOST_SIGNS:
        more = problem("too-many-problems", Position(file), most=MOST_SIGNS)
        signs = [*signs[:MOST_SIGNS], (more, any(stumbles for _, stumbles in signs))]
    return signs


def validated(
    model: type[Model], value: Any, lines: Lines, file: Path, at: Location = ()
) -> tuple[Model | None, list[Problem]]:
    """Make ``model`` of ``value``, which stands at ``at`` in the file; problems carry file and line."""
    try:
        return model.model_validate(value), []
    except ValidationError as failure:
        found = failure.errors(include_url=False)
        return None, field_problems(model, value, found, lines, file, at)

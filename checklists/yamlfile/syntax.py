"""What the YAML parser complains about, in the reader's language and at the line where the slip is."""

from __future__ import annotations

import yaml

from checklists.messages.yaml import SYNTAX, SYNTAX_OTHER, UNPAIRED
from checklists.problems import Position, Problem, problem

_WHERE_IT_BEGAN = ("flow", "quoted scalar", "simple key")
"""What is never closed is noticed far below; the slip is where it was opened."""


def syntax_problem(file: str, failure: yaml.YAMLError, wrapped: tuple[int, int] | None = None) -> Problem:
    """One problem for a file that the parser cannot go on with.

    ``wrapped`` are the first and last line of a quoted text that ended just before: its quotes do not pair.
    """
    mark = getattr(failure, "problem_mark", None)
    context = str(getattr(failure, "context", None) or "")
    began = getattr(failure, "context_mark", None)
    unclosed = _complaint(failure) != "found unknown escape character"
    if began is not None and unclosed and any(kind in context for kind in _WHERE_IT_BEGAN):
        mark = began
    line = mark.line + 1 if mark is not None else None
    if wrapped and line == wrapped[1]:
        return problem("yaml-syntax", Position(file, wrapped[0]), why=UNPAIRED)
    why = SYNTAX.get(_complaint(failure), SYNTAX_OTHER)
    return problem("yaml-syntax", Position(file, line), why=why)


def _complaint(failure: yaml.YAMLError) -> str:
    return str(getattr(failure, "problem", None) or "")

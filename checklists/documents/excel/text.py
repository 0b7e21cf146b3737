"""The texts of a workbook template: what their fields may be, filling them, and how much room a text takes."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any
from unicodedata import east_asian_width

from jinja2 import Template, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.runtime import Undefined

from checklists.documents.names import Kinds, misuses
from checklists.documents.tags import (
    TAG,
    environment,
    parsed,
    printable,
    refused_statement,
    stray,
    syntax_words,
)
from checklists.problems import Position, Problem, problem

Value = Any
"""What a cell may hold: text, number or day."""

_ENVIRONMENT = environment(autoescape=False)
# Cells hold plain text, which openpyxl escapes; escaping here would print &amp;.
_ALONE = re.compile(r"\{\{([^{}]+)\}\}")
_HAS_FIELD = re.compile(r"\{\{|\{%")
_TAGS = "模板里的标记"


def has_field(value: object) -> bool:
    """Whether a cell's value is a text with something to fill in."""
    return isinstance(value, str) and _HAS_FIELD.search(value) is not None


def fills_row(value: object) -> bool:
    """Whether a cell's value prints something of ``row``: a cell of a model row."""
    return isinstance(value, str) and re.search(r"\{[{%][^}]*\brow\b", value) is not None


def filled(text: str, names: Mapping[str, Any]) -> Value:
    """The text with its fields filled in; a number or day stays one where a field stands alone in its cell.

    Raises jinja2.TemplateError, and what a template's own expression may raise.
    """
    return _compiled(text)(names)


def filled_text(text: str, names: Mapping[str, Any]) -> str:
    """The text with its fields filled in, its blanks and line ends as they are: a stretch of a longer text."""
    return _template(text).render(names)


@lru_cache(maxsize=2000)
def _template(text: str) -> Template:
    return _ENVIRONMENT.from_string(text)


@lru_cache(maxsize=2000)
def _compiled(text: str) -> Callable[[Mapping[str, Any]], Value]:
    alone = _ALONE.fullmatch(text.strip())
    if not alone:
        return lambda names: filled_text(text, names)
    expression = _ENVIRONMENT.compile_expression(alone[1].strip(), undefined_to_none=False)
    return lambda names: _defined(expression(names))


def _defined(value: Value) -> Value:
    return (
        str(value) if isinstance(value, Undefined) else printable(value)
    )  # str() raises UndefinedError by name


# ---------------------------------------------------------------- judging a text


def text_problems(text: str, known: Kinds, position: Position) -> Iterator[Problem]:
    """What is wrong with the fields of a text; ``known``: what ``checklist``, ``enterprise``, ``row`` are."""
    found = stray(text)
    if found:
        yield problem("template-stray", position, text=found.text, why=found.why)
        return
    if why := next(filter(None, (refused_statement(tag[0]) for tag in TAG.finditer(text))), ""):
        yield problem("template-forbidden", position, tag=_TAGS, why=why)
        return
    try:
        wrong = misuses(parsed(text, autoescape=False), known)
    except TemplateSyntaxError as failure:  # also for a filter there is not, which parsing does not see
        yield problem("template-syntax", position, why=syntax_words(failure.message or ""))
        return
    yield from (misuse.problem(position, _TAGS) for misuse in wrong)


def filling_failed(failure: Exception, position: Position) -> Problem:
    """The problem of a field that is well formed and cannot be filled all the same."""
    told = (failure.message if isinstance(failure, TemplateError) else str(failure)) or type(failure).__name__
    code = "template-forbidden" if isinstance(failure, SecurityError) else "template-syntax"
    return problem(code, position, tag=_TAGS, why=told)


# ---------------------------------------------------------------- room

PIXELS_A_CHARACTER = 7
"""Of one unit of column width, with the workbook's own type at 10 or 11 points."""
LINE_HEIGHT = 1.32
"""Points of a line for one point of type: 宋体 needs 1.2, the Noto faces a little more."""


HIGHEST = 409.0
"""Points: no row of Excel is higher."""


def lines_needed(text: str, width: float, points: float) -> int:
    """Lines that ``text`` takes in a column of ``width`` characters, in type of ``points`` points."""
    room = max((width * PIXELS_A_CHARACTER * 0.75 - 1) / points, 1)
    return sum(_lines(_ems(line), room) for line in text.split("\n"))


def _lines(ems: float, room: float) -> int:
    """A line that is broken loses half a letter on average: none begins with a comma or a closing bracket."""
    return 1 if ems <= room else math.ceil(ems / max(room - 0.5, 1))


def height_needed(text: str, width: float, points: float) -> float:
    """Points of row height for the text when it is wrapped."""
    return min(lines_needed(text, width, points) * points * LINE_HEIGHT + 6, HIGHEST)


def _ems(text: str) -> float:
    return sum(1.0 if east_asian_width(char) in "WFA" else 0.55 for char in text)

"""From the events of the YAML parser to plain values: what a value is, where it stands, and where reading ends.

The parser is asked event by event, so that a file that is too deep or too large is left as soon as that shows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from checklists.problems import Position, Problem, Refused, problem
from checklists.text import CutText, same_form
from checklists.yamlfile.syntax import syntax_problem

Location = tuple[str | int, ...]
Lines = dict[Location, int]


class Limits(NamedTuple):
    """Bytes of a file, and its values: what an alias repeats counts as often as it stands."""

    bytes: int
    values: int


OF_RULES = Limits(2_000_000, 50_000)
"""The largest file of the rules has 110 KB and 10,000 values."""
OF_ROSTERS = Limits(8_000_000, 400_000)
"""A roster of 20,000 enterprises has 5 MB and 260,000 values."""
MOST_DEPTH = 30
"""Lists and maps within one another. The rules have 6."""

_BLOCK = ("|", ">")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,9})?\Z")
"""What is longer is a code or a slip, and stays text."""
_PLAIN: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_COMMENT = re.compile(r"[ \t]+#")
_OWN_COMMENT = re.compile(r"[ \t]{2,}#+[ \t]")
"""A comment that was meant as one: two blanks before the sign, one after it."""


@dataclass
class _Reading:
    """A file being read: its parser, what has been found, and the anchors met so far."""

    file: str
    loader: Any
    printed: list[str]
    exact: bool
    lines: Lines = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    anchors: dict[str, tuple[Any, int] | None] = field(default_factory=dict)
    """Value of an anchor and how many values it holds; None while it is still being read."""
    unused: dict[str, int] = field(default_factory=dict)
    """Anchors that no alias has named yet, with their lines."""
    most: int = OF_RULES.values
    count: int = 0
    wrapped: tuple[int, int] | None = None
    """First and last line of the last quoted text of more than one line: perhaps its quotes do not pair."""

    def position(self, event: Any) -> Position:
        return Position(self.file, event.start_mark.line + 1)


def _stop(code: str, position: Position, **told: object) -> Refused:
    """Reading ends here, and why."""
    return Refused([problem(code, position, **told)])


def built(text: str, file: str, *, exact: bool, most: int) -> tuple[Any, Lines, list[Problem]]:
    """Value of the text, the line (from 1) of every value by its location, and what is wrong; then the value is None.

    ``exact`` refuses what may stand in a roster but not in rules: a name without a value, an anchor that nobody uses.
    """
    reading = _Reading(file, _LOADER(text), text.split("\n"), exact, most=most)
    try:
        value = _document(reading)
    except Refused as stopped:
        return None, reading.lines, [*reading.problems, *stopped.problems]
    except yaml.YAMLError as failure:
        # a text whose quotes do not pair has been told, and what follows it is no YAML any more
        known = [one for one in reading.problems if one.code == "yaml-wrapped"]
        return (
            None,
            reading.lines,
            known or [*reading.problems, syntax_problem(file, failure, reading.wrapped)],
        )
    finally:
        reading.loader.dispose()
    return (None if reading.problems else value), reading.lines, reading.problems


def _document(reading: _Reading) -> Any:
    loader = reading.loader
    loader.get_event()  # the stream begins
    if isinstance(loader.get_event(), yaml.StreamEndEvent):
        raise _stop("yaml-empty", Position(reading.file))
    first = loader.get_event()
    if isinstance(first, yaml.ScalarEvent) and not first.value and not first.style:
        raise _stop("yaml-empty", Position(reading.file))
    value = _value(reading, first, ())
    loader.get_event()  # the document ends
    after = loader.get_event()
    if not isinstance(after, yaml.StreamEndEvent):
        raise _stop("yaml-two-documents", reading.position(after))
    for name, line in reading.unused.items() if reading.exact else ():
        reading.problems.append(problem("yaml-anchor-unused", Position(reading.file, line), name=name))
    return value


def _value(reading: _Reading, event: Any, at: Location) -> Any:
    reading.lines[at] = event.start_mark.line + 1
    if isinstance(event, yaml.AliasEvent):
        return _repeated(reading, event)
    _count(reading, 1, event)
    if event.tag is not None:
        raise _stop("yaml-tag", reading.position(event), tag=event.tag.rpartition(":")[2].lstrip("!"))
    before = reading.count
    if event.anchor:
        reading.anchors[event.anchor] = None
        reading.unused[event.anchor] = event.start_mark.line + 1
    if isinstance(event, yaml.ScalarEvent):
        value = _scalar(reading, event, at)
    elif len(at) >= MOST_DEPTH:
        raise _stop("yaml-too-deep", reading.position(event), most=MOST_DEPTH)
    elif isinstance(event, yaml.SequenceStartEvent):
        value = _sequence(reading, at)
    else:
        value = _mapping(reading, at)
    if event.anchor:
        reading.anchors[event.anchor] = value, reading.count - before + 1
    return value


def _count(reading: _Reading, more: int, event: Any) -> None:
    reading.count += more
    if reading.count > reading.most:
        raise _stop("yaml-too-many", reading.position(event), most=reading.most)


def _repeated(reading: _Reading, event: Any) -> Any:
    if event.anchor not in reading.anchors:
        raise _stop("yaml-alias-unknown", reading.position(event), name=event.anchor)
    known = reading.anchors[event.anchor]
    if known is None:
        raise _stop("yaml-alias-itself", reading.position(event), name=event.anchor)
    reading.unused.pop(event.anchor, None)
    _count(reading, known[1], event)
    return known[0]


def _sequence(reading: _Reading, at: Location) -> list[Any]:
    values: list[Any] = []
    while not isinstance(event := reading.loader.get_event(), yaml.SequenceEndEvent):
        values.append(_value(reading, event, (*at, len(values))))
    return values


def _mapping(reading: _Reading, at: Location) -> dict[str, Any]:
    values: dict[str, Any] = {}
    forms: dict[str, str] = {}
    again: list[tuple[str, int, int]] = []
    while not isinstance(event := reading.loader.get_event(), yaml.MappingEndEvent):
        key = _key(reading, event)
        line = event.start_mark.line + 1
        form = same_form(key)
        known = form in forms
        value = _value(reading, reading.loader.get_event(), (*at, key, "") if known else (*at, key))
        if known:
            again.append((key, line, reading.lines[(*at, forms[form])]))
            continue
        forms[form] = key
        values[key] = value
        reading.lines[(*at, key)] = line
    if again:
        reading.problems.append(_twice(reading, again))
    return values


def _twice(reading: _Reading, again: list[tuple[str, int, int]]) -> Problem:
    """Keys that stand twice; several of them are most often the next entry of a list whose dash is missing."""
    keys, (line, first) = [key for key, _, _ in again], again[0][1:]
    if len(again) == 1:
        return problem("yaml-duplicate-key", Position(reading.file, line), key=keys[0], first=first)
    told = {"keys": "、".join(keys[:5]), "count": len(keys), "first": first}
    return problem("yaml-duplicate-keys", Position(reading.file, line), **told)


def _key(reading: _Reading, event: Any) -> str:
    if not isinstance(event, yaml.ScalarEvent) or not event.value.strip():
        raise _stop("yaml-key", reading.position(event))
    if event.value == "<<" and not event.style:
        raise _stop("yaml-merge", reading.position(event))
    return str(event.value)


def _wrapped(reading: _Reading, event: Any) -> None:
    """Remember a text of several lines, which YAML joins with blanks; in rules it is one line."""
    first, last = event.start_mark.line + 1, event.end_mark.line + 1
    if event.style:
        reading.wrapped = first, last
    if reading.exact:
        told = {"first": first, "last": last}
        reading.problems.append(problem("yaml-wrapped", Position(reading.file, first), **told))


def _scalar(reading: _Reading, event: Any, at: Location) -> Any:
    text = str(event.value)
    if event.style in _BLOCK:
        return text
    if event.end_mark.line > event.start_mark.line and text.strip():
        _wrapped(reading, event)
    if event.style:  # quoted text is always text
        return text
    if text in _PLAIN:
        if reading.exact and _PLAIN[text] is None:
            name = at[-1] if at and isinstance(at[-1], str) else "-"
            reading.problems.append(problem("yaml-no-value", reading.position(event), name=name))
        return _PLAIN[text]
    if match := _NUMBER.match(text):
        return float(text) if match[2] else int(text)
    end = event.end_mark
    line = reading.printed[end.line] if end.line < len(reading.printed) else ""
    if _COMMENT.match(line, end.column) and not _OWN_COMMENT.match(line, end.column):
        return CutText(text)
    return text

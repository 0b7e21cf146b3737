"""From pydantic's findings to problems: one a slip, with the field's own line, and the remedy for that field."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from checklists.messages.yaml import FIELD_WRONG
from checklists.models import ID_PATTERN, ITEM_ID_PATTERN
from checklists.nearest import nearest, nearest_names
from checklists.problems import Position, Problem, problem
from checklists.text import shown
from checklists.yamlfile.events import Lines, Location

_PATTERNS = {ID_PATTERN: "id", ITEM_ID_PATTERN: "id"}
_TEXT_CODES = ("text-cut", "text-break", "text-invisible", "text-ends")


@dataclass(frozen=True)
class _Finding:
    """One finding of pydantic's: its kind, where it is in the value as written, what was written there."""

    kind: str
    at: Location
    given: Any
    details: Mapping[str, Any]


def line_of(lines: Lines, location: Location) -> int | None:
    """Line of the value at ``location`` or of the nearest one around it."""
    for length in range(len(location), -1, -1):
        if location[:length] in lines:
            return lines[location[:length]]
    return None


def field_problems(
    model: type[BaseModel], value: Any, errors: Iterable[Any], lines: Lines, file: Path, at: Location
) -> list[Problem]:
    """Problems of ``value``, which stands at ``at`` in the file and is no ``model``; ``found`` are pydantic's errors."""
    findings = _without_followers(model, [_finding(value, error) for error in errors])
    return [
        _problem(model, one, Position(str(file), line_of(lines, (*at, *one.at))), findings)
        for one in findings
    ]


def _finding(value: Any, error: Any) -> _Finding:
    """Parts of pydantic's location that stand in no file (members of unions, keys of maps) are left out."""
    at: list[str | int] = []
    inside = value
    for part in error["loc"]:
        if _holds(inside, part):
            inside = inside[part]
        elif not (error["type"] == "missing" and part == error["loc"][-1]):
            continue
        at.append(part)
    return _Finding(error["type"], tuple(at), error["input"], error.get("ctx", {}))


def _holds(value: Any, part: str | int) -> bool:
    if isinstance(value, Mapping):
        return part in value
    return isinstance(value, (list, tuple)) and isinstance(part, int) and part < len(value)


def _without_followers(model: type[BaseModel], findings: list[_Finding]) -> list[_Finding]:
    """One finding a location, and none that only follows from another.

    A value that fits no member of a union has one finding a member; a field that is missing because its name is
    misspelt has two.
    """
    by_location: dict[Location, list[_Finding]] = {}
    for one in findings:
        by_location.setdefault(one.at, []).append(one)
    kept = []
    for at, here in by_location.items():
        deeper = any(len(other) > len(at) and other[: len(at)] == at for other in by_location)
        if deeper and all(one.kind.endswith("_type") or one.kind == "too_short" for one in here):
            continue
        kept.append(here[0] if len(here) == 1 else replace(here[0], kind="union"))
    misspelt = {
        (*one.at[:-1], nearest_names(str(one.at[-1]), _missing(kept, one.at[:-1]), most=1)[0])
        for one in kept
        if one.kind == "extra_forbidden" and nearest_names(str(one.at[-1]), _missing(kept, one.at[:-1]))
    }
    rest = [one for one in kept if not (one.kind == "missing" and one.at in misspelt)]
    return _missing_together([one for one in rest if not _follows(one, rest)])


def _follows(one: _Finding, others: Iterable[_Finding]) -> bool:
    """An entry of a list that is missing because what stands there is wrong."""
    return (
        one.kind == "missing"
        and isinstance(one.at[-1], int)
        and any(other.kind != "missing" and other.at[:-1] == one.at[:-1] for other in others)
    )


def _missing_together(findings: list[_Finding]) -> list[_Finding]:
    """Fields that one entry lacks are one finding, with all their names."""
    by_entry: dict[Location, list[str]] = {}
    for one in findings:
        if one.kind == "missing":
            by_entry.setdefault(one.at[:-1], []).append(str(one.at[-1]))
    kept = []
    for one in findings:
        if one.kind != "missing":
            kept.append(one)
        elif names := by_entry.pop(one.at[:-1], None):
            kept.append(replace(one, at=(*one.at[:-1], "、".join(names))))
    return kept


def _missing(findings: Iterable[_Finding], at: Location) -> list[str]:
    """Names of the fields that are missing at ``at``."""
    return [str(one.at[-1]) for one in findings if one.kind == "missing" and one.at[:-1] == at]


def _problem(model: type[BaseModel], one: _Finding, position: Position, findings: list[_Finding]) -> Problem:
    field = ".".join(map(str, one.at)) if one.kind == "missing" else ".".join(map(shown, one.at))
    field = field or "（整条）"
    if one.kind == "extra_forbidden":
        names = field_names(model, one.at[:-1])
        hint = nearest(str(one.at[-1]), names) or f"这里可以写：{'、'.join(names)}。"
        return problem("field-unknown", position, field=field, hint=hint)
    if one.kind == "missing":
        return problem("field-missing", position, field=field)
    if one.kind in _TEXT_CODES:
        return problem(one.kind, position, field=field, given=shown(one.given))
    return wrong_field(one.kind, position, field, one.given, one.details)


def wrong_field(
    kind: str,
    position: Position,
    field: str,
    given: object,
    details: Mapping[str, Any] = types.MappingProxyType({}),
) -> Problem:
    """The problem ``field-wrong`` with the words and the remedy of its kind."""
    told = dict(details)
    kind = _PATTERNS.get(told.get("pattern", ""), kind)
    if kind == "literal_error":
        choices = [word.strip("'") for word in str(told["expected"]).replace(" or ", ", ").split(", ")]
        told = {"expected": "、".join(choices), "hint": nearest(str(given), choices)}
    if kind == "union" and "applies" not in field:
        kind = "value"
    if kind.endswith("too_short") and isinstance(given, str) and told.get("min_length", 1) > 1:
        kind = "text_short"
    why, remedy = (text.format(**told) for text in FIELD_WRONG.get(kind, FIELD_WRONG["other"]))
    found = problem("field-wrong", position, field=field, why=f"{why}，现为「{shown(given)}」")
    return replace(found, remedy=remedy)


def field_names(model: type[BaseModel], inside: Location) -> list[str]:
    """Names an author may write at ``inside`` a value of the model; nothing where any name may stand."""
    level: Any = model
    for part in inside:
        level = _below(level, part)
    level = _model_in(level)
    return [info.alias or name for name, info in level.model_fields.items()] if level else []


def _below(annotation: Any, part: str | int) -> Any:
    """What stands at ``part`` of a value: a field of a model, a value of a map, an entry of a list."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = annotation.model_fields.items()
        return next((info.annotation for name, info in fields if part in (name, info.alias)), None)
    if get_origin(annotation) is dict:
        return get_args(annotation)[1]
    if get_origin(annotation) in (tuple, list):
        return get_args(annotation)[0]
    choices = (_below(one, part) for one in get_args(annotation))
    return next((found for found in choices if found is not None), None)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation is or, among others, may be."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (dict, tuple, list):
        return None
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)

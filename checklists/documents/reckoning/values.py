"""Values in the formulas of a workbook, and what its operators do with them (ECMA-376 part 1, 18.17.2)."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable
from typing import Any

from openpyxl.utils.datetime import to_excel

_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", re.IGNORECASE | re.ASCII)
Value = Any
"""float, str, bool, None for an empty cell, Failure, an area of cells, or rows of such values."""


class Aside(Exception):  # noqa: N818 -- no error: the formula is left out of the comparison
    """A formula that is not reckoned here."""


class Failure(str):
    """An error value: #N/A, #VALUE!, #DIV/0!."""


def number(value: Value) -> Value:
    """The value in arithmetic: a float, or a Failure."""
    if isinstance(value, Failure):
        return value
    if isinstance(value, str):
        return float(value) if _NUMBER.fullmatch(value.strip()) else Failure("#VALUE!")
    return float(value or 0)


def text(value: Value) -> str:
    """The value in a text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def truth(value: Value) -> bool:
    return bool(number(value)) if not isinstance(value, Failure) else False


def plain_value(value: Value) -> Value:
    """A cell's value as it is reckoned with: days and times as numbers."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, str):
        return Failure(value) if re.fullmatch(r"#[A-Z/0]+[!?]?(?:/A)?", value) else value
    told: float | None = to_excel(value)  # type: ignore[no-untyped-call]
    return float(told) if told is not None else None


def broadcast(do: Callable[[Value, Value], Value], left: Value, right: Value) -> Value:
    """The operation on two values, or on rows of them place by place."""
    if not isinstance(left, list):
        return (
            [[do(left, one) for one in row] for row in right] if isinstance(right, list) else do(left, right)
        )
    if not isinstance(right, list):
        return [[do(one, right) for one in row] for row in left]
    if len(left) == len(right) and len(left[0]) == len(right[0]):
        return [list(map(do, row, other)) for row, other in zip(left, right, strict=True)]
    if len(left) == len(right) and 1 in (len(left[0]), len(right[0])):  # a column beside several
        wide = max(len(left[0]), len(right[0]))
        one, other = ([row * wide if len(row) == 1 else row for row in rows] for rows in (left, right))
        return broadcast(do, one, other)
    one, other = _as_one(left), _as_one(right)
    if isinstance(one, list) and isinstance(other, list):
        raise Aside("areas of different size")
    return broadcast(do, one, other)


def _as_one(rows: list[list[Value]]) -> Value:
    return rows[0][0] if len(rows) == len(rows[0]) == 1 else rows


def _arithmetic(do: Callable[[float, float], float]) -> Callable[[Value, Value], Value]:
    def reckoned(left: Value, right: Value) -> Value:
        one, other = number(left), number(right)
        if isinstance(one, Failure) or isinstance(other, Failure):
            return one if isinstance(one, Failure) else other
        try:
            return do(one, other)
        except ZeroDivisionError:
            return Failure("#DIV/0!")

    return reckoned


def _comparison(do: Callable[[Any, Any], bool]) -> Callable[[Value, Value], Value]:
    def compared(left: Value, right: Value) -> Value:
        if isinstance(left, Failure) or isinstance(right, Failure):
            return left if isinstance(left, Failure) else right
        one, other = _rank(left, right), _rank(right, left)
        return do(one, other)

    return compared


def _rank(value: Value, other: Value) -> tuple[int, Any]:
    """Numbers before texts before truths; an empty cell is like what it is compared with."""
    if value is None:
        value = "" if isinstance(other, str) else False if isinstance(other, bool) else 0.0
    kind = 2 if isinstance(value, bool) else 1 if isinstance(value, str) else 0
    return kind, value.casefold() if isinstance(value, str) else value


def _together(left: Value, right: Value) -> Value:
    if isinstance(left, Failure) or isinstance(right, Failure):
        return left if isinstance(left, Failure) else right
    return text(left) + text(right)


OPERATORS: dict[str, Callable[[Value, Value], Value]] = {
    "+": _arithmetic(operator.add),
    "-": _arithmetic(operator.sub),
    "*": _arithmetic(operator.mul),
    "/": _arithmetic(operator.truediv),
    "&": _together,
    "=": _comparison(operator.eq),
    "<>": _comparison(operator.ne),
    "<": _comparison(operator.lt),
    ">": _comparison(operator.gt),
    "<=": _comparison(operator.le),
    ">=": _comparison(operator.ge),
}


def is_same(told: Value, reckoned: Value) -> bool:
    """Whether a stored result is the reckoned one."""
    if told in (None, "") or reckoned in (None, ""):
        return told in (None, "") and reckoned in (None, "")
    if isinstance(told, float) and isinstance(reckoned, float):
        return math.isclose(told, reckoned, rel_tol=1e-9, abs_tol=1e-9)
    return type(told) is type(reckoned) and bool(told == reckoned)

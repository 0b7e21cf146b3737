"""The functions that the workbook's formulas use, as Excel reckons them (ECMA-376 part 1, 18.17.7)."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol

from openpyxl.utils.datetime import from_excel

from checklists.documents.reckoning.values import (
    Aside,
    Failure,
    Value,
    broadcast,
    number,
    plain_value,
    text,
    truth,
)


class Asks(Protocol):
    """What a function may ask of whoever reckons the formula."""

    def rows(self, value: Value) -> list[list[Value]]: ...

    def rows_or_one(self, value: Value) -> Value: ...

    def single(self, value: Value) -> Value: ...

    def flat(self, value: Value) -> list[Value]: ...

    def fits(self, area: Value, wanted: str, is_number: bool, test: Callable[[Value], bool]) -> int: ...

    def cell_of(self, value: Value, row: int, column: int) -> Value: ...


def _countifs(ask: Asks, *pairs: Value) -> Value:
    """How many places fulfil every condition; the areas lie beside one another."""
    fitting = -1
    for area, wanted in zip(pairs[::2], pairs[1::2], strict=True):
        told = ask.single(wanted)
        words, is_number = text(told), isinstance(told, float)
        fitting &= ask.fits(area, words, is_number, _criterion(words, is_number))
    return float(fitting.bit_count() if pairs else 0)


@lru_cache(maxsize=1024)
def _criterion(wanted: str, is_number: bool) -> Callable[[Value], bool]:
    """「>0」, 「★*」, 「<>」, 「符合」 as a test of a cell."""
    found = re.match(r"<>|<=|>=|=|<|>", wanted)
    sign, operand = (found[0], wanted[found.end() :]) if found else ("=", wanted)
    limit = number(operand)
    if sign in ("<", ">", "<=", ">="):
        return lambda told: (
            isinstance(told, float) and not isinstance(limit, Failure) and _holds(sign, told, limit)
        )
    if operand == "":
        return (lambda told: told is not None) if sign == "<>" else (lambda told: told in (None, ""))
    form = re.compile(_wildcards(operand), re.IGNORECASE | re.DOTALL)

    def equal(told: Value) -> bool:
        if isinstance(limit, Failure):
            return isinstance(told, str) and form.fullmatch(told) is not None
        return bool(told == limit or (isinstance(told, str) and number(told) == limit))

    return equal if sign == "=" else lambda told: not equal(told)


def _holds(sign: str, told: float, limit: float) -> bool:
    return {"<": told < limit, ">": told > limit, "<=": told <= limit, ">=": told >= limit}[sign]


def _wildcards(operand: str) -> str:
    """~* stands for a star itself, * for any letters, ? for one."""
    pieces = re.split(r"(~[*?~]|[*?])", operand)
    return "".join(
        ".*" if piece == "*" else "." if piece == "?" else re.escape(piece[1:] if piece[:1] == "~" else piece)
        for piece in pieces
    )


def _lookup(ask: Asks, wanted: Value, among: Value, results: Value) -> Value:
    """The last number not above what is wanted: how our formulas use LOOKUP, with errors among the values."""
    limit = number(ask.single(wanted))
    fitting = [at for at, told in enumerate(ask.flat(among)) if isinstance(told, float) and told <= limit]
    told = ask.flat(results)
    return told[fitting[-1]] if fitting and fitting[-1] < len(told) else Failure("#N/A")


def _match(ask: Asks, wanted: Value, among: Value, how: Value = 1.0) -> Value:
    if number(ask.single(how)) != 0:
        raise Aside("MATCH")
    values = ask.flat(among)
    places: dict[tuple[type, Value], float] = {}
    for at, told in enumerate(values, start=1):
        if told is not None and not isinstance(told, Failure):
            places.setdefault(_exactly(told), float(at))

    def place(told: Value, _: Value) -> Value:
        if isinstance(told, Failure):
            return told
        return places.get(_exactly(0.0 if told is None else told), Failure("#N/A"))

    return broadcast(place, ask.rows_or_one(wanted), 0.0)


def _exactly(value: Value) -> tuple[type, Value]:
    return type(value), value.casefold() if isinstance(value, str) else value


def _index(ask: Asks, area: Value, row: Value, column: Value = 1.0) -> Value:
    line, place = number(ask.single(row)), number(ask.single(column))
    if isinstance(line, Failure) or isinstance(place, Failure):
        return line if isinstance(line, Failure) else place
    return ask.cell_of(area, int(line), int(place))


def _each(do: Callable[[Value], Value]) -> Callable[..., Value]:
    """A function of one value, done to each of many."""
    return lambda ask, value: broadcast(lambda told, _: do(told), ask.rows_or_one(value), 0.0)


def _of_number(do: Callable[[float], Value]) -> Callable[..., Value]:
    def reckoned(told: Value) -> Value:
        value = number(told)
        return value if isinstance(value, Failure) else do(value)

    return _each(reckoned)


def _n(told: Value) -> Value:
    return told if isinstance(told, (float, Failure)) else float(told) if isinstance(told, bool) else 0.0


def _numbers(ask: Asks, values: tuple[Value, ...]) -> list[float]:
    """The numbers in areas, and single values as numbers. Raises Aside for an error value among them."""
    told = [one for value in values for one in ask.flat(value)]
    if any(isinstance(one, Failure) for one in told):
        raise Aside("error value")
    return [one for one in told if isinstance(one, float)] + [
        float(one) for one in told if isinstance(one, bool)
    ]


def _logic(join: Callable[[list[bool]], bool]) -> Callable[..., Value]:
    def reckoned(ask: Asks, *values: Value) -> Value:
        told = [one for value in values for one in ask.flat(value)]
        failed = [one for one in told if isinstance(one, Failure)]
        return failed[0] if failed else join([truth(one) for one in told if not isinstance(one, str)])

    return reckoned


def _sumproduct(ask: Asks, *values: Value) -> Value:
    product = ask.rows(values[0])
    for value in values[1:]:
        product = broadcast(lambda one, other: _n(one) * _n(other), product, ask.rows(value))
    told = [one for row in product for one in row]
    failed = [one for one in told if isinstance(one, Failure)]
    return failed[0] if failed else float(sum(one for one in told if isinstance(one, float)))


def _day(year: Value, month: Value, day: Value) -> Value:
    parts = [number(part) for part in (year, month, day)]
    failed = [part for part in parts if isinstance(part, Failure)]
    if failed:
        return failed[0]
    whole, months = int(parts[0]), int(parts[1]) - 1
    try:
        first = datetime.date(whole + months // 12, months % 12 + 1, 1)
        return plain_value(first + datetime.timedelta(days=int(parts[2]) - 1))
    except (ValueError, OverflowError):
        return Failure("#NUM!")


def _part_of_day(name: str) -> Callable[[float], Value]:
    def part(value: float) -> Value:
        try:
            told: Any = from_excel(value)
        except (ValueError, OverflowError):
            return Failure("#NUM!")
        return float(getattr(told, name)) if isinstance(told, datetime.date) else Failure("#NUM!")

    return part


def _aside(ask: Asks, *values: Value) -> Value:
    raise Aside("the day on which it is looked at")


def _right(told: Value, count: Value) -> Value:
    letters, many = text(told), number(count)
    if isinstance(told, Failure) or isinstance(many, Failure):
        return told if isinstance(told, Failure) else many
    return letters[-int(many) :] if many >= 1 else ""


def _substitute(ask: Asks, told: Value, old: Value, new: Value) -> Value:
    one, other = text(ask.single(old)), text(ask.single(new))
    return _each(lambda value: value if isinstance(value, Failure) else text(value).replace(one, other))(
        ask, told
    )


def _rept(ask: Asks, told: Value, count: Value) -> Value:
    many = number(ask.single(count))
    if isinstance(many, Failure) or not 0 <= many <= MOST_REPEATED:
        raise Aside("REPT")
    return text(ask.single(told)) * int(many)


def _hyperlink(ask: Asks, target: Value, shown: Value = None) -> Value:
    """What the cell of a link shows."""
    where, told = ask.single(target), ask.single(shown)
    return where if isinstance(where, Failure) or told is None else told


MOST_REPEATED = 1000

FUNCTIONS: dict[str, Callable[..., Value]] = {
    "COUNTIFS": _countifs,
    "COUNTIF": _countifs,
    "LOOKUP": _lookup,
    "MATCH": _match,
    "INDEX": _index,
    "SUMPRODUCT": _sumproduct,
    "SUM": lambda ask, *values: float(sum(_numbers(ask, values))),
    "MAX": lambda ask, *values: max(_numbers(ask, values), default=0.0),
    "MIN": lambda ask, *values: min(_numbers(ask, values), default=0.0),
    "COUNT": lambda ask, *values: float(len(_numbers(ask, values))),
    "COUNTA": lambda ask, *values: float(sum(one is not None for value in values for one in ask.flat(value))),
    "AND": _logic(all),
    "OR": _logic(any),
    "NOT": _each(lambda told: told if isinstance(told, Failure) else not truth(told)),
    "N": _each(_n),
    "VALUE": _of_number(float),
    "INT": _of_number(math.floor),
    "ABS": _of_number(abs),
    "SIGN": _of_number(lambda value: float((value > 0) - (value < 0))),
    "LEN": _each(lambda told: told if isinstance(told, Failure) else float(len(text(told)))),
    "RIGHT": lambda ask, told, count=1.0: broadcast(_right, ask.rows_or_one(told), ask.rows_or_one(count)),
    "TRIM": _each(
        lambda told: told if isinstance(told, Failure) else " ".join(filter(None, text(told).split(" ")))
    ),
    "SUBSTITUTE": _substitute,
    "REPT": _rept,
    "HYPERLINK": _hyperlink,
    "ISBLANK": _each(lambda told: told is None),
    "ISNUMBER": _each(lambda told: isinstance(told, float)),
    "ISTEXT": _each(lambda told: isinstance(told, str) and not isinstance(told, Failure)),
    "ISERROR": _each(lambda told: isinstance(told, Failure)),
    "DATE": lambda ask, *values: _day(*(ask.single(value) for value in values)),
    "YEAR": _of_number(_part_of_day("year")),
    "MONTH": _of_number(_part_of_day("month")),
    "DAY": _of_number(_part_of_day("day")),
    "TODAY": _aside,
    "NOW": _aside,
}
"""By name: the reckoner, then the values of the arguments."""

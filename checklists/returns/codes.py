"""Short codes of a list filled in on paper: 项号, mark, note; as quickly as one types, and never guessed at.

    20261122-91d61f 2026-11-25 张三、李四
    1-4√ 5x灭火器过期两具
    6、8/ 没有地下室

A line that begins with a serial begins a list: with the day and who checked, where they are told. A note goes on to the
end of the line or to ``;``, so a comma in it is a comma.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from checklists.documents.excel.sheets import ASIDE, FIT, UNFIT
from checklists.problems import Position, Problem, problem
from checklists.returns.words import day_of, result_of
from checklists.text import clean

LETTERS = {"v": FIT, "y": FIT, "n": UNFIT}
"""Letters that are typed for marks, beside those that people write: x is one of them."""
_MARK = r"不符合|不涉及|不适用|不合格|符合|合格|[√✓✔☑×✕✖✗✘╳/xvyn]|是|否"
_NUMBERS = r"\d{1,4}(?:\s*[-~—–至到]\s*\d{1,4})?(?:\s*[、,，]\s*\d{1,4}(?:\s*[-~—–至到]\s*\d{1,4})?)*"
_CODE = re.compile(rf"(?:第\s*)?({_NUMBERS})\s*项?\s*[:：.、]?\s*({_MARK})", re.IGNORECASE)
_SERIAL = re.compile(r"(?:编号\s*[:：]?\s*)?(\d{8}-[0-9a-f]{6})\b\s*(.*)", re.IGNORECASE)
_PARTS = re.compile(r"[;；]")
_BETWEEN = " \t\u3000,，、。."
_WIDE = str.maketrans(
    {0xFF01 + offset: 0x21 + offset for offset in range(94) if chr(0x21 + offset) not in ",;()!?"}
)
"""Full-width digits, letters and signs; not the stops and brackets, which belong to a note."""
_RANGE = re.compile(r"(\d{1,4})(?:\s*[-~—–至到]\s*(\d{1,4}))?")
MOST_NUMBERS = 2_000
"""Numbers of one range: no list is longer."""


class Code(NamedTuple):
    """What was typed of one row."""

    number: str
    result: str
    note: str
    line: int


@dataclass
class Typed:
    """What was typed of one list."""

    serial: str
    """Empty where the text names none."""
    line: int
    day: datetime.date | None = None
    by: str = ""
    codes: list[Code] = field(default_factory=list)


def read_codes(text: str, file: str) -> tuple[list[Typed], list[Problem]]:
    """Lists in the order of the text, and every piece that is no code."""
    lists: list[Typed] = []
    problems: list[Problem] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = clean(raw.translate(_WIDE)).strip()
        if not line or line.startswith("#"):
            continue
        if head := _SERIAL.fullmatch(line):
            lists.append(_headed(head[1].lower(), head[2], number, file, problems))
            continue
        if not lists:
            lists.append(Typed("", number))
        for code in _codes(line, number, file, problems):
            lists[-1].codes.append(code)
    return lists, problems


def _headed(serial: str, rest: str, line: int, file: str, problems: list[Problem]) -> Typed:
    """The line that begins a list: serial, day, names."""
    typed = Typed(serial, line)
    names = []
    for word in rest.split():
        day = day_of(word)
        if day is not None and typed.day is None:
            typed.day = day
        elif word[0].isdigit():
            problems.append(problem("enter-day", Position(file, line), given=word[:20]))
        else:
            names.append(word)
    typed.by = "、".join(names)
    return typed


def _codes(line: str, number: int, file: str, problems: list[Problem]) -> Iterator[Code]:
    """The codes of a line; each ends where its note does."""
    noted = False
    for part in _PARTS.split(line):
        rest = part.strip(_BETWEEN)
        while rest:
            found = _CODE.match(rest)
            if found is None:
                where = "接在前面的说明后面的，请另起一行写全" if noted else "项号后面写 √、x 或 /"
                problems.append(problem("enter-code", Position(file, number), given=rest[:30], why=where))
                break
            rest = rest[found.end() :]
            note = ""
            if _CODE.match(rest.lstrip(_BETWEEN)) is None:
                note, rest = rest.strip(f"{_BETWEEN}:"), ""
            noted = bool(note)
            yield from _each(found[1], result_told(found[2]), note, number, file, problems)
            rest = rest.strip(_BETWEEN)


def result_told(mark: str) -> str:
    """符合, 不符合 or 不涉及, of a mark or a letter for it."""
    return LETTERS.get(mark.lower()) or result_of(mark)


def _each(
    numbers: str, result: str, note: str, line: int, file: str, problems: list[Problem]
) -> Iterator[Code]:
    for first, last in _RANGE.findall(numbers):
        low, high = int(first), int(last or first)
        if high < low or high - low > MOST_NUMBERS:
            problems.append(problem("enter-range", Position(file, line), given=f"{first}-{last}"))
            continue
        for number in range(low, high + 1):
            yield Code(str(number), result, note, line)


def checked_codes(typed: Typed, known: Mapping[str, object], file: str) -> list[Problem]:
    """Codes of numbers that the list has not, and numbers told twice in different ways."""
    problems = []
    first: dict[str, Code] = {}
    for code in typed.codes:
        before = first.setdefault(code.number, code)
        position = Position(file, code.line)
        if code.number not in known:
            problems.append(problem("enter-number", position, number=code.number, count=len(known)))
        elif (before.result, before.note) != (code.result, code.note):
            told = {"number": code.number, "one": before.result, "line": before.line, "other": code.result}
            problems.append(problem("enter-twice", position, **told))
    return problems


def in_words(codes: Sequence[Code]) -> str:
    """How many of what: 符合 12，不符合 2，不涉及 1."""
    results = [code.result for code in {code.number: code for code in codes}.values()]
    return "，".join(f"{word} {results.count(word)}" for word in (FIT, UNFIT, ASIDE) if word in results)

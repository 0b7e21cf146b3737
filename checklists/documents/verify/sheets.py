"""Compare the sheets of a workbook, found and made again.

Rows of a table may have been sorted or filtered: each is looked for by its item's id, else by what it prints. Unlocked
cells and the ledger are people's own; a formula has to be ours wherever it stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from openpyxl.formula.translate import Translator, TranslatorError

from checklists.documents.excel.reading import BETWEEN, LIMITS, normal_formula
from checklists.documents.excel.sheets import LEDGER
from checklists.documents.reading import FORMULA, REMARK, Line, Part
from checklists.documents.verify.lines import apart
from checklists.documents.verify.text import agrees, shortened
from checklists.problems import Position, Problem, problem
from checklists.text import squeeze

MOST_PAIRED = 50
"""Rows missing and rows added that are compared with one another to tell a changed row from both."""
EMPTY = Line("", {})


def compare_sheet(made: Part, found: Part, position: Position) -> Iterator[Problem]:
    """What differs between a sheet as it should be and as it is."""
    if made.visible and not found.visible:
        yield problem("verify-sheet-hidden", _on(position, made.name), sheet=made.name)
    cut = len(made.lines) if made.table is None else made.table
    limit = made.row or None
    yield from _compare_head(
        made.lines[:cut], [line for line in found.lines if _is_head(line, limit)], made, position
    )
    if made.table is not None:
        yield from _Table(made, position).compare([line for line in found.lines if not _is_head(line, limit)])
    yield from _hidden_columns(made, found, position)


def _is_head(line: Line, limit: int | None) -> bool:
    return limit is None or not line.at.isdecimal() or int(line.at) < limit


def _compare_head(
    made: Sequence[Line], found: Sequence[Line], sheet: Part, position: Position
) -> Iterator[Problem]:
    expected, told = {line.at: line for line in made}, {line.at: line for line in found}
    for at in dict.fromkeys([*expected, *told]):
        line, other = expected.get(at, EMPTY), told.get(at, EMPTY)
        yield from _compare_cells(line, other, frozenset(), _on(position, sheet.name), at)
        if other.hidden and not line.hidden and line.texts:
            yield problem("verify-row-hidden", _on(position, sheet.name), row=at)


def _compare_cells(
    line: Line, other: Line, answers: frozenset[str], position: Position, at: str
) -> Iterator[Problem]:
    for letter in dict.fromkeys([*line.texts, *other.texts]):
        text, told = line.texts.get(letter, ""), other.texts.get(letter, "")
        is_open = letter in line.open or (not text and letter in answers)
        if not cell_agrees(text, told, line.at, at, is_open=is_open):
            where = Position(
                position.file, sheet=position.sheet, cell=f"{letter}{at}" if at.isdecimal() else at
            )
            shown, ruled = apart(text, told)
            code = "verify-formula" if text.startswith(FORMULA) else "verify-cell"
            yield problem(code, where, told=shown, ruled=ruled)


def cell_agrees(text: str, told: str, row: str, at: str, *, is_open: bool) -> bool:
    """Whether a cell made for row ``row`` is what stands in row ``at``. An open cell may hold anything but a foreign formula."""
    if text.startswith(FORMULA):
        if told.startswith(FORMULA):
            return told == text or told[1:] == moved(text[1:], row, at)
        return is_open
    if is_open:
        return agrees("", told)
    return agrees(text, told) if text.strip() else not told.strip()


@lru_cache(maxsize=8192)
def moved(formula: str, row: str, at: str) -> str:
    """A formula of one row as it reads in another."""
    if row == at or not (row.isdecimal() and at.isdecimal()):
        return formula
    try:
        return normal_formula(Translator(f"={formula}", origin=f"A{row}").translate_formula(f"A{at}"))
    except (TranslatorError, ValueError):
        return formula


# ---------------------------------------------------------------- tables


class _Table:
    """The table of one sheet as it was made."""

    def __init__(self, made: Part, position: Position) -> None:
        lines = made.lines[made.table :]
        self.name, self.place = made.name, _on(position, made.name)
        is_ledger = made.name == LEDGER
        head = made.lines[made.table - 1].texts if made.table else {}
        printed = {letter for line in lines for letter in line.texts if letter not in line.open}
        self.answers = frozenset(letter for letter in head if letter not in printed)
        self.free = [line for line in lines if is_ledger or not self._closed(line)]
        """Rows that print nothing of their own: there may be any number of them."""
        self.lines = [] if is_ledger else [line for line in lines if self._closed(line)]

    def _closed(self, line: Line) -> list[str]:
        return [letter for letter, text in line.texts.items() if letter not in line.open and text]

    def compare(self, found: Sequence[Line]) -> Iterator[Problem]:
        rest = _Found(line for line in found if line.texts)
        missing: list[Line] = []
        for line in self.lines:
            other = rest.take(line, self._closed(line))
            if other is None:
                missing.append(line)
            else:
                yield from self._compare(line, other)
        yield from self._leftovers(missing, rest.left())

    def _compare(self, line: Line, other: Line) -> Iterator[Problem]:
        yield from _compare_cells(line, other, self.answers, self.place, other.at)
        if other.hidden and not line.hidden:
            yield problem("verify-row-hidden", self.place, row=other.at)

    def _leftovers(self, missing: list[Line], left: list[Line]) -> Iterator[Problem]:
        """Rows without a partner: changed ones told as changed, the others as missing or added."""
        for line in missing[:MOST_PAIRED]:
            other = max(left[:MOST_PAIRED], key=lambda one: self._likeness(line, one), default=None)
            if other is not None and self._likeness(line, other):
                left.remove(other)
                yield from self._compare(line, other)
            else:
                yield problem("verify-row-missing", self.place, row=_named(line))
        for line in missing[MOST_PAIRED:]:
            yield problem("verify-row-missing", self.place, row=_named(line))
        for other in left:
            yield from self._of_peoples_own(other)

    def _likeness(self, line: Line, other: Line) -> int:
        closed = self._closed(line)
        return sum(squeeze(line.texts[letter]) == squeeze(other.texts.get(letter, "")) for letter in closed)

    def _of_peoples_own(self, other: Line) -> Iterator[Problem]:
        """A row of the file that is nobody's: right where rows are left to people, but for a foreign formula in it."""
        like = self.free[0] if self.free else EMPTY
        room = like.open | self.answers | (frozenset(other.texts) if self.name == LEDGER else frozenset())
        if not self.free or other.texts.keys() - room:
            where = Position(self.place.file, sheet=self.name, cell=f"{next(iter(other.texts))}{other.at}")
            yield problem("verify-row-added", where, row=_named(other))
            return
        formulas = {letter: text for letter, text in like.texts.items() if text.startswith(FORMULA)}
        told = {letter: text for letter, text in other.texts.items() if letter in formulas or REMARK in text}
        line = Line(like.at, {letter: formulas.get(letter, "") for letter in told}, open=frozenset(room))
        yield from _compare_cells(line, replace(other, texts=told), frozenset(), self.place, other.at)


class _Found:
    """The rows of the file that no row made has claimed yet."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self.lines = list(lines)
        self.taken: set[int] = set()
        self.by_key: dict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(self.lines):
            self.by_key[line.key].append(number)
        self.by_words: dict[tuple[str, ...], dict[tuple[str, ...], list[int]]] = {}

    def take(self, line: Line, closed: Sequence[str]) -> Line | None:
        """The row with the line's id, else one that prints the same in the closed columns; no row is taken twice."""
        candidates = self.by_key.get(line.key, []) if line.key else self._alike(line, closed)
        for number in candidates:
            if number not in self.taken:
                self.taken.add(number)
                return self.lines[number]
        return None

    def _alike(self, line: Line, closed: Sequence[str]) -> list[int]:
        columns = tuple(letter for letter in closed if not line.texts[letter].startswith(FORMULA))
        if columns not in self.by_words:
            index: dict[tuple[str, ...], list[int]] = defaultdict(list)
            for number, one in enumerate(self.lines):
                index[_words(one.texts, columns)].append(number)
            self.by_words[columns] = index
        return self.by_words[columns].get(_words(line.texts, columns), [])

    def left(self) -> list[Line]:
        return [line for number, line in enumerate(self.lines) if number not in self.taken]


def _words(texts: Mapping[str, str], columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(squeeze(texts.get(letter, "")) for letter in columns)


def _named(line: Line) -> str:
    return line.key or shortened("｜".join(map(squeeze, list(line.texts.values())[:3])))


# ---------------------------------------------------------------- the workbook


def _hidden_columns(made: Part, found: Part, position: Position) -> Iterator[Problem]:
    printed = {letter for line in made.lines for letter in line.texts}
    for letter in sorted(found.hidden - made.hidden):
        if letter in printed and made.name != LEDGER:
            yield problem("verify-column-hidden", _on(position, made.name), column=letter)


def compare_order(made: Sequence[Part], found: Sequence[Part], position: Position) -> Iterator[Problem]:
    """Sheets that are missing, added, renamed or moved."""
    expected, told = [part.name for part in made], [part.name for part in found]
    if len(expected) == len(told):
        changed = [(one, other) for one, other in zip(expected, told, strict=True) if one != other]
        if len(changed) == 1 and changed[0][1] not in expected:
            yield problem("verify-sheet-renamed", position, sheet=changed[0][0], other=changed[0][1])
            return
    yield from (
        problem("verify-sheet-missing", position, sheet=name) for name in expected if name not in told
    )
    yield from (
        problem("verify-sheet-added", _on(position, name), sheet=name)
        for name in told
        if name not in expected
    )
    kept = [name for name in told if name in expected]
    if kept != [name for name in expected if name in told]:
        yield problem("verify-sheets-moved", position, order="、".join(expected))


def compare_settings(
    made: Mapping[str, str], found: Mapping[str, str], position: Position
) -> Iterator[Problem]:
    """Defined names, drop-downs, charts and shapes that are not ours."""
    for what, ruled in made.items():
        told = found.get(what, "")
        if what.startswith(LIMITS):
            told = BETWEEN.join(sorted(set(told.split(BETWEEN)) - set(ruled.split(BETWEEN)))).strip()
            ruled = ruled if told else ""
        if told != ruled and not (what.startswith("名称") and reaches(ruled, told)):
            shown = {"told": shortened(told), "ruled": shortened(ruled)}
            yield problem("verify-setting", position, what=what.removeprefix(LIMITS), **shown)
    for what in found.keys() - made.keys():
        if not what.startswith("名称") and found[what]:
            yield problem(
                "verify-setting", position, what=what, told=shortened(found[what]), ruled="（没有）"
            )


def reaches(ruled: str, told: str) -> bool:
    """Whether a name covers the same cells or more rows below them: rows that people add lengthen it."""
    first, _, last = ruled.partition(":")
    other, _, end = told.partition(":")
    if first != other or not last or not end:
        return False
    letters, row = last.rstrip("0123456789"), last[len(last.rstrip("0123456789")) :]
    return (
        end.startswith(letters)
        and end[len(letters) :].isdecimal()
        and int(end[len(letters) :]) >= int(row or 0)
    )


def _on(position: Position, sheet: str) -> Position:
    return Position(position.file, sheet=sheet)

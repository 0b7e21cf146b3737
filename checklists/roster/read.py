"""A roster of enterprises: Excel, CSV or YAML in, one entry a row out, each with what is wrong with it.

A wrong row never stops the others and is never dropped in silence: an entry without an enterprise says why, an entry
with one says what was set aside (an impossible number leaves its fact unknown, which keeps the items).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

from checklists.documents.filenames import identity_of
from checklists.heads import (
    ADDRESS,
    CITY,
    CODE,
    CONTACT,
    EMAIL,
    NAME,
    NUMBER,
    PERSON,
    PHONE,
    PLACE,
    TYPES,
    bare_text,
)
from checklists.models import Enterprise, FactValue, Office, Vocabulary
from checklists.places import place_text, place_told
from checklists.problems import Position, Problem, Refused, problem
from checklists.roster.feet import note_of
from checklists.roster.files import open_table
from checklists.roster.given import NOTHING_GIVEN, Given
from checklists.roster.header import OFFICE, Header, find_header, head_at
from checklists.roster.office import NOTHING_TOLD, OfficeTold, fields_of
from checklists.roster.row import Row
from checklists.roster.same import Met, met_before
from checklists.rules.vocabulary import fact_value
from checklists.rules.words import index_of, types_named
from checklists.selection.profile import LookedAt, contradictions, fact_unused, unused_facts
from checklists.text import clean

LONG_NAME = 100
"""Characters: the longest registered names have some fifty."""
_NOT_FROM_ABOVE = (NAME, CODE, NUMBER)
"""What tells one enterprise from the next is not taken from a merged cell."""
_REMEMBERED = 4096


@dataclass(frozen=True)
class Entry:
    """One row: the enterprise, or None when the row cannot be used; and everything that is wrong with it."""

    position: Position
    enterprise: Enterprise | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Roster:
    """A roster opened: what is wrong with it as a whole, its entries as they are read, about how many there are."""

    problems: tuple[Problem, ...]
    entries: Iterator[Entry]
    count: int


@dataclass(frozen=True)
class _Reader:
    """What reading a row needs; types and places that were looked up once are not looked up again."""

    header: Header
    vocabulary: Vocabulary
    looking: LookedAt | None = None
    types: dict[str, tuple[tuple[str, ...], Problem | None]] = field(default_factory=dict)
    places: dict[str, tuple[str, Problem | None]] = field(default_factory=dict)
    told: OfficeTold = NOTHING_TOLD
    given: Given = NOTHING_GIVEN
    unused: set[tuple[str, tuple[str, ...]]] = field(default_factory=set)
    """Facts, each with the types it means nothing to, that have been told."""


@dataclass(frozen=True)
class _Cells:
    """A row by field: its texts, cleaned, and where they stand."""

    row: Row
    columns: Mapping[str, int]
    texts: Mapping[str, str]
    problems: list[Problem]

    def __getitem__(self, name: str) -> str:
        return self.texts.get(name, "")

    def position(self, name: str) -> Position:
        """Position of a field's cell; of the row where there is no such column."""
        return self.row.position(self.columns.get(name, 0))


def read_roster(
    path: Path,
    vocabulary: Vocabulary,
    looking: LookedAt | None = None,
    told: OfficeTold = NOTHING_TOLD,
    given: Given = NOTHING_GIVEN,
) -> Roster:
    """Open a roster; its entries are read as they are asked for and not kept.

    ``looking``: with it a fact that nothing of a row's industries looks at is told; ``told``: what is told of every
    occasion beside the rows; ``given``: what is told of the enterprises where the file says nothing. Raises Refused when
    the file cannot be read at all, has no head, or lacks a column that nothing stands for.
    """
    words = frozenset((*index_of(vocabulary).types, *index_of(vocabulary).sorts))
    table = open_table(path, words, lambda first: head_at(first, vocabulary, given) is not None)
    rows = iter(table.rows)
    header, after, problems = find_header(rows, path, vocabulary, given)
    if PLACE not in header.columns and not given.place and ADDRESS in header.columns:
        column = header.texts[header.columns[ADDRESS]]
        problems.append(problem("roster-place-of-address", Position(str(path)), column=column))
    reader = _Reader(header, vocabulary, looking, told=told, given=given)
    entries = (_entry(row, reader) for row in chain(after, rows))
    return Roster((*table.problems, *problems), entries, max(table.count - header.rows, 0))


# ---------------------------------------------------------------- one row


def _entry(row: Row, reader: _Reader) -> Entry:
    if not row.texts:
        return Entry(row.position(), None, row.problems)
    if reader.header.is_again(row):
        return Entry(row.position(), None, (problem("roster-header-again", row.position()),))
    if note := note_of(row, reader.header):
        return Entry(row.position(), None, (note,))
    cells = _cells_of(row, reader.header)
    _check_beyond(row, reader.header, cells.problems)
    types = _types(cells, reader)
    place = _place(cells, reader)
    facts = _facts(cells, reader.vocabulary)
    code = bare_text(cells[CODE])
    _check_code(code, cells)
    _check_name(cells)
    if not types or not place or not cells[NAME]:
        return Entry(row.position(), None, tuple(cells.problems))
    rest = {name: cells[name] for name in (ADDRESS, PERSON, PHONE, CONTACT, EMAIL)}
    enterprise = Enterprise(
        name=cells[NAME],
        code=code,
        types=types,
        place=place,
        facts=facts,
        office=_office(cells, reader),
        **rest,
    )
    if facts:
        cells.problems.extend(contradictions(reader.vocabulary, enterprise, cells.position))
        cells.problems.extend(_unused(enterprise, cells, reader))
    if reader.given.facts:
        enterprise = _with_given(enterprise, cells, reader)
    return Entry(row.position(), enterprise, tuple(cells.problems))


def _cells_of(row: Row, header: Header) -> _Cells:
    problems = list(row.problems)
    texts = {name: clean(row.text(column)) for name, column in header.columns.items()}
    for name, column in header.columns.items() if row.merged else ():
        if column in row.merged and name not in _NOT_FROM_ABOVE:
            texts[name] = clean(row.merged[column])
            position = row.position(column)
            problems.append(problem("roster-cell-merged", position, value=_short(texts[name])))
    return _Cells(row, header.columns, texts, problems)


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}…"


def _check_beyond(row: Row, header: Header, problems: list[Problem]) -> None:
    """A text to the right of the last head: in CSV mostly a comma within an address, which shifts what follows."""
    for column in range(header.width, len(row.texts)):
        if row.texts[column]:
            text = _short(row.texts[column])
            problems.append(problem("roster-row-longer", row.position(column), text=text))


def _check_name(cells: _Cells) -> None:
    name = cells[NAME]
    if not name:
        cells.problems.append(problem("roster-no-name", cells.position(NAME)))
    elif len(name) > LONG_NAME:
        cells.problems.append(problem("roster-name-long", cells.position(NAME), count=len(name)))


def _types(cells: _Cells, reader: _Reader) -> tuple[str, ...]:
    text = cells[TYPES]
    if text not in reader.types:
        _make_room(reader.types)
        reader.types[text] = _found_types(text, reader, cells.position(TYPES))
    types, flaw = reader.types[text]
    if flaw:
        cells.problems.append(replace(flaw, position=cells.position(TYPES)))
    return types


def _found_types(text: str, reader: _Reader, position: Position) -> tuple[tuple[str, ...], Problem | None]:
    """Ids of the types that a cell names, or what is wrong with it. A type's own name may hold a 、."""
    if not text:
        given = reader.given.types
        return given, None if given else problem("roster-no-type", position)
    try:
        return types_named(reader.vocabulary, text, position, fallback=reader.given.fallback), None
    except Refused as refused:
        return (), _stopping(refused.problems[0])


def _place(cells: _Cells, reader: _Reader) -> str:
    """The place that the row's cells tell: its county, its city before that, or its address; else the one that is given."""
    where = PLACE if PLACE in cells.columns or ADDRESS not in cells.columns else ADDRESS
    text, city = bare_text(cells[where]), bare_text(cells[CITY])
    if where == ADDRESS and reader.given.place:
        text = city = ""
    key = f"{city}\n{text}"
    if key not in reader.places:
        _make_room(reader.places)
        reader.places[key] = _found_place(text, city, reader, cells.position(where))
    name, flaw = reader.places[key]
    if flaw:
        cells.problems.append(replace(flaw, position=cells.position(where)))
    return name


def _found_place(text: str, city: str, reader: _Reader, position: Position) -> tuple[str, Problem | None]:
    """City and county as one text, or what is wrong with the cell: a row is never made for the province unasked."""
    texts = [one for one in (text, f"{city}{text}" if city and text else "", "" if text else city) if one]
    if not texts:
        given, province = reader.given.place, _province(reader.vocabulary)
        return given, None if given else problem("roster-no-place", position, province=province)
    flaws: list[Problem] = []
    for one in texts:
        try:
            return place_text(place_told(reader.vocabulary, one, position)), None
        except Refused as refused:
            flaws.append(_stopping(refused.problems[0]))
    return "", flaws[0]


def _stopping(found: Problem) -> Problem:
    return replace(found, level="error", message=f"{found.message}；本行不生成")


def _province(vocabulary: Vocabulary) -> str:
    return "、".join(vocabulary.places)


def _make_room(remembered: dict[str, Any]) -> None:
    if len(remembered) >= _REMEMBERED:
        remembered.clear()


def _facts(cells: _Cells, vocabulary: Vocabulary) -> dict[str, FactValue]:
    facts: dict[str, FactValue] = {}
    for name, text in cells.texts.items():
        if not text or name not in vocabulary.facts:
            continue
        try:
            facts[name] = fact_value(vocabulary.facts[name], text, cells.position(name))
        except Refused as refused:
            cells.problems.append(_continuing(refused.problems[0], "本属性按未知处理，相关检查项保留"))
    return facts


def _unused(enterprise: Enterprise, cells: _Cells, reader: _Reader) -> Iterator[Problem]:
    """Answers that mean nothing to the row's types, once for each column and types."""
    if reader.looking is None:
        return
    for name in unused_facts(reader.vocabulary, reader.looking, enterprise):
        if (name, enterprise.types) not in reader.unused:
            reader.unused.add((name, enterprise.types))
            found = fact_unused(reader.vocabulary, enterprise, name, cells.position(name))
            yield replace(found, message=f"{found.message}；本行照常生成，同类型的其他行不再提醒")


def _with_given(enterprise: Enterprise, cells: _Cells, reader: _Reader) -> Enterprise:
    """With the answers that are given where the row has none, and neither it nor its types say otherwise."""
    for name, value in reader.given.facts.items():
        if not cells[name]:
            more = enterprise.model_copy(update={"facts": {**enterprise.facts, name: value}})
            before, after = (
                contradictions(reader.vocabulary, one, cells.position) for one in (enterprise, more)
            )
            enterprise = more if len(after) == len(before) else enterprise
    return enterprise


def _office(cells: _Cells, reader: _Reader) -> Office:
    """What is told of the occasion, the row's own words first; a cell that says nothing sensible is not used."""
    row, problems = fields_of({name: cells[name] for name in OFFICE}, cells.position)
    cells.problems.extend(_continuing(found, "本行照常生成，这一格没有使用") for found in problems)
    return reader.told.office(row)


def _continuing(found: Problem, what: str) -> Problem:
    return replace(found, level="warning", message=f"{found.message}；{what}")


# ---------------------------------------------------------------- 统一社会信用代码


CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 letters of GB 32100-2015; a letter's value is its index."""


def _check_code(code: str, cells: _Cells) -> None:
    if code and not code_is_valid(code):
        cells.problems.append(problem("roster-code-wrong", cells.position(CODE), given=_short(code)))


def code_is_valid(code: str) -> bool:
    """Whether a 统一社会信用代码 has 18 letters of its alphabet and the right check letter (GB 32100-2015)."""
    letters = code.upper()
    if len(letters) != 18 or any(letter not in CODE_LETTERS for letter in letters):
        return False
    total = sum(CODE_LETTERS.index(letter) * pow(3, index, 31) for index, letter in enumerate(letters[:17]))
    return CODE_LETTERS[-total % 31] == letters[17]


# ---------------------------------------------------------------- a whole roster


@dataclass(frozen=True)
class RosterReport:
    """Rows that can be used, rows that cannot, and everything that is wrong."""

    usable: int
    unusable: int
    problems: tuple[Problem, ...]


def check_roster(
    path: Path,
    vocabulary: Vocabulary,
    looking: LookedAt | None = None,
    given: Given = NOTHING_GIVEN,
) -> RosterReport:
    """Read all of a roster and report on it, see :func:`read_roster`. Raises Refused when it cannot be read at all."""
    roster = read_roster(path, vocabulary, looking, given=given)
    usable = unusable = 0
    problems = list(roster.problems)
    met: Met = {}
    for entry in roster.entries:
        enterprise = entry.enterprise
        again = (
            met_before(met, identity_of(enterprise, enterprise.place), enterprise, entry.position)
            if enterprise
            else None
        )
        usable += enterprise is not None and again is None
        unusable += is_unusable(entry) or (again is not None and again.level == "error")
        problems += (*entry.problems, again) if again else entry.problems
    if not usable and not unusable:
        problems.append(problem("roster-empty", Position(str(path))))
    return RosterReport(usable, unusable, tuple(problems))


def is_unusable(entry: Entry) -> bool:
    """Whether the row should have been an enterprise and is none (a repeated head row is not meant to be one)."""
    return entry.enterprise is None and any(found.level == "error" for found in entry.problems)

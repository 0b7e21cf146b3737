"""A roster of enterprises: Excel, CSV or YAML in, one entry a row out, each with what is wrong with it.

A wrong row never stops the others and is never dropped in silence: an entry without an enterprise says why, an entry
with one says what was set aside (an impossible number leaves its fact unknown, which keeps the items).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from checklists.fields import clean
from checklists.models import Enterprise, FactValue, Vocabulary
from checklists.nearest import nearest
from checklists.problems import Place, Problem, Refused, problem
from checklists.roster_files import Cell, open_table
from checklists.vocabulary import fact_value, find_type, place_chain

COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("单位名称", "企业名称", "名称", "单位"),
    "code": ("统一社会信用代码", "信用代码", "社会信用代码"),
    "address": ("地址", "详细地址", "生产经营地址"),
    "place": ("所在地", "所在县（市、区）", "县（市、区）", "县区", "属地"),
    "types": ("企业类型", "类型", "行业类型"),
    "person": ("主要负责人", "负责人", "法定代表人"),
    "phone": ("电话", "联系电话", "手机"),
}
"""Field -> column heads that mean it; the first is the one we write."""

TYPE_BREAK = re.compile(r"[、，,；;/\n]+")
PROVINCE = "山西省"
_HEADER_ROWS = 10


@dataclass(frozen=True)
class Entry:
    """One row: the enterprise, or None when the row cannot be used; and everything that is wrong with it."""

    place: Place
    enterprise: Enterprise | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _Header:
    columns: Mapping[int, str]
    """Column number -> field of the enterprise, or ``fact:`` and the fact's id."""
    texts: tuple[str, ...]


@dataclass(frozen=True)
class _Reader:
    """What reading a row needs; types and places that were found once are not looked up again."""

    header: _Header
    vocabulary: Vocabulary
    codes: dict[str, str]
    types: dict[str, tuple[str, ...]]
    places: dict[str, str]


def read_roster(path: Path, vocabulary: Vocabulary) -> Iterator[Entry]:
    """Entries of a roster, row by row; nothing is kept.

    Raises Refused when the file cannot be read at all or has no head row.
    """
    rows = iter(open_table(path))
    header, problems = _find_header(rows, path, vocabulary)
    if problems:
        yield Entry(problems[0].place, None, tuple(problems))
    reader = _Reader(header, vocabulary, {}, {}, {})
    for row in rows:
        if any(cell.text for cell in row) and not _is_header_again(row, header):
            yield _entry(row, reader)


def _find_header(
    rows: Iterator[Sequence[Cell]], path: Path, vocabulary: Vocabulary
) -> tuple[_Header, list[Problem]]:
    for number, row in enumerate(rows):
        texts = [cell.text for cell in row]
        if _has(texts, "name") and _has(texts, "types"):
            return _header(row, vocabulary)
        if number >= _HEADER_ROWS:
            break
    raise Refused([problem("roster-no-header", Place(str(path)))])


def _has(texts: Sequence[str], field: str) -> bool:
    return any(text in COLUMNS[field] for text in texts)


def _header(row: Sequence[Cell], vocabulary: Vocabulary) -> tuple[_Header, list[Problem]]:
    columns: dict[int, str] = {}
    problems: list[Problem] = []
    for number, cell in enumerate(row):
        field = _field_of(vocabulary, cell.text)
        if field in columns.values():
            raise Refused([problem("roster-column-twice", cell.place, column=cell.text)])
        if field:
            columns[number] = field
        elif cell.text:
            known = [names[0] for names in COLUMNS.values()] + [
                fact.name for fact in vocabulary.facts.values()
            ]
            hint = nearest(cell.text, known)
            problems.append(problem("roster-column-unknown", cell.place, column=cell.text, hint=hint))
    return _Header(columns, tuple(cell.text for cell in row)), problems


def _field_of(vocabulary: Vocabulary, text: str) -> str:
    for field, names in COLUMNS.items():
        if text in names:
            return field
    for name, fact in vocabulary.facts.items():
        if text and text in (name, fact.name):
            return f"fact:{name}"
    return ""


def _is_header_again(row: Sequence[Cell], header: _Header) -> bool:
    """A head row printed again further down (page by page lists)."""
    return tuple(cell.text for cell in row) == header.texts


# ---------------------------------------------------------------- one row


def _entry(row: Sequence[Cell], reader: _Reader) -> Entry:
    told: dict[str, str] = {}
    cells: dict[str, Cell] = {}
    for number, field in reader.header.columns.items():
        if number < len(row):
            told[field] = clean(row[number].text)
            cells[field] = row[number]
    problems: list[Problem] = [found for cell in row for found in cell.problems]
    at = row[0].place
    types = _types(told, cells, reader, at, problems)
    place = _place(told, cells, reader, at, problems)
    facts = _facts(told, cells, reader.vocabulary, problems)
    _check_code(told.get("code", ""), cells.get("code"), reader.codes, problems)
    if not told.get("name"):
        problems.append(problem("roster-no-name", cells["name"].place if "name" in cells else at))
    if not types or not told.get("name"):
        return Entry(at, None, tuple(problems))
    plain = {field: told.get(field, "") for field in ("name", "code", "address", "person", "phone")}
    enterprise = Enterprise(types=types, place=place, facts=facts, **plain)
    return Entry(at, enterprise, tuple(problems))


def _types(
    told: Mapping[str, str], cells: Mapping[str, Cell], reader: _Reader, at: Place, problems: list[Problem]
) -> tuple[str, ...]:
    text = told.get("types", "")
    if text in reader.types:
        return reader.types[text]
    names = [name.strip() for name in TYPE_BREAK.split(text) if name.strip()]
    place = cells["types"].place if "types" in cells else at
    if not names:
        problems.append(problem("roster-no-type", place))
    found: list[str] = []
    for name in names:
        try:
            found.append(find_type(reader.vocabulary, name, place).id)
        except Refused as refused:
            problems += [_skipping(one) for one in refused.problems]
            return ()
    if found:
        reader.types[text] = tuple(dict.fromkeys(found))
    return tuple(dict.fromkeys(found))


def _place(
    told: Mapping[str, str], cells: Mapping[str, Cell], reader: _Reader, at: Place, problems: list[Problem]
) -> str:
    name = told.get("place", "")
    if name in reader.places:
        return reader.places[name]
    place = cells["place"].place if "place" in cells else at
    if not name:
        problems.append(problem("roster-no-place", place))
        return PROVINCE
    try:
        chain = place_chain(reader.vocabulary, name, place)
    except Refused as refused:
        problems += [_continuing(one, f"本行按{PROVINCE}处理，只列省级要求") for one in refused.problems]
        return PROVINCE
    reader.places[name] = "".join(chain[1:]) or PROVINCE
    return reader.places[name]


def _facts(
    told: Mapping[str, str], cells: Mapping[str, Cell], vocabulary: Vocabulary, problems: list[Problem]
) -> dict[str, FactValue]:
    facts: dict[str, FactValue] = {}
    for field, text in told.items():
        name = field.removeprefix("fact:")
        if name == field or not text:
            continue
        try:
            facts[name] = fact_value(vocabulary.facts[name], text, cells[field].place)
        except Refused as refused:
            problems += [_continuing(one, "本属性按未知处理，相关检查项保留") for one in refused.problems]
    return facts


def _skipping(found: Problem) -> Problem:
    return Problem(found.place, found.code, "error", f"{found.message}；本行不生成", found.remedy)


def _continuing(found: Problem, what: str) -> Problem:
    return Problem(found.place, found.code, "warning", f"{found.message}；{what}", found.remedy)


# ---------------------------------------------------------------- 统一社会信用代码


CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 letters of GB 32100-2015; a letter's value is its place."""


def _check_code(code: str, cell: Cell | None, seen: dict[str, str], problems: list[Problem]) -> None:
    if not code or cell is None:
        return
    if not code_is_valid(code):
        problems.append(problem("roster-code-wrong", cell.place, given=code))
    other = seen.setdefault(code.upper(), str(cell.place))
    if other != str(cell.place):
        problems.append(problem("roster-code-twice", cell.place, given=code, other=other))


def code_is_valid(code: str) -> bool:
    """Whether a 统一社会信用代码 has 18 letters of its alphabet and the right check letter (GB 32100-2015)."""
    letters = code.upper()
    if len(letters) != 18 or any(letter not in CODE_LETTERS for letter in letters):
        return False
    total = sum(CODE_LETTERS.index(letter) * pow(3, place, 31) for place, letter in enumerate(letters[:17]))
    return CODE_LETTERS[-total % 31] == letters[17]


# ---------------------------------------------------------------- a whole roster


def roster_problems(entries: Iterable[Entry]) -> tuple[int, int, list[Problem]]:
    """Usable rows, unusable rows, all problems."""
    good = bad = 0
    problems: list[Problem] = []
    for entry in entries:
        good += entry.enterprise is not None
        bad += entry.enterprise is None and any(found.level == "error" for found in entry.problems)
        problems += entry.problems
    return good, bad, problems

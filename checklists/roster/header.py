"""The head of a roster: which column means which field, wherever among the first rows it stands, in one row or two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from checklists.heads import (
    ABOVE_PERSON,
    ADDRESS,
    AGENCY,
    CARDS,
    CITY,
    COLUMNS,
    INSPECTORS,
    NAME,
    NUMBER,
    PASSED_OVER,
    PLACE,
    PURPOSES,
    TOWN,
    TYPES,
    head_of,
    plain_head,
    rank_of,
    undecorated,
)
from checklists.models import Vocabulary
from checklists.nearest import nearest
from checklists.problems import Position, Problem, Refused, errors, problem
from checklists.roster.given import NOTHING_GIVEN, Given, fact_called
from checklists.roster.row import Row
from checklists.text import clean

OFFICE = (TOWN, AGENCY, INSPECTORS, CARDS, NUMBER, PURPOSES)
"""What is said of the occasion, not of the enterprise: ``office.yaml`` and --office say it too."""
HEADER_ROWS = 20
MOST_SHOWN = 30
"""Heads that a message shows."""


@dataclass(frozen=True)
class Header:
    """Field or fact -> column; the texts of the head; how many rows the head takes with what is above it."""

    columns: Mapping[str, int]
    texts: tuple[str, ...]
    rows: int
    printed: frozenset[str] = frozenset()
    """Texts of the head's own rows."""

    @property
    def width(self) -> int:
        """Columns up to the last head."""
        return len(self.texts)

    def is_again(self, row: Row) -> bool:
        """A head row printed again further down (lists made page by page)."""
        own = [self.columns[field] for field in (NAME, TYPES) if field in self.columns]
        said = [row.text(column) for column in own]
        if any(said) and not all(text in self.printed for text in said):
            return False
        return all(not text or text in self.printed for text in row.texts)


def find_header(
    rows: Iterator[Row], path: Path, vocabulary: Vocabulary, given: Given = NOTHING_GIVEN
) -> tuple[Header, list[Row], list[Problem]]:
    """The head among the first rows, the rows read beyond it, and heads that mean nothing.

    Raises Refused where there is none, or where it lacks what ``given`` does not say.
    """
    first = list(islice(rows, HEADER_ROWS + 1))
    at = head_at(first, vocabulary, given)
    if at is None:
        told = _seen(_fullest(first, vocabulary, given))
        wrong = [found for row in first for found in errors(row.problems)]
        raise Refused([*wrong, problem("roster-no-header", Position(str(path)), rows=HEADER_ROWS, **told)])
    row, taken = _head(first, at, vocabulary, given)
    printed = frozenset(text for one in first[at : at + taken] for text in one.texts if text)
    columns, problems = _columns(row, vocabulary, given)
    header = Header(columns, row.texts, at + taken, printed)
    if lacking := list(_lacking(header, row, path, vocabulary, given)):
        raise Refused([*problems, *lacking])
    return header, first[at + taken :], problems


def head_at(first: Sequence[Row], vocabulary: Vocabulary, given: Given = NOTHING_GIVEN) -> int | None:
    """Number of the first row that is a head: it names the enterprise and something else."""
    for number in range(min(len(first), HEADER_ROWS)):
        row, _ = _head(first, number, vocabulary, given)
        fields = {field for text in row.texts if (field := field_of(vocabulary, text, given))}
        enough = len(fields) > 1 or (given.types and given.place)
        if NAME in fields and enough and _is_list(first[number]):
            return number
    return None


def _is_list(row: Row) -> bool:
    """Whether a row is no line of text in one cell, as titles are."""
    return all(len(text) <= _LONGEST_HEAD for text in row.texts)


_LONGEST_HEAD = 60


def _head(first: Sequence[Row], at: int, vocabulary: Vocabulary, given: Given) -> tuple[Row, int]:
    """The head that begins at a row, its second row joined to it, and how many rows it takes."""
    above = first[at]
    if at + 1 < len(first):
        below = first[at + 1]
        if _is_second_head(above, below, vocabulary, given):
            return _joined(above, below, vocabulary, given), 2
    return above, 1


def _is_second_head(above: Row, below: Row, vocabulary: Vocabulary, given: Given) -> bool:
    """A head of two rows: under 单位名称 nothing or itself, under a common head the single ones."""
    for column, text in enumerate(above.texts):
        if field_of(vocabulary, text, given) in (NAME, TYPES) and below.text(column) not in ("", text):
            return False
    return NAME in _fields(above, vocabulary, given) and any(
        text and text != above.text(column) and _joined_head(above, column, text, vocabulary, given)[1]
        for column, text in enumerate(below.texts)
    )


def _fields(row: Row, vocabulary: Vocabulary, given: Given) -> set[str]:
    return {field_of(vocabulary, text, given) for text in row.texts}


def _joined_head(above: Row, column: int, text: str, vocabulary: Vocabulary, given: Given) -> tuple[str, str]:
    """Head and field of a text below a common head, which may begin further left: 负责人 above 姓名 and 电话."""
    common = next((above.text(left) for left in range(column, -1, -1) if above.text(left)), "")
    if plain_head(text) == "姓名" and head_of(common) in ABOVE_PERSON:
        return common, head_of(common)
    for head in (f"{common}{text}", text):
        if field := field_of(vocabulary, head, given):
            return head, field
    return text, ""


def _joined(above: Row, below: Row, vocabulary: Vocabulary, given: Given) -> Row:
    texts = []
    for column in range(max(len(above.texts), len(below.texts))):
        text = below.text(column)
        if not text:
            texts.append(above.text(column))
        else:
            texts.append(_joined_head(above, column, text, vocabulary, given)[0])
    return replace(below, texts=tuple(texts))


def _columns(row: Row, vocabulary: Vocabulary, given: Given) -> tuple[dict[str, int], list[Problem]]:
    """Field -> column; of several that mean one field the one that says it best."""
    columns: dict[str, int] = {}
    problems: list[Problem] = []
    for column, text in enumerate(row.texts):
        field = field_of(vocabulary, text, given)
        if field in columns:
            other = columns[field]
            if plain_head(row.texts[other]) == plain_head(text):
                raise Refused([problem("roster-column-twice", row.position(column), column=text)])
            worse = column if _rank(text, given) >= _rank(row.texts[other], given) else other
            columns[field] = other if worse == column else column
            told = {"column": row.texts[worse], "used": row.texts[columns[field]]}
            problems.append(problem("roster-column-spare", row.position(worse), **told))
        elif field:
            columns[field] = column
        elif text and plain_head(text) not in map(plain_head, PASSED_OVER):
            hint = nearest(clean(text), _known_heads(vocabulary))
            problems.append(problem("roster-column-unknown", row.position(column), column=text, hint=hint))
    return columns, problems


def _rank(text: str, given: Given) -> int:
    return -1 if plain_head(text) in given.columns else rank_of(text)


def _known_heads(vocabulary: Vocabulary) -> list[str]:
    return [names[0] for names in COLUMNS.values()] + [fact.name for fact in vocabulary.facts.values()]


def field_of(vocabulary: Vocabulary, text: str, given: Given = NOTHING_GIVEN) -> str:
    """The field or fact that a head means; empty for none. 从业人数（人） and 单位名称* mean what they say."""
    plain = plain_head(text)
    if not plain:
        return ""
    if plain in given.columns:
        return given.columns[plain]
    found = head_of(text) or fact_called(vocabulary, plain) or fact_called(vocabulary, undecorated(plain))
    return "" if found and found in given.columns.values() else found


# ---------------------------------------------------------------- what is missing


def _lacking(header: Header, row: Row, path: Path, vocabulary: Vocabulary, given: Given) -> Iterator[Problem]:
    """What a list cannot do without and neither its head nor ``given`` says."""
    told = _seen(row)
    for head in given.heads:
        if plain_head(head) not in map(plain_head, row.texts):
            yield problem("map-head", row.position(), head=head, **told)
    if TYPES not in header.columns and not given.types:
        yield problem("roster-no-type-column", row.position(), **told)
    if not given.place and not {PLACE, ADDRESS, CITY} & header.columns.keys():
        province = "、".join(vocabulary.places)
        yield problem("roster-no-place-column", Position(str(path)), province=province, **told)


def _fullest(first: Sequence[Row], vocabulary: Vocabulary, given: Given) -> Row | None:
    """The row that looks most like a head: of those with as many known heads the first with several texts."""
    rows = first[:HEADER_ROWS]

    def likeness(row: Row) -> tuple[int, bool]:
        return len(_fields(row, vocabulary, given) - {""}), sum(map(bool, row.texts)) > 1

    return max(rows, key=likeness, default=None)


def _seen(row: Row | None) -> dict[str, str]:
    texts = [clean(text) for text in row.texts if text] if row else []
    more = "……" if len(texts) > MOST_SHOWN else ""
    return {"heads": "、".join(f"「{text[:20]}」" for text in texts[:MOST_SHOWN]) + more or "（没有文字）"}

"""The head of a roster: which column means which field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from checklists.models import Vocabulary
from checklists.nearest import nearest
from checklists.problems import Position, Problem, Refused, errors, problem
from checklists.roster.row import Row

NAME, CODE, ADDRESS, PLACE, TYPES = "name", "code", "address", "place", "types"
TOWN, AGENCY, INSPECTORS, CARDS = "town", "agency", "inspectors", "cards"
NUMBER, PURPOSES = "document_number", "purposes"
COLUMNS: dict[str, tuple[str, ...]] = {
    NAME: ("单位名称", "企业名称", "名称", "单位", "企业"),
    CODE: ("统一社会信用代码", "信用代码", "社会信用代码", "统一信用代码"),
    ADDRESS: ("地址", "详细地址", "生产经营地址", "经营地址", "单位地址", "企业地址"),
    PLACE: ("所在地", "所在县（市、区）", "县（市、区）", "县区", "属地", "所属县区"),
    TYPES: ("企业类型", "类型", "行业类型", "单位类型"),
    "person": ("主要负责人", "负责人", "法定代表人", "法人"),
    "phone": ("电话", "联系电话", "手机", "手机号", "联系方式"),
    TOWN: ("乡镇／街道", "乡镇/街道", "乡镇、街道", "乡镇街道", "乡镇（街道）", "乡镇", "街道"),
    AGENCY: ("检查单位", "检查机关"),
    INSPECTORS: ("检查人员", "检查人"),
    CARDS: ("证号", "检查人员证号", "执法证号"),
    NUMBER: ("文书编号", "文书号"),
    PURPOSES: ("用途", "检查用途"),
}
"""Field -> column heads that mean it; the first is the one we write."""

OFFICE = (TOWN, AGENCY, INSPECTORS, CARDS, NUMBER, PURPOSES)
"""What is said of the occasion, not of the enterprise: ``office.yaml`` and --office say it too."""
HEADER_ROWS = 10
_PASSED_OVER = frozenset({"序号", "编号", "备注"})
"""Columns that every list has and nobody needs to hear of."""
_SPACE = re.compile("[\\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_DECORATION = re.compile(r"[*＊★:：]+|[（(][^（）()]{1,8}[）)][*＊]?$")
"""Marks of a required column, and a bracket at the end: （必填）, （人）, （是/否）."""


@dataclass(frozen=True)
class Header:
    """Field or fact -> column; the texts of the head row; how many rows the head takes with what is above it."""

    columns: Mapping[str, int]
    texts: tuple[str, ...]
    rows: int

    @property
    def width(self) -> int:
        """Columns up to the last head."""
        return len(self.texts)

    def is_again(self, row: Row) -> bool:
        """A head row printed again further down (lists made page by page)."""
        own = (self.columns[NAME], self.columns[TYPES])
        if any(row.text(column) for column in own):
            return all(row.text(column) == self.texts[column] for column in own)
        return all(not text or text in self.texts for text in row.texts)


def bare_text(text: str) -> str:
    """The text without blanks and, as tables from web pages and chats hold them, invisible letters: to look a name up."""
    return _SPACE.sub("", text)


def find_header(
    rows: Iterator[Row], path: Path, vocabulary: Vocabulary
) -> tuple[Header, list[Row], list[Problem]]:
    """The head among the first rows, rows read beyond it, and heads that mean nothing. Raises Refused."""
    wrong: list[Problem] = []
    for number, row in enumerate(islice(rows, HEADER_ROWS), start=1):
        fields = [_field_of(vocabulary, text) for text in row.texts]
        if NAME in fields and TYPES in fields:
            below = list(islice(rows, 1))
            if below and _is_second_head(below[0], fields, vocabulary):
                row, number, below = _joined(row, below[0]), number + 1, []
            header, problems = _header(row, number, vocabulary)
            return header, below, problems
        wrong += row.problems
    raise Refused([*errors(wrong), problem("roster-no-header", Position(str(path)), rows=HEADER_ROWS)])


def _is_second_head(row: Row, fields: Sequence[str], vocabulary: Vocabulary) -> bool:
    """A head of two rows: under 单位名称 nothing, under a common head the single facts."""
    own = [row.text(column) for column, name in enumerate(fields) if name in (NAME, TYPES)]
    return not any(own) and any(_field_of(vocabulary, text) for text in row.texts)


def _joined(above: Row, below: Row) -> Row:
    width = max(len(above.texts), len(below.texts))
    texts = tuple(below.text(column) or above.text(column) for column in range(width))
    return replace(below, texts=texts)


def _header(row: Row, rows: int, vocabulary: Vocabulary) -> tuple[Header, list[Problem]]:
    columns: dict[str, int] = {}
    problems: list[Problem] = []
    for column, text in enumerate(row.texts):
        field = _field_of(vocabulary, text)
        if field in columns:
            raise Refused([problem("roster-column-twice", row.position(column), column=text)])
        if field:
            columns[field] = column
        elif text and bare_text(text) not in _PASSED_OVER:
            hint = nearest(bare_text(text), _known_heads(vocabulary))
            problems.append(problem("roster-column-unknown", row.position(column), column=text, hint=hint))
    return Header(columns, row.texts, rows), problems


def _known_heads(vocabulary: Vocabulary) -> list[str]:
    return [names[0] for names in COLUMNS.values()] + [fact.name for fact in vocabulary.facts.values()]


def head_of(text: str) -> str:
    """The field that a head means whatever facts there are; empty for none."""
    plain = bare_text(text)
    return _field_named(plain) or _field_named(_DECORATION.sub("", plain))


def _field_named(text: str) -> str:
    return next((field for field, names in COLUMNS.items() if text in names), "")


def _field_of(vocabulary: Vocabulary, text: str) -> str:
    """The field or fact that a head means; empty for none. 从业人数（人） and 单位名称* mean what they say."""
    plain = bare_text(text)
    return _named(vocabulary, plain) or _named(vocabulary, _DECORATION.sub("", plain))


def _named(vocabulary: Vocabulary, text: str) -> str:
    if not text:
        return ""
    field = _field_named(text)
    return field or next(
        (name for name, fact in vocabulary.facts.items() if text in (name, bare_text(fact.name))), ""
    )

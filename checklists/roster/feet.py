"""Rows of a roster that are no enterprise: sums, who filled the list in, notes, headings between."""

from __future__ import annotations

import re

from checklists.heads import CODE, NAME, PLACE, TYPES
from checklists.problems import Problem, problem
from checklists.roster.header import Header
from checklists.roster.row import Row
from checklists.text import clean

_SUM = re.compile(r"(?:本页)?(?:合|总|小|共|累)计(?:[:：].*|[（(].*|\d*[家户个]?)")
_FOOT = re.compile(
    r"(?:填表|填报|制表|审核|复核|报送|上报|编制|统计|经办|联系|负责|主管|分管|签字|盖章|日期|时间|备注|说明|注|附注|注意|联系电话)"
    r"(?:单位|部门|机关|人员?|领导|日期|时间|电话|签字|（盖章）|\(盖章\))*\s*[:：].*"
)
_SIGNED = re.compile(r"(?:填表|填报|制表|审核|报送|上报|编制)(?:单位|部门|人|日期|时间)")
_HEADING = re.compile(
    r"(?:[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+[、.．]|第[一二三四五六七八九十]+[类部批]).*"
)
_SHOWN = 20


def note_of(row: Row, header: Header) -> Problem | None:
    """What a row is that names no enterprise, for what its first text says; None for any other row."""
    texts = [(column, text) for column, text in enumerate(row.texts) if text]
    if not texts:
        return None
    column, first = texts[0]
    squeezed = "".join(first.split())
    said = [
        field for field in (CODE, PLACE, TYPES) if field in header.columns and row.text(header.columns[field])
    ]
    told = {"text": clean(first)[:_SHOWN]}
    if _SUM.fullmatch(squeezed) and TYPES not in said and CODE not in said:
        return problem("roster-foot", row.position(column), **told)
    if (_FOOT.fullmatch(squeezed) or _SIGNED.fullmatch(squeezed)) and not _is_firm(row, header, column):
        return problem("roster-foot", row.position(column), **told)
    if len(texts) == 1 and not said and _HEADING.fullmatch(squeezed):
        return problem("roster-heading", row.position(column), **told)
    return None


def _is_firm(row: Row, header: Header, column: int) -> bool:
    """Whether an enterprise is named beside the text, with what it is or its code."""
    named = header.columns[NAME]
    own = [header.columns[field] for field in (CODE, TYPES) if field in header.columns]
    return column != named and bool(row.text(named)) and any(row.text(one) for one in own)
